"""The picture of a sheet, and the account of a file in the terminal."""

from pathlib import Path

import pytest
import xlsxwriter
from bs4 import BeautifulSoup
from wenxiao.display import html_of, text_of
from wenxiao.display.account import account_lines, survey_table
from wenxiao.fields import standard_registry
from wenxiao.sheets import account_of, read_workbook, survey


def workbook(folder: Path) -> Path:
    """A sheet with title, unit, header, data, total and note, one cell of it hostile."""
    path = folder / "资金.xlsx"
    rows: list[list[object]] = [
        ["某县<script>alert(1)</script>资金情况"],
        ["", "", "单位：万元"],
        ["资金来源", "预算数", "支出数"],
        ["中央补助", 60, 30],
        ["县级配套", 40, 30],
        ["合计", 100, 60],
        ["注：截至年底。"],
    ]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("资金")
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
    return path


def test_each_cell_is_marked_with_its_part(tmp_path: Path) -> None:
    """Title, header, data, total and note are told apart by a word, not by colour alone."""
    page = BeautifulSoup(html_of(read_workbook(workbook(tmp_path), standard_registry())), "html.parser")
    marked = [row.td.get("title") for row in page.tbody.find_all("tr")]
    assert marked == ["标题", "标题", "表头", "数据", "数据", "合计", "注"]
    assert [word.get_text() for word in page.find_all(class_="wx-part")] == [
        "标题",
        "表头",
        "数据",
        "合计",
        "注",
    ]


def test_whatever_a_cell_holds_is_text(tmp_path: Path) -> None:
    """A script in a cell is shown, not run."""
    html = html_of(read_workbook(workbook(tmp_path), standard_registry()))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_plain_form_names_sheet_and_range(tmp_path: Path) -> None:
    """In a terminal the picture is a line for the sheet and one for each table."""
    assert (
        text_of(read_workbook(workbook(tmp_path), standard_registry())).splitlines()[0] == "［资金］7 行 3 列"
    )


@pytest.mark.usefixtures("chinese")
def test_the_account_names_fields_units_and_roles(tmp_path: Path) -> None:
    """The account of a file says which rows are what and which column is which field."""
    registry = standard_registry()
    account = account_of(read_workbook(workbook(tmp_path), registry), registry)
    lines = [str(line) for line in account_lines(account)]
    assert any("表头第 3–3 行；单位 万元；合计 1 行，数据 2 行；6=合计" in line for line in lines)


def test_the_survey_has_a_line_for_each_file(tmp_path: Path) -> None:
    """A folder gives one line a file; one that cannot be read says why."""
    workbook(tmp_path)
    (tmp_path / "坏.xlsx").write_bytes(b"")
    table = survey_table(survey(tmp_path, standard_registry()))
    assert table.row_count == 2


def test_a_finding_of_the_account_has_its_place(tmp_path: Path) -> None:
    """A finding whose sentence does not name its cells is told with them."""
    path = tmp_path / "满意度.csv"
    path.write_text("县区,满意率\n甲县,0.95\n乙县,0.9\n", encoding="utf-8")
    registry = standard_registry()
    lines = [str(line) for line in account_lines(account_of(read_workbook(path, registry), registry))]
    assert "［满意度］B2、B3：" in lines[-1]
