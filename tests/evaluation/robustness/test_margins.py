"""Grade margins under the national rules: 90, 80, 60."""

from __future__ import annotations

from fractions import Fraction

import pytest
from wenxiao.evaluation.robustness import GradeMargin, grade_margins
from wenxiao.project import load_profile

from tests.evaluation.robustness.cases import matrix, totals


def margin(printed: str) -> GradeMargin:
    """The margin of one printed total."""
    return grade_margins(totals(printed), load_profile())[0]


@pytest.mark.parametrize(
    ("printed", "label", "distance", "rounding", "close", "other"),
    [
        ("95.00", "优", "5", False, False, "良"),
        ("90.02", "优", "0.02", False, True, "良"),
        ("89.93", "良", "-0.07", False, True, "优"),
        ("90", "优", "0", True, True, "良"),
        ("90.0", "优", "0", True, True, "良"),
        ("89.9", "良", "-0.1", False, True, "优"),
        ("80.5", "良", "0.5", False, True, "中"),
        ("79.4", "中", "-0.6", False, False, "良"),
        ("60.4", "中", "0.4", False, True, "差"),
        ("12", "差", "-48", False, False, "中"),
    ],
)
def test_distance_and_flags(
    printed: str, label: str, distance: str, rounding: bool, close: bool, other: str
) -> None:
    """The nearest cut-off, whether rounding may decide the grade, and whether it is within half a point."""
    found = margin(printed)
    assert (found.grade.label, found.grade.margin) == (label, Fraction(distance))
    assert (found.on_rounding, found.grade.close, found.other) == (rounding, close, other)
    assert found.flagged == (rounding or close)


def test_a_cut_off_at_the_open_end_is_not_inside() -> None:
    """89.5 printed without decimals is 90 already: 89.95 printed with one decimal cannot be 90 before rounding either."""
    # 89.95 stands for [89.945, 89.955); a total printed as 89 stands for [88.5, 89.5).
    assert not margin("89.95").on_rounding
    assert not margin("89").on_rounding


def test_sentences() -> None:
    """Each case says what to do about it."""
    assert margin("95.00").sentence == "甲得 95.00 分，等级为“优”，高出分数线 90 分 5.00 分。"
    assert margin("89.93").sentence == (
        "甲得 89.93 分，等级为“良”，低于分数线 90 分 0.07 分，在 0.5 分以内，宜复核后定级。"
    )
    assert margin("90").sentence == (
        "甲得 90.00 分，等级为“优”，恰在分数线 90 分上，在得分取整的误差以内，取整前可能为“良”，须以取整前的得分复核。"
    )


def test_scores_by_indicator_are_printed_to_their_finest_place() -> None:
    """A total that is a sum of whole scores is read as printed without decimals."""
    assert grade_margins(matrix([60, 40], [55, 35]), load_profile())[0].on_rounding
