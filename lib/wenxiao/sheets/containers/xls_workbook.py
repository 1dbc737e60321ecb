"""What calamine leaves out of an .xls: formats, fonts, runs of text, hidden rows and columns, by xlrd from its own records.

Sheets before Excel 97, whose texts calamine decodes without their code page, are read by xlrd as a whole.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import cast

import numpy as np
import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.number_format import Format, format_of
from wenxiao.sheets.cells.raised import Run, shown
from wenxiao.sheets.cells.texture import Cell
from wenxiao.sheets.containers.supplement import Supplement

_EXCEL_97 = 80

_BROKEN = (
    XLRDError,
    CompDocError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    TypeError,
    UnicodeError,
    ValueError,
    ZeroDivisionError,
    struct.error,
)
"""What a damaged file makes the record reader raise: without formats the sheet is still read, its precision inferred."""


class BinaryWorkbook:
    """One .xls as xlrd reads it; without what it tells, where a damaged record keeps it from reading on."""

    def __init__(self, data: bytes) -> None:
        self._book: xlrd.Book | None
        self.palette: tuple[Format | None, ...] = ()
        self._struck: frozenset[int] = frozenset()
        try:
            self._book = book = xlrd.open_workbook(
                file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO()
            )
            codes = {key: form.format_str for key, form in book.format_map.items()}
            self.palette = tuple(format_of(codes.get(style.format_key, "")) for style in book.xf_list)
            self._struck = frozenset(
                index
                for index, style in enumerate(book.xf_list)
                if book.font_list[style.font_index].struck_out
            )
        except _BROKEN:
            self._book = None

    @property
    def old(self) -> bool:
        """Whether it was written by a program before Excel 97."""
        return self._book is not None and self._book.biff_version < _EXCEL_97

    def begin(self, sheet: str) -> None:
        """Does nothing: sheets are small."""

    def check(self, sheet: str, file: str) -> None:
        """Does nothing: a sheet of this container cannot reach far."""

    def supplement(self, name: str, height: int, width: int) -> Supplement:
        """What the records of a sheet tell besides its values."""
        try:
            return self._supplement(name, height, width) if self._book is not None else Supplement()
        except _BROKEN:
            return Supplement()

    def grids(self) -> Iterator[Grid]:
        """The sheets of an old workbook, values and all."""
        assert self._book is not None
        for index, name in enumerate(self._book.sheet_names()):
            sheet = self._book.sheet_by_index(index)
            rows = [
                [self._value(sheet.cell(row, column)) for column in range(sheet.row_len(row))]
                for row in range(sheet.nrows)
            ]
            height, width = len(rows), max(map(len, rows), default=0)
            supplement = self.supplement(name, height, width)
            yield supplement.grid(name, rows, [], self.palette, hidden=sheet.visibility != 0)

    def _supplement(self, name: str, height: int, width: int) -> Supplement:
        assert self._book is not None
        sheet = self._book.sheet_by_name(name)
        styles = np.full((height, width), -1, np.int16)
        struck: list[tuple[int, int]] = []
        for row in range(min(sheet.nrows, height)):
            for column in range(min(sheet.row_len(row), width)):
                index = sheet.cell_xf_index(row, column)
                styles[row, column] = index if 0 <= index < len(self.palette) else -1
                if index in self._struck and (row, column) not in sheet.rich_text_runlist_map:
                    struck.append((row, column))
        telling = any(style is not None for style in self.palette)
        found = Supplement(
            texts={
                place: text for place in sheet.rich_text_runlist_map if (text := self._rich(sheet, *place))
            },
            struck=struck,
            hidden_rows={row for row, look in sheet.rowinfo_map.items() if look.hidden},
            hidden_columns={
                column for column, look in sheet.colinfo_map.items() if look.hidden or not look.width
            },
            style_of=(lambda: styles) if telling else None,
        )
        self._book.unload_sheet(name)
        return found

    def _rich(self, sheet: xlrd.sheet.Sheet, row: int, column: int) -> str:
        """What a text with runs shows, '' where none of them is struck out or raised."""
        assert self._book is not None
        text = str(sheet.cell_value(row, column))
        first = self._book.xf_list[sheet.cell_xf_index(row, column)].font_index
        starts = [(0, first), *sheet.rich_text_runlist_map[row, column]]
        runs = [
            Run(text[start:end], bool(font.struck_out), {1: 1, 2: -1}.get(font.escapement, 0))
            for (start, index), (end, _) in pairwise([*starts, (len(text), 0)])
            for font in [self._book.font_list[index]]
        ]
        return shown(runs) if any(run.struck or run.script for run in runs) else ""

    def _value(self, cell: xlrd.sheet.Cell) -> Cell:
        """A value as calamine hands it over, error values by their text."""
        assert self._book is not None
        match cell.ctype:
            case xlrd.XL_CELL_DATE:
                return xlrd.xldate_as_datetime(float(cell.value), self._book.datemode)
            case xlrd.XL_CELL_BOOLEAN:
                return bool(cell.value)
            case xlrd.XL_CELL_ERROR:
                return xlrd.error_text_from_code.get(int(cell.value), "#N/A")
            case xlrd.XL_CELL_EMPTY | xlrd.XL_CELL_BLANK:
                return ""
            case _:
                return cast("Cell", cell.value)
