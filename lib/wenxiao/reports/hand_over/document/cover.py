"""The cover, the page that the 主评人 signs, and the table of contents, which Word brings up to date."""

from __future__ import annotations

import re

from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from markupsafe import Markup

from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.document.paper import Entry, Paper
from wenxiao.reports.hand_over.document.stylesheet import NAMESPACE
from wenxiao.reports.hand_over.outline import Outline

_DATE = re.compile(r"(\d{4})\D(\d{1,2})(?:\D(\d{1,2}))?\D*")
_NOT_GIVEN = "未提供"
_PEOPLE = ("主评人", "评价组成员", "复核人")
_BLANK = "\N{IDEOGRAPHIC SPACE}" * 6


def write_cover(paper: Paper, delivery: Delivery, outline: Outline) -> None:
    """Adds the cover to the document. What the head does not give is printed as 未提供."""
    paper.paragraph("CoverMark", delivery.mark)
    paper.paragraph("CoverTitle", delivery.project.title)
    if delivery.district:
        paper.paragraph("CoverTitle", f"（{delivery.district}）")
    paper.paragraph("CoverKind", outline.report)
    for field, label in outline.cover.items():
        paper.paragraph("CoverLine", f"{label}：{_fact(delivery, field)}")
    paper.paragraph("CoverDate", date_in_words(delivery.project.fact("report_date").text) or "（日期未提供）")


def write_signatures(paper: Paper, delivery: Delivery, outline: Outline) -> None:
    """Adds the page to be signed to the document: names as the head gives them, room for hand and date."""
    paper.annex("主评人签字页")
    paper.paragraph("BodyText", f"报告名称：{delivery.title}{outline.report}（{delivery.edition}）")
    paper.paragraph("BodyText", f"评价机构：{_fact(delivery, 'evaluator')}（盖章）")
    for person in _PEOPLE:
        name = _fact(delivery, "lead_evaluator") if person == "主评人" else ""
        paper.paragraph("SignatureLine", f"{person}：{name or _BLANK}")
        paper.paragraph(
            "SignatureLine", f"签字：{_BLANK}{_BLANK[:2]}日期：{_BLANK[:4]}年{_BLANK[:2]}月{_BLANK[:2]}日"
        )


def date_in_words(text: str) -> str:
    """A date as papers print it; the text itself where it is none.

    >>> date_in_words("2022-07"), date_in_words("2024-01-30"), date_in_words("二〇二四年一月")
    ('2022年7月', '2024年1月30日', '二〇二四年一月')
    """
    found = _DATE.fullmatch(text.strip())
    if not found:
        return text
    year, month, day = found.groups()
    return f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "")


def _fact(delivery: Delivery, key: str) -> str:
    return delivery.project.fact(key).text or _NOT_GIVEN


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
