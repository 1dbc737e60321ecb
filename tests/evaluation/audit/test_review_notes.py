"""What a sloppy reviewer wrote is told, each with its cell; a careful one is not troubled."""

from pathlib import Path

import pytest
from wenxiao.model import Finding

from tests.evaluation.reviewed_forms import (
    COST,
    ON_TIME,
    PEOPLE,
    PLACES,
    RATE,
    ROAD,
    SATISFIED,
    SEGMENTS,
    Filling,
    evaluated,
    reviewed,
)

CODES = {
    "review-note-differs", "review-rule-differs", "review-score-missing", "review-without-reason", "deviation-differs",
    "review-self-score-differs",
}  # fmt: skip


def _told(folder: Path, filling: Filling) -> dict[str, Finding]:
    findings = evaluated(reviewed(folder, **{ROAD: filling}))[ROAD].findings
    return {each.subject: each for each in findings if each.code in CODES}


def test_each_slip_of_a_reviewer_is_told_with_its_cell(tmp_path: Path) -> None:
    """扣60% and 30% taken, an empty score, a deduction without reason, a score above its weight, words for a score, evidence lacking yet points given."""
    evaluation = evaluated(
        reviewed(
            tmp_path,
            **{
                ROAD: {
                    SEGMENTS: (7, "无佐证材料"),
                    PLACES: (7, "佐证不足，扣60%"),
                    RATE: (None, ""),
                    ON_TIME: (5, ""),
                    COST: (6, "补充佐证后调增"),
                    PEOPLE: ("扣3分", ""),
                    SATISFIED: (4, "满意度未开展调查"),
                }
            },
        )
    )[ROAD]
    told = {(f.code, str(f.cells[0]).partition("］")[2]) for f in evaluation.findings if f.cells}
    assert {
        ("review-rule-differs", "M5"),
        ("review-note-differs", "M6"),
        ("review-score-missing", "K7"),
        ("review-without-reason", "I8"),
        ("score-above-weight", "K9"),
        ("sheet-not-a-number", "K10"),
        ("review-rule-differs", "M11"),
    } <= told
    assert evaluation.verdict.score.text == "暂不计分"


@pytest.mark.parametrize(
    ("score", "note"),
    [
        (4, "佐证不足，扣60%"),
        (7, "指标不可考核（轻微），扣30%"),
        (0, "无佐证材料"),
        (4, "指标不可考核（一般），时效扣30%、佐证扣30%"),
        (9.5, "酌情扣0.5分"),
        (7, "部分佐证未提供"),
        (10, "指标值偏低"),
    ],
)
def test_what_agrees_is_silent(tmp_path: Path, score: float, note: str) -> None:
    """The share stated is the share taken, the rule named takes what it says."""
    assert _told(tmp_path, {PLACES: (score, note)}) == {}


@pytest.mark.parametrize(
    ("score", "note", "code"),
    [
        (7, "扣60%", "review-note-differs"),
        (10, "扣60%", "review-note-differs"),
        (7, "扣2分", "review-note-differs"),
        (4, "无佐证材料，扣60%", "review-rule-differs"),
        (4, "指标不可考核（轻微），扣60%", "review-rule-differs"),
        (8, "指标值偏低", "review-rule-differs"),
        (8, "——", "review-without-reason"),
    ],
)
def test_what_differs_is_told(tmp_path: Path, score: float, note: str, code: str) -> None:
    """Another share, other points, another deduction than the rule named, a note that says nothing."""
    (found,) = _told(tmp_path, {PLACES: (score, note)}).values()
    assert found.code == code
    assert found.cells


def test_a_share_may_be_of_what_the_unit_gave_itself(tmp_path: Path) -> None:
    """13.5 of 15 points, 30% off: 10.5 of the weight, 9 or 9.45 of the unit's own are all 30%."""
    for number, score in enumerate((10.5, 9, 9.45)):
        assert _told(tmp_path / str(number), {SEGMENTS: (score, "扣30%")}) == {}
    assert _told(tmp_path / "x", {SEGMENTS: (11, "扣30%")})
