"""The cover: for whom it is, what it is called, by whom, when; and the page that the 主评人 signs."""

from __future__ import annotations

import re

from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.document.paper import Paper
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
