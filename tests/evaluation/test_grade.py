"""Grades at their cut-offs: ties between two of them, margins on the half, the digits a score keeps."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from wenxiao.evaluation.grade import grade_of, places_of
from wenxiao.evaluation.robustness import matrix_of_totals
from wenxiao.evaluation.robustness.margins import grade_margins
from wenxiao.model import Quantity
from wenxiao.model.units import POINTS
from wenxiao.project import load_profile

RULES = load_profile("national")


def test_between_two_cut_offs_the_higher_is_the_nearest() -> None:
    """85 is as far from 80 as from 90: what it lacks to the better grade is said."""
    grade = grade_of(Decimal(85), RULES)
    assert (grade.cut_off, grade.margin) == (90, -5)


@pytest.mark.parametrize(
    ("score", "close"), [("89.5", True), ("90.5", True), ("89.49", False), ("90.51", False)]
)
def test_half_a_point_is_close(score: str, close: bool) -> None:
    """The margin of the profile is still close; beyond it is not."""
    assert grade_of(Decimal(score), RULES).close is close


@pytest.mark.parametrize(("score", "decides"), [("89", False), ("90", False)])
def test_a_cut_off_on_the_half_is_not_decided_by_rounding(score: str, decides: bool) -> None:
    """A printed 90 stands for 89.5 up to 90.5, all of it from a cut-off of 89.5 on; 89 for less than that."""
    bands = tuple(
        b.model_copy(update={"lowest": Decimal("89.5")}) if b.lowest == 90 else b for b in RULES.grades
    )
    rules = RULES.model_copy(update={"grades": bands})
    matrix = matrix_of_totals(
        ["子县", "丑县"],
        {"子县": Quantity(Decimal(score), POINTS, 0), "丑县": Quantity(Decimal(70), POINTS, 0)},
    )
    assert grade_margins(matrix, rules)[0].on_rounding is decides


def test_a_score_beside_a_cut_off_keeps_the_digits_that_tell() -> None:
    """79.9996 is shown so that a reader sees it below 80."""
    assert places_of(Fraction("79.9996"), RULES) == 4
    assert places_of(Fraction("79.99"), RULES) == 2
