"""报告用表: the tables of a report in the order of its outline, one a sheet, in the dress of an official report, ready for A4 and for the clipboard.

Only two things are merged: the notes below a table, which need its whole width, and the upper levels of 指标体系评分表, because
the form that reports copy (10号 附件) has them merged, and a table pasted into a document keeps what it has. Captions are centred
across their columns without merging.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wenxiao.display.workbook import OutputWorkbook
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.filled import filled
from wenxiao.reports.hand_over.printed import Number, PrintedRow, PrintedTable
from wenxiao.reports.hand_over.table_layout import (
    LEAST,
    LINE,
    LYING,
    UPRIGHT,
    height_of,
    heights_of,
    is_centred,
    lines_of,
    spans,
    widths_of,
    words_of,
)
from wenxiao.reports.working_paper.text import cell_text, number_format, sheet_name

_TEXT, _HEADS = "仿宋", "黑体"
_SIZE, _SMALL, _CAPTION = 10.5, 9, 12
_CAPTION_ROW, _UNIT_ROW, _HEAD_ROW = 0, 1, 2
_CONTENTS = "目录"
_SMALLEST = 1.34
_PAGE = 400
"""Points of rows that fit on one page on its side."""


def report_tables(delivery: Delivery) -> bytes:
    """The workbook 报告用表.xlsx: a contents sheet, then a table a sheet; the same bytes each time."""
    tables = filled(delivery).tables
    held = BytesIO()
    title = cell_text(delivery.title)
    book = OutputWorkbook(
        held,
        {"title": f"{title[:200]} 报告用表", "subject": delivery.mark},
        default_format_properties={"font_name": _TEXT, "font_size": _SIZE},
    )
    looks = _Looks(book)
    contents = book.add_worksheet(_CONTENTS)
    names: dict[str, str] = {}
    sheets = []
    for table in tables:
        name = sheet_name(f"{table.label.replace(' ', '')} {table.title}", names)
        names[name.lower()] = name
        sheets.append((name, table))
        page = book.add_worksheet(name)
        _paper(page, delivery)
        _table(page, table, looks)
    _contents(contents, delivery, sheets, looks)
    _paper(contents, delivery)
    book.close()
    return held.getvalue()


class _Looks:
    """The formats of the book, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            font = {"font_name": _TEXT, "font_size": _SIZE, "valign": "vcenter"}
            self._made[key] = self._book.add_format({**font, **properties})
        return self._made[key]

    def head(self, **properties: Any) -> Format:
        """A header: 黑体, centred, framed."""
        return self(font_name=_HEADS, border=1, align="center", text_wrap=True, **properties)

    def cell(self, **properties: Any) -> Format:
        """A cell of the body: framed."""
        return self(border=1, **properties)


def _paper(page: Worksheet, delivery: Delivery) -> None:
    """A4, a page wide, the edition at the top of each sheet of paper and its number below."""
    mark = delivery.mark.replace("&", "&&")
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.set_margins(left=0.9, right=0.9, top=1.0, bottom=0.9)
    page.set_header(f'&L&"{_TEXT}"&9{_header(delivery.title)}&R&"{_TEXT}"&9{mark}')
    page.set_footer(f'&C&"{_TEXT}"&9第 &P 页，共 &N 页')
    page.hide_gridlines(2)


def _header(title: str) -> str:
    """A title as the header of a page holds it: its codes begin with &, and 255 characters are all there may be.

    A title that begins with a digit would be read as the size of its letters.
    """
    text = " ".join(cell_text(title).split())[:60].replace("&", "&&")
    return f" {text}" if text[:1].isdigit() else text


def _table(page: Worksheet, table: PrintedTable, looks: _Looks) -> None:
    widths = widths_of(table)
    last = len(table.columns) - 1
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    _across(
        page,
        _CAPTION_ROW,
        last,
        table.caption,
        looks(font_name=_HEADS, font_size=_CAPTION, align="center_across"),
    )
    page.set_row(_CAPTION_ROW, 26)
    if table.unit:
        page.write_string(_UNIT_ROW, last, f"单位：{table.unit}", looks(align="right"))
    heads = [cell_text(column.head) for column in table.columns]
    for column, head in enumerate(heads):
        page.write_string(_HEAD_ROW, column, head, looks.head())
    page.set_row(_HEAD_ROW, height_of(heads, widths))
    row = _HEAD_ROW + 1
    heights = heights_of(table, widths)
    for each, height in zip(table.rows, heights, strict=True):
        _row(page, row, each, table, looks)
        page.set_row(row, height)
        row += 1
    for column in range(table.merged):
        _merge(page, table, column, looks, whole=sum(heights) < _PAGE)
    for line in table.below:
        _below(page, row, last, line, sum(widths), looks)
        row += 1
    page.repeat_rows(_CAPTION_ROW, _HEAD_ROW)
    page.freeze_panes(_HEAD_ROW + 1, 0)
    if sum(widths) > UPRIGHT + 0.5:
        page.set_landscape()
    across = max(round(sum(widths) / (LYING * _SMALLEST)), 1)
    if (
        across > 1
    ):  # smaller than three quarters nobody reads: it goes on to the right, its first column repeated
        page.fit_to_pages(across, 0)
        page.repeat_columns(0, 0)


def _row(page: Worksheet, row: int, each: PrintedRow, table: PrintedTable, looks: _Looks) -> None:
    bold = {"bold": True} if each.kind == "summary" else {}
    if each.kind == "group":
        _group(page, row, len(table.columns) - 1, words_of(each.cells[0]), looks)
        return
    for column, content in enumerate(each.cells):
        words = table.columns[column].words
        if isinstance(content, Number):
            look = number_format(content.unit, content.places, qualifier=content.qualifier)
            page.write_number(
                row,
                column,
                float(content.rounded),
                looks.cell(num_format=look, align="right", indent=1, **bold),
            )
            continue
        text = cell_text(content)
        align = "center" if is_centred(table, column) else "left" if words else "right"
        deep = each.level if column == 0 else 0 if words else 1
        indent = {"indent": deep} if deep and align != "center" else {}
        style = looks.cell(align=align, text_wrap=True, **indent, **bold)
        if text:
            page.write_string(row, column, text, style)
        else:
            page.write_blank(row, column, None, style)


def _merge(page: Worksheet, table: PrintedTable, column: int, looks: _Looks, *, whole: bool) -> None:
    """The cells of one level joined over the rows of what is below it; at the top where a page may part them."""
    style = looks.cell(align="center", text_wrap=True, valign="vcenter" if whole else "top")
    for first, after in spans(table, column):
        if after - first > 1:
            top, last = _HEAD_ROW + 1 + first, _HEAD_ROW + after
            page.merge_range(top, column, last, column, "", style)
            page.write_string(top, column, cell_text(words_of(table.rows[first].cells[column])), style)


def _below(page: Worksheet, row: int, last: int, line: str, width: float, looks: _Looks) -> None:
    text, style = cell_text(line), looks(font_size=_SMALL, text_wrap=True, valign="top")
    if last:
        page.merge_range(row, 0, row, last, "", style)
    page.write_string(row, 0, text, style)
    page.set_row(row, LINE * lines_of(text, width * _SIZE / _SMALL))


def _group(page: Worksheet, row: int, last: int, text: str, looks: _Looks) -> None:
    """The heading of a group over all columns, without merging them and without lines between them."""
    for column in range(last + 1):
        inner = {"left": 0} if column else {}
        inner |= {"right": 0} if column < last else {}
        style = looks.cell(font_name=_HEADS, align="left", **inner)
        if column:
            page.write_blank(row, column, None, style)
        else:
            page.write_string(row, column, cell_text(text), style)


def _across(page: Worksheet, row: int, last: int, text: str, style: Format) -> None:
    """A text over all columns of a table without merging them."""
    page.write_string(row, 0, cell_text(text), style)
    for column in range(1, last + 1):
        page.write_blank(row, column, None, style)


def _contents(
    page: Worksheet, delivery: Delivery, sheets: Sequence[tuple[str, PrintedTable]], looks: _Looks
) -> None:
    page.set_column(0, 0, 10)
    page.set_column(1, 1, 68)
    title = cell_text(" ".join(delivery.title.split()))
    page.merge_range(0, 0, 0, 1, "", looks(font_name=_HEADS, font_size=14, text_wrap=True))
    page.write_string(0, 0, title, looks(font_name=_HEADS, font_size=14, text_wrap=True))
    page.set_row(0, height_of([title], [78 * 10.5 / 14]) + 9)
    page.write_string(1, 0, f"报告用表 · {delivery.mark}", looks())
    for column, head in enumerate(("编号", "表名")):
        page.write_string(2, column, head, looks.head())
    for row, (name, table) in enumerate(sheets, 3):
        target = "internal:'" + name.replace("'", "''") + "'!A1"
        page.write_string(row, 0, table.label, looks.cell(align="center"))
        page.write_url(row, 1, target, looks.cell(font_color="#1f4e79", indent=1), cell_text(table.title))
        page.set_row(row, LEAST)
    row = len(sheets) + 3
    for line in (
        "数字为报告中的位数（四舍五入），可直接复制到文字处理软件；公式和出处见工作底稿。",
        "“未提供”指资料中没有该数，不作 0 处理。",
    ):
        page.write_string(row, 0, line, looks(font_size=_SMALL))
        row += 1
