"""Whatever interrupts the publishing of a report, no file is half and no manifest lies."""

import errno
import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from wenxiao.batch import Run
from wenxiao.batch.storage.publication import publish, staging
from wenxiao.project.made_files import BACKSTAGE

from tests.conftest import lacking

FOREVER = Path(__file__).with_name("publishing_forever.py")


def start(outputs: Path, name: str, times: int) -> subprocess.Popen[str]:
    """A process that publishes to `outputs`, once it has begun."""
    process = subprocess.Popen(
        [sys.executable, FOREVER, outputs, name, str(times)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def state(folder: Path) -> str | None:
    """The set that the manifest of a folder names, None if there is none; fails if the files are of another set."""
    path = folder / "manifest.json"
    if not path.exists():
        return None
    manifest = json.loads(path.read_bytes())
    there = {each.name: each.read_bytes() for each in folder.iterdir() if each != path}
    assert {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in there.items()
    } == manifest["files"]
    assert all(content.decode().startswith(manifest["set"]) for content in there.values())
    return str(manifest["set"])


@pytest.mark.acceptance
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_kill_at_any_moment(tmp_path: Path) -> None:
    """Killed at many random moments, the folder is whole by its manifest or has none, and each file is of one set."""
    outputs, rng = tmp_path / "outputs", random.Random(6)
    folder, found = outputs / "report" / "one", []
    for _ in range(12):
        process = start(outputs, "a", 100_000)
        with suppress(subprocess.TimeoutExpired):
            process.wait(rng.uniform(0, 0.05))
        process.kill()
        process.communicate()
        if folder.is_dir():
            for path in folder.iterdir():
                words = path.read_text(encoding="utf-8").split() if path.suffix != ".json" else []
                assert len(set(words)) <= 2, f"{path.name} is of two sets"
            assert not [
                path.name for path in folder.iterdir() if path.suffix == "" or path.name.startswith(".wen")
            ]
            found.append(state(folder))
    assert any(found)
    run = Run("report", "one", {}, tmp_path, str(outputs))
    with staging(run) as staged:
        assert [path.name for path in staged.parent.iterdir()] == [staged.name], (
            "what the killed left is swept"
        )
        (staged / "report.html").write_text("b 0", encoding="utf-8")
        publish(staged, run, {"set": "b 0"})
    assert state(folder) == "b 0"
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.acceptance
def test_two_processes_on_one_folder(tmp_path: Path) -> None:
    """Processes that publish to the same run at once leave the set of one of them, and none of them fails."""
    outputs = tmp_path / "outputs"
    processes = [start(outputs, name, 60) for name in ("a", "b", "c")]
    assert [process.wait(120) for process in processes] == [0, 0, 0]
    for process in processes:
        process.communicate()
    last = state(outputs / "report" / "one")
    assert last is not None
    assert last.endswith(" 59")
    assert list((outputs / BACKSTAGE / "staging").iterdir()) == []


class _FullDisk:
    """Counts what takes room on a disk, and refuses from the n-th on."""

    def __init__(self, room: int) -> None:
        self.room = room

    def limited(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, until there is no room."""

        def call(*arguments: Any, **options: Any) -> Any:
            if self.room == 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            self.room -= 1
            return function(*arguments, **options)

        return call

    @staticmethod
    def refuses(attempt: Callable[[str], None], name: str) -> bool:
        """Whether there was not room enough; any other error comes through."""
        try:
            attempt(name)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            return True
        return False


def test_a_disk_that_is_full_at_any_step(tmp_path: Path) -> None:
    """Without room at the n-th step the publishing fails with the system's error, and what is there is a whole set or none."""
    run = Run("report", "one", {}, tmp_path, str(tmp_path / "outputs"))

    def attempt(name: str) -> None:
        with staging(run) as folder:
            for file in ("report.html", "results.json"):
                (folder / file).write_text(f"{name} " * 9, encoding="utf-8")
            publish(folder, run, {"set": name})

    attempt("former")
    steps, failed = 0, True
    while failed:
        disk = _FullDisk(steps)
        with pytest.MonkeyPatch.context() as patch:
            for name in ("write_text", "write_bytes", "replace", "mkdir"):
                patch.setattr(Path, name, disk.limited(getattr(Path, name)))
            failed = disk.refuses(attempt, f"new-{steps}")
        assert state(run.folder) in {"former", f"new-{steps}", None}
        assert not [path for path in run.folder.iterdir() if path.name.startswith(".")]
        steps += 1
    assert state(run.folder) == f"new-{steps - 1}"
    assert steps > 6


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KB, where one can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        lacking("no file system can be mounted here: it takes root on Linux")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_real_disk_that_fills_up(small_disk: Path) -> None:
    """On a disk that is too small the former report stays, whole, and nothing is left of the new one."""
    run = Run("report", "one", {}, small_disk, str(small_disk / "outputs"))

    def attempt(name: str, size: int) -> None:
        with staging(run) as folder:
            for file in ("report.html", "results.json"):
                (folder / file).write_text(name + " " * size, encoding="utf-8")
            publish(folder, run, {"set": name})

    attempt("former", 1000)
    for size in (500_000, 200_000, 125_000):
        with pytest.raises(OSError, match="No space left"):
            attempt("new", size)
        assert state(run.folder) == "former"
    attempt("newer", 2000)
    assert state(run.folder) == "newer"
