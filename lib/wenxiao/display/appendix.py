"""附 计算底稿: a line for every measure, which a figure's popover leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from wenxiao.display.cells import addresses, sheet_name
from wenxiao.display.rendering import Line, Rendering, in_short, open_to_all, title_of
from wenxiao.evaluation import Evaluation
from wenxiao.model import Count, Given, Measure, Missing, Standing

_ALL = 24
"""So many inputs are named one by one; of more, only the cells."""
_CIRCLED = 20
"""So many numbers have a circle in every font."""


def lines_of(
    evaluations: Iterable[Evaluation],
    withheld: Callable[[Measure | Given], bool] = open_to_all,
    district: str = "",
) -> dict[Measure, Line]:
    """The line of every measure, of a `district` alone where one is named, numbered through in reading order.

    What is not given at all has no line, nor what an edition for release withholds.
    """
    lines: dict[Measure, Line] = {}
    for evaluation in evaluations:
        for measure in evaluation.measures.values():
            if district and measure.subject != district:
                continue
            known = measure.number is not None or any(given.cell for given in measure.inputs)
            if known and measure not in lines and not withheld(measure):
                lines[measure] = Line(len(lines) + 1, evaluation.project.title)
    return lines


@dataclass(frozen=True)
class Appendix:
    """The table of all measures; figures in it are plain text, the rows are what links lead to."""

    lines: Mapping[Measure, Line]
    internal: bool = False

    def html(self, rendering: Rendering) -> Markup:
        """A table with an id on each row, grouped where it covers several projects."""
        del rendering
        head = Markup("").join(
            Markup('<th scope="col" class="wx-w">{}</th>').format(name)
            for name in ("行", "事项", "公式", "数据与单元格")
        )
        sheets = _Sheets()
        rows = Markup("").join(self._rows(sheets))
        return Markup(
            '<div class="wx-table wx-lines"><p class="wx-quiet">{}</p>'
            '<div class="wx-scroll" tabindex="0" role="region" aria-label="计算底稿">'
            '<table><caption class="wx-hidden">计算底稿</caption><thead><tr>{}<th scope="col">数值</th></tr></thead>'
            "<tbody>{}</tbody></table></div></div>"
        ).format(sheets, head, rows)

    def text(self) -> str:
        """A line each."""
        return "\n".join(
            f"{line.number}. {title_of(measure)} = {measure.text_with_unit}  {measure.formula}"
            for measure, line in self.lines.items()
        )

    def figures(self) -> Iterator[Measure | Given]:
        """None: the appendix is where figures lead to."""
        return iter(())

    def _rows(self, sheets: _Sheets) -> Iterator[Markup]:
        several = len({line.group for line in self.lines.values()}) > 1
        group = ""
        for measure, line in self.lines.items():
            if several and line.group != group:
                group = line.group
                yield Markup('<tr class="wx-group"><th scope="rowgroup" colspan="5">{}</th></tr>').format(
                    group
                )
            yield _row(measure, line, sheets)


class _Sheets:
    """The sheets that lines rest on, each by a mark: hundreds of lines come from a handful of them."""

    def __init__(self) -> None:
        self._marks: dict[tuple[str, str], str] = {}

    def __call__(self, file: str, sheet: str) -> str:
        """The mark of a sheet, with a blank after it."""
        return f"{self._marks.setdefault((file, sheet), _mark(len(self._marks)))} "

    def __str__(self) -> str:
        """Which mark stands for which sheet."""
        return "；".join(f"{mark} {sheet_name(*sheet)}" for sheet, mark in self._marks.items())


def _mark(number: int) -> str:
    return chr(ord("①") + number) if number < _CIRCLED else f"({number + 1})"


def _row(measure: Measure, line: Line, sheets: _Sheets) -> Markup:
    missing = Markup(' class="wx-missing"') if isinstance(measure.value, Missing) else Markup("")
    return Markup(
        '<tr id="{}"><td>{}</td><th scope="row">{}</th><td>{}</td><td>{}</td><td{}>{}</td></tr>'
    ).format(
        line.anchor,
        line.number,
        title_of(measure),
        formula_of(measure),
        inputs_of(measure, sheets),
        missing,
        measure.text_with_unit,
    )


def formula_of(measure: Measure) -> str:
    """How a measure was found, in words: its formula, its standing where it was not computed, its condition."""
    formula = "" if measure.given else in_short(measure, measure.formula)
    standing = "" if measure.standing is Standing.COMPUTED else measure.standing.value
    remarks = "，".join(part for part in (standing, measure.condition) if part)
    return f"{formula}（{remarks}）" if remarks else formula or "取自单元格"


def inputs_of(measure: Measure, named: Callable[[str, str], str] = sheet_name) -> str:
    """What a measure was found from: each figure with its cell, of many the cells only; sheets are `named` by file and sheet."""
    if isinstance(measure.expression, Count | Given) or len(measure.inputs) > _ALL:
        return addresses((given.cell for given in measure.inputs if given.cell), named)
    found: dict[str, dict[str, None]] = {}
    for given in measure.inputs:
        sheet = named(given.cell.file, given.cell.sheet) if given.cell else ""
        address = f" {given.cell.address}" if given.cell else ""
        found.setdefault(sheet, {})[f"{in_short(measure, given.label)} {given.text}{address}"] = None
    return "；".join(f"{sheet}{'、'.join(entries)}" for sheet, entries in found.items())
