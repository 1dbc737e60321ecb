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
from tests.sheets.written import xlsx

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


def test_working_papers_of_a_house_without_a_title_are_reviews_too(tmp_path: Path) -> None:
    """Columns of both scores make it one: its 备注 is the reason, its deviations may be printed the other way round."""
    rows = [
        ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重", "自评完成值", "自评得分", "复核完成值", "复核得分", "偏差", "备注"],
        ["产出指标", "数量指标", "培训人数", "≥", 100, "人次", 60, 100, 60, 100, 60, 0, None],
        [None, "质量指标", "合格率", "≥", 95, "%", 20, 98, 20, 98, 8, 12, "一般不可考核，扣60%"],
        ["满意度指标", "服务对象满意度指标", "群众满意度", "≥", 90, "%", 10, 95, 10, 95, 3, 7, "未开展满意度调查，扣70%"],
        ["预算执行", None, None, None, None, None, 10, "98%", 9.8, "98%", 9.8, 0, None],
    ]  # fmt: skip
    xlsx(tmp_path / "复核.xlsx", {"复核表": rows})
    (evaluation,) = evaluated(tmp_path).values()
    told = [f for f in evaluation.findings if f.code in CODES or f.code == "level-not-provided"]
    assert [(f.code, f.cells[0].address) for f in told] == [("review-rule-differs", "M4")]
    rows[2][11] = 6
    xlsx(tmp_path / "复核.xlsx", {"复核表": rows})
    (evaluation,) = evaluated(tmp_path).values()
    assert "deviation-differs" in {f.code for f in evaluation.findings}
