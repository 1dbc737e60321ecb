"""Rates, shares and balances against the columns they follow from; synthetic tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from wenxiao.evaluation import Evaluation
from wenxiao.model import Severity

from tests.evaluation.audit.test_workbooks import read

TASKS = ["县区", "计划栋数（栋）", "开工栋数（栋）", "开工率"]
MONEY = ["资金来源", "预算数（万元）", "到位数（万元）", "支出数（万元）", "执行率"]


def found(evaluation: Evaluation, code: str) -> list[str]:
    """The cells that findings of a code rest on first."""
    return [each.cells[0].address for each in evaluation.findings if each.code == code]


def test_a_rate_of_no_field_is_of_the_column_its_name_is_in(tmp_path: Path) -> None:
    """开工率 is 开工栋数 ÷ 计划栋数 by words alone, row by row."""
    rows = [TASKS, ["子县", 50, 40, "80%"], ["丑县", 40, 30, "85%"], ["寅县", 10, 9, "90%"]]
    assert found(read(tmp_path, {"任务": rows}), "rate-differs") == ["D3"]


def test_rates_that_hold_are_silent(tmp_path: Path) -> None:
    """Rates that agree within their digits raise nothing."""
    rows = [TASKS, ["子县", 30, 10, "33%"], ["丑县", 40, 30, "75.0%"], ["合计", 70, 40, "57.14%"]]
    assert not [
        each for each in read(tmp_path, {"任务": rows}).findings if each.severity is not Severity.HINT
    ]


def test_a_column_without_its_sign_is_one_finding(tmp_path: Path) -> None:
    """2.5 for 2.5% in a whole column is read as per cent, as 2 ÷ 80 says, with one 提示 about the column."""
    rows = [
        MONEY,
        ["中央资金", 80, 70, 2, 2.5],
        ["省级资金", 40, 40, 3, 7.5],
        ["合计", 120, 110, 5, 4.17],
    ]
    evaluation = read(tmp_path, {"资金": rows})
    assert found(evaluation, "sheet-rate-undeclared") == ["E2"]
    assert not found(evaluation, "rate-differs")


def test_a_column_on_another_denominator_is_one_finding(tmp_path: Path) -> None:
    """Rates that all are right on what arrived are asked about once, and called wrong nowhere."""
    rows = [
        MONEY,
        ["中央资金", 100, 80, 60, "75%"],
        ["省级资金", 50, 40, 30, "75%"],
        ["合计", 150, 120, 90, "75%"],
    ]
    evaluation = read(tmp_path, {"资金": rows})
    assert [each.severity for each in evaluation.findings if each.code == "rate-basis"] == [Severity.WARNING]
    assert not found(evaluation, "rate-differs")


def test_a_rate_of_nothing_is_none(tmp_path: Path) -> None:
    """A rate printed where the denominator is 0 is asked about."""
    rows = [MONEY, ["中央资金", 0, 0, 5, "100%"], ["省级资金", 50, 40, 25, "50%"]]
    assert found(read(tmp_path, {"资金": rows}), "rate-undefined") == ["E2"]


def test_a_share_of_any_column(tmp_path: Path) -> None:
    """占比 by district is of the column that the rows uphold."""
    rows = [["县区", "户数（户）", "占比"], ["子县", 100, "25%"], ["丑县", 300, "57%"], ["合计", 400, "100%"]]
    assert found(read(tmp_path, {"任务": rows}), "share-differs") == ["C3"]


def test_shares_of_a_whole_elsewhere_are_left_alone(tmp_path: Path) -> None:
    """Shares that no row upholds are of something that the table does not give."""
    rows = [["县区", "户数（户）", "占全省比重"], ["子县", 100, "2.1%"], ["丑县", 300, "6.4%"]]
    assert not found(read(tmp_path, {"任务": rows}), "share-differs")


def test_a_balance_is_what_its_columns_leave(tmp_path: Path) -> None:
    """结余 is what the figures uphold: 到位 less 支出 here, and one row of it is wrong."""
    head = ["资金来源", "预算数（万元）", "到位数（万元）", "支出数（万元）", "资金结余（万元）"]
    rows = [head, ["中央资金", 100, 90, 60, 30], ["省级资金", 50, 45, 30, 51], ["市级资金", 20, 18, 8, 10]]
    assert found(read(tmp_path, {"资金": rows}), "balance-differs") == ["E3"]


def test_an_error_in_a_row_is_carried_into_the_total_below(tmp_path: Path) -> None:
    """Two rows of data in three are enough to know which columns a 合计 adds up, whatever its own total says."""
    head = ["县区", "中央资金（万元）", "省级资金（万元）", "合计（万元）"]
    rows = [head, ["子县", 60, 25, 85], ["丑县", 40, 15, 65], ["寅县", 30, 20, 50], ["合计", 130, 60, 200]]
    assert found(read(tmp_path, {"资金": rows}), "row-sum-differs") == ["D3", "D5"]


@pytest.mark.parametrize("missing", ["未提供", "未报送"])
def test_a_total_below_the_parts_that_are_known(tmp_path: Path, missing: str) -> None:
    """No figure for the missing part makes 70 + x + 50 = 110."""
    rows = [
        ["资金来源", "预算数（万元）"],
        ["中央资金", 70],
        ["省级资金", missing],
        ["市级资金", 50],
        ["合计", 110],
    ]
    assert found(read(tmp_path, {"资金": rows}), "total-below-parts") == ["B5"]


def test_a_total_with_an_unreadable_part_is_not_called_too_small(tmp_path: Path) -> None:
    """(20) may be −20, with which 100 makes 80."""
    rows = [["资金来源", "预算数（万元）"], ["中央资金", 100], ["调减", "(20)"], ["合计", 80]]
    assert not found(read(tmp_path, {"资金": rows}), "total-below-parts")


def test_a_total_that_a_missing_part_explains(tmp_path: Path) -> None:
    """70 + x + 50 = 130 leaves 10 for the missing part."""
    rows = [
        ["资金来源", "预算数（万元）"],
        ["中央资金", 70],
        ["省级资金", "未提供"],
        ["市级资金", 50],
        ["合计", 130],
    ]
    evaluation = read(tmp_path, {"资金": rows})
    assert not found(evaluation, "total-below-parts")
    assert not found(evaluation, "total-differs")


def test_the_first_budget_stands_for_the_budget_where_that_is_all_there_is(tmp_path: Path) -> None:
    """A sheet that knows only 年初预算 is divided by it, in the evaluation and in the audit."""
    rows = [
        ["资金来源", "年初预算数（万元）", "支出数（万元）", "执行率"],
        ["中央资金", 80, 60, "75%"],
        ["省级资金", 40, 10, "35%"],
    ]
    evaluation = read(tmp_path, {"资金": rows})
    assert evaluation.execution.basis == "支出÷年初预算"
    assert evaluation.execution.text == "58.33%"
    assert found(evaluation, "rate-differs") == ["D3"]
