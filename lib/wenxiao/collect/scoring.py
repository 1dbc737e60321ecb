"""The sheets of a review to fill in: 评分底稿 from what the project knows, and blank 问题清单, 证据清单 and 意见采纳表."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from pathlib import Path

from wenxiao.collect.collection import keep
from wenxiao.collect.form import load_form
from wenxiao.collect.template import Lines, SheetOf, Text, write_template
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.scorecard_tables import district_tables
from wenxiao.evaluation.scoring import ScoreRow, computed_scores, figure_in, score_rows
from wenxiao.evaluation.scoring.application import plain
from wenxiao.evaluation.survey import overall
from wenxiao.fields import Registry, standard_registry
from wenxiao.model import CellRef, Measure, column_letters, decimal_text
from wenxiao.model.units import RATIO
from wenxiao.project import Profile

FILES = {
    "scoring": "评分底稿.xlsx",
    "problems": "问题清单.xlsx",
    "evidence": "证据清单.xlsx",
    "opinions": "意见采纳表.xlsx",
}
"""The forms of a review and the workbooks they are, among the project's own tables."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f']")
_LONGEST = 31


@dataclass(frozen=True, slots=True)
class ScoringSheets:
    """What `write_scoring` did: the workbooks made, and those that were there and were left as they were."""

    made: tuple[Path, ...]
    kept: tuple[Path, ...]


def write_scoring(folder: Path, evaluation: Evaluation, registry: Registry | None = None) -> ScoringSheets:
    """The workbooks of a review in a project's folder, made where they are not there yet; nothing is ever overwritten.

    OutputError where one cannot be written.
    """
    known = standard_registry() if registry is None else registry
    made, kept = [], []
    for form, name in FILES.items():
        path = folder / name
        if path.exists():
            kept.append(path)
            continue
        content = (
            scoring_workbook(evaluation, known)
            if form == "scoring"
            else write_template(load_form(form, known), known)
        )
        keep(path, content)
        made.append(path)
    return ScoringSheets(tuple(made), tuple(kept))


def scoring_workbook(evaluation: Evaluation, registry: Registry) -> bytes:
    """The 评分底稿 to fill in (xlsx), the same each time: a sheet for the project and one for each of several districts.

    Indicators are those of the project's scorecard, of a district's own where it has one, else those of 10号 附2. 分值, 指标值
    and 完成值 stand there as far as the tables give them, with their cells; no score does but 自评分 as it was handed in.
    """
    form = load_form("scoring", registry)
    sheet = form.by_kind["scorecard"]
    lines = _project_lines(evaluation) or tuple(
        _Line(path) for path in load_form("project", registry).by_kind["scorecard"].rows
    )
    copies = [SheetOf(sheet.sheet, sheet.title, _rows(lines, evaluation, sheet.fields))]
    districts = evaluation.project.districts
    own, taken = district_tables(evaluation.project), {sheet.sheet.casefold()}
    for district in districts if len(districts) > 1 else ():
        table = own.get(district)
        mine = (
            tuple(_Line(row.path, row) for row in score_rows(table))
            if table is not None
            else tuple(replace(line, shared=True) for line in lines)
        )
        name = _sheet_name(f"{sheet.sheet} {district}", taken)
        copies.append(SheetOf(name, f"{district}评分底稿", _rows(mine, evaluation, sheet.fields, district)))
    return write_template(form, registry, copies={"scorecard": tuple(copies)})


@dataclass(frozen=True, slots=True)
class _Line:
    """An indicator of a sheet: its path, its row where a scorecard has one.

    `shared` says that the row is the whole project's and the sheet a district's: 分值 and rule hold for it, a 指标值 unless it
    is an amount of the whole (46个), and what the project did is not what the district did.
    """

    path: tuple[str, ...]
    row: ScoreRow | None = None
    shared: bool = False


def _project_lines(evaluation: Evaluation) -> tuple[_Line, ...]:
    card = evaluation.scorecard
    return tuple(_Line(row.path, row) for table in card.tables for row in score_rows(table)) if card else ()


def _rows(
    lines: Iterable[_Line], evaluation: Evaluation, fields: tuple[str, ...], district: str = ""
) -> Lines:
    figures = dict(_figures(evaluation, district))
    rows = []
    for line in lines:
        held: dict[str, Text] = {f"level{level}": name for level, name in enumerate(line.path, start=1)}
        held |= _stated(line)
        if not held.get("actual") and (measure := figures.get(plain(line.path[-1]))) is not None:
            held |= {"actual": measure.text, "data_source": _places(given.cell for given in measure.inputs)}
        if (reference := _reference(line, str(held.get("actual", "")), evaluation.profile)) is not None:
            held["reference_score"] = reference
        rows.append(tuple(held.get(key, "") for key in fields))
    return tuple(rows)


def _stated(line: _Line) -> dict[str, Text]:
    """What the scorecard says of an indicator, with the cell of its 完成值 as the source."""
    row = line.row
    if row is None:
        return {}
    held: dict[str, Text] = {"rule": row.table.text(row.record, "rule")}
    target = row.target.quantity
    if not line.shared or target is None or target.unit.dimension == RATIO.dimension:
        held["target"] = row.target_text
    if row.weight.quantity is not None:
        held["weight"] = row.weight.quantity.value
    if line.shared:
        return held
    if row.actual_text:
        held |= {"actual": row.actual_text, "data_source": _places((row.actual.cell,))}
    own = row.table.given(row.record, "self_score").quantity
    return held if own is None else held | {"self_score": own.value}


def _figures(evaluation: Evaluation, district: str) -> Iterator[tuple[str, Measure]]:
    """The figures that serve an indicator of their name: rates of funds, completion of outputs, a survey; or a district's."""
    if district:
        for figure in evaluation.district_figures:
            measure = figure.values.get(district)
            if measure is not None and measure.number is not None and not figure.shared:
                yield plain(measure.label), measure
        return
    for figure in (
        evaluation.district_figures
    ):  # what the districts have together, where the project has no table of its own
        if figure.unit == RATIO and figure.sum is not None and figure.sum.number is not None:
            yield plain(figure.sum.label), figure.sum
    measures = [*(evaluation.funds.total.rates.values() if evaluation.funds else ())]
    yield from ((plain(each.label), each) for each in measures if each.number is not None)
    for output in evaluation.outputs:
        if output.completion_rate.number is not None:
            yield plain(f"{output.item}完成率"), output.completion_rate
    whole = overall(evaluation.surveys)
    if whole is not None and whole.rate.number is not None:
        yield "满意度", whole.rate


def _reference(line: _Line, actual: str, profile: Profile) -> Decimal | None:
    """What the profile's method gives for the 完成值 as it stands in the sheet, rounded as the profile says; else None."""
    if line.row is None or not actual:
        return None
    stated = replace(line.row, actual=figure_in(actual, f"{line.row.name}完成值"), actual_text=actual)
    scores = computed_scores((stated,), profile)
    number = scores[0].computed.number if scores else None
    return None if number is None else Decimal(decimal_text(number))


def _places(cells: Iterable[CellRef | None]) -> str:
    """Cells as people look them up, by sheet, those below each other as one range: 汇总.xlsx［分县区情况］C3:C14、E3."""
    sheets: dict[tuple[str, str], dict[int, set[int]]] = {}
    for cell in cells:
        if cell is not None:
            sheets.setdefault((cell.file, cell.sheet), {}).setdefault(cell.column, set()).add(cell.row)
    return "；".join(
        f"{file}［{sheet}］{'、'.join(part for column, rows in columns.items() for part in _runs(column, rows))}"
        for (file, sheet), columns in sheets.items()
    )


def _runs(column: int, rows: set[int]) -> Iterator[str]:
    """The cells of one column: C3, or C3:C14 where they lie below each other."""
    letters = column_letters(column)
    for row in sorted(rows):
        if row - 1 not in rows:
            last = next(end for end in count(row) if end + 1 not in rows)
            yield f"{letters}{row}" if last == row else f"{letters}{row}:{letters}{last}"


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that a workbook allows and no other sheet bears."""
    bare = _FORBIDDEN.sub("_", name).strip()[:_LONGEST]
    found, number = bare, 2
    while found.casefold() in taken:
        end = f"_{number}"
        found, number = bare[: _LONGEST - len(end)] + end, number + 1
    taken.add(found.casefold())
    return found
