"""报告用表: the tables of a report in the order of its outline, numbered, as its readers may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from wenxiao import display as show
from wenxiao.display.release import for_audience
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.filled import blocks_in_order
from wenxiao.reports.hand_over.official import (
    BY_DISTRICT,
    FIRST_LEVEL,
    first_level_scores,
    indicator_scores,
    scores_by_indicator,
)
from wenxiao.reports.hand_over.printed import PrintedTable, printed
from wenxiao.reports.hand_over.table_book import table_book

_LISTS = ("清单", "表")


def report_tables(delivery: Delivery) -> bytes:
    """The workbook 报告用表.xlsx: a contents sheet, then a table a sheet, ready for A4; the same bytes each time."""
    return table_book(delivery, printed_tables(delivery))


def printed_tables(delivery: Delivery) -> tuple[PrintedTable, ...]:
    """The tables that the data fills and the readers may see, those of the text before those of the annex."""
    text, annex = ([*_cut(part(delivery), delivery)] for part in (_of_text, _of_annex))
    annexed = [replace(table, annex=True) for table in annex]
    return tuple(replace(each, number=n) for part in (text, annexed) for n, each in enumerate(part, 1))


@dataclass(frozen=True)
class _Wanted:
    """A table, if there is one, and how it is to be printed."""

    table: ReportTable | None
    aligned: bool = True
    lean: bool = True
    merged: int = 0
    counted: str = ""
    """What its list is of, where 序号 stands before each line."""


def _cut(wanted: Iterable[_Wanted], delivery: Delivery) -> Iterator[PrintedTable]:
    for each in wanted:
        cut = for_audience(each.table, delivery.audience) if each.table else None
        if isinstance(cut, ReportTable):
            cut = _counted(cut, each.counted) if each.counted else cut
            yield printed(
                cut, paper_title(cut.title), aligned=each.aligned, lean=each.lean, merged=each.merged
            )


def _of_text(delivery: Delivery) -> Iterator[_Wanted]:
    """The tables of the report in its order; those without a title are no tables to be referred to."""
    for block in blocks_in_order(delivery):
        if isinstance(block, ReportTable) and block.title:
            yield _Wanted(
                block,
                aligned=block.title != FIRST_LEVEL,
                # A rate of satisfaction is not to be read without the number of answers, or the word that it is not known.
                lean=not block.title.startswith("满意度"),
                counted="名称" if block.title.endswith(BY_DISTRICT) else "",
            )


def _of_annex(delivery: Delivery) -> Iterator[_Wanted]:
    evaluation, own = delivery.evaluation, delivery.district
    card = evaluation.district_cards.get(own) if own else evaluation.scorecard
    if own:
        yield _Wanted(first_level_scores(card), aligned=False)
    yield _Wanted(indicator_scores(card), merged=card.depth - 1 if card else 0)
    yield _Wanted(scores_by_indicator(evaluation, own), counted="名称")
    yield _Wanted(show.ranked_table(evaluation.ranking, own))
    if not own:
        yield _Wanted(show.neighbourhoods_table(evaluation), counted="小区")
    problems = show.problems_table(evaluation, own)
    numbered = problems is not None and any(head.name == "编号" for head in problems.heads)
    yield _Wanted(problems, counted="" if numbered else "问题")
    yield _Wanted(show.deductions_table(evaluation, own))


def paper_title(title: str) -> str:
    """The title of a page's table as a report calls it: 资金来源与使用情况表."""
    name = title.replace("（按名次）", "")
    return name if name.endswith(_LISTS) else f"{name}表"


def _counted(table: ReportTable, name: str) -> ReportTable:
    """The list with 序号 before each line, beginning anew in each group."""
    rows: list[Row] = []
    number = 0
    for row in table.rows:
        number = 0 if row.kind == "group" else number + 1
        line = replace(row, stub=str(number), cells=(row.stub, *row.cells))
        rows.append(row if row.kind == "group" else line)
    heads = (Head(name, words=True), *table.heads)
    return replace(table, stub=Head("序号", words=True), heads=heads, rows=tuple(rows))
