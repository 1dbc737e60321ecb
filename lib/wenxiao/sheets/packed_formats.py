"""The number formats of an .xlsx, read from its own XML: which style each cell has, and what the styles print."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from wenxiao.sheets.format import Format, built_in, format_of

_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^>]*)>")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_STYLE = re.compile(rb"""\bs=["'](\d{1,5})["']""")


class PackedFormats:
    """The number formats of one .xlsx archive; empty where the archive does not tell them."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._parts = {name.lower(): name for name in self._archive.namelist()}
        self.palette = self._palette()

    @property
    def telling(self) -> bool:
        """Whether any style prints something that General does not."""
        return any(style is not None for style in self.palette)

    def styles(self, sheet: str, height: int, width: int) -> Callable[[], NDArray[np.int16] | None] | None:
        """A function that gives the style of every cell of a sheet, or None where nothing is known of it."""
        part = self._sheet_parts().get(sheet)
        if not self.telling or part is None:
            return None
        return lambda: self._scan(part, height, width)

    def _scan(self, part: str, height: int, width: int) -> NDArray[np.int16] | None:
        try:
            xml = self._archive.read(part)
        except (zipfile.BadZipFile, OSError, KeyError, ValueError, NotImplementedError):
            return None
        styles = np.full((height, width), -1, np.int16)
        columns: dict[bytes, int] = {}
        for cell in _CELL.finditer(xml):
            place, style = _PLACE.search(cell[1]), _STYLE.search(cell[1])
            if place is None or style is None:
                continue
            letters, row = place[1], int(place[2]) - 1
            column = columns.get(letters)
            if column is None:
                column = columns[letters] = _column(letters)
            if row < height and column < width and int(style[1]) < len(self.palette):
                styles[row, column] = int(style[1])
        return styles

    def _palette(self) -> tuple[Format | None, ...]:
        root = self._xml("xl/styles.xml")
        if root is None:
            return ()
        codes = {
            int(entry.get("numFmtId", "0")): entry.get("formatCode", "")
            for entry in root.iter()
            if _name(entry) == "numFmt" and entry.get("numFmtId", "").isdigit()
        }
        styles: list[Format | None] = []
        for group in root:
            if _name(group) == "cellXfs":
                for style in group:
                    number = int(style.get("numFmtId", "0") or 0)
                    styles.append(format_of(codes[number]) if number in codes else built_in(number))
        return tuple(styles)

    def _sheet_parts(self) -> dict[str, str]:
        book, links = self._xml("xl/workbook.xml"), self._xml("xl/_rels/workbook.xml.rels")
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

    def _xml(self, part: str) -> ElementTree.Element | None:
        name = self._parts.get(part)
        if name is None:
            return None
        try:
            return ElementTree.fromstring(self._archive.read(name))
        except (ElementTree.ParseError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return None


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
