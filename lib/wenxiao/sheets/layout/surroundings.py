"""What the lines around a table say: its title, its units, its notes."""

from __future__ import annotations

import re

from wenxiao.model import Unit, unit_named
from wenxiao.model.units import unit_stated
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import compact, is_latin, is_meta, joined, narrow
from wenxiao.sheets.columns.heading import unit_in
from wenxiao.sheets.columns.stated_units import Surroundings
from wenxiao.sheets.layout.segment import Segment

_UNIT_LINE = re.compile(r"(?:^|[(（\s])(?:金额|货币|计量|数量|本表)?单位\s*[:：]\s*([^)）\s]+)")
_UNIT_NOTE = re.compile(
    r"(?:^|[\s(（:：，,；;。.、\d])(?:金额|货币|计量|本表)?单位\s*(?:[:：]|均?为|是)\s*([^)）\s。，,；;]+)"
)
"""A note below a table that states the unit, where nothing above it does."""
_SUBJECT = re.compile(r"指标\s*[:：]\s*(.+)")
_BODIES = re.compile(r"(局|委|办|中心|公司|厅|部|处|院|政府|会|站|所|队|学校|集团|街道|镇|乡)$")


def around(grid: Grid, segment: Segment, file: str) -> tuple[Surroundings, tuple[str, ...]]:
    """The surroundings of a table, and the words that stand where a unit should and are none that is known."""
    lines = [
        (row, text)
        for row in segment.titles
        for column in range(segment.left, segment.right + 1)
        if grid.textures[row, column] not in (Texture.EMPTY, Texture.COVERED)
        and (text := _text(grid, row, column))
    ]
    lines += [
        (row, text)
        for row in segment.titles
        if not any(at == row for at, _ in lines)
        for text in _row(grid, row)
    ]
    if segment.side is not None and (text := _text(grid, *segment.side)):
        lines.append((segment.side[0], text))
    units: list[Unit] = []
    unknown: list[str] = []
    titles: list[str] = []
    notes: list[str] = []
    for _, text in lines:
        match = _UNIT_LINE.search(narrow(text))
        if match is not None:
            for word in re.split(r"[、,，/;；]", match[1]):
                if unit_named(word) is None and not _is_unit(word):
                    continue
                units.append(unit_stated(word))
                unknown += [word] if unit_named(word) is None else []
            if is_meta(text):
                continue
        elif (bracketed := unit_in(text)) is not None and unit_named(bracketed.symbol) is not None:
            units.append(bracketed)
            if compact(text).startswith("("):
                continue
        if compact(text).startswith("(") and is_latin(text):
            continue
        if is_meta(text):
            notes.append(joined(text))
        else:
            titles.append(joined(text))
    title = next((text for text in titles if not is_latin(text)), titles[0] if titles else "")
    if not title:
        title = next((match[1] for note in notes if (match := _SUBJECT.match(note)) is not None), "")
    below = [text for row in segment.notes for text in _row(grid, row)]
    if not units:
        stated = (match[1] for text in below for match in _UNIT_NOTE.finditer(narrow(text)))
        units += [unit for word in stated for each in word.split("、") if (unit := unit_named(each))]
    notes += [joined(text) for text in below]
    distinct = tuple(dict.fromkeys(units))
    return Surroundings(file, title, distinct, tuple(notes), distinct[0] if distinct else None), tuple(
        unknown
    )


def _is_unit(word: str) -> bool:
    """Whether an unknown word after 单位 is a unit rather than the body that reports."""
    return 0 < len(word) <= 6 and (len(word) == 1 or word[0] in "万亿" or not _BODIES.search(word))


def _row(grid: Grid, row: int) -> list[str]:
    return [text for column in range(grid.width) if (text := _text(grid, row, column))]


def _text(grid: Grid, row: int, column: int) -> str:
    if grid.textures[row, column] in (Texture.EMPTY, Texture.COVERED):
        return ""
    cell = grid.at(row, column)
    return cell.strip() if isinstance(cell, str) else str(cell)
