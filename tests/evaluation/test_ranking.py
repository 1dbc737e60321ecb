"""Ranking: tie policies, exclusions, order; the laws that hold for any scores."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.evaluation import Ranking, ranks
from wenxiao.model import Missing, Quantity
from wenxiao.model.units import POINTS
from wenxiao.project import load_profile
from wenxiao.project.profile import Adjustment

from tests.evaluation.made import evaluated, made
from tests.evaluation.sheets_of_review import counties, sheet

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


@given(scores, st.data())
def test_the_order_of_rows_changes_nothing(values: list[Fraction], data: st.DataObject) -> None:
    """Permuting the rows leaves each score's rank alone."""
    shuffled = data.draw(st.permutations(values))
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


MODES = {
    "district": ["甲县", "乙县", "丙县", "丁县"],
    "score": ["90.5", "92.0", "90.5", "88"],
    "note": ["现场评价", "非现场评价", "现场评价", "非现场评价"],
}


def ranking(fields: dict[str, list[str]], **rules: object) -> Ranking:
    """The ranking of a synthetic table under the national rules, some of them changed."""
    profile = load_profile().model_copy(update=rules)
    result = evaluated(made("districts", fields), profile=profile).ranking
    assert result is not None
    return result


def test_ranks_within_each_mode_of_evaluation() -> None:
    """现场 and 非现场 districts are ranked apart as well as together, ties marked in each."""
    found = ranking(MODES)
    assert [place.rank_text for place in found.places] == ["2（并列）", "1", "2（并列）", "4"]
    assert [place.rank_in_mode_text for place in found.places] == ["1（并列）", "1", "1（并列）", "2"]
    assert found.modes == ("现场评价", "非现场评价")
    assert [mean.text for mean in found.means_by_mode] == ["90.50", "90.00"]


def test_notes_that_name_no_mode_part_nothing() -> None:
    """A 备注 of another kind is no mode of evaluation."""
    found = ranking({**MODES, "note": ["上级督办", "", "按期完成", ""]})
    assert (found.modes, found.means_by_mode) == ((), ())
    assert {place.rank_in_mode_text for place in found.places} == {""}


def test_an_adjusted_score_is_ranked_and_graded_as_adjusted() -> None:
    """A score lowered before ranking keeps its published figure beside, with the reason and the formula."""
    lowered = Adjustment(district="乙县", points=Decimal("-2.5"), reason="审计发现问题扣分")
    found = ranking(MODES, adjusted=(lowered,))
    place = found.place("乙县")
    assert place is not None
    assert place.adjusted is not None
    assert (place.score.text, place.adjusted.text, place.reason) == ("92.0分", "89.5", "审计发现问题扣分")
    assert place.adjusted.formula == "乙县得分 － 审计发现问题扣分"
    assert place.adjusted.basis == "审计发现问题扣分，减 2.5 分"
    assert (place.rank_text, place.grade.label if place.grade else "") == ("3", "良")
    assert found.mean.number == Fraction("89.625")
    raised = ranking(MODES, adjusted=(lowered.model_copy(update={"points": Decimal(1)}),)).place("乙县")
    assert raised is not None
    assert raised.content == Quantity(Decimal("93.0"), POINTS, 1)


def test_adjusting_an_unscored_district_changes_nothing() -> None:
    """A district without a score stays 未提供."""
    found = ranking(
        {"district": ["甲县", "乙县"], "score": ["90", ""]},
        adjusted=(Adjustment(district="乙县", points=Decimal(-1), reason="扣分"),),
    )
    assert (found.places[1].adjusted, found.places[1].rank_text) == (None, "未提供")


def test_names_in_the_rules_that_no_table_lists_are_kept() -> None:
    """A misspelt district in the profile is not silently passed over."""
    found = ranking(
        MODES, exclude=("戊县",), adjusted=(Adjustment(district="己县", points=Decimal(-1), reason="扣分"),)
    )
    assert found.unmatched == ("戊县", "己县")


def test_listed_in_the_order_the_profile_asks_for() -> None:
    """Administrative order by default; by rank, with source order inside a tie, where the profile says so."""
    assert [place.district for place in ranking(MODES).listed] == ["甲县", "乙县", "丙县", "丁县"]
    by_rank = ranking(MODES, ranking_order="ranked").listed
    assert [place.district for place in by_rank] == ["乙县", "甲县", "丙县", "丁县"]


def test_the_mean_weighted_by_funds() -> None:
    """Σ 得分 × 预算 ÷ Σ 预算, named for what it is; 未提供 where one district's funds are, None where all are."""
    weighted = ranking({**MODES, "budget": ["100", "300", "0", "100"]}).weighted_mean
    assert weighted is not None
    assert (weighted.number, weighted.basis) == (Fraction("90.9"), "按budget加权平均，4 个")
    gap = ranking({**MODES, "budget": ["100", "300", "", "100"]}).weighted_mean
    assert gap is not None
    assert gap.value is Missing.NOT_PROVIDED
    assert ranking(MODES).weighted_mean is None


def test_districts_are_ranked_by_their_scorecards_where_no_table_gives_scores() -> None:
    """The total of each 评分底稿 is a district's score: exact, and 暂不计分 while an indicator has none."""
    evaluation = evaluated(
        counties("甲县", "乙县", "丙县"),
        sheet("甲县评分底稿", score=["8.5", "88"]),
        sheet("乙县评分底稿", score=["10", "88.25"]),
        sheet("丙县评分底稿", score=["10", ""]),
    )
    ranking = evaluation.ranking
    assert ranking is not None
    assert [(place.district, place.score.text, place.rank_text) for place in ranking.places] == [
        ("甲县", "96.50分", "2"),
        ("乙县", "98.25分", "1"),
        ("丙县", "暂不计分", "暂不计分"),
    ]
