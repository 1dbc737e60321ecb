"""Some runs of a batch, sent to a worker on another machine, and the process that executes them there.

It runs by itself (`python -m wenxiao.batch.cluster.task DESCRIPTOR`), started by a Dask worker that waits for it: nothing here is a
fork of the worker's threads, and the worker may be a daemon. What it is sent it can be sent again: a report that lies whole in
its place, made from the same, is taken for done.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

from wenxiao.batch.kernel_pool import cores
from wenxiao.batch.local_pool import Engine, LocalPool
from wenxiao.batch.notebook.causes import Cause
from wenxiao.batch.notebook.secrets import secret_problems
from wenxiao.batch.planning.resume import changes, decisions, described
from wenxiao.batch.run import Outcome, Progress, Run
from wenxiao.batch.storage.fingerprint import Fingerprints
from wenxiao.batch.storage.manifest import read_manifests
from wenxiao.isolation.limits import Limits, fair_share
from wenxiao.isolation.process import die_with_parent
from wenxiao.language import speaking
from wenxiao.model.errors import ParameterError, Problem, RunError, WenxiaoError
from wenxiao.project.workspace import ROOT_VARIABLE, Workspace

MACHINE_DIFFERS = "MachineDiffers"
"""The name of the failure of a run that would not be the same report on this machine."""


@dataclass(frozen=True)
class ClusterTask:
    """Runs for one worker, with the keys of their Decisions, and how to make them.

    `jobs` is how many at a time, 0 for this task's part of the cores where `per_host` tasks share a machine. With `force`
    what lies in place already is made again.
    """

    runs: tuple[Run, ...]
    keys: Mapping[str, str]
    limits: Limits = Limits()  # noqa: RUF009 - frozen
    engine: Engine = "wenxiao"
    jobs: int = 0
    per_host: int = 1
    force: bool = False

    def execute(self) -> Generator[Progress | Outcome, None, None]:
        """Progress as it comes, and exactly one outcome a run, of the runs as they are on this machine."""
        here = {}
        try:
            root = root_here(self.runs[0])
        except WenxiaoError as error:
            for run in self.runs:
                yield _failed(run, error)
            return
        makers = Fingerprints(root)
        for run in (replace(run, root=root) for run in self.runs):
            try:
                self._compare(run, makers)
            except WenxiaoError as error:
                yield _failed(run, error)
            else:
                here[run.key] = run
        for outcome in () if self.force else self._done(list(here.values())):
            del here[outcome.run.key]
            yield outcome
        jobs = self.jobs or max(1, cores() // self.per_host)
        memory = self.limits.memory or fair_share(jobs * self.per_host)
        pool = LocalPool(jobs, replace(self.limits, memory=memory), self.engine)
        with closing(pool.execute(list(here.values()), self.keys)) as events:
            yield from events

    def _compare(self, run: Run, makers: Fingerprints) -> None:
        """Raises RunError if the report would be made here from other inputs than it was planned with."""
        unset = tuple(secret_problems(run.parameters, run.key))
        if unset:
            raise ParameterError(unset)
        wanted = self.keys.get(run.key)
        if not wanted:
            return
        try:
            key = makers.key(run)
        except (OSError, ValueError) as error:
            raise RunError(
                Problem(
                    "这台机器上的工作区不同，读不出报告的输入",
                    value=str(error),
                    rule="所有机器看到同一个工作区",
                    remedy=f"检查共享文件夹，或把 {ROOT_VARIABLE} 设为 s3:// 等地址",
                )
            ) from None
        if key != wanted:
            with speaking("zh"):
                differing = described(changes(json.loads(wanted), json.loads(key)))
            raise RunError(
                Problem(
                    "这台机器做出的会是另一份报告",
                    value=differing,
                    rule="所有机器上的数据、程序和软件包相同",
                    remedy="更新这台机器；运行途中改了数据的，再运行一次",
                )
            )

    def _done(self, runs: list[Run]) -> Iterator[Outcome]:
        """The outcomes of runs whose reports were made from the same, before a worker was lost that could not say so."""
        manifests = read_manifests(run.place for run in runs)
        same = [
            run
            for run in runs
            if run.place in manifests
            and self.keys.get(run.key)
            and manifests[run.place]["key"] == json.loads(self.keys[run.key])
        ]
        for decision in decisions(same):
            manifest = manifests[decision.run.place]
            if not decision.due:
                yield Outcome(decision.run, manifest["seconds"], manifest["headline"])


def root_here(run: Run) -> Path:
    """The root of a run's workspace on this machine: a copy of its address, or the same path.

    Raises WenxiaoError if it is not here.
    """
    if run.origin:
        return Workspace.at(run.origin).root
    if not (run.root / "notebooks").is_dir():
        raise RunError(
            Problem(
                "这台机器看不到工作区",
                value=str(run.root),
                rule="工作区在所有机器上是同一个共享文件夹，路径相同",
                remedy=f"挂载共享文件夹，或把 {ROOT_VARIABLE} 设为 s3:// 等地址",
            )
        )
    return run.root


def _failed(run: Run, error: WenxiaoError) -> Outcome:
    cause = Cause(MACHINE_DIFFERS, tuple(map(str, error.problems)))
    return Outcome(run, 0.0, failure=cause.failure(run))


def _leave(number: int, frame: FrameType | None) -> None:
    # An exception, so that every `finally` on the way out ends what was started.
    del frame
    raise SystemExit(128 + number)


def main(descriptor: int) -> None:
    """Executes the task received through the pipe, and sends its progress and outcomes back."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    die_with_parent()
    connection = Connection(descriptor)
    with suppress(EOFError, BrokenPipeError):
        task: ClusterTask = connection.recv()
        with closing(task.execute()) as events:
            for event in events:
                connection.send(event)


if __name__ == "__main__":
    main(int(sys.argv[1]))
