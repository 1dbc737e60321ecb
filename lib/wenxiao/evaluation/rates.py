"""The amounts of money a sheet may give (下达, 到位, 拨付, 支出 …) and the rates between them, each with its denominator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from wenxiao.fields.relations import Rate, standard_relations
from wenxiao.model import (
    Constant,
    Expression,
    Given,
    Measure,
    Missing,
    Named,
    difference,
    product,
    quotient,
    value_of,
)
from wenxiao.model.units import RATIO, Unit
from wenxiao.project.profile import Profile

STAGES: Mapping[str, str] = {
    "planned": "计划投资",
    "initial_budget": "年初预算资金",
    "budget": "预算资金",
    "applied": "申请资金",
    "approved": "批复资金",
    "allocated": "下达资金",
    "received": "到位资金",
    "paid": "拨付资金",
    "spent": "支出资金",
}
"""The amounts of money a sheet may give, in the order money flows. They are different amounts and never mixed."""

SHORT = {stage: label.removesuffix("资金") for stage, label in STAGES.items()}
"""Their names behind that of a source: 中央资金预算, not 中央资金预算资金."""


def rates_of(subject: str, amounts: Mapping[str, Measure], profile: Profile) -> dict[str, Measure]:
    """The rates of one source, each with its denominator by name; a missing side gives 未提供.

    到位率 = 到位 ÷ 预算 (10号 附2); 执行率 = 支出 ÷ 预算 in published reports, or as the profile says; 投资完成率 = 支出 ÷
    计划总投资, which is no execution rate; 拨付率 = 拨付 ÷ 到位. Sheets that know only 年初预算 are divided by that, and say so.
    """
    rates: dict[str, Measure] = {}
    for rate in standard_relations().rates:
        measure = _rate(rate, subject, amounts, denominator(rate, amounts.__contains__, profile))
        if measure is not None:
            rates[rate.key] = measure
    return rates


def denominator(rate: Rate, has: Callable[[str], bool], profile: Profile) -> str:
    """The stage a rate is divided by: as the profile says, else as declared; 年初预算 where a sheet knows no other."""
    chosen: str = getattr(profile.denominators, rate.key, rate.below)
    return standard_relations().denominator(chosen, has)


def _rate(rate: Rate, subject: str, amounts: Mapping[str, Measure], below: str) -> Measure | None:
    """One rate of amounts of money, or None; 执行率 and 到位率 are always asked for, the others only where both sides are there."""
    if not (rate.always or (rate.above in amounts and below in amounts)):
        return None
    parts = [_side(subject, stage, amounts) for stage in (rate.above, below)]
    basis = f"{SHORT[rate.above]}÷{SHORT[below]}"
    return Measure(
        f"{rate.key}/{subject}", rate.label, quotient(*parts), RATIO, 4, subject=subject, basis=basis
    )


def _side(subject: str, stage: str, amounts: Mapping[str, Measure]) -> Expression:
    if stage not in amounts:
        return Given(f"{subject}{SHORT[stage]}", Missing.NOT_PROVIDED)
    return named(subject, stage, amounts[stage].expression)


def named(subject: str, stage: str, expression: Expression) -> Expression:
    """An amount that formulas above it show by its name; one that stands in a cell has a name already."""
    return expression if isinstance(expression, Given) else Named(f"{subject}{SHORT[stage]}", expression)


PERCENTAGE_POINTS = Unit("个百分点", "percentage points")


def changes_of(key: str, name: str, before: Given, after: Given, word: str = "指标值") -> tuple[Measure, ...]:
    """By how much a figure moved and by what share of what it was; empty where the two cannot be compared."""
    old, new = before.quantity, after.quantity
    if old is None or new is None or old.unit != new.unit:
        return ()
    return changes_between(key, name, before, after, old.unit, max(old.places, new.places), word)


def changes_between(
    key: str, name: str, before: Expression, after: Expression, unit: Unit, places: int, word: str
) -> tuple[Measure, ...]:
    """The change between two known figures in their unit, of rates in points, and, of others, its share of the first."""
    moved, basis = difference(after, before), "后来的数－原来的数"
    if unit.dimension == RATIO.dimension:
        apart, places = product(moved, Constant(Fraction(100))), max(places - 2, 0)
        return (
            Measure(
                key, f"{word}变化", apart, PERCENTAGE_POINTS, places, subject=name, basis=f"（{basis}）×100"
            ),
        )
    found = Measure(key, f"{word}变化", moved, unit, places, subject=name, basis=basis)
    if not value_of(before):
        return (found,)
    share = quotient(moved, before)
    basis = f"（{basis}）÷原来的数"
    return (found, Measure(f"{key}/share", f"{word}变化幅度", share, RATIO, 4, subject=name, basis=basis))
