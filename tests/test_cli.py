"""The command: what it prints where, and what its exit status says."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import wenxiao as wx
from click.testing import CliRunner, Result
from upath import UPath
from wenxiao import __version__, batch, reports
from wenxiao.batch import Failure, Limits, Outcome, Progress, Run
from wenxiao.cli import main

COMMAND = (sys.executable, "-c", "from wenxiao.cli import main; main()")
HEADLINE = {
    "score": {"text": "74.32"},
    "grade": "中",
    "execution": {"text": "53.63%"},
    "findings": {"error": 1, "warning": 0, "hint": 1},
}


class Rehearsal:
    """An executor that executes nothing: runs called `bad` fail, one called `interrupted` is interrupted."""

    def __init__(self, jobs: int, limits: Limits, engine: str) -> None:
        self.jobs, self.limits, self.engine = jobs, limits, engine

    def preload(self, root: Path) -> None:
        """Nothing is needed."""

    def close(self) -> None:
        """Nothing was started."""

    def in_kernels(self, runs: Sequence[Run]) -> dict[str, str]:
        """None."""
        del runs
        return {}

    def execute(
        self, runs: Sequence[Run], keys: Mapping[str, str]
    ) -> Generator[Progress | Outcome, None, None]:
        """A progress and an outcome a run, the last first."""
        assert list(keys) == [run.key for run in runs]
        for run in reversed(runs):
            yield Progress(run, 1, 2)
            if run.name == "interrupted":
                raise KeyboardInterrupt
            if run.name == "bad":
                failure = Failure(
                    run.notebook, run.name, "SheetError", ("不是数字", "是空的"), 3, "x = 1", "deep"
                )
                yield Outcome(run, 1.5, failure=failure)
            else:
                yield Outcome(run, 2.25, HEADLINE if run.name == "good" else {**HEADLINE, "score": None})


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where an index was written; executors are rehearsals."""
    folders: list[Path] = []

    def write_index(outputs: str, parameters: Path) -> UPath:
        assert parameters.name == "parameters"
        folders.append(Path(outputs))
        return UPath(outputs) / "index.html"

    monkeypatch.setattr(batch, "LocalPool", Rehearsal)
    monkeypatch.setattr(reports, "write_index", write_index)
    return folders


@pytest.fixture
def call(workspace_root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Calls the command in a workspace of one own notebook, with runs of the names given."""
    (workspace_root / "notebooks" / "own.ipynb").write_text('{"cells": []}', encoding="utf-8")
    (workspace_root / "parameters" / "own").mkdir()
    monkeypatch.chdir(workspace_root)

    def called(*arguments: str, runs: Sequence[str] = (), **environment: Any) -> Result:
        for name in runs:
            (workspace_root / "parameters" / "own" / f"{name}.yaml").touch()
        return CliRunner(env=environment).invoke(main, arguments)

    return called


def test_version_and_help() -> None:
    """The version is the package's; help names every option."""
    assert CliRunner().invoke(main, ["--version"]).output == f"wenxiao {__version__}\n"
    text = CliRunner().invoke(main, ["run", "-h"]).output
    assert "Execute parameter files and make their reports." in text
    assert all(option in text for option in ("--jobs", "--output", "--traceback", "Exit status"))


def test_also_a_jupyter_command(checkout: Path) -> None:
    """`jupyter wenxiao` is the same command: Jupyter looks for a script of that name."""
    scripts = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert scripts["jupyter-wenxiao"] == scripts["wenxiao"] == "wenxiao.cli:main"


def test_help_loads_nothing_heavy() -> None:
    """Help does not wait for what only runs need."""
    heavy = ["pandas", "matplotlib", "papermill", "nbconvert", "pydantic", "yaml", "rich", "wenxiao.project"]
    code = (
        "import sys; from click.testing import CliRunner; from wenxiao.cli import main;"
        "assert CliRunner().invoke(main, ['run', '--help']).exit_code == 0;"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_all_good(call: Callable[..., Result], indexed: list[Path], workspace_root: Path) -> None:
    """Status 0: a line a run in the order planned, with score, grade, rate, findings, seconds and page; the index."""
    result = call("run", runs=["good", "several"])
    assert result.exit_code == 0
    header, good, several, index = (line.split() for line in result.stdout.splitlines())
    assert header == ["run", "score", "grade", "execution", "findings", "seconds", "report"]
    page = str(Path("outputs") / "own" / "good" / "report.html")
    assert good == ["own/good", "74.32", "中", "53.63%", "2", "(1", "error)", "2.2", page]
    assert several[:4] == ["own/several", "2", "(1", "error)"]
    assert index == ["Index:", str(Path("outputs") / "index.html")]
    assert indexed == [workspace_root / "outputs"]


def test_progress_goes_aside_and_plainly(call: Callable[..., Result], indexed: list[Path]) -> None:
    """Where there is no terminal each run that ends is one plain line, on standard error."""
    result = call("run", runs=["bad", "good"])
    assert result.stderr.splitlines()[:2] == ["[1/2] done own/good 2.2 s", "[2/2] failed own/bad 1.5 s"]
    assert "\x1b" not in result.output
    assert indexed


def test_some_failed(call: Callable[..., Result], indexed: list[Path], workspace_root: Path) -> None:
    """Status 1: the failed run is named with its cell, its problems and its notebook; the others are indexed."""
    kept = workspace_root / "outputs" / "own" / "bad.failed.ipynb"
    kept.parent.mkdir()
    kept.touch()
    result = call("run", runs=["bad", "good"])
    assert result.exit_code == 1
    assert result.stderr.splitlines()[2:] == [
        "own/bad failed: code cell 3 (x = 1)",
        "  不是数字",
        "  是空的",
        f"  the marked notebook: {kept.relative_to(workspace_root)}",
    ]
    assert result.stdout.splitlines()[1].split() == ["own/bad", "failed", "1.5"]
    assert len(indexed) == 1


def test_tracebacks_on_request_only(call: Callable[..., Result], indexed: list[Path]) -> None:
    """A traceback is shown to whoever asks for it."""
    assert "deep" not in call("run", runs=["bad"]).output
    assert "deep" in call("run", "--traceback", runs=["bad"]).output
    assert indexed


def test_bad_parameters_run_nothing(
    call: Callable[..., Result], indexed: list[Path], workspace_root: Path
) -> None:
    """Status 2: every problem is listed, nothing runs, nothing is written."""
    (workspace_root / "parameters" / "own" / "x.yaml").write_text("a: 1\nb: 2\n", encoding="utf-8")
    result = call("run", runs=["good"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.partition("。")[0] for line in result.stderr.splitlines()] == [
        "Nothing ran, because parameters are wrong:",
        "  parameters/own/x.yaml：没有 a 这个参数",
        "  parameters/own/x.yaml：没有 b 这个参数",
    ]
    assert indexed == []
    assert list((workspace_root / "outputs").iterdir()) == []


def test_bad_usage_is_status_2(call: Callable[..., Result]) -> None:
    """An unknown option and a number of jobs below 1 are errors of usage."""
    assert call("run", "--no-such").exit_code == 2
    assert call("run", "--jobs", "0").exit_code == 2


def test_interrupted(call: Callable[..., Result], indexed: list[Path]) -> None:
    """Status 130: what is done is counted."""
    result = call("run", runs=["good", "interrupted", "zz"])
    assert result.exit_code == 130
    assert "Interrupted: 1 made, 2 not." in result.stderr
    assert indexed == []


def test_output_elsewhere(call: Callable[..., Result], indexed: list[Path], workspace_root: Path) -> None:
    """Reports and index go to the folder named, taken from the working directory."""
    result = call("run", "--output", "other", runs=["good"])
    assert str(Path("other") / "own" / "good" / "report.html") in result.stdout
    assert [folder.absolute() for folder in indexed] == [workspace_root / "other"]


@pytest.fixture
def sleeping(tmp_path: Path, checkout: Path) -> Generator[tuple[subprocess.Popen[str], int]]:
    """The command in the middle of a report that sleeps, and the process that makes the report."""
    notebook = tmp_path / "notebooks" / "sleeping.ipynb"
    notebook.parent.mkdir()
    shutil.copy(checkout / "tests" / "fixtures" / "notebooks" / notebook.name, notebook)
    file = tmp_path / "parameters" / "sleeping" / "one.yaml"
    file.parent.mkdir(parents=True)
    file.touch()
    environment = {**os.environ, "WENXIAO_ROOT": str(tmp_path)}
    # A shell starts what runs in its background deaf to Ctrl-C, and a child would inherit that from the tests.
    listening = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    process = subprocess.Popen(
        [COMMAND[0], "-c", listening + COMMAND[2], "run"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    marker, deadline = tmp_path / "kernel.pid", time.monotonic() + 90
    while not (marker.exists() and marker.read_text(encoding="utf-8")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield process, int(marker.read_text(encoding="utf-8"))
    process.kill()
    process.communicate()


def gone(process: int, seconds: float) -> bool:
    """Whether a process ends within so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there")
@pytest.mark.parametrize("presses", [1, pytest.param(2, marks=pytest.mark.acceptance)])
def test_ctrl_c_stops_everything(
    tmp_path: Path, sleeping: tuple[subprocess.Popen[str], int], presses: int
) -> None:
    """Ctrl-C in the middle of a report, once or twice, ends with 130 within seconds; no process and no file of it stays."""
    command, report = sleeping
    for _ in range(presses):
        os.killpg(command.pid, signal.SIGINT)
        time.sleep(0.2)
    _, errors = command.communicate(timeout=20)
    assert command.returncode == 130
    assert errors.splitlines() == ["Interrupted: 0 made, 1 not. Those made are kept."]
    assert gone(report, 1)
    assert [path for path in (tmp_path / "outputs").rglob("*") if path.name.startswith("report")] == []


@pytest.mark.acceptance
@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_killing_the_command_leaves_no_orphan(
    tmp_path: Path, sleeping: tuple[subprocess.Popen[str], int]
) -> None:
    """`kill -9` of the command ends the fork server and the report too; what was staged is gone."""
    command, report = sleeping
    command.kill()
    assert gone(report, 10)
    staging = tmp_path / "outputs" / ".wenxiao" / "staging"
    deadline = time.monotonic() + 5
    while list(staging.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(staging.iterdir()) == []


def test_dry_run_runs_nothing(call: Callable[..., Result], indexed: list[Path], workspace_root: Path) -> None:
    """What would run is listed with the reason, and nothing is made or written."""
    result = call("run", "--dry-run", runs=["good"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].split()[0] == "own/good"
    assert len(result.stdout.splitlines()[1].split()) > 1
    assert indexed == []
    assert list((workspace_root / "outputs").iterdir()) == []


def test_an_empty_shard_has_nothing_to_do(call: Callable[..., Result]) -> None:
    """More machines than reports is no error: those without a report say so and end with 0."""
    results = [call("run", "--dry-run", "--shard", f"{part}/3", runs=["good"]) for part in (1, 2, 3)]
    assert [result.exit_code for result in results] == [0, 0, 0]
    assert sum("shard of the plan is empty" in result.stderr for result in results) == 2


@pytest.mark.parametrize(
    "option", [("--timeout", "soon"), ("--memory", "much"), ("--shard", "5/4"), ("--engine", "steam")]
)
def test_bad_values_of_options(call: Callable[..., Result], option: tuple[str, str]) -> None:
    """An amount or a part that is none is an error of usage that says what to write."""
    result = call("run", *option, runs=["good"])
    assert result.exit_code == 2
    assert option[1] in result.stderr


def test_check_says_what_is_wrong_and_what_was_read(tmp_path: Path, checkout: Path) -> None:
    """A good file is accounted for with status 0, a word in a column of figures gives 1, an unreadable file 2."""
    good = checkout / "data" / "mudan-2023" / "资金情况.xlsx"
    read = CliRunner().invoke(main, ["check", str(good)])
    assert read.exit_code == 0
    assert "资金情况" in read.stdout
    wrong = tmp_path / "资金.csv"
    wrong.write_text("资金来源,预算数,支出数\n中央补助,60,待定\n县级配套,40,30\n", encoding="utf-8")
    told = CliRunner().invoke(main, ["check", str(wrong), "--json"])
    assert told.exit_code == 1
    (account,) = json.loads(told.stdout)
    assert account["findings"][0]["cells"] == [{"sheet": "资金", "cell": "C2"}]
    empty = tmp_path / "空.xlsx"
    empty.touch()
    refused = CliRunner().invoke(main, ["check", str(empty), str(tmp_path)])
    assert refused.exit_code == 2
    assert "空.xlsx" in refused.stderr
    assert "cannot be read" in refused.stdout


def test_check_finds_what_the_report_finds(tmp_path: Path) -> None:
    """The findings of a file are those of a project of it alone, each with the same code and severity."""
    (tmp_path / "资金.csv").write_text("县区,户数（户）\n甲县,10\n乙县,20\n合计,31\n", encoding="utf-8")
    told = CliRunner().invoke(main, ["check", str(tmp_path / "资金.csv"), "--json"])
    ((account,), reported) = json.loads(told.stdout), wx.audit(tmp_path)
    assert [(each["code"], each["severity"], each["message"]) for each in account["findings"]] == [
        (each.code, each.severity.label, each.message) for each in reported
    ]
    assert [each["code"] for each in account["findings"]] == ["total-differs"]
    lines = json.loads(CliRunner().invoke(main, ["check", str(tmp_path), "--json"]).stdout)[0]["files"]
    assert [(line["errors"], line["warnings"]) for line in lines] == [(1, 0)]


def test_new_makes_a_project_and_says_what_comes_next(workspace_root: Path) -> None:
    """`wenxiao new` lists what it made and the next steps; what cannot be a folder's name is told with exit status 2."""
    (workspace_root / "notebooks").mkdir(exist_ok=True)
    result = CliRunner().invoke(main, ["new", "某县2025", "--districts", "甲县，乙县"])
    assert result.exit_code == 0
    assert (workspace_root / "data" / "某县2025" / "某县2025.xlsx").is_file()
    assert "wenxiao check" in result.output
    assert "wenxiao run 某县2025" in result.output
    assert CliRunner().invoke(main, ["new", "a/b"]).exit_code == 2
