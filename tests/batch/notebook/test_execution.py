"""Runs on real kernels: what a good one leaves, and what each kind of failure costs, which is itself alone."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from wenxiao.batch import LocalPool, Outcome, Progress, Run
from wenxiao.batch.local_pool import Engine
from wenxiao.model import RunError
from wenxiao.reports.headline import headline

RunIn = Callable[..., Run]


class Batch(NamedTuple):
    """A batch that has run: its root, what was reported, and the outcomes by run."""

    root: Path
    events: list[Progress | Outcome]
    outcomes: dict[str, Outcome]


ENGINES = [
    pytest.param("wenxiao", marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")),
    pytest.param("kernel", marks=pytest.mark.acceptance),
]


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Both ways to run cells: whatever is tested holds for either."""
    name: Engine = request.param
    return name


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory, run_in: RunIn, engine: Engine) -> Batch:
    """Every fixture notebook but the one that sleeps, run by two workers; `ok` twice; some have run before."""
    root = tmp_path_factory.mktemp("工作区 {一}")  # a path with what papermill would fill in
    kinds = (
        "worker_dies",
        "ok",
        "kernel_dies",
        "raising",
        "raising_wenxiao",
        "no_results",
        "two_results",
        "showing",
    )
    runs = [*(run_in(root, kind) for kind in kinds), run_in(root, "ok", "two")]
    former = root / "outputs" / "raising" / "one" / "report.html"
    former.parent.mkdir(parents=True)
    former.write_text("former", encoding="utf-8")
    stale = root / "outputs" / "ok" / "one" / "left-over.txt"
    stale.parent.mkdir(parents=True)
    stale.touch()
    runs[1].failed_notebook.touch()
    events = list(LocalPool(2, engine=engine).execute(runs))
    return Batch(root, events, {event.run.key: event for event in events if isinstance(event, Outcome)})


def failure_of(batch: Batch, notebook: str) -> tuple[str, int, str, tuple[str, ...]]:
    """Name, cell, line and messages of a failed run."""
    failure = batch.outcomes[f"{notebook}/one"].failure
    assert failure is not None
    return failure.name, failure.cell, failure.line, failure.messages


def test_one_outcome_a_run(batch: Batch) -> None:
    """Whatever happened, each run has exactly one outcome, and only the good ones succeeded."""
    assert len([event for event in batch.events if isinstance(event, Outcome)]) == 9
    assert {key for key, outcome in batch.outcomes.items() if not outcome.failure} == {
        "ok/one",
        "ok/two",
        "showing/one",
    }


def test_progress_counts_the_cells(batch: Batch) -> None:
    """A run reports each cell before it runs, the injected one included."""
    cells = [
        (event.cell, event.cells)
        for event in batch.events
        if isinstance(event, Progress) and event.run.key == "ok/two"
    ]
    assert cells == [(n, 5) for n in range(1, 6)]


def test_a_good_run_leaves_its_files(batch: Batch) -> None:
    """Page, notebook, results and manifest; a file that no run made stays beside them, the failure note is gone."""
    run = batch.outcomes["ok/one"].run
    names = {path.name for path in run.folder.iterdir()}
    assert names == {"left-over.txt", "manifest.json", "report.html", "report.ipynb", "results.json"}
    assert not run.failed_notebook.exists()


def test_the_kernel_works_at_the_root(batch: Batch) -> None:
    """The notebook gets its parameters, and runs in the workspace, which it finds by WENXIAO_ROOT."""
    notebook = nbformat.read(batch.outcomes["ok/one"].run.folder / "report.ipynb", as_version=4)
    printed = [
        output.text for cell in notebook.cells for output in cell.get("outputs", ()) if "text" in output
    ]
    assert printed == ["朝阳区 2024 True\n"]


def test_results_are_readable(batch: Batch) -> None:
    """results.json holds what the notebook recorded, in UTF-8; the outcome carries the headline of it."""
    outcome = batch.outcomes["ok/one"]
    text = (outcome.run.folder / "results.json").read_text(encoding="utf-8")
    assert '"place": "朝阳区"' in text
    assert outcome.headline == headline(json.loads(text))


def test_parameters_are_readable(batch: Batch) -> None:
    """Chinese stays Chinese in the injected cell."""
    notebook = nbformat.read(batch.outcomes["ok/one"].run.folder / "report.ipynb", as_version=4)
    (cell,) = [cell for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", ())]
    assert 'place = "朝阳区"' in cell.source


def test_same_input_same_bytes(batch: Batch) -> None:
    """Two runs of the same differ in their manifests only; no file but that knows when or where it was made."""
    one, two = (batch.outcomes[f"ok/{name}"].run.folder for name in ("one", "two"))
    for name in ("report.html", "report.ipynb", "results.json"):
        content = (one / name).read_bytes()
        assert content == (two / name).read_bytes(), name
        assert str(batch.root).encode() not in content
        assert b"start_time" not in content


def test_manifest_says_when_and_with_what(batch: Batch) -> None:
    """The manifest names the run, its parameters, the time with its zone, and the versions."""
    manifest = json.loads((batch.outcomes["ok/two"].run.folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["notebook"], manifest["run"]) == ("ok", "two")
    assert manifest["parameters"] == {"place": "朝阳区", "year": 2024}
    assert manifest["finished"].endswith("+00:00")
    assert manifest["seconds"] > 0
    assert {"wenxiao", "python", "papermill"} <= manifest["versions"].keys()


def test_an_error_names_its_cell(batch: Batch) -> None:
    """An exception in a cell is reported with the cell's number, its first line, and the error; no traceback."""
    assert failure_of(batch, "raising") == (
        "ZeroDivisionError",
        4,
        "# the share of nobody",
        ("ZeroDivisionError: division by zero",),
    )


def test_an_error_about_data_is_said_as_it_is(batch: Batch) -> None:
    """The problems of a WenxiaoError arrive as they were written, all of them."""
    name, cell, _, messages = failure_of(batch, "raising_wenxiao")
    assert (name, cell) == ("SheetError", 3)
    assert messages == (
        "资金.xlsx C5：金额不是数字（现为“待定”）。处理：填写数字。",
        "资金.xlsx［二］：工作表是空的。",
    )


@pytest.mark.parametrize("notebook", ["no_results", "two_results"])
def test_results_are_recorded_exactly_once(batch: Batch, notebook: str) -> None:
    """A notebook that records no results, or two, has failed, though no cell has."""
    name, cell, _, _ = failure_of(batch, notebook)
    assert (name, cell) == ("RunError", 0)


def test_a_process_that_ends_is_one_failed_run(batch: Batch, engine: Engine) -> None:
    """A process that ends without a word costs its run; the cell that was running is named."""
    name, cell, line, messages = failure_of(batch, "kernel_dies")
    assert (cell, line) == (4, "os._exit(9)")
    if engine == "kernel":
        assert (name, messages) == ("DeadKernelError", ("内核意外终止，可能是内存不足",))
    else:
        assert (name, messages) == ("ProcessDied", ("执行进程自行结束（退出码 9），没有交出报告",))


def test_a_dead_parent_is_one_failed_run(batch: Batch, engine: Engine) -> None:
    """What kills the process above its own costs its run; another takes that place, and what ran beside runs again."""
    name, cell, _, (message,) = failure_of(batch, "worker_dies")
    if engine == "kernel":
        assert (name, cell, message) == ("ProcessDied", 0, "执行进程被强行结束，可能是内存不足（SIGKILL）")
    else:
        assert (name, cell) == ("ParentDied", 0)


def test_a_failed_run_leaves_former_output(batch: Batch) -> None:
    """The former good report stays as it was."""
    folder = batch.outcomes["raising/one"].run.folder
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == {
        "report.html": "former"
    }


@pytest.mark.parametrize("notebook", ["raising", "raising_wenxiao", "kernel_dies"])
def test_a_failed_notebook_is_kept_and_marked(batch: Batch, notebook: str) -> None:
    """The notebook of a failed run lies beside the run's folder, with papermill's marks at the cell."""
    notebook_node = nbformat.read(batch.outcomes[f"{notebook}/one"].run.failed_notebook, as_version=4)
    marks = [
        cell for cell in notebook_node.cells if "papermill-error-cell-tag" in cell.metadata.get("tags", ())
    ]
    assert len(marks) == 2


def test_nothing_half_written(batch: Batch) -> None:
    """No hidden folder is left, not even of the worker that was killed, and no folder of a run that failed."""
    outputs = batch.root / "outputs"
    assert list((outputs / ".wenxiao" / "staging").iterdir()) == []
    assert sorted(path.parent.name for path in outputs.glob("*/one") if path.is_dir()) == [
        "ok",
        "raising",
        "showing",
    ]


def test_a_failure_can_be_raised(batch: Batch) -> None:
    """A failure is also a RunError, whose problems name notebook, run and cell."""
    failure = batch.outcomes["raising/one"].failure
    assert failure is not None
    assert isinstance(failure.error, RunError)
    assert str(failure.error) == (
        "raising.ipynb［one］第 4 个代码单元（# the share of nobody）：ZeroDivisionError: division by zero。"
    )


def is_alive(process: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


def test_stopping_stops_everything(tmp_path: Path, run_in: RunIn, engine: Engine) -> None:
    """Closing the events ends every process at once, and leaves nothing of the run in the outputs."""
    run = run_in(tmp_path, "sleeping")
    marker = run.root / "kernel.pid"
    events = LocalPool(1, engine=engine).execute([run])
    for event in events:
        if isinstance(event, Progress) and event.cell == event.cells:
            break
    deadline = time.monotonic() + 30
    while not (marker.exists() and marker.read_text(encoding="utf-8")):
        assert time.monotonic() < deadline, "the kernel does not come to its cell"
        time.sleep(0.05)
    process = int(marker.read_text(encoding="utf-8"))
    assert is_alive(process)
    start = time.monotonic()
    events.close()
    assert time.monotonic() - start < 6
    assert not is_alive(process)
    assert not (run.folder.parent).exists() or list(run.folder.parent.iterdir()) == []
    assert list((run.root / "outputs").rglob("report.*")) == []
