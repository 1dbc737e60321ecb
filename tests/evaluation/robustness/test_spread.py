"""What spreads the districts."""

from __future__ import annotations

from fractions import Fraction
from statistics import covariance, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.evaluation.robustness import ScoreMatrix, Spread, spread_of
from wenxiao.model import Missing

from tests.evaluation.robustness.cases import matrices, matrix, rebuilt, totals


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
