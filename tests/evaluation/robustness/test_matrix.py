"""Districts by indicators: how a matrix is built, narrowed and added up."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from wenxiao.evaluation import Scorecard
from wenxiao.evaluation.robustness import (
    Leaf,
    ScoreMatrix,
    matrix_of_integers,
    matrix_of_ranking,
    matrix_of_scorecards,
    matrix_of_scores,
    matrix_of_table,
    rank_intervals,
)
from wenxiao.model import Missing, ProjectError
from wenxiao.project import load_profile

from tests.evaluation.made import evaluated, made
from tests.evaluation.robustness.cases import matrices, matrix, points, totals

LEAVES = [Leaf(("产出",), Fraction(60)), Leaf(("效益",), Fraction(40))]


def card(scores: list[str], weights: list[str] | None = None, names: list[str] | None = None) -> Scorecard:
    """A synthetic scorecard of one level."""
    fields = {"level1": names or ["产出", "效益"], "weight": weights or ["60", "40"], "score": scores}
    result = evaluated(made("scorecard", fields)).scorecard
    assert result is not None
    return result


def test_digits_are_kept() -> None:
    """Totals are exact sums of what was printed, read as printed to the finest place among them."""
    scores = matrix_of_scores(["甲"], LEAVES, {"甲": [points("52.5"), points("33.25")]})
    assert scores.total("甲") == Fraction("85.75")
    assert scores.points(scores.total_halves[0]) == Fraction("0.005")
    assert [scores.points(half) for half in scores.halves[0]] == [Fraction("0.05"), Fraction("0.005")]


def test_the_printed_precision_of_a_total_is_taken_where_it_is_given() -> None:
    """A total printed without decimals hides half a point, whatever the digits of its parts."""
    scores = matrix_of_scores(["甲"], LEAVES, {"甲": [points("52.5"), points("33.25")]}, {"甲": 0})
    assert scores.points(scores.total_halves[0]) == Fraction("0.5")


def test_a_district_with_an_unscored_indicator_is_left_out() -> None:
    """It is 暂不计分, never ranked on a smaller sum, and asking for it says why."""
    scores = matrix_of_scores(
        ["甲", "乙"],
        LEAVES,
        {"甲": [points("52"), points("33")], "乙": [points("60"), Missing.NOT_PROVIDED]},
    )
    assert scores.districts == ("甲",)
    assert scores.unscored == {"乙": Missing.UNSCORED}
    with pytest.raises(ProjectError, match="该县区暂不计分，没有得分（现为“乙”）"):
        scores.position("乙")


def test_every_reason_against_a_matrix_is_said_at_once() -> None:
    """Repeated districts, repeated indicators and weights of nothing are reported in one pass."""
    leaves = [Leaf(("产出",), Fraction(60)), Leaf(("产出",), Fraction(0))]
    with pytest.raises(ProjectError) as caught:
        matrix_of_integers(["甲", "甲"], leaves, np.zeros((2, 2), int), 0)
    assert [problem.what for problem in caught.value.problems] == [
        "同一县区出现两次",
        "同一指标出现两次",
        "指标分值须大于 0",
    ]


def test_an_array_of_the_wrong_shape_is_refused() -> None:
    """As many rows as districts and columns as leaves, or nothing."""
    with pytest.raises(ValueError, match=r"\(1, 3\), not \(1, 2\)"):
        matrix_of_integers(["甲"], LEAVES, np.zeros((1, 3), int), 0)


def test_levels_add_up() -> None:
    """Scores, weights and half units are added up to a level; leaves above it stay, totals do not change."""
    leaves = [
        Leaf(("过程", "资金"), Fraction(10)),
        Leaf(("产出",), Fraction(60)),
        Leaf(("过程", "组织"), Fraction(30)),
    ]
    view = matrix_of_integers(["甲"], leaves, np.array([[80, 525, 210]]), 1).at(1)
    assert [(leaf.path, leaf.weight) for leaf in view.leaves] == [(("过程",), 40), (("产出",), 60)]
    assert [view.points(score) for score in view.scores[0]] == [29, Fraction("52.5")]
    assert [view.points(half) for half in view.halves[0]] == [Fraction("0.1"), Fraction("0.05")]
    assert view.total("甲") == Fraction("81.5")


@given(matrices())
def test_any_level_keeps_totals_and_full_marks(scores: ScoreMatrix) -> None:
    """Adding up to a level changes neither the totals nor the sum of the weights."""
    for level in (1, 2, 3):
        view = scores.at(level)
        assert (view.scores.sum(axis=1) == scores.totals).all()
        assert sum(leaf.weight for leaf in view.leaves) == scores.full


def test_names_that_repeat_are_told_apart() -> None:
    """Two leaves of one name are called by their whole path."""
    leaves = [Leaf((first, "满意度"), Fraction(50)) for first in ("产出", "效益")]
    assert matrix_of_integers(["甲"], leaves, np.array([[1, 2]]), 0).labels == ("产出—满意度", "效益—满意度")


def test_some_districts_only() -> None:
    """A selection keeps source order; what is left out is gone, unscored districts too."""
    scores = matrix([60, 40], [50, 30], [40, 30], [30, 30])
    assert scores.only(["丙", "甲"]).districts == ("甲", "丙")
    assert scores.without(["甲"]).districts == ("乙", "丙")
    assert totals("90", "80").without(["乙"]).total("甲") == 90


def test_from_scorecards() -> None:
    """The scorecards of several districts on one tree make a matrix."""
    scores = matrix_of_scorecards({"甲": card(["52.5", "33"]), "乙": card(["60", ""])})
    assert (scores.districts, scores.unscored) == (("甲",), {"乙": Missing.UNSCORED})
    assert [leaf.name for leaf in scores.leaves] == ["产出", "效益"]
    assert scores.total("甲") == Fraction("85.5")


def test_scorecards_that_differ_are_refused_with_every_difference() -> None:
    """Another weight, a missing indicator and one too many are all named."""
    with pytest.raises(ProjectError) as caught:
        matrix_of_scorecards(
            {
                "甲": card(["52", "33"]),
                "乙": card(["52", "33"], ["55", "45"]),
                "丙": card(["52", "33"], names=["产出", "影响"]),
            }
        )
    assert [problem.what for problem in caught.value.problems] == [
        "乙的“产出”分值不同",
        "乙的“效益”分值不同",
        "丙的评分表缺少指标“效益”",
        "丙的评分表多出指标“影响”",
    ]
    with pytest.raises(ProjectError, match="没有评分表"):
        matrix_of_scorecards({})


def test_from_a_table_by_district() -> None:
    """A table with a column an indicator makes a matrix; its column 得分 gives the precision of totals."""
    table = made(
        "districts",
        {
            "district": ["甲", "乙"],
            "产出得分": ["52.5", "60.0"],
            "效益得分": ["33.0", "30.5"],
            "score": ["86", "91"],
        },
    )
    scores = matrix_of_table(table, {"产出得分": LEAVES[0], "效益得分": LEAVES[1]})
    assert [scores.total(name) for name in "甲乙"] == [Fraction("85.5"), Fraction("90.5")]
    assert scores.points(scores.total_halves[0]) == Fraction("0.5")
    with pytest.raises(ProjectError, match="表中没有这一指标的得分列"):
        matrix_of_table(table, {"过程得分": LEAVES[0]})


def test_from_a_ranking() -> None:
    """A published ranking gives totals only; excluded districts are left out, unscored ones with their reason."""
    table = made("districts", {"district": ["甲", "乙", "丙", "丁"], "score": ["90.5", "90", "", "95"]})
    profile = load_profile().model_copy(update={"exclude": ("丁",)})
    ranking = evaluated(table, profile=profile).ranking
    assert ranking is not None
    scores = matrix_of_ranking(ranking)
    assert (scores.districts, scores.unscored) == (("甲", "乙"), {"丙": Missing.NOT_PROVIDED})
    assert not scores.detailed
    assert [(each.best, each.worst) for each in rank_intervals(scores)] == [(1, 2), (1, 2)]
