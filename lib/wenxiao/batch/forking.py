"""Runs on this machine, each in a process forked from a warm parent; and what happens when that parent dies."""

from __future__ import annotations

import tempfile
from collections import Counter, deque
from collections.abc import Generator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from wenxiao.batch.causes import LOST_PARENT, Cause
from wenxiao.batch.executor import NO_KEYS
from wenxiao.batch.order import Order
from wenxiao.batch.publication import sweep_dead
from wenxiao.batch.run import Outcome, Progress, Run
from wenxiao.isolation.helper_process import HelperProcess
from wenxiao.isolation.limits import Limits

_STARTS = 3  # how often a parent may die before it has done anything


class Parent(HelperProcess):
    """A warm parent at the other end of a pipe; it warms up while this process does something else."""

    def __init__(self, root: Path, scratch: Path, limits: Limits) -> None:
        super().__init__("wenxiao.batch.nursery", str(root), str(scratch), scratch=scratch)
        self.connection.send(limits)


class ForkPool:
    """Executes up to `jobs` runs at a time in forks of one warm parent; an Executor.

    If the parent dies, another takes its place. What was running is suspected of having killed it, and runs again when all
    others are done, one at a time; a run during which the parent dies twice has failed.
    """

    def __init__(self, jobs: int, limits: Limits = Limits()) -> None:  # noqa: B008 - frozen
        self.jobs = jobs
        self.limits = limits
        self._parent: Parent | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    def warm_up(self, root: Path) -> None:
        """Nothing; the parent for runs of the workspace at `root` gets ready while this process goes on."""
        if self._scratch is None:
            self._scratch = tempfile.TemporaryDirectory(prefix="wenxiao-", ignore_cleanup_errors=True)
        if self._parent is None:
            self._parent = Parent(root, Path(self._scratch.name), self.limits)

    def close(self) -> None:
        """Nothing; all that was started has ended."""
        if self._parent is not None:
            self._parent.close()
            self._parent = None
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None

    def execute(
        self, runs: Sequence[Run], keys: Mapping[str, str] = NO_KEYS
    ) -> Generator[Progress | Outcome, None, None]:
        """Progress and outcomes; see Executor."""
        try:
            yield from _Batch(self, runs, keys).events()
        finally:
            self.close()

    def renewed(self, root: Path) -> Parent:
        """The parent, a new one if there is none."""
        self.warm_up(root)
        assert self._parent is not None
        return self._parent

    def lose(self) -> str:
        """The last words of the parent, which is no more."""
        assert self._parent is not None
        words = self._parent.last_words()
        self._parent.close()
        self._parent = None
        return words


class _Batch:
    """One call of `execute`: what waits, what is suspected, what runs."""

    def __init__(self, pool: ForkPool, runs: Sequence[Run], keys: Mapping[str, str]) -> None:
        self._pool = pool
        self._keys = keys
        self._waiting = deque(runs)
        self._suspects: deque[Run] = deque()
        self._running: dict[str, Run] = {}
        self._deaths: Counter[str] = Counter()
        self._projects = Counter(_project(run) for run in runs)
        self._stillborn = 0

    def events(self) -> Generator[Progress | Outcome, None, None]:
        while self._waiting or self._suspects or self._running:
            root = next(iter((*self._running.values(), *self._waiting, *self._suspects))).root
            parent = self._pool.renewed(root)
            try:
                self._order(parent)
                event = parent.connection.recv()
            except (EOFError, OSError):
                yield from self._bereaved(self._pool.lose())
                continue
            if event == "ready":
                self._stillborn = 0
                continue
            if isinstance(event, Outcome):
                # The run that was ordered, not the copy that came back: outcomes are kept until the end.
                event = replace(event, run=self._running.pop(event.run.key, event.run))
            yield event

    def _order(self, parent: Parent) -> None:
        """Nothing; as many runs are ordered as there is room for, a suspect only by itself."""
        while self._waiting and len(self._running) < self._pool.jobs:
            run = self._waiting[0]
            parent.connection.send(Order(run, self._keys.get(run.key, ""), self._projects[_project(run)] > 1))
            self._running[run.key] = self._waiting.popleft()
        if self._suspects and not self._running:
            run = self._suspects[0]
            # Its project is not read by the parent: that may have been what killed it.
            parent.connection.send(Order(run, self._keys.get(run.key, "")))
            self._running[run.key] = self._suspects.popleft()

    def _bereaved(self, last_words: str) -> Generator[Outcome, None, None]:
        """The outcomes of the runs that may not try again, now that the parent is no more."""
        if not self._running:
            self._stillborn += 1
        for run in self._running.values():
            sweep_dead(run)
            self._deaths[run.key] += 1
            if self._deaths[run.key] > 1:
                yield Outcome(run, 0.0, failure=LOST_PARENT.failure(run))
            else:
                self._suspects.append(run)
        self._running.clear()
        if self._stillborn >= _STARTS:
            cause = Cause("NoParent", ("执行进程无法启动",), traceback=last_words)
            remaining = (*self._waiting, *self._suspects)
            self._waiting.clear()
            self._suspects.clear()
            with suppress(GeneratorExit):
                for run in remaining:
                    yield Outcome(run, 0.0, failure=cause.failure(run))


def _project(run: Run) -> tuple[object, object]:
    """What runs share that are read and evaluated once."""
    project = run.parameters.get("project")
    return (project if isinstance(project, str) else run.key), str(run.parameters.get("profile", "national"))
