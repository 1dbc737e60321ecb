"""How wide the columns and how high the rows of a printed table are: programs do not find that out by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wenxiao.reports.hand_over.printed import Content, Number, PrintedTable
from wenxiao.reports.working_paper.book import text_width

UPRIGHT = 78
"""Widths of columns that fit an upright page at full size; a wider table lies on its side."""
LYING = 118
_HALF = 0.8
"""A small table still fills this share of the page's width."""
_NARROWEST, _SLIM, _WIDEST, _WORDS = 9.0, 15.0, 46.0, 40.0
LINE, LEAST = 15.0, 19.5
"""Points of a line of text, and of the least row."""


def widths_of(table: PrintedTable) -> list[float]:
    """The width of each column: its widest figure whole, words up to a limit, the table no narrower than half a page."""
    widths = []
    for column, head in enumerate(table.columns):
        cells = [
            words_of(row.cells[column])
            for row in table.rows
            if row.kind != "group" and column < len(row.cells)
        ]
        most = max((text_width(line) for text in cells for line in text.split("\n")), default=0)
        least = max(map(text_width, (head.head.partition("（")[0], "（" + head.head.partition("（")[2])))
        limit = _WORDS if head.words else _WIDEST
        widths.append(min(max(most * 1.12 + 2, min(least, 18) * 1.12 + 2, _NARROWEST), limit))
    total = sum(widths)
    if total < UPRIGHT * _HALF:
        return [width * UPRIGHT * _HALF / total for width in widths]
    spare = sum(
        max(width - _SLIM, 0) for width, column in zip(widths, table.columns, strict=True) if column.words
    )
    room = UPRIGHT if total - UPRIGHT <= spare else LYING
    if total - room > 0 and spare:  # words may break into more lines, so that the page is not made small
        share = min((total - room) / spare, 1)
        return [
            width - share * max(width - _SLIM, 0) if column.words else width
            for width, column in zip(widths, table.columns, strict=True)
        ]
    return widths


def is_centred(table: PrintedTable, column: int) -> bool:
    """Whether a column of words is centred: short names and marks are, sentences are not."""
    if not table.columns[column].words:
        return False
    if column < table.merged:
        return True
    texts = [
        words_of(row.cells[column]) for row in table.rows if row.kind != "group" and column < len(row.cells)
    ]
    return not any(row.level for row in table.rows) and all(text_width(text) <= 20 for text in texts)


def heights_of(table: PrintedTable, widths: Sequence[float]) -> list[float]:
    """The height of each row: what its own cells take, and a share of what a cell merged over several takes.

    The heading of a group is one line across.
    """
    merged = table.merged
    heights = [
        LEAST
        if row.kind == "group"
        else height_of([words_of(each) for each in row.cells[merged:]], widths[merged:])
        for row in table.rows
    ]
    for column in range(merged):
        for first, after in spans(table, column):
            wanted = height_of([words_of(table.rows[first].cells[column])], [widths[column]])
            lacking = wanted - sum(heights[first:after])
            for row in range(first, after):
                heights[row] += max(lacking, 0) / (after - first)
    return heights


def spans(table: PrintedTable, column: int) -> Iterator[tuple[int, int]]:
    """The rows that each cell of a merged column stands for: first, and the one after the last."""
    rows = table.rows
    first = 0
    while first < len(rows):
        after = first + 1
        while after < len(rows) and rows[after].kind == "data" and rows[after].cells[column] == "":
            after += 1
        yield first, after
        first = after


def height_of(texts: Sequence[str], widths: Sequence[float]) -> float:
    """The height of a row of these texts, in points."""
    lines = max((lines_of(text, width) for text, width in zip(texts, widths, strict=False)), default=1)
    return min(max(LINE * lines + 4.5, LEAST), 400)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column."""
    return sum(-(-max(text_width(part), 1) // max(int(width / 1.12 - 1), 1)) for part in text.split("\n"))


def words_of(content: Content) -> str:
    """What a cell says."""
    return content.text if isinstance(content, Number) else content
