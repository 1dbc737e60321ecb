"""One sheet of a returned form while it is being messed up: cells that keep what they mean when rows are inserted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter

from .figure import Figure

_REFERENCE = re.compile(r"(?<![A-Za-z\u4e00-\u9fff!])(\$?)([A-Z]{1,3})(\$?)(\d+)(?![\d(])")


class Formula(NamedTuple):
    """A formula and what the office program showed for it when the file was saved; None where nothing was saved."""

    text: str
    shows: Decimal | str | None


Content = str | Decimal | dt.date | Formula | None


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, the number it means (None where it means none), its number format and its part of the sheet."""

    content: Content
    figure: Figure | None = None
    pattern: str = "General"
    style: str = "body"

    @property
    def text(self) -> str:
        """What was written, as text."""
        return str(self.content.text if isinstance(self.content, Formula) else self.content)


@dataclass
class Page:
    """A sheet: cells by zero-based row and column, merges as (top, left, bottom, right), and where its table stands."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    hidden: bool = False
    kind: str = ""
    header: int = 0
    first: int = 0
    last: int = -1
    total: int | None = None
    columns: dict[str, int] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """The number of rows down to the last that holds something."""
        return max((row for row, _ in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        """The number of columns up to the last that holds something."""
        return max((column for _, column in self.cells), default=-1) + 1

    def put(
        self, row: int, column: int, content: Content, figure: Figure | None = None, style: str = "body"
    ) -> None:
        """Writes a cell; the number format is kept where one was there."""
        before = self.cells.get((row, column))
        self.cells[row, column] = Cell(content, figure, before.pattern if before else "General", style)

    def insert_rows(self, at: int, count: int = 1) -> None:
        """Makes room above row `at`."""
        self._moved(lambda row, column: (row + count * (row >= at), column))
        self.header += count * (self.header >= at)
        self.first += count * (self.first >= at)
        self.last += count * (self.last >= at)
        if self.total is not None:
            self.total += count * (self.total >= at)

    def insert_columns(self, at: int, count: int = 1) -> None:
        """Makes room left of column `at`."""
        self._moved(lambda row, column: (row, column + count * (column >= at)))
        self.columns = {key: column + count * (column >= at) for key, column in self.columns.items()}
        self.widths = {column + count * (column >= at): width for column, width in self.widths.items()}

    def delete_row(self, at: int) -> None:
        """Takes row `at` out of the table."""
        self.cells = {place: cell for place, cell in self.cells.items() if place[0] != at}
        self._moved(lambda row, column: (row - (row > at), column))
        self.last -= 1
        if self.total is not None:
            self.total -= 1

    def swap_columns(self, one: int, other: int) -> None:
        """Exchanges two columns."""
        there = {one: other, other: one}
        self._moved(lambda row, column: (row, there.get(column, column)))
        self.columns = {key: there.get(column, column) for key, column in self.columns.items()}

    def _moved(self, place: Callable[[int, int], tuple[int, int]]) -> None:
        def reference(match: re.Match[str]) -> str:
            row, column = place(int(match[4]) - 1, column_index_from_string(match[2]) - 1)
            return f"{match[1]}{get_column_letter(column + 1)}{match[3]}{row + 1}"

        def moved(cell: Cell) -> Cell:
            if not isinstance(cell.content, Formula):
                return cell
            return replace(
                cell, content=cell.content._replace(text=_REFERENCE.sub(reference, cell.content.text))
            )

        self.cells = {place(*at): moved(cell) for at, cell in self.cells.items()}
        self.merges = [(*place(top, left), *place(bottom, right)) for top, left, bottom, right in self.merges]
