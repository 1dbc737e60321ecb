"""Workbooks written for one test each: rows as literals, so that a mess can be read where it is tried.

A cell is a value; a pair is a number and the number format that shows it; a list is the runs of a text, each with its look
('', 'raised' or 'struck').
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import cast

import docx
import xlsxwriter
import xlwt
from docx.shared import Pt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TextProperties
from odf.table import CoveredTableCell, TableCell, TableColumn, TableRow
from odf.table import Table as OdfTable
from odf.text import P, Span
from wenxiao.fields import standard_registry
from wenxiao.model import CellRef, Column, Missing, Table
from wenxiao.sheets import Reading, read_workbook

from tests.sheets.binary_workbook import xlsb

Rows = Sequence[Sequence[object]]
REGISTRY = standard_registry()
RAISED, STRUCK = "raised", "struck"


def address(row: int, column: int) -> str:
    """The A1 address of a 0-based place."""
    return CellRef("", "", row + 1, column + 1).address


def runs_of(cell: object) -> list[tuple[str, str]]:
    """The runs of a cell, each with its look; one for a plain cell."""
    return cast("list[tuple[str, str]]", cell) if isinstance(cell, list) else [(str(cell), "")]


def shown_by(cell: object, otherwise: str | None = None) -> tuple[object, str | None]:
    """The value of a cell and what shows it: the second of a pair, else something else."""
    return cell if isinstance(cell, tuple) else (cell, otherwise)


def xlsx(
    path: Path,
    rows: Rows | Mapping[str, Rows],
    *,
    merges: Sequence[str] = (),
    formats: Mapping[str, str] | None = None,
    hidden: Sequence[str] = (),
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
) -> Path:
    """An .xlsx; None is an empty cell, `merges` are A1 ranges, `formats` A1 address → number format, `hidden` sheets by name.

    `hidden_rows` and `hidden_columns` are 0-based.
    """
    book = xlsxwriter.Workbook(path)
    looks = {
        "": None,
        RAISED: book.add_format({"font_script": 1}),
        STRUCK: book.add_format({"font_strikeout": True}),
    }
    for name, lines in (rows if isinstance(rows, Mapping) else {"表": rows}).items():
        page = book.add_worksheet(name)
        for merge in merges:
            page.merge_range(merge, "")
        for row, cells in enumerate(lines):
            for column, each in enumerate(cells):
                cell, code = shown_by(each, (formats or {}).get(address(row, column)))
                if isinstance(cell, list) and len(cell) == 1:
                    page.write(row, column, cell[0][0], looks[cell[0][1]])
                elif isinstance(cell, list):
                    parts = [
                        part
                        for text, look in runs_of(cell)
                        for part in ([looks[look]] if look else []) + [text]
                    ]
                    page.write_rich_string(row, column, *parts)
                elif cell is not None:
                    page.write(row, column, cell, book.add_format({"num_format": code}) if code else None)
        for row in hidden_rows:
            page.set_row(row, None, None, {"hidden": True})
        for column in hidden_columns:
            page.set_column(column, column, None, None, {"hidden": True})
        if name in hidden:
            page.hide()
    book.close()
    return path


def xls(
    path: Path,
    rows: Rows,
    *,
    formats: Mapping[str, str] | None = None,
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
) -> Path:
    """An .xls with these rows."""
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    fonts = {
        "": xlwt.easyfont(""),
        RAISED: xlwt.easyfont("escapement superscript"),
        STRUCK: xlwt.easyfont("struck_out true"),
    }
    for row, cells in enumerate(rows):
        for column, each in enumerate(cells):
            cell, code = shown_by(each, (formats or {}).get(address(row, column), "General"))
            if isinstance(cell, list) and len(cell) == 1:
                style = xlwt.XFStyle()
                style.font = fonts[cell[0][1]]
                page.write(row, column, cell[0][0], style)
            elif isinstance(cell, list):
                page.write_rich_text(row, column, [(text, fonts[look]) for text, look in runs_of(cell)])
            elif cell is not None:
                page.write(row, column, cell, xlwt.easyxf(num_format_str=code))
    for row in hidden_rows:
        page.row(row).hidden = True
    for column in hidden_columns:
        page.col(column).hidden = True
    book.save(str(path))
    return path


def ods(
    path: Path,
    rows: Rows,
    *,
    printed: Mapping[str, str] | None = None,
    wide: Sequence[str] = (),
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
) -> Path:
    """An .ods with these rows; `printed` is the text a numeric cell shows (or the second of a pair), `wide` cells span to the end."""
    book = OpenDocumentSpreadsheet()
    for look, properties in (
        (RAISED, {"textposition": "super 58%"}),
        (STRUCK, {"textlinethroughstyle": "solid"}),
    ):
        for family in ("text", "table-cell"):
            style = Style(name=f"{look}-{family}", family=family)
            style.addElement(TextProperties(**properties))
            book.automaticstyles.addElement(style)
    table = OdfTable(name="表")
    gone = set(hidden_columns)
    for column in range(max(map(len, rows), default=0)):
        table.addElement(TableColumn(visibility="collapse" if column in gone else "visible"))
    for row, cells in enumerate(rows):
        line = TableRow(visibility="collapse" if row in set(hidden_rows) else "visible")
        for column, each in enumerate(cells):
            cell, shown = shown_by(each, (printed or {}).get(address(row, column)))
            if address(row, column) in wide:
                entry = TableCell(valuetype="string", numbercolumnsspanned=len(cells))
                entry.addElement(P(text=str(cell)))
                line.addElement(entry)
                for _ in cells[1:]:
                    line.addElement(CoveredTableCell())
                break
            if cell is None:
                entry = TableCell()
            elif isinstance(cell, (int, float)):
                shown = str(cell) if shown is None else shown
                entry = TableCell(valuetype="percentage" if shown.endswith("%") else "float", value=str(cell))
                entry.addElement(P(text=shown))
            else:
                runs = runs_of(cell)
                whole = len(runs) == 1 and runs[0][1]
                entry = TableCell(
                    valuetype="string", **({"stylename": f"{whole}-table-cell"} if whole else {})
                )
                said = P()
                for text, look in runs:
                    said.addElement(
                        Span(text=text, **({"stylename": f"{look}-text"} if look and not whole else {}))
                    )
                entry.addElement(said)
            line.addElement(entry)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(path))
    return path


def text(path: Path, rows: Rows, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A delimited text file with these rows."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows([["" if c is None else c for c in row] for row in rows])
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path


def page(rows: Rows, hidden_rows: Iterable[int] = (), hidden_columns: Iterable[int] = ()) -> str:
    """A web page with one table; a pair shows its second, as a browser shows what Excel saved."""
    tags = {"": ("", ""), RAISED: ("<sup>", "</sup>"), STRUCK: ("<del>", "</del>")}
    gone = set(hidden_columns)
    columns = "".join(
        '<col style="display:none">' if column in gone else "<col>"
        for column in range(max(map(len, rows), default=0))
    )
    lines = []
    for row, cells in enumerate(rows):
        said = [
            "".join(f"{tags[look][0]}{escape(text)}{tags[look][1]}" for text, look in runs_of(shown))
            for cell in cells
            for shown in ["" if cell is None else cell[1] if isinstance(cell, tuple) else cell]
        ]
        style = ' style="display:none"' if row in set(hidden_rows) else ""
        lines.append(f"<tr{style}>" + "".join(f"<td>{each}</td>" for each in said) + "</tr>")
    return f"<html><body><table>{columns}{''.join(lines)}</table></body></html>"


def html(
    path: Path, rows: Rows, *, hidden_rows: Iterable[int] = (), hidden_columns: Iterable[int] = ()
) -> Path:
    """A web page, as exports call .xls."""
    path.write_text(page(rows, hidden_rows, hidden_columns), encoding="utf-8")
    return path


def mhtml(
    path: Path, rows: Rows, *, hidden_rows: Iterable[int] = (), hidden_columns: Iterable[int] = ()
) -> Path:
    """A web page saved as a single file, in GB 2312 and quoted-printable as Excel writes it."""
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message.set_content("整个网页", charset="utf-8")
    message.make_related()
    part = EmailMessage()
    part.set_content(
        page(rows, hidden_rows, hidden_columns), subtype="html", charset="gb18030", cte="quoted-printable"
    )
    part["Content-Location"] = "file:///C:/sheet001.htm"
    message.attach(part)
    path.write_bytes(message.as_bytes())
    return path


def xml(
    path: Path, rows: Rows, *, hidden_rows: Iterable[int] = (), hidden_columns: Iterable[int] = ()
) -> Path:
    """An XML spreadsheet of Excel 2003."""
    tags = {"": ("", ""), RAISED: ("<Sup>", "</Sup>"), STRUCK: ("<S>", "</S>")}
    codes = list(dict.fromkeys(cell[1] for row in rows for cell in row if isinstance(cell, tuple)))
    styles = "".join(
        f'<Style ss:ID="s{n}"><NumberFormat ss:Format="{escape(code)}"/></Style>'
        for n, code in enumerate(codes)
    )
    columns = "".join(f'<Column ss:Index="{column + 1}" ss:Hidden="1"/>' for column in sorted(hidden_columns))
    lines = []
    for row, cells in enumerate(rows):
        said = []
        for each in cells:
            cell, code = shown_by(each)
            style = "" if code is None else f' ss:StyleID="s{codes.index(code)}"'
            if cell is None:
                said.append("<Cell/>")
            elif isinstance(cell, (int, float)):
                said.append(f'<Cell{style}><Data ss:Type="Number">{cell!r}</Data></Cell>')
            else:
                runs = "".join(
                    f"{tags[look][0]}{escape(text)}{tags[look][1]}" for text, look in runs_of(cell)
                )
                data = f'<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">{runs}</ss:Data>'
                said.append(f"<Cell>{data}</Cell>")
        gone = ' ss:Hidden="1"' if row in set(hidden_rows) else ""
        lines.append(f"<Row{gone}>{''.join(said)}</Row>")
    names = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0" encoding="utf-8"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{names}" xmlns:ss="{names}"><Styles>{styles}</Styles>'
        f'<Worksheet ss:Name="表"><Table>{columns}{"".join(lines)}</Table></Worksheet></Workbook>',
        encoding="utf-8",
    )
    return path


def document(path: Path, rows: Rows) -> Path:
    """A Word document with one table; a pair shows its second."""
    made = docx.Document()
    width = max(map(len, rows))
    table = made.add_table(rows=len(rows), cols=width)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            shown = cell[1] if isinstance(cell, tuple) else cell
            paragraph = table.cell(row, column).paragraphs[0]
            for text, look in [] if shown is None else runs_of(shown):
                run = paragraph.add_run(text)
                run.font.size = Pt(10)
                run.font.superscript = True if look == RAISED else None
                run.font.strike = True if look == STRUCK else None
    made.save(str(path))
    return path


@dataclass(frozen=True)
class Writer:
    """How a container is written, and what it can hide; `row` is the sheet row of the first row."""

    ending: str
    write: Callable[..., Path]
    hides: bool = True
    row: int = 1


WRITERS = {
    "xlsx": Writer("xlsx", xlsx),
    "xls": Writer("xls", xls),
    "ods": Writer("ods", ods),
    "html": Writer("xls", html),
    "mhtml": Writer("mht", mhtml),
    "xml": Writer("xls", xml),
    "docx": Writer("docx", document, hides=False, row=4),
    "csv": Writer("csv", text, hides=False),
    "xlsb": Writer("xlsb", xlsb),
}
"""Every container by a name for the tests."""


def read(path: Path, override: Mapping[str, object] | None = None) -> Reading:
    """The reading of a file with the standard registry."""
    return read_workbook(path, REGISTRY, override=override)


def only(path: Path, override: Mapping[str, object] | None = None) -> Table:
    """The one table of a file."""
    (table,) = read(path, override).tables
    return table


def values(table: Table, key: str) -> list[Decimal | str | Missing]:
    """The values of a field, by registry key or header: figures as decimals, else texts, else the kind of missing."""
    column = column_of(table, key)
    return [
        number
        if (number := column.number(record)) is not None
        else column.text(record) or kind_of(column, record)
        for record in range(len(table))
    ]


def column_of(table: Table, key: str) -> Column:
    """The column of a field, by registry key or header."""
    found = [column for column in table.columns if key in (column.key, column.label)]
    assert found, f"no column {key}; there are {[(column.key, column.label) for column in table.columns]}"
    return found[0]


def kind_of(column: Column, record: int) -> Missing:
    """The kind of missing of one record."""
    kind = column.missing_kind(record)
    assert kind is not None
    return kind


def codes(reading: Reading) -> list[str]:
    """The codes of the findings."""
    return [finding.code for finding in reading.findings]
