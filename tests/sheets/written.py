"""Workbooks written for one test each: rows as literals, so that a mess can be read where it is tried."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, TableCell, TableRow
from odf.table import Table as OdfTable
from odf.text import P
from wenxiao.fields import standard_registry
from wenxiao.model import CellRef, Column, Missing, Table
from wenxiao.sheets import Reading, read_workbook

Rows = Sequence[Sequence[object]]
REGISTRY = standard_registry()


def xlsx(
    path: Path,
    rows: Rows | Mapping[str, Rows],
    *,
    merges: Sequence[str] = (),
    formats: Mapping[str, str] | None = None,
    hidden: Sequence[str] = (),
) -> Path:
    """An .xlsx with these rows; None is an empty cell, `merges` are A1 ranges, `formats` A1 address → number format."""
    book = xlsxwriter.Workbook(path)
    for name, lines in (rows if isinstance(rows, Mapping) else {"表": rows}).items():
        page = book.add_worksheet(name)
        for merge in merges:
            page.merge_range(merge, "")
        for row, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                address = CellRef("", "", row + 1, column + 1).address
                style = (
                    book.add_format({"num_format": formats[address]})
                    if formats and address in formats
                    else None
                )
                if cell is not None:
                    page.write(row, column, cell, style)
        if name in hidden:
            page.hide()
    book.close()
    return path


def xls(path: Path, rows: Rows, *, formats: Mapping[str, str] | None = None) -> Path:
    """An .xls with these rows."""
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            address = CellRef("", "", row + 1, column + 1).address
            style = xlwt.easyxf(num_format_str=(formats or {}).get(address, "General"))
            if cell is not None:
                page.write(row, column, cell, style)
    book.save(str(path))
    return path


def ods(
    path: Path, rows: Rows, *, printed: Mapping[str, str] | None = None, wide: Sequence[str] = ()
) -> Path:
    """An .ods with these rows; `printed` is the text a numeric cell shows, `wide` cells span to the end of the row."""
    book = OpenDocumentSpreadsheet()
    table = OdfTable(name="表")
    for row, cells in enumerate(rows):
        line = TableRow()
        for column, cell in enumerate(cells):
            address = CellRef("", "", row + 1, column + 1).address
            if address in wide:
                entry = TableCell(valuetype="string", numbercolumnsspanned=len(cells))
                entry.addElement(P(text=str(cell)))
                line.addElement(entry)
                for _ in cells[1:]:
                    line.addElement(CoveredTableCell())
                break
            if cell is None:
                entry = TableCell()
            elif isinstance(cell, (int, float)):
                shown = (printed or {}).get(address, str(cell))
                entry = TableCell(valuetype="percentage" if shown.endswith("%") else "float", value=str(cell))
                entry.addElement(P(text=shown))
            else:
                entry = TableCell(valuetype="string")
                entry.addElement(P(text=str(cell)))
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
