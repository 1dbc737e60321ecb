"""The smallest shift of weight that swaps a pair."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from wenxiao.evaluation.robustness import ScoreMatrix, Swap, smallest_swap, swaps
from wenxiao.model import Missing

from tests.evaluation.robustness.cases import matrices, matrix, totals


def swap(scores: ScoreMatrix, first: str = "甲", second: str = "乙") -> Swap:
    """The smallest swap of a pair of a matrix with scores by indicator."""
    result = smallest_swap(scores, first, second)
    assert isinstance(result, Swap)
    return result


def test_by_hand() -> None:
    """Worked by hand: rates differ by 0.25, 0, −0.2; the gap of 4 closes by 4 ÷ 0.45 = 8.89 points from 指标1 to 指标3."""
    found = swap(matrix([40, 30, 30], [40, 24, 15], [30, 24, 21]))
    assert (found.giver, found.receiver, found.amount) == ("指标1", "指标3", Fraction(80, 9))
    assert found.overturns
    assert found.sentence == (
        "甲比乙高 4.00 分，只要从“指标1”移约 8.89 分分值到“指标3”，两者即持平，再多则乙超过甲。"
    )


def test_an_exact_amount_is_not_called_about() -> None:
    """Rates differ by 0.5 and −0.3: 2 ÷ 0.8 = 2.5 points, said without 约."""
    assert "移 2.50 分分值" in swap(matrix([10, 10], [9, 5], [4, 8])).sentence


def test_a_giver_with_too_little_to_give_is_passed_over() -> None:
    """指标1 differs most but has only 1 point; the next, with enough, gives instead."""
    # Rates differ by 1, 0.5 and −0.5; the gap is 1 + 20 − 10 = 11, so 指标1 would have to give 11 ÷ 1.5 > 1.
    found = swap(matrix([1, 40, 20], [1, 30, 5], [0, 10, 15]))
    assert (found.giver, found.receiver, found.amount) == ("指标2", "指标3", 11)


def test_no_single_move_is_enough() -> None:
    """Where no indicator has enough to give, it says that no single move does."""
    found = swap(matrix([10, 10, 10, 10], [10, 10, 10, 0], [5, 5, 5, 1]))
    assert found.amount is None
    assert not found.overturns
    assert found.sentence == "甲比乙高 14.00 分，把任何一项的分值移给另一项，都不足以使乙追平。"


def test_who_is_at_least_as_good_in_everything_cannot_be_overtaken() -> None:
    """A district at least as good in every indicator stays above under any weights, and it says so."""
    found = swap(matrix([60, 40], [50, 30], [50, 20]))
    assert found.dominated
    assert found.sentence == "甲比乙高 10.00 分，且各项得分率均不低于乙，无论分值如何设置，乙都不会超过甲。"


def test_all_of_a_weight_only_makes_them_equal() -> None:
    """Where the giver must give all it has, the two become equal and nothing more can be moved."""
    # Rates differ by 1, −1 and 0.5; the gap 5 − 5 + 10 closes by 10 ÷ 2 = 5, which is all of 指标1.
    found = swap(matrix([5, 5, 20], [5, 0, 15], [0, 5, 5]))
    assert (found.giver, found.amount, found.giver_weight) == ("指标1", 5, 5)
    assert not found.overturns
    assert found.sentence.endswith("移 5.00 分分值到“指标2”，两者即持平。")


def test_of_two_givers_alike_the_heavier_gives() -> None:
    """Where two indicators would give the same amount, the one that can give more is named."""
    found = swap(matrix([5, 10, 5], [5, 10, 0], [0, 0, 5]))
    assert (found.giver, found.amount, found.overturns) == ("指标2", 5, True)


def test_equal_totals() -> None:
    """A tie needs no shift; it says that any change may part the two."""
    assert swap(matrix([50, 50], [40, 30], [30, 40])).sentence == (
        "甲与乙得分相同，分值稍有调整即可能分出先后。"
    )


@given(matrices(least=2))
def test_the_move_makes_the_two_equal_and_none_smaller_does(scores: ScoreMatrix) -> None:
    """After the move both totals agree; every other single move that would do so is at least as large."""
    found = swap(scores, *scores.districts[:2])
    a, b = scores.position(found.above), scores.position(found.below)
    rate = [
        Fraction(int(x) - int(y), int(w))
        for x, y, w in zip(scores.scores[a], scores.scores[b], scores.weights, strict=True)
    ]
    weights = [leaf.weight for leaf in scores.leaves]
    moves = [
        found.gap / (rate[p] - rate[q])
        for p in range(len(rate))
        for q in range(len(rate))
        if rate[p] > rate[q] and found.gap / (rate[p] - rate[q]) <= weights[p]
    ]
    assert found.amount == min(moves, default=None)
    if found.amount is not None:
        p, q = scores.labels.index(found.giver), scores.labels.index(found.receiver)
        assert found.gap - found.amount * (rate[p] - rate[q]) == 0
        assert found.giver_weight == weights[p] >= found.amount


@given(matrices(least=2))
def test_no_weights_swap_a_dominated_pair(scores: ScoreMatrix) -> None:
    """If A is at least B in every indicator, no move ever turns the two round (METHODS)."""
    found = swap(scores, *scores.districts[:2])
    a, b = scores.position(found.above), scores.position(found.below)
    assert found.dominated == bool((scores.scores[a] >= scores.scores[b]).all())
    assert not (found.dominated and found.overturns)


def test_neighbours_from_the_top() -> None:
    """Neighbours in the ranking are paired from the top, not in source order."""
    pairs = swaps(matrix([60, 40], [10, 10], [50, 30], [30, 20]))
    assert not isinstance(pairs, Missing)
    assert [(each.above, each.below) for each in pairs] == [("乙", "丙"), ("丙", "甲")]


def test_totals_only_is_not_provided() -> None:
    """Where only totals are published, no shift can be named: 未提供."""
    assert swaps(totals("90", "80")) is Missing.NOT_PROVIDED
    assert smallest_swap(totals("90", "80"), "甲", "乙") is Missing.NOT_PROVIDED
