"""The sheets of a review to fill in: what the project knows stands there with its cells, and no score does."""

from __future__ import annotations

import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet
from wenxiao.cli import main
from wenxiao.collect import scoring_workbook, write_scoring
from wenxiao.evaluation import Support, evaluate
from wenxiao.fields import standard_registry
from wenxiao.project import load_profile, load_project
from wenxiao.sheets import read_workbook

REGISTRY = standard_registry()
SYSTEM: list[list[object]] = [
    ["虚构市绩效评价指标体系"],
    ["一级指标", "二级指标", "三级指标", "分值", "评分标准", "指标值"],
    ["过程", "资金管理", "资金到位率", 20, "到位率×分值", "100%"],
    ["产出", "产出数量", "改造小区数", 50, "完成数÷计划数×分值", "46个"],
    ["效益", "项目效益", "满意度", 30, "达到指标值得满分", "≥90%"],
]
COUNTIES: list[list[object]] = [
    ["分县区情况表", "", "", "单位：万元"],
    ["县区", "预算数", "到位数", "支出数"],
    ["甲县", 1200, 960, 900],
    ["乙县/东", 800, 800, 800],
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The folder of a synthetic city with a system of indicators and two counties."""
    folder = tmp_path / "data" / "city"
    folder.mkdir(parents=True)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in {"指标体系": SYSTEM, "分县区情况": COUNTIES}.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / "汇总.xlsx")
    return folder


def written(project: Path, profile: str = "self-evaluation") -> Path:
    """The path of the 评分底稿 of a project, written."""
    write_scoring(project, evaluate(load_project(project), load_profile(profile)))
    return project / "评分底稿.xlsx"


def heads(page: Worksheet) -> dict[str, str]:
    """The column of each header."""
    return {str(cell.value).split("（")[0]: cell.column_letter for cell in page[2]}


def recalculated(path: Path, libreoffice: Path) -> Path:
    """The workbook as LibreOffice saves it, its formulas worked out."""
    subprocess.run(
        [libreoffice, f"-env:UserInstallation={path.parent.as_uri()}/profile", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", path.parent / "saved", path],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return path.parent / "saved" / path.name


def test_what_the_project_knows_stands_there_with_its_cells(project: Path) -> None:
    """A county's sheet has 分值, the rates that are its own with their cells and 测算参考; no score, no amount of the whole."""
    book = openpyxl.load_workbook(written(project))
    assert book.sheetnames == ["填报说明", "评分底稿", "评分底稿 甲县", "评分底稿 乙县_东"]
    page = book["评分底稿 甲县"]
    at = heads(page)
    rates, counts = ({name: page[f"{letter}{row}"].value for name, letter in at.items()} for row in (3, 4))
    assert (rates["三级指标"], rates["分值"], rates["指标值"], rates["完成值"]) == (
        "资金到位率",
        20,
        "100%",
        "80.00%",
    )
    assert rates["数据来源"] == "汇总.xlsx［分县区情况］C3、B3"
    assert rates["测算参考"] == 16
    assert (counts["分值"], counts["评分标准"], counts["指标值"], counts["完成值"]) == (
        50,
        "完成数÷计划数×分值",
        None,
        None,
    )
    assert {rates[name] for name in ("自评分", "初评分", "复核分", "终评分")} == {None}
    city = book["评分底稿"]
    pooled = {name: city[f"{letter}3"].value for name, letter in heads(city).items()}
    assert (pooled["完成值"], pooled["数据来源"]) == ("88.00%", "汇总.xlsx［分县区情况］C3:C4、B3:B4")
    assert str(rates["得分"]).startswith("=IF(")


def test_a_blank_sheet_is_read_and_decides_nothing(project: Path) -> None:
    """Every header is a field, no figure is a score, and the project is evaluated as before."""
    before = evaluate(load_project(project), load_profile())
    reading = read_workbook(written(project), REGISTRY)
    assert {table.kind for table in reading.tables} == {"scorecard"}
    assert all(column.key for table in reading.tables for column in table.columns)
    after = evaluate(load_project(project), load_profile())
    assert [f.code for f in after.findings] == [f.code for f in before.findings]
    assert (after.verdict.score.text, after.ranking) == (before.verdict.score.text, None)
    assert {table.kind for table in load_project(project).tables} >= {"problems", "evidence", "opinions"}


def test_the_same_project_gives_the_same_bytes(project: Path) -> None:
    """Two workbooks of one project are the same file."""
    evaluation = evaluate(load_project(project), load_profile())
    assert scoring_workbook(evaluation, REGISTRY) == scoring_workbook(evaluation, REGISTRY)


def test_what_people_filled_in_is_never_overwritten(project: Path) -> None:
    """A workbook that is there is kept as it is; the others are made."""
    evaluation = evaluate(load_project(project), load_profile())
    path = project / "评分底稿.xlsx"
    path.write_bytes(b"mine")
    done = write_scoring(project, evaluation)
    assert [each.name for each in done.kept] == ["评分底稿.xlsx"]
    assert len(done.made) == 3
    assert path.read_bytes() == b"mine"


def test_a_project_without_indicators_gets_those_of_the_rules(tmp_path: Path) -> None:
    """Where no table lists indicators, those of 10号 附2 are there to be weighed."""
    folder = tmp_path / "bare"
    folder.mkdir()
    (folder / "资金.csv").write_text(
        "资金来源,预算数（万元）,到位数（万元）\n中央资金,100,95\n", encoding="utf-8"
    )
    page = openpyxl.load_workbook(written(folder))["评分底稿"]
    at = heads(page)
    lines = {page[f"{at['三级指标']}{row}"].value: row for row in range(3, 20)}
    assert "立项依据充分性" in lines
    assert page[f"{at['完成值']}{lines['资金到位率']}"].value == "95.00%"


@pytest.mark.acceptance
def test_the_formulas_check_what_is_filled_in(project: Path, libreoffice: Path) -> None:
    """得分 is the latest stage, 扣分 is 分值 − 得分; a score above 分值 and a deduction without reason or evidence are told."""
    path = written(project)
    book = openpyxl.load_workbook(path)
    page = book["评分底稿 甲县"]
    at = heads(page)
    filled = {
        3: {"自评分": 20, "初评分": 16, "复核分": 16.5},
        4: {"初评分": 51},
        5: {"终评分": 30, "证据编号": "E-01"},
    }
    for row, values in filled.items():
        for name, value in values.items():
            page[f"{at[name]}{row}"] = value
    book.save(path)
    saved = openpyxl.load_workbook(recalculated(path, libreoffice), data_only=True)["评分底稿 甲县"]
    scores = [(saved[f"{at['得分']}{row}"].value, saved[f"{at['扣分']}{row}"].value) for row in (3, 4, 5)]
    assert scores == [(16.5, 3.5), (51, -1), (30, 0)]
    check = next(str(row[0].value) for row in saved.iter_rows() if str(row[0].value).startswith("注："))
    assert "1行的“得分”大于“分值”" in check
    assert "1行有“扣分”没有“扣分原因”" in check
    assert "1行有“扣分”没有“证据编号”" in check


@pytest.mark.acceptance
def test_a_filled_sheet_is_the_county_s_scorecard(project: Path, libreoffice: Path) -> None:
    """Saved by an office program and put back, it is read: score, stages, evidence that waits for a decision."""
    path = written(project)
    book = openpyxl.load_workbook(path)
    for name in ("甲县", "乙县_东"):
        page = book[f"评分底稿 {name}"]
        at = heads(page)
        for row, (own, final) in enumerate(((20, 16), (50, 50), (30, 29.5)), start=3):
            page[f"{at['自评分']}{row}"], page[f"{at['终评分']}{row}"] = own, final
    book.save(path)
    recalculated(path, libreoffice).replace(path)
    evaluation = evaluate(load_project(project), load_profile())
    card = evaluation.district_cards["甲县"]
    assert card.total.number == Decimal("95.5")
    assert {line.support for line in evaluation.score_lines if line.row.filled.quantity} == {
        Support.UNDECIDED
    }
    assert [each.label for each in evaluation.district_reviews["甲县"][0].stages] == ["自评分", "终评分"]
    assert evaluation.ranking is not None
    assert [place.rank_text for place in evaluation.ranking.places] == ["1（并列）", "1（并列）"]


def test_the_command_makes_the_sheets(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`wenxiao collect scoring` says what it made, and what was there."""
    monkeypatch.setenv("WENXIAO_ROOT", str(project.parents[1]))
    (project.parents[1] / "notebooks").mkdir()
    run = CliRunner()
    first = run.invoke(main, ["--lang", "en", "collect", "scoring", "city"])
    second = run.invoke(main, ["--lang", "en", "collect", "scoring", "city"])
    assert (first.exit_code, first.output.count("made")) == (0, 4)
    assert (second.exit_code, second.output.count("kept")) == (0, 4)
    assert run.invoke(main, ["collect", "scoring", "nowhere"]).exit_code == 2
