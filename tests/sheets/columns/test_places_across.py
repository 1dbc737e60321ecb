"""Tables with a column for each place: figures by district, or scores by indicator."""

from decimal import Decimal
from pathlib import Path

from wenxiao.model import Role

from tests.sheets import written
from tests.sheets.written import only, values


def test_money_and_counts_by_district_are_both_read(tmp_path: Path) -> None:
    """Fields down the first column, districts across, the units in a column: nothing is left out."""
    rows = [
        ["指标", "单位", "甲县", "乙县", "合计"],
        ["预算数", "万元", 100, 60, 160],
        ["户数", "户", 300, 200, 500],
        ["座谈会", "场", 3, 2, 5],
    ]
    reading = written.read(written.xlsx(tmp_path / "a.xlsx", rows))
    (table,) = reading.tables
    assert (table.kind, table.transposed) == ("districts", True)
    assert values(table, "district") == ["甲县", "乙县", "合计"]
    assert values(table, "households")[:2] == [Decimal(300), Decimal(200)]
    assert [column.unit.symbol for column in table.columns if column.numeric] == ["万元", "户", "场"]
    assert reading.unused == ()


def test_scores_by_district_across(tmp_path: Path) -> None:
    """指标, 分值 and a column for each county: 分值 are a record, the row 合计 the scores of the counties."""
    rows = [
        ["一级指标", "二级指标", "分值", "甲县", "乙县"],
        ["过程", "资金到位率", 20, 20, 18],
        [None, "项目管理", 80, 73, 77],
        ["合计", None, 100, 93, 95],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows, merges=["A2:A3"]))
    assert [Role(int(role)) for role in table.roles] == [Role.WEIGHT, Role.DATA, Role.DATA]
    assert values(table, "score")[1:] == [Decimal(93), Decimal(95)]
    assert [column.path for column in table.columns[1:3]] == [("过程", "资金到位率"), ("过程", "项目管理")]


def test_names_of_fields_across_are_no_places(tmp_path: Path) -> None:
    """县区, 小区 and 社区 in a header name columns of an ordinary table."""
    rows = [["县区", "小区数", "户数"], ["甲县", 1, 2], ["乙县", 3, 4]]
    assert not only(written.xlsx(tmp_path / "a.xlsx", rows)).transposed
