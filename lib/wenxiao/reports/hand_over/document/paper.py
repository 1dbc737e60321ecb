"""The document being written: headings, paragraphs, captions and lists, each by a named style."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from markupsafe import Markup

from wenxiao.display.outline import numeral
from wenxiao.model.written_text import written
from wenxiao.reports.hand_over.document.stylesheet import NAMESPACE
from wenxiao.reports.hand_over.zipped import ordered, unzipped, zipped

_ITEMS = 2
"""The list that items of the text are instances of."""


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents: its level from 1, its number and words, the bookmark it leads to."""

    level: int
    words: str
    bookmark: str


class Paper:
    """A document under way. Numbers of headings, tables and figures are counted here and stand in it as fields."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.entries: list[Entry] = []
        self._counts = [0, 0]
        self._annexes = 0
        self._captions: dict[str, int] = {}
        self._pictures = 0
        self._lists = 2
        self._marks = 0

    def paragraph(self, style: str, *runs: str | tuple[str, str]) -> Paragraph:
        """A paragraph of texts, their line ends kept; a pair is a text in a character style."""
        paragraph: Paragraph = self.document.add_paragraph()
        self.fill(paragraph, style, runs)
        return paragraph

    def fill(self, paragraph: Paragraph, style: str, runs: Iterable[str | tuple[str, str]]) -> None:
        """Gives the paragraph the style and the texts."""
        paragraph._p.get_or_add_pPr().get_or_add_pStyle().val = (
            style  # by its id: names are translated by Word
        )
        for each in runs:
            text, character = (each, "") if isinstance(each, str) else each
            if not text:
                continue
            for number, line in enumerate(re.split(r"\r\n?|\n", text)):
                run = paragraph.add_run()
                if number:
                    run.add_break()
                run.add_text(written(line))
                if character:
                    run._r.get_or_add_rPr().get_or_add_rStyle().val = character

    def cell(self, cell: _Cell, style: str, text: str) -> Paragraph:
        """The one paragraph of a cell, filled."""
        paragraph: Paragraph = cell.paragraphs[0]
        self.fill(paragraph, style, (text,))
        return paragraph

    def heading(self, level: int, words: str, *, alone: bool = False) -> None:
        """A heading of level 1 (一、) or 2 (（一）), numbered by its style unless alone in its section; in the contents."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (len(self._counts) - level)
        count = numeral(self._counts[level - 1])
        number = "" if alone else f"{count}、" if level == 1 else f"（{count}）"
        paragraph = self._listed(level, f"Heading{level}", number, words)
        if alone:
            self._numbered(paragraph, 0, 0)

    def annex(self, words: str) -> None:
        """The title of an annex, on a new page."""
        self._annexes += 1
        self._listed(1, "AnnexTitle", f"附件{self._annexes}\N{IDEOGRAPHIC SPACE}", words)

    def caption(self, kind: str, style: str, words: str) -> None:
        """A caption numbered through the document (表 1, 图 1), by a field so that it stays right when edited."""
        number = self._captions[kind] = self._captions.get(kind, 0) + 1
        paragraph = self.paragraph(style, f"{kind} ")
        field(paragraph, f"SEQ {kind} \\* ARABIC", str(number))
        self.fill(paragraph, style, (f"\N{IDEOGRAPHIC SPACE}{words}",))

    def picture(self, png: bytes, alt: str, width: Length, height: Length) -> None:
        """A picture in a paragraph of its own, with its text alternative."""
        paragraph = self.paragraph("Figure")
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width, height)
        self._pictures += 1
        properties = shape._inline.docPr
        properties.set("id", str(self._pictures))
        properties.set("name", f"图 {self._pictures}")
        properties.set("descr", written(alt))

    def begin_list(self, start: int = 1) -> int:
        """A new list of items, counted from `start`; the number of its instance."""
        numbering: Any = self.document.part.numbering_part.element
        self._lists += 1
        numbering.append(
            parse_xml(
                Markup(
                    '<w:num {} w:numId="{}"><w:abstractNumId w:val="{}"/><w:lvlOverride w:ilvl="0">'
                    '<w:startOverride w:val="{}"/></w:lvlOverride></w:num>'
                ).format(NAMESPACE, self._lists, _ITEMS, start)
            )
        )
        return self._lists

    def item(self, number: int, level: int, *runs: str | tuple[str, str]) -> None:
        """An item of a list begun."""
        self._numbered(self.paragraph("ListItem", *runs), min(level, 2), number)

    @staticmethod
    def _numbered(paragraph: Paragraph, level: int, number: int) -> None:
        """Gives a paragraph its number by a list; by list 0 it has none."""
        numbered: Any = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbered.get_or_add_ilvl().val = level
        numbered.get_or_add_numId().val = number

    def _listed(self, level: int, style: str, number: str, words: str) -> Paragraph:
        paragraph = self.paragraph(style, words)
        self._marks += 1
        name = f"_Toc{self._marks:06}"
        for tag, said in (
            ("bookmarkStart", Markup(' w:name="{}"').format(name)),
            ("bookmarkEnd", Markup("")),
        ):
            mark = parse_xml(Markup('<w:{} {} w:id="{}"{}/>').format(tag, NAMESPACE, self._marks, said))
            if tag == "bookmarkStart":
                paragraph._p.insert(list(paragraph._p).index(paragraph._p.find(qn("w:pPr"))) + 1, mark)
            else:
                paragraph._p.append(mark)
        self.entries.append(Entry(level, number + written(words), name))
        return paragraph


def keep(paragraph: Paragraph) -> None:
    """Keeps the paragraph on one page with what follows."""
    paragraph._p.get_or_add_pPr().get_or_add_keepNext()


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Appends a field that Word computes to the paragraph, showing `shown` until it does."""
    paragraph._p.append(
        parse_xml(
            Markup('<w:fldSimple {} w:instr=" {} "><w:r><w:t>{}</w:t></w:r></w:fldSimple>').format(
                NAMESPACE, instruction, shown
            )
        )
    )


def packed(document: Document) -> bytes:
    """The file, its parts in the order of their names with the list of types first, none with a time of its own."""
    saved = io.BytesIO()
    document.save(saved)
    return zipped(ordered(unzipped(saved.getvalue())))
