"""Sums along the lines of a table, checked as integers: figures are only made into values where one does not agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wenxiao.evaluation.audit.constraint import slack
from wenxiao.evaluation.robustness.integers import Integers, fitted, largest, unscaled
from wenxiao.model import CellRef, Column, Expression, Given, Interval, Missing, Severity, Table, mean, total
from wenxiao.model.interval import EVERYTHING

Spot = tuple[int, Column]
"""A figure of a table: its record and its column."""


@dataclass(frozen=True, eq=False)
class LineSum:
    """A printed total and the figures of the same table that make it up, as `Constraint` is for any expression.

    `sums` holds the total, its half unit, the sum of the parts and of their half units, all `scale` times the figures. Where
    the printed figure is a mean, `times` is of how many, and the first two of `sums` are that many times as large.
    """

    code: str
    table: Table
    printed_at: Spot
    parts_at: tuple[Spot, ...]
    sums: tuple[int, int, int, int]
    scale: int
    naming: Callable[[Table, Spot], str]
    wording: Callable[[Table, Spot], tuple[str, str, str]]
    weights: bool = False
    times: int = 1
    severity: Severity = Severity.ERROR
    about: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether some values inside the printed precision make both sides agree."""
        printed, half, added, halves = self.sums
        return abs(printed - added) <= half + halves

    @cached_property
    def subject(self) -> str:
        """What it concerns."""
        return self.wording(self.table, self.printed_at)[0]

    @property
    def sentence(self) -> str:
        """The sentence, with places for {printed} and {recomputed}."""
        return self.wording(self.table, self.printed_at)[1]

    @property
    def remedy(self) -> str:
        """What to do."""
        return self.wording(self.table, self.printed_at)[2]

    @cached_property
    def printed(self) -> Given:
        """The printed total."""
        return self._given(self.printed_at)

    @cached_property
    def computed(self) -> Expression:
        """The sum of the parts, or their mean."""
        parts = [each for each in map(self._given, self.parts_at) if each.content is not Missing.TOO_SMALL]
        return mean(parts) if self.times > 1 else total(parts)

    @cached_property
    def figures(self) -> tuple[Given, ...]:
        """Every figure it rests on, the printed one first."""
        return (self.printed, *(self._given(spot) for spot in self.parts_at))

    @property
    def line(self) -> tuple[str, str, str, int]:
        """The line of the sheet its cells stand in."""
        down, across = lines_of(self.table.cell(*self.printed_at))
        other = self.table.cell(*self.parts_at[0])
        return down if lines_of(other)[0] == down else across

    @cached_property
    def spots(self) -> dict[CellRef, Spot]:
        """Its figures by their cells, the printed one first."""
        return {self.table.cell(*spot): spot for spot in (self.printed_at, *self.parts_at)}

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells of those figures."""
        return tuple(self.spots)

    def room_for(self, cells: frozenset[CellRef]) -> Interval:
        """The values the one figure that stands in `cells` may take for the sum to hold; all where it has none there."""
        own = [spot for cell in cells if (spot := self.spots.get(cell)) is not None]
        if not own:
            return EVERYTHING
        printed, half, added, halves = self.sums
        quantity = self._given(own[0]).quantity
        if quantity is None or len(own) > 1:
            return EVERYTHING
        if own[0] == self.printed_at:
            low, high = added - halves, added + halves
        else:
            value = int(Fraction(quantity.value) * self.scale)
            width = quantity.interval.width or Fraction(0)
            rest, rests = added - value, halves - int(width / 2 * self.scale)
            low, high = printed - half - rest - rests, printed + half - rest + rests
        scale = self.scale * (self.times if own[0] == self.printed_at else 1)
        return Interval(Fraction(low, scale), Fraction(high, scale)) + slack(quantity)

    def _given(self, spot: Spot) -> Given:
        record, column = spot
        given = self.table.given_in(record, column, self.naming(self.table, spot))
        return given.exact if self.weights else given


def cell_name(table: Table, spot: Spot) -> str:
    """The name of one figure: of its record and its column."""
    return f"{record_name(table, spot[0])}{spot[1].label}"


def record_name(table: Table, record: int) -> str:
    """What a record is called: its first text, else its line."""
    texts = [column.text(record) for column in table.columns if not column.numeric and column.key != "serial"]
    return next((text for text in texts if text), f"第 {int(table.lines[record])} 行")


def lines_of(cell: CellRef) -> tuple[tuple[str, str, str, int], tuple[str, str, str, int]]:
    """The column and the row of its sheet that a cell stands in."""
    return (cell.file, cell.sheet, "column", cell.column), (cell.file, cell.sheet, "row", cell.row)


def in_print(missing: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Where a figure is printed, or is too small to be."""
    return np.isin(missing, (0, int(Missing.TOO_SMALL)))


class Lines:
    """The figures of some columns of a table as integers of one scale, with what each may hide by rounding.

    What is too small to print lies between nothing and half of what the column's last printed digit is worth.
    """

    def __init__(self, table: Table, columns: Sequence[Column], *, exact: Iterable[str] = ()) -> None:
        self.table = table
        self.columns = tuple(columns)
        self._exact = frozenset(exact)
        arrays = [column.numbers for column in self.columns if column.numbers is not None]
        self._finest = max(
            [0, *(int(c.places.max(initial=0)) for c in columns), *(a.type.scale for a in arrays)]
        )
        self.scale = 4 * 10**self._finest
        values = [unscaled(array) * 4 for array in arrays]
        shifts = [10 ** (self._finest - array.type.scale) for array in arrays]
        bound = max([largest(v) * s for v, s in zip(values, shifts, strict=True)], default=0)
        bound = max(bound, self.scale) * (len(table) + len(self.columns) + 1)
        self.values = [fitted(v, bound) * s for v, s in zip(values, shifts, strict=True)]
        self.halves = [fitted(self._half(column) * 2, bound) for column in self.columns]
        for column, value, half in zip(self.columns, self.values, self.halves, strict=True):
            small = column.missing == int(Missing.TOO_SMALL)
            finest = int(column.places[column.missing == 0].max(initial=0))
            value[small] = half[small] = 10 ** (self._finest - finest)

    def _half(self, column: Column) -> Integers:
        """Half a unit in the last printed place of each figure, 0 for what is counted or set by a rule."""
        places = column.places.astype(np.int64)
        powers = np.array([10**p for p in range(self._finest + 40)], dtype=object)
        halves = powers[np.maximum(self._finest - places, 0)] if len(places) else places.astype(object)
        if column.key in self._exact:
            return np.zeros(len(places), np.int64)
        if column.unit.counts or column.row_units:
            counted = np.array(
                [
                    column.unit_of(r).counts and column.places[r] == 0 and r not in column.qualifiers
                    for r in range(len(places))
                ],
                bool,
            )
            halves = np.where(counted, 0, halves)
        return np.asarray(halves)

    def down(self, index: int, record: int, parts: NDArray[np.int64]) -> tuple[int, int, int, int]:
        """A total of one column against other records of it."""
        values, halves = self.values[index], self.halves[index]
        return (
            int(values[record]),
            int(halves[record]),
            int(values[parts].sum()) if len(parts) else 0,
            int(halves[parts].sum()) if len(parts) else 0,
        )

    def across(
        self, total_column: int, parts: Sequence[int]
    ) -> Iterator[tuple[int, tuple[int, int, int, int]]]:
        """The totals of one column against the sum of others in the same record, for every record that has all."""
        known = np.all([in_print(self.columns[i].missing) for i in parts], axis=0)
        known &= self.columns[total_column].missing == 0
        values = sum((self.values[i] for i in parts), np.zeros(len(self.table), np.int64))
        halves = sum((self.halves[i] for i in parts), np.zeros(len(self.table), np.int64))
        for record in np.flatnonzero(known).tolist():
            yield (
                record,
                (
                    int(self.values[total_column][record]),
                    int(self.halves[total_column][record]),
                    int(values[record]),
                    int(halves[record]),
                ),
            )
