"""Which unit holds for a column: its own, the row's, that of the label's head, the unit row; a stated one stays."""

from decimal import Decimal
from pathlib import Path

import pytest
from wenxiao.model import Missing

from tests.sheets import written
from tests.sheets.written import column_of, only, read, values

_ = None


@pytest.mark.parametrize("unit", ["处", "所", "人年", "万吨", "户"])
def test_a_stated_unit_is_never_replaced_by_money(tmp_path: Path, unit: str) -> None:
    """单位：处 over 下达 and 到位: the figures are in 处, are not the money of that name, and no unit is missed."""
    rows = [[f"单位：{unit}"], ["县区", "下达", "到位"], ["甲县", 10, 10], ["乙县", 20, 30]]
    reading = read(written.xlsx(tmp_path / "a.xlsx", rows))
    assert [(column.key, column.unit.symbol) for column in reading.tables[0].columns[1:]] == [
        (None, unit)
    ] * 2
    assert not [each for each in reading.findings if each.severity.label != "提示"]


def test_the_body_that_reports_is_no_unit(tmp_path: Path) -> None:
    """单位：甲县住建局 names who reports; money without a unit is said to have none."""
    rows = [["单位：甲县住建局"], ["资金来源", "预算数"], ["中央", 10], ["省级", 20]]
    reading = read(written.xlsx(tmp_path / "a.xlsx", rows))
    assert column_of(reading.tables[0], "budget").unit.symbol == "万元"
    assert "sheet-unit-unknown" in [each.code for each in reading.findings]


def test_a_column_of_units_counts_row_by_row(tmp_path: Path) -> None:
    """240万元 and 600000元 in a table of funds are 240 and 60万元; rates are not touched; 所 and 万人 stay in a yearbook."""
    rows = [
        ["资金来源", "单位", "预算数", "执行率"],
        ["中央资金", "万元", 240, "50%"],
        ["省级资金", "元", 600000, "60%"],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert values(table, "budget") == [Decimal(240), Decimal(60)]
    assert values(table, "execution_rate") == [Decimal("0.5"), Decimal("0.6")]
    yearbook = [["指标", "单位", 2019, 2020], ["学校", "所", 10, 11], ["教师", "万人", 1.5, 1.6]]
    column = only(written.xlsx(tmp_path / "b.xlsx", yearbook)).columns[2]
    assert [column.unit_of(record).symbol for record in range(2)] == ["所", "万人"]


@pytest.mark.parametrize("head", ["项目资金（元）", "资金来源（单位：元）", "单位：元"])
def test_a_unit_in_the_head_of_the_label(tmp_path: Path, head: str) -> None:
    """A unit beside the label of the names, or in the corner, is that of the amounts."""
    rows = [
        [head, "年初预算数", "执行数", "得分"],
        ["中央资金", 650000, 520000, 10],
        ["省级资金", 50000, 2000, 9],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert values(table, "initial_budget") == [Decimal(65), Decimal(5)]


def test_a_unit_of_one_character_in_brackets(tmp_path: Path) -> None:
    """水库（座） counts 座 under a unit row of money; the money keeps that."""
    rows = [["单位：万元"], ["县区", "水库（座）", "预算数"], ["甲县", 3, 12.5], ["乙县", 5, 10]]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert [column.unit.symbol for column in table.columns[1:]] == ["座", "万元"]


def test_an_unknown_column_has_the_unit_row_only_where_it_adds_up_with_money(tmp_path: Path) -> None:
    """座谈会 under 单位：万元 counts something; 管网 and 道路, which make up the budget, are money, and so is 奖补资金."""
    rows = [
        ["单位：万元"],
        ["县区", "预算数", "管网", "道路", "座谈会", "奖补资金"],
        ["甲县", 100, 70, 30, 3, 8],
        ["乙县", 60, 35, 25, 2, 5],
        ["丙县", 87, 33, 54, 9, 7],
    ]
    table = written.only(written.xlsx(tmp_path / "a.xlsx", rows))
    units = {column.label: column.unit.symbol for column in table.columns if column.numeric}
    assert units == {"预算数": "万元", "管网": "万元", "道路": "万元", "座谈会": "", "奖补资金": "万元"}


def test_codes_keep_their_zeros(tmp_path: Path) -> None:
    """Texts with zeros in front, and numbers that their format shows so, are text."""
    rows = [["县区", "代码", "区号", "户数"], ["甲县", "001234", 371, 1], ["乙县", "101235", 372, 2]]
    path = written.xlsx(tmp_path / "a.xlsx", rows, formats={"C2": "0000", "C3": "0000"})
    _, code, area, _ = written.only(path).columns
    assert [code.text(0), code.text(1), area.text(0), area.text(1)] == ["001234", "101235", "0371", "0372"]


def test_a_note_says_what_a_dash_means(tmp_path: Path) -> None:
    """A dash that a note calls less than 0.01 is too small to print, as the words 数值过小 are."""
    rows = [
        ["资金来源", "预算数（万元）"],
        ["中央", "1.25"],
        ["省级", "—"],
        ["市级", "数值过小"],
        ["注：“—”表示不足0.01万元。"],
    ]
    column = written.column_of(written.only(written.xlsx(tmp_path / "a.xlsx", rows)), "budget")
    assert [written.kind_of(column, record) for record in (1, 2)] == [Missing.TOO_SMALL] * 2


def test_a_row_in_per_cent_holds_per_cents(tmp_path: Path) -> None:
    """90 in a row whose unit is % is 90%, as 90% and a cell formatted in per cent are; 90 in a row of 个 is 90个."""
    rows = [
        ["项目支出绩效自评复核表"],
        ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重", "自评完成值", "自评得分", "复核得分"],
        ["产出指标", "数量指标", "处数", "≥", 90, "个", 40, 95, 40, 40],
        ["产出指标", "质量指标", "合格率", "≥", 90, "%", 30, "92%", 30, 30],
        ["效益指标", "社会效益指标", "覆盖率", "≥", 85.5, "％", 30, 90, 30, 30],
    ]  # fmt: skip
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    targets = [table.given(record, "target").text for record in range(3)]
    assert targets == ["90个", "90.0%", "85.5%"]
    assert [table.given(record, "self_actual").text for record in range(3)] == ["95个", "92%", "90%"]
