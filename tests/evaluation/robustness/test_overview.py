"""Everything in one value, with scores by indicator and with totals only."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.robustness import RankCertainty, Spread, matrix_of_ranking, robustness
from wenxiao.model import Missing
from wenxiao.project import load_profile

from tests.evaluation.robustness.cases import matrix, totals


def test_with_scores_by_indicator() -> None:
    """All parts are there, and say of a district what can be said, in reading order."""
    result = robustness(matrix([40, 30, 30], [40, 24, 15], [30, 24, 21], [20, 18, 12]), load_profile())
    assert isinstance(result.certainty, RankCertainty)
    assert isinstance(result.spread, Spread)
    assert not isinstance(result.leave_one_out, Missing)
    assert list(result.about("乙")) == [
        "乙的名次为第 2，不受四舍五入影响。",
        "各项分值在±20%内调整时（总分不变），乙始终为第 2。",
        "乙得 75.00 分，等级为“中”，低于分数线 80 分 5.00 分。",
        "乙比平均分高 7.00 分：“指标3”高 5.00 分，“指标2”高 2.00 分。",
        "甲比乙高 4.00 分，只要从“指标1”移约 8.89 分分值到“指标3”，两者即持平，再多则乙超过甲。",
        "乙比丙高 25.00 分，且各项得分率均不低于丙，无论分值如何设置，丙都不会超过乙。",
    ]
    assert result.gap("甲", "乙").total == 4
    assert result.lost("甲").total == -21
    swap = result.swap("甲", "乙")
    assert not isinstance(swap, Missing)
    assert swap.amount == Fraction(80, 9)


def test_with_totals_only() -> None:
    """What can be said of totals is said; all else is 未提供."""
    result = robustness(totals("90.1", "90", "80.00"), load_profile())
    assert (result.certainty, result.leave_one_out, result.swaps, result.spread) == (
        Missing.NOT_PROVIDED,
    ) * 4
    assert list(result.about("甲")) == [
        "甲的名次为第 1；得分经四舍五入，按舍入前的得分可能在第 1 至第 2 之间。",
        "分项得分未提供，无法判断分值变动对名次的影响。",
        "甲得 90.10 分，等级为“优”，高出分数线 90 分 0.10 分，在 0.5 分以内，宜复核后定级。",
        "甲比平均分高 3.40 分；分项得分未提供，无法分解。",
    ]


def test_excluded_districts_take_no_part() -> None:
    """A district that the profile excludes has no rank and moves nobody else's."""
    profile = load_profile().model_copy(update={"exclude": ("甲",)})
    result = robustness(totals("95", "90", "80"), profile)
    assert [(each.district, each.rank) for each in result.intervals] == [("乙", 1), ("丙", 2)]


def test_the_districts_of_linyi(evaluated: Callable[[str], Evaluation]) -> None:
    """Linyi publishes totals of twelve districts to two decimals: no rank rests on rounding but that of a printed tie."""
    ranking = evaluated("linyi-2021").ranking
    assert ranking is not None
    result = robustness(matrix_of_ranking(ranking), load_profile())
    tied = {place.district for place in ranking.places if place.tied}
    assert {each.district for each in result.intervals if not each.certain} == tied
    assert {each.district: each.rank for each in result.intervals} == {
        place.district: place.rank for place in ranking.places
    }
    assert result.certainty is Missing.NOT_PROVIDED


def test_nobody_takes_part() -> None:
    """Where every district is excluded or unscored, all is empty or 不适用, and nothing fails."""
    profile = load_profile().model_copy(update={"exclude": ("甲",)})
    for scores in (matrix([60, 40], [50, 30]), totals("90")):
        result = robustness(scores, profile)
        assert (result.intervals, result.margins) == ((), ())
    detailed = robustness(matrix([60, 40], [50, 30]), profile)
    assert (detailed.swaps, detailed.leave_one_out, detailed.spread) == (
        (),
        Missing.NOT_APPLICABLE,
        Missing.NOT_APPLICABLE,
    )
    assert isinstance(detailed.certainty, RankCertainty)
    assert detailed.certainty.certain_pairs is Missing.NOT_APPLICABLE
