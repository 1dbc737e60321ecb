"""Figures that follow from others: reported ones taken over, missing parts that the rest determines (推算)."""

from __future__ import annotations

from collections.abc import Iterator

from wenxiao.evaluation.claims import WHOLE, Claim
from wenxiao.evaluation.funds import Funds, FundsLine
from wenxiao.model import (
    Expression,
    Given,
    Measure,
    Named,
    Standing,
    Table,
    difference,
    product,
    quotient,
    total,
)
from wenxiao.model.units import RATIO, WAN_YUAN
from wenxiao.project.project import Project

POOLED = "仅在汇总口径下成立"


def derived_measures(project: Project, funds: Funds | None, claims: tuple[Claim, ...]) -> tuple[Measure, ...]:
    """Reported rates where none can be computed, what they imply, totals implied by shares."""
    measures: list[Measure] = []
    if funds is not None and funds.total.amounts.get("budget"):
        measures += _from_reported_rates(funds, claims)
    measures += _against_investment(project, funds)
    measures += _implied_totals(project)
    return tuple(measures)


def _reported(claims: tuple[Claim, ...], subject: str) -> Given | None:
    return next(
        (c.printed for c in claims if c.item == "预算执行率" and c.subject == subject and c.printed.quantity),
        None,
    )


def _from_reported_rates(funds: Funds, claims: tuple[Claim, ...]) -> Iterator[Measure]:
    """Spending implied by a reported rate; the rate of the remaining sources where all others are reported."""
    whole = _reported(claims, WHOLE)
    spent = funds.total.amounts.get("spent")
    if whole is None or (spent is not None and spent.number is not None):
        return
    yield Measure(
        "reported/execution_rate",
        "预算执行率",
        whole,
        RATIO,
        4,
        WHOLE,
        "报告数，支出未提供",
        Standing.REPORTED,
    )
    budget = Named("预算资金合计", funds.total.amounts["budget"].expression)
    implied = product(budget, whole)
    yield _derived("derived/spent", "支出资金", implied, WHOLE)
    known = {line.source: rate for line in funds.lines if (rate := _reported(claims, line.source))}
    open_lines = [line for line in funds.lines if line.source not in known]
    if known and open_lines:
        yield from _remainder(funds, known, open_lines, Named("推算支出", implied))


def _remainder(
    funds: Funds, known: dict[str, Given], open_lines: list[FundsLine], implied: Named
) -> Iterator[Measure]:
    subject = "、".join(line.source for line in open_lines)
    paid = [
        Named(f"{line.source}支出", product(line.amounts["budget"].expression, known[line.source]))
        for line in funds.lines
        if line.source in known
    ]
    rest = difference(implied, paid[0] if len(paid) == 1 else total(paid))
    budgets = total([line.amounts["budget"].expression for line in open_lines])
    yield _derived(f"derived/spent/{subject}", "支出资金", rest, subject)
    rate = quotient(Named("推算其余支出", rest), Named(f"{subject}预算", budgets))
    yield Measure(
        f"derived/execution_rate/{subject}",
        "预算执行率",
        rate,
        RATIO,
        4,
        subject,
        "支出÷预算",
        Standing.DERIVED,
        POOLED,
    )


def _derived(key: str, label: str, expression: Expression, subject: str) -> Measure:
    return Measure(key, label, expression, WAN_YUAN, 2, subject, "由报告执行率推算", Standing.DERIVED, POOLED)


def _against_investment(project: Project, funds: Funds | None) -> Iterator[Measure]:
    """Money paid out against the investment the head gives (资金 ÷ 总投资), where the funds have no plan of their own."""
    investment = project.figure("total_investment")
    if funds is None or investment.quantity is None:
        return
    for stage in ("paid", "spent", "received", "approved"):
        measure = funds.total.amounts.get(stage)
        if measure is not None and measure.number is not None:
            amount = measure.expression
            top = amount if isinstance(amount, Given) else Named(measure.label, amount)
            yield Measure(
                f"{stage}_to_investment",
                f"{measure.label}占总投资",
                quotient(top, investment),
                RATIO,
                4,
                WHOLE,
                f"{measure.label}÷总投资",
            )
            return


CONTRIBUTED = {"amount": "居民出资", "share": "占总投资比例"}
"""What a table of residents' contributions gives of each neighbourhood."""


def _implied_totals(project: Project) -> Iterator[Measure]:
    """The investment of a neighbourhood implied by the residents' amount and its printed share."""
    for table in project.of_kind("contributions"):
        yield from (_implied_total(table, record) for record in table.records())


def _implied_total(table: Table, record: int) -> Measure:
    name = table.text(record, "name")
    amount, share = (table.given(record, key, f"{name}{label}") for key, label in CONTRIBUTED.items())
    return Measure(
        f"derived/investment/{name}",
        "小区改造总投资",
        quotient(amount, share),
        WAN_YUAN,
        2,
        name,
        "居民出资÷占总投资比例",
        Standing.DERIVED,
        "按报告比例推算",
    )
