"""The headers of a table: each column's levels as a path, its flattened name, and the unit its header gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from wenxiao.model import Unit, unit_named
from wenxiao.model.units import RATIO
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import (
    compact,
    has_full_marks,
    is_latin,
    is_numbering,
    joined,
    names_indicators,
    narrow,
)
from wenxiao.sheets.layout.segment import Segment

_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_LATIN_TAIL = re.compile(r"(?<=[\u4e00-\u9fff）)])\s+[A-Za-z][A-Za-z0-9 .,;:'&/()\-%#]*$")
_PERCENT = frozenset({"%", "％", "百分比", "百分数"})
_COUNTED = re.compile(
    r"(?:^|.*)(?:面积|率|占比|比例|比重|户数|栋数|人数|个数|数量|小区数|项目数|次数|年限|年份|得分|分值|权重|排名|序号)$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The header of one column: `path` its levels, `label` the flattened name, `unit` from its brackets."""

    position: int
    path: tuple[str, ...]
    unit: Unit | None = None
    unknown_unit: str = ""

    @property
    def percent(self) -> bool:
        """Whether the header says that plain numbers are per cent."""
        return self.unit == RATIO

    @property
    def label(self) -> str:
        """The levels as one name."""
        return "/".join(self.path)

    @property
    def counted(self) -> bool:
        """Whether the name says that the column counts or rates something, so that a unit of money is not meant."""
        return bool(self.path) and _COUNTED.match(compact(_BRACKETS.sub("", self.path[-1]))) is not None


@dataclass(frozen=True, slots=True)
class _Level:
    """What one header row says over a column: its text, over how many columns, and in which row it begins."""

    text: str
    span: int
    row: int


def headings_of(grid: Grid, segment: Segment) -> tuple[Heading, ...]:
    """The headings of the columns of a table, left to right; columns without a header and without a value are left out."""
    rows = [row for row in segment.header_rows if row not in segment.numbering]
    blank = (Texture.EMPTY, Texture.COVERED)
    textures = grid.textures[:, segment.left : segment.right + 1]
    used = np.any(~np.isin(textures[list(segment.body)], blank), axis=0)
    named = np.any(~np.isin(textures[rows], blank), axis=0)
    columns = {
        column: [level for row in rows if (level := _level(grid, segment, rows, row, column)) is not None]
        for column in range(segment.left, segment.right + 1)
        if named[column - segment.left] or used[column - segment.left]
    }
    groups = {level.row for levels in columns.values() for level in levels[:-1] if level.span > 1}
    return tuple(_heading(column, levels, groups) for column, levels in columns.items())


def unit_in(text: str) -> Unit | None:
    """The unit a text carries in brackets; a word of ten thousands (万台) is one even where the registry has none.

    >>> unit_in("预算数（万元）").symbol, unit_in("完成率（%）").symbol, unit_in("得分（a）")
    ('万元', '比率', None)
    """
    for inside in reversed(_BRACKETS.findall(text)):
        word = re.sub(r"^(单位|金额单位|计量单位)[:：]", "", compact(inside))
        unit = RATIO if word in _PERCENT else unit_named(word)
        if unit is not None:
            return unit
        if re.fullmatch(r"[万千百亿][^\d\s]{1,4}", word):
            return Unit(word, word)
    return None


def _heading(column: int, levels: list[_Level], groups: set[int]) -> Heading:
    """The heading of a column. A name over one column goes on in the row below; a group of indicators over one does not."""
    names: list[str] = []
    unit: Unit | None = None
    above: _Level | None = None
    for level in levels:
        unit = unit_in(level.text) or unit
        bare = _without_unit(level.text)
        word = compact(bare)
        if not word:
            continue
        if is_latin(bare) and any(not is_latin(name) for name in names):
            continue
        if unit is None and (named := unit_named(word)) is not None and names and len(levels) > 1:
            unit = named
            continue
        if above is not None and names[-1] != word and _goes_on(above, level, groups):
            names[-1] += joined(bare)
        elif not names or names[-1] != joined(bare):
            names.append(joined(bare))
        above = level
    return Heading(column, tuple(names), unit)


def _goes_on(above: _Level, level: _Level, groups: set[int]) -> bool:
    """Whether a header cell goes on with the name above it, as 新产品开发 over 项目数 does."""
    if above.span > 1:
        return False
    return above.row not in groups or not (names_indicators(above.text) or has_full_marks(level.text))


def _without_unit(text: str) -> str:
    """A header's text without a unit in brackets and without a translation behind the Chinese words."""

    def keep(match: re.Match[str]) -> str:
        word = re.sub(r"^(单位|金额单位|计量单位)[:：]", "", compact(match[1]))
        return (
            ""
            if word in _PERCENT or unit_named(word) is not None or unit_in(match[0]) is not None
            else match[0]
        )

    line = joined(_BRACKETS.sub(keep, narrow(text)))
    return _LATIN_TAIL.sub("", line) or line


def _level(grid: Grid, segment: Segment, rows: list[int], row: int, column: int) -> _Level | None:
    merge = grid.cover.get((row, column))
    if merge is not None:
        if merge.top < row and merge.top in rows:
            return None
        text = _said(grid, merge.top, merge.left)
        return _Level(text, merge.right - merge.left + 1, merge.top) if text else None
    text = _said(grid, row, column)
    if text:
        span = max(_visual_span(grid, segment, rows, row, column), _repeated(grid, segment, row, column))
        return _Level(text, span, row)
    parent = _visual_parent(grid, segment, rows, row, column)
    return (
        None
        if parent is None
        else _Level(_said(grid, row, parent), _visual_span(grid, segment, rows, row, parent), row)
    )


def _said(grid: Grid, row: int, column: int) -> str:
    """The text of a header cell; a year that is a number reads as one."""
    cell = grid.at(row, column)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return f"{cell:g}"
    return narrow(cell) if isinstance(cell, str) else str(cell)


def _visual_parent(grid: Grid, segment: Segment, rows: list[int], row: int, column: int) -> int | None:
    """The column to the left whose unmerged header reaches over this one, as 2021年 does over 预算 | 支出."""
    below = [after for after in rows if after > row]
    if not below or not _said(grid, below[0], column) or is_numbering(_said(grid, below[0], column)):
        return None
    for left in range(column - 1, segment.left - 1, -1):
        if not _said(grid, below[0], left) or (row, left) in grid.cover:
            return None
        if _said(grid, row, left):
            return left
    return None


def _repeated(grid: Grid, segment: Segment, row: int, column: int) -> int:
    """How many columns side by side bear a header's text, as those of a merged cell that was filled."""
    text, first, last = compact(_said(grid, row, column)), column, column
    while first > segment.left and compact(_said(grid, row, first - 1)) == text:
        first -= 1
    while last < segment.right and compact(_said(grid, row, last + 1)) == text:
        last += 1
    return last - first + 1


def _visual_span(grid: Grid, segment: Segment, rows: list[int], row: int, column: int) -> int:
    """How many columns an unmerged header reaches over."""
    span = 1
    while column + span <= segment.right and not _said(grid, row, column + span):
        if (row, column + span) in grid.cover or _visual_parent(
            grid, segment, rows, row, column + span
        ) != column:
            break
        span += 1
    return span
