"""The blocks of a form on a sheet: the rows of their header, which column holds what, the rows that belong to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import compact

if TYPE_CHECKING:
    from wenxiao.fields import BlockType, Registry

_FIGURES = (Texture.NUMBER, Texture.FIGURE)


@dataclass
class Block:
    """One block: its type, its header rows, the cell beside them that labels it, its columns by place, its rows."""

    type: BlockType
    header: tuple[int, int]
    columns: dict[int, str]
    side: tuple[int, int] | None
    body: list[int] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The first column that the header names."""
        return min(self.columns)

    @property
    def last(self) -> int:
        """The last column that the header names."""
        return max(self.columns)


def own_cells(grid: Grid, row: int) -> list[int]:
    """The columns in which a row has a cell of its own that is not empty."""
    textures = grid.textures[row]
    return np.flatnonzero((textures != Texture.EMPTY) & (textures != Texture.COVERED)).tolist()


def has_figures(grid: Grid, row: int, columns: Iterable[int]) -> bool:
    """Whether a number stands in one of these columns of a row."""
    return any(grid.textures[row, column] in _FIGURES for column in columns if column < grid.width)


def key_of(text: str, block: BlockType, registry: Registry) -> str | None:
    """The field that a header names in a block."""
    key = block.key_of(text)
    if key is None and (found := registry.match(text, block.kind)) is not None:
        key = found.key
    return key


def block_at(grid: Grid, row: int, types: Sequence[BlockType], registry: Registry) -> Block | None:
    """The block whose header begins in a row: of all types the one that knows most of its columns; None where none does."""
    held = own_cells(grid, row)
    if len(held) < 2 or any(grid.textures[row, column] != Texture.TEXT for column in held):
        return None
    best: Block | None = None
    for block in types:
        if not block.needs:
            continue
        columns: dict[int, str] = {}
        side = None
        for column in held:
            text = grid.text(row, column)
            key = key_of(text, block, registry)
            if column == held[0] and (key is None or block.labelled(text)):
                side = (row, column)
            elif key is not None and (key not in columns.values() or block.key in ("targets", "indicators")):
                columns[column] = key
        others = len(held) - (side is not None)
        if len(set(columns.values())) < 2 or len(columns) * 2 < others:
            continue
        bottom = _bottom(grid, row, held)
        deeper = _below(grid, row, bottom, block, registry, columns)
        keys = {*columns.values(), *deeper}
        if not block.admits(keys):
            continue
        if best is None or len(keys) > len({*best.columns.values()}):
            best = Block(block, (row, bottom), columns, side)
    return best


def _bottom(grid: Grid, row: int, held: list[int]) -> int:
    """The last row of a header: as far down as its merged cells go, or the row of names below a wide one."""
    if row + 1 >= grid.height:
        return row
    below = _new_cells(grid, row + 1)
    if not below or any(grid.textures[row + 1, column] != Texture.TEXT for column in below):
        return row
    over = [column for column in below if column in held]
    merged_down = sum(
        1
        for column in held
        if (merge := grid.cover.get((row, column))) is not None and merge.bottom == row + 1
    )
    wide = [column for column in held if _reach(grid, row, column, held) > 1]
    under = [column for column in below if column not in held or column in wide]
    group = any(
        sum(column <= each < column + _reach(grid, row, column, held) for each in below) >= 2
        for column in wide
    )
    return row + 1 if group and len(under) == len(below) and (merged_down or len(over) <= len(wide)) else row


def _new_cells(grid: Grid, row: int) -> list[int]:
    """The cells of a second header row that do not only repeat what stands above them."""
    return [column for column in own_cells(grid, row) if grid.text(row, column) != grid.text(row - 1, column)]


def _reach(grid: Grid, row: int, column: int, held: list[int]) -> int:
    """How many columns a header cell stands over: its merge, else the empty cells to its right."""
    merge = grid.cover.get((row, column))
    if merge is not None:
        return merge.right - merge.left + 1
    after = next((each for each in held if each > column), grid.width)
    return after - column


def _below(
    grid: Grid, row: int, bottom: int, block: BlockType, registry: Registry, columns: dict[int, str]
) -> set[str]:
    """The fields that a second header row names; they take their places among the columns.

    Words that stand below several heads (支出 under 一季度 and 二季度) name a field only together with the head.
    """
    below = _new_cells(grid, bottom) if bottom > row else []
    texts = [grid.text(bottom, column) for column in below]
    found: dict[int, str] = {}
    for column, text in zip(below, texts, strict=True):
        head = next((c for c in range(column, -1, -1) if grid.text(row, c)), column)
        key = key_of(grid.text(row, head) + text, block, registry)
        if key is None and texts.count(text) == 1:
            key = key_of(text, block, registry)
        over = columns.get(head)
        if key is not None and key not in {*found.values(), *(k for k in columns.values() if k != over)}:
            found[column] = key
            if over == key:
                del columns[head]
    columns.update(found)
    return set(found.values())


def belongs(grid: Grid, row: int, block: Block) -> bool:
    """Whether a row goes on with a block: it begins below its columns, or fills them though it begins beside them."""
    held = own_cells(grid, row)
    if not held:
        return False
    side = -1 if block.side is None else block.side[1]
    inside = [column for column in held if column > side]
    if (
        block.side is not None
        and held[0] == side
        and compact(grid.text(row, side)) != compact(grid.text(*block.side))
    ):
        return bool(inside) and (has_figures(grid, row, block.columns) or len(held) > 2)
    return bool(inside)


def is_other_header(grid: Grid, row: int, block: Block, registry: Registry) -> bool:
    """Whether a row of words is the header of something else: words stand in two columns of figures, and no figure does."""
    numeric = [
        column for column, key in block.columns.items() if registry.field(key, block.type.kind).numeric
    ]
    words = [column for column in numeric if grid.textures[row, column] == Texture.TEXT]
    return len(words) >= 2 and not has_figures(grid, row, range(grid.width))
