"""Headers with a period before a known field."""

from pathlib import Path

import pytest

from tests.sheets import written
from tests.sheets.written import only


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("1–12月累计支出", "spent"),
        ("全年支出", "spent"),
        ("截至12月底支出", "spent"),
        ("2024年1至12月支出数", "spent"),
        ("截至年末累计支付", "paid"),
        ("1–6月累计支出", None),
        ("2024年1-6月支出数", None),
        ("12月支出", None),
        ("上半年支出", None),
    ],
)
def test_words_for_the_whole_year_before_a_field_are_that_field(
    tmp_path: Path, header: str, key: str | None
) -> None:
    """A part of the year is not the year's amount."""
    rows = [
        ["资金来源", "预算数（万元）", f"{header}（万元）"],
        ["中央", 10, 1],
        ["省级", 20, 2],
        ["合计", 30, 3],
    ]
    assert only(written.xlsx(tmp_path / "a.xlsx", rows)).columns[2].key == key


@pytest.mark.parametrize(("period", "key"), [("1-6月", None), ("1-12月", "spent"), ("上年", None)])
def test_a_period_over_a_field_says_of_what_it_is(tmp_path: Path, period: str, key: str | None) -> None:
    """支出数 below 1-6月 is not the year's."""
    rows = [
        ["资金来源", "预算数", period, None],
        [None, None, "支出数", "到位数"],
        ["中央", 10, 1, 5],
        ["省级", 20, 2, 9],
    ]
    path = written.xlsx(tmp_path / "a.xlsx", rows, merges=["A1:A2", "B1:B2", "C1:D1"])
    assert only(path).columns[2].key == key
