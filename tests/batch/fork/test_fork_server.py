"""One report can do its worst: it costs itself alone, with its cell and its cause named, and nothing of it stays."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from wenxiao.batch import Limits, LocalPool, Outcome, Run
from wenxiao.isolation.limits import MEGABYTE

RunIn = Callable[..., Run]

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here"),
    pytest.mark.timeout(300),
    pytest.mark.acceptance,
]

SECONDS = 20.0
POISON = {
    "endless": ("OutOfTimeError", 4, "超过每份报告的时限 20 秒（--timeout），已停止"),
    "memory": ("MemoryError", 4, "内存超过每份报告的上限（--memory），或机器的内存不足"),
    "crashing": ("ProcessDied", 4, "执行进程崩溃（段错误），是某个库的本机代码出错（SIGSEGV）"),
    "killed": ("ProcessDied", 4, "执行进程被强行结束，可能是内存不足（SIGKILL）"),
    "closing": ("ChannelLost", 4, "单元关闭了不属于它的文件，执行进程与上级失去联系"),
    "flooding": ("OutputLimitError", 4, "输出超过每份报告的上限，已停止"),
    "flooding_beneath": ("OutputLimitError", 4, "输出超过每份报告的上限，已停止"),
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory, run_in: RunIn) -> dict[str, Outcome]:
    """Every poison between good reports, by notebook."""
    root = tmp_path_factory.mktemp("poisoned")
    runs = [run_in(root, kind) for kind in ("ok", *POISON, "leaving", "showing")]
    limits = Limits(SECONDS, 300 * MEGABYTE, 8 * MEGABYTE)
    events = list(LocalPool(2, limits).execute(runs))
    return {event.run.notebook: event for event in events if isinstance(event, Outcome)}


@pytest.mark.parametrize("kind", POISON)
def test_poison_is_named(outcomes: dict[str, Outcome], kind: str) -> None:
    """An endless loop in C, a blow-up of memory or of output, a crash, a kill: each is named with its cell and cause."""
    failure = outcomes[kind].failure
    assert failure is not None
    assert (failure.name, failure.cell, *failure.messages) == POISON[kind]


@pytest.mark.parametrize("kind", POISON)
def test_what_it_showed_is_kept(outcomes: dict[str, Outcome], kind: str) -> None:
    """The notebook is kept with what it had shown, also where its process was killed, and the cell is marked."""
    notebook = nbformat.read(Path(outcomes[kind].run.failed_notebook.path), as_version=4)
    tags = [cell.metadata.get("tags", []) for cell in notebook.cells]
    assert sum("papermill-error-cell-tag" in each for each in tags) == 2
    assert [
        o.ename for cell in notebook.cells for o in cell.get("outputs", ()) if o.output_type == "error"
    ] == [POISON[kind][0]]


@pytest.mark.parametrize(("kind", "text"), [("killed", "shown before\n"), ("endless", "counting\n")])
def test_the_last_words_are_kept(outcomes: dict[str, Outcome], kind: str, text: str) -> None:
    """What was printed before a process was killed is in its notebook."""
    notebook = nbformat.read(Path(outcomes[kind].run.failed_notebook.path), as_version=4)
    assert text in [o.text for cell in notebook.cells for o in cell.get("outputs", ()) if "text" in o]


@pytest.mark.parametrize("kind", ["ok", "showing", "leaving"])
def test_the_others_are_made(outcomes: dict[str, Outcome], kind: str) -> None:
    """The good reports beside them are whole."""
    assert outcomes[kind].failure is None
    assert (outcomes[kind].run.folder / "manifest.json").is_file()


def test_nothing_is_left_behind(outcomes: dict[str, Outcome]) -> None:
    """No process that a report started lives on, in whatever session, and nothing is left that was staged."""
    root = outcomes["leaving"].run.root
    left = [int(number) for number in (root / "left.pid").read_text(encoding="utf-8").split()]
    deadline = time.monotonic() + 5
    while any(map(is_alive, left)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [number for number in left if is_alive(number)] == []
    assert list((root / "outputs" / ".wenxiao" / "staging").iterdir()) == []


def is_alive(process: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
