"""Word files read back: what a reader would see of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from docx.document import Document
from docx.text.paragraph import Paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words_of(opened: Document) -> Iterator[str]:
    """Every text of the body, tables in their place, of headers and footers too."""
    for block in opened.element.body.iter(f"{W}p"):
        yield "".join(text.text or "" for text in block.iter(f"{W}t"))
    for section in opened.sections:
        for part in (section.header, section.footer, section.even_page_header, section.even_page_footer):
            yield from (paragraph.text for paragraph in part.paragraphs)


def of_style(opened: Document, style: str) -> list[str]:
    """The paragraphs of a style in order, with what their fields show."""
    found = (each for each in opened.paragraphs if each.style is not None and each.style.style_id == style)
    return [whole_text(each) for each in found]


def whole_text(paragraph: Paragraph) -> str:
    """The text of a paragraph with that of its fields and links."""
    return "".join(text.text or "" for text in paragraph._p.iter(f"{W}t"))


def markup_of(made: bytes) -> str:
    """All the XML of a file: text, alternative texts, properties."""
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return "".join(
            package.read(name).decode() for name in package.namelist() if not name.endswith(".png")
        )
