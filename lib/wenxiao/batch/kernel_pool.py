"""Runs on this machine, each in a kernel: a few worker processes that have loaded papermill and built the exporter once.

The standard library's pools do not fit: `ProcessPoolExecutor` loses every run when one worker is killed, and neither it
nor `multiprocessing.Pool` tells how far a run has come. A pipe a worker and one `wait` do both.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import tempfile
import time
from collections import deque
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import FrameType

from wenxiao.batch.notebook.causes import of_end, of_lateness
from wenxiao.batch.run import NO_KEYS, Outcome, Progress, Run
from wenxiao.batch.storage.publication import sweep
from wenxiao.isolation.limits import Limits, confine, one_thread
from wenxiao.project.workspace import ROOT_VARIABLE

_PATIENCE = 1.5  # seconds a worker has to stop its kernel, which ends by itself without it
_BEGUN = "begun"  # what a worker sends before the first cell; until then it loads libraries
_GRACE = 10.0  # seconds a worker has to report that the time was up


@dataclass
class _Worker:
    process: SpawnProcess
    connection: Connection
    run: Run | None = None
    since: float = 0.0
    begun: bool = False
    overdue: bool = False

    def start(self, waiting: deque[Run], keys: Mapping[str, str]) -> None:
        """Starts the first waiting run; it stays waiting if this worker has died."""
        try:
            self.connection.send((waiting[0], keys.get(waiting[0].key, "")))
        except OSError:
            return
        self.run, self.since = waiting.popleft(), time.perf_counter()


class KernelPool:
    """Executes up to `jobs` runs at a time in kernels; an Executor."""

    def __init__(self, jobs: int, limits: Limits = Limits()) -> None:  # noqa: B008 - frozen
        self.jobs = jobs
        self.limits = limits

    def execute(
        self, runs: Sequence[Run], keys: Mapping[str, str] = NO_KEYS
    ) -> Generator[Progress | Outcome, None, None]:
        """Progress and outcomes; see Executor."""
        waiting = deque(runs)
        workers: list[_Worker] = []
        scratch = tempfile.TemporaryDirectory(prefix="wenxiao-", ignore_cleanup_errors=True)
        try:
            while waiting or any(worker.run for worker in workers):
                while waiting and len(workers) < self.jobs:
                    workers.append(_start_worker(waiting[0].root, Path(scratch.name), self.limits))
                    workers[-1].start(waiting, keys)
                for ready in wait([worker.connection for worker in workers], self._patience(workers)):
                    worker = next(worker for worker in workers if worker.connection is ready)
                    try:
                        event = worker.connection.recv()
                    except (EOFError, OSError):
                        workers.remove(worker)
                        if worker.run:
                            yield _crashed(worker, worker.run, self.limits)
                        continue
                    if event == _BEGUN:
                        worker.since, worker.begun = time.perf_counter(), True
                        continue
                    yield event
                    if isinstance(event, Outcome):
                        worker.run, worker.begun = None, False
                        if waiting:
                            worker.start(waiting, keys)
                self._kill_overdue(workers)
        finally:
            _stop_workers(workers)
            scratch.cleanup()

    def _patience(self, workers: Sequence[_Worker]) -> float | None:
        return 1.0 if self.limits.seconds and any(worker.run for worker in workers) else None

    def _kill_overdue(self, workers: Sequence[_Worker]) -> None:
        """Kills workers that should long have reported that the time was up; their pipes then close."""
        for worker in workers:
            late = self.limits.seconds and time.perf_counter() - worker.since > self.limits.seconds + _GRACE
            if worker.begun and late and not worker.overdue:
                worker.overdue = True
                worker.process.kill()


def cores() -> int:
    """The number of cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # on Linux: a container may allow fewer than there are
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _start_worker(root: Path, scratch: Path, limits: Limits) -> _Worker:
    # Spawned, not forked: it is the same on every system, and whoever watches the runs has threads.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_worker_main, args=(theirs, root, scratch, limits), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _stop_workers(workers: Sequence[_Worker]) -> None:
    """Stops all workers: the idle ones end, the others stop their kernels first."""
    for worker in workers:
        if worker.run:
            worker.process.terminate()
        worker.connection.close()
    for worker in workers:
        worker.process.join(_PATIENCE)
        if worker.process.is_alive():
            worker.process.kill()


def _crashed(worker: _Worker, run: Run, limits: Limits) -> Outcome:
    """The failed outcome of a run whose worker died."""
    worker.process.join(_PATIENCE)
    sweep(run, worker.process.pid or 0)
    cause = of_lateness(limits) if worker.overdue else of_end(worker.process.exitcode or 0)
    return Outcome(run, time.perf_counter() - worker.since, failure=cause.failure(run))


def _worker_main(connection: Connection, root: Path, scratch: Path, limits: Limits) -> None:
    """Executes run after run until the other end of the pipe closes."""
    # Ctrl-C reaches the whole group: the parent alone decides, and asks with SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    _prepare(root, scratch)
    from wenxiao.batch.notebook.execution import execute  # noqa: PLC0415 - after the environment is set
    from wenxiao.batch.notebook.kernel_engine import KernelEngine  # noqa: PLC0415

    engine = KernelEngine(limits)
    confine(limits.memory)
    while True:
        try:
            run, key = connection.recv()
        except EOFError:
            return
        connection.send(_BEGUN)
        connection.send(execute(run, key, engine, connection.send))


def _prepare(root: Path, scratch: Path) -> None:
    """Sets this process and its kernels to the workspace at `root`, each to one thread.

    Their temporary files lie in `scratch`, so that whoever made it can remove what a killed process leaves.
    """
    os.environ["TMPDIR"] = tempfile.tempdir = str(scratch)
    # What libraries log about a run is in its outcome; without a handler Python would write it into the progress.
    logging.getLogger().addHandler(logging.NullHandler())
    os.environ[ROOT_VARIABLE] = str(root)
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    one_thread()


def _leave(number: int, frame: FrameType | None) -> None:
    # An exception, so that every `finally` on the way out stops its kernel and removes its folder.
    del frame
    raise SystemExit(128 + number)
