"""Where a gap comes from: parts that sum to the gap exactly."""

from __future__ import annotations

from fractions import Fraction
from statistics import covariance, variance

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.evaluation.robustness import (
    Leaf,
    ScoreMatrix,
    Spread,
    gap_between,
    gap_to_mean,
    lost_points,
    matrix_of_integers,
    spread_of,
)
from wenxiao.model import Missing, ProjectError

from tests.evaluation.robustness.cases import matrices, matrix, rebuilt, totals

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


def spread(scores: ScoreMatrix) -> Spread:
    """The spread of a matrix whose totals differ."""
    result = spread_of(scores)
    assert isinstance(result, Spread)
    return result


def test_by_hand() -> None:
    """Worked by hand: scores (8, 4, 0) and (1, 2, 3) give totals 9, 6, 3; Cov with T is 12 and −3, Var(T) is 9."""
    found = spread(matrix([10, 10], [8, 1], [4, 2], [0, 3]))
    assert [part.share for part in found.parts] == [Fraction(4, 3), Fraction(-1, 3)]
    assert found.sentence == "拉开差距最多的是“指标1”：占分值的 50.0%，占总分差异的 133.3%。"
    assert found.parts[1].sentence == "“指标2”占分值的 50.0%，缩小了总分差异（−33.3%）。"


def test_an_indicator_on_which_all_are_alike_spreads_nothing() -> None:
    """The same score for all is a share of exactly 0, whatever its weight."""
    assert spread(matrix([90, 10], [80, 1], [80, 9])).parts[0].share == 0


@given(matrices())
def test_shares_sum_to_one(scores: ScoreMatrix) -> None:
    """The shares sum to exactly 1, at every level of the tree; the nominal ones too. Without differences: 不适用."""
    for level in (None, 1, 2):
        found = spread_of(scores, level)
        if len(set(scores.totals.tolist())) == 1:
            assert found is Missing.NOT_APPLICABLE
        else:
            assert isinstance(found, Spread)
            assert sum(part.share for part in found.parts) == 1
            assert sum(part.nominal for part in found.parts) == 1


@given(matrices(least=2))
def test_as_the_definition_says(scores: ScoreMatrix) -> None:
    """c_j = Cov(s_j, T) ÷ Var(T), by the standard library's statistics on fractions."""
    if len(set(scores.totals.tolist())) > 1:
        whole = [Fraction(int(t)) for t in scores.totals]
        for part, column in zip(spread(scores).parts, scores.scores.T, strict=True):
            expected = covariance(list(map(int, column)), whole) / variance(whole)
            assert float(part.share) == pytest.approx(float(expected), abs=1e-9)


@given(matrices(least=2), st.data())
def test_order_and_scale_change_nothing(scores: ScoreMatrix, data: st.DataObject) -> None:
    """Permuting districts and scaling all weights with their scores leaves the shares alone."""
    if len(set(scores.totals.tolist())) > 1:
        rows = data.draw(st.permutations(range(len(scores))))
        other = rebuilt(scores, rows, range(len(scores.leaves)), data.draw(st.integers(1, 7)))
        assert [p.share for p in spread(other).parts] == [p.share for p in spread(scores).parts]


def test_totals_only_is_not_provided() -> None:
    """Where only totals are published, nothing is said of indicators: 未提供."""
    assert spread_of(totals("90", "80")) is Missing.NOT_PROVIDED
