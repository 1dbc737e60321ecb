"""The report as a Word file: cover, contents, the sections of its outline, annexes, the page to be signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wenxiao.charts import Chart
from wenxiao.display.blocks import Block, Paragraph
from wenxiao.display.chart import ChartBlock
from wenxiao.display.inline import plain_text
from wenxiao.display.narrative import Words
from wenxiao.display.tables import ReportTable
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.document.annexes import (
    write_changes,
    write_opinions,
    write_sources,
    write_tables,
)
from wenxiao.reports.hand_over.document.blank import blank
from wenxiao.reports.hand_over.document.contents_list import write_contents
from wenxiao.reports.hand_over.document.cover import write_cover, write_signatures
from wenxiao.reports.hand_over.document.drawing import write_picture
from wenxiao.reports.hand_over.document.markdown import write_words
from wenxiao.reports.hand_over.document.package import packed
from wenxiao.reports.hand_over.document.paper import Paper
from wenxiao.reports.hand_over.document.sheet import body_sheet, contents_sheet, cover_sheet
from wenxiao.reports.hand_over.document.table import write_table
from wenxiao.reports.hand_over.document.text import written
from wenxiao.reports.hand_over.filled import filled
from wenxiao.reports.hand_over.opinions import shown_opinions
from wenxiao.reports.hand_over.outline import outline_of
from wenxiao.reports.hand_over.pictures import Picture300
from wenxiao.reports.hand_over.printed import PrintedTable, printed
from wenxiao.reports.hand_over.revision import Revision
from wenxiao.reports.hand_over.tables import paper_title, printed_tables


@dataclass(frozen=True)
class _Prints:
    """The pictures by the key of their chart and the printed tables by their title."""

    pictures: Mapping[str, Picture300]
    tables: Mapping[str, PrintedTable]

    def picture(self, chart: Chart) -> Picture300:
        """The picture of a chart."""
        return self.pictures.get(chart.key) or Picture300(chart.key, chart)

    def table(self, table: ReportTable) -> PrintedTable:
        """A table as it is printed in 报告用表; one that is not there, as tables are printed."""
        title = paper_title(table.title) if table.title else ""
        return self.tables.get(title) or printed(table, title)


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
    tables = printed_tables(delivery)
    prints = _Prints(
        {picture.chart.key: picture for picture in pictures}, {table.title: table for table in tables}
    )
    sections = filled(delivery, outline).sections
    for section in sections:
        paper.heading(1, section.title)
        _write(paper, section.blocks, prints)
        for part in section.parts:
            paper.heading(2, part.title)
            _write(paper, part.blocks, prints)
    write_tables(paper, tables)
    write_opinions(paper, shown_opinions(delivery))
    if revision is not None:
        write_changes(paper, revision)
    write_sources(paper, delivery, (figure for section in sections for figure in section.measures))
    write_signatures(paper, delivery, outline)
    write_contents(paper, place)
    return packed(paper.document)


def _write(paper: Paper, blocks: tuple[Block, ...], prints: _Prints) -> None:
    for block in blocks:
        match block:
            case Paragraph(words=words, note=note):
                paper.paragraph("TableNote" if note else "BodyText", plain_text(words))
            case Words():
                write_words(paper, block)
            case ReportTable():
                write_table(paper, prints.table(block))
            case ChartBlock(chart=Chart() as chart):
                write_picture(paper, prints.picture(chart))
            case _:
                for line in block.text().splitlines():
                    paper.paragraph("BodyText", line)
