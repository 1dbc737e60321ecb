"""What a figure tells when it is activated: what it is, how it came about, where its data stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from wenxiao.display.cells import SheetMarks, addresses, at_a_glance, sheet_name
from wenxiao.display.lines import Line, RowFigures
from wenxiao.display.trace import (
    cell_entries,
    entries,
    in_short,
    nowhere,
    remarks_on,
    row_name,
    title_of,
    trace_of,
)
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
    link = Markup(' <a href="#{}">底稿第 {} 行</a>').format(line.anchor, line.number) if line else Markup("")
    lines = Markup("").join(Markup("<p>{}</p>").format(fact) for fact in facts)
    foot = Markup("<p>{}{}</p>").format(where, link) if where or link else Markup("")
    return Markup('<div popover id="{}"><b>{}</b>{}{}{}</div>').format(
        name, title, f" {value}" if value else "", lines, foot
    )


_Told = tuple[str, str, list[str], str]
"""Title, value, what is told, and the file and sheet."""


def _of_cells(figures: RowFigures) -> _Told:
    row = row_name(figures)
    told = cell_entries(figures, row)
    cell = told.cells[0]
    sheet = sheet_name(cell.file, cell.sheet)
    facts = ["位数按同列最小位数推定"] if told.inferred else []
    if len(figures) == 1:
        return title_of(figures[0]), told.value, facts, f"{sheet}{cell.address}"
    return row, "", [Markup("<br>").join(told.entries), *facts], sheet


def _of_measure(measure: Measure, line: Line | None, elsewhere: Callable[[Expression], str]) -> _Told:
    title, value = title_of(measure), measure.text_with_unit
    remarks = [remarks_on(measure)] if remarks_on(measure) else []
    if isinstance(measure.expression, Count):
        return title, value, [f"＝ {measure.formula}", *remarks], addresses(measure.expression.cells)
    rest = trace_of(measure, _bare_address).rest
    named = [given for given in measure.inputs if given not in rest]
    rest = trace_of(measure, _bare_address, elsewhere).rest
    marks = SheetMarks()
    several = len(_sheets(named)) > 1
    trace = trace_of(measure, marks.address if several else _bare_address, elsewhere)
    facts = [measure.basis] if measure.basis and _plain(measure.basis) != _plain(in_short(measure)) else []
    facts.append(f"＝ {trace.formula}")
    sheets = _sheets(named) or _sheets(rest)[:1]
    if rest:
        facts.append(f"数据：{_rest(rest, line, sheets)}")
    return title, value, [*facts, *remarks], str(marks) if several else "；".join(sheets)


def _rest(rest: Sequence[Given], line: Line | None, named: list[str]) -> str:
    """The data that the formula does not name: some with their figures, many by their cells."""
    cells = [given.cell for given in rest if given.cell]
    if line and len(rest) > _FEW and cells:
        return f"{len(rest)} 项，{at_a_glance(cells, named)}"
    sheets = set(_sheets(rest)) - set(named)
    shown = entries(rest[:_FEW_ALONE], str if sheets else _bare_address)
    return f"{shown} 等 {len(rest)} 项" if len(rest) > _FEW_ALONE else shown


def _sheets(givens: Sequence[Given]) -> list[str]:
    return list(dict.fromkeys(sheet_name(g.cell.file, g.cell.sheet) for g in givens if g.cell))


def _bare_address(cell: CellRef) -> str:
    return cell.address


def _plain(words: str) -> str:
    """Words of a formula without blanks and without what names of amounts add."""
    return words.replace(" ", "").replace("数", "").replace("资金", "")
