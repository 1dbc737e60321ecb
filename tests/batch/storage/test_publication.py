"""Files are published whole, with the manifest last; what a killed process staged can be swept."""

import hashlib
import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from wenxiao.batch import Run, plan
from wenxiao.batch.storage.publication import keep_failed, publish, staging, strangers, sweep
from wenxiao.model.errors import OutputError
from wenxiao.project.made_files import BACKSTAGE
from wenxiao.project.workspace import Workspace


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run whose outputs are a folder of the test."""
    return Run("report", "临沂 {1}", {}, tmp_path, str(tmp_path / "outputs"))


def write(folder: Path, **files: str) -> None:
    """Writes files called `<name>.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def read(folder: Path) -> dict[str, str]:
    """The files of a folder by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def staged(run: Run) -> list[str]:
    """What is staged beside the run's outputs."""
    return [path.name for path in (Path(run.outputs) / BACKSTAGE / "staging").iterdir()]


def test_staging_is_on_the_file_system_of_the_outputs_and_goes(run: Run) -> None:
    """The folder lies in the hidden folder of the outputs, and is gone afterwards, after an error too."""
    with suppress(KeyError), staging(run) as folder:
        write(folder, report="half")
        assert folder.parent == Path(run.outputs) / BACKSTAGE / "staging"
        raise KeyError
    assert staged(run) == []


def test_publishing_replaces_the_set(run: Run) -> None:
    """Afterwards the run's folder has the new files and no others, and the manifest knows each by size and hash."""
    with staging(run) as folder:
        write(folder, report="old", gone="old")
        publish(folder, run, {})
    with staging(run) as folder:
        write(folder, report="new", results="newer")
        written = publish(folder, run, {"run": run.name})
    found = read(run.folder)
    assert json.loads(found.pop("manifest")) == written
    assert found == {"report": "new", "results": "newer"}
    assert written["run"] == run.name
    assert written["files"] == {
        f"{name}.json": {"sha256": hashlib.sha256(text.encode()).hexdigest(), "size": len(text)}
        for name, text in found.items()
    }


def test_the_manifest_comes_last(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted at any file, the set is without a manifest, and each file is an old or a new one."""
    with staging(run) as folder:
        write(folder, a="old", z="old")
        publish(folder, run, {})
    replace = Path.replace

    def interrupted(self: Path, other: Path) -> Path:
        if self.name == "z.json":
            raise KeyboardInterrupt
        return replace(self, other)

    monkeypatch.setattr(Path, "replace", interrupted)
    with staging(run) as folder:
        write(folder, a="new", z="new")
        with pytest.raises(KeyboardInterrupt):
            publish(folder, run, {})
    assert read(run.folder) == {"a": "new", "z": "old"}


def test_a_kill_between_two_sets_costs_no_later_run(run: Run) -> None:
    """Without a manifest the program still knows which files it made: they are replaced, and what it made no more goes."""
    with staging(run) as folder:
        write(folder, a="old", z="old")
        publish(folder, run, {})
    (run.folder / "manifest.json").unlink()
    with staging(run) as folder:
        write(folder, a="new")
        publish(folder, run, {})
    assert {path.name for path in run.folder.iterdir()} == {"a.json", "manifest.json"}


def test_a_persons_file_stays_and_is_named(run: Run) -> None:
    """A note beside a report outlives every run and is named; one in the place of a report's file is not replaced."""
    write(run.folder, note="mine")
    for text in ("old", "new"):
        with staging(run) as folder:
            write(folder, report=text)
            publish(folder, run, {})
    assert (run.folder / "note.json").read_text(encoding="utf-8") == "mine"
    assert [place.name for place in strangers([run])] == ["note.json"]
    with staging(run) as folder:
        write(folder, note="the program's")
        with pytest.raises(OutputError, match=r"note\.json：这个位置已有不是本程序生成的文件"):
            publish(folder, run, {})
    assert (run.folder / "note.json").read_text(encoding="utf-8") == "mine"
    assert (run.folder / "report.json").read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("linked", ["", "report", "report/a", ".wenxiao", ".wenxiao/staging"])
def test_no_link_is_followed(tmp_path: Path, linked: str) -> None:
    """Where a folder of outputs is a link nothing is written, and what lies behind it stays as it was."""
    behind = tmp_path / "behind"
    write(behind, report="another's", manifest="another's")
    run, place = Run("report", "a", {}, Path("/w"), str(tmp_path / "outputs")), tmp_path / "outputs" / linked
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(behind, target_is_directory=True)
    with pytest.raises(OutputError, match="符号链接"), staging(run) as folder:  # noqa: PT012 - either may refuse
        write(folder, report="new")
        publish(folder, run, {})
    assert read(behind) == {"report": "another's", "manifest": "another's"}


def test_sweeping_takes_one_process_only(run: Run) -> None:
    """What this process staged goes; what another did stays, and so does the run's folder."""
    write(run.folder, a="kept")
    with staging(run) as folder:
        other = folder.parent / f"{socket.gethostname()[:60]}.{os.getpid()}0.x"
        other.mkdir()
        sweep(run, os.getpid())
        assert staged(run) == [other.name]
    assert read(run.folder) == {"a": "kept"}
    sweep(Run("report", "a", {}, Path("/nowhere"), "/nowhere"), 1)


def test_what_dead_processes_staged_goes_with_the_next_staging(run: Run) -> None:
    """A folder of a process that is no more is removed; that of one alive, and of another machine, is not."""
    process = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    host, dead = socket.gethostname()[:60], process.stdout.decode().strip()
    folder = Path(run.outputs) / BACKSTAGE / "staging"
    for name in (f"{host}.{dead}.a", f"{host}.{os.getpid()}.b", f"another-host.{dead}.c"):
        write(folder / name, report="half")
    with staging(run):
        pass
    assert sorted(staged(run)) == sorted([f"{host}.{os.getpid()}.b", f"another-host.{dead}.c"])


def test_half_a_notebook_is_not_kept(one_run: Workspace, tmp_path: Path) -> None:
    """A notebook that a full disk cut short is none: nothing half lies among the outputs."""
    (run,) = plan(one_run)
    half = tmp_path / "report.ipynb"
    half.write_text('{"cells": [', encoding="utf-8")
    keep_failed(run, half)
    assert not run.failed_notebook.exists()
