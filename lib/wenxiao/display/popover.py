"""What a figure tells when it is activated: what it is, how it came about, where its data stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from wenxiao.display.cells import SheetMarks, addresses, at_a_glance, bare_address, sheet_name
from wenxiao.display.lines import Line, RowFigures
from wenxiao.display.names import row_name, row_prefix, title_of
from wenxiao.display.trace import Trace, basis_of, cell_entries, entries, nowhere, remarks_on, trace_of
from wenxiao.model import CellRef, Count, Expression, Given, Measure

_FEW, _FEW_ALONE = 3, 6
"""Of more data than this the popover of a figure that has a line of 计算底稿 names the cells only; without one it
lists so many."""


def popover(
    name: str,
    told: Measure | RowFigures,
    line: Line | None,
    elsewhere: Callable[[Expression], str] = nowhere,
) -> Markup:
    """The popover of a computed figure, or of figures that stand in a row of a sheet; with a link to their line, if any.

    A part of a formula that is told of `elsewhere` on the page refers there. A popover has an id and nothing else to it,
    no classes and no lists: a page has hundreds.
    """
    title, value, facts, where = (
        _of_measure(told, line, elsewhere) if isinstance(told, Measure) else _of_cells(told)
    )
    title = f"{line.project}：{title}" if line and line.project else title
    link = f'<a href="#{escape(line.anchor)}">底稿第 {line.number} 行</a>' if line else ""
    lines = "".join(f"<p>{escape(fact)}</p>" for fact in facts)
    feet = " ".join(part for part in (escape(where), link) if part)
    foot = f"<p>{feet}</p>" if feet else ""
    beside = f" {escape(value)}" if value else ""
    return Markup(f'<div popover id="{escape(name)}"><b>{escape(title)}</b>{beside}{lines}{foot}</div>')


_Told = tuple[str, str, list[str], str]
"""Title, value, what is told, and the file and sheet."""


def _of_cells(figures: RowFigures) -> _Told:
    told = cell_entries(figures, row_prefix(figures))
    cell = told.cells[0]
    sheet = sheet_name(cell.file, cell.sheet)
    facts = ["小数位数按本列推定"] if told.inferred else []
    if len(figures) == 1:
        return title_of(figures[0]), told.value, facts, f"{sheet}{cell.address}"
    return row_name(figures), "", [Markup("<br>").join(told.entries), *facts], sheet


def _of_measure(measure: Measure, line: Line | None, elsewhere: Callable[[Expression], str]) -> _Told:
    title, value = title_of(measure), measure.text_with_unit
    remarks = [remarks_on(measure)] if remarks_on(measure) else []
    if isinstance(measure.expression, Count):
        return title, value, [f"＝ {measure.formula}", *remarks], addresses(measure.expression.cells)
    trace = trace_of(measure, bare_address, elsewhere)
    brief = line is not None and len(trace.rest) > _FEW and any(given.cell for given in trace.rest)
    marks = SheetMarks()
    several = len(_sheets(trace.told if brief else (*trace.told, *trace.rest))) > 1
    address = marks.address if several else bare_address
    trace = trace_of(measure, address, elsewhere) if several else trace
    facts = [basis_of(measure)] if basis_of(measure) else []
    facts.append(f"＝ {trace.formula}")
    sheets = _sheets(trace.told) or _only(_sheets(trace.rest))
    if trace.rest:
        facts.append(f"数据：{_in_brief(trace, sheets) if brief else _in_full(trace, address)}")
    return title, value, [*facts, *remarks], str(marks) if several else "；".join(sheets)


def _in_brief(trace: Trace, named: Sequence[str]) -> str:
    """The data that the formula does not name, by its cells."""
    cells = [given.cell for given in trace.rest if given.cell]
    return f"{len(trace.rest)} 项，{at_a_glance(cells, named)}"


def _in_full(trace: Trace, address: Callable[[CellRef], str]) -> str:
    """The data that the formula does not name, with its figures."""
    shown = entries(trace.rest[:_FEW_ALONE], address)
    return f"{shown} 等 {len(trace.rest)} 项" if len(trace.rest) > _FEW_ALONE else shown


def _only(names: list[str]) -> list[str]:
    return names if len(names) == 1 else []


def _sheets(givens: Sequence[Given]) -> list[str]:
    return list(dict.fromkeys(sheet_name(g.cell.file, g.cell.sheet) for g in givens if g.cell))
