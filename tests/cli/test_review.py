"""The command `wenxiao review`."""

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from wenxiao.cli import main

from tests.evaluation.reviewed_forms import BOOKS, GREEN, PLACES, ROAD, SHEETS, fill, handed_in

REPORTS = {"复核汇总表.xlsx", "甲市交通局自评复核报告.docx", "甲区农业局自评复核报告.docx"}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with the forms of three projects in data/自评."""
    for folder in ("notebooks", "parameters", "data"):
        (tmp_path / folder).mkdir()
    handed_in(tmp_path / "data/自评")
    monkeypatch.setenv("WENXIAO_ROOT", str(tmp_path))
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["review", *arguments])


def test_first_the_sheets_then_the_summary_and_the_reports(workspace: Path) -> None:
    """One command, twice; what a reviewer wrote otherwise than done is told, and the status says so."""
    first = _run("自评")
    assert (first.exit_code, first.stderr) == (0, "")
    sheets = workspace / "data/自评" / SHEETS
    assert first.stdout.splitlines()[0] == f"Working papers to fill in: {sheets}"
    fill(workspace / "data/自评" / SHEETS, {ROAD: {PLACES: (7, "佐证不足，扣60%")}, GREEN: {}})
    second = _run("自评")
    assert second.exit_code == 1
    made = workspace / "outputs/review/自评"
    assert {path.name for path in made.iterdir() if path.suffix in (".xlsx", ".docx")} == REPORTS
    assert f"Not reviewed yet: {BOOKS}" in second.stdout
    assert f"警示 {ROAD} {SHEETS}［02 {ROAD}］M6：{PLACES}的备注写明扣 60%" in second.stdout


def test_sheets_that_somebody_began_to_fill_in_are_not_replaced(workspace: Path) -> None:
    """A remark without a score yet: nothing is made, and the file is what it was."""
    assert _run("自评").exit_code == 0
    path = workspace / "data/自评" / SHEETS
    book = openpyxl.load_workbook(path)
    book.worksheets[1]["M5"] = "待补证"
    book.save(path)
    started = path.read_bytes()
    result = _run("自评")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Not reviewed yet: ")
    assert path.read_bytes() == started


def test_a_form_that_comes_later_gets_a_sheet_of_its_own(workspace: Path) -> None:
    """Beside the workbook that is being filled in, which stays as it is."""
    folder = handed_in(workspace / "data/后补", (ROAD,))
    assert _run("后补").exit_code == 0
    fill(folder / SHEETS, {ROAD: {}})
    begun = (folder / SHEETS).read_bytes()
    handed_in(folder, (BOOKS,))
    result = _run("后补")
    assert result.exit_code == 0
    later = openpyxl.load_workbook(folder / "自评复核表2.xlsx")
    assert later.sheetnames == ["复核汇总表", f"01 {BOOKS}"]
    assert (folder / SHEETS).read_bytes() == begun


def test_subfolders_are_reviewed_each_with_its_own_sheets(workspace: Path) -> None:
    """A folder a unit, as forms are handed in: a workbook in each, one summary and a report a unit of all of them."""
    season = workspace / "data/一季"
    handed_in(season / "交通局", (ROAD,))
    handed_in(season / "农业局", (GREEN,))
    assert _run("一季").exit_code == 0
    fill(season / "交通局" / SHEETS, {ROAD: {PLACES: (4, "佐证不足，扣60%")}})
    fill(season / "农业局" / SHEETS, {GREEN: {}})
    assert _run("一季").exit_code == 0
    made = workspace / "outputs/review/一季"
    assert {path.name for path in made.iterdir() if path.suffix in (".xlsx", ".docx")} == REPORTS
    summary = openpyxl.load_workbook(made / "复核汇总表.xlsx", data_only=True)["复核汇总表"]
    assert [summary.cell(row, 7).value for row in (4, 5)] == [-6, 0]


def test_a_report_that_a_person_changed_is_not_replaced(workspace: Path) -> None:
    """Nothing is written then; unchanged ones are made anew, and those of no unit any more are removed."""
    assert _run("自评").exit_code == 0
    fill(workspace / "data/自评" / SHEETS, {ROAD: {}, GREEN: {}, BOOKS: {}})
    assert _run("自评").exit_code == 0
    made = workspace / "outputs/review/自评"
    report = made / "甲市交通局自评复核报告.docx"
    before = {path.name: path.read_bytes() for path in made.iterdir()}
    report.write_bytes(b"changed")
    result = _run("自评")
    assert (result.exit_code, report.read_bytes()) == (3, b"changed")
    assert (made / "复核汇总表.xlsx").read_bytes() == before["复核汇总表.xlsx"]
    report.unlink()
    (workspace / "data/自评/绿化.xlsx").unlink()
    fill(workspace / "data/自评" / SHEETS, {GREEN: {PLACES: (5, "扣50%")}})
    assert _run("自评").exit_code == 0
    assert report.exists()


def test_a_folder_outside_of_a_workspace_keeps_its_review(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> None:  # fmt: skip
    """The reports lie in 复核 below the folder, where reading the folder does not find them."""
    folder = handed_in(tmp_path_factory.mktemp("forms"), (ROAD,))
    assert _run(str(folder)).exit_code == 0
    fill(folder / SHEETS, {ROAD: {}})
    assert _run(str(folder)).exit_code == 0
    assert {path.name for path in (folder / "复核").iterdir()} >= {"复核汇总表.xlsx"}
    assert _run(str(folder)).exit_code == 0
    assert not (workspace / "outputs").exists()


def test_a_folder_without_forms_ends_with_status_two(workspace: Path) -> None:
    """What is lacking is told, nothing is written."""
    (workspace / "data/空").mkdir()
    result = _run("空")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr
