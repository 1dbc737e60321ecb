"""A chart in the document: the picture without its title, which stands below as the caption, and its text alternative."""

from __future__ import annotations

from docx.shared import Mm

from wenxiao.reports.hand_over.document.paper import Paper
from wenxiao.reports.hand_over.pictures import MILLIMETRES, Picture300

_HIGH = 195.0
"""Millimetres: a picture and its caption stay on one page."""


def write_picture(paper: Paper, picture: Picture300) -> None:
    """Adds the picture to the document with its number, its message and its caption."""
    scale = min(1.0, _HIGH / picture.height)
    paper.picture(picture.bare, picture.chart.alt, Mm(MILLIMETRES * scale), Mm(picture.height * scale))
    paper.caption("图", "FigureCaption", picture.chart.title)
    if picture.chart.subtitle:
        paper.paragraph("FigureNote", picture.chart.subtitle)
