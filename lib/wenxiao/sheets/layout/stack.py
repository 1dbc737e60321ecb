"""The tables that stand one above the other within one block of columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from wenxiao.model import Role
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import is_continued, is_section, role_of
from wenxiao.sheets.layout.header import Header, header_from
from wenxiao.sheets.layout.rows import Line, Rows
from wenxiao.sheets.layout.segment import Segment


def stacked(rows: Rows) -> tuple[Segment, ...]:
    """The tables of a block of columns from top to bottom; a header that a page break repeats does not begin one."""
    runs: list[list[Segment]] = []
    told: set[tuple[object, ...]] | None = None
    for segment in _stacked(rows):
        if runs and _same_header_below(rows, runs[-1][-1], segment):
            told = _told(rows, runs[-1][-1]) if told is None else told
            if told.isdisjoint(more := _told(rows, segment)):
                runs[-1].append(segment)
                told |= more
                continue
        told = None
        if segment.body or segment.headed:
            runs.append([segment])
    return tuple(
        run[0]
        if len(run) == 1
        else replace(run[0], body=tuple(row for page in run for row in page.body), notes=run[-1].notes)
        for run in runs
    )


def segment_with(rows: Rows, top: int, header: Header) -> Segment:
    """The one table below `top` that has this header."""
    return _beside(rows, _segment(rows, top, header, rows.grid.height))


def _stacked(rows: Rows) -> Iterator[Segment]:
    start = 0
    while (header := header_from(rows, start)) is not None:
        following = _next_header(rows, header)
        segment = _beside(rows, _segment(rows, start, header, following or rows.grid.height))
        if following is None:
            yield segment
            return
        notes, titles = _parted(rows, segment)
        yield replace(segment, notes=notes)
        start = following if titles is None else titles


def _next_header(rows: Rows, header: Header) -> int | None:
    """The first header row of the next table below, or None."""
    start = header.last + 1
    names = rows.names(header.first) if header.first <= header.last else ()
    likely = rows.lines[start:] == Line.WORDS
    if header.first == header.last and header.first >= 0 and rows.lines[header.first] == Line.DATA:
        likely |= (rows.textures[start:] == rows.textures[header.first]).all(
            axis=1
        )  # years, as numbers, once more
    for row in (np.flatnonzero(likely) + start).tolist():
        if rows.lines[row] == Line.DATA and rows.cells(row) != rows.cells(header.first):
            continue
        if _begins(rows, row, names, start):
            return int(row)
    return None


def _begins(rows: Rows, row: int, names: tuple[str, ...], start: int) -> bool:
    """Whether a row of words below a table is the header of another one."""
    if rows.meta(row) or rows.noted(row):
        return False
    if names and rows.names(row) == names:
        return True
    if _repeats_a_neighbour(rows, row):
        return False
    lone = _lines_above(rows, row, start)
    first = lone[-1] if lone else row
    parted = first > start and rows.lines[first - 1] == Line.BLANK
    titled = any(rows.title_like(line) for line in lone)
    named = rows.named(row)
    if named and (titled or not lone or not all(is_section(rows.first_text(line)) for line in lone)):
        return True
    if not (titled or parted or named):
        return False
    below = next((line for line in rows.held(row + 1, row + 8) if rows.lines[line] == Line.DATA), None)
    if below is None:
        return titled and lone[-1] > 0 and rows.lines[lone[-1] - 1] == Line.BLANK
    over = np.isin(rows.textures[row], (Texture.TEXT, Texture.COVERED))
    figures = np.isin(rows.textures[below], (Texture.NUMBER, Texture.FIGURE))
    return bool((over & figures)[1:].any()) and (titled or rows.spread(row) * 2 >= rows.spread(below))


def _repeats_a_neighbour(rows: Rows, row: int) -> bool:
    """Whether a text stands in the row above or below too, in its column: a list repeats a name, a header never does.

    An indicator that is not scored yet (产出, 产出数量, 实际完成率) is worded as a header may be.
    """
    own = rows.names(row)
    return any(
        word and word == other
        for neighbour in (row - 1, row + 1)
        if 0 <= neighbour < rows.grid.height
        for word, other in zip(own, rows.names(neighbour), strict=True)
    )


def _lines_above(rows: Rows, row: int, start: int) -> list[int]:
    """The lone texts and unit lines right above a row, the nearest first."""
    found: list[int] = []
    for line in rows.held(max(start, row - 8), row)[::-1][:4]:
        if rows.lines[line] != Line.LONE and not rows.meta(line):
            break
        found.append(line)
    return found


def _segment(rows: Rows, top: int, header: Header, end: int) -> Segment:
    """The table between two headers; the lines above the next header are still among its notes."""
    titles = tuple(rows.held(top, header.first))
    body = rows.held(header.last + 1, end)
    notes: list[int] = []
    while body and (rows.lines[body[-1]] == Line.LONE or rows.meta(body[-1]) or rows.noted(body[-1])):
        notes.insert(0, body.pop())
    plain = next((n for n, row in enumerate(notes) if rows.noted(row) or rows.meta(row)), len(notes))
    kept = next((n for n, row in enumerate(notes[:plain]) if not rows.names_a_row(row, body)), plain)
    body, notes = body + notes[:kept], notes[kept:]
    within = [
        row
        for row in (np.flatnonzero(rows.lines[header.last + 1 : end] == Line.LONE) + header.last + 1).tolist()
        if body and row <= body[-1] and rows.noted(row)
    ]
    if within:
        body = [row for row in body if row not in set(within)]
    return Segment(
        rows.left,
        rows.right,
        (header.first, header.last),
        tuple(body),
        titles,
        (*within, *notes),
        header.numbering,
    )


def _same_header_below(rows: Rows, above: Segment, below: Segment) -> bool:
    """Whether a table has the header of the one above and goes on with it: right below it, or with a title that says so (续)."""
    if not (above.headed and above.body and below.body) or above.notes:
        return False
    continued = any(is_continued(rows.first_text(row)) for row in below.titles)
    if (above.left, above.right) != (below.left, below.right) or not (
        continued or (not below.titles and below.header[0] == above.body[-1] + 1)
    ):
        return False
    return [rows.names(row) for row in above.header_rows] == [rows.names(row) for row in below.header_rows]


def _told(rows: Rows, segment: Segment) -> set[tuple[object, ...]]:
    """What tells the rows of a table from each other; two pages of one table have none of it in common."""
    return {_tells(rows, row) for row in segment.body}


def _tells(rows: Rows, row: int) -> tuple[object, ...]:
    """That a row is the total, else its number, else its first two texts; its place where it is a subtotal."""
    words = rows.words(row)[:2]
    role = next((role for word in words if (role := role_of(word))), Role.DATA)
    first = next(iter(rows.cells(row)), None)
    if role is Role.TOTAL:
        return ("total",)
    if role is not Role.DATA:
        return ("row", row)
    return ("number", first) if isinstance(first, (int, float)) else ("texts", *words)


def _beside(rows: Rows, segment: Segment) -> Segment:
    """The table without the merged cell that names the whole block to its left."""
    merge = rows.grid.cover.get((segment.header[0], segment.left))
    if merge is None or not segment.headed or not segment.body or merge.right >= segment.right:
        return segment
    if merge.top > segment.header[0] or merge.bottom < segment.body[0]:
        return segment
    return replace(segment, left=merge.right + 1, side=(merge.top, merge.left))


def _parted(rows: Rows, segment: Segment) -> tuple[tuple[int, ...], int | None]:
    """The notes that belong to a table, and the row where the titles of the next one begin."""
    end = segment.body[-1] if segment.body else segment.header[1]
    notes: list[int] = []
    previous = end
    for row in segment.notes:
        follows = bool(notes) and row == previous + 1 and not rows.title_like(row)
        if row > end and not rows.noted(row) and not follows:
            return tuple(notes), row
        notes.append(row)
        previous = row
    return tuple(notes), None
