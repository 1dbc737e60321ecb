"""What the terminal shows of runs: a line for each while it works, then one table; plain lines where it is no terminal."""

from __future__ import annotations

import time
from collections import Counter
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
from upath import UPath

from wenxiao.batch.planning.resume import Decision
from wenxiao.batch.run import Outcome, Run
from wenxiao.batch.run import Progress as AtCell
from wenxiao.language import _, ngettext
from wenxiao.model.quantity import Missing
from wenxiao.project.place import local, without_password


def watch(
    events: Iterable[AtCell | Outcome], runs: Sequence[Run], screen: Console
) -> Generator[Outcome, None, None]:
    """The outcomes among `events` as they come, while `screen` shows how far the runs are."""
    if not screen.is_terminal:
        yield from _log(events, len(runs), screen)
        return
    lines = Progress(TextColumn("{task.description}"), TextColumn("{task.fields[cell]}"), TimeElapsedColumn())
    overall = Progress(
        TextColumn(_("all")),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("[red]{task.fields[failed]}"),
    )
    everything = overall.add_task("", total=len(runs), rate="", failed="")
    at_work: dict[str, TaskID] = {}
    start, done, failed = time.monotonic(), 0, 0
    with Live(Group(lines, overall), console=screen, transient=True):
        for event in events:
            key = event.run.key
            if isinstance(event, AtCell):
                if key not in at_work:
                    at_work[key] = lines.add_task(escape(key), total=None, cell="")
                lines.update(
                    at_work[key], cell=_("cell {cell}/{cells}").format(cell=event.cell, cells=event.cells)
                )
                continue
            if key in at_work:
                lines.remove_task(at_work.pop(key))
            done += 1
            a_minute = 60 * done / (time.monotonic() - start)
            failed += event.failure is not None
            overall.update(
                everything,
                completed=done,
                rate=_("{rate} a minute").format(rate=f"{a_minute:.0f}"),
                failed=_("{count} failed").format(count=failed) if failed else "",
            )
            if event.failure:
                screen.print(Text(_("failed {run}").format(run=key), style="red"))
            yield event


def _log(events: Iterable[AtCell | Outcome], total: int, screen: Console) -> Generator[Outcome, None, None]:
    done = 0
    for event in events:
        if isinstance(event, Outcome):
            done += 1
            words = _("failed {run} {seconds} s") if event.failure else _("done {run} {seconds} s")
            line = words.format(run=event.run.key, seconds=f"{event.seconds:.1f}")
            screen.print(Text(f"[{done}/{total}] {line}"))
            yield event


_LISTED = 40
"""So many runs have a line each; of more, only the failures, and the others are counted."""


def failures(outcomes: Iterable[Outcome], here: Path, *, traceback: bool = False, log: str = "") -> Text:
    """Why runs failed: the cell, the cause, and where the marked notebook is; of very many, where the log is."""
    text = Text()
    failed = [outcome for outcome in outcomes if outcome.failure]
    for outcome in failed[:_LISTED]:
        failure = outcome.failure
        if failure is None:
            continue
        text.append(_("{run} failed").format(run=outcome.run.key), style="bold red")
        where = _(": code cell {number} ({line})").format(number=failure.cell, line=failure.line)
        text.append(f"{where if failure.cell else ''}\n")
        for message in failure.messages:
            text.append(f"  {message}\n", style="red")
        if _is_there(outcome.run.failed_notebook):
            marked = shown(outcome.run.failed_notebook, here)
            text.append("  " + _("the marked notebook: {path}").format(path=marked) + "\n")
        if traceback and failure.traceback:
            text.append(Text.from_ansi(failure.traceback))
            text.append("\n")
    if len(failed) > _LISTED:
        left = len(failed) - _LISTED
        words = _("… and {count} more failed: see {log}") if log else _("… and {count} more failed")
        text.append(words.format(count=left, log=log) + "\n", style="red")
    return text


def summary(outcomes: Sequence[Outcome], here: Path) -> Table:
    """One line a run: score, grade, execution rate, findings, seconds, and where the report is; of many, one a notebook."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    if len(outcomes) > _LISTED:
        return _counted(outcomes, table)
    table.add_column(_("run"), no_wrap=True)
    for title in (_("score"), _("grade"), _("execution"), _("findings"), _("seconds")):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column(_("report"), overflow="fold")
    for outcome in outcomes:
        if outcome.failure or outcome.headline is None:
            cells: list[str | Text] = [Text(_("failed"), style="red"), "", "", ""]
            place = ""
        else:
            cells = list(_headline(outcome.headline))
            place = shown(outcome.run.place / "report.html", here)
        table.add_row(Text(outcome.run.key), *cells, f"{outcome.seconds:.1f}", Text(place))
    return table


def _counted(outcomes: Sequence[Outcome], table: Table) -> Table:
    table.add_column(_("notebook"), no_wrap=True)
    for title in (_("made"), _("failed"), _("grades"), _("findings"), _("seconds each")):
        table.add_column(title, justify="right")
    for notebook in dict.fromkeys(outcome.run.notebook for outcome in outcomes):
        own = [outcome for outcome in outcomes if outcome.run.notebook == notebook]
        made = [outcome.headline for outcome in own if outcome.headline is not None]
        grades = Counter(headline["grade"] for headline in made if headline["grade"])
        counts = [sum(headline["findings"].values()) for headline in made if headline["findings"] is not None]
        table.add_row(
            Text(notebook),
            str(len(made)),
            str(len(own) - len(made)),
            "  ".join(f"{grade} {count}" for grade, count in grades.most_common()),
            str(sum(counts)),
            f"{sum(outcome.seconds for outcome in own) / len(own):.2f}",
        )
    return table


def planned(decisions: Sequence[Decision], screen: Console) -> Table:
    """What would run and why: a line a run that is due, the others counted by their reason."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(_("run"), no_wrap=True)
    table.add_column(_("why"), overflow="fold")
    due = [decision for decision in decisions if decision.due]
    shown_at_most = _LISTED if screen.is_terminal else len(due)
    for decision in due[:shown_at_most]:
        table.add_row(Text(decision.run.key), Text(decision.reason))
    if len(due) > shown_at_most:
        table.add_row(_("… and {count} more").format(count=len(due) - shown_at_most), "")
    for reason, count in Counter(each.reason for each in decisions if not each.due).most_common():
        table.add_row(_("not due: {count}").format(count=count), Text(reason))
    return table


def _headline(headline: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Score, grade, execution rate and findings; a run on several projects has no score."""
    found = headline["findings"]
    counted = "" if found is None else str(sum(found.values()))
    if found is not None and found["error"]:
        errors = found["error"]
        words = ngettext("{total} ({errors} error)", "{total} ({errors} errors)", errors)
        counted = words.format(total=counted, errors=errors)
    if headline["score"] is None:
        return "", "", "", counted
    grade = headline["grade"] or Missing.NOT_PROVIDED.label
    return headline["score"]["text"], grade, headline["execution"]["text"], counted


def shown(place: UPath | Path, here: Path) -> str:
    """A local path as short as it can be said from `here`; another place by its address, without a password."""
    path = place if isinstance(place, Path) else local(place)
    if path is None:
        return without_password(str(place))
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _is_there(place: UPath) -> bool:
    try:
        return bool(place.exists())
    except OSError:  # a store that does not answer
        return False
