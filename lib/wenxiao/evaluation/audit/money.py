"""Amounts of money against each other: paid against investment, approved against plan; outputs far above their plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.audit.line_sum import record_name
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.fields import standard_registry
from wenxiao.fields.places import word_for
from wenxiao.fields.relations import Copy, Parts, standard_relations
from wenxiao.model import (
    CellRef,
    Finding,
    Interval,
    Measure,
    Missing,
    Role,
    Severity,
    difference,
    quantity_text,
    quotient,
    value_of,
)
from wenxiao.model.units import RATIO

_ABOVE = "funds-above-investment"


def _above_investment(evaluation: Evaluation) -> Iterator[Finding]:
    """Money above the total investment (资金 > 总投资), beyond what the printed precision explains."""
    relation = standard_relations().by_code[_ABOVE]
    assert isinstance(relation, Parts)
    for stage in relation.fields:
        measure, investment = _place(evaluation, f"funds.{stage}"), _place(evaluation, relation.whole)
        if measure is None or investment is None or measure.interval is None or investment.interval is None:
            continue
        low, high = measure.interval.low, investment.interval.high
        if low is not None and high is not None and low > high:
            ratio = value_of(quotient(measure.expression, investment.expression))
            assert isinstance(ratio, Fraction)
            yield Finding(
                _ABOVE,
                Severity.WARNING,
                measure.label,
                f"{measure.label} {measure.text_with_unit}超过总投资 {_text(investment)}，为其 "
                f"{quantity_text(ratio, RATIO, 4)}，差额需要说明。",
                printed=measure.text_with_unit,
                recomputed=_text(investment),
                cells=cells_of(measure.expression, investment.expression),
                about=(measure.key, f"{stage}_to_investment"),
                remedy="说明超出总投资的资金用途，或更正其中一数",
            )
            return


def _place(evaluation: Evaluation, place: str) -> Measure | None:
    """A figure of the head or of the funds, by the name of its table and field; None where it is not known."""
    table, _, key = place.partition(".")
    if table == "funds":
        found = evaluation.funds.total.amounts.get(key) if evaluation.funds else None
        return found if found is not None and found.number is not None else None
    given = evaluation.project.figure(key)
    quantity = given.quantity
    if quantity is None:
        return None
    return Measure(key, given.label, given, quantity.unit, quantity.places)


def _text(measure: Measure) -> str:
    """A figure of the head as it is printed, one of the funds in their unit."""
    return measure.inputs[0].text if "/" not in measure.key else measure.text_with_unit


def _copy(code: str) -> Callable[[Evaluation], Iterator[Finding]]:
    """Finds one quantity of the head or of the funds that is printed with another value elsewhere."""

    def find(evaluation: Evaluation) -> Iterator[Finding]:
        relation = standard_relations().by_code[code]
        assert isinstance(relation, Copy)
        one, other = (_place(evaluation, place) for place in relation.pair)
        if one is None or other is None or one.interval is None or other.interval is None:
            return
        if one.unit.dimension != other.unit.dimension:
            return
        factor = Interval.exactly(one.unit.factor_to(other.unit))
        if (one.interval * factor).meets(other.interval):
            return
        change = value_of(quotient(difference(one.expression, other.expression), other.expression))
        share = quantity_text(change, RATIO, 4) if isinstance(change, Fraction) else change.label
        sign = "+" if isinstance(change, Fraction) and change > 0 else ""
        texts = {"one": _text(one), "other": other.text_with_unit, "change": sign + share}
        yield Finding(
            code,
            Severity.WARNING,
            one.label,
            relation.sentence.format(**texts),
            printed=texts["one"],
            recomputed=texts["other"],
            cells=cells_of(one.expression, other.expression),
            about=tuple(each.key for each in (one, other) if "/" in each.key),
            remedy=relation.remedy,
        )

    return find


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
    """Sums over districts of which a listed one has no figure: those that lack the same ones are one finding."""
    lacking: dict[tuple[str, ...], list[tuple[str, Measure, list[CellRef]]]] = {}
    for figure in evaluation.district_figures:
        lost = {
            f"{name}{given.text}": given.cell
            for name, each in figure.values.items()
            if each.number is None and each.given and (given := each.inputs[0]).cell is not None
        }
        if figure.sum is not None and lost and figure.sum.number is not None:
            cells = list(lost.values())
            lacking.setdefault(tuple(lost), []).append((figure.label, figure.sum, cells))
    for lost_of, sums in lacking.items():
        label, first, _ = sums[0]
        whose = f"{label}的合计 {first.text_with_unit}"
        if len(sums) > 1:
            whose = f"{'、'.join(name for name, *_ in sums[:_NAMED])}等 {len(sums)} 项的合计都"
        yield Finding(
            "sum-without-districts",
            Severity.HINT,
            f"{label}合计" if len(sums) == 1 else f"{len(sums)} 项合计",
            f"{whose}是{first.basis}：{'、'.join(lost_of[:_NAMED])}。",
            printed=first.text_with_unit if len(sums) == 1 else "",
            recomputed=Missing.NOT_RETURNED.label,
            cells=tuple(cell for *_, cells in sums for cell in cells),
            about=tuple(each.key for _, each, _ in sums),
            remedy="补报后再合计；引用这个合计时写明未含哪些地方",
        )


_NAMED = 4
"""So many names are given of more."""


def _contributions(evaluation: Evaluation) -> Iterator[Constraint]:
    """Printed shares of residents' contributions against the investment, where the table gives both."""
    for table in evaluation.project.of_kind("contributions"):
        whole = next(
            (c for c in table.columns if c.numbers is not None and c.key != "share" and "总投资" in c.label),
            None,
        )
        amount = table.column("amount")
        if whole is None or amount is None or whole.unit.dimension != amount.unit.dimension:
            continue
        for record in table.records(Role.DATA, Role.TOTAL) if table.has("share") else ():
            name = record_name(table, record)
            yield Constraint(
                "contribution-share-differs",
                f"{name}出资占比",
                table.given(record, "share", f"{name}出资占比"),
                quotient(
                    table.given_in(record, amount, f"{name}居民出资"),
                    table.given_in(record, whole, f"{name}{whole.label}"),
                ),
                f"{name}出资占比列为 {{printed}}，按居民出资÷{whole.label}为 {{recomputed}}。",
                "按两数之比重算占比",
            )


CHECKS = (
    Check(
        "districts-and-sources-differ",
        find=_by_district,
    ),
    Check(
        "sum-without-districts", "缺县区的合计", "有县区未报送的合计写明含几个、未含哪些", find=_not_returned
    ),
    Check("funds-above-investment", find=_above_investment),
    Check("approved-differs", find=_copy("approved-differs")),
    Check("investment-differs", find=_copy("investment-differs")),
    Check(
        "contribution-share-differs",
        "居民出资占比",
        "居民出资占比等于出资除以总投资",
        _contributions,
    ),
    Check("mean-differs", "平均分与综合得分", "县区平均分与综合得分是两个数", find=_mean_against_total),
)
