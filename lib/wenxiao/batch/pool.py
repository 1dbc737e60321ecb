"""Runs on this machine: a few worker processes, each of which has loaded the libraries and built the exporter once.

The standard library's pools do not fit: `ProcessPoolExecutor` loses every run when one worker is killed, and neither it
nor `multiprocessing.Pool` tells how far a run has come. A pipe a worker and one `wait` do both.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import time
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import FrameType

from wenxiao.batch.publication import sweep
from wenxiao.batch.run import Failure, Outcome, Progress, Run

_PATIENCE = 5.0  # seconds a worker has to stop its kernel


@dataclass
class _Worker:
    process: SpawnProcess
    connection: Connection
    run: Run | None = None
    since: float = 0.0

    def start(self, waiting: deque[Run]) -> None:
        """Begin the first waiting run; it stays waiting if this worker is no more."""
        try:
            self.connection.send(waiting[0])
        except OSError:
            return
        self.run, self.since = waiting.popleft(), time.perf_counter()


class LocalPool:
    """Executes up to `jobs` runs at a time."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def execute(self, runs: Sequence[Run]) -> Generator[Progress | Outcome, None, None]:
        """Progress and outcomes; see Executor."""
        waiting = deque(runs)
        workers: list[_Worker] = []
        scratch = tempfile.TemporaryDirectory(prefix="wenxiao-", ignore_cleanup_errors=True)
        try:
            while waiting or any(worker.run for worker in workers):
                while waiting and len(workers) < self.jobs:
                    workers.append(_employ(waiting[0].root, Path(scratch.name)))
                    workers[-1].start(waiting)
                for ready in wait([worker.connection for worker in workers]):
                    worker = next(worker for worker in workers if worker.connection is ready)
                    try:
                        event = worker.connection.recv()
                    except (EOFError, OSError):
                        workers.remove(worker)
                        if worker.run:
                            yield _died(worker, worker.run)
                        continue
                    yield event
                    if isinstance(event, Outcome):
                        worker.run = None
                        if waiting:
                            worker.start(waiting)
        finally:
            _dismiss(workers)
            scratch.cleanup()


def cores() -> int:
    """The number of cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # on Linux: a container may allow fewer than there are
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _employ(root: Path, scratch: Path) -> _Worker:
    # Spawned, not forked: it is the same on every system, and whoever watches the runs has threads.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, root, scratch), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _dismiss(workers: Sequence[_Worker]) -> None:
    """Stop all workers: the idle ones end, the others stop their kernels first."""
    for worker in workers:
        if worker.run:
            worker.process.terminate()
        worker.connection.close()
    for worker in workers:
        worker.process.join(_PATIENCE)
        if worker.process.is_alive():
            worker.process.kill()


def _died(worker: _Worker, run: Run) -> Outcome:
    """The outcome of the run whose worker is no more."""
    worker.process.join(_PATIENCE)
    sweep(run, worker.process.pid or 0)
    message = f"执行进程意外终止（退出码 {worker.process.exitcode}），可能是内存不足或被强行结束"
    failure = Failure(run.notebook, run.name, "WorkerDied", (message,))
    return Outcome(run, time.perf_counter() - worker.since, failure=failure)


def _work(connection: Connection, root: Path, scratch: Path) -> None:
    """A worker's life: run after run, until the other end closes."""
    # Ctrl-C reaches the whole group: the parent alone decides, and asks with SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    from wenxiao.batch.execution import execute, prepare  # noqa: PLC0415 - after the environment is set

    prepare(root, scratch)
    while True:
        try:
            run = connection.recv()
        except EOFError:
            return
        connection.send(execute(run, connection.send))


def _leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a signal handler
    # An exception, so that every `finally` on the way out stops its kernel and removes its folder.
    raise SystemExit(128 + number)
