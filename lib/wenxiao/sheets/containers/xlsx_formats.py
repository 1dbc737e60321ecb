"""The number formats of an .xlsx, read from its own XML: which style each cell has, and what the styles print."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from wenxiao.sheets.cells.number_format import Format, built_in, format_of
from wenxiao.sheets.containers.extent import TRUSTED, check_packed

_CHUNK = 1 << 23
_LARGE = 1 << 21
"""A sheet whose XML is larger is gone through in the background while calamine reads the same sheet."""
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s>])")
_ROW_NUMBER = re.compile(rb"""<[^>]*?\br=["'](\d{1,7})["']""")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^>]*)>")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})\d{1,7}["']""")
_ADDRESS = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_STYLE = re.compile(rb"""\bs=["'](\d{1,5})["']""")
_FAULT = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*\bt=["']e["'][^>]*)>(?:(?!</(?:\w+:)?c>).){0,9000}?<(?:\w+:)?v>(#[^<]{1,20})<""",
    re.DOTALL,
)
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*[^>/])>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*(<(?:\w+:)?v>[^<]+<)?"""
)
_OF_TEXT = re.compile(rb"""\bt=["']str["']""")
_BROKEN = (
    ET.ParseError,
    zipfile.BadZipFile,
    OSError,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    LookupError,
)
_OPEN, _C, _R, _O, _S, _BLANK, _EQUALS, _QUOTE, _A, _Z, _ZERO, _NINE = b'<cros ="AZ09'
_PAD = bytes(32)


class PackedFormats:
    """The number formats of one .xlsx archive; empty where the archive does not tell them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._sizes = {part.filename: part.file_size for part in archive.infolist()}
            self._parts = {name.lower(): name for name in self._sizes}
            self.palette = self._palette(archive)
            self._sheets = self._sheet_parts(archive)
        self._telling = any(style is not None for style in self.palette)
        self._ahead: dict[str, Future[_Styles | None]] = {}

    def check(self, sheet: str, file: str) -> None:
        """Nothing; SheetError where a sheet reaches too far to be unpacked."""
        part = self._sheets.get(sheet)
        if part is not None:
            with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
                check_packed(archive, part, sheet, file)

    def faults(self, sheet: str) -> dict[tuple[int, int], str]:
        """The cells whose formula gave an error value, with its text: calamine hands them over as empty."""
        part = self._sheets.get(sheet)
        if part is None or self._sizes[part] > TRUSTED:
            return {}
        with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
            xml = archive.read(part)
        if b't="e"' not in xml and b"t='e'" not in xml:
            return {}
        return {
            (int(place[2]) - 1, _column(place[1])): fault[2].decode("utf-8", "replace")
            for fault in _FAULT.finditer(xml)
            if (place := _ADDRESS.search(fault[1])) is not None
        }

    def formulas(self, sheet: str) -> dict[tuple[int, int], str]:
        """The 1-based places that a formula fills; with its text where it has no result, '' where it has one."""
        part = self._sheets.get(sheet)
        if part is None or self._sizes[part] > TRUSTED:
            return {}
        with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
            xml = archive.read(part)
        return {
            (int(place[2]), _column(place[1]) + 1): ""
            if found[3] or _OF_TEXT.search(found[1])
            else "=" + unescape((found[2] or b"").decode("utf-8", "replace"))
            for found in _FORMULA.finditer(xml)
            if (place := _ADDRESS.search(found[1])) is not None
        }

    def begin(self, sheet: str) -> None:
        """Starts on a large sheet in the background."""
        part = self._sheets.get(sheet)
        if part is not None and self._telling and self._sizes[part] > _LARGE:
            pool = ThreadPoolExecutor(1)
            self._ahead[sheet] = pool.submit(self._scan, part)
            pool.shutdown(wait=False)

    def styles(self, sheet: str, height: int, width: int) -> Callable[[], NDArray[np.int16] | None] | None:
        """A function that gives the style of every cell of a sheet, or None where nothing is known of it."""
        part = self._sheets.get(sheet)
        if part is None or not self._telling:
            return None
        ahead = self._ahead.pop(sheet, None)

        def scan() -> NDArray[np.int16] | None:
            styles = self._scan(part) if ahead is None else ahead.result()
            return None if styles is None else styles.table(height, width, len(self.palette))

        return scan

    def _scan(self, part: str) -> _Styles | None:
        styles = _Styles()
        try:
            with zipfile.ZipFile(io.BytesIO(self._data)) as archive, archive.open(part) as stream:
                rest = b""
                while chunk := stream.read(_CHUNK):
                    xml = rest + chunk
                    cut = xml.rfind(b"<row ")
                    cut = max(cut, 0) if cut >= 0 or len(xml) < 4 * _CHUNK else len(xml)
                    styles.add(xml[:cut])
                    rest = xml[cut:]
                styles.add(rest)
        except _BROKEN:
            return None
        return styles

    def _palette(self, archive: zipfile.ZipFile) -> tuple[Format | None, ...]:
        root = self._xml(archive, "xl/styles.xml")
        if root is None:
            return ()
        codes = {
            int(entry.get("numFmtId", "0")): entry.get("formatCode", "")
            for entry in root.iter()
            if _name(entry) == "numFmt" and entry.get("numFmtId", "").isdigit()
        }
        styles: list[Format | None] = []
        for style in (style for group in root if _name(group) == "cellXfs" for style in group):
            text = style.get("numFmtId", "0")
            number = int(text) if text.isdigit() else 0
            styles.append(format_of(codes[number]) if number in codes else built_in(number))
        return tuple(styles)

    def _sheet_parts(self, archive: zipfile.ZipFile) -> dict[str, str]:
        book, links = self._xml(archive, "xl/workbook.xml"), self._xml(archive, "xl/_rels/workbook.xml.rels")
        if book is None or links is None:
            return {}
        targets = {link.get("Id", ""): link.get("Target", "") for link in links}
        parts: dict[str, str] = {}
        for sheet in book.iter():
            if _name(sheet) == "sheet":
                link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
                target = targets.get(link, "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                if path.lower() in self._parts:
                    parts[sheet.get("name", "")] = self._parts[path.lower()]
        return parts

    def _xml(self, archive: zipfile.ZipFile, part: str) -> ET.Element | None:
        name = self._parts.get(part)
        if name is None:
            return None
        try:
            return ET.fromstring(archive.read(name))
        except _BROKEN:
            return None


class _Styles:
    """The places of the styled cells of a sheet, gathered from one stretch of XML after the other."""

    def __init__(self) -> None:
        self.rows: list[NDArray[np.int32]] = []
        self.columns: list[NDArray[np.int16]] = []
        self.codes: list[NDArray[np.int32]] = []
        self.next_row = 0

    def add(self, xml: bytes) -> None:
        """Takes a stretch of XML that begins with a row and ends before one, or holds no row at all."""
        if not self._add_usual(np.frombuffer(xml + _PAD, np.uint8)):
            self._add_any(xml)

    def _add_usual(self, text: NDArray[np.uint8]) -> bool:
        """Takes rows and cells written `<row r="7"` and `<c r="B7" s="3"`, all at once; False where one is otherwise."""
        cells = np.flatnonzero((text[:-2] == _OPEN) & (text[1:-1] == _C) & (text[2:] == _BLANK))
        starts = np.flatnonzero((text[:-2] == _OPEN) & (text[1:-1] == _R) & (text[2:] == _O))
        if not len(cells) or not len(starts) or starts[0] > cells[0]:
            return False
        if not (_reads(text, cells + 3, b'r="') and _reads(text, starts + 1, b'row r="')):
            return False
        numbers, _ = _number(text, starts + 8)
        at = cells + 6
        column = text[at].astype(np.int16) - 64
        for _ in range(2):
            letter = text[at + 1]
            more = (letter >= _A) & (letter <= _Z)
            if not more.any():
                break
            column = np.where(more, column * 26 + letter - 64, column)
            at += more
        counts = np.diff(np.append(np.searchsorted(cells, starts), len(cells)))
        digits = sum((numbers >= 10**power).astype(np.int64) for power in range(1, 7)) + 1
        at += 1 + np.repeat(digits, counts)
        if not (text[at] == _QUOTE).all():
            return False
        styled = np.flatnonzero((text[at + 1] == _BLANK) & (text[at + 2] == _S) & (text[at + 3] == _EQUALS))
        codes, _ = _number(text, at[styled] + 5)
        self.rows.append((np.repeat(numbers, counts) - 1)[styled])
        self.columns.append(column[styled] - 1)
        self.codes.append(codes)
        self.next_row = int(numbers[-1])
        return True

    def _add_any(self, xml: bytes) -> None:
        """Takes rows and cells however they are written; a row without a number follows the one before."""
        starts = [match.start() for match in _ROW.finditer(xml)]
        for start, end in pairwise([*starts, len(xml)]):
            number = _ROW_NUMBER.match(xml, start)
            row = int(number[1]) - 1 if number is not None else self.next_row
            self.next_row = row + 1
            found = [
                (_column(place[1]), int(style[1]))
                for cell in _ANY_CELL.finditer(xml, start, end)
                if (place := _PLACE.search(cell[1])) is not None
                and (style := _STYLE.search(cell[1])) is not None
            ]
            self.rows.append(np.full(len(found), row, np.int32))
            self.columns.append(np.array([column for column, _ in found], np.int16))
            self.codes.append(np.array([code for _, code in found], np.int32))

    def table(self, height: int, width: int, known: int) -> NDArray[np.int16]:
        """The style of every cell; the first style, which cells have that name none, where nothing was said."""
        styles = np.zeros((height, width), np.int16)
        if self.rows:
            rows, columns = np.concatenate(self.rows), np.concatenate(self.columns)
            codes = np.concatenate(self.codes)
            inside = (rows < height) & (columns < width) & (codes < min(known, 32767))
            styles[rows[inside], columns[inside]] = codes[inside]
        return styles


def _reads(text: NDArray[np.uint8], at: NDArray[np.int64], word: bytes) -> bool:
    """Whether a word stands at every one of these places."""
    return all(bool((text[at + offset] == sign).all()) for offset, sign in enumerate(word))


def _number(text: NDArray[np.uint8], at: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The numbers of at most seven digits that begin at these places, and where each ends."""
    number = np.zeros(len(at), np.int32)
    end = at.copy()
    for _ in range(7):
        digit = text[end]
        more = (digit >= _ZERO) & (digit <= _NINE)
        if not more.any():
            break
        number = np.where(more, number * 10 + digit.astype(np.int32) - _ZERO, number)
        end += more
    return number, end


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
