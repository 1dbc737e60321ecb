"""The bytes of the Word file: the same for the same content, whenever and wherever it is made."""

from __future__ import annotations

import io

from docx.document import Document

from wenxiao.reports.hand_over.zipped import ordered, unzipped, zipped


def packed(document: Document) -> bytes:
    """The file, its parts in the order of their names with the list of types first, none with a time of its own."""
    saved = io.BytesIO()
    document.save(saved)
    return zipped(ordered(unzipped(saved.getvalue())))
