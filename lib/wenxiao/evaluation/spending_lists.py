"""Lists of spending: a project a row with its periods across, or of one project a period a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from wenxiao.evaluation.spending_series import (
    SeriesOfSums,
    Span,
    SpendingProgress,
    budget_of_year,
    falling,
    meets_whole,
    no_budget,
    year_of,
    years_in,
)
from wenxiao.fields.periods import months_in, span_of, span_words
from wenxiao.model import Column, Interval, Table, total
from wenxiao.project.project import Project

_ALONE = re.compile(r"[当本每各分单][月季期]")
_STEPS: tuple[tuple[Span, ...], ...] = (
    tuple((month, month) for month in range(1, 13)),
    tuple((first, first + 2) for first in (1, 4, 7, 10)),
    ((1, 6), (7, 12)),
)
"""The ways in which the periods of a list follow each other: months, quarters, halves."""


def of_list(table: Table, year: str = "") -> Iterator[SpendingProgress]:
    """The spending of each project of a list with its periods across; those of one `year` where its headers name several."""
    spans = {span: column for column in table.columns if (span := span_of(column.key))}
    steps = _steps_in(spans)
    sums = {span[1]: column for span, column in spans.items() if span[0] == 1 and span not in steps}
    steps, doubt = _reported(table, spans, steps)
    if not year and len(years_in(*(column.label for column in table.columns if column.numeric))) > 1:
        steps, sums, doubt = (), {}, ["表头有几个年度，看不出各列是哪一年的"]
    summed = _summed(table, [spans[step] for step in steps]) if steps else None
    for record, name in _names(table):
        given = {
            step: table.given_in(record, spans[step], f"{name}{span_words(*step)}支出") for step in steps
        }
        printed = {
            month: table.given_in(record, column, f"{name}截至{month}月底支出")
            for month, column in sums.items()
        }
        if not spans and (month := _stands_at(table)) is not None:
            printed = {month: table.given(record, "spent", f"{name}截至{month}月底支出")}
        series = SeriesOfSums(name, summed)
        series.lacking += doubt
        series.add_steps(given)
        series.add_sums(printed)
        for span in spans if summed is False else ():
            inside = [each for step, each in given.items() if span[0] <= step[0] and step[1] <= span[1]]
            if span not in steps and span[0] > 1 and len(inside) > 1:
                series.add_part(span, table.given_in(record, spans[span]), inside)
        yield series.progress(
            year or year_of(table),
            budget_of_year(table, record, name),
            table.text(record, "reason") or table.text(record, "note"),
        )


def _names(table: Table) -> Iterator[tuple[int, str]]:
    """The projects by record; those of one name with the unit that they are of."""
    names = {record: table.text(record, "project_name") for record in table.records()}
    unit = ""
    for record, name in names.items():
        unit = table.text(record, "implementer") or unit
        several = list(names.values()).count(name) > 1
        yield record, f"{name}（{unit}）" if several and unit else name


def _reported(
    table: Table, spans: Mapping[Span, Column], steps: tuple[Span, ...]
) -> tuple[tuple[Span, ...], list[str]]:
    """The periods up to the last that anybody reported; where all report 0 at the end and nothing says up to when, the doubt."""
    held = [{spans[step].number(n) for n in table.records()} - {None} for step in steps]
    last = max((n for n, numbers in enumerate(held, 1) if numbers), default=0)
    spent = max((n for n, numbers in enumerate(held, 1) if any(numbers)), default=0)
    said = next((m for text in (table.title, table.origin.sheet) if (m := months_in(text)) is not None), None)
    if said is not None:
        return tuple(step for step in steps[:last] if step[1] <= said.last), []
    if spent == last:
        return steps[:last], []
    first, end = steps[spent], steps[last - 1]
    when = span_words(*first) if first == end else f"{span_words(*first)}至{span_words(*end)}"
    return steps[:spent], [f"{when}各项目都是 0，看不出是没有支出还是尚未报送"]


def _steps_in(spans: Mapping[Span, Column]) -> tuple[Span, ...]:
    """The periods of a list that follow each other from the year's beginning; none where it only sums up to months."""
    for steps in _STEPS:
        held = [step for step in steps if step in spans]
        if any(first > 1 for first, _ in held) or (held and held == [(1, 1)]):
            return tuple(held)
    return ()


def _stands_at(table: Table) -> int | None:
    """The month up to whose end the one amount of a list is, by its header, title or sheet."""
    column = table.column("spent")
    said = (months_in(text) for text in (column.label if column else "", table.title, table.origin.sheet))
    return next((each.last for each in said if each is not None and each.first == 1), None)


def _summed(table: Table, columns: Sequence[Column]) -> bool | None:
    """Whether the amounts of periods are sums up to their ends; None where neither the figures nor the headers tell.

    Amounts of each period add up to 累计支出 (or 执行率 × 预算) in every row, or fall somewhere; sums never fall, and the last is it.
    """
    rows = [
        (
            [each for column in columns if (each := table.given_in(n, column)).quantity is not None],
            _whole(table, n),
        )
        for n in table.records()
    ]
    told = [(amounts, whole) for amounts, whole in rows if amounts and whole is not None]
    single = bool(told) and all(meets_whole(total(amounts), whole) for amounts, whole in told)
    falls = any(falling(amounts) for amounts, _ in rows)
    summed = bool(told) and not falls and all(meets_whole(amounts[-1], whole) for amounts, whole in told)
    if single or (falls and not summed):
        return False
    if summed and len(told) == sum(bool(amounts) for amounts, _ in rows):
        return True
    return False if any(_ALONE.search(each.label) for each in columns) else None


def _whole(table: Table, record: int) -> Interval | None:
    """All that was spent so far, as 累计支出 or 执行率 × 预算 give it."""
    spent, rate, budget = (table.given(record, key).quantity for key in ("spent", "execution_rate", "budget"))
    if spent is not None:
        return spent.interval
    return rate.interval * budget.interval if rate is not None and budget is not None else None


def of_periods(table: Table, project: Project) -> SpendingProgress:
    """The spending of the one project that a list with a period a row is of."""
    name = project.title
    months = {record: months_in(table.text(record, "period")) for record in table.records()}
    rows = {(each.first, each.last): record for record, each in months.items() if each is not None}
    series = SeriesOfSums(name, summed=False if table.has("spent_in_period") else None)
    if table.has("spent_in_period"):
        steps = _steps_in(dict.fromkeys(rows, table.columns[0]))
        given = {
            step: table.given(rows[step], "spent_in_period", f"{name}{span_words(*step)}支出")
            for step in steps
        }
        series.add_steps({step: each for step, each in given.items() if each.quantity is not None})
    if table.has("spent"):
        series.add_sums(
            {
                last: table.given(record, "spent", f"{name}截至{last}月底支出")
                for (_, last), record in rows.items()
            }
        )
    budgets = [budget_of_year(table, record, name) for record in rows.values()]
    known = [each for each in budgets if each.number is not None]
    if len({each.number for each in known}) > 1:
        series.lacking.append("各期的预算数不同")
        known = []
    return series.progress(year_of(table), known[0] if known else no_budget(name), "")
