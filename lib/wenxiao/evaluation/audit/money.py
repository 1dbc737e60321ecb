"""Amounts of money against each other: paid against investment, approved against plan; outputs far above their plan."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.fields import standard_registry
from wenxiao.fields.places import word_for
from wenxiao.model import Finding, Interval, Missing, Severity, difference, quantity_text, quotient, value_of
from wenxiao.model.units import RATIO


def _above_investment(evaluation: Evaluation) -> Iterator[Finding]:
    """Money above the total investment (资金 > 总投资), beyond what the printed precision explains."""
    funds = evaluation.funds
    investment = evaluation.project.figure("total_investment")
    if funds is None or investment.quantity is None:
        return
    for stage in ("paid", "spent", "received"):
        measure = funds.total.amounts.get(stage)
        if measure is None or measure.interval is None or measure.number is None:
            continue
        low, high = measure.interval.low, investment.quantity.interval.high
        if low is not None and high is not None and low > high:
            ratio = value_of(quotient(measure.expression, investment))
            assert isinstance(ratio, Fraction)
            share = quantity_text(ratio, RATIO, 4)
            yield Finding(
                "funds-above-investment",
                Severity.WARNING,
                measure.label,
                f"{measure.label} {measure.text_with_unit}超过总投资 {investment.text}，为其 {share}，差额需要说明。",
                printed=measure.text_with_unit,
                recomputed=investment.text,
                cells=cells_of(measure.expression, investment),
                about=(measure.key, f"{stage}_to_investment"),
                remedy="说明超出总投资的资金用途，或更正其中一数",
            )
            return


def _approved(evaluation: Evaluation) -> Iterator[Finding]:
    """Approved money (批复) against the plan (计划总投资)."""
    funds = evaluation.funds
    if funds is None or "approved" not in funds.total.amounts or "planned" not in funds.total.amounts:
        return
    approved, planned = funds.total.amounts["approved"], funds.total.amounts["planned"]
    if approved.interval is None or planned.interval is None or approved.interval.meets(planned.interval):
        return
    change = value_of(quotient(difference(approved.expression, planned.expression), planned.expression))
    assert isinstance(change, Fraction)
    text = quantity_text(change, RATIO, 4)
    sign = "+" if change > 0 else ""
    yield Finding(
        "approved-differs",
        Severity.WARNING,
        "批复资金",
        f"批复资金 {approved.text_with_unit}与计划总投资 {planned.text_with_unit}不一致（{sign}{text}），"
        "资金来源和额度变化应有调整手续。",
        printed=approved.text_with_unit,
        recomputed=planned.text_with_unit,
        cells=cells_of(approved.expression, planned.expression),
        about=(approved.key, planned.key),
        remedy="补充资金调整文件，或说明差额",
    )


def _investment(evaluation: Evaluation) -> Iterator[Finding]:
    """The total investment of the head against the planned total of the funds."""
    funds, stated = evaluation.funds, evaluation.project.figure("total_investment")
    planned = funds.total.amounts.get("planned") if funds else None
    if stated.quantity is None or planned is None or planned.interval is None or planned.number is None:
        return
    if stated.quantity.unit.dimension != planned.unit.dimension:
        return
    if stated.quantity.to(planned.unit).interval.meets(planned.interval):
        return
    yield Finding(
        "investment-differs",
        Severity.WARNING,
        "总投资",
        f"基本情况所列总投资 {stated.text}与资金表的计划总投资 {planned.text_with_unit}不一致。",
        printed=stated.text,
        recomputed=planned.text_with_unit,
        cells=cells_of(stated, planned.expression),
        about=(planned.key,),
        remedy="核实总投资，两处写一致；口径不同的（概算、计划）写明",
    )


def _mean_against_total(evaluation: Evaluation) -> Iterator[Finding]:
    """The mean of the districts against the score of the whole: not the same thing, and rarely the same number."""
    ranking, score = evaluation.ranking, evaluation.verdict.score
    if ranking is None or score.interval is None or ranking.mean.interval is None:
        return
    if score.interval.meets(ranking.mean.interval):
        return
    word = word_for(place.district for place in ranking.places)
    yield Finding(
        "mean-differs",
        Severity.HINT,
        f"{word}平均分",
        f"{len(ranking.places)} 个{word}得分的简单平均为 {ranking.mean.text} 分，与综合得分 {score.text} 分不同，"
        f"综合得分不是{word}得分的简单平均。",
        printed=score.text_with_unit,
        recomputed=ranking.mean.text_with_unit,
        cells=cells_of(score.expression, ranking.mean.expression),
        about=(ranking.mean.key,),
        remedy="在报告中说明综合得分的汇总方法",
    )


def _by_district(evaluation: Evaluation) -> Iterator[Finding]:
    """Money by source against the same money by district; a table of districts that names a source is held against that."""
    funds, registry = evaluation.funds, standard_registry()
    if funds is None or funds.years:
        return
    for figure in evaluation.district_figures:
        whole, values = figure.sum, figure.values.values()
        given = any(table.has(figure.key) for table in funds.tables)
        if whole is None or not given or any(each.number is None for each in values):
            continue
        cells = cells_of(whole.expression)
        titles = [
            t.title
            for t in evaluation.project.of_kind("districts")
            if cells and t.origin.sheet == cells[0].sheet
        ]
        source = next(
            (s for text in (*titles, figure.label) if (s := registry.source(text)) is not None), None
        )
        lines = (
            [funds.total]
            if source is None
            else [line for line in (*funds.lines, *funds.groups) if registry.source(line.source) == source]
        )
        amount = lines[0].amounts.get(figure.key) if len(lines) == 1 else None
        if (
            amount is None
            or amount.interval is None
            or whole.interval is None
            or amount.unit.dimension != whole.unit.dimension
        ):
            continue
        factor = Interval.exactly(whole.unit.factor_to(amount.unit))
        if amount.interval.meets(whole.interval * factor):
            continue
        word = word_for(evaluation.project.districts)
        yield Finding(
            "districts-and-sources-differ",
            Severity.WARNING,
            amount.label,
            f"资金表的{amount.label}为 {amount.text_with_unit}，各{word}相加为 {whole.text_with_unit}。",
            printed=amount.text_with_unit,
            recomputed=whole.text_with_unit,
            cells=tuple(dict.fromkeys((*cells_of(amount.expression), *cells))),
            about=(amount.key, whole.key),
            remedy=f"核对两张表；只有一部分资金分到{word}的，写明是哪一部分",
        )


def _not_returned(evaluation: Evaluation) -> Iterator[Finding]:
    """Sums over districts of which a listed one has no figure."""
    for figure in evaluation.district_figures:
        lost = [
            (name, each.inputs[0])
            for name, each in figure.values.items()
            if each.number is None and each.given and each.inputs[0].cell is not None
        ]
        if figure.sum is None or not lost or figure.sum.number is None:
            continue
        names = "、".join(f"{name}{given.text}" for name, given in lost[:6])
        yield Finding(
            "sum-without-districts",
            Severity.HINT,
            f"{figure.label}合计",
            f"{figure.label}的合计 {figure.sum.text_with_unit}是{figure.sum.basis}：{names}。",
            printed=figure.sum.text_with_unit,
            recomputed=Missing.NOT_RETURNED.label,
            cells=tuple(given.cell for _, given in lost if given.cell is not None),
            about=(figure.sum.key,),
            remedy="补报后再合计；引用这个合计时写明未含哪些地方",
        )


CHECKS = (
    Check(
        "districts-and-sources-differ",
        "分来源与分县区",
        "同一笔资金按来源和按县区相加相同；县区表只写一种来源的，与该来源相同",
        find=_by_district,
    ),
    Check(
        "sum-without-districts", "缺县区的合计", "有县区未报送的合计写明含几个、未含哪些", find=_not_returned
    ),
    Check(
        "funds-above-investment", "资金与总投资", "拨付、支出、到位资金不超过总投资", find=_above_investment
    ),
    Check("approved-differs", "批复与计划", "批复资金与计划总投资一致，变化有手续", find=_approved),
    Check(
        "investment-differs",
        "总投资与计划总投资",
        "基本情况所列总投资与资金表计划总投资的合计一致",
        find=_investment,
    ),
    Check("mean-differs", "平均分与综合得分", "县区平均分与综合得分是两个数", find=_mean_against_total),
)
