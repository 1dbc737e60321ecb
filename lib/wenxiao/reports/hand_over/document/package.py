"""The bytes of the Word file: the same for the same content, whenever and wherever it is made."""

from __future__ import annotations

import io
import zipfile

from docx.document import Document

_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip file can hold: it says that no time is meant."""


def packed(document: Document) -> bytes:
    """The file, its parts in the order of their names with the list of types first, none with a time of its own."""
    saved, made = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # of all systems the same
            target.writestr(entry, source.read(name))
    return made.getvalue()
