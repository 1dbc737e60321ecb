"""However a command ends: one sentence, the status that is written down, nothing half-written, and no traceback."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-c", "from wenxiao.cli import main; main()")


@pytest.fixture
def city(workspace_root: Path) -> Path:
    """A workspace with one project to collect and one to report on."""
    collect = workspace_root / "data" / "某市" / "collect"
    collect.mkdir(parents=True)
    (collect / "roster.csv").write_text("县区,填报单位\n甲县,住建局\n乙县,住建局\n", encoding="utf-8")
    (collect / "returned").mkdir()
    (collect / "returned" / "甲县.csv").write_text("资金来源,预算数（万元）\n中央,1\n", encoding="utf-8")
    return workspace_root


def call(
    words: Sequence[str], cwd: Path, limit: int | None = None, **options: object
) -> subprocess.CompletedProcess[str]:
    """A command in a workspace, with at most so many bytes in a file, as a full disk refuses them."""

    def confined() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [*COMMAND, *words], cwd=cwd, text=True, check=False, preexec_fn=confined, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, **{"stdout": subprocess.PIPE, **options},
    )  # fmt: skip


def sound(done: subprocess.CompletedProcess[str], status: int) -> None:
    """The status, one sentence, no traceback."""
    assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [("collect", "send", "某市"), ("collect", "receive", "某市"), ("new", "另一个"), ("gather",)],
    ids=" ".join,
)
def test_no_room_is_status_three(city: Path, words: Sequence[str]) -> None:
    """Where a file cannot be written the command ends with 3 and a sentence, and no half file or temporary one lies about."""
    before = {path for path in city.rglob("*") if path.is_file()}
    done = call(words, city, limit=16)
    sound(done, 3)
    assert len(done.stderr.splitlines()) <= 2
    left = {path for path in city.rglob("*") if path.is_file()} - before
    assert not [path for path in left if path.stat().st_size or path.name.startswith(".甲")], left


def test_outputs_behind_a_link_are_refused_by_a_rehearsal_too(city: Path) -> None:
    """`run` and `run --dry-run` both end with 3 where outputs are a link or no folder."""
    (city / "elsewhere").mkdir()
    (city / "outputs").rmdir()
    (city / "outputs").symlink_to(city / "elsewhere", target_is_directory=True)
    (city / "notebooks" / "own.ipynb").write_text('{"cells": []}', encoding="utf-8")
    (city / "parameters" / "own").mkdir()
    (city / "parameters" / "own" / "a.yaml").touch()
    (city / "file").touch()
    for words in (
        ("run",),
        ("run", "--dry-run"),
        ("run", "--output", "file"),
        ("run", "--dry-run", "--output", "file/x"),
    ):
        sound(call(words, city), 3)
    assert not list((city / "elsewhere").iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("check", "data/某市/collect/returned/甲县.csv"), marks=pytest.mark.acceptance),
        ("--help",),
        pytest.param(("collect", "status", "某市"), marks=pytest.mark.acceptance),
    ],
    ids=" ".join,
)
def test_nobody_can_read_what_is_said(city: Path, words: Sequence[str]) -> None:
    """A standard output that is full or closed, before or meanwhile, is no traceback."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        sound(call(words, city, stdout=full), 3)
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as closed:
        done = call(words, city, stdout=closed)
    assert "Traceback" not in done.stderr
    assert done.returncode in (1, 3)
    shell = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *COMMAND, *words],
        cwd=city,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert "Traceback" not in shell.stderr


@pytest.mark.acceptance
def test_an_interruption_at_any_moment_is_one_sentence(city: Path) -> None:
    """Ctrl-C while a command loads or works ends it within two seconds with 130, or it had ended."""
    ready = "import sys; from wenxiao.cli import main; print('ready', flush=True); main()"
    for moment in (0.15, 0.4, 0.8, 1.3, 2.0):
        process = subprocess.Popen(
            [sys.executable, "-c", ready, "collect", "receive", "某市"],
            cwd=city,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"  # before, no line of the program has run
        time.sleep(moment)
        process.send_signal(signal.SIGINT)
        start = time.monotonic()
        _, said = process.communicate(timeout=30)
        assert time.monotonic() - start < 4  # two where nothing else runs beside
        assert "Traceback" not in said, said
        assert process.returncode in (0, 1, 130, -signal.SIGINT)


@pytest.mark.parametrize(
    "words",
    [
        ("collect", "status"),
        *(pytest.param((word,), marks=pytest.mark.acceptance) for word in ("check", "new", "run", "deliver")),
    ],
    ids=" ".join,
)
def test_a_name_too_long_is_a_sentence(city: Path, words: Sequence[str]) -> None:
    """A project, a file or a run whose name no file system holds is refused by a sentence."""
    sound(call((*words, "甲" * 300), city), 2)
