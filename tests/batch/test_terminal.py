"""What a terminal shows, and what a file or a pipe gets instead."""

import io
from contextlib import closing
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text
from wenxiao.batch import Failure, Outcome, Progress, Run
from wenxiao.batch.terminal import failures, summary, watch

ROOT = Path("/w")
GOOD, BAD = (Run("report", name, {}, ROOT, str(ROOT / "outputs")) for name in ("[good]", "bad"))
EVENTS = (
    Progress(GOOD, 1, 3),
    Progress(BAD, 2, 7),
    Outcome(GOOD, 1.0, {"score": None, "findings": {"error": 0, "warning": 0, "hint": 0}}),
    Outcome(BAD, 2.0, failure=Failure("report", "bad", "ValueError", ("[not] markup",))),
)


def screen(width: int = 100) -> Console:
    """A terminal of that many columns that writes into memory."""
    return Console(file=io.StringIO(), force_terminal=True, width=width, color_system="standard", _environ={})


def written(console: Console) -> str:
    """What was written on a screen in memory, without its colours."""
    assert isinstance(console.file, io.StringIO)
    return Text.from_ansi(console.file.getvalue()).plain


def test_a_line_a_run_while_it_works() -> None:
    """A terminal shows name, cell and seconds of each run at work, a bar with rate, and failures as they come."""
    terminal = screen()
    outcomes = [outcome.run for outcome in watch(EVENTS, (GOOD, BAD), terminal)]
    text = written(terminal)
    assert outcomes == [GOOD, BAD]
    assert "failed report/bad" in text
    assert "2/2 " in text


def test_what_is_shown_at_work() -> None:
    """The lines name the run as it is, brackets too, and the cell it has come to."""
    terminal = screen()
    with closing(watch(EVENTS, (GOOD, BAD), terminal)) as outcomes:
        next(outcomes)
    assert "report/bad cell 2/7" in written(terminal)


def test_the_table_fits_and_names_everything() -> None:
    """A run on several projects has findings and no score; a failed one says so; nothing is taken for markup."""
    terminal = screen(80)
    terminal.print(summary([EVENTS[2], EVENTS[3]], ROOT))
    lines = written(terminal).splitlines()
    assert lines[0].split() == ["run", "score", "grade", "execution", "findings", "seconds", "report"]
    assert lines[1].split()[:3] == ["report/[good]", "0", "1.0"]
    assert any(line.split() == ["report/bad", "failed", "2.0"] for line in lines)


def test_failures_are_not_markup() -> None:
    """A message is shown as it was written."""
    assert failures([EVENTS[3]], ROOT).plain == "report/bad failed\n  [not] markup\n"


@pytest.mark.usefixtures("chinese")
def test_all_of_it_in_chinese() -> None:
    """Progress, table, failures and reasons are Chinese where Chinese is spoken."""
    console = Console(file=io.StringIO(), width=100)
    list(watch(EVENTS, (GOOD, BAD), console))
    assert written(console).splitlines() == [
        "[1/2] 完成 report/[good] 1.0 秒",
        "[2/2] 失败 report/bad 2.0 秒",
    ]
    console.print(summary([EVENTS[2], EVENTS[3]], ROOT))
    assert written(console).splitlines()[2].split() == [
        "运行",
        "得分",
        "等级",
        "执行率",
        "核对差异",
        "秒",
        "报告",
    ]
    failed = Outcome(BAD, 2.0, failure=Failure("report", "bad", "ValueError", ("坏",), 3, "x = 1"))
    assert failures([failed], ROOT).plain == "report/bad 失败：第 3 个代码单元（x = 1）\n  坏\n"


@pytest.mark.parametrize(("errors", "words"), [(0, "3"), (1, "4 (1 error)"), (2, "5 (2 errors)")])
def test_errors_are_counted_in_words(errors: int, words: str) -> None:
    """One error is one error."""
    headline = {"score": None, "findings": {"error": errors, "warning": 3, "hint": 0}}
    console = Console(file=io.StringIO(), width=100)
    console.print(summary([Outcome(GOOD, 1.0, headline)], ROOT))
    assert f" {words}  " in written(console)
