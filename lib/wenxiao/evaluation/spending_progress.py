"""Spending as the year goes on: what each project had spent by the end of a month, from lists and forms of several folders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wenxiao.evaluation.spending_lists import of_list, of_periods
from wenxiao.evaluation.spending_series import (
    WHOLE_YEAR,
    Reached,
    SeriesOfSums,
    SpendingProgress,
    amount_of_year,
    budget_of_year,
    reached_by,
    year_of,
)
from wenxiao.evaluation.years import year_slices
from wenxiao.fields import standard_registry
from wenxiao.fields.periods import months_in
from wenxiao.fields.wording import year_in
from wenxiao.model import Measure, Role, Table
from wenxiao.project.project import Project


def progress_of(projects: Sequence[Project]) -> tuple[SpendingProgress, ...]:
    """The spending of each project and year in source order, from lists by month and from monitoring forms alike."""
    single = [each for project in projects for table in project.tables for each in _of_table(table, project)]
    found: dict[tuple[str, str], list[SpendingProgress]] = {}
    for each in single:
        years = {other.year for other in single if other.project == each.project and other.year}
        year = years.pop() if not each.year and len(years) == 1 else each.year
        found.setdefault((each.project, year), []).append(each)
    return tuple(_joined(parts) for parts in found.values())


def _of_table(table: Table, project: Project) -> Iterator[SpendingProgress]:
    match table.kind:
        case "progress":
            for part in year_slices((table,), standard_registry()):
                yield from of_list(part.table, part.year)
        case "periods":
            yield of_periods(table, project)
        case "funds" if table.has("spent_to_date"):
            yield from _of_form(table, project)


def _of_form(table: Table, project: Project) -> Iterator[SpendingProgress]:
    name = (table.form.project if table.form else "") or project.title
    column = table.column("spent_to_date")
    records = list(table.records(Role.TOTAL)) or list(table.records())
    if column is None or len(records) != 1:
        return
    months = months_in(column.label) or months_in(table.title)
    series = SeriesOfSums(name, summed=True)
    spent = table.given_in(records[0], column, f"{name}累计支出")
    if months is None:
        series.lacking.append(f"“{column.label}”看不出截至几月底")
    elif spent.quantity is None:
        series.lacking.append(f"没有填写{column.label}")
    else:
        series.add_sums({months.last: replace(spent, label=f"{name}截至{months.last}月底支出")})
    expected = (
        amount_of_year(table, records[0], "spent_expected", name, "全年预计支出")
        if table.has("spent_expected")
        else None
    )
    progress = series.progress(
        year_in(project.fact("year").text)[0] or year_of(table),
        budget_of_year(table, records[0], name),
        "",
    )
    yield replace(progress, expected=expected)


def _joined(parts: Sequence[SpendingProgress]) -> SpendingProgress:
    """What several lists and forms say of one project; a month of which they say two things is withheld."""
    first = parts[0]
    if len(parts) == 1:
        return first
    known = [each.budget for each in reversed(parts) if each.budget.number is not None]
    budget = next((each for each in known if each.label == WHOLE_YEAR), next(iter(known), first.budget))
    parts = [_of_budget(each, budget) for each in parts]
    reached: dict[int, Reached] = {}
    lacking = [words for each in parts for words in each.lacking]
    clash: set[int] = set()
    for each in (one for part in parts for one in part.reached):
        other = reached.setdefault(each.month, each)
        if other is not each and other.rate.value != each.rate.value:
            clash.add(each.month)
    lacking += [f"截至{month}月底的数有两个" for month in sorted(clash)]
    return replace(
        first,
        budget=budget,
        reached=tuple(reached[month] for month in sorted(reached) if month not in clash),
        expected=next((each.expected for each in reversed(parts) if each.expected is not None), None),
        reason="；".join(dict.fromkeys(each.reason for each in parts if each.reason)),
        lacking=tuple(dict.fromkeys(lacking)),
        unclear=tuple(given for each in parts for given in each.unclear),
        until=max(each.until for each in parts),
    )


def _of_budget(progress: SpendingProgress, budget: Measure) -> SpendingProgress:
    """The same by a budget that another sheet gives, where its own knows none of the whole year."""
    if progress.budget.number is not None and progress.budget.label == WHOLE_YEAR:
        return progress
    name, year = progress.project, progress.year
    reached = (reached_by(name, year, each.month, each.spent.expression, budget) for each in progress.reached)
    return replace(progress, budget=budget, reached=tuple(reached))
