"""Versions held against each other, and returned forms against the template."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook as Book
from wenxiao.collect import Collection, differences, merge, read_collection, receive

Fill = Callable[..., Path]


def test_versions_are_compared_cell_by_cell(city: Collection, fill: Fill) -> None:
    """A changed figure, an added row and a dropped one are told with both cells, though rows have moved."""

    def first(book: Book) -> None:
        book["小区清单"]["A5"], book["小区清单"]["D5"] = "二号院", 10

    def second(book: Book) -> None:
        book["资金情况"].insert_rows(3)
        book["小区清单"]["A5"], book["小区清单"]["D5"] = "三号院", 20

    fill("甲县", change=first, spent=80)
    receive(city)
    fill("甲县", "甲县补报.xlsx", second, spent=81.5)
    receive(city)
    found = differences(read_collection(city))
    spent = next(each for each in found if each.field == "支出数")
    assert (spent.change, spent.gap, spent.counted) == ("改", "+1.5万元", "v2-补报")
    assert spent.before is not None
    assert spent.after is not None
    assert (spent.before.cell, spent.after.cell) == ("G4", "G5")
    assert {(each.row, each.change) for each in found if each.table == "小区清单"} == {
        ("二号院", "删"),
        ("三号院", "增"),
    }
    assert "v1 80万元" in str(spent)
    merge(city)
    lines = list(openpyxl.load_workbook(city.comparison)["版本比对"].iter_rows(values_only=True))
    assert (
        "甲县",
        "资金情况",
        "中央资金",
        "支出数",
        "改",
        "v1",
        "80万元",
        "［资金情况］G4",
        "v2-补报",
        "81.5万元",
        "［资金情况］G5",
        "+1.5万元",
        "v2-补报",
    ) in lines


def test_a_form_as_it_was_sent_has_no_changes(city: Collection, fill: Fill) -> None:
    """Filling in is no change of the template."""
    fill("甲县")
    receive(city)
    assert read_collection(city).form_changes == ()


def test_what_is_not_as_it_was_sent_is_told(city: Collection, fill: Fill) -> None:
    """A deleted and an added sheet, a renamed, an added and a dropped column, a unit and a mode changed, each in a sentence."""

    def changed(book: Book) -> None:
        del book["满意度调查"]
        book.create_sheet("附表").append(["甲", 1])
        funds = book["资金情况"]
        funds["D2"], funds["G2"] = "已下达（万元）", "支出数（元）"
        funds["I2"], funds["I4"] = "奖补", 5
        book["产出情况"].delete_cols(4)
        book["项目基本情况"]["B4"] = "现场"

    fill("甲县", change=changed)
    receive(city)
    said = " ".join(f"{change.place}：{change.what}" for change in read_collection(city).form_changes)
    for words in (
        "满意度调查：这张工作表删去了",
        "附表：样表里没有这张工作表",
        "资金情况 D 列：表头“下达数”改成了“已下达”",
        "“支出数”的单位改成了元，已换算成万元",
        "资金情况 I 列：多了“奖补”一列",
        "产出情况：缺“开工数”一列",
        "评价方式填为“现场”，名册为“非现场”",
    ):
        assert words in said


def test_a_file_that_is_no_template_is_told_in_one_line(city: Collection) -> None:
    """A county's own table is read by what it says, and one line says that it is no template."""
    (city.returned / "甲县资金.csv").write_text(
        "甲县资金情况,\n资金来源,支出数（万元）\n中央资金,12\n省级资金,3\n", encoding="utf-8"
    )
    receive(city)
    found = read_collection(city)
    assert [value.text for value in found.values if value.figure] == ["12", "3"]
    assert [change.what for change in found.form_changes] == [
        "不是样表填的（文本表格（csv、tsv）），按内容读取"
    ]
