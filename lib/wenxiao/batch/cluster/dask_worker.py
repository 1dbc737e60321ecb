"""What a Dask worker does for a batch: it describes its installation, and executes tasks in a helper process."""

from __future__ import annotations

import pickle
import platform
import time
from dataclasses import dataclass

from distributed import Worker, get_worker

from wenxiao import __version__
from wenxiao.batch.cluster.task import ClusterTask, root_here
from wenxiao.batch.run import Outcome, Progress, Run
from wenxiao.batch.storage.fingerprint import ROOMS, packages_digest
from wenxiao.isolation.helper_process import HelperProcess
from wenxiao.model.errors import Problem, ProjectError, RunError, WenxiaoError
from wenxiao.project.contents import program_digest
from wenxiao.project.place import place_of, without_password

_BEAT = 0.5  # seconds between two looks at whether the task is still wanted
_PACE = 0.25  # seconds in which progress is gathered, so that many workers do not flood the scheduler


@dataclass(frozen=True)
class Installation:
    """What a machine has installed that makes reports; it must be equal on all machines."""

    version: str
    python: str
    program: str
    packages: str

    @classmethod
    def own(cls) -> Installation:
        """The installation of this process."""
        python = platform.python_version()
        return cls(__version__, python, program_digest(*ROOMS), packages_digest())

    def differing(self, other: Installation) -> str:
        """How the other differs, in words; empty if it does not."""
        if self.version != other.version:
            return f"wenxiao {other.version}，这里是 {self.version}"
        if self.python != other.python:
            return f"Python {other.python}，这里是 {self.python}"
        if self.program != other.program:
            return f"同为 wenxiao {self.version}，程序的文件不同"
        return "安装的软件包不同" if self.packages != other.packages else ""


def inspect_worker(run: Run, token: str) -> tuple[Installation, tuple[Problem, ...]]:
    """The installation of this worker, and the problems that keep it from making the run: it must see its workspace, and a file of its outputs."""
    problems: list[Problem] = []
    try:
        if run.origin:
            place_of(run.origin)  # the copy is made when it is needed: this is asked between two heartbeats
        else:
            root_here(run)
    except WenxiaoError as error:
        problems += error.problems
    try:
        seen = (place_of(run.outputs) / token).exists()
    except (OSError, ProjectError, ImportError) as error:
        problems.append(_unseen(run, str(error)))
    else:
        problems += [] if seen else [_unseen(run)]
    return Installation.own(), tuple(problems)


def _unseen(run: Run, why: str = "") -> Problem:
    return Problem(
        "这台机器看不到存放报告的地方" + (f"（{why}）" if why else ""),
        value=without_password(run.outputs),
        rule="所有机器写到同一个地方",
        remedy="挂载共享文件夹（路径相同），或用 --output 写到 s3:// 等地址",
    )


class TaskLostError(RunError):
    """The process of a task ended before every run had an outcome."""


def run_task(task: ClusterTask, topic: str) -> None:
    """Executes the task in a process of its own; sends progress and outcomes to the client under `topic` as they come.

    Stops when the client wants no more. TaskLostError if the process that makes the reports ends early.
    """
    worker = get_worker()
    helper = HelperProcess("wenxiao.batch.cluster.task")
    left = len(task.runs)
    gathered: list[Progress | Outcome] = []
    since = time.monotonic()
    try:
        helper.connection.send(task)
        while left and _is_wanted(worker):
            if helper.connection.poll(_BEAT):
                event = helper.connection.recv()
                gathered.append(event)
                left -= isinstance(event, Outcome)
            if gathered and (not left or time.monotonic() - since > _PACE):
                worker.log_event(topic, pickle.dumps(gathered))
                gathered, since = [], time.monotonic()
    except (EOFError, OSError):
        if gathered:
            worker.log_event(topic, pickle.dumps(gathered))
        ended = Problem(f"执行进程意外终止（{helper.process.wait()}）", value=helper.output_tail()[-500:])
        raise TaskLostError(ended) from None
    finally:
        helper.process.terminate()
        helper.close()


def _is_wanted(worker: Worker) -> bool:
    """Whether the task of this thread has not been cancelled, nor its client gone: Dask cannot stop a thread."""
    task = worker.state.tasks.get(worker.get_current_task())
    return task is not None and task.state != "cancelled"
