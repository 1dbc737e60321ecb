"""Where what is said of projects under monitoring stands: on pages with funds, among the tables handed over, not in a release."""

from __future__ import annotations

from pathlib import Path

from wenxiao import contents
from wenxiao.contents import Outlet, Subject
from wenxiao.display.chart import ChartBlock
from wenxiao.evaluation import audience_of, evaluate
from wenxiao.project import load_profile
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.filled import filled

from tests.evaluation.monitored_lists import by_month, project


def _folder(path: Path) -> Path:
    """A folder that is there."""
    path.mkdir()
    return path


def test_spending_by_month_is_drawn_with_the_funds_of_a_project(tmp_path: Path) -> None:
    """A list of months among the tables of a project is a line, wherever its funds stand."""
    whole = project(tmp_path, 进度=by_month(["甲", 100, *[5] * 4, 20], months=4))
    subject = Subject((evaluate(whole, load_profile()),))
    shown = [each.block for each in contents.funds.given(subject, Outlet.PAGE)]
    assert [each.chart.key for each in shown if isinstance(each, ChartBlock)] == ["spending_lines"]


def test_the_list_of_what_is_due_is_handed_over_but_not_released(tmp_path: Path) -> None:
    """整改清单 is numbered among 报告用表 of the house."""
    whole = project(tmp_path, 进度=by_month(["甲", 100, *[5] * 4, 20], months=4))
    evaluation = evaluate(whole, load_profile("sichuan"))
    tables = {table.title: table for table in filled(Delivery(evaluation)).tables}
    assert tables["整改清单"].rows[0].cells[:2] == ("1", "甲")
    released = filled(Delivery(evaluation, audience_of([evaluation], "release"), "正式稿"))
    assert "整改清单" not in {table.title for table in released.tables}


def test_nothing_due_is_said_where_something_is_monitored(tmp_path: Path) -> None:
    """Not that nobody gave it; without any list or form there is nothing to say."""
    whole = project(tmp_path, 进度=by_month(["甲", 100, *[9] * 4, 36], months=4))
    subject = Subject((evaluate(whole, load_profile("sichuan")),))
    said = [each.block.text() for each in contents.rectification.given(subject, Outlet.PAGE)]
    assert said == ["按评价规则没有列入整改清单的事项。"]
    other = Subject(
        (
            evaluate(
                project(_folder(tmp_path / "b"), 资金=[["资金来源", "预算数（万元）"], ["中央", 1]]),
                load_profile(),
            ),
        )
    )
    assert list(contents.rectification.given(other, Outlet.PAGE)) == []
