"""One run, executed in this process: notebook, page, results and manifest, published together or not at all."""

from __future__ import annotations

import logging
import os
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError
from papermill.execute import ERROR_MARKER_TAG

from wenxiao.batch import kernel
from wenxiao.batch.cleaning import cleaned
from wenxiao.batch.manifest import manifest_of
from wenxiao.batch.publication import forget_failed, keep_failed, publish, staging
from wenxiao.batch.run import Failure, Outcome, Progress, Run
from wenxiao.model.errors import WenxiaoError
from wenxiao.project.workspace import ROOT_VARIABLE

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from upath import UPath

NOTEBOOK, PAGE, RESULTS = "report.ipynb", "report.html", "results.json"
WORKING_PAPER = "working-paper.xlsx"


def execute(run: Run, report: Callable[[Progress], None]) -> Outcome:
    """The outcome of a run; its files lie in `run.folder` if it succeeded, else what lay there before still does.

    Never raises for what happens in the run. `report` hears of each cell.
    """
    start = time.perf_counter()
    results: Mapping[str, Any] | None = None
    failure: Failure | None = None
    try:
        results = _attempt(run, report, start)
    except PapermillExecutionError as error:
        failure = _of_cell(run, error)
    except WenxiaoError as error:
        failure = _of_run(run, error, tuple(str(problem) for problem in error.problems))
    except Exception as error:  # noqa: BLE001 - whatever it is, it costs this run and no other
        failure = _of_run(run, error, (f"{type(error).__name__}: {error}",))
    return Outcome(run, time.perf_counter() - start, results, failure)


def _attempt(run: Run, report: Callable[[Progress], None], start: float) -> Mapping[str, Any]:
    with staging(run) as folder:
        forget_failed(run)
        try:
            results = _produce(run, folder, report)
            publish(folder, run, manifest_of(run, "", results, time.perf_counter() - start, "kernel"))
        except Exception:
            if (folder / NOTEBOOK).exists():
                keep_failed(run, folder / NOTEBOOK)
            raise
    return results


def _produce(run: Run, folder: Path, report: Callable[[Progress], None]) -> Mapping[str, Any]:
    from wenxiao.reports import lift_results, lift_working_paper, to_html, write_json  # noqa: PLC0415 - heavy

    path = folder / NOTEBOOK
    notebook = cleaned(_executed(run, path, report))
    if (paper := lift_working_paper(notebook)) is not None:
        (folder / WORKING_PAPER).write_bytes(paper)
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]
    results: Mapping[str, Any] = lift_results(notebook)
    write_json(results, folder / RESULTS)
    (folder / PAGE).write_text(to_html(notebook), encoding="utf-8", newline="\n")
    return results


def _executed(run: Run, path: Path, report: Callable[[Progress], None]) -> NotebookNode:
    """The executed notebook; it is written to `path` if a cell failed. Raises PapermillExecutionError then."""
    kernel.register()
    source = nbformat.read(run.source, as_version=4)  # type: ignore[no-untyped-call]
    # The injected cell is one more.
    cells = len(source.cells) + bool(run.parameters)

    def cell_starts(cell: NotebookNode, cell_index: int) -> None:  # noqa: ARG001 - nbclient's hook
        report(Progress(run, cell_index + 1, cells))

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as sockets:
        executed: NotebookNode = papermill.execute_notebook(
            source,
            _literal(path),
            dict(run.parameters),
            engine_name=kernel.ENGINE,
            kernel_name=kernel.KERNEL,
            progress_bar=False,
            request_save_on_cell_execute=False,
            # What follows goes to nbclient. Papermill's own `cwd` changes that of this whole process.
            resources={"metadata": {"path": str(run.root)}},
            config=kernel.connection(Path(sockets)),
            record_timing=False,
            iopub_timeout=30,
            shutdown_kernel="immediate",
            on_cell_start=cell_starts,
        )
    return executed


def _literal(path: Path) -> str:
    """A path for papermill, which fills in whatever stands in braces."""
    return str(path).replace("{", "{{").replace("}", "}}")


def prepare(root: Path, scratch: Path) -> None:
    """Nothing; this process and its kernels work in the workspace at `root`, each on one thread.

    Their temporary files lie in `scratch`, so that whoever made it can remove what a killed process leaves.
    """
    os.environ["TMPDIR"] = tempfile.tempdir = str(scratch)
    # What libraries log about a run is in its outcome; without a handler Python would write it into the progress.
    logging.getLogger().addHandler(logging.NullHandler())
    os.environ[ROOT_VARIABLE] = str(root)
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(threads, "1")


def _of_cell(run: Run, error: PapermillExecutionError) -> Failure:
    """The failure of a cell, from what its kernel said of it."""
    ours = {cls.__name__ for cls in WenxiaoError.__subclasses__()}
    if error.ename in ours:
        messages = tuple(error.evalue.splitlines())
    elif error.ename == "DeadKernelError":
        messages = ("内核意外终止，可能是内存不足",)
    else:
        messages = (f"{error.ename}: {error.evalue}",)
    lines = [line for line in error.source.splitlines() if line.strip()]
    return Failure(
        run.notebook,
        run.name,
        error.ename,
        messages,
        cell=_code_cells(run.failed_notebook, error.cell_index),
        line=lines[0].strip() if lines else "",
        traceback="\n".join(error.traceback),
    )


def _code_cells(marked: UPath, index: int) -> int:
    """The number of code cells up to the cell that stood at `index` before papermill put its marks in."""
    cells = nbformat.reads(marked.read_text(encoding="utf-8"), as_version=4).cells  # type: ignore[no-untyped-call]
    original = [cell for cell in cells if ERROR_MARKER_TAG not in cell.metadata.get("tags", ())]
    return sum(cell.cell_type == "code" for cell in original[: index + 1])


def _of_run(run: Run, error: Exception, messages: tuple[str, ...]) -> Failure:
    return Failure(
        run.notebook,
        run.name,
        type(error).__name__,
        messages,
        traceback="".join(traceback.format_exception(error)),
    )
