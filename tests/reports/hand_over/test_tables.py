"""报告用表.xlsx: the tables of a report as they are printed."""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from wenxiao.evaluation import Evaluation, audience_of, evaluate
from wenxiao.project import load_profile, load_project
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.filled import filled
from wenxiao.reports.hand_over.printed import Number, PrintedTable
from wenxiao.reports.hand_over.table_book import report_tables

FIRST_LEVEL = """
项目	决策	过程	产出	效益	合计
分值	22	18	45	15	100
得分	19.09	16.22	41.66	13.05	90.02
得分率	86.77%	90.11%	92.58%	87%	90.02%
"""
"""表 1 of 临沂's report as it prints it."""

COUNTIES = """
序号	名称	实际得分	备注
1	兰山区	93.08	现场与非现场评价
2	罗庄区	93.54	现场与非现场评价
3	河东区	90.85	现场与非现场评价
4	沂南县	91.5	非现场评价
5	郯城县	89.5	现场与非现场评价
6	沂水县	87.51	非现场评价
7	兰陵县	88.47	现场与非现场评价
8	平邑县	84	非现场评价
9	费县	89.5	现场与非现场评价
10	莒南县	85.5	非现场评价
11	蒙阴县	90.97	非现场评价
12	临沭县	89.93	现场与非现场评价
"""
"""表 2 of 临沂's report as it prints it."""


def _cells(source: str) -> list[list[str]]:
    return [line.split("\t") for line in source.strip().splitlines()]


def _same(ours: str, printed: str) -> bool:
    """Whether a cell says what the source prints, which drops a zero here and there (91.5, 84, 87%)."""
    if ours == printed:
        return True
    suffix = "%" if printed.endswith("%") else ""
    return "." in ours and ours.removesuffix(suffix).rstrip("0").rstrip(".") + suffix == printed


def _texts(table: PrintedTable) -> list[list[str]]:
    rows = [[each if isinstance(each, str) else each.text for each in row.cells] for row in table.rows]
    return [[column.head for column in table.columns], *rows]


def _table(delivery: Delivery, title: str) -> PrintedTable:
    return next(table for table in filled(delivery).tables if table.title == title)


def _sheet(content: bytes, title: str) -> Worksheet:
    book = openpyxl.load_workbook(BytesIO(content))
    found: Worksheet = next(book[name] for name in book.sheetnames if title in name)
    return found


@pytest.mark.parametrize(
    ("title", "source"), [("各指标得分情况表", FIRST_LEVEL), ("各县区综合评价得分情况表", COUNTIES)]
)
def test_a_published_table_comes_out_cell_by_cell(linyi: Evaluation, title: str, source: str) -> None:
    """临沂's 表 1 and 表 2 have the rows, the columns and the figures of the report, in its order."""
    ours, printed = _texts(_table(Delivery(linyi), title)), _cells(source)
    assert [len(row) for row in ours] == [len(row) for row in printed]
    differing = [
        pair for row, line in zip(ours, printed, strict=True) for pair in zip(row, line, strict=True)
        if not _same(*pair)
    ]  # fmt: skip
    assert differing == []


def test_scores_have_two_decimals_throughout(linyi: Evaluation) -> None:
    """84 is printed as 84.00, weights that are whole without decimals, in text and as the cell's format."""
    counties = _table(Delivery(linyi), "各县区综合评价得分情况表")
    assert _texts(counties)[8][2] == "84.00"
    sheet = _sheet(report_tables(Delivery(linyi)), "各县区综合评价得分情况表")
    assert {sheet.cell(row, 3).number_format for row in range(4, 16)} == {"#,##0.00"}
    first = _sheet(report_tables(Delivery(linyi)), "各指标得分情况表")
    assert [first.cell(4, column).value for column in range(2, 7)] == [22, 18, 45, 15, 100]
    assert first["B4"].number_format == "#,##0"


def test_the_parts_of_a_table_stand_in_their_places(linyi: Evaluation) -> None:
    """Caption, unit, header, rows, source; A4, a page wide, the head repeated, the edition at the top."""
    sheet = _sheet(report_tables(Delivery(linyi, edition="征求意见稿")), "各指标得分情况表")
    assert str(sheet["A1"].value).endswith("　各指标得分情况表")
    assert sheet["F2"].value == "单位：分"
    assert sheet["A3"].value == "项目"
    assert sheet["A7"].value == "资料来源：绩效评价得分.xlsx［表1 各指标得分］"
    assert (sheet["A1"].font.name, sheet["B4"].font.name) == ("黑体", "仿宋")
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$1:$3"
    assert "征求意见稿" in str(sheet.oddHeader.right.text)


def test_parents_are_merged_over_their_children_only_in_the_scoring_form(linyi: Evaluation) -> None:
    """指标体系评分表 has its upper levels merged with their figures; no table of the text merges a cell of its body."""
    book = openpyxl.load_workbook(BytesIO(report_tables(Delivery(linyi))))
    for name in book.sheetnames:
        body = [each for each in book[name].merged_cells.ranges if each.min_col == each.max_col]
        assert sorted(map(str, body)) == (["A10:A12", "A4:A6", "A7:A8"] if "评分表" in name else [])
    scoring = _sheet(report_tables(Delivery(linyi)), "指标体系评分表")
    assert scoring["A4"].value == "决策\n分值 22\n得分 19.09"
    assert [scoring.cell(9, column).value for column in range(1, 6)] == ["产出", "—", 45, 41.66, 0.9258]


def test_the_heading_of_a_group_is_one_line_across(checkout: Path) -> None:
    """No line crosses its words, and its row is not made high for the narrow column that it begins in."""
    evaluation = evaluate(load_project(checkout / "data" / "ejinhoro-2022"), load_profile("national"))
    book = openpyxl.load_workbook(BytesIO(report_tables(Delivery(evaluation))))
    row = next(
        row for sheet in book for row in sheet.iter_rows() if row[0].value == "一、地下管道、屋顶、围墙改造"
    )
    assert [(cell.border.left.style, cell.border.right.style) for cell in row] == [
        ("thin", None),
        (None, None),
        (None, "thin"),
    ]
    assert row[0].parent.row_dimensions[row[0].row].height < 20


def test_tables_are_numbered_in_text_and_annex(linyi: Evaluation) -> None:
    """表 1 … and 附表 1 …, each counted from one, all listed in the contents."""
    labels = [table.label for table in filled(Delivery(linyi)).tables]
    assert labels == [f"表 {n}" for n in range(1, 6)] + [f"附表 {n}" for n in range(1, 4)]
    contents = openpyxl.load_workbook(BytesIO(report_tables(Delivery(linyi))))["目录"]
    assert [contents.cell(row, 1).value for row in range(4, 4 + len(labels))] == labels


@pytest.mark.parametrize(
    "project", ["linyi-2021", "mudan-2023", "ejinhoro-2022", "dengkou-2023", "lingang-2023"]
)
def test_every_project_has_its_tables_and_the_same_bytes_each_time(checkout: Path, project: str) -> None:
    """Only tables with data, every figure in its cell as it is printed, and the same input gives the same bytes."""
    delivery = Delivery(evaluate(load_project(checkout / "data" / project), load_profile("national")))
    content, tables = report_tables(delivery), filled(delivery).tables
    assert content == report_tables(delivery)
    book = openpyxl.load_workbook(BytesIO(content))
    assert len(book.sheetnames) == len(tables) + 1
    for table, name in zip(tables, book.sheetnames[1:], strict=True):
        assert table.rows
        for row, printed in enumerate(table.rows, 4):
            for column, cell in enumerate(printed.cells, 1):
                if isinstance(cell, Number):
                    assert book[name].cell(row, column).value == float(cell.rounded)


def test_what_a_sheet_holds_stays_text(hostile: Evaluation) -> None:
    """A name that begins like a formula, or would be a code of a page's header, is written as the text it is."""
    book = openpyxl.load_workbook(BytesIO(report_tables(Delivery(hostile))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert any(cell.value == "+1+1" for cell in cells)
    with zipfile.ZipFile(BytesIO(report_tables(Delivery(hostile)))) as parts:
        header = parts.read("xl/worksheets/sheet2.xml").decode().partition("<oddHeader>")[2]
    assert "&amp;R" in header  # the codes of the header are our own
    assert "&lt;script&gt;" in header


def test_a_release_on_one_district_names_no_peer(linyi: Evaluation) -> None:
    """The table of districts keeps the own row and says so; no byte of the workbook holds another county's name."""
    readers = audience_of([linyi], "release", "罗庄区")
    content = report_tables(Delivery(linyi, readers, "正式稿", "罗庄区"))
    sheet = _sheet(content, "各县区综合评价得分情况表")
    assert [sheet.cell(4, column).value for column in range(1, 4)] == ["1", "罗庄区", 93.54]
    assert sheet["A5"].value == "注：公开稿不列其他县区。"
    book = openpyxl.load_workbook(BytesIO(content))
    texts = [str(cell.value) for each in book for row in each.iter_rows() for cell in row if cell.value]
    assert not [text for text in texts if readers.names_a_peer(text)]


def test_a_long_list_prints_its_head_on_every_page(wide: Evaluation) -> None:
    """150 districts stand in one table whose head is repeated."""
    tables = filled(Delivery(wide)).tables
    counties = next(table for table in tables if "综合评价得分" in table.title)
    assert len(counties.rows) == 150
    assert _sheet(report_tables(Delivery(wide)), "综合评价得分").print_title_rows == "$1:$3"


def test_absent_columns_are_left_out_and_named(mudan: Evaluation, checkout: Path) -> None:
    """A column in which nothing is given is not printed, and the note names it; satisfaction keeps its 未提供."""
    outputs = _table(Delivery(mudan), "产出完成情况表")
    assert [column.head for column in outputs.columns] == ["产出指标", "单位", "开工"]
    assert outputs.notes == ("计划、完成、完成率（实际÷计划）资料未提供，未列。",)
    dengkou = evaluate(load_project(checkout / "data/dengkou-2023"), load_profile("national"))
    assert _texts(_table(Delivery(dengkou), "满意度调查情况表"))[1] == ["项目区内居民", "未提供", "100.00%"]


def test_a_number_is_rounded_half_up_once(linyi: Evaluation) -> None:
    """The cell holds the figure as printed, so that what is copied is what is read."""
    rate = _table(Delivery(linyi), "各指标得分情况表").rows[2].cells[1]
    assert isinstance(rate, Number)
    assert (rate.text, str(rate.rounded)) == ("86.77%", "0.8677")
    assert replace(rate, places=3).text == "86.8%"
