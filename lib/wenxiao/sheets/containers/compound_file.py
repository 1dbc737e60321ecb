"""Whether the sectors and records of an .xls hang together: where they do not, a reader runs until memory is gone."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_FREE = 0xFFFFFFFA
"""From here on a sector number is a sign: end of chain, free, or part of the tables themselves."""
_HEADER = 512
_ENTRY = 128
_MINI = 6
_CUTOFF = 4096
_STREAM, _ROOT = 2, 5
_ROWS, _COLUMNS = 65536, 256
_DIMENSIONS, _SHARED_STRINGS, _MERGES = 0x0200, 0x00FC, 0x00E5
_CELLS = frozenset(
    {0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0406}
)
_KNOWN = _CELLS | {_DIMENSIONS, _SHARED_STRINGS, _MERGES}


def hangs_together(data: bytes) -> bool:
    """Whether every chain of a compound file ends within the file, and the workbook's records stay within a sheet.

    Source: [MS-CFB], the header (2.2), the chains of sectors (2.3–2.5) and the directory (2.6); [MS-XLS] 2.4.
    """
    if len(data) < _HEADER:
        return False
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12) or struct.unpack_from("<H", data, 32)[0] != _MINI:
        return False
    size = 1 << shift
    fat_sectors, first_directory, first_mini, _, first_difat, _ = _numbers(data)
    locations = _locations(data, size, first_difat)
    if locations is None or len(locations) < fat_sectors:
        return False
    fat = _table(data, locations[:fat_sectors], size)
    directory, mini_sectors = _chain(fat, first_directory), _chain(fat, first_mini)
    if not directory or mini_sectors is None:
        return False
    mini = _table(data, mini_sectors, size)
    entries = b"".join(_sector(data, sector, size) for sector in directory)
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        kind = entries[at + 66]
        start, length = struct.unpack_from("<II", entries, at + 116)
        if kind not in (_STREAM, _ROOT) or not length:
            continue
        large = kind == _ROOT or length >= _CUTOFF
        chain = _chain(fat if large else mini, start)
        if length > len(data) or chain is None:
            return False
        name = entries[at : at + 64].decode("utf-16-le", "replace").rstrip("\0")
        if large and name in ("Workbook", "Book"):
            stream = b"".join(_sector(data, sector, size) for sector in chain)[:length]
            if not _records_stay(stream):
                return False
    return True


def _table(data: bytes, sectors: Sequence[int], size: int) -> list[int]:
    """The numbers that these sectors hold."""
    table: list[int] = []
    for sector in sectors:
        block = _sector(data, sector, size)
        table.extend(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))
    return table


def _records_stay(stream: bytes) -> bool:
    """Whether the cells, dimensions, merges and counts of a workbook's records lie within what a sheet can hold."""
    at, end = 0, len(stream)
    header = struct.Struct("<HH").unpack_from
    while at + 4 <= end:
        kind, length = header(stream, at)
        body = at + 4
        at = body + length
        if at > end:
            return not length or kind not in _KNOWN
        if kind in _CELLS:
            if length >= 4 and header(stream, body)[1] >= _COLUMNS:
                return False
        elif kind == _DIMENSIONS and length >= 14:
            top, bottom, left, right = struct.unpack_from("<IIHH", stream, body)
            if not (top <= bottom <= _ROWS and left <= right <= _COLUMNS):
                return False
        elif kind == _SHARED_STRINGS and length >= 8:
            if struct.unpack_from("<I", stream, body + 4)[0] > end:
                return False
        elif kind == _MERGES and length >= 2:
            for place in range(body + 2, at - 7, 8):
                top, bottom, left, right = struct.unpack_from("<4H", stream, place)
                if top > bottom or left > right or right >= _COLUMNS:
                    return False
    return True


def _numbers(data: bytes) -> tuple[int, int, int, int, int, int]:
    """Sectors of the FAT; first sector of the directory and of the mini FAT, its sectors; the same of the DIFAT."""
    fat_sectors, first_directory = struct.unpack_from("<II", data, 44)
    first_mini, mini_sectors, first_difat, difat_sectors = struct.unpack_from("<IIII", data, 60)
    return fat_sectors, first_directory, first_mini, mini_sectors, first_difat, difat_sectors


def _locations(data: bytes, size: int, first: int) -> list[int] | None:
    """The sectors that hold the FAT: 109 in the header, the others in the chain of the DIFAT."""
    found = list(struct.unpack_from("<109I", data, 76))
    seen: set[int] = set()
    while first < _FREE:
        block = _sector(data, first, size)
        if first in seen or len(block) < size:
            return None
        seen.add(first)
        *more, first = struct.unpack(f"<{size // 4}I", block)
        found.extend(more)
    return [sector for sector in found if sector < _FREE]


def _sector(data: bytes, sector: int, size: int) -> bytes:
    return data[(sector + 1) * size : (sector + 2) * size]


def _chain(table: Sequence[int], first: int) -> list[int] | None:
    """The sectors of a chain, or None where it leaves the table or comes back to itself."""
    chain: list[int] = []
    seen: set[int] = set()
    while first < _FREE:
        if first in seen or first >= len(table):
            return None
        seen.add(first)
        chain.append(first)
        first = table[first]
    return chain
