"""Notebooks that papermill runs by itself, executed in children of a fork server that this process starts once and keeps."""

from __future__ import annotations

import atexit
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.engines import NotebookExecutionManager

from wenxiao.batch.fork.fork_pool import ForkServerProcess
from wenxiao.batch.fork.messages import ForkTask
from wenxiao.batch.notebook.causes import DIED
from wenxiao.batch.run import Failure, Outcome, Progress, Run
from wenxiao.isolation.limits import Limits
from wenxiao.language import _


def execute_remotely(nb_man: NotebookExecutionManager) -> None:
    """Executes the notebook in `nb_man` in a child process, up to the first cell that fails."""
    root = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notebook.ipynb"
        nbformat.write(nb_man.nb, path)  # type: ignore[no-untyped-call]
        failure, at = _executed(
            nb_man, ForkTask(Run("papermill", "notebook", {}, root, folder), "", notebook=path), root
        )
        executed = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    _copy_back(nb_man, executed, failure, at)


def _executed(nb_man: NotebookExecutionManager, task: ForkTask, root: Path) -> tuple[Failure | None, int]:
    """Why there is no executed notebook, None if there is one; the index of the cell that ran last."""
    at = 0
    try:
        server = _fork_server(root)
        server.connection.send(task)
        while True:
            event = server.connection.recv()
            if isinstance(event, Progress):
                at = event.cell - 1
                nb_man.cell_start(nb_man.nb.cells[at], at)
            elif isinstance(event, Outcome):
                return event.failure, at
    except (EOFError, OSError):
        _fork_server.cache_clear()
        return Failure("papermill", "notebook", DIED, ("执行进程的上级意外终止",)), at


def _copy_back(
    nb_man: NotebookExecutionManager, executed: NotebookNode, failure: Failure | None, at: int
) -> None:
    """Copies the outputs of the executed notebook into that of `nb_man`."""
    for index, (cell, ran) in enumerate(zip(nb_man.nb.cells, executed.cells, strict=True)):
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
        failed = any(output.output_type == "error" for output in cell.get("outputs", ()))
        if failure is not None and index == at:
            words = list(failure.messages)
            cell.outputs.append(new_output("error", ename=failure.name, evalue=words[0], traceback=words))  # type: ignore[no-untyped-call]
            failed = True
        if failed:
            nb_man.cell_exception(cell, cell_index=index)
        if index <= at:
            nb_man.cell_complete(cell, cell_index=index)
    if "language_info" in executed.metadata:
        nb_man.nb.metadata["language_info"] = executed.metadata.language_info


@cache
def _fork_server(root: Path) -> ForkServerProcess:
    scratch = tempfile.TemporaryDirectory(prefix="wenxiao-", ignore_cleanup_errors=True)
    server = ForkServerProcess(root, Path(scratch.name), Limits())

    def stop() -> None:
        server.close()
        scratch.cleanup()

    atexit.register(stop)
    return server


def why_no_fork(options: dict[str, Any]) -> str:
    """Why papermill's options for a run need a kernel, in words; empty if they do not."""
    return _("a time limit per cell is asked for") if options.get("execution_timeout") else ""
