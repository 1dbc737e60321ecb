"""计算底稿: a line for every measure, its live formula beside the formula in words and the cells it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from wenxiao.display.cells import addresses
from wenxiao.model import Measure, SheetCell, Standing
from wenxiao.reports.working_paper.book import QUIET, Book, cached, measure_format, unit_word
from wenxiao.reports.working_paper.cells import Cells

_FIRST, _VALUE = 5, 5
_NAMED = 12
"""So many inputs are named one by one."""


class Lines:
    """The lines of the measures of one project; made before anything is written, so that formulas can refer to them."""

    def __init__(self, name: str, measures: Sequence[Measure], cells: Cells) -> None:
        self._name, self._measures, self._cells = name, measures, cells
        for row, measure in enumerate(measures, _FIRST):
            cells.settle(measure, SheetCell(name, _VALUE, row))

    def write(self, book: Book) -> None:
        """The sheet."""
        about = "数值一列是公式，引用抄录的原表；“公式”一列是同一公式的文字写法。"
        sheet = book.sheet(self._name, "计算底稿：每个数一行", about)
        sheet.heads(
            "指标键", "事项", "对象", "口径", "数值", "单位", "公式", "数据与单元格", "性质", "成立条件"
        )
        sheet.widths(A=24, G=40, H=46)
        for row, measure in enumerate(self._measures, _FIRST):
            sheet.text(row, 1, measure.key, font_color=QUIET)
            sheet.text(row, 2, measure.label)
            sheet.text(row, 3, measure.subject)
            sheet.text(row, 4, measure.basis)
            sheet.formula(row, _VALUE, self._cells.formula(measure), cached(measure), measure_format(measure))
            sheet.text(row, 6, unit_word(measure.unit))
            sheet.text(row, 7, "取自单元格" if measure.given else measure.formula)
            sheet.text(row, 8, _inputs(measure))
            sheet.text(row, 9, measure.standing.value, **_MARKS.get(measure.standing, {}))
            sheet.text(row, 10, measure.condition)


_MARKS = {Standing.DERIVED: {"bold": True}, Standing.WHAT_IF: {"bold": True}}


def _inputs(measure: Measure) -> str:
    """The inputs by name with their addresses, a sheet at a time; of many, the addresses alone."""
    if len(measure.inputs) > _NAMED:
        return addresses(given.cell for given in measure.inputs if given.cell)
    sheets: dict[str, list[str]] = {}
    for given in measure.inputs:
        sheet = f"{given.cell.file}［{given.cell.sheet}］" if given.cell else ""
        address = f" {given.cell.address}" if given.cell else ""
        sheets.setdefault(sheet, []).append(f"{given.label} {given.text}{address}")
    return "；".join(f"{sheet}{'、'.join(entries)}" for sheet, entries in sheets.items())
