"""A sheet as its container holds it: raw cells by row, merged ranges, number formats, and the texture of each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from wenxiao.model import Finding
from wenxiao.sheets.cells.number_format import Format
from wenxiao.sheets.cells.packed_rows import packed_rows
from wenxiao.sheets.cells.texture import Cell, Texture, textures_of
from wenxiao.sheets.cells.wording import narrow

MOST_COVERED = 1_000_000


@dataclass(frozen=True, slots=True, order=True)
class Merge:
    """A merged range, 0-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def wide(self) -> bool:
        """Whether it covers more than one column."""
        return self.right > self.left

    @property
    def tall(self) -> bool:
        """Whether it covers more than one row."""
        return self.bottom > self.top


@dataclass(frozen=True, eq=False)
class Grid:
    """One sheet; rows and columns are 0-based and start at A1, empty margins below and to the right cut off.

    `style_of` gives the number format of every cell as an array of indices into `palette` (-1 where unknown), or None
    where the container tells none. `formulas_of` tells the cells that a formula fills, where the container keeps them.
    Rows and columns that are hidden or filtered away are in `hidden_rows` and `hidden_columns`; `struck` tells what the
    cells held of which a part or all is struck out or raised; `findings` are the container's own.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    palette: tuple[Format | None, ...] = ()
    style_of: Callable[[], NDArray[np.int16] | None] | None = None
    cover: dict[tuple[int, int], Merge] = field(default_factory=dict)
    formulas_of: Callable[[], Mapping[tuple[int, int], str]] | None = None
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: Mapping[tuple[int, int], str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def __getstate__(self) -> dict[str, object]:
        """What another process gets, which has not the file: all that is worked out from it, but for what the rows give."""
        state = {**self.__dict__, "styles": self.styles, "formulas": self.formulas}
        state.pop("columns", None)
        return state | {"rows": packed_rows(self.rows), "style_of": None, "formulas_of": None}

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @cached_property
    def width(self) -> int:
        """How many columns there are."""
        return int(self.textures.shape[1])

    @cached_property
    def columns(self) -> list[list[Cell]]:
        """The cells column by column."""
        return (
            [list(map(itemgetter(index), self.rows)) for index in range(len(self.rows[0]))]
            if self.rows
            else []
        )

    def at(self, row: int, column: int) -> Cell:
        """The raw cell at a 0-based place, an empty text outside the grid."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def raw(self, row: int, column: int) -> Cell:
        """The raw cell at a 1-based place, None where it is empty; what a table looks up when it is asked."""
        cell = self.at(row - 1, column - 1)
        return None if isinstance(cell, str) and cell == "" else cell

    def text(self, row: int, column: int) -> str:
        """The text of a cell that holds text, trimmed; empty where it holds none."""
        cell = self.at(row, column)
        return narrow(cell) if isinstance(cell, str) else ""

    def between(self, left: int, right: int) -> Grid:
        """The grid with nothing but the columns from `left` to before `right`, each cell at its place."""
        rows = [["" if n < left else cell for n, cell in enumerate(row[:right])] for row in self.rows]
        merges = [each for each in self.merges if left <= each.left < right]
        styles = None if self.styles is None else self.styles[:, :right]
        return replace(
            grid_of(self.name, rows, merges, hidden=self.hidden),
            palette=self.palette,
            style_of=None if styles is None else lambda: styles,
            formulas_of=self.formulas_of,
        )

    @cached_property
    def styles(self) -> NDArray[np.int16] | None:
        """The format of every cell as an index into `palette`, or None where the container tells none."""
        return None if self.style_of is None else self.style_of()

    @cached_property
    def formulas(self) -> Mapping[tuple[int, int], str]:
        """The 1-based places that a formula fills; with its text where it has no result, which is then nowhere else."""
        return {} if self.formulas_of is None else self.formulas_of()

    @cached_property
    def textures(self) -> NDArray[np.int8]:
        """The texture of every cell."""
        if not self.rows:
            return np.zeros((0, 0), np.int8)
        textures = np.empty((len(self.rows), len(self.rows[0])), np.int8, order="F")
        for index, column in enumerate(self.columns):
            textures[:, index] = textures_of(column)
        for merge in self.merges:
            inside = textures[merge.top : merge.bottom + 1, merge.left : merge.right + 1]
            corner = inside[0, 0]
            inside[...] = Texture.COVERED
            inside[0, 0] = corner
        return textures


def grid_of(
    name: str,
    rows: Sequence[Sequence[Cell]],
    merges: Sequence[Merge] = (),
    *,
    hidden: bool = False,
    palette: tuple[Format | None, ...] = (),
    style_of: Callable[[], NDArray[np.int16] | None] | None = None,
    formulas_of: Callable[[], Mapping[tuple[int, int], str]] | None = None,
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
    struck: Mapping[tuple[int, int], str] | None = None,
    findings: Iterable[Finding] = (),
) -> Grid:
    """A grid with its margins cut off and every row of one width."""
    height, width = _extent(rows)
    if height == len(rows) and set(map(len, rows)) <= {width}:
        cut: Sequence[Sequence[Cell]] = rows
    else:
        cut = [list(row[:width]) + [""] * (width - len(row)) for row in rows[:height]]
    inside = tuple(
        sorted(
            Merge(merge.top, merge.left, min(merge.bottom, height - 1), min(merge.right, width - 1))
            for merge in merges
            if merge.top <= merge.bottom
            and merge.left <= merge.right
            and merge.top < height
            and merge.left < width
        )
    )
    cover = {
        (row, column): merge
        for merge in inside
        if (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) <= MOST_COVERED
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
    }
    return Grid(
        name,
        cut,
        inside,
        hidden,
        palette,
        style_of,
        cover,
        formulas_of,
        frozenset(row for row in hidden_rows if row < height),
        frozenset(column for column in hidden_columns if column < width),
        struck or {},
        tuple(findings),
    )


def _extent(rows: Sequence[Sequence[Cell]]) -> tuple[int, int]:
    """How many rows and columns hold anything but blanks."""
    height = len(rows)
    while height and all(_blank(cell) for cell in rows[height - 1]):
        height -= 1
    width = max(map(len, rows[:height]), default=0)
    while width and all(len(row) < width or _blank(row[width - 1]) for row in rows[:height]):
        width -= 1
    return height, width


def _blank(cell: Cell) -> bool:
    return isinstance(cell, str) and (cell == "" or not narrow(cell))
