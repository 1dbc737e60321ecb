"""The execution rate at the year's end: methods, range, and where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from wenxiao.evaluation.forecast import Forecast
from wenxiao.evaluation.monitoring import monitoring_of
from wenxiao.model import Standing
from wenxiao.project import load_profile

from tests.evaluation.monitored_lists import by_month, form, project
from tests.sheets.written import Rows


def forecast(folder: Path, **sheets: Rows) -> Forecast:
    """The forecast of the first project."""
    whole = project(folder, **sheets)
    return monitoring_of((whole, *whole.projects), load_profile())[0].forecast


def test_by_time_and_by_the_last_three_months(tmp_path: Path) -> None:
    """Of 100: 30 in half a year makes 60; 5, 5, 10 in the last three, six months to come, makes 30 + 6 × 20/3 = 70."""
    found = forecast(tmp_path, 进度=by_month(["甲", 100, 3, 3, 4, 5, 5, 10, 30], months=6))
    assert {each.label: each.text for each in found.methods} == {
        "年末执行率（按时间比例）": "60.00%",
        "年末执行率（按近3个月）": "70.00%",
    }
    assert found.low is not None
    assert found.high is not None
    assert (found.low.text, found.high.text) == ("60.00%", "70.00%")
    assert all(each.standing is Standing.DERIVED and each.cells for each in (*found.methods, found.low))


def test_by_the_year_before_only_where_it_is_given(tmp_path: Path) -> None:
    """A third of the year before was spent by the end of June: 30 ÷ (30 ÷ 90) = 90."""
    before = by_month(["甲", 100, *[5] * 6, *[10] * 6, 90], title="2024年支出进度表")
    now = by_month(["甲", 100, *[5] * 6, 30], months=6, title="2025年1-6月支出进度表")
    found = forecast(tmp_path, 上年=before, 本年=now)
    assert {each.label: each.text for each in found.methods}["年末执行率（按上年同期比重）"] == "90.00%"


def test_what_the_unit_expects_is_one_of_the_methods(tmp_path: Path) -> None:
    """The 全年预计执行数 of a monitoring form beside 40 × 12 ÷ 7."""
    found = forecast(tmp_path, 监控=form(("里程", "100公里", "70公里", "100公里")))
    assert [each.text for each in found.methods] == ["68.57%", "95.00%"]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (by_month(["甲", 100, 5, 6, 11], months=2), "只有 2 个月，不足 3 个月"),
        (by_month(["甲", 100, 5, 6, 7, 18], months=3), "只有一种方法可用，单个数不作预测"),
        (by_month(["甲", None, 5, 6, 7, 8, 26], months=4), "没有全年预算数"),
        (by_month(["甲", 100, *[5] * 12, 60]), "全年已经结束"),
        (by_month(["甲", 100, 5, None, 5, 5, 15], months=4), "2月没有支出数"),
    ],
)
def test_without_enough_there_is_no_forecast(rows: Rows, why: str, tmp_path: Path) -> None:
    """It is withheld with the reason, and never a single number."""
    found = forecast(tmp_path, 进度=rows)
    assert (found.methods, found.low, found.why_not) == ((), None, why)
