"""评分表 and its first level: 分值, 得分, 得分率 and 失分 of every indicator, with the chart of score rates."""

from __future__ import annotations

from wenxiao.evaluation import Indicator, Scorecard
from wenxiao.model import Given, SheetCell, total
from wenxiao.model.spreadsheet import spreadsheet_of
from wenxiao.model.units import POINTS
from wenxiao.reports.working_paper.book import Book, Cached, Sheet, cached, measure_format
from wenxiao.reports.working_paper.cells import Cells
from wenxiao.reports.working_paper.charts import score_rates
from wenxiao.reports.working_paper.rules import Rules
from wenxiao.reports.working_paper.text import number_format

_FIRST = 5
_WEIGHT, _SCORE, _RATE, _LOST = 4, 5, 6, 7
_HEADS = ("指标", "级", "上级指标", "分值（分）", "得分（分）", "得分率（%）", "失分（分）", "扣分原因")


def write_scorecard(book: Book, names: tuple[str, str], card: Scorecard, cells: Cells, rules: Rules) -> None:
    """The scorecard, parents before children, its total and grade below; then its first level with the chart."""
    name, first_level = names
    sheet = book.sheet(name, "评分表", "分值、得分引用抄录的原表；没有自己的单元格的上级指标为下级之和。")
    sheet.heads(*_HEADS)
    lines = list(card.walk())
    rows = {id(indicator): row for row, indicator in enumerate(lines, _FIRST)}
    for indicator in lines:
        _line(sheet, rows[id(indicator)], indicator, rows, cells)
    row = _FIRST + len(lines)
    sheet.text(row, 1, "合计", bold=True)
    for column, measure in ((_WEIGHT, card.weights), (_SCORE, card.total), (_RATE, card.total_rate)):
        sheet.formula(row, column, cells.line(measure), cached(measure), measure_format(measure), bold=True)
    sheet.text(row + 1, 1, "等级", bold=True)
    formula, label = rules.grade(SheetCell("", _SCORE, row), card.grade, str(cached(card.total)))
    sheet.formula(row + 1, _SCORE, formula, label, bold=True)
    printed = [("表中印出的总分", card.printed_total), ("表中印出的总分（取整）", card.rounded_total)]
    for label, given in printed:
        if given is not None:
            row += 1
            sheet.text(row + 1, 1, label)
            _figure(sheet, row + 1, _SCORE, given, cells)
    if card.printed_grade:
        sheet.text(row + 2, 1, "表中印出的等级")
        sheet.text(row + 2, _SCORE, card.printed_grade)
    _first_level(book, first_level, card, name, rows)


def _line(sheet: Sheet, row: int, indicator: Indicator, rows: dict[int, int], cells: Cells) -> None:
    sheet.text(row, 1, "　" * (indicator.level - 1) + indicator.name, bold=indicator.level == 1)
    sheet.number(row, 2, indicator.level, "0")
    sheet.text(row, 3, " / ".join(indicator.path[:-1]))
    for column, given in ((_WEIGHT, indicator.weight), (_SCORE, indicator.score)):
        parts = [SheetCell("", column, rows[id(child)]) for child in indicator.children]
        _figure(sheet, row, column, given, cells, parts)
    for column, measure in ((_RATE, indicator.score_rate), (_LOST, indicator.lost)):
        sheet.formula(row, column, cells.line(measure), cached(measure), measure_format(measure))
    sheet.text(row, 8, indicator.reason)


def _figure(
    sheet: Sheet, row: int, column: int, given: Given, cells: Cells, parts: list[SheetCell] | None = None
) -> None:
    """A figure of the table: a reference to its copied cell, else the sum of its parts."""
    quantity = given.quantity
    value: Cached = given.text if quantity is None else float(quantity.value)
    if given.cell is None and quantity is not None and parts:
        places = iter(parts)
        sums = total([Given("", quantity) for _ in parts])
        formula = spreadsheet_of(sums, lambda _: next(places))
    else:
        formula = spreadsheet_of(given, cells, given.text if quantity is None else "未提供")
    sheet.formula(row, column, formula, value, number_format(POINTS, quantity.places if quantity else 2))


def _first_level(book: Book, name: str, card: Scorecard, source: str, rows: dict[int, int]) -> None:
    sheet = book.sheet(name, "一级指标得分率", "引用评分表；图随之变化。")
    sheet.heads("一级指标", "分值（分）", "得分（分）", "得分率（%）", "失分（分）")
    for row, indicator in enumerate(card.indicators, _FIRST):
        sheet.text(row, 1, indicator.name)
        figures = (
            (indicator.weight.quantity, _WEIGHT),
            (indicator.score.quantity, _SCORE),
        )
        for column, (quantity, at) in enumerate(figures, 2):
            value: Cached = "未提供" if quantity is None else float(quantity.value)
            form = number_format(POINTS, quantity.places if quantity else 2)
            sheet.formula(row, column, SheetCell(source, at, rows[id(indicator)]).text, value, form)
        for column, (measure, at) in enumerate(((indicator.score_rate, _RATE), (indicator.lost, _LOST)), 4):
            cell = SheetCell(source, at, rows[id(indicator)])
            sheet.formula(row, column, cell.text, cached(measure), measure_format(measure))
    if any(each.score_rate.number is not None for each in card.indicators):
        score_rates(sheet, _FIRST, len(card.indicators))
