"""The whole of the funds with what is open about it: printed and computed totals that differ, years summed into one figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from wenxiao.evaluation.claims import WHOLE, Claim
from wenxiao.evaluation.funds import STAGES, Funds
from wenxiao.evaluation.rates import denominator, rates_of
from wenxiao.fields.relations import standard_relations
from wenxiao.model import (
    Expression,
    Given,
    Interval,
    Measure,
    Missing,
    Role,
    interval_of,
    product,
    quotient,
)
from wenxiao.project.profile import Profile

_NUMBER = {2: "两", 3: "三", 4: "四", 5: "五", 6: "六"}


def settled(funds: Funds | None, claims: Sequence[Claim], profile: Profile) -> Funds | None:
    """The funds with a whole that says what it rests on.

    Where a printed total is not the sum of its parts, the one that a printed rate or the report upholds is the whole; where
    they uphold neither or both, the sum is shown with the printed one beside it. A sum of years says that it is one, and
    what each year gives.
    """
    if funds is None:
        return None
    amounts = dict(funds.total.amounts)
    open_stages: dict[str, str] = {}
    for stage, printed in funds.printed_totals.items():
        amount = amounts.get(stage)
        if amount is None or amount.interval is None or printed.quantity is None:
            continue
        if amount.interval.meets(printed.quantity.to(amount.unit).interval):
            continue
        backed, computed = _upheld(funds, stage, printed, amount, claims, profile)
        if backed and not computed:
            amounts[stage] = replace(amount, expression=printed, basis="印列的合计")
        elif backed == computed:
            open_stages[stage] = f"{STAGES[stage]}合计列为 {printed.text}，各项相加为 {amount.text_with_unit}"
            amounts[stage] = replace(amount, condition=open_stages[stage])
    rates = (
        rates_of(WHOLE, amounts, profile) if amounts != dict(funds.total.amounts) else dict(funds.total.rates)
    )
    rates = {key: _doubted(key, rate, open_stages, funds, amounts, profile) for key, rate in rates.items()}
    amounts, rates = _over_years(funds, amounts, rates)
    return replace(funds, total=replace(funds.total, amounts=amounts, rates=rates))


def _upheld(
    funds: Funds, stage: str, printed: Given, amount: Measure, claims: Sequence[Claim], profile: Profile
) -> tuple[bool, bool]:
    """Whether anything upholds the printed total, and whether anything upholds the sum of the parts."""
    assert printed.quantity is not None
    assert amount.interval is not None
    evidence = [
        claim.printed.quantity.to(amount.unit).interval
        for claim in claims
        if claim.subject == WHOLE
        and claim.item == STAGES[stage]
        and claim.printed.quantity is not None
        and claim.printed.quantity.unit.dimension == amount.unit.dimension
    ]
    evidence += _implied(funds, stage, profile)
    own = printed.quantity.to(amount.unit).interval
    return any(own.meets(each) for each in evidence), any(amount.interval.meets(each) for each in evidence)


def _implied(funds: Funds, stage: str, profile: Profile) -> Iterator[Interval]:
    """What the rates printed beside a total make of it, by the total of their other side."""
    for table in funds.tables:
        for record in table.records(Role.TOTAL):
            for rate in standard_relations().rates:
                below = denominator(rate, table.has, profile)
                given = table.given(record, rate.key)
                if stage not in (rate.above, below) or given.quantity is None or given.quantity.value == 0:
                    continue
                other = funds.total.amounts.get(below if stage == rate.above else rate.above)
                if other is not None:
                    side: Expression = other.expression
                    value = interval_of(
                        product(side, given) if stage == rate.above else quotient(side, given)
                    )
                    if value is not None and value.low is not None:
                        yield value


def _doubted(
    key: str,
    rate: Measure,
    open_stages: Mapping[str, str],
    funds: Funds,
    amounts: Mapping[str, Measure],
    profile: Profile,
) -> Measure:
    """A rate that rests on a total in doubt, with what the printed totals make of it beside it."""
    declared = standard_relations().rate(key)
    if declared is None or rate.number is None:
        return rate
    below = denominator(declared, amounts.__contains__, profile)
    if not {declared.above, below} & set(open_stages):
        return rate
    sides = [
        replace(amounts[stage], expression=funds.printed_totals[stage])
        if stage in open_stages
        else amounts[stage]
        for stage in (declared.above, below)
    ]
    other = Measure(
        rate.key, rate.label, quotient(*(each.expression for each in sides)), rate.unit, rate.places
    )
    said = "；".join(text for stage, text in open_stages.items() if stage in (declared.above, below))
    return replace(rate, condition=f"按印列的合计为 {other.text}（{said}）")


def _over_years(
    funds: Funds, amounts: Mapping[str, Measure], rates: Mapping[str, Measure]
) -> tuple[dict[str, Measure], dict[str, Measure]]:
    """Amounts and rates that are sums of several years, named so, with each year beside."""
    pooled = {
        stage: years for stage, each in amounts.items() if len(years := _years_in(funds, stage, each)) > 1
    }

    def named(measure: Measure, years: Sequence[str], each: Sequence[Measure]) -> Measure:
        word = f"{_NUMBER.get(len(years), str(len(years)))}年合计"
        beside = "，".join(f"{year}年 {one.text}" for year, one in zip(years, each, strict=False))
        condition = "；".join(filter(None, (measure.condition, beside)))
        return replace(measure, label=f"{measure.label}（{'、'.join(years)}{word}）", condition=condition)

    totals = {year.year: year.total for year in funds.years}
    shown = {
        stage: named(each, pooled[stage], [totals[year].amounts[stage] for year in pooled[stage]])
        if stage in pooled
        else each
        for stage, each in amounts.items()
    }
    of_rates = {}
    for key, rate in rates.items():
        declared = standard_relations().rate(key)
        years = pooled.get(declared.above, ()) if declared is not None and rate.number is not None else ()
        each = [totals[year].rates[key] for year in years if key in totals[year].rates]
        of_rates[key] = named(rate, years, each) if len(years) > 1 and len(each) == len(years) else rate
    return shown, of_rates


def _years_in(funds: Funds, stage: str, whole: Measure) -> tuple[str, ...]:
    """The years whose figures a whole is the sum of."""
    if isinstance(whole.value, Missing):
        return ()
    cells = {given.cell for given in whole.inputs}
    return tuple(
        year.year
        for year in funds.years
        if stage in year.total.amounts and cells & {given.cell for given in year.total.amounts[stage].inputs}
    )
