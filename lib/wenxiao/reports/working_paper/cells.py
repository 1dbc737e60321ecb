"""Where every figure stands in the paper: copied cells, figures read from words, and 计算底稿, a line for every measure, its live formula beside the formula in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from wenxiao.display.cells import addresses
from wenxiao.model import (
    CellRef,
    Expression,
    Given,
    Measure,
    Missing,
    Named,
    SheetCell,
    Standing,
    Unit,
    spreadsheet_of,
)
from wenxiao.reports.working_paper.book import INPUT, QUIET, Book, cached, measure_format, unit_word, word_of
from wenxiao.reports.working_paper.sources import Sources
from wenxiao.reports.working_paper.text import number_format


class Cells:
    """The places that formulas refer to, for one project.

    A figure that no copied cell shows as it is (read from words, or not given at all) gets a line in 读数, so that every
    formula refers to cells and what is missing can be filled in there.
    """

    def __init__(self, sources: Sources, readings: str) -> None:
        self._sources = sources
        self._readings = readings
        self._lines: dict[_Key, tuple[Given, int]] = {}
        self._places: dict[_Key, SheetCell] = {}
        self._homes: dict[int, tuple[Expression, SheetCell]] = {}
        self._measures: dict[str, SheetCell] = {}
        self._stands: dict[int, tuple[Given, SheetCell]] = {}

    def settle(self, measure: Measure, cell: SheetCell) -> None:
        """A measure has its line: other sheets, and formulas that name the same tree, refer to it."""
        self._measures[measure.key] = cell
        if not isinstance(measure.expression, Given):
            # The tree is kept beside its id, so that no other can take the id over.
            self._homes.setdefault(id(measure.expression), (measure.expression, cell))

    def stand(self, given: Given, cell: SheetCell) -> None:
        """A figure without a cell of its own stands in a computed cell of the paper."""
        # By identity: two indicators of one name are equal figures while both are missing.
        self._stands[id(given)] = (given, cell)

    def __call__(self, node: Given | Named | CellRef) -> SheetCell | None:
        """The place of a node, for `spreadsheet_of`."""
        if isinstance(node, CellRef):
            return self._sources.cell(node)
        if isinstance(node, Named):
            found = self._homes.get(id(node.term))
            return found[1] if found else None
        if id(node) in self._stands:
            return self._stands[id(node)][1]
        key = _key(node)
        if key not in self._places:
            self._places[key] = self._sources.holding(node) or self._reading(node, key)
        return self._places[key]

    def formula(self, measure: Measure) -> str | None:
        """The formula of a measure over the copied cells."""
        return spreadsheet_of(measure.expression, self, word_of(measure))

    def line(self, measure: Measure) -> str | None:
        """A reference to a measure's line; its own formula where it has none."""
        cell = self._measures.get(measure.key)
        return cell.text if cell else self.formula(measure)

    def write(self, book: Book) -> None:
        """The sheet 读数, if any figure needs a line there."""
        if not self._lines:
            return
        about = "这里的数不是原样取自某个单元格：由单元格中的文字读出，或资料没有提供。补填数值后，引用它的公式随之计算。"
        sheet = book.sheet(self._readings, "读数：由文字读出的数和未提供的数", about)
        sheet.heads("项目", "数值", "单位", "原文", "原单元格")
        for given, row in self._lines.values():
            sheet.text(row, 1, given.label)
            quantity = given.quantity
            if quantity is None:
                assert isinstance(given.content, Missing)
                sheet.text(row, 2, given.content.label, font_color=QUIET, align="right")
            else:
                style = number_format(quantity.unit, quantity.places)
                sheet.number(row, 2, float(quantity.value), style, font_color=INPUT)
                sheet.text(row, 3, unit_word(quantity.unit))
            sheet.text(row, 4, given.raw)
            sheet.text(row, 5, str(given.cell) if given.cell else "")

    def _reading(self, given: Given, key: _Key) -> SheetCell:
        _, row = self._lines.setdefault(key, (given, _FIRST + len(self._lines)))
        return SheetCell(self._readings, 2, row)


_Key = tuple[str, CellRef | None, Decimal | Missing, Unit | None]
_FIRST = 5


def _key(given: Given) -> _Key:
    """What makes two figures the same for a formula; whether a figure counts as rounded does not."""
    content = given.content
    value = content if isinstance(content, Missing) else content.value
    return given.label, given.cell, value, None if isinstance(content, Missing) else content.unit


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
