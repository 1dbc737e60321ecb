"""The bytes of the Word file: the same for the same content, whenever and wherever it is made."""

from __future__ import annotations

import io

from docx.document import Document

from wenxiao.reports.hand_over.zipped import unzipped, zipped

_FIRST = "[Content_Types].xml"


def packed(document: Document) -> bytes:
    """The file, its parts in the order of their names with the list of types first, none with a time of its own."""
    saved = io.BytesIO()
    document.save(saved)
    parts = unzipped(saved.getvalue())
    return zipped({name: parts[name] for name in sorted(parts, key=lambda each: (each != _FIRST, each))})
