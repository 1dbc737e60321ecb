"""The headers of a table: each column's levels as a path, its flattened name, and the unit its header gives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wenxiao.model import Unit, unit_named
from wenxiao.model.units import RATIO, unit_stated
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import (
    compact,
    has_full_marks,
    is_latin,
    is_numbering,
    is_unit_label,
    joined,
    names_indicators,
    narrow,
)
from wenxiao.sheets.layout.periods import is_part_of_year, is_period
from wenxiao.sheets.layout.segment import Segment

_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_LATIN_TAIL = re.compile(r"(?<=[\u4e00-\u9fff）)])\s+[A-Za-z][A-Za-z0-9 .,;:'&/()\-%#]*$")
_UNIT_LABEL = re.compile(r"(?:金额|货币|计量|数量)?单位[:：]?")
_UNIT_PART = re.compile(r"[(（]?(?:金额|货币|计量|数量)?单位\s*[:：]\s*([^\s()（）]{1,6})[)）]?")
_LAST_LINE = re.compile(r"\n\s*(\S{1,5})\s*$")
_OF_THINGS = re.compile(r"[万千百亿][^\d\s]{1,4}")
_MEASURE_WORD = re.compile(r"[^\W\da-z一二三四五六七八九十甲乙丙丁省市县区旗镇乡村新旧注含略]", re.IGNORECASE)
_PERCENT = frozenset({"%", "％", "百分比", "百分数"})
_MONEY = re.compile(
    r"(?:[金款费价税债额]|费用|投资|支出|收入|预算|拨付|补助|补贴|产值|成本)(?:数|合计|小计|情况)*$"
)
"""Words that a name of an amount of money ends in; 补助户数 ends in another."""
_RATED = re.compile(r"(?:^|.*)(?:率|占比|比例|比重|得分|分值|权重|排名|序号)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """The header of one column: `path` its levels, `label` the flattened name, `unit` from its brackets.

    `measure_word` is a lone character in brackets that no unit is called, as in 学校（所）: a unit where the column counts.
    `hidden` says that the sheet hides the column, or the row of a table on its side.
    """

    position: int
    path: tuple[str, ...]
    unit: Unit | None = None
    measure_word: str = ""
    hidden: bool = False

    @property
    def percent(self) -> bool:
        """Whether the header says that plain numbers are per cent."""
        return self.unit == RATIO

    @property
    def label(self) -> str:
        """The levels as one name."""
        return "/".join(self.path)

    @property
    def monetary(self) -> bool:
        """Whether the name is one of an amount of money; a group of them says it of what is no number of something else."""
        levels = [compact(_BRACKETS.sub("", level)) for level in self.path]
        counted = bool(levels) and levels[-1].endswith("数")
        return any(_MONEY.search(level) for level in (levels[-1:] if counted else levels))

    @property
    def part_of_year(self) -> bool:
        """Whether a level says that the figures are of a part of the year, or of another: 支出数 below 1-6月 is not the year's."""
        return any(map(is_part_of_year, self.path))

    @property
    def rated(self) -> bool:
        """Whether the name says that the column rates, shares, scores or ranks."""
        return bool(self.path) and _RATED.match(compact(_BRACKETS.sub("", self.path[-1]))) is not None


@dataclass(frozen=True, slots=True)
class _Level:
    """What one header row says over a column: its text, over how many columns, in which row; whether the row is of units."""

    text: str
    span: int
    row: int
    units: bool = False


def headings_of(grid: Grid, segment: Segment) -> tuple[Heading, ...]:
    """The headings of the columns of a table, left to right; columns without a header and without a value are left out."""
    rows = [row for row in segment.header_rows if row not in segment.numbering]
    headings = _headings(grid, segment, rows)
    paths = Counter(heading.path for heading in headings if heading.path)
    if len(paths) == paths.total():
        return headings
    every = _headings(grid, segment, list(segment.header_rows) if _by_period(paths) else rows, every=True)
    told = Counter(heading.path for heading in every)
    return tuple(
        full if paths[short.path] > 1 == told[full.path] else short
        for short, full in zip(headings, every, strict=True)
    )


def _by_period(paths: Mapping[tuple[str, ...], int]) -> bool:
    """Whether the headers that stand more than once are years, so that the numbers below them are quarters or months."""
    return all(is_period(path[-1]) for path, count in paths.items() if count > 1)


def _headings(grid: Grid, segment: Segment, rows: list[int], *, every: bool = False) -> tuple[Heading, ...]:
    blank = (Texture.EMPTY, Texture.COVERED)
    textures = grid.textures[:, segment.left : segment.right + 1]
    used = np.any(~np.isin(textures[list(segment.body)], blank), axis=0)
    named = np.any(~np.isin(textures[rows], blank), axis=0)
    units = {row for row in rows[1:] if _of_units(grid, segment, row)}
    columns = {
        column: [
            replace(level, units=row in units)
            for row in rows
            if (level := _level(grid, segment, rows, row, column)) is not None
        ]
        for column in range(segment.left, segment.right + 1)
        if named[column - segment.left] or used[column - segment.left]
    }
    groups = {level.row for levels in columns.values() for level in levels[:-1] if level.span > 1}
    return tuple(_heading(column, levels, groups, every=every) for column, levels in columns.items())


def row_heading(row: int, labels: Sequence[str], unit: Unit | None = None) -> Heading:
    """The heading of a row of a table on its side, by its labels and the unit that a column gives it."""
    said = [label for label in labels if label]
    own = next((found for label in reversed(said) if (found := unit_in(label)) is not None), unit)
    words = (_measure_word(label) for label in reversed(said))
    return Heading(row, tuple(dict.fromkeys(map(_without_unit, said))), own, next(filter(None, words), ""))


def unit_in(text: str) -> Unit | None:
    """The unit a text carries in brackets; a word of ten thousands (万台) is one even where the registry has none.

    >>> unit_in("预算数（万元）").symbol, unit_in("完成率（%）").symbol, unit_in("得分（a）")
    ('万元', '比率', None)
    """
    for inside in reversed(_BRACKETS.findall(text)):
        stated = _UNIT_LABEL.match(compact(inside))
        word = compact(inside)[stated.end() :] if stated else compact(inside)
        unit = RATIO if word in _PERCENT else unit_named(word)
        if unit is not None:
            return unit
        if word and (stated or _OF_THINGS.fullmatch(word)):
            return unit_stated(word)
    return None


def _of_units(grid: Grid, segment: Segment, row: int) -> bool:
    """Whether a header row gives the units of its columns: mostly units, below a free corner or behind 单位."""
    words = [compact(text) for column in segment.columns if (text := grid.text(row, column))]
    if words and grid.text(row, segment.left) and not is_unit_label(words.pop(0)):
        return False
    units = [unit_named(word) is not None for word in words]
    return any(units) and all(known or len(word) == 1 for word, known in zip(words, units, strict=True))


def _heading(column: int, levels: list[_Level], groups: set[int], *, every: bool = False) -> Heading:
    """The heading of a column. A name over one column goes on in the row below; a group of indicators over one does not.

    A level in Latin letters below a Chinese one is its translation, unless `every` level is asked for.
    """
    names: list[str] = []
    unit: Unit | None = None
    measure_word = ""
    above: _Level | None = None
    for level in levels:
        part = _UNIT_PART.search(level.text) or _unit_line(level.text)
        unit = (unit_stated(part[1]) if part else unit_in(level.text)) or unit
        measure_word = _measure_word(level.text) or measure_word
        bare = _without_unit(level.text[: part.start()] + level.text[part.end() :] if part else level.text)
        word = compact(bare)
        if not word or (level.units and is_unit_label(word)):
            continue
        if is_latin(bare) and any(not is_latin(name) for name in names) and not every:
            continue
        named = _named_unit(word, level) if names and len(levels) > 1 else None
        if named is not None and unit in (None, named):
            unit = named
            continue
        if above is not None and names[-1] != word and _goes_on(above, level, groups):
            names[-1] += joined(bare)
        elif not names or names[-1] != joined(bare):
            names.append(joined(bare))
        above = level
    return Heading(column, tuple(names), unit, measure_word)


def _named_unit(word: str, level: _Level) -> Unit | None:
    return unit_stated(word) if level.units else unit_named(word)


def _unit_line(text: str) -> re.Match[str] | None:
    """The unit that stands on a line of its own below a name, without brackets."""
    line = _LAST_LINE.search(text)
    return line if line is not None and unit_named(line[1]) is not None else None


def _measure_word(text: str) -> str:
    """The lone character in the last brackets of a header, empty where there is none that may count things."""
    inside = _BRACKETS.findall(text)
    word = compact(inside[-1]) if inside else ""
    return word if _MEASURE_WORD.fullmatch(word) else ""


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
