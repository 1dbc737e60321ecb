"""How the sheets of a review look: their paper, title and header, and how a cell is filled."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wenxiao.display.workbook import OutputWorkbook
from wenxiao.model import Measure
from wenxiao.reports.working_paper.text import cell_text

HEAD, TOP = 2, 3
"""The row of the header, and the first below it."""


class Looks:
    """The formats of the book."""

    def __init__(self, book: OutputWorkbook) -> None:
        base: dict[str, Any] = {
            "font_name": "仿宋",
            "font_size": 10.5,
            "valign": "vcenter",
            "text_wrap": True,
        }
        cell, grey = {**base, "border": 1}, {"bg_color": "#F0F2F5"}
        self.title: Format = book.add_format(
            {**base, "font_name": "黑体", "font_size": 14, "text_wrap": False}
        )
        self.meta = book.add_format({**base, "text_wrap": False})
        self.head = book.add_format({**cell, **grey, "font_name": "黑体", "align": "center"})
        self.text = book.add_format(cell)
        self.centred = book.add_format({**cell, "align": "center"})
        self.points = book.add_format({**cell, "align": "right", "num_format": "0.00"})
        self.own = book.add_format({**cell, "bg_color": "#FFFBE6"})
        self.own_points = book.add_format({**cell, "bg_color": "#FFFBE6", "align": "right"})
        self.total = book.add_format({**cell, **grey, "bold": True, "align": "right", "num_format": "0.00"})
        self.aside = book.add_format({**cell, "italic": True, "font_color": "#57606A"})
        self.note = book.add_format({**base, "font_size": 9, "font_color": "#57606A", "text_wrap": False})


def begin(page: Worksheet, title: str, columns: Mapping[str, int], looks: Looks) -> None:
    """Sets paper, title and header of a sheet."""
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, cell_text(title), looks.title)
    page.set_row(0, 26)
    for column, (head, width) in enumerate(columns.items()):
        page.set_column(column, column, width)
        page.write_string(HEAD, column, head, looks.head)
    page.set_row(HEAD, 30)
    page.repeat_rows(HEAD)
    page.freeze_panes(TOP, 3)


def write(page: Worksheet, line: int, column: int, content: str | Decimal, look: Format) -> None:
    """Writes a number, a text, or an empty cell."""
    if isinstance(content, Decimal):
        page.write_number(line, column, float(content), look)
    elif content:
        page.write_string(line, column, cell_text(content), look)
    else:
        page.write_blank(line, column, None, look)


def value_of(measure: Measure) -> float | str:
    """The result of a formula as the file keeps it; '' where it gives none."""
    return "" if measure.number is None else float(measure.number)
