"""Computed scores beside those filled in, on synthetic self-evaluation forms."""

from decimal import Decimal
from fractions import Fraction

import pytest
from wenxiao.evaluation.scoring import (
    ComputedScore,
    computed_scores,
    figure_in,
    score_rows,
    total_score,
    truth,
)
from wenxiao.model import Given, Missing, Quantity, Table, interval_of
from wenxiao.model.units import POINTS, RATIO
from wenxiao.project import Profile, load_profile
from wenxiao.project.scoring_methods import Deduction, Gate, Likert, Qualitative, Reverse

from tests.evaluation.scoring.forms import form, row_of

SELF = load_profile("self-evaluation")


def only(table: Table, profile: Profile = SELF, **known: Given) -> ComputedScore:
    """The one computed score of a form with one indicator."""
    (score,) = computed_scores(score_rows(table), profile, **known)  # type: ignore[arg-type]
    return score


def with_method(method: object) -> Profile:
    """The self-evaluation rules with one method for 产出."""
    return SELF.model_copy(update={"methods": {"产出": method}})


def test_a_filled_score_beside_the_computed_one() -> None:
    """45 of 50 gives 9.00 of 10; 10 as filled in is 1 too much."""
    score = only(row_of(score="10.00", target="≥50户", actual="45户"))
    assert (score.computed.text, score.filled.text, score.difference.text) == ("9.00", "10.00", "1.00")
    assert score.method == "按比例"
    assert score.agrees is False
    assert score.note == ""


def test_a_filled_score_that_agrees() -> None:
    """A score printed to one decimal agrees with the computed one it may have been rounded from."""
    assert only(row_of(score="3.3", target="3户", actual="1户")).agrees is True


def test_measures_have_keys_by_path() -> None:
    """Two indicators of one name under different parents keep apart."""
    score = only(row_of(score="10", target="50户", actual="50户"))
    assert score.computed.key == "computed_score/产出指标（50分）/数量指标/改造户数"


@pytest.mark.parametrize(
    ("target", "actual", "text"),
    [
        ("≥50户", "50", "10.00"),
        ("50", "40户", "8.00"),
        ("100万元", "500000元", "5.00"),
        ("≤90万元", "90万元", "10.00"),
        ("≥95%", "76%", "8.00"),
    ],
)
def test_units_are_brought_together(target: str, actual: str, text: str) -> None:
    """A bare number takes the other's unit, and amounts convert."""
    assert only(row_of(score="10", target=target, actual=actual)).computed.text == text


@pytest.mark.parametrize(("target", "actual"), [("≥90%", "92"), ("50户", "50栋"), ("95", "96%")])
def test_units_that_do_not_compare(target: str, actual: str) -> None:
    """A per cent sign is never supplied and households are no buildings: no score, and the note says why."""
    score = only(row_of(score="10", target=target, actual=actual))
    assert score.computed.value is Missing.UNREADABLE
    assert "单位不同" in score.note
    assert score.agrees is None


def test_an_upper_limit_exceeded_has_no_proportion() -> None:
    """Above a ≤ target the proportional rule names no points, and the note names the way out."""
    score = only(row_of(score="9", target="≤90万元", actual="95万元"))
    assert score.computed.value is Missing.NOT_APPLICABLE
    assert "reverse" in score.note


def test_a_missing_actual_stays_missing() -> None:
    """An empty 完成值 is no 0."""
    score = only(row_of(score="10", target="50户"))
    assert score.computed.value is Missing.NOT_PROVIDED
    assert score.note == "完成值未提供"


@pytest.mark.parametrize(
    ("actual", "filled", "agrees"),
    [
        ("达成预期指标", "9.5", True),
        ("达成预期指标", "7.5", False),
        ("部分达成预期指标并具有一定效果", "7.5", True),
        ("未达成预期指标且效果较差", "7.5", False),
    ],
)
def test_a_judged_score_is_held_against_its_band(actual: str, filled: str, agrees: bool) -> None:
    """10号 第十六条: a level allows a band of the 分值; the score itself is a judgement."""
    score = only(row_of(score=filled, target="效果明显", actual=actual))
    assert score.computed.value is Missing.UNSCORED
    assert score.allowed is not None
    assert score.agrees is agrees


def test_words_that_name_no_level() -> None:
    """Words that say nothing of a level give no score, with the words in the note."""
    score = only(row_of(score="10", target="效果明显", actual="居民反映较好"))
    assert score.computed.value is Missing.UNREADABLE
    assert "居民反映较好" in score.note


def execution(actual: str) -> Table:
    """A form with the execution rate alone."""
    return form(
        {"level1": ["预算执行率"], "weight": ["10"], "score": ["10"], "target": ["100%"], "actual": [actual]}
    )


def test_execution_depends_on_whether_the_project_is_finished() -> None:
    """53.63% is 10 for a finished project, 0 for an unfinished one, and 未提供 where nobody says."""
    done, not_done = (only(execution("53.63%"), finished=truth("项目已完成", each)) for each in (True, False))
    assert (done.computed.number, not_done.computed.number) == (10, 0)
    unsaid = only(execution("53.63%"))
    assert unsaid.computed.value is Missing.NOT_PROVIDED
    assert "是否完成" in unsaid.note


def test_an_execution_rate_above_the_budget_names_the_way_out() -> None:
    """Above 100% the steps end, and the note says how a profile may go on."""
    score = only(execution("103.28%"), finished=truth("项目已完成", True))
    assert score.computed.value is Missing.NOT_APPLICABLE
    assert "over_budget" in score.note


def test_the_rate_of_the_funds_table_goes_before_the_form() -> None:
    """A rate computed elsewhere replaces what the form says."""
    rate = Given("支出÷预算", Quantity(Decimal("0.85"), RATIO, 4, exact=True))
    (score,) = computed_scores(
        score_rows(execution("")), SELF, finished=truth("项目已完成", False), rates={"预算执行率": rate}
    )
    assert score.computed.number == 7


def test_a_method_is_found_by_the_nearest_name() -> None:
    """满意度指标（10分） is 满意度: bands of 101号, not the proportion of other quantitative indicators."""
    table = form(
        {
            "level1": ["满意度指标（10分）"],
            "level2": ["服务对象满意度指标"],
            "level3": ["居民满意率"],
            "weight": ["10"],
            "score": ["10"],
            "target": ["≥90%"],
            "actual": ["89.5%"],
        }
    )
    assert only(table).computed.number == 8
    assert only(table).method == "分档"


@pytest.mark.parametrize(
    ("method", "target", "actual", "score"),
    [
        (Reverse(method="reverse"), "≤90万元", "99万元", "9.00"),
        (Gate(method="gate"), "100户", "80户", "5.00"),
        (Deduction(method="deduction", points=Decimal("0.5")), "", "3处", "8.50"),
        (Qualitative.model_validate(
            {"method": "qualitative", "levels": [
                {"words": ["达成"], "low": "80%", "high": "100%", "share": "90%"},
                {"words": ["未达成"], "low": 0, "high": "80%", "share": 0},
            ]}
        ), "好", "达成", "9.00"),
    ],
)  # fmt: skip
def test_methods_of_a_profile(method: object, target: str, actual: str, score: str) -> None:
    """Each method of a profile is applied with its own parameters."""
    assert only(row_of(score="9", target=target, actual=actual), with_method(method)).computed.text == score


def test_likert_asks_for_a_survey() -> None:
    """A Likert score rests on a survey's counts, not on the form."""
    score = only(row_of(score="9", target="≥90%", actual="92%"), with_method(Likert(method="likert")))
    assert score.computed.value is Missing.NOT_PROVIDED
    assert "答卷" in score.note


def test_the_national_rules_compute_no_scores() -> None:
    """Evaluations by finance bureaus score by judgement: no method, no computed score."""
    table = row_of(score="9", target="50户", actual="45户")
    assert computed_scores(score_rows(table), load_profile()) == ()


def test_parents_are_no_rows() -> None:
    """Only the lowest level is scored; a merged parent is taken from above."""
    table = form(
        {
            "level1": ["产出", "", "", "效益"],
            "level2": ["", "数量", "质量", ""],
            "weight": ["20", "10", "10", "80"],
            "score": ["18", "9", "9", "70"],
        }
    )
    assert [row.path for row in score_rows(table)] == [("产出", "数量"), ("产出", "质量"), ("效益",)]


def test_a_total_with_unscored_indicators_is_no_number() -> None:
    """74 of two indicators and one without a score is 暂不计分（缺 1 项）, and names it."""

    def score(value: str) -> Given:
        return Given("得分", Quantity(Decimal(value), POINTS, 2))

    total = total_score(
        [("决策", score("20")), ("过程", score("54")), ("效益", Given("得分", Missing.NOT_PROVIDED))]
    )
    assert total.measure.value is Missing.UNSCORED
    assert total.text == "暂不计分（缺 1 项）"
    assert total.measure.condition == "缺 1 项：效益"
    assert interval_of(total.measure.expression) is None
    whole = total_score([("决策", score("20")), ("过程", score("54.32"))])
    assert (whole.measure.number, whole.text, whole.unscored) == (Fraction("74.32"), "74.32", ())


def test_a_total_of_nothing_is_not_provided() -> None:
    """No indicators, no total."""
    assert total_score([]).measure.value is Missing.NOT_PROVIDED


def test_a_number_among_words_is_not_guessed() -> None:
    """A date or a range is no figure."""
    assert [figure_in(text, "值").content for text in ("2023年12月", "20-30个")] == [Missing.UNREADABLE] * 2
