"""Goals as the year goes on, against the execution at the same time."""

from __future__ import annotations

from pathlib import Path

import pytest
from wenxiao.evaluation.goals_progress import Goal
from wenxiao.evaluation.monitoring import monitoring_of
from wenxiao.project import load_profile

from tests.evaluation.monitored_lists import form, project


def goal(folder: Path, *said: object, span: str = "1~7月") -> Goal:
    """One indicator of a form by its 指标值, 执行情况, 预计, 原因."""
    whole = project(folder, 监控=form(("里程", *said), span=span))
    return monitoring_of((whole,), load_profile())[0].goals[0]


@pytest.mark.parametrize("span", ["1~7月", "1-10月", "截至9月底"])
def test_a_quantity_is_measured_against_the_execution(span: str, tmp_path: Path) -> None:
    """70 of 100 done and 40% spent are 30 points apart, up to whatever month the form goes."""
    found = goal(tmp_path, "≥100公里", "70公里", "100公里", span=span)
    assert found.progress is not None
    assert found.apart is not None
    assert (found.progress.text, found.apart.text) == ("70.00%", "30.00%")
    assert {cell.address for cell in found.apart.cells} == {"F11", "E11", "E6", "D6"}


@pytest.mark.parametrize(
    ("target", "done", "why"),
    [
        ("≥95%", "97%", "比率指标，不随时间累积"),
        ("≤1万元", "0.9万元", "上限指标，不随时间累积"),
        ("12月底前", "进行中", "指标值不是一个数"),
        ("≥100公里", "进行中", "执行情况不是与指标值可比的数"),
        ("≥100公里", "70%", "执行情况不是与指标值可比的数"),
        ("≥100公里", None, "执行情况未提供"),
    ],
)
def test_what_does_not_add_up_over_time_is_not_compared(
    target: str, done: str | None, why: str, tmp_path: Path
) -> None:
    """A rate, a ceiling, words, another unit, nothing: no progress, and why."""
    found = goal(tmp_path, target, done, "")
    assert (found.progress, found.apart, found.why_not) == (None, None, why)


@pytest.mark.parametrize(
    ("said", "deviates", "reason"),
    [
        (("≥100公里", "70公里", "100公里", ""), "", ""),
        (("≥100公里", "70公里", "80公里", ""), "预计全年 80公里，达不到 ≥100公里", ""),
        (("≤1万元", "1.2万元", "1.2万元", "材料涨价"), "1.2万元，已超过上限 ≤1万元", "材料涨价"),
    ],
)
def test_a_goal_that_will_be_missed_or_a_ceiling_exceeded_deviates(
    said: tuple[str, ...], deviates: str, reason: str, tmp_path: Path
) -> None:
    """With the reason that the form gives."""
    found = goal(tmp_path, *said)
    assert (found.deviates, found.reason) == (deviates, reason)
