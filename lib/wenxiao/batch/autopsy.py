"""The notebook of a report whose process ended without a word, from what it had shown until then."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nbformat.v4 import new_output
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors

from wenxiao.batch.causes import Cause
from wenxiao.batch.cells import CellRunner
from wenxiao.batch.execution import prepared, write_notebook
from wenxiao.batch.journal import Journal
from wenxiao.batch.publication import keep_failed
from wenxiao.batch.run import Run

if TYPE_CHECKING:
    from nbformat import NotebookNode


def keep_what_it_showed(run: Run, notebook: NotebookNode, journal: Journal, cell: int, cause: Cause) -> Cause:
    """The cause with its cell; the notebook with what was shown, marked there, is kept where people look for it.

    `cell` is the index of the cell that was running, below 0 where none was.
    """
    notebook = prepared(run, notebook)
    if cell < 0:
        return cause
    placed = cause.at(notebook, cell)
    runner = CellRunner(notebook)
    for index, message in journal.records():
        runner.replay(index, message)
    error = new_output("error", ename=cause.name, evalue=cause.messages[0], traceback=list(cause.messages))  # type: ignore[no-untyped-call]
    notebook.cells[cell].setdefault("outputs", []).append(error)
    with suppress(PapermillExecutionError):
        raise_for_execution_errors(notebook, None)  # it marks the notebook
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.ipynb"
        write_notebook(notebook, run, path)
        keep_failed(run, path)
    return placed
