"""What a claim can be held against: for each subject and item, the figures the data gives, each with its basis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from wenxiao.evaluation.claims import WHOLE
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.funds import SHORT, STAGES, FundsLine
from wenxiao.fields.relations import Rate, standard_relations
from wenxiao.model import Count, Expression, Measure, Named, Role, mean, quotient


@dataclass(frozen=True, eq=False)
class Reference:
    """One figure a claim can be held against, and in words how it comes about."""

    basis: str
    expression: Expression
    primary: bool = True


def references(evaluation: Evaluation) -> dict[tuple[str, str], list[Reference]]:
    """Every figure of an evaluation a claim may state, by (subject, item); the primary basis first."""
    found: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    for subject, item, reference in _all(evaluation):
        found[subject, item].append(reference)
    return found


def _all(evaluation: Evaluation) -> Iterator[tuple[str, str, Reference]]:
    yield from _funds(evaluation)
    yield from _scores(evaluation)
    yield from _counts(evaluation)
    yield from _means(evaluation)
    yield from _contributions(evaluation)
    investment = evaluation.project.figure("total_investment")
    if investment.quantity:
        yield WHOLE, "总投资", Reference("基本情况所列总投资", investment)


def _funds(evaluation: Evaluation) -> Iterator[tuple[str, str, Reference]]:
    funds = evaluation.funds
    if funds is None:
        return
    for line in (funds.total, *funds.groups, *funds.lines):
        for stage, measure in line.amounts.items():
            item = "总投资" if stage == "planned" else STAGES[stage]
            yield line.source, item, Reference(f"资金表{STAGES[stage]}", measure.expression)
        for key, measure in line.rates.items():
            rate = standard_relations().rate(key)
            label = rate.label if rate else measure.label
            yield line.source, label, Reference(measure.basis, measure.expression)
            yield from _other_bases(line, rate, label, measure)
        yield from _shares(line, funds.total)
        yield from _usage(line, evaluation)


def _other_bases(
    line: FundsLine, rate: Rate | None, label: str, measure: Measure
) -> Iterator[tuple[str, str, Reference]]:
    """The same rate on the other denominators that practice uses, where the sheets give them."""
    above = line.amounts.get(rate.above) if rate else None
    if rate is None or above is None or above.number is None:
        return
    for key in dict.fromkeys((rate.below, *rate.others)):
        below = line.amounts.get(key)
        basis = f"{SHORT[rate.above]}÷{SHORT[key]}"
        if below is not None and below.number and basis != measure.basis:
            yield (
                line.source,
                label,
                Reference(basis, quotient(above.expression, below.expression), primary=False),
            )


def _means(evaluation: Evaluation) -> Iterator[tuple[str, str, Reference]]:
    """The plain mean of the districts' rates, which a report may print for the pooled one."""
    for figure in evaluation.district_figures:
        rate = standard_relations().rate(figure.key)
        known = [each.expression for each in figure.values.values() if each.number is not None]
        if rate is not None and len(known) > 1:
            yield WHOLE, rate.label, Reference("各地的简单平均", mean(known), primary=False)


def _shares(line: FundsLine, whole: FundsLine) -> Iterator[tuple[str, str, Reference]]:
    stage = next((s for s in ("planned", "budget", "received") if s in line.amounts), None)
    if stage and line is not whole:
        share = quotient(
            line.amounts[stage].expression, Named(f"{STAGES[stage]}合计", whole.amounts[stage].expression)
        )
        yield line.source, "资金占比", Reference(f"{STAGES[stage]}÷合计", share)


def _usage(line: FundsLine, evaluation: Evaluation) -> Iterator[tuple[str, str, Reference]]:
    """资金使用率 has no fixed denominator: the source's own money first, then the whole plan, then what was paid."""
    spent = line.amounts.get("spent")
    if spent is None or evaluation.funds is None:
        return
    primary = True
    for stage in ("received", "budget", "planned"):
        below = line.amounts.get(stage)
        if below is not None and below.number is not None:
            rate = quotient(spent.expression, below.expression)
            yield line.source, "资金使用率", Reference(f"支出÷{line.source}{STAGES[stage]}", rate, primary)
            primary = False
    for stage in ("budget", "planned"):
        whole = evaluation.funds.total.amounts.get(stage)
        if whole is not None and whole.number is not None and line.source != WHOLE:
            rate = quotient(spent.expression, Named(f"{STAGES[stage]}合计", whole.expression))
            yield line.source, "资金使用率", Reference(f"支出÷{STAGES[stage]}合计", rate, primary=False)
    for figure in evaluation.district_figures:
        if figure.key in ("invested", "paid") and figure.sum is not None:
            rate = quotient(spent.expression, Named(f"{figure.label}合计", figure.sum.expression))
            yield line.source, "资金使用率", Reference(f"支出÷{figure.label}合计", rate, primary=False)


def _scores(evaluation: Evaluation) -> Iterator[tuple[str, str, Reference]]:
    card, verdict = evaluation.scorecard, evaluation.verdict
    yield WHOLE, "得分", Reference("各项得分之和" if card else "基本情况所列得分", verdict.score.expression)
    if card is None:
        return
    yield WHOLE, "得分率", Reference("得分÷分值", card.total_rate.expression)
    for indicator in card.walk():
        yield indicator.name, "得分", Reference("评分表得分", indicator.score)
        yield indicator.name, "得分率", Reference("得分÷分值", indicator.score_rate.expression)
    if evaluation.ranking:
        for place in evaluation.ranking.places:
            yield place.district, "得分", Reference("县区得分表", place.score)


def _counts(evaluation: Evaluation) -> Iterator[tuple[str, str, Reference]]:
    for counted in standard_relations().counted:
        item = counted.item
        for output in evaluation.outputs:
            if any(word in output.item for word in counted.words):
                for basis, given in (
                    ("完成", output.actual),
                    ("计划", output.planned),
                    ("开工", output.started),
                ):
                    if given is not None and given.quantity is not None:
                        yield WHOLE, item, Reference(f"产出表{basis}数", given)
        for figure in evaluation.district_figures:
            if figure.key == counted.field and figure.sum is not None:
                yield WHOLE, item, Reference("各镇街之和", figure.sum.expression)
                for name, measure in figure.values.items():
                    yield name, item, Reference("镇街明细表", measure.expression)
        for figure in evaluation.district_figures:
            if item == "项目数" and figure.key == "invested" and figure.sum is not None:
                yield WHOLE, "已投资金额", Reference("各镇街之和", figure.sum.expression)
    yield from _lists(evaluation)


def _lists(evaluation: Evaluation) -> Iterator[tuple[str, str, Reference]]:
    works = evaluation.works
    if works is not None:
        sections = dict.fromkeys(entry.section for entry in works.entries)
        if len(sections) == 1:
            yield WHOLE, "小区数", Reference("清单所列小区", works.distinct.expression)
        for section in sections:
            cells = tuple(entry.cell for entry in works.entries if entry.section == section)
            yield _bare(section), "小区数", Reference("清单所列小区", Count(section, cells))
    for table in evaluation.project.of_kind("districts"):
        named = [r for r in table.records(Role.DATA, Role.TEMPLATE) if table.text(r, "district")]
        cells = tuple(c for r in named if (c := table.text_cell(r, "district")) is not None)
        for item in ("县区数", "街道数") if cells else ():
            yield WHOLE, item, Reference("表中所列", Count("表中所列地方", cells))
        return


def _bare(section: str) -> str:
    """A section title without its number: 一、地下管道改造 → 地下管道改造."""
    head, mark, rest = section.partition("、")
    return rest if mark and len(head) <= 2 and set(head) <= set("一二三四五六七八九十") else section


def _contributions(evaluation: Evaluation) -> Iterator[tuple[str, str, Reference]]:
    for table in evaluation.project.of_kind("contributions"):
        for record in table.records():
            yield (
                table.text(record, "name"),
                "出资占比",
                Reference("居民出资表", table.given(record, "share")),
            )
    for survey in evaluation.surveys:
        yield WHOLE, "满意度", Reference("满意度调查表", survey.rate.expression)
