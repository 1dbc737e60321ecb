"""An .xlsb written record by record ([MS-XLSB]), as no library of ours writes one."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from wenxiao.model import column_number

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EXCEL = "application/vnd.ms-excel"
ROW, BLANK, ERROR, REAL, TEXT = 0, 1, 3, 5, 6
FAULTS = {"#DIV/0!": 0x07, "#N/A": 0x2A}


def record(kind: int, body: bytes = b"") -> bytes:
    """A record: its type and its length in groups of seven bits, then its bytes."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(body), b""
    while size > 0x7F:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + length + bytes([size]) + body


def words(text: str) -> bytes:
    """A text as records hold it."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def row_header(row: int, *, hidden: bool = False) -> bytes:
    """The record that begins a row, counted from 0."""
    return record(ROW, struct.pack("<IIHBBBI", row, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def cell(column: int, value: object, style: int = 0) -> bytes:
    """The record of one cell: blank, number, error value or text."""
    place = struct.pack("<II", column, style)
    match value:
        case None:
            return record(BLANK, place)
        case int() | float():
            return record(REAL, place + struct.pack("<d", value))
        case str() if value in FAULTS:
            return record(ERROR, place + bytes([FAULTS[value]]))
        case _:
            return record(TEXT, place + words(str(value)))


def sheet_data(
    rows: Sequence[Sequence[object]], formats: Mapping[str, str], hidden: Collection[int] = ()
) -> bytes:
    """The rows of a sheet; `formats` are by A1 address, each a style of its own after the first."""
    styles = {_place(address): number for number, address in enumerate(formats, start=1)}
    return b"".join(
        row_header(row, hidden=row in hidden)
        + b"".join(cell(n, value, styles.get((row, n), 0)) for n, value in enumerate(cells))
        for row, cells in enumerate(rows)
    )


def xlsb(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    merges: Iterable[str] = (),
    formats: Mapping[str, str] | None = None,
    more: bytes = b"",
    hidden_rows: Collection[int] = (),
    hidden_columns: Iterable[int] = (),
) -> Path:
    """An .xlsb with these rows; None is a blank cell, `more` are records put after the last row."""
    formats = formats or {}
    areas = [[_place(corner) for corner in merge.split(":")] for merge in merges]
    merged = b"".join(
        record(176, struct.pack("<IIII", top, bottom, left, right)) for (top, left), (bottom, right) in areas
    )
    width = max(map(len, rows), default=1)
    dimension = struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, width - 1)
    sheet = [
        record(129),
        record(148, dimension),
        *(record(60, struct.pack("<IIIIH", at, at, 2560, 0, 1)) for at in hidden_columns),
        record(145),
        sheet_data(rows, formats, hidden_rows) + more,
        record(146),
        record(177, struct.pack("<I", len(areas))) + merged + record(178) if areas else b"",
        record(130),
    ]
    book = [
        record(131),
        record(143),
        record(156, struct.pack("<II", 0, 1) + words("rId1") + words("表")),
        record(144),
        record(132),
    ]
    codes = list(formats.values())
    styles = [
        record(278),
        record(615, struct.pack("<I", len(codes))),
        *(record(44, struct.pack("<H", 164 + n) + words(code)) for n, code in enumerate(codes)),
        record(616),
        record(617, struct.pack("<I", len(codes) + 1)),
        *(
            record(47, struct.pack("<HH", 0, number) + bytes(12))
            for number in (0, *range(164, 164 + len(codes)))
        ),
        record(618),
        record(279),
    ]
    links = f'<Relationships xmlns="{_PACKAGE}/relationships">'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="bin" ContentType="{_EXCEL}.sheet.binary.macroEnabled.main"/>'
        f'<Override PartName="/xl/worksheets/sheet1.bin" ContentType="{_EXCEL}.worksheet"/>'
        f'<Override PartName="/xl/styles.bin" ContentType="{_EXCEL}.styles"/></Types>',
        "_rels/.rels": f'{links}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/>'
        "</Relationships>",
        "xl/workbook.bin": b"".join(book),
        "xl/_rels/workbook.bin.rels": f'{links}<Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
        f'Target="worksheets/sheet1.bin"/><Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.bin"/>'
        "</Relationships>",
        "xl/styles.bin": b"".join(styles),
        "xl/worksheets/sheet1.bin": b"".join(sheet),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def _place(address: str) -> tuple[int, int]:
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]) - 1, column_number(letters) - 1
