"""Which rows are header: years, dates and periods, tall labels, groups of columns, rows that describe the columns."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.sheets import written
from tests.sheets.written import column_of, only

_ = None
ROWS = [["合计", 30, 40, 50, 60], ["甲县", 10, 10, 20, 20], ["乙县", 20, 30, 30, 40]]
TWO = [["合计", 30, 40], ["甲县", 10, 10], ["乙县", 20, 30]]


@pytest.mark.parametrize(
    ("header", "merges", "labels"),
    [
        ([["县区", 2018, 2021]], [], ["县区", "2018", "2021"]),
        ([["县区", "2018", "2021"]], [], ["县区", "2018", "2021"]),
        (
            [[_, "经费（万元）", "开发经费（万元）"], ["地区", 2013, 2013]],
            [],
            ["地区", "经费2013", "开发经费2013"],
        ),
        ([["县区", "经费", "开发经费"], [_, 2019, 2019]], ["A1:A2"], ["县区", "经费2019", "开发经费2019"]),
        ([["各行业经费（万元）"], ["行业", 2018, 2021]], [], ["行业", "2018", "2021"]),
    ],
)
def test_years_are_header(
    tmp_path: Path, header: list[list[object]], merges: list[str], labels: list[str]
) -> None:
    """Years, equal, apart or as text, below names or alone, are header; all rows below are records."""
    table = only(written.xlsx(tmp_path / "a.xlsx", [*header, *TWO], merges=merges))
    assert [column.label for column in table.columns] == labels
    assert [column.number(0) for column in table.columns[1:]] == [Decimal(30), Decimal(40)]
    assert len(table) == 3


@pytest.mark.parametrize(
    ("header", "merges", "labels"),
    [
        (
            [["县区", "2021年", _, "2022年", _], [_, "上半年", "下半年", "上半年", "下半年"]],
            [],
            ["2021年/上半年", "2021年/下半年", "2022年/上半年", "2022年/下半年"],
        ),
        (
            [[_, "2021年", "2021年", "2022年", "2022年"], ["县区", "上半年", "下半年", "上半年", "下半年"]],
            [],
            ["2021年/上半年", "2021年/下半年", "2022年/上半年", "2022年/下半年"],
        ),
        (
            [["县区", 2021, _, _, _], ["季度", 1, 2, 3, 4]],
            ["B1:E1"],
            ["2021/1", "2021/2", "2021/3", "2021/4"],
        ),
        (
            [[_, "经费（万元）", _, "人员（人）", _], ["行业", 2019, 2020, 2019, 2020]],
            [],
            ["经费/2019", "经费/2020", "人员/2019", "人员/2020"],
        ),
        (
            [["行业", "经费", _, "人员", _], [_, 2019, 2020, 2019, 2020]],
            [],
            ["经费/2019", "经费/2020", "人员/2019", "人员/2020"],
        ),
        (
            [
                ["县区", "中央资金", _, "省级资金", _],
                [_, "改造", _, "配套", _],
                [_, "预算", "支出", "预算", "支出"],
            ],
            ["A1:A3", "B1:C1", "D1:E1", "B2:C2", "D2:E2"],
            ["中央资金/改造/预算", "中央资金/改造/支出", "省级资金/配套/预算", "省级资金/配套/支出"],
        ),
    ],
)
def test_levels_above_and_below_periods(
    tmp_path: Path, header: list[list[object]], merges: list[str], labels: list[str]
) -> None:
    """Halves, quarters and years below groups, merged, filled or blank beside, keep the columns apart; the label may stand in any row."""
    table = only(written.xlsx(tmp_path / "a.xlsx", [*header, *ROWS], merges=merges))
    assert [column.label for column in table.columns[1:]] == labels
    assert [column.number(1) for column in table.columns[1:]] == list(map(Decimal, (10, 10, 20, 20)))
    assert len(table) == 3


@pytest.mark.parametrize("first", [(2021, 2020), (2021, 1985), ("2021", "2020")])
def test_amounts_that_look_like_years_are_amounts(tmp_path: Path, first: tuple[object, object]) -> None:
    """2021 and 2020 (万元) below a header with names are the first record, not a second row of header."""
    rows = [["资金来源", "预算数（万元）", "支出数（万元）"], ["中央资金", *first], ["省级资金", 300, 200]]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert column_of(table, "budget").number(0) == Decimal(2021)
    assert len(table) == 2


def test_rows_that_describe_the_columns_are_no_records(tmp_path: Path) -> None:
    """频度, 单位, 来源 and 更新时间 below the header are none of the records; the row of units gives the columns theirs."""
    rows = [
        ["指标名称", "GDP", "人口"],
        ["频度", "年", "年"],
        ["单位", "亿元", "万人"],
        ["来源", "国家统计局", "国家统计局"],
        ["更新时间", "2023-01-01", "2023-01-01"],
        ["甲省", 100.5, 102.1],
        ["乙省", 101.5, 103.2],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert len(table) == 2
    assert [column.unit.symbol for column in table.columns[1:]] == ["亿元", "万人"]


def test_latin_letters_stay_where_they_tell_columns_apart(tmp_path: Path) -> None:
    """PPP and EPC below two sources keep four columns apart; a translation below other names is left out."""
    groups = [["县区", "中央资金", _, "省级资金", _], [_, "PPP", "EPC", "PPP", "EPC"]]
    table = only(written.xlsx(tmp_path / "a.xlsx", [*groups, *ROWS], merges=["A1:A2", "B1:C1", "D1:E1"]))
    assert [column.label for column in table.columns[1:]] == [
        "中央资金/PPP",
        "中央资金/EPC",
        "省级资金/PPP",
        "省级资金/EPC",
    ]
    twin = [["地区", "收入", "支出"], ["Region", "Income", "Expenditure"], *TWO]
    table = only(written.xlsx(tmp_path / "b.xlsx", twin))
    assert [column.label for column in table.columns] == ["地区", "收入", "支出"]


@pytest.mark.parametrize(
    "rows",
    [
        [["县区", "户数", "栋数"], [_, 2000, 1990], ["甲县", 1000, 990], ["乙县", 1000, 1000]],
        [["丙县", 2000, 1995], ["甲县", 300, 5000], ["乙县", 10, 20]],
    ],
)
def test_counts_that_look_like_years_are_records(tmp_path: Path, rows: list[list[object]]) -> None:
    """A total without a name, and a county's row where there is no header, hold figures, though they look like years."""
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert (len(table), table.columns[1].number(0)) == (3, Decimal(2000))


def test_a_header_of_years_repeated_by_a_page_break(tmp_path: Path) -> None:
    """县区 2021 2022 as numbers once more below is no record; the rows go on as one table."""
    head = ["县区", 2021, 2022]
    table = only(
        written.xlsx(tmp_path / "a.xlsx", [head, ["甲县", 10, 9], ["乙县", 20, 18], head, ["丙县", 1, 2]])
    )
    assert [table.text(record, "district") for record in range(len(table))] == ["甲县", "乙县", "丙县"]


@pytest.mark.parametrize("label", [_, "单位"])
def test_units_in_a_row_or_a_line_of_their_own(tmp_path: Path, label: str | None) -> None:
    """A row of units below the names, and a unit on the second line of a header, are units and not part of the name."""
    rows = [["县区", "灌溉面积", "总人口\n万人"], [label, "亩", "万人"], ["甲县", 10, 9], ["乙县", 20, 18]]
    for each in (rows, [rows[0], *rows[2:]]):
        columns = only(written.xlsx(tmp_path / f"{len(each)}.xlsx", each)).columns
        assert [column.label for column in columns] == ["县区", "灌溉面积", "总人口"]
        assert columns[2].unit.symbol == "万人"


def test_a_header_of_years_behind_an_unknown_label_is_said(tmp_path: Path) -> None:
    """Years behind a word that no kind of table knows are a header, and a hint says how to make them a record."""
    reading = written.read(written.xlsx(tmp_path / "a.xlsx", [["各行业经费"], ["行业", 2018, 2021], *TWO]))
    (finding,) = [each for each in reading.findings if each.code == "sheet-header-ambiguous"]
    assert "header: 无" in finding.remedy
