"""What follows the report: its annexed tables, what changed since, where its figures come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wenxiao.display.appendix import formula_of
from wenxiao.display.cells import addresses
from wenxiao.display.inline import cells_of
from wenxiao.display.names import title_of
from wenxiao.model import Measure
from wenxiao.reports.comparison.terminal import shown_side
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.document.paper import Paper
from wenxiao.reports.hand_over.document.table import write_table
from wenxiao.reports.hand_over.printed import PrintedColumn, PrintedRow, PrintedTable
from wenxiao.reports.hand_over.revision import Revision


def write_tables(paper: Paper, title: str, annexed: Sequence[PrintedTable]) -> None:
    """Adds an annex of tables to the document; none without any."""
    if not annexed:
        return
    paper.annex(title)
    for table in annexed:
        write_table(paper, table)


def write_changes(paper: Paper, revision: Revision) -> None:
    """Adds the differences from the edition before to the document."""
    paper.annex("修改情况")
    if revision.texts:
        paper.paragraph(
            "BodyText", f"与{revision.before}相比，文字有改动的部分：{'、'.join(revision.texts)}。"
        )
    if not revision.changes:
        paper.paragraph("BodyText", f"与{revision.before}相比，得分、等级、名次和各项数字没有变化。")
        return
    paper.paragraph("BodyText", f"与{revision.before}相比，本稿的结果有下列变化。")
    rows = (
        (
            each.part.value,
            each.kind.value,
            each.what,
            shown_side(each.before),
            shown_side(each.after),
            each.text,
        )
        for each in revision.changes
    )
    write_table(paper, _words("修改情况表", ("部分", "变化", "事项", "原来", "现在", "相差"), rows))


def write_sources(paper: Paper, delivery: Delivery, figures: Iterable[Measure]) -> None:
    """Adds a line for every figure printed, its formula and cells, to the internal edition; none to one for release.

    What was not given has no line, nor what stands in the sheets as it is printed: its table names the sheet.
    """
    lines = [each for each in dict.fromkeys(figures) if each.number is not None and not each.given]
    if delivery.audience.release or not lines:
        return
    paper.annex("数据来源和计算过程（内部使用）")
    rows = (
        (title_of(each), each.text_with_unit, formula_of(each), addresses(cells_of(each))) for each in lines
    )
    heads = ("事项", "数值", "公式", "数据所在单元格")
    write_table(paper, _words("计算底稿（简表）", heads, rows))


def _words(title: str, heads: Sequence[str], rows: Iterable[tuple[str, ...]]) -> PrintedTable:
    """A table of words, without the columns in which nothing stands."""
    texts = list(rows)
    kept = [place for place in range(len(heads)) if any(row[place] for row in texts)]
    columns = tuple(PrintedColumn(heads[place], words=heads[place] != "数值") for place in kept)
    return PrintedTable(
        title, columns, tuple(PrintedRow(tuple(row[place] for place in kept)) for row in texts), annex=True
    )
