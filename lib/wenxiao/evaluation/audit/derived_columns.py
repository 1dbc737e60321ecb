"""Columns that follow from others of their table: rates, shares and balances, with the bases that rule and words allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from wenxiao.evaluation.audit.line_sum import record_name
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.rates import SHORT, denominator
from wenxiao.evaluation.scorecard_tables import indicators_in
from wenxiao.evaluation.years import year_slices
from wenxiao.fields import plain, standard_registry
from wenxiao.fields.relations import standard_relations
from wenxiao.model import (
    Column,
    Expression,
    Given,
    Missing,
    Quantity,
    Role,
    Table,
    difference,
    interval_of,
    quotient,
    total,
    value_of,
)
from wenxiao.model.units import NUMBER, RATIO
from wenxiao.project.profile import Profile
from wenxiao.sheets.structure.totals import additive

_ROWS = (Role.DATA, Role.TOTAL, Role.SUBTOTAL, Role.REGION_SUBTOTAL, Role.OF_WHICH)


_LONG = 60
"""Rows from which on a share is held against the printed total: each sum of all rows for each row takes too long."""


@dataclass(frozen=True, eq=False)
class Basis:
    """One way a column can follow from others: in words, and for one record as a tree."""

    words: str
    of: Callable[[int], Expression]


@dataclass(frozen=True, eq=False)
class Derived:
    """A column that others give: its code, what it is called, and its bases, the rule's own first.

    `sure` says that the first is declared or the only one the words allow, so that it holds where no row upholds it.
    """

    code: str
    table: Table
    column: Column
    label: str
    bases: tuple[Basis, ...]
    records: tuple[int, ...]
    sure: bool = True

    def printed(self, record: int) -> Given:
        """The printed figure of one record."""
        return self.table.given_in(record, self.column, f"{record_name(self.table, record)}{self.label}")

    @cached_property
    def rows(self) -> tuple[tuple[int, Given, Quantity], ...]:
        """The records that print a figure, with it."""
        given = ((record, self.printed(record)) for record in self.records)
        return tuple((record, each, each.quantity) for record, each in given if each.quantity is not None)

    def fitting(self, basis: Basis, shift: int = 0) -> set[int]:
        """The records whose printed figure, `shift` places to the right, the basis gives."""
        found = set()
        for record, _, quantity in self.rows:
            computed = interval_of(basis.of(record))
            moved = replace(
                quantity, value=quantity.value.scaleb(-shift), places=quantity.places + shift, exact=False
            )
            if computed is not None and computed.low is not None and computed.meets(moved.interval):
                found.add(record)
        return found

    def known(self, basis: Basis) -> set[int]:
        """The records for which the basis gives a value."""
        return {r for r, *_ in self.rows if isinstance(value_of(basis.of(r)), Fraction)}


def derived_columns(evaluation: Evaluation) -> Iterator[Derived]:
    """Every column of a project's tables that follows from others of its table, those of one year among themselves."""
    tables = evaluation.project.tables
    for kind in dict.fromkeys(table.kind for table in tables):
        if kind in ("scorecard", "claims", "head", "contributions"):
            continue
        for part in year_slices([table for table in tables if table.kind == kind], standard_registry()):
            if indicators_in(part.table, evaluation.profile) is None:
                when = f"{part.year}年" if part.year else ""
                yield from _of_table(part.table, when, evaluation.profile)


def _of_table(table: Table, when: str, profile: Profile) -> Iterator[Derived]:
    declared = {rate.key for rate in standard_relations().rates}
    yield from _declared(table, when, profile)
    for column in table.columns:
        if column.numbers is None or (column.key in declared and table.kind in _kinds(column.key)):
            continue
        last = plain(column.path[-1] if column.path else column.label)
        if last.endswith(standard_relations().shares.words) or column.key == "share":
            yield from _share(table, column, when)
        elif last.endswith(standard_relations().words.rate) and _is_rate(column):
            yield from _by_words(table, column, last)
        elif any(word in last for balance in standard_relations().balances for word in balance.words):
            yield from _balance(table, column, when)


def _kinds(key: str) -> tuple[str, ...]:
    rate = standard_relations().rate(key)
    return rate.kinds if rate else ()


def _is_rate(column: Column) -> bool:
    units = set(column.row_units.values()) or {column.unit}
    return units <= {RATIO, NUMBER}


def _records(table: Table, *roles: Role) -> tuple[int, ...]:
    return tuple(table.records(*(roles or _ROWS)))


def _declared(table: Table, when: str, profile: Profile) -> Iterator[Derived]:
    """The rates that the relations declare for this kind of table."""
    for rate in standard_relations().rates:
        column = table.column(rate.key)
        if table.kind not in rate.kinds or column is None or column.numbers is None:
            continue
        own = denominator(rate, table.has, profile)
        above = table.column(rate.above)
        below = dict.fromkeys((own, rate.below, *rate.others))
        bases = tuple(
            Basis(f"{_word(rate.above, table.kind)}÷{_word(key, table.kind)}", _quotient(table, above, by))
            for key in below
            if above is not None and (by := table.column(key)) is not None
        )
        if bases and table.has(own):
            label = rate.label.removeprefix("预算").removeprefix("资金")
            yield Derived("rate-differs", table, column, f"{when}{label}", bases, _records(table))


def _word(key: str, kind: str) -> str:
    money = kind in ("funds", "districts") and key in SHORT
    return SHORT[key] if money else standard_registry().field(key, kind).label


def _quotient(table: Table, above: Column, below: Column) -> Callable[[int], Expression]:
    return lambda record: quotient(_figure(table, record, above), _figure(table, record, below))


def _part(table: Table, column: Column, whole: Expression) -> Callable[[int], Expression]:
    return lambda record: quotient(_figure(table, record, column), whole)


def _rest(table: Table, whole: Column, less: Column) -> Callable[[int], Expression]:
    return lambda record: difference(_figure(table, record, whole), _figure(table, record, less))


def _figure(table: Table, record: int, column: Column) -> Given:
    return table.given_in(record, column, f"{record_name(table, record)}{column.label}")


def _by_words(table: Table, column: Column, last: str) -> Iterator[Derived]:
    """A rate of no field: the column whose name its stem is in, by the columns that a plan is named by.

    The characters of the stem in any order, so that 户数完成率 is of 完成户数; the nearest column to the left goes first.
    """
    stem = next(last.removesuffix(word) for word in standard_relations().words.rate if last.endswith(word))
    near = _near(table, column)
    above = next((each for each in near if stem and set(stem) <= set(plain(each.label))), None)
    if above is None:
        return
    below = [
        each
        for each in near
        if each is not above
        and each.unit.dimension == above.unit.dimension
        and any(word in plain(each.label) for word in standard_relations().words.plan)
    ]
    bases = tuple(Basis(f"{above.label}÷{each.label}", _quotient(table, above, each)) for each in below)
    if bases:
        yield Derived(
            "rate-differs", table, column, column.label, bases, _records(table), sure=len(bases) == 1
        )


def _near(table: Table, column: Column) -> list[Column]:
    """The amounts a column may follow from: under the same upper header where it has one, the nearest to the left first."""
    upper = column.path[:-1]
    amounts = [
        each
        for each in table.columns
        if each is not column and each.numbers is not None and additive(table, each)
    ]
    same = [each for each in amounts if each.path[:-1] == upper] if upper else []
    chosen = same if len(same) > 1 else amounts
    return sorted(
        chosen, key=lambda each: (each.position > column.position, abs(each.position - column.position))
    )


def _share(table: Table, column: Column, when: str) -> Iterator[Derived]:
    """A share of a column: the rows against their sum, for the column that most rows uphold, the nearest going first."""
    if table.kind not in standard_relations().shares.kinds:
        return
    data = _records(table, Role.DATA)
    stages = [each for key in ("planned", "budget", "received", "spent") if (each := table.column(key))]
    candidates = dict.fromkeys([*(stages if table.kind == "funds" else ()), *_near(table, column)])
    bases = []
    for each in candidates:
        whole = _whole(table, each, data)
        if whole is not None:
            bases.append(Basis(f"{each.label}÷合计", _part(table, each, whole)))
    if not bases or len(data) < 2:
        return
    found = Derived("share-differs", table, column, f"{when}占比", tuple(bases), data, sure=False)
    best = max(bases, key=lambda basis: len(found.fitting(basis)))
    yield replace(found, bases=(best,))


def _whole(table: Table, column: Column, data: Sequence[int]) -> Expression | None:
    """What a share is of: the printed total of a long table, else the sum of the rows; None where neither is to be had."""
    if len(data) > _LONG:
        record = next(table.records(Role.TOTAL), None)
        return None if record is None else _figure(table, record, column)
    parts = [record for record in data if column.missing[record] != int(Missing.COVERED)]
    return total([_figure(table, record, column) for record in parts])


def _balance(table: Table, column: Column, when: str) -> Iterator[Derived]:
    """A balance: the whole less what went of it; the pair that most rows uphold, the declared order going first."""
    for balance in standard_relations().balances:
        last = plain(column.path[-1] if column.path else column.label)
        if not any(word in last for word in balance.words):
            continue
        pairs = [
            (whole, less)
            for whole in balance.wholes
            for less in balance.less
            if (one := table.column(whole)) is not None
            and (other := table.column(less)) is not None
            and one.unit.dimension == other.unit.dimension == column.unit.dimension
        ]
        columns = {key: each for key in (*balance.wholes, *balance.less) if (each := table.column(key))}
        bases = tuple(
            Basis(
                f"{_word(whole, table.kind)}－{_word(less, table.kind)}",
                _rest(table, columns[whole], columns[less]),
            )
            for whole, less in pairs
        )
        if bases:
            label = f"{when}{column.label}"
            found = Derived("balance-differs", table, column, label, bases, _records(table), len(bases) == 1)
            best = max(bases, key=lambda basis: len(found.fitting(basis)))
            yield replace(found, bases=(best,))
