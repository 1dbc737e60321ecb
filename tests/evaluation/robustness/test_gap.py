"""Where a gap comes from: parts that sum to the gap exactly."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.evaluation.robustness import (
    Leaf,
    ScoreMatrix,
    gap_between,
    gap_to_mean,
    lost_points,
    matrix_of_integers,
)
from wenxiao.model import Missing, ProjectError

from tests.evaluation.robustness.cases import matrices, matrix, totals

SCORES = matrix([40, 30, 30], [40, 24, 15], [30, 24, 21], [20, 18, 12])


def test_two_districts_by_hand() -> None:
    """79 − 75 = 10 + 0 − 6, largest part first, equal parts unnamed."""
    gap = gap_between(SCORES, "甲", "乙")
    assert not isinstance(gap.parts, Missing)
    assert [part.difference for part in gap.parts] == [10, 0, -6]
    assert gap.residual == 0
    assert gap.sentence == "甲比乙高 4.00 分：“指标1”高 10.00 分，“指标3”低 6.00 分。"


def test_to_the_mean_by_hand() -> None:
    """The means are 30, 22, 16 and 68 in all; 乙 has 75 = 68 + 0 + 2 + 5."""
    gap = gap_to_mean(SCORES, "乙")
    assert gap.sentence == "乙比平均分高 7.00 分：“指标3”高 5.00 分，“指标2”高 2.00 分。"


def test_lost_points_by_hand() -> None:
    """甲 lost 21 of 100: 15 on 指标3 and 6 on 指标2."""
    gap = lost_points(SCORES, "甲")
    assert (gap.total, gap.residual) == (-21, 0)
    assert gap.sentence == "甲比满分低 21.00 分：“指标3”低 15.00 分，“指标2”低 6.00 分。"


def test_nothing_between_them() -> None:
    """Equal totals on equal scores are said to be equal throughout."""
    assert gap_between(SCORES, "甲", "甲").sentence == "甲与甲持平，各项得分均相同。"


def test_a_long_list_is_added_up() -> None:
    """A sentence names six indicators and adds up the rest, so that it still accounts for the whole gap."""
    gap = gap_between(matrix([10] * 8, [10] * 8, [1, 2, 3, 4, 5, 6, 7, 8]), "甲", "乙")
    assert gap.sentence.endswith("“指标6”高 4.00 分，其余 2 项合计高 5.00 分。")


def test_a_part_too_small_to_print() -> None:
    """A part below half a hundredth is said to be less than 0.01, not to be 0.00."""
    leaves = [Leaf(("指标1",), Fraction(60)), Leaf(("指标2",), Fraction(40))]
    scores = matrix_of_integers(["甲", "乙"], leaves, np.array([[50000, 30000], [49000, 30004]]), 3)
    assert (
        gap_between(scores, "甲", "乙").sentence
        == "甲比乙高 1.00 分：“指标1”高 1.00 分，“指标2”低不足 0.01 分。"
    )


@given(matrices(), st.sampled_from([None, 1, 2, 3]))
def test_parts_sum_to_the_gap_at_every_level(scores: ScoreMatrix, level: int | None) -> None:
    """The residual is exactly 0 for a pair, to the mean and to full marks, at every level of the tree (METHODS)."""
    first, last = scores.districts[0], scores.districts[-1]
    for gap in (
        gap_between(scores, first, last, level),
        gap_to_mean(scores, first, level),
        lost_points(scores, last, level),
    ):
        assert gap.residual == 0
    assert gap_between(scores, first, last, level).total == scores.total(first) - scores.total(last)


@given(matrices(), st.sampled_from([None, 1, 2, 3]))
def test_gaps_to_the_mean_cancel_out(scores: ScoreMatrix, level: int | None) -> None:
    """Over all districts the gaps to the mean sum to exactly 0, whole and part by part."""
    gaps = [gap_to_mean(scores, name, level) for name in scores.districts]
    assert sum(gap.total for gap in gaps) == 0
    parts = [gap.parts for gap in gaps if not isinstance(gap.parts, Missing)]
    assert all(sum(part.difference for part in column) == 0 for column in zip(*parts, strict=True))


def test_totals_only() -> None:
    """Where only totals are published the gap is said, and its parts are 未提供."""
    gap = gap_between(totals("90.5", "88.25"), "甲", "乙")
    assert (gap.total, gap.parts, gap.residual) == (
        Fraction("2.25"),
        Missing.NOT_PROVIDED,
        Missing.NOT_PROVIDED,
    )
    assert gap.sentence == "甲比乙高 2.25 分；分项得分未提供，无法分解。"
    assert gap_to_mean(totals("90.5", "88.5"), "甲").total == 1
    assert lost_points(totals("90.5", "88.5"), "甲").total == Fraction("-9.5")


def test_an_unknown_district_is_refused() -> None:
    """A name that is not there is an error that lists those there are."""
    with pytest.raises(ProjectError, match="没有这个县区（现为“丁”）。处理：从以下县区中选择：甲、乙、丙"):
        gap_between(SCORES, "甲", "丁")
