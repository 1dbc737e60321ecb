"""Where the tables of a sheet are: title lines, header rows, body rows and notes of each, stacked or side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from wenxiao.sheets.grid import Grid, Texture
from wenxiao.sheets.vocabulary import Vocabulary
from wenxiao.sheets.wording import compact, is_caption, is_latin, is_meta, is_note, is_numbering, is_section

MOST_HEADER_ROWS = 6


class Line(IntEnum):
    """What a row looks like within a block of columns."""

    BLANK = 0
    LONE = 1
    """One text and nothing else: a title, a note, a heading of a group, or a row whose figures are absent."""
    WORDS = 2
    """Texts only: a header, or a row of a table of texts."""
    DATA = 3


@dataclass(frozen=True)
class Segment:
    """One table within a sheet: 0-based rows and columns, both ends included.

    `header` is empty (first > last) where the table has none; `numbering` are header rows that only number the columns;
    `side` is the cell to the left that names the whole block (绩效指标 beside its rows).
    """

    left: int
    right: int
    header: tuple[int, int]
    body: tuple[int, ...]
    titles: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    numbering: tuple[int, ...] = ()
    side: tuple[int, int] | None = None

    @property
    def header_rows(self) -> range:
        """The header rows, those that only number the columns included."""
        return range(self.header[0], self.header[1] + 1)

    @property
    def rows(self) -> tuple[int, ...]:
        """Every row that is part of the table, from the title to the notes."""
        return tuple(sorted({*self.titles, *self.header_rows, *self.body, *self.notes}))


def segments_of(grid: Grid, known: Vocabulary) -> tuple[Segment, ...]:
    """The tables of a sheet, by row, then by column."""
    if grid.height == 0 or grid.width == 0:
        return ()
    found: list[Segment] = []
    for left, right in _blocks(grid, known):
        for segment in _Stack(grid, left, right, known).segments():
            found.extend(_side_by_side(grid, segment, known))
    return tuple(sorted(found, key=lambda one: (one.rows[0] if one.rows else 0, one.left)))


def _blocks(grid: Grid, known: Vocabulary) -> list[tuple[int, int]]:
    """The columns cut where an empty column parts tables that are out of step with each other."""
    parts = _parts(grid, range(grid.height), 0, grid.width - 1)
    if len(parts) == 1:
        return [(0, grid.width - 1)]
    blocks = [parts[0]]
    for left, right in parts[1:]:
        before = blocks[-1]
        if _out_of_step(grid, before, (left, right), known):
            blocks.append((left, right))
        else:
            blocks[-1] = (before[0], right)
    return blocks if len(blocks) > 1 else [(0, grid.width - 1)]


def _parts(grid: Grid, rows: range | tuple[int, ...], left: int, right: int) -> list[tuple[int, int]]:
    """The runs of columns between empty ones; a cell covered by a wide merge holds its columns together."""
    textures = grid.textures[list(rows), left : right + 1] if isinstance(rows, tuple) else grid.textures[:, left : right + 1]
    holds = (textures != Texture.EMPTY).any(axis=0)
    parts: list[tuple[int, int]] = []
    for offset in np.flatnonzero(holds).tolist():
        column = left + offset
        if parts and parts[-1][1] == column - 1:
            parts[-1] = (parts[-1][0], column)
        else:
            parts.append((column, column))
    return parts


def _out_of_step(grid: Grid, first: tuple[int, int], second: tuple[int, int], known: Vocabulary) -> bool:
    """Whether both runs of columns hold tables of their own whose headers stand in different rows."""
    tables = [_Stack(grid, *columns, known).segments() for columns in (first, second)]
    if not all(
        segments and any(_stands_alone(grid, segment) for segment in segments) for segments in tables
    ):
        return False
    starts = [{segment.header[0] for segment in segments} for segments in tables]
    return starts[0].isdisjoint(starts[1])


def _stands_alone(grid: Grid, segment: Segment) -> bool:
    """Whether a table has a header, names for its rows, and something beside the names."""
    if segment.header[0] > segment.header[1] or not segment.body or segment.right == segment.left:
        return False
    body = grid.textures[list(segment.body), segment.left : segment.right + 1]
    words = (body == Texture.TEXT).sum(axis=0) * 2 >= len(segment.body)
    values = (body == Texture.NUMBER) | (body == Texture.FIGURE)
    figures = values.sum(axis=0) * 2 >= len(segment.body)
    return bool(words[:2].any()) and (bool(figures[1:].any()) or int(words.sum()) >= 2)


def _side_by_side(grid: Grid, segment: Segment, known: Vocabulary) -> list[Segment]:
    """The tables that share the rows of one segment, each with the titles above its own columns."""
    cuts = _repeats(grid, segment) or _own_titles(grid, segment, known)
    if not cuts:
        return [segment]
    edges = [segment.left, *cuts, segment.right + 1]
    tables = []
    for left, after in zip(edges, edges[1:], strict=False):
        right = after - 1
        while right > left and _empty(grid, segment, right):
            right -= 1
        body = tuple(
            row
            for row in segment.body
            if ((grid.textures[row, left : right + 1] != Texture.EMPTY).any())
        )
        own = tuple(
            row
            for row in segment.titles
            if (grid.textures[row, left : right + 1] != Texture.EMPTY).any()
            or not any((grid.textures[row, other:end] != Texture.EMPTY).any() for other, end in zip(edges[1:], edges[2:], strict=False))
        )
        tables.append(replace(segment, left=left, right=right, body=body, titles=own))
    return tables


def _empty(grid: Grid, segment: Segment, column: int) -> bool:
    rows = [*segment.header_rows, *segment.body]
    return bool((grid.textures[rows, column] == Texture.EMPTY).all())


def _repeats(grid: Grid, segment: Segment) -> list[int]:
    """The columns at which the first name of the header stands again, so that a second table begins there."""
    for row in segment.header_rows:
        names = [compact(grid.text(row, column)) for column in range(segment.left, segment.right + 1)]
        first = next((name for name in names if name), "")
        again = [
            segment.left + offset
            for offset, name in enumerate(names)
            if first and name == first and offset - names.index(first) >= 2
        ]
        if first and again and names.index(first) == 0:
            return again
    return []


def _own_titles(grid: Grid, segment: Segment, known: Vocabulary) -> list[int]:
    """The columns after an empty one from which on a table has a title of its own above a header of its own."""
    rows = (*segment.header_rows, *segment.body)
    parts = _parts(grid, rows, segment.left, segment.right)
    cuts: list[int] = []
    for before, (left, right) in zip(parts, parts[1:], strict=False):
        titled = any(
            grid.textures[row, left : right + 1].tolist().count(Texture.TEXT) >= 1
            and grid.textures[row, before[0] : before[1] + 1].tolist().count(Texture.TEXT) >= 1
            and all(
                not is_meta(grid.text(row, column))
                for column in (*range(left, right + 1), *range(before[0], before[1] + 1))
                if grid.text(row, column)
            )
            for row in segment.titles
        )
        part = replace(segment, left=left, right=right)
        if titled and _stands_alone(grid, part) and _stands_alone(grid, replace(segment, left=before[0], right=before[1])):
            cuts.append(left)
    return cuts


class _Stack:
    """The tables that stand one above the other within one block of columns."""

    def __init__(self, grid: Grid, left: int, right: int, known: Vocabulary) -> None:
        self.grid, self.left, self.right, self.known = grid, left, right, known
        self.textures = grid.textures[:, left : right + 1]
        self.filled = ((self.textures != Texture.EMPTY) & (self.textures != Texture.COVERED)).sum(axis=1)
        self.texts = (self.textures == Texture.TEXT).sum(axis=1)
        self.lines = self._lines()

    def _lines(self) -> NDArray[np.int8]:
        lines = np.full(self.grid.height, Line.DATA, np.int8)
        lines[self.filled == 0] = Line.BLANK
        words = (self.texts == self.filled) & (self.filled > 0)
        lines[words] = Line.WORDS
        lines[words & (self.filled == 1)] = Line.LONE
        return lines

    def segments(self) -> list[Segment]:
        """The tables from top to bottom."""
        found: list[Segment] = []
        row = 0
        while row < self.grid.height:
            header = self._header_from(row)
            if header is None:
                break
            first, last, numbering = header
            if (head := self._head(row, first)) is not None:
                found.append(head)
                row = head.body[-1] + 1
                continue
            following = self._next_table(last + 1, header)
            end = following if following is not None else self.grid.height
            segment = self._beside(self._segment(row, first, last, numbering, end))
            if following is None:
                found.append(segment)
                break
            notes, titles = self._parted(segment)
            found.append(replace(segment, notes=notes))
            row = titles if titles is not None else following
        return [segment for segment in found if segment.body or segment.header[0] <= segment.header[1]]

    def _head(self, row: int, first: int) -> Segment | None:
        """The particulars of a project that stand above the first table of a form, or None where none do."""
        anchor = next(
            (
                index
                for index in range(first, min(first + 30, self.grid.height))
                if self.lines[index] == Line.WORDS and self._named(index) and self._hits(index)[0] >= 3
            ),
            None,
        )
        if anchor is None or anchor <= first:
            return None
        pairs = [index for index in range(first, anchor) if self._particulars(index)]
        if sum(self._particulars(index) for index in pairs) < 2 or self._says_content(first):
            return None
        titles = tuple(index for index in range(row, pairs[0]) if self.lines[index] != Line.BLANK)
        body = tuple(index for index in range(pairs[0], pairs[-1] + 1) if self.lines[index] != Line.BLANK)
        return Segment(self.left, self.right, (pairs[0], pairs[0] - 1), body, titles)

    def _particulars(self, row: int) -> int:
        """How many cells of a row name a particular and have something to their right."""
        cells = [self.grid.text(row, column) for column in self._range() if self.textures[row, column - self.left] not in (Texture.EMPTY, Texture.COVERED)]
        return sum(self.known.is_particular(cell) for cell in cells) if self.filled[row] <= 8 else 0

    def _says_content(self, row: int) -> bool:
        return self._hits(row)[0] >= 3

    # --- headers -----------------------------------------------------------------------------------------------

    def _header_from(self, row: int) -> tuple[int, int, tuple[int, ...]] | None:
        """First and last header row of the table at or below `row`, and the rows that number its columns."""
        rows = [index for index in range(row, self.grid.height) if self.lines[index] != Line.BLANK][:60]
        if not rows:
            return None
        data = next((index for index in rows if self._data(index)), None)
        words = [
            index
            for index in rows
            if (self.lines[index] == Line.WORDS or self._years(index)) and not self._meta(index) and (data is None or index < data)
        ]
        if not words:
            if data is None:
                return None
            late = [index for index in rows if self.lines[index] == Line.WORDS and data < index <= data + 4 and self._named(index)]
            if late and self.filled[data] * 2 <= self.filled[late[0]]:
                words = [late[0]]
            else:
                return data, data - 1, ()
        widest = max(self._spread(index) for index in words[:MOST_HEADER_ROWS])
        first = next(
            (index for index in words if self._spread(index) * 2 >= widest or self._hits(index)[0]), words[0]
        )
        last, numbering = self._header_to(first, data)
        return first, last, numbering

    def _header_to(self, first: int, data: int | None) -> tuple[int, tuple[int, ...]]:
        last, numbering = first, []
        for row in range(first + 1, min(first + MOST_HEADER_ROWS, self.grid.height)):
            if self._merged_down(first, last, row, data):
                last = row
            elif self.lines[row] == Line.BLANK:
                break
            elif self._numbers(row):
                numbering.append(row)
                last = row
            elif self._years(row) and self._first_free(row):
                last = row
            elif self.lines[row] == Line.DATA:
                break
            elif self._continues(first, last, row, data):
                last = row
            else:
                break
        return last, tuple(numbering)

    def _continues(self, first: int, last: int, row: int, data: int | None) -> bool:
        cells = [self.grid.text(row, column) for column in self._range() if self.grid.text(row, column)]
        if all(_unit_words(cell) for cell in cells):
            return True
        if all(is_latin(cell) for cell in cells):
            return not all(is_latin(self.grid.text(first, c)) for c in self._range() if self.grid.text(first, c))
        if self._parallel(last, row):
            return False
        if self._first_free(row) and data is not None and row < data:
            return True
        return any(
            merge.wide and merge.bottom == last and first <= merge.top and merge.left >= self.left and merge.right <= self.right
            and sum(bool(self.grid.text(row, column)) for column in range(merge.left, merge.right + 1)) >= 2
            for merge in self.grid.merges
        )  # fmt: skip

    def _merged_down(self, first: int, last: int, row: int, data: int | None) -> bool:
        """Whether a header cell reaches down to a row; one that reaches into the figures names the block beside it."""
        return not self._parallel(last, row) and any(
            first <= merge.top <= last
            and merge.bottom >= row
            and self.left <= merge.left <= self.right
            and (data is None or merge.bottom < data)
            for merge in self.grid.merges
        )

    def _parallel(self, above: int, row: int) -> bool:
        """Whether a row is merged across just as the one above: then it is filled in under it, not a part of it."""
        wide = {(m.top, m.left, m.right) for m in self.grid.merges if m.wide and m.top == m.bottom and m.top in (above, row)}
        spans = {(left, right) for top, left, right in wide if top == row}
        return any((above, left, right) in wide for left, right in spans)

    def _first_free(self, row: int) -> bool:
        held = np.flatnonzero((self.textures != Texture.EMPTY).any(axis=0))
        return bool(len(held)) and self.textures[row, held[0]] in (Texture.EMPTY, Texture.COVERED)

    def _numbers(self, row: int) -> bool:
        """Whether a row only numbers the columns: 甲 乙 1 2 3=1+2."""
        cells = [self.grid.at(row, column) for column in self._range() if self.textures[row, column - self.left] not in (Texture.EMPTY, Texture.COVERED)]
        if len(cells) < 3:
            return False
        digits: list[int] = []
        for cell in cells:
            if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                if cell != int(cell):
                    return False
                digits.append(int(cell))
            elif isinstance(cell, str) and is_numbering(cell):
                word = compact(cell).partition("=")[0].strip("()")
                digits.extend([int(word)] if word.isdigit() else [])
            else:
                return False
        return len(digits) >= 2 and digits == list(range(digits[0], digits[0] + len(digits))) and digits[0] in (0, 1)

    def _years(self, row: int) -> bool:
        """Whether the numbers of a row are years that follow each other, as a header has them."""
        cells = [self.grid.at(row, column) for column in self._range()]
        years = [cell for cell in cells if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
        if len(years) < 2 or self.filled[row] != self.texts[row] + len(years):
            return False
        if not all(year == int(year) and 1949 <= year <= 2100 for year in years):
            return False
        steps = {int(b) - int(a) for a, b in zip(years, years[1:], strict=False)}
        return len(set(years)) > 1 and steps <= {1, -1, -(len(set(years)) - 1), len(set(years)) - 1}

    def _data(self, row: int) -> bool:
        return self.lines[row] == Line.DATA and not self._years(row) and not self._meta(row)

    def _meta(self, row: int) -> bool:
        cells = [self.grid.text(row, column) for column in self._range() if self.grid.text(row, column)]
        return bool(cells) and len(cells) == self.filled[row] and all(is_meta(cell) for cell in cells)

    def _spread(self, row: int) -> int:
        """How many columns the cells of a row cover, merged ones with their width."""
        return int((self.textures[row] != Texture.EMPTY).sum())

    def _hits(self, row: int) -> tuple[int, int]:
        """How many cells of a row the registry knows as headers, of how many."""
        cells = [self.grid.text(row, column) for column in self._range() if self.grid.text(row, column)]
        return self.known.hits(cells), len(cells)

    def _named(self, row: int) -> bool:
        hits, cells = self._hits(row)
        return hits >= 2 and hits * 5 >= cells * 3

    def _range(self) -> range:
        return range(self.left, self.right + 1)

    # --- bodies ------------------------------------------------------------------------------------------------

    def _next_table(self, start: int, header: tuple[int, int, tuple[int, ...]]) -> int | None:
        """The first header row of the next table below, or None."""
        first = header[0]
        names = self._names(first) if first <= header[1] else ()
        for row in np.flatnonzero(self.lines[start:] == Line.WORDS).tolist():
            index = start + row
            if self._meta(index) or is_note(self._first_text(index)):
                continue
            if self._begins_table(index, names, start):
                return index
        return None

    def _begins_table(self, row: int, names: tuple[str, ...], start: int) -> bool:
        if names and self._names(row) == names:
            return True
        above = [index for index in range(max(start, row - 8), row) if self.lines[index] != Line.BLANK]
        lone = [index for index in above[::-1][:4]]
        lone = lone[: next((n for n, index in enumerate(lone) if self.lines[index] != Line.LONE and not self._meta(index)), len(lone))]
        parted = row > start and self.lines[row - 1] == Line.BLANK
        titled = any(self._title_like(index) for index in lone)
        if self._named(row) and not (lone and not titled and all(is_section(self._first_text(i)) for i in lone)):
            return True
        if not (parted or lone) or (lone and not titled and not parted):
            return False
        below = next((index for index in range(row + 1, min(row + 8, self.grid.height)) if self.lines[index] == Line.DATA), None)
        if below is not None:
            over = (self.textures[row] == Texture.TEXT) | (self.textures[row] == Texture.COVERED)
            figures = np.isin(self.textures[below], (Texture.NUMBER, Texture.FIGURE))
            return bool((over & figures)[1:].any()) and (titled or self._spread(row) * 2 >= self._spread(below))
        return titled and self.lines[lone[-1] - 1] == Line.BLANK if lone and lone[-1] > 0 else False

    def _title_like(self, row: int) -> bool:
        text = self._first_text(row)
        return is_caption(text) and not is_section(text)

    def _names(self, row: int) -> tuple[str, ...]:
        return tuple(compact(self.grid.text(row, column)) for column in self._range())

    def _first_text(self, row: int) -> str:
        return next((self.grid.text(row, column) for column in self._range() if self.grid.text(row, column)), "")

    def _segment(self, top: int, first: int, last: int, numbering: tuple[int, ...], end: int) -> Segment:
        """The table between two headers; the lines above the next header are still among its notes."""
        titles = tuple(row for row in range(top, first) if self.lines[row] != Line.BLANK)
        body = [row for row in range(last + 1, end) if self.lines[row] != Line.BLANK]
        notes: list[int] = []
        while body and self._below(body[-1], notes, body):
            notes.insert(0, body.pop())
        noted = next((n for n, row in enumerate(notes) if is_note(self._first_text(row)) or self._meta(row)), None)
        if noted is None and notes:
            kept = [row for row in notes if self._names_a_row(row, body)]
            if kept and kept == notes[: len(kept)]:
                body, notes = body + kept, notes[len(kept) :]
        elif noted is not None:
            kept = [row for row in notes[:noted] if self._names_a_row(row, body)]
            body, notes = body + kept, [row for row in notes if row not in kept]
        inner = [row for row in body if self.lines[row] == Line.LONE and is_note(self._first_text(row))]
        body = [row for row in body if row not in inner] if inner else body
        return Segment(self.left, self.right, (first, last), tuple(body), titles, tuple([*inner, *notes]), numbering)

    def _beside(self, segment: Segment) -> Segment:
        """The table without the merged cell that names the whole block to its left."""
        first, last = segment.header
        merge = self.grid.cover.get((first, segment.left))
        if merge is None or merge.top > first or first > last or merge.right >= segment.right:
            return segment
        reaches = bool(segment.body) and merge.bottom > last and merge.bottom >= segment.body[0]
        return replace(segment, left=merge.right + 1, side=(merge.top, merge.left)) if reaches else segment

    def _below(self, row: int, notes: list[int], body: list[int]) -> bool:
        """Whether a row at the end of the body stands below the table."""
        if self.lines[row] == Line.LONE:
            return True
        return self._meta(row) or is_note(self._first_text(row))

    def _names_a_row(self, row: int, body: list[int]) -> bool:
        """Whether a lone text is the name of a row whose figures are absent: it stands where the names stand, and is short."""
        text = self._first_text(row)
        if len(text) > 20 or is_note(text) or is_caption(text) or any(sign in text for sign in "。；：:"):
            return False
        column = int(np.flatnonzero(self.textures[row] == Texture.TEXT)[0])
        if (row, self.left + column) in self.grid.cover and self.grid.cover[row, self.left + column].wide:
            return False
        others = self.textures[body, column] if body else np.zeros(0, np.int8)
        return bool(len(others)) and float((others == Texture.TEXT).mean()) > 0.5

    def _parted(self, segment: Segment) -> tuple[tuple[int, ...], int | None]:
        """The notes that belong to a table, and the row where the titles of the next one begin."""
        notes: list[int] = []
        previous = segment.body[-1] if segment.body else segment.header[1]
        for row in segment.notes:
            text = self._first_text(row)
            fresh = row - previous > 1
            noted = bool(notes)
            if is_note(text) or (noted and not fresh and not self._title_like(row)) or row < (segment.body[-1] if segment.body else 0):
                notes.append(row)
            else:
                return tuple(notes), row
            previous = row
        return tuple(notes), None


def _unit_words(text: str) -> bool:
    word = compact(text)
    return (word.startswith("(") and word.endswith(")")) or word in {"元", "万元", "亿元", "%", "户", "栋", "个", "人", "平方米", "万平方米", "㎡", "分"}
