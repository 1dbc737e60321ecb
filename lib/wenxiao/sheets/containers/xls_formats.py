"""The number formats of an .xls, which only its own records tell; empty where they cannot be followed."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import numpy as np
import xlrd
from numpy.typing import NDArray
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from wenxiao.sheets.cells.number_format import Format, format_of

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


class BinaryFormats:
    """The number formats of one .xls; the records are gone through when a table first asks."""

    def __init__(self, data: bytes) -> None:
        self._book: xlrd.Book | None
        try:
            self._book = xlrd.open_workbook(
                file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO()
            )
            self.palette = self._palette(self._book)
        except _BROKEN:
            self._book, self.palette = None, ()

    def styles(self, sheet: str, height: int, width: int) -> Callable[[], NDArray[np.int16] | None] | None:
        """A function that gives the style of every cell of a sheet, or None where nothing is known of it."""
        if self._book is None or all(style is None for style in self.palette):
            return None
        return lambda: self._scan(sheet, height, width)

    def _scan(self, name: str, height: int, width: int) -> NDArray[np.int16] | None:
        assert self._book is not None
        try:
            sheet = self._book.sheet_by_name(name)
            styles = np.full((height, width), -1, np.int16)
            for row in range(min(sheet.nrows, height)):
                for column in range(min(sheet.row_len(row), width)):
                    index = sheet.cell_xf_index(row, column)
                    styles[row, column] = index if 0 <= index < len(self.palette) else -1
            self._book.unload_sheet(name)
        except _BROKEN:
            return None
        return styles

    @staticmethod
    def _palette(book: xlrd.Book) -> tuple[Format | None, ...]:
        codes = {key: form.format_str for key, form in book.format_map.items()}
        return tuple(format_of(codes.get(style.format_key, "")) for style in book.xf_list)
