"""Files packed into one: the same bytes for the same files, whenever, wherever and by whom it is done."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The earliest time such a file can hold: it says that no time is meant."""
_TYPES = "[Content_Types].xml"
_UNIX = 3
_READABLE = 0o100644 << 16
_LEVEL = 9


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files in the order given, their names as UTF-8 with the flag that says so, none with a time of its own."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as packed:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX  # of all systems the same
            entry.external_attr = _READABLE
            packed.writestr(entry, content)
    return held.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """The files of a packed one by their names, in its order."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return {entry.filename: packed.read(entry) for entry in packed.infolist()}


def ordered(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of an Office file in the order of their names, the list of types first, where programs look for it."""
    return {name: parts[name] for name in sorted(parts, key=lambda each: (each != _TYPES, each))}
