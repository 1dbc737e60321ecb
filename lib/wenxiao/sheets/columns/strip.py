"""The cells of one field of a table, in the order of its records, with their textures and number formats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wenxiao.sheets.cells.figures import Styles
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Cell, Texture, textures_of
from wenxiao.sheets.columns.view import View


@dataclass
class Strip:
    """The cells of one column of a view (one row where the view is on its side)."""

    position: int
    cells: Sequence[Cell]
    textures: NDArray[np.int8]
    _texts: pa.Array | None = None

    def is_(self, *textures: Texture) -> NDArray[np.bool_]:
        """Where the cells have one of these textures."""
        found = self.textures == int(textures[0])
        for texture in textures[1:]:
            found |= self.textures == int(texture)
        return np.asarray(found)

    def put(self, record: int, cell: Cell, texture: int) -> None:
        """Sets one cell: what stands there belongs here, though the sheet has it elsewhere."""
        self.put_all({record: cell}, texture)

    def put_all(self, shown: Mapping[int, Cell], texture: int) -> None:
        """Sets several cells."""
        cells = list(self.cells)
        for record, cell in shown.items():
            cells[record], self.textures[record] = cell, texture
        self.cells, self._texts = cells, None

    @property
    def texts(self) -> pa.Array:
        """The cells that are texts, trimmed, null elsewhere."""
        if self._texts is None:
            self._texts = self._trimmed()
        return self._texts

    def _trimmed(self) -> pa.Array:
        chosen = self.is_(Texture.TEXT, Texture.FIGURE)
        if chosen.all() and bool not in set(map(type, self.cells)):
            return pc.utf8_trim_whitespace(pa.array(self.cells, pa.string()))
        words = [cell if keep else None for cell, keep in zip(self.cells, chosen.tolist(), strict=True)]
        if set(map(type, words)) <= {str, type(None)}:
            return pc.utf8_trim_whitespace(pa.array(words, pa.string()))
        return pa.array([None if word is None else _word(word) for word in words], pa.string())


def strips_of(grid: Grid, view: View) -> dict[int, Strip]:
    """The strips of a view by position."""
    strips = {heading.position: _strip(grid, view, heading.position) for heading in view.headings}
    _reach_in(grid, view, strips)
    if view.said:
        _say(view, strips)
    return strips


def _say(view: View, strips: dict[int, Strip]) -> None:
    """Puts in their place the cells that are read otherwise than the sheet has them, a column at a time."""
    records = {line: record for record, line in enumerate(view.lines)}
    shown: dict[tuple[int, int], dict[int, Cell]] = {}
    textures = textures_of(list(view.said.values())).tolist()
    for ((row, column), cell), texture in zip(view.said.items(), textures, strict=True):
        position, line = (row, column) if view.transposed else (column, row)
        if position in strips and line in records:
            shown.setdefault((position, texture), {})[records[line]] = cell
    for (position, texture), cells in shown.items():
        strips[position].put_all(cells, texture)


def styles_of(grid: Grid, view: View, position: int) -> Styles | None:
    """The number formats of a strip, or None where the container tells none."""
    styles = grid.styles
    if styles is None:
        return None
    lines = _index(view)
    return Styles(styles[position, lines] if view.transposed else styles[lines, position], grid.palette)


def _index(view: View) -> slice | list[int]:
    """The lines of a view as an index, a slice where they follow each other."""
    lines = view.lines
    if lines and lines[-1] - lines[0] + 1 == len(lines):
        return slice(lines[0], lines[-1] + 1)
    return list(lines)


def _strip(grid: Grid, view: View, position: int) -> Strip:
    index = _index(view)
    textures = grid.textures[position, index] if view.transposed else grid.textures[index, position]
    source = grid.rows[position] if view.transposed else grid.columns[position]
    cells = source[index] if isinstance(index, slice) else [source[line] for line in index]
    return Strip(position, cells, np.array(textures, np.int8))


def _reach_in(grid: Grid, view: View, strips: dict[int, Strip]) -> None:
    """Takes the name of a row from a merged cell that begins left of the table, as 总分 below 绩效指标 does."""
    segment = view.segment
    strip = strips.get(segment.left)
    if segment.side is None or view.transposed or strip is None:
        return
    for record, line in enumerate(view.lines):
        merge = grid.cover.get((line, segment.left))
        if merge is not None and merge.left < segment.left and merge.top == line:
            strip.put(record, grid.at(merge.top, merge.left), int(grid.textures[merge.top, merge.left]))


def _word(cell: Cell) -> str:
    """A cell as text; a ticked one is 是 or 否."""
    return ("是" if cell else "否") if isinstance(cell, bool) else str(cell).strip()
