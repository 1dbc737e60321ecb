"""Scores that the profile changes before ranking: their points move totals and ranks, and no weight moves them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.robustness import (
    GapBounds,
    RankCertainty,
    ScoreMatrix,
    Spread,
    gap_between,
    gap_bounds,
    gap_to_mean,
    leave_one_out,
    lost_points,
    rank_certainty,
    smallest_swap,
    spread_of,
    unlike,
)
from wenxiao.model import Missing
from wenxiao.project import load_profile
from wenxiao.project.profile import Adjustment

from tests.evaluation.made import evaluated, made
from tests.evaluation.robustness.cases import matrices, matrix

TABLE = {
    "district": ["甲县", "乙县", "丙县", "丁县"],
    "产出（60分）": ["55", "50", "57", "40"],
    "效益（40分）": ["30", "38", "20", "39"],
    "score": ["85", "88", "77", "79"],
    "note": ["现场评价", "现场评价", "非现场评价", "非现场评价"],
}


def lowered(points: str = "-5", **rules: object) -> Evaluation:
    """Four districts, 乙县 changed by some points before ranking."""
    adjustment = Adjustment(district="乙县", points=Decimal(points), reason="审计扣分")
    rules = {"adjusted": (adjustment,), **rules}
    return evaluated(made("districts", TABLE), profile=load_profile().model_copy(update=rules))


@st.composite
def adjusted(draw: st.DrawFn) -> ScoreMatrix:
    """A random matrix with points added to or taken from some totals."""
    found = draw(matrices(least=2))
    points = st.integers(-40, 40).map(lambda tenths: Fraction(tenths, 10))
    return found.adjusted({name: draw(points) for name in found.districts})


def test_ranks_are_those_of_the_ranking() -> None:
    """A district lowered before ranking stands in all that is said of firmness where the ranking has it."""
    evaluation = lowered()
    firm, ranking = evaluation.robustness, evaluation.ranking
    assert firm is not None
    assert ranking is not None
    assert {each.district: each.rank for each in firm.intervals} == {
        p.district: p.rank for p in ranking.places
    }
    assert firm.matrix.total("乙县") == 83
    assert [each.grade.label for each in firm.margins] == [p.grade.label for p in ranking.places if p.grade]
    assert unlike(ranking, firm.matrix) == ()


def test_an_excluded_district_is_nowhere() -> None:
    """不参与排名: no interval, no pair, no share of the mean, in all and in its mode."""
    evaluation = lowered(exclude=("甲县",))
    firm = evaluation.robustness
    assert firm is not None
    assert firm.matrix.districts == ("乙县", "丙县", "丁县")
    assert firm.gap_to_mean("丙县").other == Fraction(83 + 77 + 79, 3)
    assert evaluation.robustness_by_mode["现场评价"].matrix.districts == ("乙县",)


def test_the_points_are_a_part_of_the_gap() -> None:
    """The gap has no residual: the adjustment is a part of its own, without full marks."""
    firm = lowered().robustness
    assert firm is not None
    for gap in (firm.gap("甲县", "乙县"), firm.gap_to_mean("乙县"), firm.lost("乙县")):
        assert gap.residual == 0
    gap = firm.gap("甲县", "乙县")
    assert not isinstance(gap.parts, Missing)
    assert (gap.total, gap.parts[-1].label, gap.parts[-1].difference) == (2, "得分调整", 5)
    assert "“得分调整”高 5.00 分" in gap.sentence


def test_leaving_one_out_keeps_the_points() -> None:
    """What is left is scaled up to full marks; the points taken off are not: 100 × 38 ÷ 40 − 5."""
    firm = lowered().robustness
    assert firm is not None
    assert not isinstance(firm.leave_one_out, Missing)
    assert firm.leave_one_out[0].total("乙县") == Fraction(100 * 38, 40) - 5
    assert firm.leave_one_out[0].total("甲县") == Fraction(100 * 30, 40)


def test_a_lead_by_points_no_weight_can_take() -> None:
    """Where points outside the indicators alone hold a district up, no weights turn the two round, and it says so."""
    swap = smallest_swap(matrix([50, 50], [40, 40], [41, 40]).adjusted({"甲": Fraction(20)}), "甲", "乙")
    assert not isinstance(swap, Missing)
    assert (swap.gap, swap.dominated, swap.everywhere) == (19, True, False)
    assert swap.sentence == "甲比乙高 19.00 分，计入得分调整后，无论分值如何设置，乙都不会超过甲。"


def test_no_points_change_nothing() -> None:
    """Without points, and with points of districts that are not there, the matrix is the same one."""
    found = matrix([60, 40], [50, 30])
    assert found.adjusted({"甲": Fraction(0), "乙": Fraction(3)}) is found


@given(adjusted())
def test_parts_sum_to_the_gap(found: ScoreMatrix) -> None:
    """Residual 0 for every pair, the mean and full marks, at every level."""
    first, second = found.districts[:2]
    for level in (None, 1):
        assert gap_between(found, first, second, level).residual == 0
        assert gap_to_mean(found, first, level).residual == 0
        assert lost_points(found, first, level).residual == 0


@given(adjusted())
def test_shares_sum_to_one(found: ScoreMatrix) -> None:
    """What spreads the totals is shared out among indicators and points without a rest."""
    spread = spread_of(found)
    if isinstance(spread, Spread):
        assert sum(part.share for part in spread.parts) == 1


@given(adjusted())
def test_leave_one_out_by_definition(found: ScoreMatrix) -> None:
    """W (S − s) ÷ (W − w) plus the points, for every district and indicator, and the ranks are of those."""
    lefts = leave_one_out(found)
    if isinstance(lefts, Missing):
        return
    for column, left in enumerate(lefts):
        weight = found.leaves[column].weight
        expected = [
            found.full
            * (found.points(found.sums[row]) - found.points(found.scores[row, column]))
            / (found.full - weight)
            + found.offset(row)
            for row in range(len(found))
        ]
        assert [left.total(name) for name in found.districts] == expected
        assert left.ranks.tolist() == [1 + sum(other > own for other in expected) for own in expected]


@given(adjusted(), st.sampled_from([Fraction(1, 10), Fraction(1, 5), Fraction(1, 2)]))
def test_bounds_are_those_of_linear_programming(found: ScoreMatrix, delta: Fraction) -> None:
    """The least gap with the points of both is what scipy finds, and the signs of all pairs follow it."""
    certainty = rank_certainty(found, delta)
    assert isinstance(certainty, RankCertainty)
    first, second = found.districts[:2]
    bounds = gap_bounds(found, first, second, delta)
    assert isinstance(bounds, GapBounds)
    a, b = found.position(bounds.above), found.position(bounds.below)
    weights = [float(leaf.weight) for leaf in found.leaves]
    rates = [
        float(found.points(x - y)) / w
        for x, y, w in zip(found.scores[a], found.scores[b], weights, strict=True)
    ]
    solved = linprog(
        rates,
        A_eq=[np.ones(len(rates))],
        b_eq=[sum(weights)],
        bounds=[(w * (1 - float(delta)), w * (1 + float(delta))) for w in weights],
    )
    offset = float(found.offset(a) - found.offset(b))
    assert float(bounds.least) == pytest.approx(solved.fun + offset, abs=1e-7)
    assert (certainty.signs[a, b] > 0) == (bounds.least > 0)


def test_each_mode_by_itself() -> None:
    """现场 and 非现场 have their own intervals, certain ranks, swaps and shares."""
    within = lowered().robustness_by_mode
    assert list(within) == ["现场评价", "非现场评价"]
    assert [(each.district, each.rank) for each in within["非现场评价"].intervals] == [
        ("丙县", 2),
        ("丁县", 1),
    ]
    assert [(each.district, each.rank) for each in within["现场评价"].intervals] == [("甲县", 1), ("乙县", 2)]
    plain = evaluated(made("districts", {**TABLE, "note": ["", "", "", ""]}))
    assert plain.robustness_by_mode == {}
