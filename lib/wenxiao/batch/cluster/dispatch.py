"""Assigns runs to the workers of a Dask scheduler, in tasks of some 20 to 50, and submits lost tasks again."""

from __future__ import annotations

import math
import pickle
import time
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from queue import Empty, SimpleQueue
from uuid import uuid4

from distributed import Client, Future

from wenxiao.batch.cluster.dask_worker import run_task
from wenxiao.batch.cluster.task import ClusterTask
from wenxiao.batch.notebook.causes import Cause
from wenxiao.batch.run import Outcome, Progress, Run
from wenxiao.isolation.limits import shown_duration
from wenxiao.model.errors import Problem

_Future = Future[None]

SMALLEST, LARGEST = 20, 50
"""Runs in a task: enough that preloading costs little, few enough that little is lost with a worker."""

WORKER_LOST, NO_WORKERS, SCHEDULER_LOST = "WorkerLost", "NoWorkers", "SchedulerLost"
"""The names of what can fail per_host the reports themselves."""

_ROUNDS = 4  # tasks each thread should get, so that fast workers can take more
_ANSWERING = 15.0  # seconds a scheduler has to answer
_ENDING = 5.0  # seconds a task has to end after its last outcome
_BEAT = 1.0
_LOOKS = 5.0  # seconds between two checks of the scheduler while no event comes


class Dispatch:
    """Runs that have no outcome yet, and tasks that are with the workers of a scheduler.

    The scheduler gives the task of a lost worker to another one, a few times; a task that it gives up, or that is lost
    otherwise, is halved, until what takes its worker down is by itself; lost twice so, it has failed.
    """

    def __init__(
        self,
        client: Client,
        task: ClusterTask,
        runs: Sequence[Run],
        keys: Mapping[str, str],
        *,
        address: str,
        patience: float,
    ) -> None:
        self._client = client
        self._task = task
        self._address = address
        self._patience = patience
        self._keys = keys
        self._waiting = {run.key: run for run in runs}
        self._tasks: dict[object, tuple[_Future, ClusterTask]] = {}
        self._arrived: SimpleQueue[bytes | _Future] = SimpleQueue()
        self._topic = f"wenxiao-{uuid4().hex}"
        self._alone: set[str] = set()
        self._worker_seen = self._checked = time.monotonic()

    def events(self) -> Generator[Progress | Outcome, None, None]:
        """Progress, and an outcome for each run."""
        try:
            yield from self._events()
            self._await_ends()
        except (OSError, TimeoutError) as error:
            yield from self._fail_all(self._scheduler_lost(str(error)))
        finally:
            with suppress(OSError, TimeoutError, RuntimeError):
                self._client.unsubscribe_topic(self._topic)
                self._client.cancel([future for future, _ in self._tasks.values()], force=True)

    def _events(self) -> Generator[Progress | Outcome, None, None]:
        self._client.subscribe_topic(self._topic, lambda event: self._arrived.put(event[1]))
        self._task = replace(self._task, per_host=tasks_per_host(self._client))
        runs = list(self._waiting.values())
        size = task_size(len(runs), sum(threads_of(self._client).values()))
        for at in range(0, len(runs), size):
            self._submit(runs[at : at + size])
        while self._waiting:
            try:
                arrived = self._arrived.get(timeout=_BEAT)
            except Empty:
                yield from self._check_workers()
                continue
            if isinstance(arrived, bytes):
                yield from self._received(pickle.loads(arrived))
            else:
                yield from self._ended(arrived)

    def _await_ends(self) -> None:
        """Waits for tasks whose last outcome has come to end, for a few seconds."""
        deadline = time.monotonic() + _ENDING
        while self._tasks and (left := deadline - time.monotonic()) > 0:
            with suppress(Empty):
                arrived = self._arrived.get(timeout=left)
                if not isinstance(arrived, bytes):
                    self._tasks.pop(arrived.key, None)

    def _submit(self, runs: Sequence[Run]) -> None:
        keys = {run.key: self._keys[run.key] for run in runs if run.key in self._keys}
        task = replace(self._task, runs=tuple(runs), keys=keys)
        name = f"reports-{len(runs)}-{uuid4().hex}"
        future = self._client.submit(run_task, task, self._topic, key=name, pure=False)
        self._tasks[future.key] = future, task
        future.add_done_callback(self._arrived.put)

    def _received(self, events: Sequence[Progress | Outcome]) -> Iterator[Progress | Outcome]:
        """The events as those of this machine's runs; of a run made twice, the first."""
        for event in events:
            run = self._waiting.get(event.run.key)
            if run is None:
                continue
            if isinstance(event, Outcome):
                del self._waiting[run.key]
            yield replace(event, run=run)

    def _ended(self, future: _Future) -> Iterator[Outcome]:
        """The outcomes of runs that may not try again, now that their task has ended."""
        _, task = self._tasks.pop(future.key)
        left = [self._waiting[run.key] for run in task.runs if run.key in self._waiting]
        if future.status in ("cancelled", "lost"):
            yield from self._fail_all(self._scheduler_lost())
            return
        if len(left) > 1:
            half = len(left) // 2
            self._submit(left[:half])
            self._submit(left[half:])
            return
        for run in left:
            if run.key not in self._alone:
                self._alone.add(run.key)
                self._submit([run])
                continue
            del self._waiting[run.key]
            why = str(future.exception()) if future.status == "error" else ""
            cause = Cause(WORKER_LOST, ("执行它的机器接连失去联系，或执行进程接连意外终止",), traceback=why)
            yield Outcome(run, 0.0, failure=cause.failure(run))

    def _check_workers(self) -> Iterator[Outcome]:
        """Failed outcomes of all remaining runs once there has been no worker for `patience` seconds."""
        now = time.monotonic()
        if now - self._checked < _LOOKS:
            return
        self._checked = now
        if threads_of(self._client):
            self._worker_seen = now
        elif now - self._worker_seen > self._patience:
            problem = no_workers(self._address, self._patience)
            yield from self._fail_all(Cause(NO_WORKERS, (str(problem),)))

    def _scheduler_lost(self, why: str = "") -> Cause:
        problem = Problem(
            "与 Dask 调度器失去联系",
            value=self._address,
            remedy="恢复调度器后再运行一次；已完成的不会重做",
        )
        return Cause(SCHEDULER_LOST, (str(problem),), traceback=why)

    def _fail_all(self, cause: Cause) -> Iterator[Outcome]:
        waiting, self._waiting = self._waiting, {}
        for run in waiting.values():
            yield Outcome(run, 0.0, failure=cause.failure(run))


def threads_of(client: Client) -> dict[str, int]:
    """The threads of each worker, by its address. OSError or TimeoutError if the scheduler does not answer."""
    if client.scheduler is None:
        raise OSError("the client is closed")
    return dict(client.sync(client.scheduler.ncores, callback_timeout=_ANSWERING))


def tasks_per_host(client: Client) -> int:
    """How many tasks one machine may have at a time: the most threads that workers have on one host."""
    workers = client.scheduler_info()["workers"].values()
    hosts: Counter[str] = Counter()
    for worker in workers:
        hosts[str(worker["host"])] += int(worker["nthreads"])
    return max(hosts.values(), default=1)


def task_size(runs: int, threads: int) -> int:
    """How many runs a task has: SMALLEST to LARGEST, fewer only where some worker would have none.

    >>> task_size(3000, 8), task_size(300, 4), task_size(30, 3), task_size(1, 3)
    (50, 20, 10, 1)
    """
    fair = math.ceil(runs / max(1, threads))
    return max(min(SMALLEST, fair), min(LARGEST, math.ceil(fair / _ROUNDS)))


def no_workers(address: str, patience: float) -> Problem:
    """The problem that there is no worker."""
    return Problem(
        f"Dask 调度器 {shown_duration(patience)}内没有 worker",
        value=address,
        remedy=f"在各机器上启动 dask worker {address} --nthreads 1，再运行一次；已完成的不会重做",
    )
