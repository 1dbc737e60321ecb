"""Tables with places across their header: figures or indicators down the first columns, a column for each place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wenxiao.model import Role
from wenxiao.model.units import unit_stated
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Cell, Texture
from wenxiao.sheets.cells.wording import compact, is_unit_label, role_of
from wenxiao.sheets.columns.content import contents_of
from wenxiao.sheets.columns.fields_by_header import fields_by_header, keys_of
from wenxiao.sheets.columns.heading import Heading, row_heading
from wenxiao.sheets.columns.view import View
from wenxiao.sheets.layout.segment import Segment

if TYPE_CHECKING:
    from wenxiao.fields import Kind, Registry

_FEWEST = 2
_FIGURES = (Texture.NUMBER, Texture.FIGURE)


@dataclass(frozen=True)
class _Across:
    """A table whose records are the columns `lines`: the headings of its rows, the names of places first.

    `said` are the names of the records where merged cells hold them; `places` is how many of them are places.
    """

    headings: tuple[Heading, ...]
    lines: tuple[int, ...]
    said: Mapping[tuple[int, int], Cell]
    places: int


def places_across(grid: Grid, segment: Segment, title: str, registry: Registry) -> Iterator[View]:
    """The table with a column for each place; a row that sums those of indicators with 分值 is the score."""
    for kind in registry.kinds:
        found = _found(grid, segment, kind, registry) if kind.names_like else None
        if found is None:
            continue
        contents = contents_of(grid, found.headings, found.lines, transposed=True)
        fields, twice = fields_by_header(found.headings[1:], kind, registry, contents)
        if any(role_of(str(name)) is Role.WEIGHT for name in found.said.values()):
            fields = tuple(
                registry.field("score", kind.key) if role_of(heading.path[-1]) is Role.TOTAL else of
                for heading, of in zip(found.headings[1:], fields, strict=True)
            )
        score = 2 * (len(keys_of(fields)) + found.places) + any(word in title for word in kind.titles)
        yield View(
            segment, kind, found.lines, found.headings, (registry.field(kind.names[0], kind.key), *fields), True,
            score, (), twice, said=found.said,
        )  # fmt: skip


def _found(grid: Grid, segment: Segment, kind: Kind, registry: Registry) -> _Across | None:
    """The table of places across that a segment is, or None: different names like a place's over figures, most of the columns.

    分值 and 合计 are records too; a column of units gives the rows theirs.
    """
    row = segment.header[1]
    names = {column: _held(grid, row, column) for column in segment.columns}
    places = [
        column
        for column, name in names.items()
        if re.search(kind.names_like, name)
        and registry.match(name, kind.key) is None
        and sum(grid.textures[line, column] in _FIGURES for line in segment.body) * 2 > len(segment.body)
    ]
    if len(places) < _FEWEST or len({names[column] for column in places}) < len(places):
        return None
    left = [column for column in names if column < places[0]]
    known = {column: registry.match(name, kind.key) for column, name in names.items()}
    lines = [
        column
        for column, name in names.items()
        if name
        and (known[column] is None or known[column].key != "note")  # type: ignore[union-attr]
        and (column >= places[0] or role_of(name) is Role.WEIGHT)
    ]
    units = [column for column in left if is_unit_label(names[column])]
    labels = [
        column
        for column in left
        if column not in (*units, *lines)
        and any(grid.textures[line, column] == Texture.TEXT for line in segment.body)
    ]
    headings = tuple(_row(grid, line, labels, units) for line in segment.body)
    others = [column for column in lines if role_of(names[column]) is Role.DATA]
    if not labels or len(places) * 5 < len(others) * 3 or not all(each.path for each in headings):
        return None
    corner = Heading(row, (names[labels[-1]],) if names[labels[-1]] else ())
    said: dict[tuple[int, int], Cell] = {(row, column): names[column] for column in lines}
    return _Across((corner, *headings), tuple(lines), said, len(places))


def _row(grid: Grid, line: int, labels: Sequence[int], units: Sequence[int]) -> Heading:
    """The heading of a row by its labels, those in merged cells included, and by its unit."""
    unit = next((unit_stated(word) for column in units if (word := compact(_held(grid, line, column)))), None)
    return row_heading(line, [_held(grid, line, column) for column in labels], unit)


def _held(grid: Grid, row: int, column: int) -> str:
    """The text of a cell, or of the merged cell that covers it."""
    merge = grid.cover.get((row, column))
    return grid.text(row, column) if merge is None else grid.text(merge.top, merge.left)
