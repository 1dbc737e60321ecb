"""Scores through their reviews, on a synthetic scorecard."""

from fractions import Fraction
from pathlib import Path

from wenxiao.evaluation import evaluate
from wenxiao.evaluation.scoring import reviewed_scores, score_rows, stage_totals, total_change
from wenxiao.project import load_profile, load_project

from tests.evaluation.made import made
from tests.evaluation.scoring.forms import form
from tests.sheets.written import xlsx

TABLE = form(
    {
        "level1": ["决策", "过程", "产出"],
        "weight": ["20", "30", "50"],
        "self_score": ["20", "30", "50"],
        "initial_score": ["18.5", "", "47"],
        "reviewed_score": ["18.5", "27", "47.5"],
        "final_score": ["18.5", "27", ""],
        "reason": ["预算依据不足", "", "核实后补计"],
        "reviewer": ["张三", "李四", ""],
    }
)


def test_each_change_has_its_reason_and_reviewer() -> None:
    """A change names both stages, the points, the reason and the reviewer; an unchanged score is no change."""
    decision, process, output = reviewed_scores(TABLE)
    (change,) = decision.changes
    assert (change.before.label, change.after.label, change.measure.number) == (
        "自评分",
        "初评分",
        Fraction("-1.5"),
    )
    assert (change.reason, change.reviewer, change.explained) == ("预算依据不足", "张三", True)
    assert [each.measure.number for each in output.changes] == [-3, Fraction("0.5")]
    assert [each.explained for each in process.changes] == [False]


def test_a_stage_without_a_score_is_passed_over() -> None:
    """A score missing at one stage is held against the last stage that has one."""
    process = reviewed_scores(TABLE)[1]
    assert [(c.before.label, c.after.label) for c in process.changes] == [("自评分", "复核分")]


def test_the_last_stage_counts() -> None:
    """The latest score that was given is the one that stands."""
    lasts = [each.last for each in reviewed_scores(TABLE)]
    assert [last.label for last in lasts if last] == ["终评分", "终评分", "复核分"]


def test_totals_of_incomplete_stages_are_not_scored() -> None:
    """A stage in which an indicator has no score has no total."""
    totals = stage_totals(reviewed_scores(TABLE))
    assert {key: total.text for key, total in totals.items()} == {
        "self_score": "100.00",
        "initial_score": "暂不计分（缺 1 项）",
        "reviewed_score": "93.00",
        "final_score": "暂不计分（缺 1 项）",
    }


def test_one_stage_is_no_chain() -> None:
    """A table with one kind of score has nothing to follow."""
    table = form({"level1": ["决策"], "weight": ["100"], "self_score": ["90"]})
    assert reviewed_scores(table) == ()
    assert stage_totals(()) == {}


def test_each_stage_has_its_own_reason_and_hand() -> None:
    """A 评分底稿 with a column for each stage gives each change its reason and reviewer; an empty one is none."""
    table = made(
        "scorecard",
        {
            "level1": ["决策", "产出"],
            "weight": ["20", "80"],
            "self_score": ["20", "80"],
            "initial_score": ["18", "78"],
            "reviewed_score": ["18.5", "77"],
            "final_score": ["", ""],
            "reason": ["扣分原因", "扣分原因"],
            "initial_reason": ["依据不足", "进度滞后"],
            "reviewed_reason": ["核实后补计", ""],
            "preparer": ["张三", "张三"],
            "reviewer": ["李四", "李四"],
        },
    )
    decision, output = reviewed_scores(table, "甲县")
    assert [(c.reason, c.reviewer) for c in decision.changes] == [
        ("依据不足", "张三"),
        ("核实后补计", "李四"),
    ]
    assert [c.explained for c in output.changes] == [True, False]
    assert [stage.key for stage in decision.stages] == ["self_score", "initial_score", "reviewed_score"]
    assert decision.changes[0].measure.key == "score_change/initial_score/甲县/决策"


def test_what_a_review_made_of_the_total() -> None:
    """Of two stages the later total − the earlier; of four none, because it would be of which two."""
    totals = stage_totals(reviewed_scores(TABLE))
    assert total_change(totals) is None
    two = {key: totals[key] for key in ("self_score", "reviewed_score")}
    change = total_change(two)
    assert change is not None
    assert (change.number, change.basis) == (-7, "复核分－自评分")


def test_a_target_takes_its_sign_from_its_own_column(tmp_path: Path) -> None:
    """指标性质 ≤ beside 指标值 5: 4 keeps it, 6 does not, and no over-completion is asked about."""
    rows = [
        ["项目支出绩效自评复核表"],
        ["一级指标", "三级指标", "指标性质", "指标值", "权重", "自评完成值", "自评得分", "复核完成值", "复核得分", "备注"],
        ["产出指标", "单位成本", "≤", 5, 60, 4, 60, 4, 60, None],
        ["效益指标", "投诉件数", "≤", 5, 40, 6, 40, 9, 40, None],
    ]  # fmt: skip
    evaluation = evaluate(load_project(xlsx(tmp_path / "a.xlsx", rows).parent), load_profile("review"))
    assert evaluation.scorecard is not None
    cost, complaints = (row for table in evaluation.scorecard.tables for row in score_rows(table))
    assert (cost.target.text, complaints.target.text) == ("≤5", "≤5")
    codes = {finding.code for finding in evaluation.findings}
    assert "full-marks-target-missed" in codes
    assert "over-completion" not in codes


def test_a_dash_is_no_reason() -> None:
    """—— fills the place of a reason, and gives none."""
    table = form(
        {
            "level1": ["产出"],
            "weight": ["100"],
            "self_score": ["100"],
            "reviewed_score": ["90"],
            "reviewed_reason": ["——"],
        }
    )
    (score,) = reviewed_scores(table)
    assert not score.changes[0].explained
