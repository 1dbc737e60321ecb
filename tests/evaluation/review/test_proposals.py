"""What the rules propose for a form, and that nothing is taken off by it."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from wenxiao.evaluation.review.lines import review_lines
from wenxiao.evaluation.review.proposals import as_handed_in, proposals
from wenxiao.model import ProfileError
from wenxiao.project import load_profile
from wenxiao.project.review_rule import ReviewRule

from tests.evaluation.reviewed_forms import (
    COST,
    ON_TIME,
    PEOPLE,
    PLACES,
    ROAD,
    SATISFIED,
    SEGMENTS,
    evaluated,
    handed_in,
    reviewed,
)

RULES = load_profile("review").review


def test_the_form_alone_shows_what_a_rule_is_about(tmp_path: Path) -> None:
    """A satisfaction without survey and a misplaced indicator are proposed with share, score, reason and cells; the score stays."""
    evaluation = evaluated(handed_in(tmp_path, (ROAD,)))[ROAD]
    found = {each.code: each for each in proposals(evaluation, RULES)}
    assert set(found) == {"satisfaction-without-survey", "misplaced"}
    survey = found["satisfaction-without-survey"]
    assert (survey.row.name, survey.share, survey.score.number) == (SATISFIED, Decimal(1), 0)
    assert survey.why.startswith("满意度没有调查，按口径扣分值的 100%：")
    assert survey.row.filled.cell in survey.cells
    scores = {line.name: line.self_score.text for line in review_lines(evaluation)}
    assert scores[SATISFIED] == "10.00分"


def _changed(folder: Path, cells: dict[str, object]) -> Path:
    handed_in(folder, (ROAD,))
    book = openpyxl.load_workbook(folder / "道路.xlsx")
    for place, value in cells.items():
        book.active[place] = value  # type: ignore[index]
    book.save(folder / "道路.xlsx")
    return folder


@pytest.mark.parametrize(
    ("cells", "code", "name", "left"),
    [
        ({"E14": "≥100个", "F14": "135个"}, "far-above-target", PLACES, None),
        ({"F14": "已完成"}, "words-in-quantity", PLACES, None),
        ({"E16": "2023年6月底前", "F16": "2023年9月"}, "late-in-part", ON_TIME, Fraction(7)),
        ({"D18": SEGMENTS}, "counted-twice", SEGMENTS, Fraction(0)),
        ({"E18": "长期", "F18": "长期"}, "effect-in-words", PEOPLE, None),
    ],
)
def test_each_rule_finds_its_own_fault(
    tmp_path: Path, cells: dict[str, object], code: str, name: str, left: Fraction | None
) -> None:
    """Above 130%, words for a number, late, twice, an effect in words: each on the indicator it is about."""
    found = [e for e in proposals(evaluated(_changed(tmp_path, cells))[ROAD], RULES) if e.code == code]
    assert [each.row.name for each in found] == [name]
    if left is None:
        assert found[0].share == 0
        assert "不扣分，须注明" in found[0].why
    else:
        assert found[0].score.number == left


def test_no_evidence_number_is_proposed_as_no_evidence(tmp_path: Path) -> None:
    """A form that asks for numbers of evidence, and has none beside a score."""
    numbers: dict[str, object] = {
        "J12": "证据编号",
        **{f"J{row}": f"E-{row}" for row in range(13, 20)},
        "J17": None,
    }
    found = [
        e for e in proposals(evaluated(_changed(tmp_path, numbers))[ROAD], RULES) if e.code == "no-evidence"
    ]
    assert [(each.row.name, each.score.number) for each in found] == [(COST, 0)]


def test_a_share_never_leaves_more_than_the_unit_gave_itself(tmp_path: Path) -> None:
    """30% of 15 points would leave 10.5; a unit that gave itself 9 keeps 9."""
    rules = {"x": ReviewRule(title="迟", takes=Decimal("0.3"), findings=("indicator-misplaced",))}
    evaluation = evaluated(_changed(tmp_path, {"H16": 2}))[ROAD]
    (found,) = proposals(evaluation, rules)
    assert (found.row.name, found.score.number) == (ON_TIME, 2)


def test_a_rule_about_an_unknown_finding_is_refused(tmp_path: Path) -> None:
    """A code that the audit does not have would never propose anything: it is told with the nearest one."""
    rules = {"x": ReviewRule(title="迟", takes=Decimal(1), findings=("indicator-misplace",))}
    with pytest.raises(ProfileError, match="indicator-misplaced"):
        proposals(evaluated(handed_in(tmp_path, (ROAD,)))[ROAD], rules)


def test_what_was_reviewed_changes_no_proposal(tmp_path: Path) -> None:
    """Proposals are of the form as it was handed in, also beside a filled-in 复核表."""
    before = proposals(evaluated(handed_in(tmp_path / "a", (ROAD,)))[ROAD], RULES)
    evaluation = evaluated(reviewed(tmp_path / "b", **{ROAD: {PLACES: (0, "无佐证材料")}}))[ROAD]
    after = proposals(evaluation, RULES)
    assert [(e.row.key, e.code, e.score.number) for e in before] == [
        (e.row.key, e.code, e.score.number) for e in after
    ]
    form = as_handed_in(evaluation)
    assert form is not None
    assert form.verdict.score.number != evaluation.verdict.score.number
