"""Years against the whole: what the sheets give for each year and what they give altogether."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.funds import SHORT, STAGES, FundsLine
from wenxiao.fields.relations import standard_relations
from wenxiao.model import Given, Named, total

CODE = "years-sum-differs"


def _years(evaluation: Evaluation) -> Iterator[Constraint]:
    """Each amount given without a year against the sum of the years, for every source and for the total."""
    funds = evaluation.funds
    if funds is None or not funds.years:
        return
    for line in funds.lines:
        years = [each for year in funds.years for each in year.lines if each.source == line.source]
        for stage in funds.stages:
            printed = line.amounts[stage].expression
            if isinstance(printed, Given):
                yield from _sum(line.source, stage, printed, years)
    known = {line.source for line in funds.lines}
    if known and not any(each.source in known for year in funds.years for each in year.lines):
        return  # the years are those of the districts, whose money may be another
    for stage, printed in funds.printed_totals.items():
        yield from _sum("合计", stage, printed, [year.total for year in funds.years])


def _sum(name: str, stage: str, printed: Given, years: Sequence[FundsLine]) -> Iterator[Constraint]:
    """A printed amount against its years; nothing where it is itself that of a year."""
    amounts = [each.amounts[stage] for each in years]
    own = any(amount.given and amount.inputs[0].cell == printed.cell for amount in amounts)
    if len(years) < 2 or own or printed.quantity is None:
        return
    parts = [
        amount.expression if amount.given else Named(f"{amount.subject}{SHORT[stage]}", amount.expression)
        for amount in amounts
    ]
    label = f"{name}{STAGES[stage]}"
    yield Constraint(
        CODE,
        f"{label}（各年）",
        printed,
        total(parts),
        f"资金表的{label}列为 {{printed}}，{standard_relations().added(CODE)}相加为 {{recomputed}}。",
        "核对合计与各年的数，改正其中有误的一处；有未列的年度须说明",
        about=tuple(amount.key for amount in amounts),
    )


CHECKS = (
    Check(
        CODE,
        constrain=_years,
    ),
)
