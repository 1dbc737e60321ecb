"""Where a file holds numbers, told by other readers than the package's own: openpyxl, xlrd, odfpy, python-docx, the standard library."""

from __future__ import annotations

import csv
import email
import io
import re
from collections.abc import Callable, Iterable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import openpyxl
import xlrd
from odf.opendocument import load
from odf.table import TableCell, TableRow
from odf.teletype import extractText

Place = tuple[int, int]
_FIGURE = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?%?")
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def is_number(cell: object) -> bool:
    """Whether a cell is a number, or a text of nothing but a number."""
    if isinstance(cell, str):
        return _FIGURE.fullmatch(cell.strip()) is not None
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def places_of(rows: Iterable[Sequence[object]], first: int = 1) -> set[Place]:
    """The 1-based places of the numbers in rows."""
    return {
        (row, column)
        for row, cells in enumerate(rows, start=first)
        for column, cell in enumerate(cells, start=1)
        if is_number(cell)
    }


def _xlsx(path: Path) -> set[Place]:
    return places_of(openpyxl.load_workbook(path, data_only=True).worksheets[0].iter_rows(values_only=True))


def _xls(path: Path) -> set[Place]:
    sheet = xlrd.open_workbook(str(path)).sheet_by_index(0)
    return places_of(sheet.row_values(row) for row in range(sheet.nrows))


def _ods(path: Path) -> set[Place]:
    return places_of(
        [
            float(cell.getAttribute("value")) if cell.getAttribute("value") else extractText(cell)
            for cell in line.getElementsByType(TableCell)
        ]
        for line in load(str(path)).spreadsheet.getElementsByType(TableRow)
    )


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[object]] = []

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:  # type: ignore[override]
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows:
            self.rows[-1][-1] = f"{self.rows[-1][-1]}{data}"


def _page(text: str) -> set[Place]:
    parser = _Cells()
    parser.feed(text)
    return places_of(parser.rows)


def _html(path: Path) -> set[Place]:
    return _page(path.read_text("utf-8"))


def _mhtml(path: Path) -> set[Place]:
    parts = email.message_from_bytes(path.read_bytes()).walk()
    page = next(part for part in parts if part.get_content_type() == "text/html")
    content = page.get_payload(decode=True)
    assert isinstance(content, bytes)
    return _page(content.decode("gb18030"))


def _xml(path: Path) -> set[Place]:
    lines = ET.parse(path).getroot().iter(f"{_SS}Row")
    return places_of(["".join(cell.itertext()) for cell in line.findall(f"{_SS}Cell")] for line in lines)


def _csv(path: Path) -> set[Place]:
    return places_of(csv.reader(io.StringIO(path.read_text("utf-8"))))


def _docx(path: Path) -> set[Place]:
    table = docx.Document(str(path)).tables[0]
    return places_of(([cell.text for cell in row.cells] for row in table.rows), first=4)


NUMBERS_OF: dict[str, Callable[[Path], set[Place]]] = {
    "xlsx": _xlsx, "xls": _xls, "ods": _ods, "html": _html, "mhtml": _mhtml, "xml": _xml, "csv": _csv, "docx": _docx,
}  # fmt: skip
"""By the names of the writers (`tests.sheets.written`); no other library at hand reads an .xlsb."""
