"""What a project will have spent by the year's end, by each method that the figures allow, and the range between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from wenxiao.evaluation.spending_series import Reached, SpendingProgress
from wenxiao.model import (
    Constant,
    Expression,
    Given,
    Measure,
    Named,
    Standing,
    difference,
    greatest,
    least,
    product,
    quotient,
    total,
)
from wenxiao.model.units import RATIO

DECEMBER = 12
RECENT = 3
"""So many months are recent, and so many must be over before anything is forecast."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """The execution rate at the year's end: by each method, from the lowest to the highest; or why there is none.

    One method alone would be a guess: then there is none.
    """

    methods: tuple[Measure, ...] = ()
    low: Measure | None = None
    high: Measure | None = None
    why_not: str = ""


def forecast(progress: SpendingProgress, before: SpendingProgress | None = None) -> Forecast:
    """The rates at the year's end by the methods that the figures allow; `before` is the spending of the year before.

    按时间比例: what was spent × 12 ÷ months. 按近n个月: what was spent, and for each month to come the mean of
    the last n. 按上年同期比重: what was spent ÷ the share that had been spent by then the year before. 单位预计: as the form says.
    """
    last = progress.last
    if progress.budget.number is None:
        return Forecast(why_not="没有全年预算数")
    if last is None:
        return Forecast(why_not="；".join(progress.lacking) or "没有可用的支出数")
    if last.month == DECEMBER:
        return Forecast(why_not="全年已经结束")
    if last.month < RECENT:
        return Forecast(why_not=f"只有 {last.month} 个月，不足 {RECENT} 个月")
    ways = {"按时间比例": _by_time(last)}
    ways |= _by_recent(progress, last) | _by_year_before(last, before)
    if progress.expected is not None and progress.expected.number is not None:
        ways["单位预计"] = progress.expected.expression
    if len(ways) == 1:
        return Forecast(why_not="只有一种方法可用，单个数不作预测")
    methods = tuple(_rate(progress, last, name, spent) for name, spent in ways.items())
    named = [Named(each.label, each.expression) for each in methods]
    ends = (("low", "预测最低", least(named)), ("high", "预测最高", greatest(named)))
    low, high = (
        replace(
            methods[0],
            key=f"forecast/{key}/{progress.project}",
            label=f"年末执行率{label}",
            expression=expression,
        )
        for key, label, expression in ends
    )
    return Forecast(methods, low, high)


def _by_time(last: Reached) -> Expression:
    return quotient(product(_spent(last), _months(DECEMBER)), _months(last.month))


def _by_recent(progress: SpendingProgress, last: Reached) -> dict[str, Expression]:
    """By the last three months, or what is known of a little more; not by all there are, which would say by time again."""
    start = next((each for each in reversed(progress.reached) if each.month <= last.month - RECENT), None)
    if start is None or last.month - start.month > 2 * RECENT:
        return {}
    span = last.month - start.month
    recent = Named(
        f"{start.month + 1}—{last.month}月支出", difference(last.spent.expression, start.spent.expression)
    )
    to_come = product(quotient(recent, _months(span)), _months(DECEMBER - last.month))
    return {f"按近{span}个月": total([_spent(last), to_come])}


def _by_year_before(last: Reached, before: SpendingProgress | None) -> dict[str, Expression]:
    same, whole = (before.at(month) if before else None for month in (last.month, DECEMBER))
    if same is None or whole is None or not same.spent.number or not whole.spent.number:
        return {}
    year = before.year if before else ""
    share = Named(
        f"{year}年同期比重", quotient(_named(f"{year}年", same.spent), _named(f"{year}年", whole.spent))
    )
    return {"按上年同期比重": quotient(_spent(last), share)}


def _rate(progress: SpendingProgress, last: Reached, name: str, spent: Expression) -> Measure:
    return Measure(
        f"forecast/{name}/{progress.project}",
        f"年末执行率（{name}）",
        quotient(spent, last.budget.expression),
        RATIO,
        4,
        subject=progress.project,
        basis="预计支出÷全年预算",
        standing=Standing.DERIVED,
        condition=f"{name}推算",
    )


def _months(count: int) -> Constant:
    return Constant(Fraction(count), f"{count} 个月")


def _spent(reached: Reached) -> Expression:
    return _named("", reached.spent)


def _named(before: str, measure: Measure) -> Expression:
    given = measure.expression
    return given if isinstance(given, Given) and not before else Named(f"{before}{measure.label}", given)
