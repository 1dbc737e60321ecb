"""What a transcribed sheet holds and where each part of it stands, independent of the file format.

A sheet of a county office has, from the top: a title merged across, a line with who fills the form in (left)
and the unit of money (right), one or two header rows, the body with its totals, notes and the origin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

TOTAL_LABELS = frozenset({"合计", "总分", "总分（取整）", "综合评估等级"})


@dataclass(frozen=True)
class Number:
    """A numeric cell: the digits as the report prints them and the number format the office chose.

    A percentage is given by its fraction: ``Number("0.5363", "0.00%")`` shows 53.63%.
    """

    digits: str
    pattern: str = "General"

    @property
    def value(self) -> Decimal:
        """The exact value of the cell."""
        return Decimal(self.digits)

    @property
    def shown(self) -> str:
        """What Excel displays, which is what a CSV export holds."""
        if self.pattern == "General":
            return self.digits
        scaled = self.value * 100 if self.pattern.endswith("%") else self.value
        places = len(self.pattern.rstrip("%").partition(".")[2])
        grouping = "," if "," in self.pattern else ""
        return f"{scaled:{grouping}.{places}f}{'%' if self.pattern.endswith('%') else ''}"


@dataclass(frozen=True)
class Section:
    """A row of the body that is one heading merged across the table."""

    heading: str


Value = str | Number | date | None
Row = tuple[Value, ...]


class Style(Enum):
    """The part of the sheet a cell belongs to, from which each writer derives font, border and alignment."""

    TITLE = "title"
    FILLER = "filler"
    UNIT = "unit"
    HEADER = "header"
    BODY = "body"
    LONG = "long"
    TOTAL = "total"
    SECTION = "section"
    NOTE = "note"


@dataclass(frozen=True)
class Placed:
    """A cell with its zero-based place; ``last_row`` and ``last_column`` differ from it where it is merged."""

    row: int
    column: int
    last_row: int
    last_column: int
    value: Value
    style: Style


@dataclass(frozen=True)
class Sheet:
    """A sheet as the office lays it out.

    ``header_merges`` and ``body_merges`` are (row, column, last row, last column), counted from the first row
    of the header or the body.
    """

    name: str
    title: str
    widths: tuple[int, ...]
    header: tuple[Row, ...]
    body: tuple[Row | Section, ...]
    filler: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()
    header_merges: tuple[tuple[int, int, int, int], ...] = ()
    body_merges: tuple[tuple[int, int, int, int], ...] = ()
    landscape: bool = False

    def placed(self) -> Iterator[Placed]:
        """Every cell of the sheet from the top, blank ones of the table included, merged ones once."""
        last = len(self.widths) - 1
        yield Placed(0, 0, 0, last, self.title, Style.TITLE)
        top = 1
        if self.filler or self.unit:
            middle = last // 2
            if self.filler:
                yield Placed(top, 0, top, middle, self.filler, Style.FILLER)
            start = middle + 1 if self.filler else 0
            if self.unit:
                yield Placed(top, start, top, last, self.unit, Style.UNIT)
            top += 1
        yield from self._block(self.header, self.header_merges, top, header=True)
        top += len(self.header)
        yield from self._block(self.body, self.body_merges, top, header=False)
        top += len(self.body)
        for offset, note in enumerate(self.notes):
            yield Placed(top + offset, 0, top + offset, last, note, Style.NOTE)

    def _block(
        self,
        rows: tuple[Row | Section, ...],
        merges: tuple[tuple[int, int, int, int], ...],
        top: int,
        *,
        header: bool,
    ) -> Iterator[Placed]:
        corners = {(row, column): (last_row, last_column) for row, column, last_row, last_column in merges}
        covered = {
            (r, c)
            for row, column, last_row, last_column in merges
            for r in range(row, last_row + 1)
            for c in range(column, last_column + 1)
        } - set(corners)
        for index, row in enumerate(rows):
            if isinstance(row, Section):
                yield Placed(top + index, 0, top + index, len(self.widths) - 1, row.heading, Style.SECTION)
                continue
            if len(row) != len(self.widths):
                raise ValueError(
                    f"sheet {self.name}: row {row!r} has {len(row)} cells, not {len(self.widths)}"
                )
            total = any(value in TOTAL_LABELS for value in row[:2] if isinstance(value, str))
            for column, value in enumerate(row):
                if (index, column) in covered:
                    continue
                last_row, last_column = corners.get((index, column), (index, column))
                if header:
                    style = Style.HEADER
                elif total:
                    style = Style.TOTAL
                elif isinstance(value, str) and len(value) > 12:
                    style = Style.LONG
                else:
                    style = Style.BODY
                yield Placed(top + index, column, top + last_row, last_column, value, style)
