"""Ranking: tie policies, exclusions, order; the laws that hold for any scores."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.made import evaluated, made
from wenxiao.evaluation import ranks
from wenxiao.project import load_profile

scores = st.lists(st.integers(0, 20).map(Fraction), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("competition", [1, 2, 2, 4]),
        ("dense", [1, 2, 2, 3]),
        ("average", [1, Fraction(5, 2), Fraction(5, 2), 4]),
        ("consecutive", [1, 2, 3, 4]),
    ],
)
def test_tie_policies(ties: str, expected: list[Fraction]) -> None:
    """Each policy numbers a tie in its own way."""
    assert ranks([Fraction(9), Fraction(8), Fraction(8), Fraction(7)], ties) == expected


@given(scores, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(values: list[Fraction], random: object) -> None:
    """Permuting the rows leaves each score's rank alone."""
    shuffled = sorted(values)
    assert sorted(zip(values, ranks(values), strict=True)) == sorted(
        zip(shuffled, ranks(shuffled), strict=True)
    )


@given(scores)
def test_a_rank_counts_those_above(values: list[Fraction]) -> None:
    """R = 1 + the number of higher scores (METHODS)."""
    assert ranks(values) == [1 + sum(other > value for other in values) for value in values]


def test_excluded_and_missing_districts_take_no_rank() -> None:
    """An excluded district is scored without a rank; one without a score is 未提供, not last."""
    table = made("districts", {"district": ["甲县", "乙县", "丙县"], "score": ["90", "95", ""]})
    profile = load_profile().model_copy(update={"exclude": ("乙县",)})
    ranking = evaluated(table, profile=profile).ranking
    assert ranking is not None
    assert [place.rank_text for place in ranking.places] == ["1", "不参与排名", "未提供"]
    assert ranking.mean.text == "90.00"


def test_no_scores_no_ranking() -> None:
    """Districts without scores are not ranked."""
    assert evaluated(made("districts", {"district": ["甲县"], "households": ["12"]})).ranking is None
