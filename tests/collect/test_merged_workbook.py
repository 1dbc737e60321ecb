"""The merged workbook: sums that refer to their cells, text that stays text, and what is missing said."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Book
from wenxiao.collect import Collection, merge, receive
from wenxiao.project import load_project

Fill = Callable[..., Path]
HOSTILE = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "<b>x</b>", "../x", "{=1}")


def row(book: Book, sheet: str, name: str) -> list[object]:
    """The row of a sheet whose first cell is a name."""
    return next([cell.value for cell in each] for each in book[sheet].iter_rows() if each[0].value == name)


def test_a_sum_is_a_formula_over_the_cells_it_adds_up(city: Collection, fill: Fill) -> None:
    """The sum of the counties refers to each county's cell, and its cached value is the exact sum."""
    fill("东山区", spent=80.1)
    fill("甲县", spent=80.2)
    receive(city)
    merge(city)
    formula = row(openpyxl.load_workbook(city.merged), "资金情况", "中央资金")[6]
    assert formula == "=SUM(资金情况明细!H3,资金情况明细!H4)"
    cached = openpyxl.load_workbook(city.merged, data_only=True)
    assert row(cached, "资金情况", "中央资金")[6] == pytest.approx(160.3, abs=1e-12)
    assert row(cached, "资金情况明细", "东山区")[7] == 80.1


def test_every_cell_names_the_returned_cells_behind_it(city: Collection, fill: Fill) -> None:
    """数据来源 lists, for a cell of the merged tables, county, file, version, sheet and cell of each value in it."""
    fill("东山区", "来件/东.xlsx")
    receive(city)
    merge(city)
    lines = list(openpyxl.load_workbook(city.merged)["数据来源"].iter_rows(values_only=True))
    assert (
        "资金情况",
        "G3",
        "东山区",
        "资金情况",
        "中央资金",
        "支出数",
        "80.5",
        "万元",
        "80.5",
        "来件/东.xlsx",
        "v1",
        "资金情况",
        "G4",
    ) in lines


def test_what_a_county_typed_is_never_a_formula(city: Collection, fill: Fill) -> None:
    """Whatever returned cells hold stands as text in the workbook and in the CSV; the only formulas are sums."""

    def mess(book: Book) -> None:
        for line, text in enumerate(HOSTILE, start=5):
            cell = book["小区清单"].cell(line, 1)
            cell.value, cell.data_type = text, "s"
            book["资金情况"].cell(line, 8).value = f" {text}"
            book["资金情况"].cell(line, 2).value = 1
        book.create_sheet("=x").append([" =1+1", 2])

    fill("甲县", "=cmd().xlsx", mess)
    receive(city)
    merge(city)
    book = openpyxl.load_workbook(city.merged)
    formulas = [
        cell.value for page in book for line in page.iter_rows() for cell in line if cell.data_type == "f"
    ]
    assert formulas
    assert all(str(formula).startswith("=SUM(") for formula in formulas)
    names = {cell.value for (cell,) in book["小区清单"].iter_rows(min_col=2, max_col=2, min_row=3)}
    assert set(HOSTILE) <= names
    fields = [line.split(",") for line in city.tidy_csv.read_text(encoding="utf-8-sig").splitlines()]
    assert not [field for line in fields for field in line if field.strip('"').startswith(("=", "@", "+"))]


def test_a_formula_that_a_county_typed_is_its_value_and_marked(city: Collection) -> None:
    """The cached result is the figure; the tidy data says that a formula gave it."""
    import xlsxwriter

    with xlsxwriter.Workbook(city.returned / "甲县.xlsx") as book:
        page = book.add_worksheet("资金情况")
        for line, texts in enumerate([["县区：甲县"], ["资金来源", "支出数（万元）"], ["中央资金"]]):
            page.write_row(line, 0, texts)
        page.write_formula("B3", "=40+2", None, 42)
    receive(city)
    value = next(value for value in merge(city).values if value.figure)
    assert (value.text, value.formula) == ("42", True)


def test_a_county_whose_rows_lack_a_figure_has_no_sum(city: Collection, fill: Fill) -> None:
    """Where a source gives no 支出数, the county has none, unless it gives a 合计 of its own; the remark says what is missing."""

    def partly(book: Book) -> None:
        book["资金情况"]["C5"] = 50

    fill("东山区", change=partly)

    def with_total(book: Book) -> None:
        partly(book)
        for line in book["资金情况"].iter_rows():
            if line[0].value == "合计":
                line[6].value = 80.5

    fill("甲县", change=with_total)
    receive(city)
    merge(city)
    book = openpyxl.load_workbook(city.merged, data_only=True)
    heads = row(book, "分县区情况", "县区")
    at = heads.index("支出数（万元）")
    east, first = row(book, "分县区情况", "东山区"), row(book, "分县区情况", "甲县")
    assert (east[at], first[at]) == (None, 80.5)
    assert "省级资金未填" in str(east[-1])


def test_a_rough_figure_is_summed_and_said(city: Collection, fill: Fill) -> None:
    """约 12 stays 约 12 in the details, adds to the sum, and the remark names the county."""

    def rough(book: Book) -> None:
        book["资金情况"]["G4"] = "约12"

    fill("东山区", change=rough)
    fill("甲县", spent=80)
    receive(city)
    merge(city)
    book = openpyxl.load_workbook(city.merged, data_only=True)
    assert row(book, "资金情况明细", "东山区")[7] == "约12"
    line = row(book, "资金情况", "中央资金")
    assert line[6] == 92
    assert "支出数含约数：东山区" in str(line[-1])


def test_a_unit_of_ones_own_is_converted_and_a_foreign_one_is_not_taken(city: Collection, fill: Fill) -> None:
    """元 becomes 万元; an area in 平方米 becomes 万㎡ in the table of counties; households in 人 are left out, and that is said."""

    def units(book: Book) -> None:
        book["资金情况"]["G4"] = "805000元"
        book["产出情况"]["B7"], book["产出情况"]["E7"] = "㎡", 182500
        book["产出情况"]["B6"] = "人"

    fill("甲县", change=units)
    receive(city)
    merge(city)
    book = openpyxl.load_workbook(city.merged, data_only=True)
    heads, line = row(book, "分县区情况", "县区"), row(book, "分县区情况", "甲县")
    said = dict(zip(heads, line, strict=True))
    assert (said["支出数（万元）"], said["改造面积（万㎡）"], said["户数（户）"]) == (80.5, 18.25, None)
    assert "单位是人" in str(said["备注"])


def test_the_project_reads_only_what_are_its_tables(city: Collection, fill: Fill) -> None:
    """Details, sources and lists are not taken for tables; nothing is left unrecognised."""
    fill("甲县")
    receive(city)
    merge(city)
    project = load_project(city.project)
    assert [(table.kind, table.origin.sheet) for table in project.tables] == [
        ("districts", "分县区情况"),
        ("funds", "资金情况"),
        ("outputs", "产出情况"),
        ("neighbourhoods", "小区清单"),
        ("satisfaction", "满意度调查"),
    ]
    assert project.findings == ()
