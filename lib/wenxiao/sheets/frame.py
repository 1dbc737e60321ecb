"""A pandas frame as a sheet: its column names are the header, and it is read as any other sheet."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wenxiao.model import Problem, SheetError
from wenxiao.sheets.cells.grid import Grid, Merge, grid_of
from wenxiao.sheets.cells.texture import Cell
from wenxiao.sheets.containers.container import Container
from wenxiao.sheets.containers.garbage import collector_held
from wenxiao.sheets.containers.opening import Opened
from wenxiao.sheets.reading import Reading, read_opened

if TYPE_CHECKING:
    from wenxiao.fields import Registry


def read_frame(
    frame: pd.DataFrame | Mapping[str, pd.DataFrame],
    registry: Registry,
    *,
    name: str = "DataFrame",
    override: Mapping[str, object] | None = None,
) -> Reading:
    """The tables of a frame, or of several by the name of their sheet, with the findings of reading; as `read_workbook`.

    A cell's address is the one it has if the frame is written to a workbook with its header in row 1. Several levels of
    column names are several header rows; an index with a name comes first as columns. Decimals keep their digits, floats
    the shortest text that gives them back; what is missing is an empty cell. Raises SheetError for a frame without
    columns.

    >>> from wenxiao.fields import standard_registry
    >>> frame = pd.DataFrame({"县区": ["兰山区", "罗庄区"], "得分": [94.5, 90.31]})
    >>> table = read_frame(frame, standard_registry()).tables[0]
    >>> table.given(1, "score").text, str(table.given(1, "score").cell)
    ('90.31分', 'DataFrame［Sheet1］B3')
    """
    frames = {"Sheet1": frame} if isinstance(frame, pd.DataFrame) else dict(frame)
    empty = [sheet for sheet, each in frames.items() if not len(each.columns)]
    if empty or not frames:
        raise SheetError(
            Problem("数据框没有列", file=name, sheet=sheet, remedy="检查数据框的来源")
            for sheet in empty or [""]
        )
    grids = tuple(_grid(str(sheet), each) for sheet, each in frames.items())
    digest = hashlib.sha256()
    for grid in grids:
        digest.update(repr((grid.name, grid.rows)).encode("utf-8", "surrogatepass"))
    with collector_held():
        return read_opened(
            Opened(Container.FRAME, grids), registry, name=name, sha256=digest.hexdigest(), override=override
        )


def _grid(sheet: str, frame: pd.DataFrame) -> Grid:
    shown = frame.reset_index() if any(name is not None for name in frame.index.names) else frame
    levels = range(shown.columns.nlevels)
    rows: list[list[Cell]] = [
        [_cell(name) for name in shown.columns.get_level_values(level)] for level in levels
    ]
    columns = [[_cell(value) for value in shown.iloc[:, place].tolist()] for place in range(shown.shape[1])]
    rows.extend(list(row) for row in zip(*columns, strict=True))
    return grid_of(sheet, rows, _spans(rows[: len(levels) - 1]))


def _spans(upper: list[list[Cell]]) -> list[Merge]:
    """The ranges over which an upper header row repeats one name: what a workbook would merge."""
    spans = []
    for row, cells in enumerate(upper):
        start = 0
        for place in range(1, len(cells) + 1):
            if place == len(cells) or cells[place] != cells[start]:
                if place - start > 1 and cells[start] != "":
                    spans.append(Merge(row, start, row, place - 1))
                start = place
    return spans


def _cell(value: object) -> Cell:
    """A value as a container would hold it."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}" if value.is_finite() else ""
    if isinstance(value, float):
        return value if np.isfinite(value) else ""
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if isinstance(value, (int, bool, str, dt.date, dt.time, dt.timedelta)):
        return value
    return str(value)
