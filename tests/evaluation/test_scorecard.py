"""Scorecards: levels, sums, rates, totals, and what is wrong in them."""

from wenxiao.model import Missing, Role

from tests.evaluation.made import codes, evaluated, made

LEVELS = {"level1": ["决策", "过程", "产出", "效益"], "weight": ["20", "20", "30", "30"]}


def test_a_total_with_a_missing_score_is_missing() -> None:
    """A total of which one part is not given is not a smaller number."""
    evaluation = evaluated(made("scorecard", {**LEVELS, "score": ["18", "", "30", "30"]}))
    assert evaluation.verdict.score.value is Missing.NOT_PROVIDED
    assert evaluation.verdict.grade is None


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
