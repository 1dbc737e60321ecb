"""The fork server: a process that has everything loaded and forks a child for each report.

It runs by itself (`python -m wenxiao.batch.fork.fork_server`), single-threaded, without event loop or sockets of any library, so that
forking it is safe. It takes tasks from the command through a pipe, and sends back every cell reached and one outcome a
task. It ends, and with it all it has started, when the other end of the pipe closes.
"""

from __future__ import annotations

import wenxiao.reports.lean  # isort: skip # noqa: F401 - before anything loads nbformat

import os
import select
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from wenxiao.batch.fork.child import CHANNEL_LOST, ChildEnvironment, outcome_of, run_child
from wenxiao.batch.fork.crash_report import Journal, fixed_size_file, keep_crashed_notebook
from wenxiao.batch.fork.messages import ForkTask, MessageReader
from wenxiao.batch.fork.preload import Preloaded
from wenxiao.batch.notebook.causes import Cause, of_end, of_lateness
from wenxiao.batch.notebook.secrets import secrets_of
from wenxiao.batch.run import Outcome, Progress
from wenxiao.batch.storage.publication import sweep
from wenxiao.isolation.client import close as close_worker
from wenxiao.isolation.limits import Limits
from wenxiao.isolation.process import adopt_orphans
from wenxiao.project.workspace import ROOT_VARIABLE, is_workspace

_LONGEST_READING = 600.0  # seconds for the shared project of several runs


@dataclass
class _Child:
    process: int
    task: ForkTask
    reader: MessageReader
    environment: ChildEnvironment
    start: float = field(default_factory=time.monotonic)
    cell: int = 0
    outcome: Outcome | None = None
    overdue: bool = False


class _DisconnectedError(Exception):
    """The command has ended, or has closed the pipe."""


class ForkServer:
    """Children by process number, and the pipe to the command."""

    def __init__(self, connection: Connection, scratch: Path, limits: Limits) -> None:
        self._connection = connection
        self._scratch = scratch
        self._limits = limits
        self._children: dict[int, _Child] = {}
        self._ends, wakes = os.pipe()
        for end in (self._ends, wakes):
            os.set_blocking(end, False)
        self._own = (connection.fileno(), self._ends, wakes)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
        self._preloaded = Preloaded()
        self._wanted: list[str] = []

    def serve(self) -> None:
        """Executes tasks until the command closes the pipe."""
        try:
            self._send("ready")
            while True:
                for ready in self._ready():
                    if ready == self._connection.fileno():
                        self._start(self._receive_task())
                    elif ready == self._ends:
                        self._reap_children()
                    else:
                        self._read_from(ready)
                self._kill_overdue()
        except _DisconnectedError:
            return
        finally:
            self._kill_all()

    def _receive_task(self) -> ForkTask:
        try:
            task: ForkTask = self._connection.recv()
        except (EOFError, OSError):
            raise _DisconnectedError from None
        return task

    def _send(self, message: Progress | Outcome | str) -> None:
        try:
            self._connection.send(message)
        except OSError:
            raise _DisconnectedError from None

    def _ready(self) -> list[int]:
        poll = select.poll()
        poll.register(self._connection.fileno(), select.POLLIN)
        poll.register(self._ends, select.POLLIN)
        for child in self._children.values():
            if not child.reader.ended:
                poll.register(child.reader.descriptor, select.POLLIN)
        patience = None
        if self._limits.seconds and self._children:
            first = min(child.start for child in self._children.values())
            patience = 1000 * max(0.01, first + self._limits.seconds - time.monotonic())
        return [descriptor for descriptor, _ in poll.poll(patience)]

    def _start(self, task: ForkTask) -> None:
        self._preloaded.load(self._wanted)
        self._preloaded.rules(task.run)
        if task.shared:
            with _watchdog(self._limits.seconds or _LONGEST_READING):
                self._preloaded.share(task.run)
            close_worker()  # its worker is not one of the children reaped here
        ours, theirs = os.pipe()
        environment = ChildEnvironment(
            theirs,
            Journal(self._limits.output),
            fixed_size_file(self._limits.output),
            self._scratch / f"report-{ours}",
        )
        inherited = [*self._own, ours]
        for other in self._children.values():
            inherited += [
                other.reader.descriptor,
                other.environment.printed,
                other.environment.journal.descriptor,
            ]
        process = os.fork()
        if process == 0:
            run_child(task, self._preloaded, environment, self._limits, inherited)
        os.close(theirs)
        self._children[process] = _Child(process, task, MessageReader(ours), environment)

    def _read_from(self, descriptor: int) -> None:
        for child in self._children.values():
            if child.reader.descriptor == descriptor:
                self._read(child)
        # A child reaped a moment ago is no longer among them.

    def _read(self, child: _Child) -> None:
        for message in child.reader.messages():
            if "cell" in message:
                child.cell = int(message["cell"])
                self._send(Progress(child.task.run, child.cell, int(message["cells"])))
            elif "outcome" in message:
                child.outcome = outcome_of(child.task.run, message)
                self._wanted = message["loaded"]

    def _reap_children(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._ends, 4096)
        while True:
            try:
                process, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not process:
                return
            child = self._children.pop(process, None)
            if child is not None:
                self._reap(child, os.waitstatus_to_exitcode(status), usage.ru_maxrss)

    def _reap(self, child: _Child, status: int, memory: int) -> None:
        """Kills the child's process group, deletes its temporary files, and sends its outcome."""
        self._read(child)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.process, signal.SIGKILL)
        for orphan in _orphans(self._children):
            with suppress(ProcessLookupError):
                os.kill(orphan, signal.SIGKILL)
        run = child.task.run
        outcome = child.outcome
        seconds = time.monotonic() - child.start
        if outcome is None:
            cause = of_lateness(self._limits) if child.overdue else _cause(status)
            sweep(run, child.process)
            with suppress(Exception):  # a notebook to look at is worth trying for, and nothing more
                cause = keep_crashed_notebook(
                    run,
                    deepcopy(self._preloaded.notebook(run.source)),
                    child.environment.journal,
                    child.cell - 1,
                    cause,
                )
            outcome = Outcome(run, seconds, failure=cause.failure(run, secrets_of(run)))
        child.reader.close()
        child.environment.journal.close()
        os.close(child.environment.printed)
        shutil.rmtree(child.environment.scratch, ignore_errors=True)
        scale = 1 if sys.platform == "darwin" else 1024
        self._send(Outcome(run, seconds, outcome.headline, outcome.failure, memory * scale))

    def _kill_overdue(self) -> None:
        if self._limits.seconds is None:
            return
        for child in self._children.values():
            if not child.overdue and time.monotonic() - child.start > self._limits.seconds:
                child.overdue = True
                _kill(child.process)

    def _kill_all(self) -> None:
        for child in self._children.values():
            _kill(child.process)
        for child in self._children.values():
            with suppress(ChildProcessError):
                os.waitpid(child.process, 0)
            _kill(child.process)
            sweep(child.task.run, child.process)
        for orphan in _orphans({}):
            with suppress(ProcessLookupError):
                os.kill(orphan, signal.SIGKILL)


def _cause(status: int) -> Cause:
    if status == CHANNEL_LOST:
        return Cause("ChannelLost", ("单元关闭了不属于它的文件，执行进程与上级失去联系",))
    return of_end(status)


def _kill(process: int) -> None:
    """Kills the process and its group; a child that has no group yet is killed alone."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            kill(process, signal.SIGKILL)


def _orphans(children: dict[int, Any]) -> Iterator[int]:
    """The processes that children left behind and this one has adopted."""
    path = Path(f"/proc/self/task/{os.getpid()}/children")
    try:
        found = path.read_text(encoding="ascii").split()
    except OSError:
        return
    yield from (process for process in map(int, found) if process not in children)


class _watchdog:  # noqa: N801 - a context manager, used as one
    """Ends this process if what is done inside takes too long, even where it does not come back to Python."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        import faulthandler  # noqa: PLC0415

        faulthandler.dump_traceback_later(self._seconds, exit=True)

    def __exit__(self, *_: object) -> None:
        import faulthandler  # noqa: PLC0415

        faulthandler.cancel_dump_traceback_later()


def main(descriptor: int, root: Path, scratch: Path) -> None:
    """Runs the fork server until the command closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command alone decides
    adopt_orphans()
    if is_workspace(
        root
    ):  # papermill may be called in any folder; then the workspace is found as a kernel finds it
        os.environ[ROOT_VARIABLE] = str(root)
    os.chdir(root)
    connection = Connection(descriptor)
    try:
        limits = connection.recv()
    except EOFError:
        return
    with suppress(_DisconnectedError):
        ForkServer(connection, scratch, limits).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
