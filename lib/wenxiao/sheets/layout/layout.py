"""Where the tables of a sheet are, stacked or side by side, even out of step."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import compact, is_meta
from wenxiao.sheets.layout.header import Header
from wenxiao.sheets.layout.rows import Rows
from wenxiao.sheets.layout.segment import Segment
from wenxiao.sheets.layout.stack import segment_with, stacked
from wenxiao.sheets.layout.vocabulary import Vocabulary

Area = tuple[int, int, int, int]
"""Top, left, bottom and right, 0-based, both ends included."""


def segments_of(grid: Grid, known: Vocabulary) -> tuple[Segment, ...]:
    """The tables of a sheet, by row, then by column."""
    if grid.height == 0 or grid.width == 0:
        return ()
    found = [
        part
        for left, right in _blocks(grid, known)
        for segment in stacked(Rows(grid, left, right, known))
        for part in _side_by_side(grid, segment)
    ]
    return tuple(sorted(found, key=lambda one: (one.top, one.left)))


def segment_at(grid: Grid, area: Area, header: tuple[int, int] | None, known: Vocabulary) -> Segment | None:
    """The table in a range that a person gave, with their header rows where they gave them."""
    top, left, bottom, right = area
    bottom, right = min(bottom, grid.height - 1), min(right, grid.width - 1)
    if top > bottom or left > right:
        return None
    rows = Rows(grid, left, right, known, (top, bottom))
    if header is None:
        return next(iter(stacked(rows)), None)
    first, last = header if header[0] <= header[1] else (top, top - 1)
    numbering = tuple(row for row in range(first + 1, last + 1) if rows.numbering(row))
    return segment_with(rows, top, Header(first, last, numbering))


def _blocks(grid: Grid, known: Vocabulary) -> list[tuple[int, int]]:
    """The columns cut where an empty column parts tables that are out of step with each other."""
    whole = [(0, grid.width - 1)]
    parts = _parts(grid, list(range(grid.height)), 0, grid.width - 1)
    if len(parts) == 1:
        return whole
    blocks = parts[:1]
    for part in parts[1:]:
        if _out_of_step(grid, blocks[-1], part, known):
            blocks.append(part)
        else:
            blocks[-1] = (blocks[-1][0], part[1])
    return blocks if len(blocks) > 1 else whole


def _parts(grid: Grid, rows: list[int], left: int, right: int) -> list[tuple[int, int]]:
    """The runs of columns between empty ones; a cell covered by a wide merge holds its columns together."""
    holds = (grid.textures[rows, left : right + 1] != Texture.EMPTY).any(axis=0)
    parts: list[tuple[int, int]] = []
    for column in (np.flatnonzero(holds) + left).tolist():
        if parts and parts[-1][1] == column - 1:
            parts[-1] = (parts[-1][0], column)
        else:
            parts.append((column, column))
    return parts


def _out_of_step(grid: Grid, first: tuple[int, int], second: tuple[int, int], known: Vocabulary) -> bool:
    """Whether both runs of columns hold tables of their own whose headers stand in different rows."""
    tables = [stacked(Rows(grid, *columns, known)) for columns in (first, second)]
    if not all(any(_stands_alone(grid, segment) for segment in segments) for segments in tables):
        return False
    starts = [{segment.header[0] for segment in segments} for segments in tables]
    return starts[0].isdisjoint(starts[1])


def _stands_alone(grid: Grid, segment: Segment) -> bool:
    """Whether a table has a header, names for its rows, and something beside the names."""
    if not segment.headed or not segment.body or segment.right == segment.left:
        return False
    body = grid.textures[list(segment.body), segment.left : segment.right + 1]
    words = (body == Texture.TEXT).sum(axis=0) * 2 >= len(segment.body)
    figures = np.isin(body, (Texture.NUMBER, Texture.FIGURE)).sum(axis=0) * 2 >= len(segment.body)
    return bool(words[:2].any()) and (bool(figures[1:].any()) or int(words.sum()) >= 2)


def _side_by_side(grid: Grid, segment: Segment) -> list[Segment]:
    """The tables that share the rows of one segment, each with the titles above its own columns."""
    cuts = _repeats(grid, segment) or _own_titles(grid, segment)
    if not cuts:
        return [segment]
    edges = [segment.left, *cuts, segment.right + 1]
    ranges = list(pairwise(edges))
    filled = grid.textures != Texture.EMPTY
    tables = []
    for left, after in ranges:
        right = after - 1
        while right > left and not filled[[*segment.header_rows, *segment.body], right].any():
            right -= 1
        others = [one for one in ranges if one != (left, after) and one[0] > segment.left]
        titles = tuple(
            row
            for row in segment.titles
            if filled[row, left:after].any() or not any(filled[row, a:b].any() for a, b in others)
        )
        body = tuple(row for row in segment.body if filled[row, left : right + 1].any())
        tables.append(replace(segment, left=left, right=right, body=body, titles=titles))
    return tables


def _repeats(grid: Grid, segment: Segment) -> list[int]:
    """The columns at which the first name of the header stands again, so that a second table begins there."""
    for row in segment.header_rows:
        names = [compact(grid.text(row, column)) for column in segment.columns]
        if names[0]:
            return [segment.left + n for n, name in enumerate(names) if n >= 2 and name == names[0]]
    return []


def _own_titles(grid: Grid, segment: Segment) -> list[int]:
    """The columns after an empty one from which on a table has a title of its own above a header of its own."""
    parts = _parts(grid, [*segment.header_rows, *segment.body], segment.left, segment.right)

    def titled(row: int, part: tuple[int, int]) -> bool:
        texts = [text for column in range(part[0], part[1] + 1) if (text := grid.text(row, column))]
        return bool(texts) and not any(is_meta(text) for text in texts)

    return [
        part[0]
        for before, part in pairwise(parts)
        if any(titled(row, before) and titled(row, part) for row in segment.titles)
        and all(
            _stands_alone(grid, replace(segment, left=left, right=right)) for left, right in (before, part)
        )
    ]
