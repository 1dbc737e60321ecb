"""Certain ranks: the knapsack against a linear programme, and the laws that hold for any scores."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import linprog
from wenxiao.evaluation.robustness import (
    GapBounds,
    Leaf,
    RankCertainty,
    ScoreMatrix,
    gap_bounds,
    matrix_of_integers,
    rank_certainty,
)
from wenxiao.model import Missing, ParameterError

from tests.evaluation.robustness.cases import NAMES, matrices, matrix, rebuilt, totals

deltas = st.integers(0, 20).map(lambda twentieths: Fraction(twentieths, 20))


def certain(scores: ScoreMatrix, delta: Fraction) -> RankCertainty:
    """The certainty of a matrix with scores by indicator."""
    result = rank_certainty(scores, delta)
    assert isinstance(result, RankCertainty)
    return result


def bounds(scores: ScoreMatrix, first: str, second: str, delta: Fraction) -> GapBounds:
    """The bounds of one pair of a matrix with scores by indicator."""
    result = gap_bounds(scores, first, second, delta)
    assert isinstance(result, GapBounds)
    return result


def test_a_pair_by_hand() -> None:
    """Worked by hand: weights 40, 30, 30; rates 1, 0.8, 0.5 against 0.75, 0.8, 0.7, so gaps 10, 0, −6.

    The densities are 0.25, 0, −0.2 and their weighted median 0, so M = 16. Within ±20% the gap of 4 goes from 0.8 to 7.2,
    and the order holds up to ±25%.
    """
    pair = bounds(matrix([40, 30, 30], [40, 24, 15], [30, 24, 21]), "甲", "乙", Fraction(1, 5))
    assert (pair.gap, pair.least, pair.greatest) == (4, Fraction(4, 5), Fraction(36, 5))
    assert pair.holds_up_to == Fraction(1, 4)
    assert pair.sentence == (
        "甲现比乙高 4.00 分；各项分值在±20%内调整时，两者之差在 0.80 至 7.20 分之间，次序不变。"
    )


def test_the_order_of_naming_does_not_matter() -> None:
    """The upper district is named first, however the pair is asked for."""
    scores = matrix([40, 30, 30], [40, 24, 15], [30, 24, 21])
    assert bounds(scores, "乙", "甲", Fraction(1, 5)) == bounds(scores, "甲", "乙", Fraction(1, 5))


def test_ranks_by_hand() -> None:
    """Worked by hand: 甲 beats 乙 by 4 within ±20% (above), and both beat 丙 in every indicator; at ±30% 乙 can pass."""
    scores = matrix([40, 30, 30], [40, 24, 15], [30, 24, 21], [20, 20, 10])
    near, far = certain(scores, Fraction(1, 5)), certain(scores, Fraction(3, 10))
    assert [(place.best, place.worst) for place in near.places] == [(1, 1), (2, 2), (3, 3)]
    assert [(place.best, place.worst) for place in far.places] == [(1, 2), (1, 2), (3, 3)]
    assert near.places[0].sentence == "各项分值在±20%内调整时（总分不变），甲始终为第 1。"
    assert far.places[1].sentence == (
        "各项分值在±30%内调整时（总分不变），乙的名次不会超出第 1 至第 2（现为第 2）。"
    )
    assert far.certain_pairs == Fraction(2, 3)
    assert (far.signs[0, 2] > 0, far.signs[0, 1] > 0) == (True, False)
    assert far.sentence == (
        "各项分值在±30%内调整时（总分不变），66.7% 的两两次序不变，3 个地区中 1 个名次不变。"
    )


def test_a_gap_of_nothing_at_the_edge_is_not_certain() -> None:
    """At exactly ±25% the pair above can be made equal: 甲 cannot be overtaken, but does not certainly beat 乙."""
    result = certain(matrix([40, 30, 30], [40, 24, 15], [30, 24, 21]), Fraction(1, 4))
    assert result.signs.tolist() == [[0, 0], [-1, 0]]
    assert (result.best.tolist(), result.worst.tolist()) == ([1, 1], [1, 2])


def test_twins_share_their_rank_whatever_the_weights() -> None:
    """Two districts with the same scores are both first under any weights: neither can be second (并列)."""
    result = certain(matrix([60, 40], [50, 30], [50, 30], [10, 10]), Fraction(1))
    assert [(p.rank, p.best, p.worst) for p in result.places] == [(1, 1, 1), (1, 1, 1), (3, 3, 3)]


def test_equal_totals_that_are_no_twins_can_go_either_way() -> None:
    """Two districts tied on other scores can each be first or second once weights move."""
    result = certain(matrix([50, 50], [50, 30], [30, 50]), Fraction(1, 10))
    assert [(p.rank, p.best, p.worst) for p in result.places] == [(1, 1, 2), (1, 1, 2)]


@given(matrices(least=2), deltas)
def test_bounds_agree_with_a_linear_programme(scores: ScoreMatrix, delta: Fraction) -> None:
    """The least and greatest gap of every pair are what scipy's linprog finds for the same weights."""
    weights = np.array([float(leaf.weight) for leaf in scores.leaves])
    rates = scores.scores / scores.weights
    limits = np.stack([weights * float(1 - delta), weights * float(1 + delta)], axis=1)
    for first, second in combinations(scores.districts, 2):
        pair = bounds(scores, first, second, delta)
        difference = rates[scores.position(pair.above)] - rates[scores.position(pair.below)]
        for sign, bound in ((1, pair.least), (-1, pair.greatest)):
            found = linprog(
                sign * difference, A_eq=np.ones((1, len(weights))), b_eq=[weights.sum()], bounds=limits
            )
            assert found.status == 0
            assert sign * found.fun == pytest.approx(float(bound), abs=1e-7)


@given(matrices(), deltas)
def test_all_pairs_at_once_agree_with_each_pair_by_itself(scores: ScoreMatrix, delta: Fraction) -> None:
    """The vectorised signs are those of the exact bounds, pair by pair."""
    result = certain(scores, delta)
    for i, first in enumerate(scores.districts):
        assert result.signs[i, i] == 0
        for k in range(i + 1, len(scores)):
            pair = bounds(scores, first, scores.districts[k], delta)
            upper, lower = (i, k) if pair.above == first else (k, i)
            sign = (pair.least > 0) - (pair.least < 0)
            assert result.signs[upper, lower] == sign
            other = (pair.greatest < 0) - (pair.greatest > 0)
            assert result.signs[lower, upper] == other


@given(matrices(least=2), deltas)
def test_the_order_holds_exactly_up_to_its_limit(scores: ScoreMatrix, delta: Fraction) -> None:
    """Below `holds_up_to` a pair with a gap is certain; from there on it is not, unless nothing turns it round."""
    first, second = scores.districts[:2]
    pair = bounds(scores, first, second, delta)
    assume(pair.gap > 0)
    if delta < pair.holds_up_to:
        assert pair.certain
    elif pair.holds_up_to < 1:
        assert not pair.certain


@given(matrices(least=2))
def test_who_is_at_least_as_good_in_everything_is_never_overtaken(scores: ScoreMatrix) -> None:
    """If A is at least B in every indicator, no weights put B above A, even at ±100% (METHODS)."""
    result = certain(scores, Fraction(1))
    for i in range(len(scores)):
        for k in range(len(scores)):
            if (scores.scores[i] >= scores.scores[k]).all():
                assert result.signs[i, k] >= 0


@given(matrices(), deltas, st.data())
def test_order_and_scale_change_nothing(scores: ScoreMatrix, delta: Fraction, data: st.DataObject) -> None:
    """Permuting districts or indicators, and scaling all weights with their scores, leaves every bound alone."""
    rows = data.draw(st.permutations(range(len(scores))))
    columns = data.draw(st.permutations(range(len(scores.leaves))))
    other = rebuilt(scores, rows, columns, data.draw(st.integers(1, 7)))
    before = {place.district: place for place in certain(scores, delta).places}
    assert {place.district: place for place in certain(other, delta).places} == before


@given(matrices(), deltas)
def test_the_actual_rank_lies_within(scores: ScoreMatrix, delta: Fraction) -> None:
    """The rank under the declared weights is one of those that any weights may give."""
    assert all(place.best <= place.rank <= place.worst for place in certain(scores, delta).places)


@given(matrices())
def test_no_change_leaves_the_ranks(scores: ScoreMatrix) -> None:
    """At ±0% every rank is certain: ties share the best of theirs."""
    assert all(p.best == p.rank == p.worst for p in certain(scores, Fraction(0)).places)


@given(matrices(), st.data())
def test_any_weights_inside_keep_to_the_bounds(scores: ScoreMatrix, data: st.DataObject) -> None:
    """Moving weight between two indicators, by less than δ of each, gives no rank outside the certain ones."""
    delta = Fraction(1, 2)
    giver, receiver = (data.draw(st.integers(0, len(scores.leaves) - 1)) for _ in "pq")
    assume(giver != receiver)
    moved = min(scores.leaves[giver].weight, scores.leaves[receiver].weight) * delta
    weights = [leaf.weight for leaf in scores.leaves]
    weights[giver] -= moved
    weights[receiver] += moved
    rates = [
        [Fraction(int(s), int(w)) for s, w in zip(row, scores.weights, strict=True)] for row in scores.scores
    ]
    gained = [sum(r * w for r, w in zip(row, weights, strict=True)) for row in rates]
    for place, own in zip(certain(scores, delta).places, gained, strict=True):
        assert place.best <= 1 + sum(other > own for other in gained) <= place.worst


@pytest.mark.parametrize("factor", [10**9, 10**15, 10**30])
def test_large_numbers_stay_exact(factor: int) -> None:
    """Scores with ever more digits give the same answer: Python's integers take over where int64 would overflow."""
    leaves = [Leaf((f"指标{j}",), Fraction(w)) for j, w in enumerate((40, 30, 30))]
    rows = np.array([[40, 24, 15], [30, 24, 21]], dtype=object) * factor
    places = len(str(factor)) - 1
    # One unit in the last place more for 乙 takes the gap below δM at exactly ±25%.
    closer = rows.copy()
    closer[1, 2] += 1
    result = certain(matrix_of_integers(NAMES[:2], leaves, rows, places), Fraction(1, 4))
    assert result.signs.tolist() == [[0, 0], [-1, 0]]
    assert certain(matrix_of_integers(NAMES[:2], leaves, closer, places), Fraction(1, 4)).signs[0, 1] == -1


def test_one_indicator_leaves_nothing_to_move() -> None:
    """With a single indicator its weight is the whole, so every rank is certain."""
    assert certain(matrix([100], [90], [80]), Fraction(1)).signs[0, 1] == 1


def test_fewer_than_two_districts() -> None:
    """One district or none: no pairs to speak of, and it says so."""
    one = certain(matrix([100], [90]), Fraction(1, 5))
    assert one.certain_pairs is Missing.NOT_APPLICABLE
    assert one.sentence == "不足两个地区，没有名次可比。"


def test_totals_only_is_not_provided() -> None:
    """Where only totals are published, nothing is said of weights: 未提供."""
    assert rank_certainty(totals("93.08", "91.2")) is Missing.NOT_PROVIDED
    assert gap_bounds(totals("93.08", "91.2"), "甲", "乙") is Missing.NOT_PROVIDED


@pytest.mark.parametrize("delta", ["-0.1", "1.5"])
def test_a_delta_that_cannot_be_is_refused(delta: str) -> None:
    """δ is a share from 0 to 1; anything else is refused in words."""
    with pytest.raises(ParameterError, match="分值的变动幅度超出范围"):
        rank_certainty(matrix([100], [90], [80]), Fraction(delta))
