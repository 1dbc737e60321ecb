"""Which rows are the header of a table."""

from __future__ import annotations

from dataclasses import dataclass

from wenxiao.sheets.cells.wording import is_latin, is_unit_label
from wenxiao.sheets.layout.periods import is_period
from wenxiao.sheets.layout.rows import Line, Rows, only_unit

MOST_HEADER_ROWS = 6
LOOK_AHEAD = 60
"""How many rows above its first figures a table can have; a title page is longer and is no table."""


@dataclass(frozen=True, slots=True)
class Header:
    """First and last header row (first > last where there is none), and those that only number the columns."""

    first: int
    last: int
    numbering: tuple[int, ...] = ()


def header_from(rows: Rows, start: int) -> Header | None:
    """The header of the table at or below a row, or None where nothing like a table follows."""
    held = rows.held(start, most=LOOK_AHEAD)
    data = next((row for row in held if rows.data(row)), None)
    words = [
        row
        for row in held
        if (data is None or row < data)
        and (rows.lines[row] == Line.WORDS or rows.years(row))
        and not rows.meta(row)
        and not rows.titles(row)
    ]
    # A title with the unit beside it, on one line, is no header where another line of words follows.
    words = [row for row in words if not rows.captioned(row)] or words
    if not words:
        if data is None:
            return None
        late = next(
            (
                row
                for row in held
                if data < row <= data + 4 and rows.lines[row] == Line.WORDS and rows.named(row)
            ),
            None,
        )
        if late is None or rows.filled[data] * 2 > rows.filled[late]:
            return Header(data, data - 1)
        words, data = [late], next((row for row in held if row > late and rows.data(row)), None)
    widest = max(rows.spread(row) for row in words[:MOST_HEADER_ROWS])
    first = next((row for row in words if rows.spread(row) * 2 >= widest or rows.hits(row)), words[0])
    return header_at(rows, _groups(rows, _fuller(rows, first, words), words), data)


def _groups(rows: Rows, first: int, words: list[int]) -> int:
    """The first of the rows right above a header that name groups of its columns, each cell over a part of them."""
    while first - 1 in words and rows.filled[first - 1] > 1:
        if rows.first_free(first - 1) == rows.first_free(first):
            break
        first -= 1
    return first


def _fuller(rows: Rows, first: int, words: list[int]) -> int:
    """A row right below that is a header by itself, where the first one is poorer and does not reach over it."""
    if rows.named(first) or any(merge.top == first and merge.wide for merge in rows.grid.merges):
        return first
    row = first + 1
    if (
        row not in words
        or rows.first_free(row)
        or not rows.named(row)
        or rows.spread(row) <= rows.spread(first)
    ):
        return first
    return row


def header_at(rows: Rows, first: int, data: int | None) -> Header:
    """The header that begins in a row, down to where its last line is; `data` is the first row of figures."""
    last, numbering = first, []
    for row in range(first + 1, min(first + MOST_HEADER_ROWS, rows.grid.height)):
        if rows.numbering(row) or (rows.describes(row) and not is_unit_label(rows.first_text(row))):
            numbering.append(row)
        elif not (
            rows.describes(row)
            or _merged_down(rows, first, last, row, data)
            or (rows.years(row) and (rows.first_free(row) or _cornered(rows, first, last)))
            or (rows.lines[row] in (Line.LONE, Line.WORDS) and _continues(rows, first, last, row, data))
        ):
            break
        last = row
    return Header(first, last, tuple(numbering))


def _continues(rows: Rows, first: int, last: int, row: int, data: int | None) -> bool:
    """Whether a row of texts goes on with the header above it: units, a translation, or names below a group."""
    words = rows.words(row)
    if all(only_unit(word) for word in words):
        return True
    if all(is_latin(word) for word in words):
        return not all(is_latin(word) for word in rows.words(first))
    if _parallel(rows, last, row):
        return False
    if rows.first_free(row) and data is not None and row < data:
        return True
    if rows.repeats_above(row) and data is not None and row < data:
        return True
    if _cornered(rows, first, last) and data is not None and row < data and _heads(rows, row):
        return True
    return any(
        merge.wide
        and merge.bottom == last
        and first <= merge.top
        and rows.left <= merge.left
        and merge.right <= rows.right
        and sum(bool(rows.grid.text(row, column)) for column in range(merge.left, merge.right + 1)) >= 2
        for merge in rows.grid.merges
    )


def _merged_down(rows: Rows, first: int, last: int, row: int, data: int | None) -> bool:
    """Whether a header cell reaches down to a row; one that reaches into the figures names the block beside it."""
    parallel = _parallel(rows, last, row)
    return any(
        first <= merge.top <= last
        and merge.bottom >= row
        and rows.left <= merge.left <= rows.right
        and (data is None or merge.bottom < data)
        and (not parallel or (rows.is_first(merge.left) and data in rows.held(merge.bottom + 1, most=1)))
        for merge in rows.grid.merges
    )


def _cornered(rows: Rows, first: int, last: int) -> bool:
    """Whether the header so far leaves its corner free, so that the label of the names stands further down."""
    return all(rows.first_free(row) for row in range(first, last + 1))


def _heads(rows: Rows, row: int) -> bool:
    """Whether a row of texts heads columns: it has a known header, or periods or units beside its first text."""
    label, *others = rows.words(row) or [""]
    return (
        bool(rows.known.kinds_of(label))
        or rows.hits(row) > 0
        or all(is_period(w) or only_unit(w) for w in others)
    )


def _parallel(rows: Rows, above: int, row: int) -> bool:
    """Whether a row is merged across just as the one above: then it is filled in under it, not a part of it."""
    flat = [merge for merge in rows.grid.merges if merge.wide and not merge.tall]
    over = {(merge.left, merge.right) for merge in flat if merge.top == above}
    return any((merge.left, merge.right) in over for merge in flat if merge.top == row)
