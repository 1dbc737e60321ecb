"""The table of contents: a field that Word brings up to date, with its entries already there."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from markupsafe import Markup

from wenxiao.reports.hand_over.document.paper import Entry, Paper
from wenxiao.reports.hand_over.document.stylesheet import NAMESPACE

_INSTRUCTION = r"TOC \o 1-2 \h \z \u"


def write_contents(paper: Paper, place: Paragraph) -> None:
    """Inserts the contents before `place`, a link each. Page numbers come when Word updates the field (F9)."""
    place.insert_paragraph_before(
        "目\N{IDEOGRAPHIC SPACE}\N{IDEOGRAPHIC SPACE}录"
    )._p.get_or_add_pPr().get_or_add_pStyle().val = "TOCHeading"
    lines = [_line(entry) for entry in paper.entries]
    if not lines:
        return
    begin = _characters("begin"), _instruction(), _characters("separate")
    for part in reversed(begin):
        lines[0].insert(1, part)
    lines[-1].append(_characters("end"))
    for line in lines:
        place._p.addprevious(line)


def _line(entry: Entry) -> BaseOxmlElement:
    return parse_xml(
        Markup(
            '<w:p {}><w:pPr><w:pStyle w:val="TOC{}"/></w:pPr><w:hyperlink w:anchor="{}" w:history="1">'
            "<w:r><w:t>{}</w:t></w:r></w:hyperlink></w:p>"
        ).format(NAMESPACE, entry.level, entry.bookmark, entry.words)
    )


def _characters(kind: str) -> BaseOxmlElement:
    return parse_xml(Markup('<w:r {}><w:fldChar w:fldCharType="{}"/></w:r>').format(NAMESPACE, kind))


def _instruction() -> BaseOxmlElement:
    return parse_xml(
        Markup('<w:r {}><w:instrText xml:space="preserve"> {} </w:instrText></w:r>').format(
            NAMESPACE, _INSTRUCTION
        )
    )
