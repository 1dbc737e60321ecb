"""Lists of spending by month and monitoring forms, written for one test each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wenxiao.project import Project, load_project

from tests.sheets.written import Rows, xlsx

MONTHS = [f"{n}月" for n in range(1, 13)]


def by_month(
    *rows: Sequence[object], months: int = 12, title: str = "2025年度支出进度表", unit: str = "万元"
) -> list[list[object]]:
    """A list: the name of a project, its budget, its months, all it spent."""
    head = ["项目名称", "预算数", *MONTHS[:months], "累计支出"]
    return [[title], [f"单位：{unit}"], head, *map(list, rows)]


def form(
    *indicators: Sequence[object],
    name: str = "道路养护",
    span: str = "1~7月",
    spent: object = 40,
    expected: object = 95,
) -> list[list[object]]:
    """A monitoring form by 136号 with a budget of 100; an indicator is its name, 指标值, 执行情况, 预计完成情况, 原因说明."""
    lines = [["", "产出指标", "数量指标", *each[:4], *[""] * 5, *each[4:]] for each in indicators]
    return [
        ["项目支出绩效目标执行监控表"],
        ["（2025年度）"],
        ["项目名称", "", "", name],
        ["主管部门及代码", "", "", "甲局", "", "实施单位", "乙中心"],
        ["项目资金（万元）", "", "", "年初预算数", f"{span}执行数", f"{span}执行率", "全年预计执行数"],
        ["", "年度资金总额", "", 100, spent, f"{spent}%", expected],
        ["", "其中：本年一般公共预算拨款", "", 100, spent, f"{spent}%", expected],
        ["年度总体目标", "", "", "完成年度养护任务"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", f"{span}执行情况", "全年预计完成情况", "偏差原因分析", "", "", "", "", "", "备注"],
        ["", "", "", "", "", "", "", "经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明", ""],
        *lines,
    ]  # fmt: skip


def project(folder: Path, **sheets: Rows) -> Project:
    """A project folder of these workbooks, read."""
    for name, rows in sheets.items():
        xlsx(folder / f"{name}.xlsx", rows)
    return load_project(folder)
