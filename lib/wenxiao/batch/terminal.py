"""What the terminal shows of runs: a line for each while it works, then one table; plain lines where it is no terminal."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console, Group
from rich.live import Live
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from wenxiao.batch.run import Outcome, Run
from wenxiao.batch.run import Progress as AtCell
from wenxiao.model.errors import WenxiaoError
from wenxiao.model.missing import Missing

_PLAIN_WIDTH = 200  # a file or a pipe has no width of its own, and a table in it should not be folded


def console(*, stderr: bool = False) -> Console:
    """A console that folds nothing where there is no terminal; rich honours NO_COLOR."""
    made = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    if not made.is_terminal:
        made.width = _PLAIN_WIDTH
    return made


def watch(
    events: Iterable[AtCell | Outcome], runs: Sequence[Run], screen: Console
) -> Generator[Outcome, None, None]:
    """The outcomes among `events` as they come, while `screen` shows how far the runs are."""
    if not screen.is_terminal:
        yield from _log(events, len(runs), screen)
        return
    lines = Progress(TextColumn("{task.description}"), TextColumn("{task.fields[cell]}"), TimeElapsedColumn())
    overall = Progress(
        TextColumn("all"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    everything = overall.add_task("", total=len(runs), rate="")
    at_work: dict[str, TaskID] = {}
    start, done = time.monotonic(), 0
    with Live(Group(lines, overall), console=screen, transient=True):
        for event in events:
            key = event.run.key
            if isinstance(event, AtCell):
                if key not in at_work:
                    at_work[key] = lines.add_task(escape(key), total=None, cell="")
                lines.update(at_work[key], cell=f"cell {event.cell}/{event.cells}")
                continue
            if key in at_work:
                lines.remove_task(at_work.pop(key))
            done += 1
            a_minute = 60 * done / (time.monotonic() - start)
            overall.update(everything, completed=done, rate=f"{a_minute:.0f} a minute")
            if event.failure:
                screen.print(Text(f"failed {key}", style="red"))
            yield event


def _log(events: Iterable[AtCell | Outcome], total: int, screen: Console) -> Generator[Outcome, None, None]:
    done = 0
    for event in events:
        if isinstance(event, Outcome):
            done += 1
            word = "failed" if event.failure else "done"
            screen.print(Text(f"[{done}/{total}] {word} {event.run.key} {event.seconds:.1f} s"))
            yield event


def complaint(error: WenxiaoError, heading: str) -> Text:
    """All problems of an error, a line each."""
    text = Text(heading + "\n", style="bold red")
    for problem in error.problems:
        text.append(f"  {problem}\n", style="not bold red")
    return text


def failures(outcomes: Iterable[Outcome], here: Path, *, traceback: bool = False) -> Text:
    """Why runs failed: the cell, the cause, and where the marked notebook is."""
    text = Text()
    for outcome in outcomes:
        failure = outcome.failure
        if failure is None:
            continue
        text.append(f"{outcome.run.key} failed", style="bold red")
        text.append(f": {failure.where}\n" if failure.where else "\n")
        for message in failure.messages:
            text.append(f"  {message}\n", style="red")
        if outcome.run.failed_notebook.exists():
            text.append(f"  the marked notebook: {shown(Path(outcome.run.failed_notebook.path), here)}\n")
        if traceback and failure.traceback:
            text.append(Text.from_ansi(failure.traceback))
            text.append("\n")
    return text


def summary(outcomes: Sequence[Outcome], here: Path) -> Table:
    """One line a run: score, grade, execution rate, findings, seconds, and where the report is."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("run", no_wrap=True)
    for title in ("score", "grade", "execution", "findings", "seconds"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("report", overflow="fold")
    for outcome in outcomes:
        if outcome.failure or outcome.results is None:
            cells: list[str | Text] = [Text("failed", style="red"), "", "", ""]
            place = ""
        else:
            cells = list(_headline(outcome.results))
            place = shown(outcome.run.folder / "report.html", here)
        table.add_row(Text(outcome.run.key), *cells, f"{outcome.seconds:.1f}", Text(place))
    return table


def _headline(results: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Score, grade, execution rate and findings, as `results.json` words them; a run on several projects has no score."""
    findings = [finding for part in (results, *results["members"]) for finding in part["findings"]]
    errors = sum(finding["severity"] == "error" for finding in findings)
    counted = f"{len(findings)} ({errors} error{'s' * (errors != 1)})" if errors else str(len(findings))
    verdict = results["verdict"]
    if verdict is None:
        return "", "", "", counted
    grade = verdict["grade"] or Missing.NOT_PROVIDED.label
    return verdict["score"]["text"], grade, verdict["execution_rate"]["text"], counted


def shown(path: Path, here: Path) -> str:
    """A path as short as it can be said from `here`."""
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
