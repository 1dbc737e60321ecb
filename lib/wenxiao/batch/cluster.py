"""Runs on many machines: errands for the workers of a Dask scheduler; an Executor.

Only this module and `worker` need the extra `wenxiao[cluster]`.
"""

from __future__ import annotations

import logging
import math
import pickle
import time
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from queue import Empty, SimpleQueue
from uuid import uuid4

import dask
from distributed import Client, Future, LocalCluster

from wenxiao.batch.causes import Cause
from wenxiao.batch.errand import Errand
from wenxiao.batch.executor import NO_KEYS
from wenxiao.batch.limits import Limits, shown_duration
from wenxiao.batch.local import Engine
from wenxiao.batch.pool import cores
from wenxiao.batch.publication import BACKSTAGE
from wenxiao.batch.run import Outcome, Progress, Run
from wenxiao.batch.worker import Credentials, carry_out, presented
from wenxiao.model.errors import Problem, RunError
from wenxiao.project.place import place_of

_Future = Future[None]

LOCAL = "local"
SMALLEST, LARGEST = 20, 50
"""Runs in an errand: enough that warming up is little, few enough that little is lost with a worker."""

NOT_READY, LOST, NOBODY, CUT_OFF = "ClusterNotReady", "WorkerLost", "NoWorkers", "SchedulerLost"
"""The names of what can fail beside the reports themselves."""

_ROUNDS = 4  # errands each thread should get, so that fast workers can take more
_CONNECTING = 15.0  # seconds a scheduler has to answer
_ENDING = 5.0  # seconds an errand has to end after its last outcome
_BEAT = 1.0
_LOOKS = 5.0  # seconds between two looks at the scheduler while nothing comes
_TOLD = 10  # workers named in a message; of more it is told how many there are


class DaskExecutor:
    """Executes runs on the workers of the scheduler at `address`, or of one started here (`local`); an Executor.

    `jobs` reports at a time in each errand, by default the worker's share of its machine. `patience` is how long, in seconds,
    there may be no worker at all. With `afresh` a report made by a worker that was lost afterwards is made again.
    """

    def __init__(
        self,
        address: str,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        engine: Engine = "wenxiao",
        *,
        jobs: int = 0,
        afresh: bool = False,
        patience: float = 120.0,
    ) -> None:
        self.address = address
        self.limits = limits
        self.engine = engine
        self.jobs = jobs
        self.afresh = afresh
        self.patience = patience
        self._cluster: LocalCluster | None = None
        self._client: Client | None = None

    def get_ready(self, runs: Sequence[Run]) -> Client:
        """A client of the scheduler, which answers; there is a worker, and every worker would make these runs as this machine would.

        Raises RunError with all that is in the way.
        """
        if self._client is None:
            self._client = self._connected()
            try:
                self._await_workers(self._client)
                if runs:
                    self._compare(self._client, runs[0])
            except BaseException:
                self.close()
                raise
        return self._client

    @property
    def dashboard(self) -> str:
        """The address of the scheduler's dashboard; empty where nobody is connected."""
        return "" if self._client is None else str(self._client.dashboard_link)

    @property
    def workers(self) -> int:
        """How many workers there are."""
        return 0 if self._client is None else len(_threads(self._client))

    def close(self) -> None:
        """Nothing; a scheduler started here has ended, another goes on."""
        if self._client is not None:
            with suppress(OSError, TimeoutError):
                self._client.close()
            self._client = None
        if self._cluster is not None:
            self._cluster.close()
            self._cluster = None

    def execute(
        self, runs: Sequence[Run], keys: Mapping[str, str] = NO_KEYS
    ) -> Generator[Progress | Outcome, None, None]:
        """Progress and outcomes; see Executor."""
        if not runs:
            return
        try:
            client = self.get_ready(runs)
        except RunError as error:
            cause = Cause(NOT_READY, tuple(map(str, error.problems)))
            for run in runs:
                yield Outcome(run, 0.0, failure=cause.failure(run))
            return
        yield from _Batch(self, client, runs, keys).events()
        if client.status != "running":
            self.close()  # another attempt may find the scheduler again

    def _connected(self) -> Client:
        # What Dask would write of lost connections into the progress is told here in words.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        address = self.address
        if address == LOCAL:
            with dask.config.set({"distributed.worker.daemon": False}):
                self._cluster = LocalCluster(
                    n_workers=self.jobs or cores(),
                    threads_per_worker=1,
                    memory_limit=0,  # a report has a limit of its own
                    dashboard_address="127.0.0.1:0",
                )
            address = self._cluster.scheduler_address
        try:
            return Client(address, timeout=_CONNECTING, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise RunError(
                Problem(
                    "连不上 Dask 调度器",
                    value=self.address,
                    rule="写调度器的地址，如 tcp://主机:8786，或 local",
                    remedy=f"先启动 dask scheduler，检查地址和网络（{error}）",
                )
            ) from None

    def _await_workers(self, client: Client) -> None:
        try:
            client.wait_for_workers(1, timeout=self.patience)
        except TimeoutError:
            raise RunError(self.nobody()) from None

    def nobody(self) -> Problem:
        """That there is no worker."""
        return Problem(
            f"Dask 调度器 {shown_duration(self.patience)}内没有 worker",
            value=self.address,
            remedy=f"在各机器上启动 dask worker {self.address} --nthreads 1，再运行一次；已完成的不会重做",
        )

    def _compare(self, client: Client, run: Run) -> None:
        """Nothing; RunError with what is in the way, worker by worker."""
        token = f"{BACKSTAGE}/{uuid4().hex}"
        place = place_of(run.outputs) / token
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("", encoding="utf-8")
        try:
            answers = client.run(presented, run, token, on_error="return")
        finally:
            with suppress(OSError):
                place.unlink()
        own = Credentials.own()
        problems = list(_problems(own, answers))
        if problems:
            more = len(problems) - _TOLD
            raise RunError([*problems[:_TOLD], *([Problem(f"另有 {more} 个同样的问题")] if more > 0 else [])])


def _problems(own: Credentials, answers: Mapping[str, object]) -> Iterator[Problem]:
    for worker, answer in answers.items():
        if not isinstance(answer, tuple):
            yield Problem(
                "这个 worker 不能运行 wenxiao",
                file=worker,
                value=f"{type(answer).__name__}: {answer}",
                remedy="在这台机器上安装同一版本的 wenxiao[cluster]",
            )
            continue
        credentials, found = answer
        difference = own.differing(credentials)
        if difference:
            yield Problem(
                "这个 worker 的程序与发起的机器不同",
                file=worker,
                value=difference,
                rule="所有机器上的 Python、wenxiao 和软件包相同",
                remedy="用同一份 requirements.lock 安装，再重启 worker",
            )
        yield from (replace(problem, file=worker) for problem in found)


def _threads(client: Client) -> dict[str, int]:
    """The threads of each worker, by its address. OSError or TimeoutError if the scheduler does not answer."""
    if client.scheduler is None:
        raise OSError("the client is closed")
    return dict(client.sync(client.scheduler.ncores, callback_timeout=_CONNECTING))


def size_of_errands(runs: int, threads: int) -> int:
    """How many runs an errand has: SMALLEST to LARGEST, fewer only where some worker would have none.

    >>> size_of_errands(3000, 8), size_of_errands(300, 4), size_of_errands(30, 3), size_of_errands(1, 3)
    (50, 20, 10, 1)
    """
    fair = math.ceil(runs / max(1, threads))
    return max(min(SMALLEST, fair), min(LARGEST, math.ceil(fair / _ROUNDS)))


class _Batch:
    """One call of `execute`: what has no outcome yet, and what is with the workers.

    The scheduler gives the errand of a lost worker to another one, a few times; an errand that it gives up, or that is lost
    otherwise, is halved, until what takes its worker down is by itself; lost twice so, it has failed.
    """

    def __init__(
        self, executor: DaskExecutor, client: Client, runs: Sequence[Run], keys: Mapping[str, str]
    ) -> None:
        self._executor = executor
        self._client = client
        self._keys = keys
        self._waiting = {run.key: run for run in runs}
        self._errands: dict[object, tuple[_Future, Errand]] = {}
        self._arrived: SimpleQueue[bytes | _Future] = SimpleQueue()
        self._topic = f"wenxiao-{uuid4().hex}"
        self._alone: set[str] = set()
        self._deserted = self._looked = time.monotonic()

    def events(self) -> Generator[Progress | Outcome, None, None]:
        """Progress, and an outcome for each run."""
        try:
            yield from self._events()
            self._let_end()
        except (OSError, TimeoutError) as error:
            yield from self._all_failed(self._scheduler_lost(str(error)))
        finally:
            with suppress(OSError, TimeoutError, RuntimeError):
                self._client.unsubscribe_topic(self._topic)
                self._client.cancel([future for future, _ in self._errands.values()], force=True)

    def _events(self) -> Generator[Progress | Outcome, None, None]:
        self._client.subscribe_topic(self._topic, lambda event: self._arrived.put(event[1]))
        beside = _busiest(self._client)
        runs = list(self._waiting.values())
        size = size_of_errands(len(runs), sum(_threads(self._client).values()))
        for at in range(0, len(runs), size):
            self._submit(runs[at : at + size], beside)
        while self._waiting:
            try:
                arrived = self._arrived.get(timeout=_BEAT)
            except Empty:
                yield from self._look()
                continue
            if isinstance(arrived, bytes):
                yield from self._told(pickle.loads(arrived))
            else:
                yield from self._ended(arrived, beside)

    def _let_end(self) -> None:
        """Nothing; errands whose last outcome has come, and which are about to end, have ended."""
        deadline = time.monotonic() + _ENDING
        while self._errands and (left := deadline - time.monotonic()) > 0:
            with suppress(Empty):
                arrived = self._arrived.get(timeout=left)
                if not isinstance(arrived, bytes):
                    self._errands.pop(arrived.key, None)

    def _submit(self, runs: Sequence[Run], beside: int) -> None:
        executor = self._executor
        keys = {run.key: self._keys[run.key] for run in runs if run.key in self._keys}
        errand = Errand(
            tuple(runs), keys, executor.limits, executor.engine, executor.jobs, beside, executor.afresh
        )
        if executor.address == LOCAL:
            errand = replace(errand, jobs=1)
        name = f"reports-{len(runs)}-{uuid4().hex}"
        future = self._client.submit(carry_out, errand, self._topic, key=name, pure=False)
        self._errands[future.key] = future, errand
        future.add_done_callback(self._arrived.put)

    def _told(self, events: Sequence[Progress | Outcome]) -> Iterator[Progress | Outcome]:
        """The events as those of this machine's runs; of a run made twice, the first."""
        for event in events:
            run = self._waiting.get(event.run.key)
            if run is None:
                continue
            if isinstance(event, Outcome):
                del self._waiting[run.key]
            yield replace(event, run=run)

    def _ended(self, future: _Future, beside: int) -> Iterator[Outcome]:
        """The outcomes of runs that may not try again, now that their errand has ended."""
        _, errand = self._errands.pop(future.key)
        left = [self._waiting[run.key] for run in errand.runs if run.key in self._waiting]
        if future.status in ("cancelled", "lost"):
            yield from self._all_failed(self._scheduler_lost())
            return
        if len(left) > 1:
            half = len(left) // 2
            self._submit(left[:half], beside)
            self._submit(left[half:], beside)
            return
        for run in left:
            if run.key not in self._alone:
                self._alone.add(run.key)
                self._submit([run], beside)
                continue
            del self._waiting[run.key]
            why = str(future.exception()) if future.status == "error" else ""
            cause = Cause(LOST, ("执行它的机器接连失去联系，或执行进程接连意外终止",), traceback=why)
            yield Outcome(run, 0.0, failure=cause.failure(run))

    def _look(self) -> Iterator[Outcome]:
        """Outcomes where there is nobody any more, of which nothing else would tell."""
        now = time.monotonic()
        if now - self._looked < _LOOKS:
            return
        self._looked = now
        if _threads(self._client):
            self._deserted = now
        elif now - self._deserted > self._executor.patience:
            problem = self._executor.nobody()
            yield from self._all_failed(Cause(NOBODY, (str(problem),)))

    def _scheduler_lost(self, why: str = "") -> Cause:
        problem = Problem(
            "与 Dask 调度器失去联系",
            value=self._executor.address,
            remedy="恢复调度器后再运行一次；已完成的不会重做",
        )
        return Cause(CUT_OFF, (str(problem),), traceback=why)

    def _all_failed(self, cause: Cause) -> Iterator[Outcome]:
        waiting, self._waiting = self._waiting, {}
        for run in waiting.values():
            yield Outcome(run, 0.0, failure=cause.failure(run))


def _busiest(client: Client) -> int:
    """How many errands one machine may have at a time: the most threads that workers have on one host."""
    workers = client.scheduler_info()["workers"].values()
    hosts: Counter[str] = Counter()
    for worker in workers:
        hosts[str(worker["host"])] += int(worker["nthreads"])
    return max(hosts.values(), default=1)
