"""Bytes of a workbook from its sheets: .xlsx, .xls and GB18030 .csv, the same on every run and machine."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import PurePath

import xlsxwriter
import xlwt  # type: ignore[import-untyped]

from .layout import Number, Placed, Sheet, Style

CREATED = datetime(2026, 11, 21, tzinfo=UTC)
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
HEIGHTS = {Style.TITLE: 30, Style.HEADER: 22}
DATE_PATTERN = "yyyy-mm-dd"


def workbook_bytes(name: str, sheets: Sequence[Sheet]) -> bytes:
    """The file's bytes in the format that the suffix of its name asks for."""
    suffix = PurePath(name).suffix
    if suffix == ".xlsx":
        return xlsx_bytes(sheets)
    if suffix == ".xls":
        return xls_bytes(sheets)
    if suffix == ".csv" and len(sheets) == 1:
        return csv_bytes(sheets[0])
    raise ValueError(f"{name}: write .xlsx, .xls, or .csv with a single sheet")


def pattern(cell: Placed) -> str:
    """The number format of a cell."""
    if isinstance(cell.value, Number):
        return cell.value.pattern
    return DATE_PATTERN if isinstance(cell.value, date) else "General"


def height(cell: Placed, sheet: Sheet) -> float:
    """The height of a one-row cell's row in points, tall enough for its wrapped text."""
    if not isinstance(cell.value, str) or cell.style in HEIGHTS:
        return HEIGHTS.get(cell.style, 20)
    room = sum(sheet.widths[cell.column : cell.last_column + 1]) // 2
    lines = -(-len(cell.value) // max(room - 1, 1))
    return max(20, 15 * lines + 4)


def row_heights(sheet: Sheet) -> dict[int, float]:
    """The height of each row by its index."""
    heights: dict[int, float] = {}
    for cell in sheet.placed():
        if cell.row == cell.last_row:
            heights[cell.row] = max(heights.get(cell.row, 0), height(cell, sheet))
    return heights


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx, its parts stored without compression so that no build of zlib changes the bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": CREATED})
    formats: dict[tuple[Style, str], xlsxwriter.format.Format] = {}

    def format_of(cell: Placed) -> xlsxwriter.format.Format:
        key = (cell.style, pattern(cell))
        if key not in formats:
            formats[key] = book.add_format(xlsx_format(*key))
        return formats[key]

    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        if sheet.landscape:
            page.set_landscape()
        for column, width in enumerate(sheet.widths):
            page.set_column(column, column, width)
        for row, points in row_heights(sheet).items():
            page.set_row(row, points)
        for cell in sheet.placed():
            style = format_of(cell)
            if (cell.row, cell.column) != (cell.last_row, cell.last_column):
                page.merge_range(cell.row, cell.column, cell.last_row, cell.last_column, "", style)
            if isinstance(cell.value, Number):
                page.write_number(cell.row, cell.column, float(cell.value.value), style)
            elif isinstance(cell.value, date):
                page.write_datetime(cell.row, cell.column, cell.value, style)
            elif cell.value is None:
                page.write_blank(cell.row, cell.column, None, style)
            else:
                page.write_string(cell.row, cell.column, cell.value, style)
    book.close()
    return repacked(buffer.getvalue())


def xlsx_format(style: Style, number_format: str) -> dict[str, object]:
    """The xlsxwriter properties of a part of the sheet."""
    properties: dict[str, object] = {
        "font_name": "宋体",
        "font_size": 11,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "num_format": number_format,
    }
    match style:
        case Style.TITLE:
            properties |= {"font_name": "黑体", "font_size": 16}
        case Style.FILLER | Style.NOTE:
            properties |= {"align": "left", "font_size": 10}
        case Style.UNIT:
            properties |= {"align": "right", "font_size": 10}
        case Style.HEADER:
            properties |= {"font_name": "黑体", "border": 1}
        case Style.TOTAL:
            properties |= {"bold": True, "border": 1}
        case Style.SECTION | Style.LONG:
            properties |= {"align": "left", "bold": style is Style.SECTION, "border": 1}
        case Style.BODY:
            properties |= {"border": 1}
    return properties


def repacked(archive: bytes) -> bytes:
    """The same zip archive with stored parts, one date and one system of origin."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, ZIP_EPOCH)
            part.create_system = 0
            part.external_attr = 0
            packed.writestr(part, source.read(name), zipfile.ZIP_STORED)
    return target.getvalue()


def xls_bytes(sheets: Sequence[Sheet]) -> bytes:
    """An .xls (BIFF8) as old office programs save it."""
    book = xlwt.Workbook(encoding="utf-8")
    styles: dict[tuple[Style, str], xlwt.XFStyle] = {}
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        page.portrait = not sheet.landscape
        page.paper_size_code = 9
        page.fit_num_pages = 1
        page.fit_height_to_pages = 0
        for column, width in enumerate(sheet.widths):
            page.col(column).width = width * 256
        for row, points in row_heights(sheet).items():
            page.row(row).height_mismatch = True
            page.row(row).height = int(points * 20)
        for cell in sheet.placed():
            key = (cell.style, pattern(cell))
            if key not in styles:
                styles[key] = xlwt.easyxf(xls_style(cell.style), num_format_str=key[1])
            value = float(cell.value.value) if isinstance(cell.value, Number) else cell.value
            if (cell.row, cell.column) == (cell.last_row, cell.last_column):
                page.write(cell.row, cell.column, value, styles[key])
            else:
                page.write_merge(cell.row, cell.last_row, cell.column, cell.last_column, value, styles[key])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xls_style(style: Style) -> str:
    """The xlwt style text of a part of the sheet."""
    font, size, bold, align, border = "宋体", 11, "off", "center", True
    match style:
        case Style.TITLE:
            font, size, border = "黑体", 16, False
        case Style.FILLER | Style.NOTE:
            size, align, border = 10, "left", False
        case Style.UNIT:
            size, align, border = 10, "right", False
        case Style.HEADER:
            font = "黑体"
        case Style.TOTAL:
            bold = "on"
        case Style.SECTION:
            bold, align = "on", "left"
        case Style.LONG:
            align = "left"
    text = f"font: name {font}, height {size * 20}, bold {bold}; align: horiz {align}, vert center, wrap on"
    return text + ("; borders: left thin, right thin, top thin, bottom thin" if border else "")


def csv_bytes(sheet: Sheet) -> bytes:
    """A comma-separated file as a Chinese Excel exports it: GB18030, CRLF, blanks for what a merge covers."""
    cells = {(cell.row, cell.column): cell.value for cell in sheet.placed()}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in range(max(row for row, _ in cells) + 1):
        values = (cells.get((row, column)) for column in range(len(sheet.widths)))
        writer.writerow(value.shown if isinstance(value, Number) else value for value in values)
    return text.getvalue().encode("gb18030")
