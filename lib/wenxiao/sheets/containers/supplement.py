"""What calamine leaves out of one sheet, whichever container tells it, and how it changes the rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wenxiao.sheets.cells.grid import Grid, Merge, grid_of
from wenxiao.sheets.cells.number_format import Format
from wenxiao.sheets.cells.texture import Cell

Place = tuple[int, int]


@dataclass(frozen=True)
class Supplement:
    """What one sheet has besides values; places are 0-based.

    merges    the merged ranges, None where calamine's own are right
    faults    the error values of formulas, which calamine hands over as empty
    texts     what cells show whose text has struck-out or raised runs
    struck    cells whose font is struck out as a whole
    style_of  gives the number format of every cell as an index into the container's palette
    formulas_of  gives the cells a formula fills (1-based), with its text where it has no stored result
    """

    merges: list[Merge] | None = None
    faults: Mapping[Place, str] = field(default_factory=dict)
    texts: Mapping[Place, str] = field(default_factory=dict)
    struck: Iterable[Place] = ()
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    style_of: Callable[[], NDArray[np.int16] | None] | None = None
    formulas_of: Callable[[], Mapping[Place, str]] | None = None

    def grid(
        self,
        name: str,
        rows: list[list[Cell]],
        merges: list[Merge],
        palette: tuple[Format | None, ...],
        *,
        hidden: bool,
    ) -> Grid:
        """The sheet as it shows: error values put back, struck-out text gone, raised signs raised."""
        for (row, column), fault in self.faults.items():
            if _inside(rows, row, column) and rows[row][column] == "":
                rows[row][column] = fault
        told: dict[Place, str] = {}
        for (row, column), text in self.texts.items():
            if _inside(rows, row, column) and rows[row][column] != text:
                told[row, column], rows[row][column] = str(rows[row][column]), text
        for row, column in self.struck:
            if _inside(rows, row, column) and rows[row][column] != "":
                told[row, column], rows[row][column] = str(rows[row][column]), ""
        return grid_of(
            name,
            rows,
            merges if self.merges is None else self.merges,
            hidden=hidden,
            palette=palette,
            style_of=self.style_of,
            formulas_of=self.formulas_of,
            hidden_rows=self.hidden_rows,
            hidden_columns=self.hidden_columns,
            struck=told,
        )


def _inside(rows: list[list[Cell]], row: int, column: int) -> bool:
    return row < len(rows) and column < len(rows[row])
