"""The ways of turning a value into a score (计分方法), each giving the tree of one score.

Every score lies between 0 and its 分值 and is rounded once, half up, to `places` decimals (RULES, "Rounding"); a missing
value gives a missing score. `weight` is the 分值; a rate is a fraction (0.8 for 80%).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wenxiao.model import (
    Case,
    CellRef,
    Choice,
    Comparison,
    Condition,
    Constant,
    Exact,
    Expression,
    Given,
    Missing,
    Named,
    Quantity,
    Rounded,
    decimal_text,
    difference,
    greatest,
    least,
    product,
    quotient,
    total,
)
from wenxiao.model.units import NUMBER

PLACES = 2
NOTHING = Constant(Fraction(0))
WHOLE = Constant(Fraction(1), "100%")


@dataclass(frozen=True, slots=True)
class Rung:
    """From a rate of `lowest` on, `share` of the 分值."""

    lowest: Exact
    share: Exact


def percent(share: Exact) -> Constant:
    """A share that stands in a rule, named in per cent.

    >>> percent(Decimal("0.8")).label
    '80%'
    """
    return Constant(Fraction(share), f"{decimal_text(Fraction(share) * 100)}%")


def truth(label: str, holds: bool | None, cell: CellRef | None = None) -> Given:
    """A yes or no as a figure of 1 or 0; None is 未提供."""
    if holds is None:
        return Given(label, Missing.NOT_PROVIDED, cell)
    return Given(label, Quantity(Decimal(int(holds)), NUMBER, 0, exact=True), cell, "是" if holds else "否")


def within(weight: Expression, points: Expression, places: int = PLACES) -> Expression:
    """Points as a score: not below 0, rounded once, not above the 分值."""
    return least([weight, Rounded(greatest([NOTHING, points]), places)])


def proportional(
    weight: Expression, actual: Expression, target: Expression, places: int = PLACES
) -> Expression:
    """分值 × 完成值 ÷ 指标值, capped at 分值; a target of 0 gives 不适用. Source: 10号 第十六条.

    >>> from wenxiao.model import value_of
    >>> value_of(proportional(Constant(Fraction(8)), Constant(Fraction(45)), Constant(Fraction(50))))
    Fraction(36, 5)
    """
    return within(weight, product(weight, quotient(actual, target)), places)


def at_most(weight: Expression, actual: Expression, target: Expression) -> Expression:
    """分值 where the value keeps to a target that is an upper limit (≤), else 不适用: the rule names no points for more.

    Source: 10号 第十六条, by which a target that is met gets the whole 分值; for points above it, `reverse`.
    """
    return Choice((Case((Condition(actual, Comparison.AT_MOST, target),), weight),), Missing.NOT_APPLICABLE)


def step(weight: Expression, rate: Expression, rungs: Sequence[Rung], places: int = PLACES) -> Expression:
    """The share of the 分值 that the step of a rate gives; below the lowest step, nothing.

    Source: 101号 for 满意度: from 90% all, from 80% 8 of 10, from 60% 5 of 10, below nothing.
    """
    return within(weight, Choice(tuple(_rung(weight, rate, rung) for rung in rungs), NOTHING), places)


def _rung(weight: Expression, rate: Expression, rung: Rung) -> Case:
    condition = Condition(rate, Comparison.AT_LEAST, percent(rung.lowest))
    return Case((condition,), product(weight, percent(rung.share)) if rung.share else NOTHING)


def execution_step(
    weight: Expression,
    rate: Expression,
    finished: Expression,
    rungs: Sequence[Rung],
    *,
    full: Exact = 1,
    over: Exact | None = None,
    places: int = PLACES,
) -> Expression:
    """The score of 预算执行率: `full` for a finished project within its budget, whatever the rate; else by steps.

    A rate above 100% gets the share `over`, or 不适用 where the rules say nothing of it; the lowest rung starts at 0.
    `finished` is 1 or 0 (`truth`).
    Source: 101号: 10 points; else 80–100% 7, 60–80% 5, below nothing.
    """
    done = Condition(finished, Comparison.EQUAL, Constant(Fraction(1), "是"))
    kept = Condition(rate, Comparison.AT_MOST, WHOLE)
    cases = (
        Case((done, kept), product(weight, percent(full))),
        *(Case((*rung.conditions, kept), rung.result) for rung in (_rung(weight, rate, r) for r in rungs)),
    )
    beyond = Missing.NOT_APPLICABLE if over is None else product(weight, percent(over))
    return within(weight, Choice(cases, beyond), places)


def gate(
    weight: Expression, rate: Expression, floor: Exact = Fraction(3, 5), places: int = PLACES
) -> Expression:
    """Nothing below `floor`, else (rate − floor) ÷ (1 − floor) × 分值. Source: 101号 with a floor of 60%.

    >>> from wenxiao.model import value_of
    >>> value_of(gate(Constant(Fraction(10)), Constant(Fraction(9, 10))))
    Fraction(15, 2)
    """
    passed = Condition(rate, Comparison.AT_LEAST, percent(floor))
    points = product(weight, quotient(difference(rate, percent(floor)), percent(1 - Fraction(floor))))
    return within(weight, Choice((Case((passed,), points),), NOTHING), places)


def linear(
    weight: Expression, rate: Expression, floor: Exact = Fraction(4, 5), places: int = PLACES
) -> Expression:
    """分值 at 100%, nothing from `floor` down; each percentage point short costs the same share of 分值.

    Source: a provincial report with a floor of 80%: each point short costs 5% of 分值.

    >>> from wenxiao.model import value_of
    >>> value_of(linear(Constant(Fraction(4)), Constant(Fraction(97, 100))))
    Fraction(17, 5)
    """
    short = quotient(difference(WHOLE, rate), percent(1 - Fraction(floor)))
    return within(weight, difference(weight, product(weight, short)), places)


def reverse(
    weight: Expression,
    actual: Expression,
    target: Expression,
    zero_at: Exact = 2,
    places: int = PLACES,
) -> Expression:
    """分值 up to the target a value should not exceed, falling evenly to nothing at `zero_at` times the target.

    Source: a budget-system module: a ≤ t full; t < a < 2t → (1 − (a − t) ÷ t) × 分值; a ≥ 2t nothing.
    """
    limit = product(target, Constant(Fraction(zero_at), f"{decimal_text(zero_at)} 倍"))
    margin = target if zero_at == 2 else product(target, Constant(Fraction(zero_at) - 1))
    falling = difference(weight, product(weight, quotient(difference(actual, target), margin)))
    cases = (
        Case((Condition(actual, Comparison.AT_MOST, target),), weight),
        Case((Condition(actual, Comparison.AT_LEAST, limit),), NOTHING),
    )
    return within(weight, Choice(cases, falling), places)


def qualitative(weight: Expression, level: Expression, places: int = PLACES) -> Expression:
    """分值 × the share that the level reached is given; a share still to be judged leaves the score 暂不计分.

    Source: 10号 第十六条: 达成 80–100%, 部分达成 60–80%, 未达成 0–60% of 分值; see `granted`.
    """
    return within(weight, product(weight, level), places)


def granted(word: str, share: Exact | None, cell: CellRef | None = None) -> Expression:
    """The share of the 分值 for a level reached, `word` being the 完成值 in words; None while nobody has judged."""
    label = f"“{word}”所得比例"
    return Given(label, Missing.UNSCORED, cell, word) if share is None else Named(label, percent(share))


def likert_rate(counts: Sequence[Expression], weights: Sequence[Exact]) -> Expression:
    """The weighted mean of all answers, most content first: Σ weight × count ÷ Σ count; no answers give 不适用.

    Source: a provincial report with weights of 100, 75, 50, 25 and 0. Raises ValueError where the numbers differ.

    >>> from wenxiao.model import value_of
    >>> counts = [Constant(Fraction(n)) for n in (60, 20, 10, 6, 4)]
    >>> value_of(likert_rate(counts, [Decimal(w) / 100 for w in (100, 75, 50, 25, 0)]))
    Fraction(163, 200)
    """
    weighted = [
        product(percent(weight), count) for weight, count in zip(weights, counts, strict=True) if weight
    ]
    return quotient(total(weighted), total(counts))


def likert(weight: Expression, rate: Expression, places: int = PLACES) -> Expression:
    """分值 × the weighted mean of the answers (`likert_rate`)."""
    return within(weight, product(weight, rate), places)


def deduction(weight: Expression, faults: Expression, points: Exact, places: int = PLACES) -> Expression:
    """分值 less `points` for each fault, not below 0. Source: practice.

    >>> from wenxiao.model import value_of
    >>> value_of(deduction(Constant(Fraction(4)), Constant(Fraction(3)), Decimal("0.5")))
    Fraction(5, 2)
    """
    lost = product(faults, Constant(Fraction(points), f"每处扣 {decimal_text(points)} 分"))
    return within(weight, difference(weight, lost), places)
