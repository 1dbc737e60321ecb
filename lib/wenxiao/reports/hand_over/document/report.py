"""The report as a Word file: cover, contents, the sections of its outline, annexes, the page to be signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docx.shared import Mm

from wenxiao.display.blocks import Paragraph
from wenxiao.display.chart import ChartBlock
from wenxiao.display.inline import plain_text
from wenxiao.display.narrative import Words
from wenxiao.model.written_text import written
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.document.annexes import (
    write_changes,
    write_sources,
    write_tables,
)
from wenxiao.reports.hand_over.document.blank import blank
from wenxiao.reports.hand_over.document.cover import write_contents, write_cover, write_signatures
from wenxiao.reports.hand_over.document.markdown import write_words
from wenxiao.reports.hand_over.document.paper import Paper, packed
from wenxiao.reports.hand_over.document.sheet import body_sheet, contents_sheet, cover_sheet
from wenxiao.reports.hand_over.document.table import write_table
from wenxiao.reports.hand_over.filled import Written, filled
from wenxiao.reports.hand_over.outline import outline_of
from wenxiao.reports.hand_over.pictures import MILLIMETRES, Picture300
from wenxiao.reports.hand_over.printed import PrintedTable
from wenxiao.reports.hand_over.revision import Revision


def document(delivery: Delivery, pictures: Iterable[Picture300], revision: Revision | None = None) -> bytes:
    """The report of a delivery as `.docx`, by the outline of its kind; the same delivery gives the same bytes.

    Every word with a figure in it is the page's own. Sections without data are left out, and the numbers close up. The
    internal edition ends with where each figure comes from; an edition for release names what its readers may see.
    `revision` is what changed since the edition before.
    """
    outline = outline_of(delivery.kind, delivery.district)
    paper = Paper(blank(written(delivery.title + outline.report), written(delivery.mark), ""))
    cover_sheet(paper)
    write_cover(paper, delivery, outline)
    contents_sheet(paper, delivery.title + outline.report, delivery.mark)
    body_sheet(paper, delivery.title + outline.report, delivery.mark)
    place = paper.document.paragraphs[-1]
    paper.paragraph("Title", delivery.title)
    paper.paragraph("Subtitle", outline.report)
    report = filled(delivery)
    by_key = {picture.chart.key: picture for picture in pictures}
    for section in report.sections:
        paper.heading(1, section.title)
        _write(paper, section.written, by_key)
        for part in section.parts:
            paper.heading(2, part.title, alone=len(section.parts) == 1)
            _write(paper, part.written, by_key)
    write_tables(paper, "附表", report.annex)
    write_tables(paper, "意见采纳表", report.opinions)
    if revision is not None:
        write_changes(paper, revision)
    write_sources(paper, delivery, report.measures)
    write_signatures(paper, delivery, outline)
    write_contents(paper, place)
    return packed(paper.document)


def _write(paper: Paper, blocks: tuple[Written, ...], pictures: Mapping[str, Picture300]) -> None:
    for block in blocks:
        match block:
            case Paragraph(words=words, note=note):
                paper.paragraph("TableNote" if note else "BodyText", plain_text(words))
            case Words():
                write_words(paper, block)
            case PrintedTable():
                write_table(paper, block)
            case ChartBlock(chart=chart):
                write_picture(paper, pictures[chart.key])
            case _:
                for line in block.text().splitlines():
                    paper.paragraph("BodyText", line)


_HIGH = 195.0
"""Millimetres: a picture and its caption stay on one page."""


def write_picture(paper: Paper, picture: Picture300) -> None:
    """Adds the picture to the document with its number, its message and its caption."""
    scale = min(1.0, _HIGH / picture.height)
    paper.picture(picture.bare, picture.chart.alt, Mm(MILLIMETRES * scale), Mm(picture.height * scale))
    paper.caption("图", "FigureCaption", picture.chart.title)
    if picture.chart.subtitle:
        paper.paragraph("FigureNote", picture.chart.subtitle)
