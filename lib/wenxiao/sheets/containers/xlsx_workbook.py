"""What calamine leaves out of an .xlsx, read from its own XML: number formats, fonts, runs of text, hidden rows and columns."""

from __future__ import annotations

import io
import posixpath
import zipfile
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import BinaryIO, cast
from xml.etree import ElementTree as ET

from wenxiao.sheets.cells.number_format import Format, built_in, format_of
from wenxiao.sheets.containers.extent import check_packed
from wenxiao.sheets.containers.package import verify
from wenxiao.sheets.containers.supplement import Supplement
from wenxiao.sheets.containers.xlsx_scan import SheetScan, local, look_of, rich_text

_LARGE = 1 << 21
"""A sheet whose XML is larger is gone through in the background while calamine reads the same sheet."""
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TEXTS, _STYLES = "xl/sharedstrings.xml", "xl/styles.xml"


class PackedWorkbook:
    """What calamine leaves out of one .xlsx archive, whose parts have the usual names; BadZipFile where one is damaged."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._scans: dict[str, Future[SheetScan]] = {}
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._sizes = {part.filename: part.file_size for part in archive.infolist()}
            self._parts = {name.replace("\\", "/").lower(): name for name in self._sizes}
            self._sheets = self._sheet_parts(archive)
            verify(archive, set(self._sheets.values()))
            self.palette, self._struck = self._looks(archive)
            self._marked = self._marked_texts(archive)

    def check(self, sheet: str, file: str) -> None:
        """Raises SheetError where a sheet reaches too far to be unpacked."""
        part = self._sheets.get(sheet)
        if part is not None:
            with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
                check_packed(archive, part, sheet, file)

    def begin(self, sheet: str) -> None:
        """Starts to go through a sheet, a large one in the background."""
        part = self._sheets.get(sheet)
        if part is not None and self._sizes[part] > _LARGE:
            pool = ThreadPoolExecutor(1)
            self._scans[sheet] = pool.submit(self._scan, part)
            pool.shutdown(wait=False)

    def supplement(self, sheet: str, height: int, width: int) -> Supplement:
        """What was found in a sheet; waits for it where it is gone through in the background."""
        part = self._sheets.get(sheet)
        if part is None:
            return Supplement()
        scan = self._scans.pop(sheet).result() if sheet in self._scans else self._scan(part)
        known = any(style is not None for style in self.palette)
        return Supplement(
            faults=scan.faults,
            texts=scan.texts,
            struck=[place for place in scan.styled(self._struck) if place not in scan.texts],
            hidden_rows=scan.hidden_rows,
            hidden_columns=scan.hidden_columns,
            style_of=partial(scan.table, height, width, len(self.palette)) if known else None,
            formulas_of=lambda: {
                (row + 1, column + 1): text for (row, column), text in scan.formulas.items()
            },
        )

    def _scan(self, part: str) -> SheetScan:
        scan = SheetScan(self._marked)
        with zipfile.ZipFile(io.BytesIO(self._data)) as archive, archive.open(part) as stream:
            scan.read(cast("BinaryIO", stream))
        return scan

    def _looks(self, archive: zipfile.ZipFile) -> tuple[tuple[Format | None, ...], frozenset[int]]:
        """The number format of each style, and the styles whose font is struck out."""
        root = self._xml(archive, _STYLES)
        if root is None:
            return (), frozenset()
        codes = {
            int(entry.get("numFmtId", "0")): entry.get("formatCode", "")
            for entry in root.iter()
            if local(entry) == "numFmt" and entry.get("numFmtId", "").isdecimal()
        }
        fonts = [look_of(list(font))[0] for group in root if local(group) == "fonts" for font in group]
        palette: list[Format | None] = []
        struck: set[int] = set()
        for style in (style for group in root if local(group) == "cellXfs" for style in group):
            number, font = (_index(style.get(name, "0")) for name in ("numFmtId", "fontId"))
            if font < len(fonts) and fonts[font]:
                struck.add(len(palette))
            palette.append(format_of(codes[number]) if number in codes else built_in(number))
        return tuple(palette), frozenset(struck)

    def _marked_texts(self, archive: zipfile.ZipFile) -> dict[int, str]:
        """The shared texts with runs that are struck out or raised, by their number, as they show."""
        name = self._parts.get(_TEXTS)
        if name is None:
            return {}
        data = archive.read(name)
        if b"strike" not in data and b"vertAlign" not in data:
            return {}
        marked: dict[int, str] = {}
        number = 0
        for _, element in ET.iterparse(io.BytesIO(data)):
            if local(element) == "si":
                if any(local(each) in ("strike", "vertAlign") for each in element.iter()):
                    marked[number] = rich_text(element)
                number += 1
                element.clear()
        return marked

    def _sheet_parts(self, archive: zipfile.ZipFile) -> dict[str, str]:
        book, links = self._xml(archive, _BOOK), self._xml(archive, _LINKS)
        if book is None or links is None:
            return {}
        targets = {link.get("Id", ""): link.get("Target", "") for link in links}
        parts: dict[str, str] = {}
        for sheet in book.iter():
            if local(sheet) == "sheet":
                link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
                target = targets.get(link, "").replace("\\", "/")
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
        except ET.ParseError:
            return None


def _index(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0
