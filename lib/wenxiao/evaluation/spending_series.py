"""The sums up to the ends of months that amounts by period, sums, or both of a project come to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wenxiao.fields.periods import span_words
from wenxiao.model import (
    Expression,
    Given,
    Interval,
    Measure,
    Missing,
    Named,
    Table,
    interval_of,
    quotient,
    total,
)
from wenxiao.model.units import RATIO, WAN_YUAN

Span = tuple[int, int]
WHOLE_YEAR = "全年预算"
"""What a budget is called that is not that of the year's beginning."""
_YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")


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


class SeriesOfSums:
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
            if computed is not None and not meets_whole(computed, each.quantity.interval):
                self._contradicted(month, f"截至{month}月底的累计数", each)
            elif computed is None or not isinstance(computed, Given):
                self.sums[month] = each

    def add_part(self, span: Span, given: Given, inside: Sequence[Given]) -> None:
        """A quarter beside its months, which withholds its last month where they do not make it."""
        whole = given.quantity
        if (
            whole is not None
            and all(e.quantity for e in inside)
            and not meets_whole(total(inside), whole.interval)
        ):
            self._contradicted(span[1], f"{span_words(*span)}的数", given)

    def _contradicted(self, month: int, what: str, given: Given) -> None:
        self.lacking.append(f"{what}与各期之和不符")
        self.unclear.append(given)
        self.sums.pop(month, None)

    def progress(self, year: str, budget: Measure, reason: str) -> SpendingProgress:
        """The series as it is, up to where sums that are printed fall."""
        months = sorted(self.sums)
        for before, after in pairwise(months):
            pair = (self.sums[before], self.sums[after])
            if all(isinstance(each, Given) for each in pair) and falling(
                e for e in pair if isinstance(e, Given)
            ):
                self.lacking.append(f"截至{after}月底的累计数小于截至{before}月底的")
                self.unclear += [each for each in pair if isinstance(each, Given)]
                months = months[: months.index(before)]
                break
        reached = tuple(reached_by(self.project, year, month, self.sums[month], budget) for month in months)
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


def reached_by(name: str, year: str, month: int, spent: Expression, budget: Measure) -> Reached:
    """What was spent by the end of a month, and its rate of a budget."""
    of = f"{name}/{year}/{month}" if year else f"{name}/{month}"
    amount = Measure(f"spent_by/{of}", f"截至{month}月底支出", spent, WAN_YUAN, subject=name)
    rate = quotient(spent, budget.expression)
    return Reached(
        month,
        amount,
        budget,
        Measure(
            f"rate_by/{of}",
            f"截至{month}月底执行率",
            rate,
            RATIO,
            4,
            subject=name,
            basis=f"累计支出÷{budget.label}",
        ),
    )


def amount_of_year(table: Table, record: int, key: str, name: str, label: str) -> Measure:
    """An amount of the whole year that a row gives."""
    given = table.given(record, key, f"{name}{label}")
    return Measure(f"{key}_of_year/{name}", label, given, WAN_YUAN, subject=name)


def budget_of_year(table: Table, record: int, name: str) -> Measure:
    """The budget of the whole year; 年初预算 where the sheet knows no other, which its label says."""
    initial = not table.has("budget") and table.has("initial_budget")
    key, label = ("initial_budget", "年初预算") if initial else ("budget", WHOLE_YEAR)
    return amount_of_year(table, record, key, name, label)


def no_budget(name: str) -> Measure:
    """The budget of a project of which nothing gives one."""
    given = Given(f"{name}全年预算", Missing.NOT_PROVIDED)
    return Measure(f"budget_of_year/{name}", WHOLE_YEAR, given, WAN_YUAN, subject=name)


def years_in(*texts: str) -> set[str]:
    """The years that texts name."""
    return {year for text in texts for year in _YEAR.findall(text)}


def year_of(table: Table) -> str:
    """The one year that the title, the sheet or the file names."""
    said = map(years_in, (table.title, *table.notes, table.origin.sheet, table.origin.file))
    return next((years.pop() for years in said if len(years) == 1), "")


def meets_whole(expression: Expression, whole: Interval) -> bool:
    """Whether amounts can come to a whole within their printed precision."""
    interval = interval_of(expression)
    return interval is not None and interval.meets(whole)


def falling(amounts: Iterable[Given]) -> bool:
    """Whether an amount is less than the one before."""
    numbers = [each.quantity.value for each in amounts if each.quantity is not None]
    return any(after < before for before, after in pairwise(numbers))
