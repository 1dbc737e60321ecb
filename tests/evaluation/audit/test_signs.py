"""Rates without their sign: one thing to say about a column, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from wenxiao.model import Severity

from tests.evaluation.audit.test_workbooks import Sheets, read

CARD = [
    ["绩效评价得分表"],
    ["一级指标", "分值", "得分", "得分率"],
    ["决策", 20, 0.3, 1.5],
    ["过程", 20, 0.5, 2.5],
    ["产出", 60, 1.5, 2.5],
]
TASKS = [
    ["县区", "计划栋数", "开工栋数", "开工率"],
    ["子县", 50, 1, 2],
    ["丑县", 40, 1, 2.5],
    ["寅县", 10, 0, 0],
]
OUTPUTS = [
    ["产出", "计划数", "完成数", "完成率"],
    ["改造小区（个）", 50, 1, 2],
    ["改造楼栋（栋）", 40, 1, 2.5],
]


@pytest.mark.parametrize("sheets", [{"评分表": CARD}, {"任务": TASKS}, {"产出": OUTPUTS}])
def test_a_column_of_any_table(tmp_path: Path, sheets: Sheets) -> None:
    """A scorecard's, a county's and an output's rates: one finding, a 提示 or 警示, and no rate is called wrong."""
    findings = read(tmp_path, sheets).findings
    about = [each for each in findings if each.code in ("rate-without-sign", "sheet-rate-undeclared")]
    assert not [each.message for each in findings if each.code.endswith("rate-differs")]
    assert len(about) == 1
    assert all(each.severity is not Severity.ERROR for each in about)


def test_the_column_is_told_with_all_its_cells(tmp_path: Path) -> None:
    """The finding names every cell of the column."""
    findings = read(tmp_path, {"评分表": CARD}).findings
    found = [each for each in findings if each.code in ("rate-without-sign", "sheet-rate-undeclared")]
    assert [{"D3", "D4", "D5"} <= {cell.address for cell in each.cells} for each in found] == [True]


def test_one_rate_a_hundred_times_too_large_is_wrong(tmp_path: Path) -> None:
    """Where the other cells agree as they stand, 1.5 is no rate without a sign."""
    rows = [*CARD[:3], *([*row[:3], row[3] / 100] for row in CARD[3:])]
    findings = read(tmp_path, {"评分表": rows}).findings
    assert not [each for each in findings if each.code == "rate-without-sign"]
    assert [each.cells[0].address for each in findings if each.code == "score-rate-differs"] == ["D3"]
