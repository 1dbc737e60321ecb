"""The words of a report from sheets."""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook
from wenxiao.project import Project, load_project

ROWS = (
    ("项目概况", "第一段，\n第二段。"),
    (None, "=1+1 <script>alert(1)</script> *不是强调*"),
    ("一、存在问题", "1. 验收不及时"),
    ("有关建议", "1. 加快验收"),
    ("合计", "这一章没有位置"),
)


@pytest.fixture
def project(checkout: Path, tmp_path: Path) -> Project:
    """牡丹区 with a sheet of 文字材料 beside its narrative.md; the sheet's words are synthetic."""
    folder = tmp_path / "p"
    shutil.copytree(checkout / "data/mudan-2023", folder)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("文字材料",), ("章节", "内容"), *ROWS):
        sheet.append(row)
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"
    sheet.merge_cells("A3:A4")
    book.save(folder / "文字材料.xlsx")
    return load_project(folder)


def test_each_line_of_a_sheet_is_a_paragraph_of_its_section(project: Project) -> None:
    """An empty or merged 章节 goes on with the one above; what looks like markup stays text."""
    assert project.narrative.section("项目概况").split("\n\n") == [
        "第一段，",
        "第二段。",
        "\\=1+1 \\<script\\>alert(1)\\</script\\> \\*不是强调\\*",
    ]


def test_a_section_in_two_places_keeps_both_in_order(project: Project) -> None:
    """narrative.md first, then the sheet; that both speak is pointed out with the cell."""
    text = project.narrative.section("有关建议")
    assert text.startswith("- 尽快组织验收")
    assert text.endswith("1\\. 加快验收")
    found = [each for each in project.findings if each.code == "text-in-two-places"]
    assert [(each.subject, [str(cell) for cell in each.cells]) for each in found] == [
        ("存在的问题", ["文字材料.xlsx［Sheet］B5"]),
        ("有关建议", ["文字材料.xlsx［Sheet］B6"]),
    ]


def test_words_without_a_place_are_said(project: Project) -> None:
    """A section that no report has is named with its cell and the sections there are."""
    (found,) = [each for each in project.findings if each.code == "text-without-place"]
    assert found.message.startswith("文字材料.xlsx［Sheet］B7：文字材料章节“合计”")
    assert "项目概况" in found.remedy
