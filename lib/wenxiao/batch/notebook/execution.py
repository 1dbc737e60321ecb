"""One run, executed in this process: notebook, page, results and manifest, published together or not at all."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import nbformat
from papermill.exceptions import PapermillExecutionError
from papermill.execute import prepare_notebook_metadata, raise_for_execution_errors, remove_error_markers
from papermill.parameterize import parameterize_notebook
from papermill.translators import PythonTranslator, papermill_translators

from wenxiao.batch.notebook.causes import Cause, of_cell, of_error
from wenxiao.batch.notebook.cleaning import cleaned
from wenxiao.batch.notebook.engine_choice import KERNEL
from wenxiao.batch.notebook.secrets import secrets_of, variable_of, without_secrets
from wenxiao.batch.run import Outcome, Progress, Run
from wenxiao.batch.storage.manifest import manifest_of
from wenxiao.batch.storage.publication import forget_failed, keep_failed, publish, staging

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOK, PAGE, RESULTS = "report.ipynb", "report.html", "results.json"
WORKING_PAPER = "working-paper.xlsx"


class CellEngine(Protocol):
    """A way to run the cells of a notebook."""

    name: str

    def read(self, run: Run) -> NotebookNode:
        """The notebook of a run as papermill loads it, to be changed at will."""
        ...

    def execute(self, notebook: NotebookNode, run: Run, cell_starts: Callable[[int], None]) -> NotebookNode:
        """The notebook with its outputs, up to the first cell that failed."""
        ...


def execute(run: Run, key: str, engine: CellEngine, report: Callable[[Progress], None]) -> Outcome:
    """The outcome of a run; its files lie in their place if it succeeded, else what lay there before still does.

    `key` is that of the run's Decision. Never raises for what happens in the run. `report` hears of each cell.
    """
    start = time.perf_counter()
    headline: Mapping[str, Any] | None = None
    cause: Cause | None = None
    try:
        headline = _attempt(run, key, engine, report, start)
    except _CellError as failed:
        cause = failed.cause
    except Exception as error:  # noqa: BLE001 - whatever it is, it costs this run and no other
        cause = of_error(error)
    failure = None if cause is None else cause.failure(run, secrets_of(run))
    return Outcome(run, time.perf_counter() - start, headline, failure)


def prepared(run: Run, notebook: NotebookNode) -> NotebookNode:
    """The notebook with the parameters of the run injected, as papermill prepares it."""
    if run.parameters:
        notebook = parameterize_notebook(notebook, dict(run.parameters), kernel_name=KERNEL)
    marked = prepare_notebook_metadata(notebook, "", "")
    unmarked: NotebookNode = remove_error_markers(marked)
    return unmarked


class _CellError(Exception):
    """A cell failed; says why."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause)
        self.cause = cause


def _attempt(
    run: Run, key: str, engine: CellEngine, report: Callable[[Progress], None], start: float
) -> Mapping[str, Any]:
    with staging(run) as folder:
        forget_failed(run)
        try:
            results = _produce(run, folder, engine, report)
            manifest = manifest_of(run, key, results, time.perf_counter() - start, engine.name)
            _name_to_send(folder, manifest["headline"]["sent_as"])
            publish(folder, run, manifest)
        except Exception:
            if (folder / NOTEBOOK).exists():
                keep_failed(run, folder / NOTEBOOK)
            raise
    headline: Mapping[str, Any] = manifest["headline"]
    return headline


def _produce(
    run: Run, folder: Path, engine: CellEngine, report: Callable[[Progress], None]
) -> Mapping[str, Any]:
    from wenxiao.reports import lift_results, lift_working_paper, to_html, write_json  # noqa: PLC0415 - heavy

    path = folder / NOTEBOOK
    notebook = prepared(run, engine.read(run))
    cells = len(notebook.cells)
    notebook = engine.execute(notebook, run, lambda index: report(Progress(run, index + 1, cells)))
    try:
        raise_for_execution_errors(notebook, None)
    except PapermillExecutionError as error:
        cause = of_cell(notebook, error)
        write_notebook(notebook, run, path)
        raise _CellError(cause) from None
    if (paper := lift_working_paper(notebook)) is not None:
        (folder / WORKING_PAPER).write_bytes(paper)
    notebook = write_notebook(notebook, run, path)
    results: Mapping[str, Any] = lift_results(notebook)
    write_json(results, folder / RESULTS)
    (folder / PAGE).write_text(to_html(notebook), encoding="utf-8", newline="\n")
    return results


def _name_to_send(folder: Path, name: str) -> None:
    """Gives the page a second name, by which it is known where it was sent to: the same file where the system can."""
    if not name:
        return
    try:
        (folder / name).hardlink_to(folder / PAGE)
    except OSError:  # a file system without links
        shutil.copyfile(folder / PAGE, folder / name)


def write_notebook(notebook: NotebookNode, run: Run, path: Path) -> NotebookNode:
    """The notebook as it is written to `path`: without the circumstances of its execution, and without secrets."""
    clean: NotebookNode = without_secrets(cleaned(notebook), secrets_of(run))
    nbformat.write(clean, path)  # type: ignore[no-untyped-call]
    return clean


class ReadableTranslator(PythonTranslator):  # type: ignore[misc]  # papermill has no types
    r"""Parameters as Python in the injected cell: printable characters as they are, a secret by its environment variable.

    >>> ReadableTranslator.translate('朝阳区 "甲"\n')
    '"朝阳区 \\"甲\\"\\n"'
    >>> ReadableTranslator.translate('${ENV:PASSWORD}')
    '__import__("os").environ["PASSWORD"]'
    """

    @classmethod
    def translate_escaped_str(cls, str_val: object) -> str:
        """The Python literal of a text; of a secret, the expression that takes it from the environment."""
        variable = variable_of(str_val)
        if variable:
            return f'__import__("os").environ["{variable}"]'
        text = "".join(
            character
            if character.isprintable() and character != "\\"
            else character.encode("unicode_escape").decode("ascii")
            for character in str(str_val)
        )
        return '"' + text.replace('"', r"\"") + '"'


def register_translator() -> None:
    """Makes papermill in this process write parameters by `ReadableTranslator`."""
    papermill_translators.register(KERNEL, ReadableTranslator)
