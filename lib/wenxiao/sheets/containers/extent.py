"""How far a sheet reaches, found before it is unpacked into rows: one stray cell far away would fill gigabytes."""

from __future__ import annotations

import re
import zipfile
from itertools import pairwise

from wenxiao.model import CellRef, SheetError, column_number
from wenxiao.sheets.containers.container import refused

MOST_CELLS = 30_000_000
"""A full-height sheet of 28 columns; every cell between A1 and the farthest one takes memory, blank ones too."""
TRUSTED = 16 << 20
"""In sheets whose XML is larger than this the `dimension` they state is believed where it is small enough; one that lies
meets the limits of the process that reads it."""
_CHUNK = 1 << 20
_DIMENSION = re.compile(
    rb"""<(?:\w+:)?dimension\s+ref=["'](?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3})(\d{1,7})["']"""
)
_PLACE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{1,3})(\d{1,7})\s*["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row(?=[\s/>])(?:[^>]*?\br\s*=\s*["']\s*(\d{1,7}))?""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")


def check_packed(archive: zipfile.ZipFile, part: str, sheet: str, file: str) -> None:
    """Raises SheetError where the cells of a sheet's XML reach too far, those without an address counted in their rows."""
    with archive.open(part) as stream:
        head = stream.read(_CHUNK)
        stated = _DIMENSION.search(head)
        if archive.getinfo(part).file_size > TRUSTED and stated is not None:
            check(int(stated[2]), column_number(stated[1].decode()), sheet, file)
            return
        row = column = last = open_cells = 0
        rest = b""
        while head:
            text = rest + head
            cut = max(text.rfind(b"<"), 0)
            text, rest = text[:cut], text[cut:]
            for letters, digits in _farthest(text):
                row, column = max(row, int(digits)), max(column, column_number(letters.decode().upper()))
            starts = list(_ROW.finditer(text))
            open_cells += len(_CELL.findall(text, 0, starts[0].start() if starts else len(text)))
            for start, following in pairwise([*starts, None]):
                assert start is not None
                end = len(text) if following is None else following.start()
                column = max(column, open_cells)
                last = int(start[1]) if start[1] else last + 1
                row, open_cells = max(row, last), len(_CELL.findall(text, start.end(), end))
            head = stream.read(_CHUNK)
    check(row, max(column, open_cells), sheet, file)


def check(row: int, column: int, sheet: str, file: str) -> None:
    """Raises SheetError where a sheet whose farthest cell stands there is too large."""
    if row * column > MOST_CELLS:
        raise _too_far(CellRef(file, sheet, row, column))


def _farthest(text: bytes) -> list[tuple[bytes, bytes]]:
    """The cells in the farthest row and in the farthest column of a stretch of XML."""
    places = _PLACE.findall(text)
    if not places:
        return []
    return [
        max(places, key=lambda place: int(place[1])),
        max(places, key=lambda place: (len(place[0]), place[0])),
    ]


def _too_far(cell: CellRef) -> SheetError:
    return refused(
        cell.file,
        f"工作表一直用到 {cell.address}，大得反常，拒绝读取",
        "删去远处多余的单元格后另存",
        sheet=cell.sheet,
        rule=f"从 A1 到最远一格不超过 {MOST_CELLS // 10_000} 万格",
    )
