"""The comparison of two sides: each run that both have, the runs on one side only, what could not be read."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from typing import Any

from wenxiao.model import Problem, RunError
from wenxiao.project.place import read_all
from wenxiao.reports.comparison.change import Change, Kind, Part
from wenxiao.reports.comparison.difference import differences
from wenxiao.reports.comparison.side import Side, read_results, side_of
from wenxiao.reports.records import Results

SCHEMA_VERSION = 1
"""Of the comparison as data."""


@dataclass(frozen=True, slots=True)
class RunComparison:
    """A run that both sides have: its name ('' where two single runs are compared), its title, what changed."""

    name: str
    title: str
    changes: tuple[Change, ...]

    @property
    def moved(self) -> bool:
        """Whether anything differs beside the versions of the software."""
        return any(change.part is not Part.VERSION for change in self.changes)

    def of(self, part: Part) -> tuple[Change, ...]:
        """The changes in one part of the results."""
        return tuple(change for change in self.changes if change.part is part)

    def first(self, what: str) -> Change | None:
        """The change of one thing of the verdict."""
        return next((change for change in self.of(Part.VERDICT) if change.what == what), None)

    def counted(self, part: Part) -> str:
        """How many changes of a part there are, by kind; empty without any."""
        kinds = Counter(change.kind for change in self.of(part))
        return "、".join(f"{kind.value} {kinds[kind]}" for kind in Kind if kinds[kind])


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides compared: the runs of both in the order of their names, the names on one side only, the problems."""

    before: str
    after: str
    runs: tuple[RunComparison, ...]
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def moved(self) -> tuple[RunComparison, ...]:
        """The runs in which something moved."""
        return tuple(run for run in self.runs if run.moved)

    @property
    def parts_moved(self) -> tuple[Part, ...]:
        """The parts below the verdict in which any run moved."""
        below = (part for part in Part if part not in (Part.VERDICT, Part.VERSION))
        return tuple(part for part in below if any(run.of(part) for run in self.moved))

    @property
    def status(self) -> int:
        """0 the same, 1 something moved, 2 something could not be compared."""
        if self.problems:
            return 2
        return int(bool(self.moved or self.gone or self.added))

    @property
    def record(self) -> dict[str, Any]:
        """The comparison as data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "before": self.before,
            "after": self.after,
            "gone": list(self.gone),
            "added": list(self.added),
            "problems": [str(problem) for problem in self.problems],
            "runs": [
                {
                    "run": run.name,
                    "title": run.title,
                    "moved": run.moved,
                    "changes": [change.record for change in run.changes],
                }
                for run in self.runs
            ],
        }


def compare(before: str | os.PathLike[str], after: str | os.PathLike[str]) -> Comparison:
    """What moved from one side to the other; each is a results.json, a run's folder, a folder of outputs, or an address.

    Runs of two folders of outputs are matched by their names. Raises RunError where a side holds nothing to compare or
    one is a run and the other a folder of many; a single broken run among many is a problem of the comparison.
    """
    old, new = side_of(before), side_of(after)
    if old.several != new.several:
        one, many = (new, old) if old.several else (old, new)
        raise RunError(
            Problem(
                "一边是一次运行，另一边是许多次",
                value=f"{one.shown} 与 {many.shown}",
                rule="两边同是一次运行，或同是 outputs 文件夹",
                remedy=f"指明 {many.shown} 中的一次运行",
            )
        )
    runs: list[RunComparison] = []
    problems: list[Problem] = []
    for name in (name for name in sorted(new.runs) if name in old.runs):
        try:
            runs.append(_compared(name, old, new))
        except RunError as error:
            problems += error.problems
    if problems and not old.several:
        raise RunError(problems)
    gone = tuple(sorted(old.runs.keys() - new.runs.keys()))
    added = tuple(sorted(new.runs.keys() - old.runs.keys()))
    return Comparison(old.shown, new.shown, tuple(runs), gone, added, tuple(problems))


def _compared(name: str, old: Side, new: Side) -> RunComparison:
    contents = read_all((old.runs[name], new.runs[name]))
    first, second = (contents.get(side.runs[name]) for side in (old, new))
    shown = [str(side.runs[name]) if name else side.shown for side in (old, new)]
    if first is None or second is None:
        raise RunError(Problem("读取时文件已不在", file=name, remedy="再比较一次"))
    problems: list[Problem] = []
    read: list[Results] = []
    for content, file in zip((first, second), shown, strict=True):
        try:
            read.append(read_results(content, file))
        except RunError as error:
            problems += error.problems
    if problems:
        raise RunError(problems)
    changes = () if first == second else differences(read[0], read[1])
    return RunComparison(name, _title(read[1]), changes)


def _title(results: Results) -> str:
    """Whom a run is about."""
    subject = results.subject
    if subject is None:
        return f"{len(results.members)} 个项目"
    return " · ".join(part for part in (subject.title, subject.district, subject.year) if part)
