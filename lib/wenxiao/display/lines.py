"""What is told of the figures of a page, numbered as they come up: popovers tell it, and 计算底稿 does line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from wenxiao.display.trace import cell_given
from wenxiao.model import CellRef, Given, Measure


@dataclass(frozen=True)
class Line:
    """A line of 计算底稿: its number in the document, and the project it belongs to."""

    number: int
    project: str = ""

    @property
    def anchor(self) -> str:
        """The id of the line."""
        return f"l{self.number}"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet from which figures are shown as they stand there."""

    project: str
    file: str
    sheet: str
    row: int


CellFigures = tuple[Measure | Given, ...]
"""Figures that stand in one row of a sheet, from left to right."""


@dataclass
class Lines:
    """A line for each computed figure, and one for each row of a sheet that figures were taken from as they are.

    Figures that stand in cells share the line of their row: all there is to tell of them is where they stand, and beside
    each other they can be found at a glance in the sheet.
    """

    _lines: dict[Measure | SheetRow, Line] = field(default_factory=dict)
    _cells: dict[SheetRow, dict[CellRef, Measure | Given]] = field(default_factory=dict)

    def add(self, figure: Measure | Given, project: str = "") -> Line | None:
        """The line of a figure, a new one unless it has one; None for a given one that stands in no cell."""
        key = _key(figure, project)
        if key is None:
            return None
        given = cell_given(figure)
        if isinstance(key, SheetRow) and given is not None and given.cell is not None:
            self._cells.setdefault(key, {}).setdefault(given.cell, figure)
        return self._lines.setdefault(key, Line(len(self._lines) + 1, project))

    def show(self, cell: CellRef, project: str = "") -> bool:
        """Whether the figure of a cell stands in a line of its row."""
        return cell in self._cells.get(SheetRow(project, cell.file, cell.sheet, cell.row), ())

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[tuple[Line, Measure | CellFigures]]:
        """Every line with its measure, or with the figures of its row."""
        for key, line in self._lines.items():
            if isinstance(key, Measure):
                yield line, key
            else:
                cells = self._cells[key]
                yield line, tuple(cells[cell] for cell in sorted(cells, key=lambda cell: cell.column))


def _key(figure: Measure | Given, project: str) -> Measure | SheetRow | None:
    given = cell_given(figure)
    if given is not None and given.cell is not None:
        return SheetRow(project, given.cell.file, given.cell.sheet, given.cell.row)
    return figure if isinstance(figure, Measure) else None
