"""What calamine leaves out of an .xlsb: merges, formats, fonts, error values, hidden rows and columns, from its own records.

A part is a row of records, each its type, its length and its bytes ([MS-XLSB] 2.1.4). They are gone through before
calamine sees the sheet, so that one whose rows go back, or whose cells reach too far, never gets to it.
"""

from __future__ import annotations

import io
import struct
import zipfile
from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from wenxiao.model import SheetError
from wenxiao.sheets.cells.grid import Merge
from wenxiao.sheets.cells.number_format import Format, built_in, format_of
from wenxiao.sheets.cells.raised import Run, shown
from wenxiao.sheets.containers.container import refused
from wenxiao.sheets.containers.extent import check
from wenxiao.sheets.containers.package import verify
from wenxiao.sheets.containers.supplement import Supplement

MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14
_ROW, _BLANK, _ERROR, _FORMULA_ERROR = 0, 1, 3, 11
_FORMAT, _FONT, _STYLE, _STYLES, _STYLES_END = 44, 43, 47, 617, 618
_DATA_END, _SHEET_ENTRY, _MERGE, _COLUMNS, _TEXT_ITEM, _TEXT_CELL = 146, 156, 176, 60, 19, 7
_FAULTS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
_WORD, _CELL, _AREA, _SHORTS, _FONT_HEAD = (
    struct.Struct(form) for form in ("<I", "<II", "<IIII", "<HHH", "<4H")
)


@dataclass
class _Sheet:
    """What the records of one sheet tell, all places 0-based."""

    height: int = 0
    width: int = 0
    merges: list[Merge] = field(default_factory=list)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: array[int] = field(default_factory=lambda: array("i"))
    columns: array[int] = field(default_factory=lambda: array("i"))
    codes: array[int] = field(default_factory=lambda: array("i"))
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    texts: dict[tuple[int, int], int] = field(default_factory=dict)


class PackedRecords:
    """The records of one .xlsb archive; ValueError, or what zipfile raises, where they cannot be followed."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._read: dict[str, _Sheet] = {}
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._parts = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
            verify(archive)
            self._fonts: list[tuple[bool, int]] = []
            self._struck: set[int] = set()
            self.palette = self._palette(archive)
            self._marked = self._marked_texts(archive)
            self._sheets = self._sheet_parts(archive)

    def begin(self, sheet: str) -> None:
        """Does nothing: the records were gone through by `check`."""

    def check(self, sheet: str, file: str) -> None:
        """Raises SheetError where a sheet reaches too far, or its cells stand where none can."""
        part = self._sheets.get(sheet)
        if part is None:
            raise _damaged(file, sheet, "找不到工作表的内容")
        with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
            try:
                found = _sheet(archive.read(part), self._marked)
            except (ValueError, struct.error) as error:
                raise _damaged(file, sheet, str(error)) from error
        check(found.height, found.width, sheet, file)
        self._read[sheet] = found

    def supplement(self, sheet: str, height: int, width: int) -> Supplement:
        """What the records of a sheet that was checked tell besides its values."""
        found = self._read[sheet]
        telling = any(style is not None for style in self.palette)
        return Supplement(
            merges=found.merges,
            faults=found.faults,
            texts={place: self._marked[number] for place, number in found.texts.items()},
            struck=[
                place
                for *place_, code in zip(found.rows, found.columns, found.codes, strict=True)
                if code in self._struck and (place := (place_[0], place_[1])) not in found.texts
            ]
            if self._struck
            else [],
            hidden_rows=found.hidden_rows,
            hidden_columns=found.hidden_columns,
            style_of=partial(self._table, found, height, width) if telling else None,
        )

    def _table(self, sheet: _Sheet, height: int, width: int) -> NDArray[np.int16]:
        styles = np.full((height, width), -1, np.int16)
        rows, columns, codes = (np.asarray(part) for part in (sheet.rows, sheet.columns, sheet.codes))
        inside = (rows < height) & (columns < width) & (codes < min(len(self.palette), 32767))
        styles[rows[inside], columns[inside]] = codes[inside]
        return styles

    def _palette(self, archive: zipfile.ZipFile) -> tuple[Format | None, ...]:
        part = self._parts.get("xl/styles.bin")
        codes: dict[int, str] = {}
        styles: list[Format | None] = []
        within = False
        for kind, body in _records(archive.read(part)) if part is not None else ():
            if kind == _FORMAT and len(body) >= 6:
                codes[body[0] | body[1] << 8] = _text(body, 2)[0]
            elif kind == _FONT and len(body) >= 8:
                _, flags, _, script = _FONT_HEAD.unpack_from(body)
                self._fonts.append((bool(flags & 0x08), {1: 1, 2: -1}.get(script, 0)))
            elif kind in (_STYLES, _STYLES_END):
                within = kind == _STYLES
            elif kind == _STYLE and within and len(body) >= 6:
                _, number, font = _SHORTS.unpack_from(body)
                if font < len(self._fonts) and self._fonts[font][0]:
                    self._struck.add(len(styles))
                styles.append(format_of(codes[number]) if number in codes else built_in(number))
        return tuple(styles)

    def _marked_texts(self, archive: zipfile.ZipFile) -> dict[int, str]:
        """The shared texts with runs that are struck out or raised, by their number, as they show."""
        part = self._parts.get("xl/sharedstrings.bin")
        marked: dict[int, str] = {}
        if part is None or not any(struck or script for struck, script in self._fonts):
            return marked
        items = (body for kind, body in _records(archive.read(part)) if kind == _TEXT_ITEM)
        for number, body in enumerate(items):
            if not body[0] & 1:
                continue
            text, at = _text(body, 1)
            count = _WORD.unpack_from(body, at)[0]
            starts = [(0, -1), *(struct.unpack_from("<HH", body, at + 4 + 4 * run) for run in range(count))]
            runs = [
                Run(text[first:last], *(self._fonts[font] if 0 <= font < len(self._fonts) else (False, 0)))
                for (first, font), (last, _) in pairwise([*starts, (len(text), 0)])
            ]
            if any(run.struck or run.script for run in runs):
                marked[number] = shown(runs)
        return marked

    def _sheet_parts(self, archive: zipfile.ZipFile) -> dict[str, str]:
        """The part of each sheet, by the paths under which calamine looks for them."""
        links = archive.read(self._parts.get("xl/_rels/workbook.bin.rels", "xl/_rels/workbook.bin.rels"))
        try:
            targets = {link.get("Id", ""): link.get("Target", "") for link in ET.fromstring(links)}
        except ET.ParseError as error:
            raise ValueError("工作表的目录读不出") from error
        parts: dict[str, str] = {}
        for kind, body in _records(archive.read(self._parts["xl/workbook.bin"])):
            if kind == _SHEET_ENTRY and len(body) >= 16 and body[8:12] != b"\xff\xff\xff\xff":
                link, after = _text(body, 8)
                path = f"xl/{targets.get(link, '')}".lower()
                if path in self._parts:
                    parts.setdefault(_text(body, after)[0], self._parts[path])
        return parts


def _sheet(data: bytes, marked: Collection[int]) -> _Sheet:
    """What the records of a sheet tell; ValueError where rows go back or a cell stands outside of any sheet."""
    sheet = _Sheet()
    row, over = -1, False
    for kind, body in _records(data):
        if kind == _ROW and not over:
            number = _WORD.unpack_from(body)[0]
            if not row < number < MOST_ROWS:
                raise ValueError(f"行的顺序错乱，第 {row + 1} 行之后是第 {number + 1} 行")
            row = number
            if len(body) > 11 and body[11] & 0x10:
                sheet.hidden_rows.add(row)
        elif _BLANK < kind <= _FORMULA_ERROR and not over:
            column, style = _CELL.unpack_from(body)
            if row < 0 or column >= MOST_COLUMNS:
                raise ValueError("有单元格在工作表之外")
            sheet.height, sheet.width = row + 1, max(sheet.width, column + 1)
            sheet.rows.append(row)
            sheet.columns.append(column)
            sheet.codes.append(style & 0xFFFFFF)
            if kind in (_ERROR, _FORMULA_ERROR) and len(body) > 8:
                sheet.faults[row, column] = _FAULTS.get(body[8], "#N/A")
            elif kind == _TEXT_CELL and len(body) >= 12 and _WORD.unpack_from(body, 8)[0] in marked:
                sheet.texts[row, column] = _WORD.unpack_from(body, 8)[0]
        elif kind == _DATA_END:
            over = True
        elif kind == _COLUMNS and len(body) >= 18 and body[16] & 1:
            first, last = _CELL.unpack_from(body)
            sheet.hidden_columns.update(range(first, min(last + 1, MOST_COLUMNS)))
        elif kind == _MERGE:
            top, bottom, left, right = _AREA.unpack_from(body)
            sheet.merges.append(Merge(top, left, bottom, right))
    return sheet


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The type and the bytes of each record of a part; ValueError where the part ends within one."""
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = kind & 0x7F | (data[at] & 0x7F) << 7
            at += 1
        size = 0
        for shift in (0, 7, 14, 21):
            if at >= end:
                raise ValueError("内容在中途断开")
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
        if at + size > end:
            raise ValueError("内容在中途断开")
        yield kind, data[at : at + size]
        at += size


def _text(body: bytes, at: int) -> tuple[str, int]:
    """The text that begins at a place of a record, and where it ends."""
    start = at + 4
    end = start + 2 * int.from_bytes(body[at:start], "little")
    if end > len(body):
        raise ValueError("文字在中途断开")
    return body[start:end].decode("utf-16-le", "replace"), end


def _damaged(file: str, sheet: str, why: str) -> SheetError:
    return refused(
        file, f"文件不完整或已损坏（{why}）", "用 Excel 或 WPS 打开后另存为 .xlsx 再试", sheet=sheet
    )
