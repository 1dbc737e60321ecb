"""What calamine leaves out of an .ods, read from its own XML, where the printed text stands beside the value."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import partial
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from wenxiao.sheets.cells.grid import Merge
from wenxiao.sheets.cells.number_format import Format
from wenxiao.sheets.cells.raised import Run, shown
from wenxiao.sheets.cells.value import reading
from wenxiao.sheets.cells.wording import narrow
from wenxiao.sheets.containers.extent import check
from wenxiao.sheets.containers.package import verify
from wenxiao.sheets.containers.supplement import Supplement

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_NUMERIC = ("float", "percentage", "currency")


class OpenDocument:
    """The parts of one .ods that calamine leaves out."""

    def __init__(self, data: bytes) -> None:
        self.palette: tuple[Format | None, ...] = tuple(
            Format(places, percent) for percent in (False, True) for places in range(16)
        )
        self._tables: dict[str, ET.Element] = {}
        self._looks: dict[str, tuple[bool, int]] = {}
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            verify(archive)
            root = ET.fromstring(archive.read("content.xml"))
            others = [
                ET.fromstring(archive.read(part)) for part in archive.namelist() if part == "styles.xml"
            ]
        for style in (each for part in (*others, root) for each in part.iter(f"{_STYLE}style")):
            self._looks[style.get(f"{_STYLE}name", "")] = self._look(style)
        for table in root.iter(f"{_TABLE}table"):
            self._tables.setdefault(table.get(f"{_TABLE}name", ""), table)

    def begin(self, sheet: str) -> None:
        """Does nothing: the document was parsed as a whole."""

    def check(self, sheet: str, file: str) -> None:
        """Raises SheetError where a sheet reaches too far to be unpacked."""
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

    def supplement(self, sheet: str, height: int, width: int) -> Supplement:
        """What a sheet tells besides its values."""
        merges: list[Merge] = []
        texts: dict[tuple[int, int], str] = {}
        faults: dict[tuple[int, int], str] = {}
        formulas: dict[tuple[int, int], str] = {}
        struck: list[tuple[int, int]] = []
        for row, column, cell in self._cells(sheet, height, width):
            down = _count(cell, "number-rows-spanned")
            across = _count(cell, "number-columns-spanned")
            if down > 1 or across > 1:
                merges.append(Merge(row, column, row + down - 1, column + across - 1))
            kind = cell.get(f"{_OFFICE}value-type")
            formula = cell.get(f"{_TABLE}formula")
            if formula is not None:
                formulas[row + 1, column + 1] = "" if kind is not None else formula
            if cell.get(f"{_CALC}value-type") == "error":
                faults[row, column] = _printed(cell)
            elif kind in _NUMERIC and not _shows(cell.get(f"{_OFFICE}value", ""), _printed(cell)):
                texts[row, column] = _printed(cell)
            elif (text := self._shown(cell)) is not None:
                texts[row, column] = text
            if self._looks.get(cell.get(f"{_TABLE}style-name", ""), (False, 0))[0]:
                struck.append((row, column))
        return Supplement(
            merges=merges,
            faults=faults,
            texts=texts,
            struck=struck,
            hidden_rows=self._hidden(sheet, "row", height),
            hidden_columns=self._hidden(sheet, "column", width),
            style_of=partial(self._scan, sheet, height, width) if sheet in self._tables else None,
            formulas_of=lambda: formulas,
        )

    def _look(self, style: ET.Element) -> tuple[bool, int]:
        """Whether a style strikes out, and whether it raises (1) or lowers (-1)."""
        struck, script = self._looks.get(style.get(f"{_STYLE}parent-style-name", ""), (False, 0))
        for properties in style.iter(f"{_STYLE}text-properties"):
            line = properties.get(f"{_STYLE}text-line-through-style") or properties.get(
                f"{_STYLE}text-line-through-type"
            )
            struck = struck if line is None else line != "none"
            position = properties.get(f"{_STYLE}text-position", "").split(" ")[0]
            percent = position.rstrip("%")
            if position == "super" or (percent.isdecimal() and int(percent) > 0):
                script = 1
            elif position == "sub" or percent.startswith("-"):
                script = -1
        return struck, script

    def _shown(self, cell: ET.Element) -> str | None:
        """What the runs of a text cell show, None where none of them is struck out or raised."""
        lines = [list(self._runs(line, False, 0)) for line in cell.findall(f"{_TEXT}p")]
        if not any(run.struck or run.script for line in lines for run in line):
            return None
        runs = [run for line in lines for run in (*line, Run("\n"))]
        return shown(runs).strip()

    def _runs(self, parent: ET.Element, struck: bool, script: int) -> Iterator[Run]:
        yield Run(parent.text or "", struck, script)
        for child in parent:
            if child.tag == f"{_TEXT}span":
                look = self._looks.get(child.get(f"{_TEXT}style-name", ""), (False, 0))
                yield from self._runs(child, struck or look[0], script or look[1])
            elif child.tag in (f"{_TEXT}s", f"{_TEXT}tab"):
                yield Run(" ", struck, script)
            elif child.tag == f"{_TEXT}line-break":
                yield Run("\n", struck, script)
            else:
                yield from self._runs(child, struck, script)
            yield Run(child.tail or "", struck, script)

    def _hidden(self, sheet: str, what: str, most: int) -> set[int]:
        """The rows or columns of a sheet that are hidden or filtered away."""
        hidden: set[int] = set()
        at = 0
        table = self._tables.get(sheet)
        for line in table.iter(f"{_TABLE}table-{what}") if table is not None else ():
            times = _count(line, f"number-{what}s-repeated")
            if line.get(f"{_TABLE}visibility", "visible") != "visible":
                hidden.update(range(at, min(at + times, most)))
            at += times
        return hidden

    def _scan(self, sheet: str, height: int, width: int) -> NDArray[np.int16]:
        styles = np.full((height, width), -1, np.int16)
        for row, column, cell in self._cells(sheet, height, width):
            if cell.get(f"{_OFFICE}value-type") not in _NUMERIC:
                continue
            printed = narrow(_printed(cell))
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


def _printed(cell: ET.Element) -> str:
    return "\n".join("".join(line.itertext()) for line in cell.findall(f"{_TEXT}p"))


def _shows(value: str, printed: str) -> bool:
    """Whether what is printed is the value, rounded; True where the print is no figure and so cannot tell."""
    read = reading(printed)
    try:
        stored = Decimal(value)
    except InvalidOperation:
        return True
    if read.number is None or not stored.is_finite():
        return True
    return abs(read.number - stored) <= Decimal(1).scaleb(-read.places)


def _count(element: ET.Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isdigit() and 0 < int(text) < 1 << 31 else 1
