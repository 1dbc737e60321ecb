"""Spending against what it is said to have done: the points for execution, budgets, outputs, the goals in words, units."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.judged_indicators import Judged, judged, judged_rows
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.scorecard import EXECUTION
from wenxiao.evaluation.scoring import comparable
from wenxiao.evaluation.scoring.application import official_steps
from wenxiao.fields.relations import Weighted, standard_relations
from wenxiao.model import (
    CellRef,
    Finding,
    Interval,
    Measure,
    Missing,
    Severity,
    half_up,
    quantity_text,
    quotient,
    shown,
    value_of,
)
from wenxiao.model.units import POINTS, RATIO, WAN_YUAN

_MONEY = ("budget", "initial_budget", "spent")
RATE = "execution_rate"
_LITTLE = Fraction(3, 5)
_HARDLY = Fraction(1, 10)
"""So much of the budget is next to nothing: goals and money are ten points apart at least (四川 监控)."""
_ALL = Fraction(19, 20)


def amount_of(evaluation: Evaluation, stage: str) -> Measure | None:
    """An amount of the whole that is known."""
    found = evaluation.funds.total.amounts.get(stage) if evaluation.funds else None
    return found if found is not None and found.number is not None else None


def _execution(evaluation: Evaluation) -> Iterator[Finding]:
    """The points for execution against rate × 分值; what fits a step of 101号 is a question of the basis."""
    card, funds = evaluation.scorecard, evaluation.funds
    relation = standard_relations().by_code["execution-score-differs"]
    assert isinstance(relation, Weighted)
    own = card.indicator(relation.indicator) if card else None
    rate = funds.total.rates.get(relation.rate) if funds else None
    if own is None or rate is None or own.score.quantity is None or own.weight.quantity is None:
        return
    if any(each.row.name == EXECUTION and each.agrees is not None for each in evaluation.scoring):
        return  # held against the method of the rules (computed-score-differs)
    score, weight = own.score.quantity, own.weight.quantity
    cells = cells_of(own.score, own.weight, rate.expression)
    if rate.number is None or rate.interval is None:
        if score.value > 0 and (rate.value is Missing.NOT_PROVIDED or rate.value is Missing.NOT_APPLICABLE):
            yield Finding(
                "execution-score-without-rate",
                Severity.WARNING,
                f"{EXECUTION}得分",
                f"{EXECUTION}得 {own.score.text}，而{rate.basis}{rate.text}，得分没有依据。",
                printed=own.score.text,
                recomputed=rate.text,
                cells=cells,
                remedy="补报预算数和执行数",
            )
        return
    whole = Fraction(weight.value)
    due = rate.interval * Interval.exactly(whole)
    if score.interval.meets(due) or (rate.number > 1 and score.value == weight.value):
        return
    fits = any(score.interval.holds(step) for step in official_steps(EXECUTION, rate.number, whole))
    right = quantity_text(half_up(rate.number * whole, 2), POINTS, 2)
    yield Finding(
        "execution-score-basis" if fits else "execution-score-differs",
        Severity.HINT if fits else Severity.WARNING,
        f"{EXECUTION}得分",
        f"{EXECUTION}得 {own.score.text}，按执行率 {rate.text}×分值 {own.weight.text}为 {right}"
        + (
            "；这个得分合于 财预〔2021〕101号 的一档，请写明是按哪一种计分。"
            if fits
            else "，也不合于 财预〔2021〕101号 的任何一档。"
        ),
        printed=own.score.text,
        recomputed=right,
        cells=cells,
        remedy="写明执行率的计分方法" if fits else "核对执行率得分，或写明计分方法",
    )


def _against_outputs(evaluation: Evaluation) -> Iterator[Finding]:
    """More spent than budgeted; nothing spent and all done; everything spent and little done."""
    spent, budget = amount_of(evaluation, "spent"), amount_of(evaluation, "budget")
    if spent is None or budget is None or evaluation.funds is None:
        return
    rate = value_of(quotient(spent.expression, budget.expression))
    low, high = (spent.interval, budget.interval)
    if low and high and low.low is not None and high.high is not None and low.low > high.high:
        text = quantity_text(rate, RATIO, 4) if isinstance(rate, Fraction) else Missing.NOT_APPLICABLE.label
        yield spending_finding(
            evaluation,
            "spent-above-budget",
            Severity.HINT,
            "支出与预算",
            f"支出 {spent.text_with_unit}超过预算 {budget.text_with_unit}（{text}），可能而合规，但须说明原因。",
            (spent, budget),
            (),
            "说明超出预算的资金来源",
        )
    rows = [each for each in _outputs(evaluation) if each.met is not None]
    if not rows or not isinstance(rate, Fraction):
        return
    done = [share for each in rows if (share := _share(each)) is not None]
    if rate <= _HARDLY and all(each.met for each in rows):
        some = f"只支出预算的 {quantity_text(rate, RATIO, 4)}" if rate else "没有支出"
        code, what = "done-without-spending", f"{some}，而产出指标全部完成"
    elif rate >= _ALL and done and sum(done) / len(done) < _LITTLE:
        mean = quantity_text(sum(done, Fraction(0)) / len(done), RATIO, 4)
        code, what = "spent-without-output", f"资金基本支出，而产出指标平均只完成 {mean}"
    else:
        return
    yield spending_finding(
        evaluation,
        code,
        Severity.WARNING,
        "支出与产出",
        f"预算 {budget.text_with_unit}，支出 {spent.text_with_unit}：{what}（{'、'.join(each.row.name for each in rows[:4])}）。",
        (spent, budget),
        rows,
        "说明资金与任务不同步的原因，或更正其中有误的数",
    )


def _outputs(evaluation: Evaluation) -> list[Judged]:
    """The indicators of 产出 that state a quantity or a time; all of 产出 where none is named so."""
    rows = judged_rows(evaluation)
    output = [each for each in rows if "产出" in each.row.path[0]]
    return [each for each in output if any("数量" in name for name in each.row.path)] or output


def _share(each: Judged) -> Fraction | None:
    aim = each.row.target.quantity
    if aim is None or aim.qualifier in ("≤", "<") or aim.value == 0:
        return None
    value = value_of(quotient(comparable(each.row.actual, each.row.target), each.row.target))
    return value if isinstance(value, Fraction) else None


def _units(evaluation: Evaluation) -> Iterator[Finding]:
    """Money a thousand or ten thousand times what the form's own quantities and costs make of it: 元 under 万元."""
    sisters = list(_implied(evaluation))
    found = [each for stage in _MONEY if (each := amount_of(evaluation, stage)) is not None]
    for times, word in ((10_000, "元"), (1_000, "千元")):
        close = [
            (amount, text)
            for amount in found
            for text, value in sisters
            if amount.number and value and Fraction(1, 2) <= amount.number / times / value <= 2
        ]
        if not close:
            close = list(_same_digits(evaluation, found, times))
        if close and len({amount.key for amount, _ in close}) == len([a for a in found if a.number]):
            amount, text = close[0]
            yield spending_finding(
                evaluation,
                "money-unit-implausible",
                Severity.WARNING,
                "资金单位",
                f"{amount.label} {amount.text_with_unit}，而{text}，相差约 {shown(Fraction(times), 0)} 倍，"
                f"金额的单位可能是{word}，不是{WAN_YUAN.symbol}。",
                tuple(found),
                (),
                "核对金额单位",
            )
            return


def _same_digits(evaluation: Evaluation, found: list[Measure], times: int) -> Iterator[tuple[Measure, str]]:
    """All amounts, where an indicator states one of them to the digit, but as many times smaller: 9640000 against 964万元."""
    for row in (each.row for each in judged_rows(evaluation)):
        for word, given in (("完成值", row.actual), ("指标值", row.target)):
            stated = given.quantity
            if stated is None or stated.unit.dimension != WAN_YUAN.dimension or stated.value == 0:
                continue
            value = Fraction(stated.to(WAN_YUAN).value) * times
            if any(amount.number == value for amount in found):
                yield from (
                    (amount, f"{row.name}的{word}为 {stated.text}") for amount in found if amount.number
                )


def _implied(evaluation: Evaluation) -> Iterator[tuple[str, Fraction]]:
    """What a quantity and its cost make together, and the investment of the head, in 万元, with how it comes about."""
    stated = evaluation.project.figure("total_investment").quantity
    if stated is not None and stated.unit.dimension == WAN_YUAN.dimension:
        yield f"总投资为 {stated.text}", Fraction(stated.to(WAN_YUAN).value)
    rows = [
        each.row
        for table in (evaluation.scorecard.tables if evaluation.scorecard else ())
        for each in judged(table)
    ]
    for cost in rows:
        price = cost.actual.quantity or cost.target.quantity
        if price is None or price.unit.dimension != WAN_YUAN.dimension:
            continue
        for row in rows:
            amount = row.actual.quantity or row.target.quantity
            if amount is not None and amount.unit.symbol and amount.unit.symbol in cost.name:
                whole = Fraction(price.to(WAN_YUAN).value) * Fraction(amount.value)
                yield f"{row.name} {amount.text}×{cost.name} {price.text}为 {shown(whole, 2)}万元", whole


def spending_finding(
    evaluation: Evaluation,
    code: str,
    severity: Severity,
    subject: str,
    message: str,
    amounts: tuple[Measure, ...],
    rows: list[Judged] | tuple[()],
    remedy: str,
    cells: tuple[CellRef, ...] = (),
) -> Finding:
    """The finding about amounts and indicators, with the cells of both and of the totals that are printed."""
    printed = evaluation.funds.printed_totals if evaluation.funds else {}
    totals = [printed[stage] for each in amounts if (stage := each.key.partition("/")[0]) in printed]
    return Finding(
        code,
        severity,
        subject,
        message,
        printed=amounts[0].text_with_unit,
        recomputed=amounts[-1].text_with_unit,
        cells=tuple(
            dict.fromkeys(
                (
                    *cells,
                    *cells_of(*totals, *(each.expression for each in amounts)),
                    *(c for each in rows for c in each.cells),
                )
            )
        ),
        about=tuple(each.key for each in amounts),
        remedy=remedy,
    )


CHECKS = (
    Check(
        "execution-score-differs",
        find=_execution,
        also=("execution-score-basis", "execution-score-without-rate"),
    ),
    Check(
        "done-without-spending",
        "支出与产出",
        "没有支出不会全部完成，全部支出不会所剩多半；超预算支出须说明",
        find=_against_outputs,
        also=("spent-without-output", "spent-above-budget"),
    ),
    Check(
        "money-unit-implausible",
        "金额的单位",
        "金额与工程量×单位成本、总投资相差约一千倍或一万倍的，单位可能有误",
        find=_units,
    ),
)
