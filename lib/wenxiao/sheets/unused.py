"""未采用: every number of a visible sheet that is in no table with a role and a field, with the reason.

What is used and what is listed together are all numeric cells of the sheet; a test counts them by another way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wenxiao.model import CellRef, Role, Table
from wenxiao.model.finding import NotUsed, UnusedRange
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture

if TYPE_CHECKING:
    from wenxiao.fields import Registry

_USED = 0
_REASONS = tuple(NotUsed)
_CODES: Mapping[NotUsed, int] = {reason: code for code, reason in enumerate(_REASONS, start=1)}
_ASIDE = (int(Role.NOTE), int(Role.TEMPLATE), int(Role.SECTION))


def numbers_in(grid: Grid) -> NDArray[np.bool_]:
    """Where a sheet holds a number, as a number or as a text that is one."""
    return np.isin(grid.textures, (Texture.NUMBER, Texture.FIGURE))


def unused_in(
    grid: Grid, tables: Sequence[Table], file: str, registry: Registry, repeated: frozenset[int] = frozenset()
) -> tuple[UnusedRange, ...]:
    """The numbers of a sheet that no table uses, as ranges, by row and column.

    `repeated` are the 1-based columns of `tables` that hold a field again which another column has.
    """
    numbers = numbers_in(grid)
    if not numbers.any():
        return ()
    codes = np.full(numbers.shape, _CODES[NotUsed.NO_TABLE], np.int8)
    about: dict[tuple[int, int], str] = {}
    for table in tables:
        origin = table.origin
        codes[origin.top - 1 : origin.bottom, origin.left - 1 : origin.right] = _CODES[NotUsed.HEADING]
    for table in tables:
        _mark(table, registry, codes, about, repeated)
    hidden = getattr(grid, "hidden_rows", None), getattr(grid, "hidden_columns", None)
    for axis, lines in enumerate(hidden):
        held = [line for line in lines or () if line < codes.shape[axis]]
        np.moveaxis(codes, axis, 0)[held] = _CODES[NotUsed.HIDDEN]
    codes[~numbers] = _USED
    return tuple(
        UnusedRange(
            CellRef(file, grid.name, top + 1, left + 1),
            CellRef(file, grid.name, bottom + 1, right + 1),
            (bottom - top + 1) * (right - left + 1),
            _REASONS[code - 1],
            about.get((code, left), ""),
        )
        for code, top, left, bottom, right in sorted(_ranges(codes), key=lambda one: one[1:3])
    )


def set_aside(grid: Grid, file: str) -> tuple[UnusedRange, ...]:
    """The numbers of a sheet that a person said is not to be read."""
    codes = np.where(numbers_in(grid), np.int8(_CODES[NotUsed.SET_ASIDE]), np.int8(_USED))
    return tuple(
        UnusedRange(
            CellRef(file, grid.name, top + 1, left + 1),
            CellRef(file, grid.name, bottom + 1, right + 1),
            (bottom - top + 1) * (right - left + 1),
            NotUsed.SET_ASIDE,
        )
        for _, top, left, bottom, right in sorted(_ranges(codes), key=lambda one: one[1:3])
    )


def _mark(
    table: Table,
    registry: Registry,
    codes: NDArray[np.int8],
    about: dict[tuple[int, int], str],
    repeated: frozenset[int],
) -> None:
    """Sets what each cell of a table's body is: used, or why not."""
    lines = table.lines.astype(np.int64) - 1
    aside = np.isin(table.roles, _ASIDE)
    outside = table.roles == int(Role.OUTSIDE)
    kind = registry.kind(table.kind)
    for column in table.columns:
        if table.kind == "other" and column.key is None:
            code = _CODES[NotUsed.KIND_UNKNOWN]
            said = table.name
        elif column.key is None and column.position in repeated and not kind.open:
            code, said = _CODES[NotUsed.COLUMN_REPEATED], column.label
        elif column.key is None and not kind.open and not all(registry.dated(column.path, kind.key)):
            code, said = _CODES[NotUsed.COLUMN_UNKNOWN], column.label
        else:
            code, said = _USED, ""
        own = np.full(len(lines), code, np.int8)
        own[aside] = _CODES[NotUsed.ROW_ASIDE]
        if code == _USED:
            own[outside] = _CODES[NotUsed.OUTSIDE_TOTAL]
        at = column.position - 1
        if table.transposed:
            codes[at, lines] = own
        else:
            codes[lines, at] = own
            if said:
                about[code, at] = said


def _ranges(codes: NDArray[np.int8]) -> list[tuple[int, int, int, int, int]]:
    """The areas of equal codes other than 0 as (code, top, left, bottom, right): runs down columns, joined across where alike."""
    open_: dict[tuple[int, int, int], tuple[int, int]] = {}
    found: list[tuple[int, int, int, int, int]] = []
    for column in range(codes.shape[1]):
        line = codes[:, column]
        edges = np.flatnonzero(np.diff(line)) + 1
        starts, ends = np.concatenate(([0], edges)), np.concatenate((edges, [len(line)]))
        current: dict[tuple[int, int, int], tuple[int, int]] = {}
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            code = int(line[start])
            if code == _USED:
                continue
            run = (code, start, end - 1)
            left = open_.pop(run, (column, column))[0]
            current[run] = (left, column)
        found += [(code, top, left, bottom, right) for (code, top, bottom), (left, right) in open_.items()]
        open_ = current
    found += [(code, top, left, bottom, right) for (code, top, bottom), (left, right) in open_.items()]
    return found
