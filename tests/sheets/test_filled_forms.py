"""Forms of every layout, filled in at random in the ways units do: each figure is read as what it means, with its cell."""

from __future__ import annotations

import random
import re
from fractions import Fraction
from pathlib import Path

import pytest
from wenxiao.evaluation import evaluate
from wenxiao.model import Severity
from wenxiao.project import load_profile, load_project
from wenxiao.sheets import Reading, read_workbook
from wenxiao.sheets.containers.docx_tables import ABOVE

from tests.sheets.filled_forms import (
    LAYOUTS,
    WAYS,
    Filled,
    Sheet,
    Told,
    bare,
    filled,
    laid_out,
    write_document,
    write_workbook,
)
from tests.sheets.written import REGISTRY

Place = tuple[str, int, int]
_NAMES = ("level3", "source", "task", "item", "project_name")


def meanings(reading: Reading) -> dict[Place, list[Told]]:
    """What the tables of a reading say of each cell: kind, field, figure with its unit or text, names of its row."""
    found: dict[Place, list[Told]] = {}
    for table in reading.tables:
        for column in table.columns:
            for record in range(len(table)):
                given = table.given_in(record, column)
                means = given.quantity.text if given.quantity else column.text(record)
                names = [*(table.text(record, key) for key in _NAMES), column.label]
                cell = table.cell(record, column)
                told = Told(None, table.kind, column.key or "", means, " ".join(names))
                found.setdefault((cell.sheet, cell.row, cell.column), []).append(told)
    return found


def as_told(means: str) -> str:
    """A figure without thousands and noughts at its end."""
    return re.sub(r"\.?0+(?=\D*$)", "", text) if "." in (text := means.replace(",", "").replace("−", "-").replace(" ", "")) else text  # fmt: skip


def misread(told: dict[Place, Told], found: dict[Place, list[Told]]) -> list[object]:
    """The cells that are read as something else than what the unit meant."""
    return [
        (place, meant, found.get(place))
        for place, meant in told.items()
        if not any(
            (each.kind, each.key, as_told(each.means)) == (meant.kind, meant.key, as_told(meant.means))
            and bare(meant.of).replace(" ", "") in each.of.replace(" ", "")
            for each in found.get(place, ())
        )
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_figure_is_read_as_what_it_means(layout: str, tmp_path: Path) -> None:
    """However the form was filled in: kind of table, field, figure, unit and row; every other number is 未采用."""
    sheets: dict[str, Sheet] = {}
    told: dict[Place, Told] = {}
    forms: dict[str, Filled] = {}
    for way in WAYS:
        rng = random.Random(f"{layout}{way}")
        forms[way] = filled(layout, rng)
        sheets[way] = laid_out(forms[way], way, rng)
        told |= {(way, r + 1, c + 1): each for (r, c), each in sheets[way].told.items()}
    reading = read_workbook(write_workbook(tmp_path / "表.xlsx", sheets), REGISTRY)
    found = meanings(reading)
    assert misread(told, found) == []
    seen = {table.form: table.origin.sheet for table in reading.tables if table.form}
    assert {(form.key, form.project, sheet) for form, sheet in seen.items()} == {
        (form.form, form.project, way) for way, form in forms.items()
    }
    assert not any(block.figures for form in seen for block in form.unread)
    unused = {
        (u.first.sheet, r, c)
        for u in reading.unused
        for r in range(u.first.row, u.last.row + 1)
        for c in range(u.first.column, u.last.column + 1)
    }
    numbers = {
        (way, r + 1, c + 1)
        for way, sheet in sheets.items()
        for r, row in enumerate(sheet.rows)
        for c, cell in enumerate(row)
        if isinstance(cell, (int, float))
    }
    assert numbers <= {*found, *unused}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("way", ["one table", "a table a block", "without its header"])
def test_a_form_in_word_is_one_form(layout: str, way: str, tmp_path: Path) -> None:
    """A table, several one below the other, or one that goes on without a header: rows are counted on, figures are the same."""
    rng = random.Random(f"{layout}{way}")
    form = filled(layout, rng)
    sheet = laid_out(form, "unmerged" if way == "one table" else "merged", rng)
    starts = [sum(len(part.rows) for part in form.parts[:n]) for n in range(len(form.parts))]
    cuts = {"one table": (), "a table a block": tuple(starts[2:]), "without its header": (len(sheet.rows) - 2,)}[way]  # fmt: skip
    reading = read_workbook(write_document(tmp_path / "表.docx", sheet, cuts), REGISTRY)
    name = f"表1—{len(cuts) + 1}" if cuts else "表1"
    told = {(name, r + ABOVE, c + 1): each for (r, c), each in sheet.told.items()}
    assert misread(told, meanings(reading)) == []
    assert {table.form and table.form.key for table in reading.tables} == {form.form}


@pytest.mark.parametrize("layout", ["L1", "L2", "L3", "L5", "L12"])
def test_a_form_that_agrees_has_its_score_and_no_finding(layout: str, tmp_path: Path) -> None:
    """Score, budget and spending are those of the form; nothing is said of it but a unit that it does not print."""
    rng = random.Random(layout)
    form = filled(layout, rng)
    write_workbook(tmp_path / "表.xlsx", {"表": laid_out(form, "merged", rng)})
    evaluation = evaluate(load_project(tmp_path), load_profile(form.profile))
    assert evaluation.verdict.score.number == form.score
    assert form.spent
    assert form.budget
    assert evaluation.execution.number == Fraction(form.spent) / Fraction(form.budget)
    found = {f.code for f in evaluation.findings if f.severity < Severity.HINT}
    assert found <= {"sheet-unit-unknown"}
    assert "level-not-provided" not in {f.code for f in evaluation.findings}


@pytest.mark.parametrize(("change", "said"), [(0, False), (1, True)])
def test_the_weights_of_each_goal_are_those_of_its_label(change: int, said: bool, tmp_path: Path) -> None:
    """Of two goals of 40 points one whose indicators come to 41 is an error that names it and their cells."""
    rng = random.Random("goals")
    sheet = laid_out(filled("L3", rng), "merged", rng)
    place = max(at for at, told in sheet.told.items() if told.key == "weight")
    words, points = str(sheet.rows[place[0]][place[1]]).split("（")
    sheet.rows[place[0]][place[1]] = f"{words}（{int(points.removesuffix('分）')) + change}分）"
    write_workbook(tmp_path / "表.xlsx", {"表": sheet})
    findings = evaluate(load_project(tmp_path), load_profile("hubei")).findings
    found = [f for f in findings if f.code == "goal-weights"]
    assert [f.subject.startswith("年度目标2") for f in found] == [True] * said
    assert all((place[0] + 1, place[1] + 1) in {(c.row, c.column) for c in f.cells} for f in found)
