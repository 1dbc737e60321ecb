"""Rates without a sign: read as the quotient of their columns decides; what nothing decides is withheld."""

from decimal import Decimal
from pathlib import Path

import pytest
from wenxiao.model import Missing, Severity

from tests.sheets import written
from tests.sheets.written import only, read, values

HEAD = ["县区", "预算数（万元）", "支出数（万元）", "执行率"]


@pytest.mark.parametrize(
    ("rates", "read_as"),
    [
        ([5, 3, 1], ["0.05", "0.03", "0.01"]),
        ([0.05, 0.03, 0.01], ["0.05", "0.03", "0.01"]),
        ([0.05, "3.00%", 1], ["0.05", "0.03", "0.01"]),
    ],
)
def test_the_quotient_of_two_columns_decides(tmp_path: Path, rates: list[object], read_as: list[str]) -> None:
    """5 beside 5 ÷ 100 is 5%, 0.05 is too, also where both stand in one column; it is a hint."""
    rows = [["甲县", 100, 5, rates[0]], ["乙县", 200, 6, rates[1]], ["丙县", 100, 1, rates[2]]]
    path = written.xlsx(tmp_path / "a.xlsx", [HEAD, *rows])
    assert values(only(path), "execution_rate") == [Decimal(each) for each in read_as]
    said = {each.severity for each in read(path).findings if each.code == "sheet-rate-undeclared"}
    assert Severity.ERROR not in said


def test_rates_that_nothing_decides_are_withheld(tmp_path: Path) -> None:
    """5 and 3 without a sign, and no columns they are the quotient of, may be 5% or 500%."""
    path = written.xlsx(tmp_path / "a.xlsx", [["县区", "完成率"], ["甲县", 5], ["乙县", 3]])
    assert values(only(path), "completion_rate") == [Missing.WITHHELD] * 2
    (finding,) = [each for each in read(path).findings if each.code == "sheet-rate-undeclared"]
    assert finding.severity is Severity.WARNING


def test_a_bare_rate_among_signed_ones_is_read_near_to_them_and_said(tmp_path: Path) -> None:
    """0.95 beside 95.00% is 95%."""
    path = written.xlsx(tmp_path / "a.xlsx", [["县区", "满意度"], ["甲县", 0.95], ["乙县", "95.00%"]])
    assert values(only(path), "satisfaction_rate") == [Decimal("0.95")] * 2
    assert "sheet-rate-undeclared" in written.codes(read(path))
