"""Scorecards: levels, sums, rates, totals, and what is wrong in them."""

from dataclasses import replace

from wenxiao.model import Missing, Role
from wenxiao.project import load_profile

from tests.evaluation.made import codes, evaluated, made

LEVELS = {"level1": ["决策", "过程", "产出", "效益"], "weight": ["20", "20", "30", "30"]}


def test_a_total_with_a_missing_score_is_not_scored_yet() -> None:
    """A total of which one part is not given is 暂不计分（缺 1 项）, not a smaller number."""
    evaluation = evaluated(made("scorecard", {**LEVELS, "score": ["18", "", "30", "30"]}))
    assert evaluation.verdict.score.value is Missing.UNSCORED
    assert evaluation.verdict.grade is None
    assert evaluation.scorecard is not None
    assert evaluation.scorecard.total_text == "暂不计分（缺 1 项）"
    assert evaluation.verdict.score.condition == "缺 1 项：过程"


def test_a_card_without_any_score_is_not_provided() -> None:
    """Where nothing is scored at all, the total is 未提供."""
    evaluation = evaluated(made("scorecard", {**LEVELS, "score": ["", "", "", ""]}))
    assert evaluation.verdict.score.value is Missing.NOT_PROVIDED


def test_parents_without_a_row_are_the_sums_of_their_children() -> None:
    """A form whose first level stands only in merged cells has first-level indicators all the same."""
    table = made(
        "scorecard",
        {
            "level1": ["产出", "", "效益"],
            "level2": ["数量", "质量", "社会效益"],
            "weight": ["40", "20", "40"],
            "score": ["38.5", "20", "35"],
        },
    )
    card = evaluated(table).scorecard
    assert card is not None
    assert [(each.name, each.score.text, each.weight.text) for each in card.indicators] == [
        ("产出", "58.5分", "60分"),
        ("效益", "35分", "40分"),
    ]
    assert (card.total.text, card.indicators[0].score_rate.text) == ("93.50", "97.50%")
    assert len(card.total.inputs) == 3
    rested = {measure: measure.inputs for measure in (card.indicators[0].score_rate, card.indicators[0].lost)}
    assert all(len(inputs) == 4 and all(each.cell for each in inputs) for inputs in rested.values())


def test_the_execution_rate_is_scored_in_the_block_of_funds() -> None:
    """The form of 10号 附1 scores 预算执行率 beside the funds; it is one of the first-level indicators."""
    card = evaluated(
        made(
            "funds",
            {
                "source": ["年度资金总额"],
                "budget": ["100"],
                "spent": ["85"],
                "weight": ["10"],
                "score": ["8.5"],
            },
        ),
        made("scorecard", {"level1": ["产出", "效益"], "weight": ["50", "40"], "score": ["50", "35"]}),
    ).scorecard
    assert card is not None
    assert [each.name for each in card.indicators] == ["预算执行率", "产出", "效益"]
    assert (card.weights.text, card.total.text) == ("100.00", "93.50")


def test_the_last_stage_of_review_counts_where_no_score_stands_alone() -> None:
    """A sheet with 自评分 and 复核分 only is scored by 复核分, and follows each score through its reviews."""
    table = made(
        "scorecard",
        {
            "level1": ["产出", "效益"],
            "weight": ["60", "40"],
            "self_score": ["60", "40"],
            "reviewed_score": ["55.5", "40"],
        },
    )
    evaluation = evaluated(table)
    assert evaluation.verdict.score.text == "95.50"
    assert [each.last.label for each in evaluation.review if each.last] == ["复核分", "复核分"]
    assert {key: total.text for key, total in evaluation.review_totals.items()} == {
        "self_score": "100.00",
        "reviewed_score": "95.50",
    }
    assert "score_change/reviewed_score/产出" in evaluation.measures


def test_scores_by_method_stand_beside_those_filled_in() -> None:
    """Under the rules of self-evaluation the execution rate of the funds and the survey's rate are scored by steps."""
    evaluation = evaluated(
        made("head", {"status": ["已竣工"]}),
        made("funds", {"source": ["年度资金总额"], "budget": ["100"], "spent": ["85"]}),
        made(
            "scorecard",
            {
                "level1": ["预算执行率", "满意度指标", "效益"],
                "weight": ["10", "10", "80"],
                "score": ["8", "10", "70"],
            },
        ),
        made("satisfaction", {"name": ["居民"], "respondents": ["100"], "satisfied": ["91"]}),
        profile=load_profile("self-evaluation"),
    )
    assert [(s.row.name, s.computed.text, s.difference.text) for s in evaluation.scoring] == [
        ("预算执行率", "10.00", "−2.00"),
        ("满意度指标", "10.00", "0.00"),
    ]
    assert evaluation.measures["computed_score/预算执行率"].text == "10.00"
    (effect,) = evaluation.survey_effects
    assert (effect.least.text, effect.most.text, effect.change[0].text) == ("8.00", "10.00", "−2.00")


def test_the_scorecards_of_districts_are_ranked_apart_from_the_project() -> None:
    """Sheets that each name one district are that district's scorecards, and say what their ranking rests on."""
    cards = [
        replace(
            made(
                "scorecard",
                {"level1": ["产出", "效益"], "weight": ["60", "40"], "score": scores},
                file=f"{name}.xlsx",
            ),
            title=f"{name}评分表",
        )
        for name, scores in (("甲县", ["55", "30"]), ("乙县", ["50", "38"]))
    ]
    evaluation = evaluated(*cards, made("districts", {"district": ["甲县", "乙县"], "score": ["85", "88"]}))
    assert evaluation.scorecard is None
    assert list(evaluation.district_cards) == ["甲县", "乙县"]
    assert evaluation.robustness is not None
    assert evaluation.robustness.matrix.detailed
    assert (
        evaluation.robustness.gap("甲县", "乙县").sentence
        == "甲县比乙县低 3.00 分：“效益”低 8.00 分，“产出”高 5.00 分。"
    )


def test_children_hang_below_their_parents() -> None:
    """A second level is attached to its first level and checked against it."""
    table = made(
        "scorecard",
        {
            "level1": ["决策", "", "", "过程"],
            "level2": ["", "立项", "目标", ""],
            "weight": ["20", "10", "10", "80"],
            "score": ["18.0", "9.0", "8.0", "70.0"],
        },
    )
    evaluation = evaluated(table)
    assert evaluation.scorecard is not None
    assert [child.name for child in evaluation.scorecard.indicators[0].children] == ["立项", "目标"]
    assert "level-sum-differs" in codes(evaluation)


def test_weights_off_a_hundred_are_found() -> None:
    """First-level weights that do not add up to 100 are an error that names their cells."""
    table = made(
        "scorecard",
        {"level1": ["决策", "产出", "效益"], "weight": ["20", "40", "30"], "score": ["1", "2", "3"]},
    )
    found = next(f for f in evaluated(table).findings if f.code == "weights-total")
    assert (found.printed, found.recomputed) == ("90.00分", "100分")
    assert [cell.address for cell in found.cells] == ["B2", "B3", "B4"]


def test_a_score_above_its_weight_is_found() -> None:
    """No score exceeds its weight."""
    assert "score-above-weight" in codes(
        evaluated(made("scorecard", {**LEVELS, "score": ["21", "20", "30", "30"]}))
    )


def test_output_and_effect_below_sixty_is_found() -> None:
    """产出 and 效益 carry at least 60 points together."""
    table = made(
        "scorecard",
        {
            "level1": ["决策", "过程", "产出", "效益"],
            "weight": ["30", "30", "20", "20"],
            "score": ["1", "1", "1", "1"],
        },
    )
    assert "output-effect-minimum" in codes(evaluated(table))


def test_a_printed_rate_within_its_precision_passes() -> None:
    """85.3% for 25.6 ÷ 30 is right at its precision; 87.0% is not."""
    right = made(
        "scorecard", {**LEVELS, "score": ["20", "20", "25.6", "30"], "score_rate": ["1", "1", "0.853", "1"]}
    )
    wrong = made(
        "scorecard", {**LEVELS, "score": ["20", "20", "25.6", "30"], "score_rate": ["1", "1", "0.870", "1"]}
    )
    assert "score-rate-differs" not in codes(evaluated(right))
    assert "score-rate-differs" in codes(evaluated(wrong))


def test_without_a_total_the_culprit_stays_open() -> None:
    """Where no total decides between score and rate, the finding says so."""
    table = made(
        "scorecard", {**LEVELS, "score": ["20", "20", "26", "30"], "score_rate": ["1", "1", "0.5", "1"]}
    )
    found = next(f for f in evaluated(table).findings if f.code == "score-rate-differs")
    assert "不能判断" in found.message or "没有合计" in found.message


def test_a_wrong_total_is_found() -> None:
    """A printed total that its parts do not add up to is an error with both figures."""
    table = made(
        "scorecard",
        {"level1": ["决策", "过程", "合计"], "weight": ["50", "50", "100"], "score": ["40", "45.5", "86.5"]},
        [Role.DATA, Role.DATA, Role.TOTAL],
    )
    found = next(f for f in evaluated(table).findings if f.code == "total-differs")
    assert (found.printed, found.recomputed) == ("86.5分", "85.5分")
