"""The commands of the READMEs, each run here or by CI."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from tests.project_hygiene.test_readme import READMES, ROOT, commands

pytestmark = pytest.mark.acceptance

BY_CI = {
    # the two commands: .ci/run calls them
    "make reports",
    "make test",
    # what `make reports` runs to set up
    "python3 -m venv .venv",
    ".venv/bin/python -m pip install --require-hashes -r requirements.lock",
    ".venv/bin/python -m pip install --no-deps --no-build-isolation -e .",
    ".venv/bin/wenxiao run",
}
HERE = (
    ".venv/bin/wenxiao check data/mudan-2023",
    ".venv/bin/wenxiao run --help",
    ".venv/bin/wenxiao run parameters/district_report",
    ".venv/bin/wenxiao new my-county-2025 --districts 东镇,西镇,北镇",
    ".venv/bin/papermill --help-notebook notebooks/project_report.ipynb",
    ".venv/bin/papermill notebooks/project_report.ipynb out.ipynb -f parameters/project_report/mudan-2023.yaml",
    ".venv/bin/jupyter nbconvert --to html --template wenxiao out.ipynb",
    ".venv/bin/wenxiao check data/my-county-2025",
    ".venv/bin/wenxiao run my-county-2025",
    ".venv/bin/wenxiao season data/_自评示例（合成数据）",
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the workspace in which commands may write, with two districts."""
    root = tmp_path_factory.mktemp("工作区 copy")
    for name in ("notebooks", "data", "parameters"):
        shutil.copytree(ROOT / name, root / name)
    for path in (root / "parameters" / "district_report").iterdir():
        if "罗庄区" not in path.name:
            path.unlink()
    return root


def run(command: str, workspace: Path) -> subprocess.CompletedProcess[str]:
    """A README command with the programs of this environment, below the workspace."""
    program, *arguments = command.split()
    found = Path(sys.executable).with_name(Path(program).name)
    here = {**os.environ, "WENXIAO_ROOT": "", "PAPERMILL_NO_PROGRESS": "1"}
    return subprocess.run(
        [str(found), *arguments], cwd=workspace, env=here, capture_output=True, text=True, check=False
    )


def test_each_command_is_run() -> None:
    """Every command of the README is run by CI or by this module."""
    assert set(commands(READMES[0])) <= BY_CI | set(HERE)


def test_a_new_project_in_five_minutes(workspace: Path) -> None:
    """Following the README: a template, a plain workbook of the county's own in its place, what is read of it, a report."""
    new = run(HERE[3], workspace)
    assert new.returncode == 0, new.stderr
    folder = workspace / "data" / "my-county-2025"
    (folder / "my-county-2025.xlsx").unlink()
    with xlsxwriter.Workbook(folder / "报送表（县财政局）.xlsx") as workbook:
        sheet = workbook.add_worksheet("资金")
        rows = [
            ["某县（虚构）资金情况"],
            ["单位：元"],
            ["来源", "年初预算", "实际支出"],
            ["中央补助", "1,200,000", "900,000"],
            ["合计", "1,200,000", "900,000"],
        ]
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
    checked = run(HERE[7], workspace)
    assert checked.returncode == 0, checked.stderr
    assert "资金情况" in checked.stdout
    done = run(HERE[8], workspace)
    assert done.returncode == 0, done.stderr
    page = (workspace / "outputs/project_report/my-county-2025/report.html").read_text(encoding="utf-8")
    assert "75.00%" in page
    assert "120.00" in page


def test_one_notebook_with_stock_tools(workspace: Path) -> None:
    """papermill and nbconvert as they come list the parameters, execute the notebook and make the same page as `run`."""
    listed = run(HERE[4], workspace)
    assert listed.returncode == 0, listed.stderr
    assert all(name in listed.stdout for name in ("project", "profile", "audience", "edition"))
    executed = run(HERE[5], workspace)
    assert executed.returncode == 0, executed.stderr
    converted = run(HERE[6], workspace)
    assert converted.returncode == 0, converted.stderr
    ours = run(".venv/bin/wenxiao run parameters/project_report/mudan-2023.yaml", workspace)
    assert ours.returncode == 0, ours.stderr
    page = (workspace / "outputs/project_report/mudan-2023/report.html").read_bytes()
    assert (workspace / "out.html").read_bytes() == page


def test_a_season_in_three_lines(workspace: Path) -> None:
    """The synthetic season: a page that leads to each form's report, the list of results and the notices."""
    made = run(HERE[9], workspace)
    assert made.returncode == 0, made.stderr
    assert (workspace / "outputs/season/自评示例（合成数据）/report.html").is_file()
    assert len(list((workspace / "outputs/deliver/自评示例（合成数据）").rglob("*.docx"))) == 4


def test_checking_a_folder(workspace: Path) -> None:
    """A folder is checked with one line for each of its files, and ends with 1: a rate that mudan's own report prints is wrong."""
    done = run(HERE[0], workspace)
    assert done.returncode == 1, done.stderr
    assert len(done.stdout.splitlines()) == 4
    assert sum(int(line.split()[-3]) for line in done.stdout.splitlines()[1:]) == 1


def test_runs_of_one_notebook(workspace: Path) -> None:
    """A folder of parameters makes its reports; help names the arguments."""
    assert "PARAMETERS" in run(HERE[1], workspace).stdout
    done = run(HERE[2], workspace)
    assert done.returncode == 0, done.stderr
    assert (workspace / "outputs/district_report/linyi-2021--罗庄区/report.html").is_file()
