"""Merged ranges and printed digits of an .ods, read from its own XML: there the printed text stands beside the value."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from wenxiao.sheets.cells.grid import Merge
from wenxiao.sheets.cells.number_format import Format
from wenxiao.sheets.cells.wording import narrow
from wenxiao.sheets.containers.extent import check

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_NUMERIC = ("float", "percentage", "currency")


class OpenDocument:
    """The parts of one .ods that calamine leaves out."""

    def __init__(self, data: bytes) -> None:
        self.palette: tuple[Format | None, ...] = tuple(
            Format(places, percent) for percent in (False, True) for places in range(16)
        )
        self._tables: dict[str, ET.Element] = {}
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                root = ET.fromstring(archive.read("content.xml"))
        except (
            zipfile.BadZipFile,
            ET.ParseError,
            LookupError,
            OSError,
            ValueError,
            RuntimeError,
        ):
            return
        for table in root.iter(f"{_TABLE}table"):
            self._tables.setdefault(table.get(f"{_TABLE}name", ""), table)

    def check(self, sheet: str, file: str) -> None:
        """Nothing; SheetError where a sheet reaches too far to be unpacked."""
        table = self._tables.get(sheet)
        rows = height = width = 0
        for line in table.iter(f"{_TABLE}table-row") if table is not None else ():
            rows += _count(line, "number-rows-repeated")
            column = 0
            for cell in line:
                column += _count(cell, "number-columns-repeated")
                if cell.get(f"{_OFFICE}value-type") is not None or len(cell):
                    height, width = rows, max(width, column)
        check(height, width, sheet, file)

    def merges(self, sheet: str, height: int, width: int) -> list[Merge]:
        """The merged ranges of a sheet."""
        found = []
        for row, column, cell in self._cells(sheet, height, width):
            down = _count(cell, "number-rows-spanned")
            across = _count(cell, "number-columns-spanned")
            if down > 1 or across > 1:
                found.append(Merge(row, column, row + down - 1, column + across - 1))
        return found

    def styles(self, sheet: str, height: int, width: int) -> Callable[[], NDArray[np.int16] | None] | None:
        """A function that gives the printed precision of every cell of a sheet as an index into `palette`."""
        if sheet not in self._tables:
            return None
        return lambda: self._scan(sheet, height, width)

    def formulas(self, sheet: str, height: int, width: int) -> dict[tuple[int, int], str]:
        """The 1-based places that a formula fills; with its text where it has no result, '' where it has one."""
        found = {}
        for row, column, cell in self._cells(sheet, height, width):
            formula = cell.get(f"{_TABLE}formula")
            if formula is not None:
                told = cell.get(f"{_OFFICE}value-type") is not None
                found[row + 1, column + 1] = "" if told else formula
        return found

    def _scan(self, sheet: str, height: int, width: int) -> NDArray[np.int16]:
        styles = np.full((height, width), -1, np.int16)
        for row, column, cell in self._cells(sheet, height, width):
            if cell.get(f"{_OFFICE}value-type") not in _NUMERIC:
                continue
            printed = narrow("".join(part for text in cell.findall(f"{_TEXT}p") for part in text.itertext()))
            percent = cell.get(f"{_OFFICE}value-type") == "percentage"
            digits = printed.rstrip("%").rstrip()
            if digits and digits[-1].isdigit() and "E" not in digits.upper():
                styles[row, column] = min(len(digits.partition(".")[2]), 15) + (16 if percent else 0)
            elif percent:
                styles[row, column] = 16 + 2
        return styles

    def _cells(self, sheet: str, height: int, width: int) -> list[tuple[int, int, ET.Element]]:
        """The cells of a sheet with their places, repeated ones once for each place within the sheet."""
        table = self._tables.get(sheet)
        if table is None:
            return []
        cells: list[tuple[int, int, ET.Element]] = []
        row = 0
        for line in table.iter(f"{_TABLE}table-row"):
            times = _count(line, "number-rows-repeated")
            for place in range(row, min(row + times, height)):
                column = 0
                for cell in line:
                    repeat = _count(cell, "number-columns-repeated")
                    if cell.tag == f"{_TABLE}table-cell" and len(cell.attrib):
                        cells.extend((place, at, cell) for at in range(column, min(column + repeat, width)))
                    column += repeat
            row += times
            if row >= height:
                break
        return cells


def _count(element: ET.Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isdigit() and 0 < int(text) < 1 << 31 else 1
