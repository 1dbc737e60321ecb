"""What is shown of projects under monitoring."""

from __future__ import annotations

from pathlib import Path

from wenxiao.display import monitoring as show
from wenxiao.evaluation.monitoring import Monitored, monitoring_of
from wenxiao.project import load_profile

from tests.evaluation.monitored_lists import by_month, form, project
from tests.sheets.written import Rows


def monitored(folder: Path, profile: str = "sichuan", **sheets: Rows) -> tuple[Monitored, ...]:
    """The projects of some sheets."""
    whole = project(folder, **sheets)
    return monitoring_of((whole, *whole.projects), load_profile(profile))


def test_who_is_behind_and_who_cannot_be_judged(tmp_path: Path) -> None:
    """Each with the rule, and the reason."""
    rows = by_month(
        ["甲", 100, *[5] * 4, 20], ["乙", None, *[5] * 4, 20], ["丙", 100, *[7] * 4, 28], months=4
    )
    words = show.spending_words(monitored(tmp_path, 进度=rows))
    assert words is not None
    assert words.text() == (
        "执行落后：甲 20.00%（预警，4月底应达 25%，低于该比例）。未判定：乙（执行率未提供，不能判定）。"
    )


def test_without_rules_spending_is_held_against_time_alone(tmp_path: Path) -> None:
    """Who is below the share of time is said, nothing is judged, and the table has no column for it."""
    rows = by_month(["甲", 100, *[5] * 4, 20], ["乙", 100, *[9] * 4, 36], months=4)
    both = monitored(tmp_path, "national", 进度=rows)
    words, table = show.spending_words(both), show.spending_table(both)
    assert words is not None
    assert words.text() == "执行率低于时间进度：甲 20.00%（时间进度 33.33%）。"
    assert table is not None
    assert [head.name for head in table.heads] == [
        "全年预算",
        "截至",
        "累计支出",
        "执行率",
        "时间进度",
        "说明",
    ]


def test_tables_say_why_where_there_is_no_figure(tmp_path: Path) -> None:
    """暂不计算 with its reason, a rate of a goal that is not compared, a forecast that is withheld."""
    rows = by_month(["甲", 100, 5, None, 5, 10], ["乙", 100, 5, 5, 5, 15], months=3)
    both = monitored(tmp_path, 进度=rows)
    spending, forecast = show.spending_table(both), show.forecast_table(both)
    assert spending is not None
    assert "暂不计算" in spending.text()
    assert [head.name for head in spending.heads][-1] == "说明"
    assert forecast is None
    one = monitored(tmp_path, 监控=form(("合格率", "≥95%", "97%", "97%")))
    goals = show.goals_table(one)
    assert goals is not None
    assert "比率指标，不随时间累积" in goals.text()


def test_methods_that_agree_are_no_range(tmp_path: Path) -> None:
    """Five a month: 60% by time and by the last three months alike, which is said."""
    table = show.forecast_table(monitored(tmp_path, 进度=by_month(["甲", 100, *[5] * 6, 30], months=6)))
    assert table is not None
    assert "60.00%（各方法相同）" in table.text()


def test_the_list_has_cells_and_nothing_due_is_no_list(tmp_path: Path) -> None:
    """A line an item; None without any."""
    rows = by_month(["甲", 100, *[5] * 4, 20], months=4)
    table = show.rectification_table(monitored(tmp_path, 进度=rows))
    assert table is not None
    assert "进度.xlsx［表］B4:F4" in table.text()
    assert show.rectification_table(monitored(tmp_path, "national", 进度=rows)) is None


def test_the_rules_in_words(tmp_path: Path) -> None:
    """What the rules set, or that they set nothing."""
    (tmp_path / "本市.yaml").write_text(
        "extends: national\ntitle: 本市\nsource: 示例\nmonitoring: {lights: {red: 20%, blue: 0}, reason_from: red}\n",
        encoding="utf-8",
    )
    said = show.rules_words(load_profile("本市", tmp_path)).text()
    assert (
        said
        == "监控按本市：落后于时间进度：红灯超过 20 个百分点、蓝灯超过 0 个百分点，其余为绿灯；红灯须填写原因。依据：示例。"
    )
    assert "不作判定" in show.rules_words(load_profile()).text()
