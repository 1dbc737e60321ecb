"""Runs on many machines: tasks for the workers of a Dask scheduler; an Executor.

This module, `dispatch` and `worker` need the extra `wenxiao[cluster]`.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

from distributed import Client, LocalCluster

from wenxiao.batch.cluster.dask_worker import Installation, inspect_worker
from wenxiao.batch.cluster.dispatch import Dispatch, no_workers, threads_of
from wenxiao.batch.cluster.task import ClusterTask
from wenxiao.batch.kernel_pool import cores
from wenxiao.batch.local_pool import Engine
from wenxiao.batch.notebook.causes import Cause
from wenxiao.batch.run import NO_KEYS, Outcome, Progress, Run
from wenxiao.isolation.limits import Limits
from wenxiao.model.errors import Problem, RunError
from wenxiao.project.made_files import BACKSTAGE
from wenxiao.project.place import place_of

LOCAL = "local"
NOT_READY = "ClusterNotReady"
"""The name of the failure of runs that no worker could be asked to make."""

_CONNECTING = 15.0  # seconds a scheduler has to answer
_SHOWN = 10  # workers named in a message; more are only counted


class DaskExecutor:
    """Executes runs on the workers of the scheduler at `address`, or of one started here (`local`); an Executor.

    `jobs` reports at a time in each task, by default the worker's share of its machine. `patience` is how long, in seconds,
    there may be no worker at all. With `force` a report made by a worker that was lost afterwards is made again.
    """

    def __init__(
        self,
        address: str,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        engine: Engine = "wenxiao",
        *,
        jobs: int = 0,
        force: bool = False,
        patience: float = 120.0,
    ) -> None:
        self.address = address
        self.limits = limits
        self.engine = engine
        self.jobs = jobs
        self.force = force
        self.patience = patience
        self._cluster: LocalCluster | None = None
        self._client: Client | None = None

    def get_ready(self, runs: Sequence[Run]) -> Client:
        """A client of the scheduler, which answers; there is a worker, and every worker would make these runs as this machine would.

        Raises RunError with all that is in the way.
        """
        if self._client is None:
            try:
                self._client = self._connected()
                self._await_workers(self._client)
                if runs:
                    self._compare(self._client, runs[0])
            except BaseException:
                self.close()
                raise
        return self._client

    @property
    def dashboard(self) -> str:
        """The address of the scheduler's dashboard; empty where there is no connection."""
        return "" if self._client is None else str(self._client.dashboard_link)

    @property
    def workers(self) -> int:
        """How many workers there are."""
        return 0 if self._client is None else len(threads_of(self._client))

    def close(self) -> None:
        """Closes the client, and the scheduler if it was started here."""
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
        jobs = 1 if self.address == LOCAL else self.jobs
        task = ClusterTask((), keys, self.limits, self.engine, jobs, force=self.force)
        batch = Dispatch(client, task, runs, keys, address=self.address, patience=self.patience)
        yield from batch.events()
        if client.status != "running":
            self.close()  # another attempt may find the scheduler again

    def _connected(self) -> Client:
        # What Dask would write of lost connections into the progress is put in words here.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        address = self.address
        if address == LOCAL:
            self._cluster = LocalCluster(
                n_workers=self.jobs or cores(),
                threads_per_worker=1,
                memory_limit=0,  # a report has a limit of its own
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
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
            raise RunError(no_workers(self.address, self.patience)) from None

    def _compare(self, client: Client, run: Run) -> None:
        """Checks that every worker can make the run; RunError names each worker that cannot, and why."""
        token = f"{BACKSTAGE}/{uuid4().hex}"
        place = place_of(run.outputs) / token
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("", encoding="utf-8")
        try:
            answers = client.run(inspect_worker, run, token, on_error="return")
        finally:
            with suppress(OSError):
                place.unlink()
        own = Installation.own()
        problems = list(_problems(own, answers))
        if problems:
            more = len(problems) - _SHOWN
            raise RunError(
                [*problems[:_SHOWN], *([Problem(f"另有 {more} 个同样的问题")] if more > 0 else [])]
            )


def _problems(own: Installation, answers: Mapping[str, object]) -> Iterator[Problem]:
    for worker, answer in answers.items():
        if not isinstance(answer, tuple):
            yield Problem(
                "这个 worker 不能运行 wenxiao",
                file=worker,
                value=f"{type(answer).__name__}: {answer}",
                remedy="在这台机器上安装同一版本的 wenxiao[cluster]",
            )
            continue
        installation, found = answer
        difference = own.differing(installation)
        if difference:
            yield Problem(
                "这个 worker 的程序与发起的机器不同",
                file=worker,
                value=difference,
                rule="所有机器上的 Python、wenxiao 和软件包相同",
                remedy="用同一份 requirements.lock 安装，再重启 worker",
            )
        yield from (replace(problem, file=worker) for problem in found)
