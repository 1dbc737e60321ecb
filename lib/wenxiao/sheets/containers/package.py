"""The parts of a zip container: their checksums, and a workbook whose parts are named otherwise brought to the usual names.

ISO/IEC 29500-2 finds the main part and all others by relationships; calamine expects them where Excel puts them.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Collection
from xml.etree import ElementTree as ET

_TOLD = (".xml", ".rels", ".bin")
"""The parts that say something; a damaged picture changes no figure."""
_BOOK, _BOOK_LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_USUAL = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
_NEWER_ERROR = re.compile(rb"(<(?:\w+:)?v>)\s*#(?!DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)[^<]*(?=<)")
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*\bt=["']e["'][^>]*>.*?</(?:\w+:)?c>""", re.DOTALL)
_CHUNK = 1 << 20


def verify(archive: zipfile.ZipFile, scanned: Collection[str] = ()) -> None:
    """Reads every part but those that are `scanned` elsewhere to its end; BadZipFile where a checksum is wrong.

    Two parts of one name are refused too: which of them a reader takes is left to chance.
    """
    names: set[str] = set()
    for part in archive.infolist():
        name = part.filename.replace("\\", "/").lower()
        if name in names:
            raise zipfile.BadZipFile(f"{part.filename} 有两份")
        names.add(name)
        if part.filename not in scanned and name.endswith(_TOLD):
            with archive.open(part) as stream:
                while stream.read(_CHUNK):
                    pass


def usual(data: bytes) -> bytes:
    """The bytes of an .xlsx with its main part, sheets, texts and styles at the usual names; the same where they are."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part.filename.replace("\\", "/").lstrip("/"): part for part in archive.infolist()}
        if any(name.lower() == _BOOK for name in parts):
            return data
        main = next((target for kind, target in _links(archive, parts, "") if kind == "officeDocument"), "")
        if main not in parts:
            return data
        folder, _, file = main.rpartition("/")
        links = f"{folder}/_rels/{file}.rels".lstrip("/")
        moved = {main: _BOOK}
        told = ET.fromstring(archive.read(parts[links])) if links in parts else None
        for number, link in enumerate(told if told is not None else ()):
            target = _target(link, folder)
            if target in parts and link.get("TargetMode") != "External":
                kind = link.get("Type", "").rpartition("/")[2]
                moved[target] = _USUAL.get(kind, f"xl/worksheets/part{number}.xml")
                link.set("Target", f"/{moved[target]}")
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as copy:
            for name, part in parts.items():
                if name == links and told is not None:
                    copy.writestr(_BOOK_LINKS, ET.tostring(told))
                elif not name.endswith("/"):
                    copy.writestr(moved.get(name, name), archive.read(part))
    return made.getvalue()


def with_known_errors(data: bytes) -> bytes:
    """The bytes of an .xlsx with error values that are newer than calamine (#SPILL!, #CALC!) written as #N/A."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as copy,
    ):
        for part in archive.infolist():
            content = archive.read(part)
            if part.filename.lower().endswith(".xml") and b"#" in content:
                content = _ERROR_CELL.sub(lambda cell: _NEWER_ERROR.sub(rb"\1#N/A", cell[0]), content)
            copy.writestr(part.filename, content)
    return made.getvalue()


def _links(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], of: str) -> list[tuple[str, str]]:
    """The kind and the target of each relationship of the package, or of a part."""
    folder, _, file = of.rpartition("/")
    links = f"{folder}/_rels/{file}.rels".lstrip("/")
    if links not in parts:
        return []
    return [
        (link.get("Type", "").rpartition("/")[2], _target(link, folder))
        for link in ET.fromstring(archive.read(parts[links]))
    ]


def _target(link: ET.Element, folder: str) -> str:
    target = link.get("Target", "").replace("\\", "/")
    return (
        target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}").lstrip("/")
    )


BROKEN = (
    ET.ParseError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    LookupError,
)
"""What a damaged archive, or a damaged part of it, makes its readers raise."""
