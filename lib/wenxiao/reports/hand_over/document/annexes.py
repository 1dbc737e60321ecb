"""What follows the report: where its figures come from, for the house."""

from __future__ import annotations

from collections.abc import Iterable

from wenxiao.display.appendix import formula_of
from wenxiao.display.cells import addresses
from wenxiao.display.inline import cells_of
from wenxiao.display.rendering import title_of
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.model import Measure
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.document.paper import Paper
from wenxiao.reports.hand_over.document.table import write_table


def write_sources(paper: Paper, delivery: Delivery, figures: Iterable[Measure]) -> None:
    """Nothing; the internal edition holds a line for every figure printed: its formula and cells. One for release does not.

    What was not given has no line, nor what stands in the sheets as it is printed: its table names the cells.
    """
    lines = [each for each in dict.fromkeys(figures) if each.number is not None and not each.given]
    if delivery.audience.release or not lines:
        return
    paper.annex("数据来源和计算过程（内部使用）")
    heads = (Head("数值"), Head("公式", words=True), Head("单元格", words=True))
    rows = tuple(
        Row(title_of(each), (each.text_with_unit, formula_of(each), addresses(cells_of(each))))
        for each in lines
    )
    write_table(paper, ReportTable("计算底稿（简表）", Head("事项", words=True), heads, rows), addresses=True)
