"""The commands of the Chinese tutorial, run one after another as a reader would."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

pytestmark = pytest.mark.acceptance

_COMMANDS = re.compile(r"```console\n(.*?)```", re.DOTALL)


def fill(path: Path) -> None:
    """Scores for the three places of the template."""
    book = openpyxl.load_workbook(path)
    sheet = book["分县区情况"]
    at = next(n for n, cell in enumerate(sheet[2]) if str(cell.value).startswith("得分"))
    scored = [row for row in sheet.iter_rows(min_row=3) if str(row[0].value).endswith("镇")]
    assert len(scored) == 3
    for row, score in zip(scored, ("91.50", "88.00", "91.50"), strict=True):
        row[1].value, row[at].value = "现场", score
    book.save(path)


@pytest.mark.timeout(300)
def test_the_commands_of_the_tutorial_run(checkout: Path, workspace_root: Path) -> None:
    """Each command ends well in a workspace where nothing was prepared, and the first report is there."""
    for notebook in (checkout / "notebooks").glob("*.ipynb"):
        shutil.copy(notebook, workspace_root / "notebooks")
    text = (checkout / "docs/zh/tutorial.md").read_text(encoding="utf-8")
    text = text[: text.index("## 一个城市的例子")]  # tests/example_city walks it
    commands = [line for block in _COMMANDS.findall(text) for line in block.splitlines()]
    assert [line.split()[1] for line in commands] == [
        "new",
        "check",
        "run",
        "run",
        "run",
        "gather",
        "compare",
    ]
    for line in commands:
        done = subprocess.run(
            [sys.executable, "-c", "from wenxiao.cli import main; main()", *shlex.split(line)[1:]],
            cwd=workspace_root, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        if " new " in line:
            fill(workspace_root / "data/某县2025/某县2025.xlsx")
    assert (workspace_root / "outputs/project_report/某县2025/report.html").is_file()
