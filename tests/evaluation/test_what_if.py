"""Trials of other weights: exact, beside the evaluation, with the laws that must hold."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.evaluation.robustness import Leaf, matrix_of_integers
from wenxiao.evaluation.what_if import balanced, what_if
from wenxiao.model import ProfileError
from wenxiao.project import load_profile

NATIONAL = load_profile("national")
LEAVES = (
    Leaf(("决策",), Fraction(20)),
    Leaf(("过程",), Fraction(20)),
    Leaf(("产出", "数量"), Fraction(20)),
    Leaf(("产出", "质量"), Fraction(10)),
    Leaf(("效益",), Fraction(30)),
)


def matrix(rows: list[list[int]]) -> object:
    """A matrix of districts 甲, 乙, … with scores in hundredths of a point."""
    names = "甲乙丙丁戊己庚辛"[: len(rows)]
    return matrix_of_integers(list(names), LEAVES, np.array(rows), 2)


TWO = [[2000, 1000, 2000, 1000, 3000], [1000, 2000, 2000, 1000, 3000]]


def test_a_trial_keeps_score_rates_and_moves_ranks() -> None:
    """With 过程 at 30 and 决策 at 10, a district full in 过程 and half in 决策 overtakes its mirror image."""
    trial = what_if(matrix(TWO), {"决策": 10, "过程": 30}, NATIONAL)  # type: ignore[arg-type]
    assert [(p.district, p.before, p.after, p.rank_text) for p in trial.places] == [
        ("甲", 90, 85, "2"),
        ("乙", 90, 95, "1"),
    ]
    assert [p.grade.label for p in trial.places] == ["良", "优"]
    assert (
        trial.sentence == "测算：决策由 20 分改为 10 分、过程由 20 分改为 30 分，1 个名次变动，1 个等级变动。"
    )


def test_a_group_is_shifted_in_proportion() -> None:
    """产出 from 30 to 45 takes 数量 from 20 to 30 and 质量 from 10 to 15."""
    trial = what_if(matrix(TWO), {"产出": 45, "效益": 15}, NATIONAL)  # type: ignore[arg-type]
    assert [leaf.weight for leaf in trial.matrix.leaves] == [20, 20, 30, 15, 15]


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"决测": 20}, "是否为“决策”"),
        ({"决策": 30}, "合计 100 分"),
        ({"决策": -1, "过程": 41}, "分值小于 0"),
        ({"产出": 30, "数量": 20}, "共同的下级指标"),
    ],
)
def test_weights_that_cannot_be_tried_are_told(weights: dict[str, int], words: str) -> None:
    """An unknown name, a wrong sum, a negative weight and an indicator named twice are refused in words."""
    with pytest.raises(ProfileError, match=words):
        what_if(matrix(TWO), weights, NATIONAL)  # type: ignore[arg-type]


def test_all_mistakes_are_told_in_one_pass() -> None:
    """Two unknown names are two problems."""
    with pytest.raises(ProfileError) as caught:
        what_if(matrix(TWO), {"甲": 1, "乙": 2}, NATIONAL)  # type: ignore[arg-type]
    assert len(caught.value.problems) == 2


scores = st.lists(
    st.tuples(*(st.integers(0, int(leaf.weight * 100)) for leaf in LEAVES)).map(list), min_size=1, max_size=8
)
shares = st.lists(st.integers(1, 997), min_size=5, max_size=5)


@given(scores, shares)
def test_the_parts_add_up_and_dominance_stays(rows: list[list[int]], share: list[int]) -> None:
    """Under any weights a total is the exact sum of rate times weight, full marks stay 100, and who is better in all stays better."""
    whole = sum(share)
    weights = {"—".join(leaf.path): Fraction(100 * s, whole) for leaf, s in zip(LEAVES, share, strict=True)}
    trial = what_if(matrix(rows), weights, NATIONAL)  # type: ignore[arg-type]
    for row, place in zip(rows, trial.places, strict=True):
        expected = sum(
            Fraction(score, 100) / leaf.weight * weight
            for score, leaf, weight in zip(row, LEAVES, weights.values(), strict=True)
        )
        assert place.after == expected
    for i, a in enumerate(rows):
        for j, b in enumerate(rows):
            if all(x >= y for x, y in zip(a, b, strict=True)):
                assert trial.places[i].after >= trial.places[j].after


@given(scores)
def test_the_real_weights_change_nothing(rows: list[list[int]]) -> None:
    """Tried at their real values, weights leave every total, rank and grade as they are."""
    trial = what_if(matrix(rows), {"决策": 20, "产出": 30}, NATIONAL)  # type: ignore[arg-type]
    assert trial.shifts == ()
    assert all(place.before == place.after and not place.moved for place in trial.places)
    assert trial.sentence == "分值未改动。"


@given(st.lists(st.integers(0, 50), min_size=2, max_size=6), st.integers(-10, 200))
def test_a_slider_keeps_the_sum(weights: list[int], value: int) -> None:
    """Whatever a slider is set to, the sum stays and no weight falls below 0."""
    before = {str(i): Fraction(w) for i, w in enumerate(weights)}
    after = balanced(before, "0", value)
    assert sum(after.values()) == sum(before.values())
    assert all(weight >= 0 for weight in after.values())
    assert list(after) == list(before)
