"""Lights with the rule that set them, and what is to be put right, as each place has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from wenxiao.evaluation.monitoring import Monitored, monitoring_of
from wenxiao.model import ProfileError
from wenxiao.project import load_profile

from tests.evaluation.monitored_lists import by_month, form, project
from tests.sheets.written import Rows


def monitored(folder: Path, profile: str = "sichuan", **sheets: Rows) -> dict[str, Monitored]:
    """The projects by name, under the rules of a place."""
    whole = project(folder, **sheets)
    return {
        each.project: each for each in monitoring_of((whole, *whole.projects), load_profile(profile, folder))
    }


def rules(folder: Path, text: str) -> str:
    """A profile of one's own."""
    (folder / "本市.yaml").write_text(
        f"extends: national\ntitle: 本市\nsource: 示例\nmonitoring: {text}\n", encoding="utf-8"
    )
    return "本市"


def test_each_month_is_measured_by_the_share_in_force(tmp_path: Path) -> None:
    """25% from April, 40% from June on; before April Sichuan sets nothing. Just on the share is not below it."""
    found = monitored(tmp_path, 进度=by_month(["甲", 100, 6, 6, 6, 7, 5, 9.99, 0.01, 40], months=7))["甲"]
    assert [(each.reached.month, each.signal.label) for each in found.checkpoints] == [
        (1, "未判定"), (2, "未判定"), (3, "未判定"), (4, "正常"), (5, "正常"), (6, "预警"), (7, "正常"),
    ]  # fmt: skip
    assert found.checkpoints[5].signal.rule == "6月底应达 40%，低于该比例"
    assert found.checkpoints[2].signal.rule == "3月底以前没有规定序时要求"


def test_a_form_between_two_dates_is_measured_by_the_one_before(tmp_path: Path) -> None:
    """What is below 40% at the end of July was so at the end of June."""
    found = monitored(tmp_path, 监控=form(("里程", "100公里", "35公里", "100公里"), spent=35))["道路养护"]
    assert (found.signal.label, found.signal.rule) == ("预警", "6月底应达 40%，低于该比例")


@pytest.mark.parametrize(
    ("spent", "light"),
    [(50, "绿灯"), (49.99, "蓝灯"), (40, "蓝灯"), (39.99, "黄灯"), (30, "黄灯"), (29.99, "红灯")],
)
def test_lights_by_how_far_spending_is_behind_time(spent: float, light: str, tmp_path: Path) -> None:
    """Half a year is over: more than 20 points behind is red, more than 10 yellow, at all blue."""
    name = rules(tmp_path, "{lights: {red: 20%, yellow: 10%, blue: 0}}")
    rows = [["2025年支出进度表"], ["单位：万元"], ["项目名称", "预算数", "1-6月支出"], ["甲", 100, spent]]
    assert monitored(tmp_path, name, 进度=rows)["甲"].signal.label == light


def test_lights_in_the_wrong_order_are_refused(tmp_path: Path) -> None:
    """A graver light is for those further behind."""
    with pytest.raises(ProfileError, match="较重的灯"):
        monitored(
            tmp_path,
            rules(tmp_path, "{lights: {red: 10%, yellow: 20%}}"),
            进度=by_month(["甲", 100, 5, 5], months=1),
        )


@pytest.mark.parametrize(
    ("done", "light"), [("50公里", "正常"), ("50.1公里", "预警"), ("30公里", "正常"), ("29公里", "预警")]
)
def test_goals_more_than_ten_points_ahead_or_behind_give_a_warning(
    done: str, light: str, tmp_path: Path
) -> None:
    """Of 100 km, with 40% spent; Sichuan allows ten points either way."""
    found = monitored(tmp_path, 监控=form(("里程", "100公里", done, "100公里")))["道路养护"]
    assert found.goal_signals[0].label == light
    assert found.behind is (light == "预警")


def test_the_list_says_what_is_due_by_which_rule_and_until_when(tmp_path: Path) -> None:
    """Ten working days in Sichuan; a place that sets no time is not given one."""
    rows = by_month(["甲", 100, 5, 5, 5, 5, 20], months=4)
    due = monitored(tmp_path, 进度=rows)["甲"].due
    assert [(each.problem, each.rule, each.until) for each in due] == [
        (
            "截至4月底执行率 20.00%，落后 5.00 个百分点",
            "4月底应达 25%，低于该比例",
            "收到预警之日起 10 个工作日内",
        )
    ]
    assert {cell.address for cell in due[0].cells} == {"B4", "C4", "D4", "E4", "F4"}
    own = monitored(tmp_path, rules(tmp_path, "{spent_by: {4: 25%}}"))["甲"].due
    assert [each.until for each in own] == ["评价规则未定期限"]


def test_a_place_without_rules_sets_no_light(tmp_path: Path) -> None:
    """The national rules name no shares: rates are shown, nothing is judged and nothing is due."""
    found = monitored(tmp_path, "national", 进度=by_month(["甲", 100, 1, 1, 1, 1, 4], months=4))["甲"]
    assert (found.signal.label, found.signal.rule, found.due) == ("未判定", "评价规则没有规定序时要求", ())


def test_reasons_that_a_place_asks_for(tmp_path: Path) -> None:
    """Hebei of every goal that deviates, another place of a red light; one that is given is not asked for."""
    lines = (("里程", "100公里", "70公里", "80公里", ""), ("桥梁", "10座", "7座", "8座", "汛期停工"))
    hebei = monitored(tmp_path, "hebei", 监控=form(*lines))["道路养护"].due
    assert [each.problem for each in hebei] == ["里程预计全年 80公里，达不到 100公里，没有写偏差原因"]
    name = rules(tmp_path, "{lights: {red: 20%}, reason_from: red}")
    rows = [
        ["2025年支出进度表"],
        ["单位：万元"],
        ["项目名称", "预算数", "1-6月支出", "滞后原因"],
        ["甲", 100, 10, ""],
        ["乙", 100, 10, "招标推迟"],
    ]
    due = monitored(tmp_path, name, 进度=rows)
    assert [each.problem for each in due["甲"].due][1:] == ["红灯而没有写原因"]
    assert len(due["乙"].due) == 1


def test_what_is_not_known_sets_no_light_and_is_asked_for(tmp_path: Path) -> None:
    """Without a budget, with a gap: 未判定, and the list asks for the figures; an older month does not speak for the last."""
    rows = by_month(["甲", None, *[1] * 6, 6], ["乙", 100, 25, 25, None, 1, 1, 1, 53], months=6)
    found = monitored(tmp_path, 进度=rows)
    assert [found[name].signal.label for name in ("甲", "乙")] == ["未判定", "未判定"]
    assert [each.problem for each in (*found["甲"].due, *found["乙"].due)] == [
        "没有全年预算数",
        "3月没有支出数",
    ]


def test_spending_above_the_budget_is_asked_about(tmp_path: Path) -> None:
    """130 of 100 is behind nothing and still on the list; so is a budget of 0, and a form that nobody filled in."""
    rows = [
        ["2025年支出进度表（单位：万元）"],
        ["项目名称", "预算数", "1-9月支出"],
        ["甲", 100, 130],
        ["乙", 0, 5],
    ]
    found = monitored(tmp_path, 进度=rows)
    assert [each.problem for each in found["甲"].due] == ["截至9月底执行率 130.00%，支出超过全年预算"]
    assert [each.problem for each in found["乙"].due] == ["全年预算数为 0"]
    blank = monitored(tmp_path, 监控=form(("里程", "", "", ""), name="丙", spent=None))["丙"]
    assert [each.problem for each in blank.due] == ["没有填写1~7月执行数"]
    assert blank.goals[0].why_not == "指标值未提供"
