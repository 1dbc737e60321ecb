"""Runs on this machine, each in a child of the fork server; and the restart of a fork server that died."""

from __future__ import annotations

import tempfile
from collections import Counter, deque
from collections.abc import Generator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from wenxiao.batch.fork.messages import ForkTask
from wenxiao.batch.notebook.causes import LOST_SERVER, Cause
from wenxiao.batch.run import NO_KEYS, Outcome, Progress, Run
from wenxiao.batch.storage.publication import sweep_dead
from wenxiao.isolation.helper_process import HelperProcess
from wenxiao.isolation.limits import Limits

_STARTS = 3  # how often a fork server may die before it is ready


class ForkServerProcess(HelperProcess):
    """A fork server at the other end of a pipe; it preloads while this process goes on."""

    def __init__(self, root: Path, scratch: Path, limits: Limits) -> None:
        super().__init__("wenxiao.batch.fork.fork_server", str(root), str(scratch), scratch=scratch)
        self.connection.send(limits)


class ForkPool:
    """Executes up to `jobs` runs at a time in children of one fork server; an Executor.

    If the fork server dies, another is started. What was running is suspected of having killed it, and runs again when all
    others are done, one at a time; a run during which it dies twice has failed.
    """

    def __init__(self, jobs: int, limits: Limits = Limits()) -> None:  # noqa: B008 - frozen
        self.jobs = jobs
        self.limits = limits
        self._server: ForkServerProcess | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    def preload(self, root: Path) -> None:
        """Starts a fork server for the workspace at `root`, which preloads while this process goes on."""
        if self._scratch is None:
            self._scratch = tempfile.TemporaryDirectory(prefix="wenxiao-", ignore_cleanup_errors=True)
        if self._server is None:
            self._server = ForkServerProcess(root, Path(self._scratch.name), self.limits)

    def close(self) -> None:
        """Ends the fork server and all it started, and deletes its temporary files."""
        if self._server is not None:
            self._server.close()
            self._server = None
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

    def server(self, root: Path) -> ForkServerProcess:
        """The fork server, a new one if there is none."""
        self.preload(root)
        assert self._server is not None
        return self._server

    def discard_server(self) -> str:
        """Closes the fork server that died; the end of what it wrote, for programmers."""
        assert self._server is not None
        output = self._server.output_tail()
        self._server.close()
        self._server = None
        return output


class _Batch:
    """One call of `execute`: what waits, what is suspected, what runs."""

    def __init__(self, pool: ForkPool, runs: Sequence[Run], keys: Mapping[str, str]) -> None:
        self._pool = pool
        self._keys = keys
        self._waiting = deque(runs)
        self._suspects: deque[Run] = deque()
        self._running: dict[str, Run] = {}
        self._crashes: Counter[str] = Counter()
        self._projects = Counter(_project(run) for run in runs)
        self._failed_starts = 0

    def events(self) -> Generator[Progress | Outcome, None, None]:
        while self._waiting or self._suspects or self._running:
            root = next(iter((*self._running.values(), *self._waiting, *self._suspects))).root
            server = self._pool.server(root)
            try:
                self._send_tasks(server)
                event = server.connection.recv()
            except (EOFError, OSError):
                yield from self._server_died(self._pool.discard_server())
                continue
            if event == "ready":
                self._failed_starts = 0
                continue
            if isinstance(event, Outcome):
                # The run that was sent, not the copy that came back: outcomes are kept until the end.
                event = replace(event, run=self._running.pop(event.run.key, event.run))
            yield event

    def _send_tasks(self, server: ForkServerProcess) -> None:
        """Sends as many tasks as there is room for; a suspect only when nothing else runs."""
        while self._waiting and len(self._running) < self._pool.jobs:
            run = self._waiting[0]
            server.connection.send(
                ForkTask(run, self._keys.get(run.key, ""), self._projects[_project(run)] > 1)
            )
            self._running[run.key] = self._waiting.popleft()
        if self._suspects and not self._running:
            run = self._suspects[0]
            # Its project is not preloaded: that may have been what killed it.
            server.connection.send(ForkTask(run, self._keys.get(run.key, "")))
            self._running[run.key] = self._suspects.popleft()

    def _server_died(self, output_tail: str) -> Generator[Outcome, None, None]:
        """The outcomes of the runs that may not try again, now that the fork server has died."""
        if not self._running:
            self._failed_starts += 1
        for run in self._running.values():
            sweep_dead(run)
            self._crashes[run.key] += 1
            if self._crashes[run.key] > 1:
                yield Outcome(run, 0.0, failure=LOST_SERVER.failure(run))
            else:
                self._suspects.append(run)
        self._running.clear()
        if self._failed_starts >= _STARTS:
            cause = Cause("NoParent", ("执行进程无法启动",), traceback=output_tail)
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
