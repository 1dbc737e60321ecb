"""What is told of the figures of a page, numbered as they come up: popovers tell it, and 计算底稿 does line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from wenxiao.display.inline import cell_given
from wenxiao.display.trace import remarks_on
from wenxiao.model import CellRef, Count, Expression, Given, Measure, Named


@dataclass(frozen=True)
class Line:
    """A line of 计算底稿: its number in the document, and on a page of several projects the one it belongs to."""

    number: int
    project: str = ""

    @property
    def anchor(self) -> str:
        """The id of the line."""
        return f"l{self.number}"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet from which figures are shown as they stand there; of a wide sheet a stretch of the row.

    A sheet with districts side by side has hundreds of columns, among which nobody finds a figure.
    """

    project: str
    file: str
    sheet: str
    row: int
    stretch: int


RowFigures = tuple[Measure | Given, ...]
"""Figures of one row of a sheet: those that stand there from left to right, then those computed from it."""

_STRETCH = 24
"""So many columns of a row are told together."""
_FEW = 4
"""From more cells of a row a figure is a line of its own: it is about the row as a whole."""


@dataclass
class Lines:
    """A line for each computed figure, and one for each row of a sheet that figures were taken from as they are.

    Figures that stand in cells share the line of their row: all there is to tell of them is where they stand, and beside
    each other they can be found at a glance in the sheet. With `joined`, what is computed from few cells of one row stands
    there too.
    """

    joined: bool = False
    _lines: dict[tuple[str, Measure] | SheetRow, Line] = field(default_factory=dict)
    _cells: dict[SheetRow, dict[CellRef, Measure | Given]] = field(default_factory=dict)
    _computed: dict[SheetRow, dict[Measure, None]] = field(default_factory=dict)
    _told: dict[tuple[str, Expression], Line] = field(default_factory=dict)

    def add(self, figure: Measure | Given, project: str = "") -> Line | None:
        """The line of a figure, a new one unless it has one; None for a given one that stands in no cell."""
        given = cell_given(figure)
        key: tuple[str, Measure] | SheetRow
        if given is not None and given.cell is not None:
            key = _row(given.cell, project)
            self._cells.setdefault(key, {}).setdefault(given.cell, figure)
        elif isinstance(figure, Given):
            return None
        else:
            row = _only_row(figure, project) if self.joined else None
            if row is not None:
                self._computed.setdefault(row, {})[figure] = None
            key = row or (project, figure)
        line = self._lines.setdefault(key, Line(len(self._lines) + 1, project))
        if isinstance(figure, Measure) and given is None:
            self._told.setdefault((project, _inner(figure.expression)), line)
        return line

    def told(self, part: Expression, project: str = "") -> Line | None:
        """The line of the figure that a part of a formula is, where it has one already."""
        return self._told.get((project, _inner(part)))

    def show(self, cell: CellRef, project: str = "") -> bool:
        """Whether the figure of a cell stands in a line of its row."""
        return cell in self._cells.get(_row(cell, project), ())

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[tuple[Line, Measure | RowFigures]]:
        """Every line with its measure, or with the figures of its row."""
        for key, line in self._lines.items():
            if isinstance(key, tuple):
                yield line, key[1]
            else:
                cells = self._cells.get(key, {})
                standing = [cells[cell] for cell in sorted(cells, key=lambda cell: cell.column)]
                yield line, (*standing, *self._computed.get(key, ()))


def _inner(expression: Expression) -> Expression:
    return _inner(expression.term) if isinstance(expression, Named) else expression


def _row(cell: CellRef, project: str) -> SheetRow:
    return SheetRow(project, cell.file, cell.sheet, cell.row, cell.column // _STRETCH)


def _only_row(measure: Measure, project: str) -> SheetRow | None:
    """The one row of a sheet that a measure is computed from by nothing but its formula."""
    cells = [given.cell for given in measure.inputs]
    if remarks_on(measure) or isinstance(measure.expression, Count) or not 0 < len(cells) <= _FEW:
        return None
    rows = {None if cell is None else _row(cell, project) for cell in cells}
    return rows.pop() if len(rows) == 1 else None
