"""The sheets of paper: what stands at their head and foot, and where a part with pages of its own begins."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION_START
from docx.oxml import parse_xml
from docx.section import Section, _Footer, _Header
from docx.shared import Mm, Twips
from markupsafe import Markup

from wenxiao.reports.hand_over.document.paper import Paper, field
from wenxiao.reports.hand_over.document.stylesheet import NAMESPACE

_WIDE, _HIGH = Twips(11906), Twips(16838)
_UPRIGHT = (Twips(2098), Twips(1474), Twips(1985), Twips(1588), Twips(1247), Twips(1304))
_ACROSS = (Mm(28), Mm(37), Mm(26), Mm(35), Mm(18), Mm(14))
"""Top, right, bottom, left; head and foot. Across, the paper is bound at its top."""


def cover_sheet(paper: Paper) -> None:
    """Removes head and page number from the document's first section."""
    _bare(paper.document.sections[0])


def contents_sheet(paper: Paper, title: str, mark: str) -> None:
    """Begins a section without page numbers, the mark at its head."""
    section = _begun(paper)
    _bare(section)
    _headed(paper, section, title, mark)


def body_sheet(paper: Paper, title: str, mark: str) -> None:
    """Begins the section counted from page 1: — 1 — outside, on both sides of the paper, the mark on each."""
    section = _started(paper)
    properties: Any = section._sectPr
    count = parse_xml(Markup('<w:pgNumType {} w:start="1"/>').format(NAMESPACE))
    properties.find(f"{{{properties.nsmap['w']}}}pgMar").addnext(count)
    _headed(paper, section, title, mark)
    for footer, style in ((section.footer, "Footer"), (section.even_page_footer, "FooterEven")):
        _own(footer)
        line = footer.paragraphs[0]
        paper.fill(line, style, ("— ",))
        field(line, "PAGE", "1")
        paper.fill(line, style, (" —",))


def _headed(paper: Paper, section: Section, title: str, mark: str) -> None:
    for header in (section.header, section.even_page_header):
        _own(header)
        paper.fill(header.paragraphs[0], "Header", (title,))
        header.paragraphs[0].add_run().add_tab()
        paper.fill(header.paragraphs[0], "Header", (mark,))


def turn(paper: Paper, *, across: bool) -> None:
    """Turns the paper to landscape from here on, or back to portrait; page numbers continue."""
    section = _started(paper)
    properties: Any = section._sectPr
    for count in (
        properties.findall(f"{{{properties.nsmap['w']}}}pgNumType") if paper.document.paragraphs else ()
    ):
        properties.remove(count)
    wide, high = (_HIGH, _WIDE) if across else (_WIDE, _HIGH)
    section.page_width, section.page_height = wide, high
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    sides = _ACROSS if across else _UPRIGHT
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = sides[:4]
    section.header_distance, section.footer_distance = sides[4:]


def lies_across(paper: Paper) -> bool:
    """Whether the paper is landscape where the document ends."""
    return bool(paper.document.sections[-1].orientation == WD_ORIENT.LANDSCAPE)


def _started(paper: Paper) -> Section:
    """The section that goes on from here: the first one while nothing is written."""
    return _begun(paper) if paper.document.paragraphs else paper.document.sections[0]


def _begun(paper: Paper) -> Section:
    section: Section = paper.document.add_section(WD_SECTION_START.NEW_PAGE)
    paper.fill(paper.document.paragraphs[-1], "TableEnd", ())  # it holds the end of the section before
    return section


def _bare(section: Section) -> None:
    for part in (
        section.header,
        section.even_page_header,
        section.footer,
        section.even_page_footer,
    ):
        _own(part)
        part.paragraphs[0]._p.get_or_add_pPr().get_or_add_pStyle().val = "TableEnd"


def _own(part: _Header | _Footer) -> None:
    part.is_linked_to_previous = False
