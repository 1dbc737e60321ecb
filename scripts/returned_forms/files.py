"""Bytes of a returned file from its pages, in the containers that counties use; the same on every run and machine."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import xlsxwriter
import xlwt  # type: ignore[import-untyped]
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl.utils import get_column_letter

from .figure import Written
from .page import Cell, Content, Formula, Page

CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_FORMATS: Mapping[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "header": {"bold": True, "text_wrap": True, "align": "center", "border": 1, "bg_color": "#F0F2F5"},
    "body": {"border": 1, "border_color": "#D0D7DE"},
    "note": {"font_color": "#57606A"},
}
Writer = Callable[[Sequence[Page]], bytes]


def xlsx(pages: Sequence[Page], marks: Mapping[str, str] | None = None) -> bytes:
    """An .xlsx; formulas carry what they showed, hidden sheets are hidden; `marks` are custom document properties."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(
        held,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    ) as book:
        book.set_properties({"created": CREATED})
        for name, value in (marks or {}).items():
            book.set_custom_property(name, value, "text")
        made: dict[tuple[str, str], xlsxwriter.format.Format] = {}
        for page in pages:
            sheet = book.add_worksheet(page.name)
            for column, width in page.widths.items():
                sheet.set_column(column, column, width)
            for top, left, bottom, right in page.merges:
                sheet.merge_range(top, left, bottom, right, "")
            for (row, column), cell in sorted(page.cells.items()):
                key = (cell.style, cell.pattern)
                if key not in made:
                    made[key] = book.add_format(_FORMATS[cell.style] | {"num_format": cell.pattern})
                if cell.content is None:
                    sheet.write_blank(row, column, None, made[key])
                elif isinstance(cell.content, Formula):
                    shows = _plain(cell.content.shows)
                    sheet.write_formula(
                        row, column, cell.content.text, made[key], "" if shows is None else shows
                    )
                elif isinstance(cell.content, Decimal):
                    sheet.write_number(row, column, float(cell.content), made[key])
                elif isinstance(cell.content, dt.date):
                    dated = book.add_format(_FORMATS[cell.style] | {"num_format": "yyyy-mm-dd"})
                    sheet.write_datetime(row, column, cell.content, dated)
                else:
                    sheet.write_string(row, column, cell.content[:32767], made[key])
            if page.hidden:
                sheet.hide()
    return fixed(held.getvalue())


def xls(pages: Sequence[Page]) -> bytes:
    """An .xls (BIFF8); a formula stands as its value, as xlwt cannot keep one."""
    book = xlwt.Workbook(encoding="utf-8")
    styles: dict[str, xlwt.XFStyle] = {}
    for page in pages:
        sheet = book.add_sheet(page.name, cell_overwrite_ok=True)
        sheet.visibility = int(page.hidden)
        covered = _covered(page)
        for (row, column), cell in sorted(page.cells.items()):
            content = _shown(cell.content)
            if content is None or column > 255 or (row, column) in covered:
                continue
            style = styles.setdefault(cell.pattern, xlwt.easyxf(num_format_str=cell.pattern))
            sheet.write(row, column, content if not isinstance(content, str) else content[:32767], style)
        for top, left, bottom, right in page.merges:
            sheet.merge(top, bottom, left, right)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def ods(pages: Sequence[Page]) -> bytes:
    """An .ods."""
    book = OpenDocumentSpreadsheet()
    for page in pages:
        table = Table(name=page.name)
        spans = {
            (top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in page.merges
        }
        covered = _covered(page)
        for row in range(page.height):
            line = TableRow()
            for column in range(page.width):
                if (row, column) in covered:
                    line.addElement(CoveredTableCell())
                    continue
                down, across = spans.get((row, column), (1, 1))
                options = (
                    {"numberrowsspanned": down, "numbercolumnsspanned": across}
                    if (down, across) != (1, 1)
                    else {}
                )
                cell = page.cells.get((row, column), Cell(None))
                content = _shown(cell.content)
                if content is None:
                    entry = TableCell(**options)
                elif isinstance(content, float):
                    kind = "percentage" if cell.pattern.endswith("%") else "float"
                    entry = TableCell(valuetype=kind, value=repr(content), **options)
                    entry.addElement(P(text=_text(cell)))
                else:
                    entry = TableCell(valuetype="string", **options)
                    entry.addElement(P(text=_printable(str(content))))
                line.addElement(entry)
            table.addElement(line)
        book.spreadsheet.addElement(table)
    held = io.BytesIO()
    book.write(held)
    return fixed(held.getvalue())


def csv_gbk(pages: Sequence[Page]) -> bytes:
    """One sheet as a Chinese Excel exports it: GB18030, CRLF."""
    return _csv(pages[0]).encode("gb18030")


def csv_utf8(pages: Sequence[Page]) -> bytes:
    """One sheet in UTF-8 with a mark."""
    return _csv(pages[0]).encode("utf-8-sig")


def web_page(pages: Sequence[Page]) -> bytes:
    """Sheets as a web page, which reporting systems export with the suffix .xls."""
    parts = ["<html><head><meta charset='utf-8'></head><body>"]
    for page in pages:
        spans = {
            (top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in page.merges
        }
        covered = _covered(page)
        parts.append("<table>")
        for row in range(page.height):
            cells = []
            for column in range(page.width):
                if (row, column) in covered:
                    continue
                down, across = spans.get((row, column), (1, 1))
                span = f" rowspan={down} colspan={across}" if (down, across) != (1, 1) else ""
                cells.append(
                    f"<td{span}>{html.escape(_text(page.cells.get((row, column), Cell(None))))}</td>"
                )
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</table>")
    return "".join([*parts, "</body></html>"]).encode()


def word(pages: Sequence[Page]) -> bytes:
    """A .docx: each sheet as a line of text and a table."""
    parts = []
    for page in pages:
        parts.append(_paragraph(page.name))
        covered, across, down = _covered(page), _across(page), _down(page)
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        grid = f"<w:tblGrid>{'<w:gridCol/>' * max(page.width, 1)}</w:tblGrid>"
        lines = []
        for row in range(max(page.height, 1)):
            cells = []
            for column in range(max(page.width, 1)):
                at = (row, column)
                if at in covered and at not in down:
                    continue
                marks = f'<w:gridSpan w:val="{across[at]}"/>' if across.get(at, 1) > 1 else ""
                marks += {None: "", True: '<w:vMerge w:val="restart"/>', False: "<w:vMerge/>"}[down.get(at)]
                text = "" if at in covered else _text(page.cells.get(at, Cell(None)))
                cells.append(f"<w:tc><w:tcPr>{marks}</w:tcPr>{_paragraph(text)}</w:tc>")
            lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
        parts.append(
            f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>{grid}{''.join(lines)}</w:tbl>"
        )
    return document(parts)


def document(parts: Sequence[str]) -> bytes:
    """A .docx whose body has these parts."""
    body = f'<w:document xmlns:w="{_WORD}"><w:body>{"".join(parts)}<w:p/><w:sectPr/></w:body></w:document>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
        f'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Target="word/document.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        "word/document.xml": body,
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return fixed(held.getvalue())


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{html.escape(_printable(text))}</w:t></w:r></w:p>'


def _across(page: Page) -> dict[tuple[int, int], int]:
    """The columns that each first cell of a merge spans, in every row of it."""
    return {
        (row, left): right - left + 1
        for top, left, bottom, right in page.merges
        for row in range(top, bottom + 1)
    }


def _down(page: Page) -> dict[tuple[int, int], bool]:
    """The first cells of each row of a merge that goes down; true where it begins."""
    return {
        (row, left): row == top
        for top, left, bottom, right in page.merges
        if bottom > top
        for row in range(top, bottom + 1)
    }


WRITERS: Mapping[str, Writer] = {
    ".xlsx": xlsx, ".xls": xls, ".ods": ods, ".csv": csv_gbk, ".docx": word, ".html": web_page,
}  # fmt: skip


ABOVE_IN_WORD = 3
"""The rows that the sheet of a Word table has above its first (docs/collect.md)."""


def truth_of(
    file: str, pages: Sequence[Page], *, sheets: Sequence[str] = (), above: int = 0, formulas: bool = False
) -> list[Written]:
    """Every number in the pages with its file, sheet and cell; `sheets` are other names the container gives them.

    Where the container keeps no `formulas`, one saved without its result left nothing behind.
    """
    names = sheets or [page.name for page in pages]
    return [
        Written(file, name, f"{get_column_letter(column + 1)}{row + 1 + above}", cell.text, cell.figure)
        for name, page in zip(names, pages, strict=True)
        for (row, column), cell in sorted(page.cells.items())
        if cell.figure is not None and (row, column) not in _covered(page)
        if formulas or _shown(cell.content) is not None
    ]


def fixed(archive: bytes) -> bytes:
    """The same zip archive with one date and one system of origin for every part."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _ZIP_EPOCH)
            part.create_system = 0
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            packed.writestr(part, source.read(name), kind)
    return target.getvalue()


def _csv(page: Page) -> str:
    held = io.StringIO(newline="")
    covered = _covered(page)
    writer = csv.writer(held, lineterminator="\r\n")
    for row in range(page.height):
        writer.writerow(
            "" if (row, column) in covered else _text(page.cells.get((row, column), Cell(None)))
            for column in range(page.width)
        )
    return held.getvalue()


def _covered(page: Page) -> set[tuple[int, int]]:
    return {
        (row, column)
        for top, left, bottom, right in page.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def _plain(value: Decimal | str | None) -> float | str | None:
    return float(value) if isinstance(value, Decimal) else value


def _shown(content: Content) -> float | str | None:
    """What a cell shows: a number as one, a formula as its result."""
    value = content.shows if isinstance(content, Formula) else content
    return value.isoformat() if isinstance(value, dt.date) else _plain(value)


def _text(cell: Cell) -> str:
    """What a cell shows where a container keeps no numbers."""
    value = cell.content.shows if isinstance(cell.content, Formula) else cell.content
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal) and cell.pattern.endswith("%"):
        return f"{value * 100:.2f}%"
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else value


def _printable(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or ord(c) >= 32)
