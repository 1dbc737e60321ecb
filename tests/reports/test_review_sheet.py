"""The working papers of a review: what stands in them, and that they are read back as what they are."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
from wenxiao.evaluation.review.lines import review_lines
from wenxiao.project import load_profile, load_project
from wenxiao.reports.review_sheet import COLUMNS, review_workbook

from tests.evaluation.reviewed_forms import (
    BOOKS,
    GREEN,
    PLACES,
    RATE,
    ROAD,
    SATISFIED,
    SEGMENTS,
    SHEETS,
    evaluated,
    fill,
    handed_in,
    reviewed,
    with_sheets,
)

RULES = load_profile("review").review
_SCORE = {PLACES: (4, "佐证不足，扣60%"), RATE: (7, "扣30%")}


def test_a_sheet_has_the_columns_of_the_form_and_the_forms_own_figures(tmp_path: Path) -> None:
    """Thirteen columns, sign, number and unit of a target apart, the execution a row of its own, 合计 as formulas."""
    with_sheets(tmp_path)
    page = openpyxl.load_workbook(tmp_path / SHEETS)[f"02 {ROAD}"]
    assert [cell.value for cell in page[3]][:13] == list(COLUMNS)
    rows = {page.cell(row, 3).value or page.cell(row, 1).value: row for row in range(4, 13)}
    line = [cell.value for cell in page[rows[SEGMENTS]]]
    assert line[3:6] == ["≥", 40, "公里"]
    assert line[7:9] == [36, 13.5]
    assert line[9:11] == [None, None]  # the reviewer's own
    assert page.cell(rows["预算执行率"], 7).value == 10
    assert page.cell(rows["合计"], 9).value == '=IF(COUNT(I4:I11)=ROWS(I4:I11),SUM(I4:I11),"")'
    assert page.print_area == f"'02 {ROAD}'!$A$1:$M$12"


def test_a_proposal_stands_beside_the_form_and_is_no_score(tmp_path: Path) -> None:
    """测算参考 and its reason are no 复核得分: read back, nothing is reviewed, and the project is what it was."""
    with_sheets(tmp_path)
    page = openpyxl.load_workbook(tmp_path / SHEETS)[f"02 {ROAD}"]
    (row,) = (row for row in range(4, 12) if page.cell(row, 3).value == SATISFIED)
    assert page.cell(row, 14).value == 0
    assert str(page.cell(row, 15).value).startswith("满意度没有调查，按口径扣分值的 100%")
    assert page.cell(row, 11).value is None
    after, before = evaluated(tmp_path)[ROAD], evaluated(handed_in(tmp_path / "alone", (ROAD,)))[ROAD]
    assert after.verdict.score.number == before.verdict.score.number
    assert not after.review
    assert {f.code for f in after.findings} == {f.code for f in before.findings}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """The self scores of the forms, then the reviewed scores and remarks that a person filled in."""
    forms = {name: _own(each) for name, each in evaluated(handed_in(tmp_path / "forms")).items()}
    with_sheets(tmp_path)
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / SHEETS).write_bytes((tmp_path / SHEETS).read_bytes())
    fill(alone / SHEETS, {ROAD: _SCORE, GREEN: {}, BOOKS: {}})
    read = evaluated(alone)
    assert {name: _own(each) for name, each in read.items()} == forms
    lines = {line.name: line for line in review_lines(read[ROAD])}
    assert (lines[PLACES].reviewed.text, lines[PLACES].note) == ("4.00分", "佐证不足，扣60%")
    assert {name for name, line in lines.items() if line.note} == {PLACES, RATE}
    assert read[ROAD].project.fact("department").text == "甲市交通局"


def _own(evaluation: object) -> dict[str, Decimal]:
    lines = review_lines(evaluation)  # type: ignore[arg-type]
    return {
        line.name: line.self_score.quantity.value.normalize() for line in lines if line.self_score.quantity
    }


def test_the_summary_takes_its_figures_from_the_sheets(tmp_path: Path) -> None:
    """Formulas to the 合计 of each sheet with what they give; a unit's mean waits for all of its projects."""
    projects = evaluated(reviewed(tmp_path, **{ROAD: _SCORE, GREEN: {}, BOOKS: {PLACES: (None, "")}}))
    made = review_workbook(tuple(projects.values()), RULES)
    formulas, values = (openpyxl.load_workbook(BytesIO(made), data_only=given) for given in (False, True))
    number = list(projects).index(ROAD) + 4
    line = f"'{number - 3:02} {ROAD}'"
    assert formulas["复核汇总表"].cell(number, 6).value == f'=IF(ISNUMBER({line}!K12),{line}!K12,"")'
    shown = [cell.value for cell in values["复核汇总表"][number]]
    total = projects[ROAD].review_totals["reviewed_score"].measure.number
    assert total is not None
    assert shown[3] == ROAD
    assert (shown[5], shown[6]) == (float(total), -9)
    assert shown[7] == f"{PLACES} −6.00：佐证不足，扣60%；{RATE} −3.00：扣30%"
    units = {row[0].value: [cell.value for cell in row[1:]] for row in values["各单位"].iter_rows(min_row=4)}
    assert units["甲市交通局"][0] == 2
    assert units["甲市交通局"][2:] == [None, None]  # 图书购置 has no total
    assert units["甲区农业局"][3] == 0


def test_the_same_forms_make_the_same_bytes(tmp_path: Path) -> None:
    """A workbook has no time of its own."""
    forms = tuple(evaluated(handed_in(tmp_path)).values())
    assert review_workbook(forms, RULES) == review_workbook(forms, RULES)


def test_the_form_and_its_review_are_one_project(tmp_path: Path) -> None:
    """Three forms and their 复核表 are three projects; the reviewed score counts, the form's own is beside it."""
    projects = evaluated(reviewed(tmp_path, **{ROAD: _SCORE, GREEN: {}, BOOKS: {}}))
    assert sorted(projects) == sorted((ROAD, BOOKS, GREEN))
    road = projects[ROAD]
    assert road.review_totals["self_score"].measure.number == (road.verdict.score.number or 0) + 9
    assert "score-sheet-differs" not in {f.code for f in road.findings}
    assert len(load_project(tmp_path).projects) == 3
