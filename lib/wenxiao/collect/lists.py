"""Workbooks that are lists of texts: one list a sheet, its title above, a filter on its header, nothing that is a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from wenxiao.display.workbook import OutputWorkbook

MOST_TEXT = 32_000
"""A cell holds 32,767 characters."""
_WIDEST, _LOOKED_AT = 46, 200


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One list: its sheet's name, the title, a line that says what it is, the header, the rows, the lines below.

    `strong` are the words of which a cell stands out.
    """

    name: str
    title: str
    headers: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    said: str = ""
    below: Sequence[str] = ()
    strong: frozenset[str] = frozenset()


def workbook_of(title: str, sheets: Sequence[ListSheet]) -> bytes:
    """The bytes of a workbook of lists (xlsx), the same for the same lists."""
    held = io.BytesIO()
    with OutputWorkbook(held, {"title": title}) as book:
        write_lists(book, sheets)
    return held.getvalue()


def write_lists(book: xlsxwriter.Workbook, sheets: Sequence[ListSheet]) -> None:
    """Adds the lists to the workbook as sheets."""
    base: dict[str, Any] = {"font_size": 11, "valign": "vcenter"}
    cell = {**base, "border": 1, "border_color": "#D0D7DE", "text_wrap": True}
    title = book.add_format({**base, "bold": True, "font_size": 14})
    said = book.add_format({**base, "font_color": "#57606A"})
    header = book.add_format({**cell, "bold": True, "bg_color": "#F0F2F5", "align": "center"})
    plain, strong = book.add_format(cell), book.add_format({**cell, "bold": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.write_string(0, 0, sheet.title, title)
        page.write_string(1, 0, sheet.said, said)
        for column, name in enumerate(sheet.headers):
            page.write_string(2, column, name, header)
            page.set_column(column, column, width([name, *(row[column] for row in sheet.rows[:_LOOKED_AT])]))
        for line, row in enumerate(sheet.rows, start=3):
            for column, text in enumerate(row):
                page.write_string(line, column, text[:MOST_TEXT], strong if text in sheet.strong else plain)
        for line, text in enumerate(sheet.below, start=4 + len(sheet.rows)):
            page.write_string(line, 0, text[:MOST_TEXT], said)
        if sheet.rows:
            page.autofilter(2, 0, 2 + len(sheet.rows), len(sheet.headers) - 1)
        page.freeze_panes(3, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(2)


def width(texts: Sequence[str]) -> int:
    """The width of a column that holds these texts; a Chinese character takes two."""
    longest = max((sum(1 + (sign > "\u2e7f") for sign in text) for text in texts), default=0)
    return min(max(longest + 2, 9), _WIDEST)
