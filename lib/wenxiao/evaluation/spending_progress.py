"""Spending as the year goes on: what each project had spent by the end of a month, however a list or a form gives it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from wenxiao.fields.periods import months_in, span_of, span_words
from wenxiao.fields.wording import year_in
from wenxiao.model import (
    Column,
    Expression,
    Given,
    Interval,
    Measure,
    Missing,
    Named,
    Role,
    Table,
    interval_of,
    quotient,
    total,
)
from wenxiao.model.units import RATIO, WAN_YUAN
from wenxiao.project.project import Project

Span = tuple[int, int]
_YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")
_ALONE = re.compile(r"[当本每各分单][月季期]")
_STEPS: tuple[tuple[Span, ...], ...] = (
    tuple((month, month) for month in range(1, 13)),
    tuple((first, first + 2) for first in (1, 4, 7, 10)),
    ((1, 6), (7, 12)),
)
"""The ways in which the periods of a list follow each other: months, quarters, halves."""


@dataclass(frozen=True, eq=False)
class Reached:
    """What was spent by the end of a month, of which budget, and the rate."""

    month: int
    spent: Measure
    budget: Measure
    rate: Measure


@dataclass(frozen=True, eq=False)
class SpendingProgress:
    """The spending of a project through a year.

    project    its name; `year` as a title says it, else ''
    budget     of the whole year, 未提供 where nothing gives it
    reached    by month; none that could not be told
    until      the month up to whose end lists and forms go, whether or not it could be told what was spent by then
    expected   what the unit itself expects to spend by the year's end, where a form asks for it
    reason     why it is behind, in the words of the list
    lacking    what cannot be told, in words; `unclear` the figures concerned
    """

    project: str
    year: str
    budget: Measure
    reached: tuple[Reached, ...]
    expected: Measure | None = None
    reason: str = ""
    lacking: tuple[str, ...] = ()
    unclear: tuple[Given, ...] = ()
    until: int = 0

    def at(self, month: int) -> Reached | None:
        """What was reached by the end of a month, where it is known."""
        return next((each for each in self.reached if each.month == month), None)

    @property
    def last(self) -> Reached | None:
        """What is known last, if lists and forms do not go further."""
        return self.reached[-1] if self.reached and self.reached[-1].month >= self.until else None


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
            yield from _of_list(table)
        case "periods":
            yield _of_periods(table, project)
        case "funds" if table.has("spent_to_date"):
            yield from _of_form(table, project)


# --- a list: a project a row, its periods across ----------------------------------------------------------------


def _of_list(table: Table) -> Iterator[SpendingProgress]:
    spans = {span: column for column in table.columns if (span := span_of(column.key))}
    steps = _steps_in(spans)
    sums = {span[1]: column for span, column in spans.items() if span[0] == 1 and span not in steps}
    steps, doubt = _reported(table, spans, steps)
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
        series = _Series(name, summed)
        series.lacking += doubt
        series.add_steps(given)
        series.add_sums(printed)
        yield series.progress(
            _year(table),
            _amount(table, record, "budget", name),
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
    single = summed = known = True
    falls = False
    for record in table.records():
        amounts = [given for each in columns if (given := table.given_in(record, each)).quantity is not None]
        whole = _whole(table, record)
        down = _falls(amounts)
        falls = falls or down
        if whole is None or not amounts:
            known = known and not amounts
            continue
        single = single and _meets(total(amounts), whole)
        summed = summed and not down and _meets(amounts[-1], whole)
        known = known and True
    compared = any(_whole(table, n) is not None for n in table.records())
    if (compared and single) or (falls and not (compared and summed)):
        return False
    if compared and known and summed:
        return True
    return False if any(_ALONE.search(each.label) for each in columns) else None


def _whole(table: Table, record: int) -> Interval | None:
    """All that was spent so far, as 累计支出 or 执行率 × 预算 give it."""
    spent, rate, budget = (table.given(record, key).quantity for key in ("spent", "execution_rate", "budget"))
    if spent is not None:
        return spent.interval
    return rate.interval * budget.interval if rate is not None and budget is not None else None


def _meets(expression: Expression, whole: Interval) -> bool:
    interval = interval_of(expression)
    return interval is not None and interval.meets(whole)


def _falls(amounts: Iterable[Given]) -> bool:
    numbers = [each.quantity.value for each in amounts if each.quantity is not None]
    return any(after < before for before, after in pairwise(numbers))


# --- one project: a period a row --------------------------------------------------------------------------------


def _of_periods(table: Table, project: Project) -> SpendingProgress:
    name = project.title
    months = {record: months_in(table.text(record, "period")) for record in table.records()}
    rows = {(each.first, each.last): record for record, each in months.items() if each is not None}
    series = _Series(name, summed=False if table.has("spent_in_period") else None)
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
    budgets = [_amount(table, record, "budget", name) for record in rows.values()]
    known = [each for each in budgets if each.number is not None]
    if len({each.number for each in known}) > 1:
        series.lacking.append("各期的预算数不同")
        known = []
    return series.progress(_year(table), known[0] if known else no_budget(name), "")


# --- a monitoring form ------------------------------------------------------------------------------------------


def _of_form(table: Table, project: Project) -> Iterator[SpendingProgress]:
    name = (table.form.project if table.form else "") or project.title
    column = table.column("spent_to_date")
    records = list(table.records(Role.TOTAL)) or list(table.records())
    if column is None or len(records) != 1:
        return
    months = months_in(column.label) or months_in(table.title)
    series = _Series(name, summed=True)
    spent = table.given_in(records[0], column, f"{name}累计支出")
    if months is None:
        series.lacking.append(f"“{column.label}”看不出截至几月底")
    else:
        series.add_sums({months.last: replace(spent, label=f"{name}截至{months.last}月底支出")})
    key = "budget" if table.has("budget") else "initial_budget"
    expected = (
        _amount(table, records[0], "spent_expected", name, "全年预计支出")
        if table.has("spent_expected")
        else None
    )
    progress = series.progress(
        year_in(project.fact("year").text)[0] or _year(table), _amount(table, records[0], key, name), ""
    )
    yield replace(progress, expected=expected)


# --- what they have in common -----------------------------------------------------------------------------------


class _Series:
    """The sums up to the ends of months in the making."""

    def __init__(self, project: str, summed: bool | None) -> None:
        self.project, self.summed = project, summed
        self.sums: dict[int, Expression] = {}
        self.lacking: list[str] = []
        self.unclear: list[Given] = []
        self.until = 0

    def add_steps(self, given: Mapping[Span, Given]) -> None:
        """The amounts of periods that follow each other; behind a gap nothing adds up."""
        amounts = list(given.values())
        self.until = max((self.until, *(last for _, last in given)))
        if self.summed is None and sum(each.quantity is not None for each in amounts) > 1:
            self.lacking.append("看不出各期是当期数还是累计数")
            self.unclear += amounts
            return
        gap = next((n for n, each in enumerate(amounts) if each.quantity is None), len(amounts))
        if gap < len(amounts):
            blank = [span_words(*span) for span, each in given.items() if each.quantity is None]
            self.lacking.append(f"{'、'.join(blank)}没有支出数")
            self.unclear += [each for each in amounts if each.quantity is None]
        expected = 1
        for n, ((first, last), each) in enumerate(given.items(), 1):
            if self.summed:
                self.sums |= {last: each} if each.quantity is not None else {}
            elif n <= gap and each.quantity is not None and first == expected:
                term = each if n == 1 else Named(f"{self.project}截至{last}月底支出", total(amounts[:n]))
                self.sums[last] = term
                expected = last + 1

    def add_sums(self, given: Mapping[int, Given]) -> None:
        """The sums up to the ends of months as they are printed; one that contradicts the amounts withholds its month."""
        for month, each in sorted(given.items()):
            if each.quantity is None:
                continue
            self.until = max(self.until, month)
            computed = self.sums.get(month)
            if computed is not None and not _meets(computed, each.quantity.interval):
                self.lacking.append(f"截至{month}月底的累计数与各期之和不符")
                self.unclear.append(each)
                del self.sums[month]
            elif computed is None or not isinstance(computed, Given):
                self.sums[month] = each

    def progress(self, year: str, budget: Measure, reason: str) -> SpendingProgress:
        """The series as it is, up to where sums that are printed fall."""
        months = sorted(self.sums)
        for before, after in pairwise(months):
            pair = (self.sums[before], self.sums[after])
            if all(isinstance(each, Given) for each in pair) and _falls(
                e for e in pair if isinstance(e, Given)
            ):
                self.lacking.append(f"截至{after}月底的累计数小于截至{before}月底的")
                self.unclear += [each for each in pair if isinstance(each, Given)]
                months = months[: months.index(before)]
                break
        reached = tuple(_reached(self.project, year, month, self.sums[month], budget) for month in months)
        return SpendingProgress(
            self.project,
            year,
            budget,
            reached,
            None,
            reason,
            tuple(self.lacking),
            tuple(self.unclear),
            self.until,
        )


def _reached(name: str, year: str, month: int, spent: Expression, budget: Measure) -> Reached:
    of = f"{name}/{year}/{month}" if year else f"{name}/{month}"
    amount = Measure(f"spent_by/{of}", f"截至{month}月底支出", spent, WAN_YUAN, subject=name)
    rate = quotient(spent, budget.expression)
    return Reached(
        month,
        amount,
        budget,
        Measure(
            f"rate_by/{of}", f"截至{month}月底执行率", rate, RATIO, 4, subject=name, basis="累计支出÷全年预算"
        ),
    )


def _amount(table: Table, record: int, key: str, name: str, label: str = "全年预算") -> Measure:
    given = table.given(record, key, f"{name}{label}")
    return Measure(f"{key}_of_year/{name}", label, given, WAN_YUAN, subject=name)


def no_budget(name: str) -> Measure:
    """The budget of a project of which nothing gives one."""
    given = Given(f"{name}全年预算", Missing.NOT_PROVIDED)
    return Measure(f"budget_of_year/{name}", "全年预算", given, WAN_YUAN, subject=name)


def _year(table: Table) -> str:
    """The one year that the title, the sheet or the file names."""
    said = (
        set(_YEAR.findall(text))
        for text in (table.title, *table.notes, table.origin.sheet, table.origin.file)
    )
    return next((years.pop() for years in said if len(years) == 1), "")


def _joined(parts: Sequence[SpendingProgress]) -> SpendingProgress:
    """What several lists and forms say of one project; a month of which they say two things is withheld."""
    first = parts[0]
    if len(parts) == 1:
        return first
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
        budget=next(
            (each.budget for each in reversed(parts) if each.budget.number is not None), first.budget
        ),
        reached=tuple(reached[month] for month in sorted(reached) if month not in clash),
        expected=next((each.expected for each in reversed(parts) if each.expected is not None), None),
        reason="；".join(dict.fromkeys(each.reason for each in parts if each.reason)),
        lacking=tuple(dict.fromkeys(lacking)),
        unclear=tuple(given for each in parts for given in each.unclear),
        until=max(each.until for each in parts),
    )
