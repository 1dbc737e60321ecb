"""The analyst's words, as people write them down."""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook
from wenxiao.explorer.parameter_set import Draft
from wenxiao.explorer.words import save_narrative
from wenxiao.model import ProjectError
from wenxiao.project import Project, load_project
from wenxiao.project.narrative import load_narrative, parse_narrative


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("### 一、存在的问题\n甲\n### 建议\n乙", {"存在的问题": "甲", "有关建议": "乙"}),
        ("# 建议\n甲", {"有关建议": "甲"}),
        ("#### 建议\n甲\n##### 其他\n乙", {"有关建议": "甲\n##### 其他\n乙"}),
        ("##建议\n甲", {"有关建议": "甲"}),
        ("##　建议\n甲", {"有关建议": "甲"}),
        ("# 某县文字材料\n说明\n## 建议\n甲\n### （一）资金\n乙", {"有关建议": "甲\n### （一）资金\n乙"}),
        ("## 存在的问题\n### 原因\n甲", {"存在的问题": "### 原因\n甲"}),
        ("## 文字材料\n### 建议\n甲", {"有关建议": "甲"}),
        ("## 建议\n编号 #3\n#标签", {"有关建议": "编号 #3\n#标签"}),
        ("## 建议\r\n甲\x07乙\x1b[31m\r\n", {"有关建议": "甲乙[31m"}),
    ],
)
def test_sections_are_found_at_the_level_they_are_written_at(
    tmp_path: Path, text: str, sections: dict[str, str]
) -> None:
    """Headings of any one level begin sections, deeper ones stay in their text; what nobody sees is left out."""
    (tmp_path / "narrative.md").write_bytes(text.encode("gb18030"))
    assert dict(load_narrative(tmp_path).sections) == sections


def test_words_in_gbk_survive_a_remark(tmp_path: Path) -> None:
    """A remark from the explorer is added to words saved by a plain editor; nothing of them is lost or garbled."""
    (tmp_path / "narrative.md").write_bytes("说明\n### 建议\n尽快\n".encode("gbk"))
    save_narrative(tmp_path, {"主要经验": Draft("", "党建引领")})
    again = parse_narrative((tmp_path / "narrative.md").read_text(encoding="utf-8")).sections
    assert dict(again) == {"主要经验": "党建引领", "有关建议": "尽快"}
    assert (tmp_path / "narrative.md").read_text(encoding="utf-8").startswith("说明\n")


def test_words_that_no_report_has_a_place_for_are_named(tmp_path: Path) -> None:
    """A picture called narrative.md, and a heading that is unknown, are errors with the file's name."""
    (tmp_path / "narrative.md").write_bytes(b"\x89PNG\x00\xff\x00")
    with pytest.raises(ProjectError, match=r"narrative\.md：不是文本文件"):
        load_narrative(tmp_path)
    (tmp_path / "narrative.md").write_text("## 天气\n晴\n### 建议\n甲", encoding="utf-8")
    with pytest.raises(ProjectError, match="天气"):
        load_narrative(tmp_path)


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
