"""评分表 and its first level: 分值, 得分, 得分率 and 失分 of every indicator, with the chart of score rates."""

from __future__ import annotations

from collections.abc import Sequence

from wenxiao.evaluation import Evaluation, Indicator, Scorecard
from wenxiao.evaluation.audience import Audience
from wenxiao.model import Given, Missing, Severity, SheetCell
from wenxiao.model.spreadsheet import spreadsheet_of, sum_of
from wenxiao.model.units import POINTS
from wenxiao.reports.working_paper.book import Book, Cached, Sheet, cached, measure_format, word_of
from wenxiao.reports.working_paper.cells import Cells
from wenxiao.reports.working_paper.charts import drawable, score_rates
from wenxiao.reports.working_paper.rules import Rules
from wenxiao.reports.working_paper.text import number_format

_FIRST = 5
_WEIGHT, _SCORE, _RATE, _LOST = 4, 5, 6, 7
_HEADS = ("指标", "级", "上级指标", "分值（分）", "得分（分）", "得分率（%）", "失分（分）", "扣分原因")


class ScorecardSheet:
    """The scorecard of one evaluation; made before anything is written, because other formulas refer to its sums."""

    def __init__(self, names: tuple[str, str], card: Scorecard, cells: Cells) -> None:
        self._name, self._first_level = names
        self._card, self._cells = card, cells
        self._lines = tuple(card.walk())
        self._rows = {id(indicator): row for row, indicator in enumerate(self._lines, _FIRST)}
        for indicator in self._lines:
            for column, given in ((_WEIGHT, indicator.weight), (_SCORE, indicator.score)):
                if given.cell is None and indicator.children:
                    cells.stand(given, SheetCell(self._name, column, self._rows[id(indicator)]))

    def write(self, book: Book, rules: Rules) -> None:
        """The scorecard, parents before children, its total and grade below; then its first level with the chart."""
        card, cells = self._card, self._cells
        about = "分值、得分引用抄录的原表；没有自己的单元格的上级指标为下级之和。"
        sheet = book.sheet(self._name, "评分表", about)
        sheet.heads(*_HEADS)
        for indicator in self._lines:
            self._line(sheet, indicator)
        row = _FIRST + len(self._lines)
        sheet.text(row, 1, "合计", bold=True)
        for column, measure in ((_WEIGHT, card.weights), (_SCORE, card.total), (_RATE, card.total_rate)):
            sheet.formula(
                row, column, cells.line(measure), cached(measure), measure_format(measure), bold=True
            )
        row += 1
        sheet.text(row, 1, "等级", bold=True)
        formula, label = rules.grade(SheetCell("", _SCORE, row - 1), card.grade, word_of(card.total))
        sheet.formula(row, _SCORE, formula, label, words=True, bold=True, align="right")
        for words, given in (("所列总分", card.printed_total), ("所列总分（取整）", card.rounded_total)):
            if given is not None:
                row += 1
                sheet.text(row, 1, words)
                self._figure(sheet, row, _SCORE, given)
        if card.printed_grade:
            sheet.text(row + 1, 1, "所列等级")
            sheet.text(row + 1, _SCORE, card.printed_grade)
        self._write_first_level(book)

    def _line(self, sheet: Sheet, indicator: Indicator) -> None:
        row = self._rows[id(indicator)]
        sheet.text(row, 1, "　" * (indicator.level - 1) + indicator.name, bold=indicator.level == 1)
        sheet.number(row, 2, indicator.level, "0")
        sheet.text(row, 3, " / ".join(indicator.path[:-1]))
        for column, given in ((_WEIGHT, indicator.weight), (_SCORE, indicator.score)):
            parts = [SheetCell("", column, self._rows[id(child)]) for child in indicator.children]
            self._figure(sheet, row, column, given, parts)
        for column, measure in ((_RATE, indicator.score_rate), (_LOST, indicator.lost)):
            sheet.formula(row, column, self._cells.line(measure), cached(measure), measure_format(measure))
        sheet.text(row, 8, indicator.reason)

    def _figure(
        self, sheet: Sheet, row: int, column: int, given: Given, parts: list[SheetCell] | None = None
    ) -> None:
        """A figure of the table: a reference to its copied cell, else the sum of its parts."""
        quantity = given.quantity
        value: Cached = given.text if quantity is None else float(quantity.value)
        word = Missing.NOT_PROVIDED.label if quantity else given.text
        summed = given.cell is None and parts
        formula = sum_of(parts, word) if summed and parts else spreadsheet_of(given, self._cells, word)
        sheet.formula(row, column, formula, value, number_format(POINTS, quantity.places if quantity else 2))

    def _write_first_level(self, book: Book) -> None:
        card = self._card
        sheet = book.sheet(self._first_level, "一级指标得分率", f"引用“{self._name}”；图随之变化。")
        sheet.heads("一级指标", "分值（分）", "得分（分）", "得分率（%）", "失分（分）")
        for row, indicator in enumerate(card.indicators, _FIRST):
            sheet.text(row, 1, indicator.name)
            for column, (given, at) in enumerate(((indicator.weight, _WEIGHT), (indicator.score, _SCORE)), 2):
                quantity = given.quantity
                value: Cached = given.text if quantity is None else float(quantity.value)
                form = number_format(POINTS, quantity.places if quantity else 2)
                cell = SheetCell(self._name, at, self._rows[id(indicator)])
                sheet.formula(row, column, cell.text, value, form)
            for column, (measure, at) in enumerate(
                ((indicator.score_rate, _RATE), (indicator.lost, _LOST)), 4
            ):
                cell = SheetCell(self._name, at, self._rows[id(indicator)])
                sheet.formula(row, column, cell.text, cached(measure), measure_format(measure))
        known = any(each.score_rate.number is not None for each in card.indicators)
        if known and drawable(each.name for each in card.indicators):
            score_rates(sheet, _FIRST, len(card.indicators))


def write_verdicts(
    book: Book, name: str, evaluations: Sequence[tuple[Evaluation, Cells]], rules: Rules, readers: Audience
) -> None:
    """A line a project."""
    sheet = book.sheet(name, "评价结论", "引用计算底稿和评价规则。")
    heads = [
        "项目",
        "综合得分（分）",
        "得分的来历",
        "等级",
        "原报告等级",
        "执行率（%）",
        "执行率的名称",
        "执行率的口径",
    ]
    sheet.heads(*heads, *(["核对差异：错误", "警示", "提示"] if readers.sees_findings else []))
    for row, (evaluation, cells) in enumerate(evaluations, _FIRST):
        verdict, execution = evaluation.verdict, evaluation.execution
        sheet.text(row, 1, evaluation.project.title, bold=True)
        sheet.formula(
            row, 2, cells.line(verdict.score), cached(verdict.score), measure_format(verdict.score), bold=True
        )
        sheet.text(row, 3, verdict.score.basis)
        formula, label = rules.grade(SheetCell("", 2, row), verdict.grade, verdict.score.text)
        sheet.formula(row, 4, formula, label, words=True, bold=True)
        sheet.text(row, 5, verdict.printed_grade)
        sheet.formula(row, 6, cells.line(execution), cached(execution), measure_format(execution), bold=True)
        sheet.text(row, 7, execution.label)
        sheet.text(row, 8, execution.basis)
        if readers.sees_findings:
            for column, severity in enumerate(Severity, 9):
                sheet.number(row, column, evaluation.count(severity), "0")
