"""Loading a project folder: what is read, what stops it, all problems in one pass."""

from pathlib import Path

import pytest
import xlsxwriter
from wenxiao.evaluation import evaluate
from wenxiao.model import Missing, ProjectError, Severity
from wenxiao.project import load_profile, load_project


def write(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    """A workbook of plain sheets."""
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)


SCORES: list[list[object]] = [
    ["一级指标", "分值", "得分"],
    ["决策", 20, 18.5],
    ["过程", 20, 17],
    ["产出", 30, 28.25],
    ["效益", 30, 27],
    ["合计", 100, 90.75],
]
FUNDS: list[list[object]] = [
    ["某县2024年老旧小区改造资金情况表"],
    ["", "", "", "单位：元"],
    ["资金来源", "预算数", "到位数", "支出数"],
    ["中央补助资金", 12000000, 12000000, 9000000.5],
    ["县级配套", "3,000,000.00", "/", "1500000"],
    ["合计", 15000000, "", 10500000.5],
]


def test_an_unprepared_project_is_read_and_evaluated(tmp_path: Path) -> None:
    """Two plain sheets in yuan, with text numbers and a slash, give a score, a grade and rates in 万元."""
    write(tmp_path / "报表.xlsx", {"资金": FUNDS, "得分": SCORES})
    evaluation = evaluate(load_project(tmp_path), load_profile())
    assert evaluation.verdict.score.text == "90.75"
    assert evaluation.verdict.grade is not None
    assert evaluation.verdict.grade.label == "优"
    assert evaluation.measures["budget/全项目"].text_with_unit == "1,500.00万元"
    assert evaluation.execution.text == "70.00%"
    assert not [f for f in evaluation.findings if f.severity is Severity.ERROR]


def test_a_text_where_a_number_must_be_is_reported_with_its_cell(tmp_path: Path) -> None:
    """A word in a column of figures is an error naming file, sheet, cell, column, value and remedy; it is no zero."""
    rows = [*SCORES[:2], ["过程", 20, "良好"], *SCORES[3:5]]
    write(tmp_path / "报表.xlsx", {"得分": rows})
    evaluation = evaluate(load_project(tmp_path), load_profile())
    (found,) = [f for f in evaluation.findings if f.severity is Severity.ERROR]
    assert all(part in found.message for part in ("报表.xlsx", "得分", "C3", "良好"))
    assert found.remedy
    assert evaluation.verdict.score.value is Missing.UNSCORED


def test_every_unreadable_file_is_named_in_one_pass(tmp_path: Path) -> None:
    """Two bad files and an empty one are reported together, each with its cause and a remedy."""
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (tmp_path / "空.xlsx").write_bytes(b"")
    (tmp_path / "怪.xls").write_bytes(bytes(range(256)) * 4)
    with pytest.raises(ProjectError) as caught:
        load_project(tmp_path)
    assert {Path(problem.file).name for problem in caught.value.problems} == {"坏.xlsx", "空.xlsx", "怪.xls"}
    assert all(problem.remedy for problem in caught.value.problems)


def test_a_missing_or_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    """No folder, and a folder without sheets, are one clear sentence each."""
    with pytest.raises(ProjectError, match="没有这个项目文件夹"):
        load_project(tmp_path / "没有")
    with pytest.raises(ProjectError, match="没有表格"):
        load_project(tmp_path)


def test_an_empty_sheet_is_said(tmp_path: Path) -> None:
    """A workbook whose only sheet is empty holds nothing to evaluate, and that is said."""
    write(tmp_path / "空表.xlsx", {"Sheet1": []})
    with pytest.raises(ProjectError, match=r"空表\.xlsx"):
        load_project(tmp_path)


def test_office_lock_files_are_passed_over(tmp_path: Path) -> None:
    """The ~$ file that an open workbook leaves beside itself is no workbook."""
    write(tmp_path / "报表.xlsx", {"得分": SCORES})
    (tmp_path / "~$报表.xlsx").write_bytes(b"\x05user")
    assert [file.name for file in load_project(tmp_path).inputs] == ["报表.xlsx"]


CORRECTION = """
- file: 报表.xlsx
  sheet: 得分
  cell: C3
  field: 得分
  printed: "{printed}"
  corrected: "17.50"
  reason: 复核改正
  status: 已确认
"""


def test_a_correction_guards_its_cell(tmp_path: Path) -> None:
    """A correction holds while the cell prints what was registered, and fails loudly once the source changes."""
    write(tmp_path / "报表.xlsx", {"得分": SCORES})
    (tmp_path / "corrections.yaml").write_text(CORRECTION.format(printed="17"), encoding="utf-8")
    assert load_project(tmp_path).corrections[0].corrected == "17.50"
    for other in ("16", "17.4", "16.99"):
        (tmp_path / "corrections.yaml").write_text(CORRECTION.format(printed=other), encoding="utf-8")
        with pytest.raises(ProjectError, match="来源已变"):
            load_project(tmp_path)


def test_the_narrative_is_read_by_section(tmp_path: Path) -> None:
    """The analyst's words are found by their headings, and nothing else is made of them."""
    write(tmp_path / "报表.xlsx", {"得分": SCORES})
    (tmp_path / "narrative.md").write_text(
        "说明\n\n## 有关建议\n\n- 一\n- 二\n\n## 主要经验\n", encoding="utf-8"
    )
    narrative = load_project(tmp_path).narrative
    assert narrative.section("有关建议") == "- 一\n- 二"
    assert narrative.section("主要经验") == ""


def test_an_unknown_grade_is_found_even_without_a_score(tmp_path: Path) -> None:
    """A word that is no grade of the rules is an error with the known words, whether or not the total can be computed."""
    rows = [*SCORES[:2], ["过程", 20, ""], *SCORES[3:5], ["综合评价等级", "", "优良"]]
    write(tmp_path / "报表.xlsx", {"得分": rows})
    evaluation = evaluate(load_project(tmp_path), load_profile())
    (found,) = [f for f in evaluation.findings if f.code == "grade-unknown"]
    assert "优、良、中、差" in found.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("只有文字，没有标题", "没有标题"),
        ("## 意見\n- 一\n", "没有位置"),
        ("## 主要经念\n- 一\n", "## 主要经验"),
    ],
)
def test_words_without_a_place_are_not_lost(tmp_path: Path, text: str, message: str) -> None:
    """Words of the analyst that no section takes up stop the report, with the headings that would take them."""
    write(tmp_path / "报表.xlsx", {"得分": SCORES})
    (tmp_path / "narrative.md").write_text(text, encoding="utf-8")
    with pytest.raises(ProjectError, match=message):
        load_project(tmp_path)


def test_a_malformed_correction_is_said_in_words(tmp_path: Path) -> None:
    """A missing key, an unknown key and a wrong status are three Chinese sentences that name the entry."""
    write(tmp_path / "报表.xlsx", {"得分": SCORES})
    entry = (
        CORRECTION.format(printed="17")
        .replace("status: 已确认", "status: 大概")
        .replace("  reason: 复核改正\n", "  why: x\n")
    )
    (tmp_path / "corrections.yaml").write_text(entry, encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        load_project(tmp_path)
    assert len(caught.value.problems) == 3
    assert all("第 1 条" in problem.what for problem in caught.value.problems)


def test_a_file_that_is_no_spreadsheet_is_named(tmp_path: Path) -> None:
    """A scan beside the sheets is a hint, not silence."""
    write(tmp_path / "报表.xlsx", {"得分": SCORES})
    (tmp_path / "扫描件.pdf").write_bytes(b"%PDF")
    assert [f.code for f in load_project(tmp_path).findings] == ["file-not-read"]


def test_a_table_of_no_known_kind_is_named(tmp_path: Path) -> None:
    """Figures that were delivered and not recognised are a warning with sheet and headers, never 未提供 in silence."""
    other: list[list[object]] = [["树种", "株数", "胸径"], ["国槐", 120, 8.5], ["银杏", 45, 12.5]]
    write(tmp_path / "报表.xlsx", {"得分": SCORES, "绿化": other})
    (found,) = [f for f in load_project(tmp_path).findings if f.code == "table-not-recognised"]
    assert "绿化" in found.message
    assert "树种、株数、胸径" in found.message
