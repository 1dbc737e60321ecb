"""Runs on many machines: a real scheduler, workers with folders of their own, a real S3 server, and machines that are lost."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import fsspec
import pytest
from click.testing import CliRunner
from distributed import LocalCluster
from wenxiao.batch import LocalPool, Outcome, Progress, Run, plan
from wenxiao.batch.cluster import dask_executor, dask_worker, dispatch
from wenxiao.batch.cluster.dask_executor import DaskExecutor
from wenxiao.batch.cluster.dask_worker import Installation
from wenxiao.batch.cluster.task import ClusterTask
from wenxiao.batch.planning.resume import decisions
from wenxiao.batch.storage.manifest import read_manifests
from wenxiao.cli import main
from wenxiao.model import RunError
from wenxiao.project.place import place_of, states
from wenxiao.project.workspace import Workspace

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here"),
    pytest.mark.timeout(300),
]

MADE = ("report.html", "report.ipynb", "results.json")
RUNS = 12
_STOCK = 'print(place, year, Path.cwd() == Path(os.environ["WENXIAO_ROOT"]))'
KINDS = {
    "own": "import time\n\nprint(place)\ntime.sleep(0.3)",
    "sleeping": "import time\n\ntime.sleep(120)",
    # The process that executes the task is the parent of the fork server.
    "fatal": "import signal\n\nfields = Path(f'/proc/{os.getppid()}/stat').read_text().rpartition(')')[2].split()\n"
    "os.kill(int(fields[1]), signal.SIGKILL)",
}


@pytest.fixture
def workspace(workspace_root: Path, checkout: Path) -> Workspace:
    """A workspace with many quick runs, one that sleeps, and one that takes down more than itself."""
    stock = (checkout / "tests" / "fixtures" / "notebooks" / "ok.ipynb").read_text(encoding="utf-8")
    for name, source in KINDS.items():
        notebook = stock.replace(json.dumps(_STOCK)[1:-1], json.dumps(source)[1:-1])
        assert notebook != stock
        (workspace_root / "notebooks" / f"{name}.ipynb").write_text(notebook, encoding="utf-8")
        folder = workspace_root / "parameters" / name
        folder.mkdir()
        for number in range(RUNS if name == "own" else 1):
            (folder / f"{number:02}.yaml").write_text(f"place: 第{number}县\n", encoding="utf-8")
    return Workspace(workspace_root)


class Machines:
    """A scheduler, and workers each in a folder and a session of its own, as on machines of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        deadline = time.monotonic() + 60
        while not self._file.exists():
            assert time.monotonic() < deadline, "the scheduler does not start"
            time.sleep(0.05)
        self.address = str(json.loads(self._file.read_text(encoding="utf-8"))["address"])

    def add(self, name: str) -> subprocess.Popen[bytes]:
        """The first process of a new worker, under a nanny as it is by default."""
        return self._start("worker", "--name", name, "--nthreads", "1", "--no-dashboard")

    def _start(self, part: str, *options: str) -> subprocess.Popen[bytes]:
        place = self._folder / f"{part}-{len(self._processes)}"
        place.mkdir()
        environment = {**os.environ, "WENXIAO_CACHE": str(place / "cache")}
        environment.pop("WENXIAO_ROOT", None)
        command = [sys.executable, "-m", "dask", part, "--scheduler-file", str(self._file), *options]
        with (place / "errors.txt").open("wb") as errors:
            process = subprocess.Popen(
                command,
                cwd=place,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        self._processes.append(process)
        return process

    def close(self) -> None:
        """Ends all processes."""
        for process in self._processes:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kills the process and its group, as when a machine is switched off."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def machines(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Machines]:
    """A scheduler; what is started knows of the S3 server."""
    request.getfixturevalue("bucket")
    started = Machines(tmp_path_factory.mktemp("machines"))
    yield started
    started.close()


@pytest.fixture
def afar(workspace: Workspace, bucket: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Workspace:
    """The workspace in the store, as this machine sees it."""
    fsspec.filesystem("s3").put(f"{workspace.root}/", f"{bucket}/w/", recursive=True)
    monkeypatch.setenv("WENXIAO_ROOT", f"{bucket}/w")
    monkeypatch.setenv("WENXIAO_CACHE", str(tmp_path / "cache"))
    return Workspace.find()


def content(run: Run) -> dict[str, bytes]:
    """The bytes of a report."""
    return {name: (run.place / name).read_bytes() for name in MADE}


def test_reports_land_once(machines: Machines, workspace: Workspace, afar: Workspace, tmp_path: Path) -> None:
    """Two workers make what one machine makes, byte for byte; one is switched off, and all of its reports land, each once.

    A run that kills what carries it out costs itself alone; what is cancelled stops; a kernel serves under a nanny.
    """
    here = [machines.add("一"), machines.add("二")]
    executor = DaskExecutor(machines.address, patience=60)
    runs = plan(afar, ["own", "fatal"])
    keys = {decision.run.key: decision.key for decision in decisions(runs)}
    outcomes: list[Outcome] = []
    landed: dict[str, str] = {}
    began: dict[str, int] = Counter()
    for event in executor.execute(runs, keys):
        if isinstance(event, Progress):
            began[event.run.key] += event.cell == 1
            continue
        outcomes.append(event)
        if event.failure is None:
            landed[event.run.key] = states(event.run.place)["manifest.json"].mark
        if len(outcomes) == 4:
            kill(here[0])
    assert Counter(outcome.run.key for outcome in outcomes) == Counter(run.key for run in runs)
    failed = {outcome.run.notebook: outcome.failure for outcome in outcomes if outcome.failure}
    assert {name: failure.name for name, failure in failed.items()} == {"fatal": dispatch.WORKER_LOST}
    assert all(outcome.run.root == afar.root for outcome in outcomes)
    good = [outcome.run for outcome in outcomes if outcome.failure is None]
    assert {run.key: states(run.place)["manifest.json"].mark for run in good} == landed
    assert not any(decision.due for decision in decisions(good))

    alone = plan(workspace, ["own"], tmp_path / "alone")
    assert all(event.failure is None for event in LocalPool(2).execute(alone) if isinstance(event, Outcome))
    for run, twin in zip(plan(afar, ["own"]), alone, strict=True):
        assert content(run) == content(twin)

    events = executor.execute(plan(afar, ["sleeping"]))
    assert any(isinstance(event, Progress) for event in events)
    events.close()
    start = time.monotonic()
    executor.engine = "kernel"
    (again,) = [event for event in executor.execute(plan(afar, ["own/00"])) if isinstance(event, Outcome)]
    assert again.failure is None
    assert time.monotonic() - start < 60
    assert read_manifests([again.run.place])[again.run.place]["engine"] == "kernel"
    executor.close()


@pytest.mark.usefixtures("workspace")
def test_the_command(machines: Machines) -> None:
    """`wenxiao run --dask` tells of workers, dashboard and reports, and has nothing to do the second time."""
    machines.add("一")
    first = CliRunner().invoke(main, ["run", "own", "--dask", machines.address])
    assert first.exit_code == 0, first.output
    assert "Dask: 1 worker, dashboard http://" in first.output
    assert f"[{RUNS}/{RUNS}] done" in first.output
    second = CliRunner().invoke(main, ["run", "own", "--dask", machines.address])
    assert (second.exit_code, "Dask" in second.output) == (0, False)
    assert f"{RUNS} unchanged" in second.output


def test_a_scheduler_that_is_lost(
    machines: Machines, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without workers for too long, or without the scheduler, what has no outcome has failed, and why is said."""
    monkeypatch.setattr(dispatch, "_LOOKS", 0.5)
    runs = plan(workspace, ["sleeping"])
    for lost, name in (("worker", dispatch.NO_WORKERS), ("scheduler", dispatch.SCHEDULER_LOST)):
        switched_on = machines.add("一")
        executor = DaskExecutor(machines.address, patience=60)
        executor.get_ready(runs)
        executor.patience = 0.5
        outcomes = []
        for event in executor.execute(runs):
            if isinstance(event, Outcome):
                outcomes.append(event)
            elif event.cell == 1:
                kill(switched_on if lost == "worker" else machines.scheduler)
        executor.close()
        assert [outcome.failure.name for outcome in outcomes if outcome.failure] == [name]


def test_no_scheduler(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing answers, the command says so and nothing runs; as an executor, every run has failed with these words."""
    monkeypatch.setattr(dask_executor, "_CONNECTING", 0.5)
    told = CliRunner().invoke(main, ["run", "own", "--dask", "tcp://127.0.0.1:9"])
    assert told.exit_code == 2
    assert "连不上 Dask 调度器（现为“tcp://127.0.0.1:9”）" in told.output
    runs = plan(workspace, ["own"])
    outcomes = list(DaskExecutor("tcp://127.0.0.1:9").execute(runs))
    assert [outcome.failure.name for outcome in outcomes if outcome.failure] == [
        dask_executor.NOT_READY
    ] * RUNS


def test_not_ready(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No worker in time, another program on a worker, a workspace or outputs it does not see: each is told in words."""
    (run,) = plan(workspace, ["sleeping"])
    with LocalCluster(n_workers=0, processes=False, dashboard_address=None) as here:
        with pytest.raises(RunError, match=r"0\.5 秒内没有 worker"):
            DaskExecutor(here.scheduler_address, patience=0.5).get_ready([run])
        here.scale(1)
        own = Installation.own()
        answers = iter((replace(own, version="0.0.1"), own))
        with monkeypatch.context() as patch:
            patch.setattr(Installation, "own", lambda: next(answers))
            with pytest.raises(RunError, match=r"wenxiao .*，这里是 .*") as different:
                DaskExecutor(here.scheduler_address).get_ready([run])
        assert [problem.what for problem in different.value.problems] == [
            "这个 worker 的程序与发起的机器不同"
        ]
        lost = replace(run, root=tmp_path / "elsewhere")
        with pytest.raises(RunError, match="这台机器看不到工作区"):
            DaskExecutor(here.scheduler_address).get_ready([lost])
        monkeypatch.setattr(dask_worker, "place_of", lambda _: place_of(tmp_path / "another disk"))
        with pytest.raises(RunError, match="这台机器看不到存放报告的地方"):
            DaskExecutor(here.scheduler_address).get_ready([run])


def test_a_machine_that_differs(workspace: Workspace) -> None:
    """A report that would be another one on this machine is not made there: other data, a missing notebook, no secret."""
    runs = plan(workspace, ["own/00", "own/01", "own/02", "own/03"])
    keys = {decision.run.key: decision.key for decision in decisions(runs)}
    told = json.loads(keys["own/00"])
    keys["own/00"] = json.dumps({**told, "program": "another"})
    runs = (
        runs[0],
        replace(runs[1], notebook="gone"),
        replace(runs[2], parameters={"place": "${ENV:NOT_SET}"}),
        replace(runs[3], parameters={"another": 1}),
    )
    keys["gone/01"] = keys["own/01"]
    words = messages(ClusterTask(runs, keys))
    assert "这台机器做出的会是另一份报告（现为“程序变了”）" in words["own/00"]
    assert "gone.ipynb：笔记本打不开" in words["gone/01"]
    assert "这台机器上的工作区不同，读不出报告的输入" in words["own/03"]
    assert "place 所指的环境变量没有设置" in words["own/02"]
    assert (
        "这台机器看不到工作区"
        in messages(ClusterTask((replace(runs[0], root=Path("/nowhere")),), keys))["own/00"]
    )


def messages(task: ClusterTask) -> Mapping[str, str]:
    """Why each run of a task failed."""
    events = list(task.execute())
    return {e.run.key: e.failure.messages[0] for e in events if isinstance(e, Outcome) and e.failure}


def test_what_lies_there_is_done(workspace: Workspace, made: Callable[..., object]) -> None:
    """A task that comes a second time takes reports made from the same for done, unless all are to be made again."""
    run, other = plan(workspace, ["own/00", "own/01"])
    first, second = decisions([run, other])
    made(first)
    keys = {run.key: first.key, other.key: second.key}
    events = list(ClusterTask((run, other), keys, jobs=1).execute())
    assert [event.run for event in events if isinstance(event, Progress) and event.cell == 1] == [other]
    assert [event.run for event in events if isinstance(event, Outcome)] == [run, other]
    again = list(ClusterTask((run,), keys, jobs=1, force=True).execute())
    assert any(isinstance(event, Progress) for event in again)


@pytest.mark.parametrize("threads", [1, 3, 40])
def test_sizes_of_tasks(threads: int) -> None:
    """Tasks have 20 to 50 runs, fewer only where a worker would have none; more runs never make them smaller."""
    sizes = [dispatch.task_size(runs, threads) for runs in range(1, 3001)]
    assert all(a <= b for a, b in pairwise(sizes))
    assert max(sizes) <= 50
    assert all(size >= 20 for runs, size in enumerate(sizes, 1) if runs >= 20 * threads)
