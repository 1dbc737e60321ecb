"""`make clean` and the example's workspace: what the program did not make stays, and is named."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from wenxiao.batch import Run
from wenxiao.batch.storage.publication import publish, staging
from wenxiao.project.workspace import Workspace
from wenxiao.reports import write_index

from scripts.clean import clean
from scripts.example_city.walking import prepare


def below(folder: Path) -> set[str]:
    """The files in a folder and below."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def test_what_runs_left_goes_and_what_people_left_stays(workspace_root: Path) -> None:
    """Reports, index, logs and the hidden folder go; notes, a page of one's own and links stay, and what is behind them."""
    outputs = workspace_root / "outputs"
    run = Run("report", "one", {}, workspace_root, str(outputs))
    with staging(run) as folder:
        (folder / "report.html").write_text("x", encoding="utf-8")
        publish(
            folder, run, {"schema": 2, "run": "one", "notebook": "report", "parameters": {}, "headline": {}}
        )
    write_index(str(outputs), Workspace(workspace_root).parameters)
    (outputs / "logs").mkdir()
    for name in ("logs/20260101T000000-1.jsonl", "logs/mine.jsonl", "report/one/note.txt", "README.md"):
        (outputs / name).write_text("x", encoding="utf-8")
    (outputs / "app").mkdir()
    own = json.dumps({"files": ["note.txt"], "name": "another program's"})
    (outputs / "app" / "manifest.json").write_text(own, encoding="utf-8")
    (outputs / "app" / "note.txt").write_text("x", encoding="utf-8")
    (outputs / "link").symlink_to(workspace_root / "data", target_is_directory=True)
    (workspace_root / "data" / "kept.csv").write_text("x", encoding="utf-8")
    left = ["app/manifest.json", "app/note.txt", "link", "logs/mine.jsonl", "report/one/note.txt"]
    assert clean(outputs) == left
    assert below(outputs) == {*left, "README.md"} - {"link"}
    assert (workspace_root / "data" / "kept.csv").exists()


def test_the_example_is_made_anew_only_where_nothing_else_lies(tmp_path: Path) -> None:
    """What an earlier call made is replaced; a note of a person's there, or another folder altogether, stays whole."""
    workspace = tmp_path / "example"
    prepare(workspace)
    made = below(workspace)
    prepare(workspace)
    assert below(workspace) == made
    (workspace / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"note\.txt"):
        prepare(workspace)
    assert (workspace / "note.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("what", ["walk", "prepare", "write"])
def test_a_checkout_named_by_the_environment_is_not_touched(
    checkout: Path, tmp_path: Path, what: str
) -> None:
    """A folder like a checkout is left whole, `.git` included, where WENXIAO_ROOT leads to it and where it is named."""
    other = tmp_path / "checkout"
    for name in (".git/config", "data/example-city/collect/roster.xlsx", "collect/mine.xlsx"):
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_text("mine", encoding="utf-8")
    before = below(other)
    done = subprocess.run(
        [sys.executable, "-m", "scripts.example_city", what, str(other)],
        cwd=checkout, env={**os.environ, "WENXIAO_ROOT": str(other)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert below(other) == before
