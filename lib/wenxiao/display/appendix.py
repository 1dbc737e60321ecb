"""附 计算底稿: the lines that the figures of a page lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from wenxiao.display.cells import SheetMarks, addresses, bare_address, sheet_name
from wenxiao.display.inline import cell_given, cells_of, plain_text
from wenxiao.display.lines import Line, Lines, RowFigures
from wenxiao.display.names import in_short, name_in_row, row_name, row_prefix, title_of
from wenxiao.display.rendering import Rendering
from wenxiao.display.trace import basis_of, cell_entries, entries, remarks_on, trace_of
from wenxiao.model import Count, Expression, Given, Measure, Missing

_FEW = 2
_ALL = 12
"""So many inputs are named one by one; of more, only the cells."""


@dataclass(frozen=True)
class Appendix:
    """The table of the lines; figures in it are plain text, the rows are what links lead to."""

    lines: Lines
    internal: bool = False

    def html(self, rendering: Rendering) -> Markup:
        """A table with an id on each row; on a page of several projects each line names its own."""
        del rendering
        head = Markup("").join(
            Markup('<th scope="col" class="w">{}</th>').format(name)
            for name in ("行", "事项", "公式、数据与单元格")
        )
        rows = Markup("").join(_Lines(self.lines).rows())
        return Markup(
            '<div class="wx-table wx-lines"><div class="wx-scroll" tabindex="0" role="region" aria-label="计算底稿">'
            '<table><caption class="wx-hidden">计算底稿</caption><thead><tr>{}<th scope="col">数值</th></tr></thead>'
            "<tbody>{}</tbody></table></div></div>"
        ).format(head, rows)

    def text(self) -> str:
        """A line each."""
        return "\n".join(
            f"{line.number}. {title_of(figure)} = {plain_text(figure)}"
            + (f"  {figure.formula}" if isinstance(figure, Measure) else "")
            for line, each in self.lines
            for figure in (each if isinstance(each, tuple) else (each,))
        )

    def figures(self) -> Iterator[Measure | Given]:
        """None: the appendix is where figures lead to."""
        return iter(())


class _Lines:
    """The lines as rows of the table. A line stands for itself: on a page it is what a figure opens.

    What has a line is not told twice: a part of a formula refers to its line, many cells that stand in lines of their
    rows are named without their figures.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def rows(self) -> Iterator[Markup]:
        """A row each."""
        for line, each in self._lines:
            lead = f"{line.project}：" if line.project else ""
            alone = each if isinstance(each, Measure) else each[0] if len(each) == 1 else None
            if isinstance(alone, Measure) and cell_given(alone) is None:
                yield self._measure(line, lead, alone)
            elif isinstance(each, tuple):
                yield self._row(line, lead, each)

    def _row(self, line: Line, lead: str, figures: RowFigures) -> Markup:
        """Figures that stand in one row of a sheet, and what is computed from them."""
        row, prefix = row_name(figures), row_prefix(figures)
        standing = [figure for figure in figures if cell_given(figure) is not None]
        told = cell_entries(standing, prefix)
        words = ["、".join(told.entries)] if standing else []
        if len(figures) == 1:
            row, words = title_of(figures[0]), [f"{told.value} {told.cells[0].address}"]
        for figure in figures[len(standing) :]:
            if isinstance(figure, Measure):
                trace = trace_of(figure, bare_address, self._elsewhere(line.project), told.cells)
                rest = [given for given in trace.rest if given.cell not in told.cells]
                data = f"（数据：{entries(rest, bare_address, prefix)}）" if rest else ""
                words.append(
                    f"{name_in_row(figure, row, prefix)} {plain_text(figure)} ＝ {trace.formula}{_aside(figure)}{data}"
                )
        cell = next(cell for figure in figures for cell in cells_of(figure))
        return Markup(
            '<tr id="{}"><td>{}</td><th scope="row">{}{}</th><td colspan="2">{}：{}</td></tr>'
        ).format(
            line.anchor,
            line.number,
            lead,
            row,
            sheet_name(cell.file, cell.sheet),
            Markup("<br>").join(words),
        )

    def _measure(self, line: Line, lead: str, measure: Measure) -> Markup:
        """A computed figure."""
        missing = Markup(' class="wx-missing"') if isinstance(measure.value, Missing) else Markup("")
        return Markup('<tr id="{}"><td>{}</td><th scope="row">{}{}</th><td>{}</td><td{}>{}</td></tr>').format(
            line.anchor,
            line.number,
            lead,
            title_of(measure),
            self._derivation(measure, line.project),
            missing,
            measure.text_with_unit,
        )

    def _derivation(self, measure: Measure, project: str) -> str:
        """The formula with its data, in one line of words."""
        remarks = _aside(measure)
        if isinstance(measure.expression, Count):
            cells = (given.cell for given in measure.inputs if given.cell)
            return f"{in_short(measure)}{remarks}：{addresses(cells)}"
        trace = trace_of(measure, bare_address, self._elsewhere(project))
        named = dict.fromkeys(
            (given.cell.file, given.cell.sheet) for given in (*trace.told, *trace.rest) if given.cell
        )
        single = len(named) == 1
        marks = SheetMarks()
        address = bare_address if single else marks.address
        trace = trace if single else trace_of(measure, address, self._elsewhere(project))
        listed = [given.cell for given in trace.rest if given.cell and self._lines.show(given.cell, project)]
        if len(trace.rest) > _ALL:
            listed = [given.cell for given in trace.rest if given.cell]
        elif len(listed) <= _FEW:
            listed = []
        named_alone = set(listed)
        others = [given for given in trace.rest if given.cell not in named_alone]
        data = [addresses(listed, lambda *sheet: "" if single else marks(*sheet))] if listed else []
        data += [entries(others, address)] if others else []
        lead = "".join(f"{sheet_name(*sheet)}：" for sheet in named) if single else ""
        legend = f"（{marks}）" if str(marks) else ""
        return f"{lead}{trace.formula}{remarks}{'；数据：' if data else ''}{'、'.join(data)}{legend}"

    def _elsewhere(self, project: str) -> Callable[[Expression], str]:
        def reference(part: Expression) -> str:
            line = self._lines.told(part, project)
            return f"（第 {line.number} 行）" if line else ""

        return reference


def _aside(measure: Measure) -> str:
    """How a figure is to be understood and how far it holds, in brackets; '' for most."""
    said = "；".join(part for part in (basis_of(measure), remarks_on(measure)) if part)
    return f"（{said}）" if said else ""


def formula_of(measure: Measure) -> str:
    """How a measure was found, in words: its formula, its standing where it was not computed, its condition."""
    formula = "" if measure.given else in_short(measure)
    remarks = remarks_on(measure)
    return f"{formula}（{remarks}）" if remarks else formula or "取自单元格"
