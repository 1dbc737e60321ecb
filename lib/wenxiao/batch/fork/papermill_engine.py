"""The engine's part within papermill: cells in a shell of this process, or in another process forked for them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager, papermill_engines

from wenxiao.batch.notebook.engine_choice import ENGINE, KERNEL, why_kernel
from wenxiao.language import _

if TYPE_CHECKING:
    from ipykernel.zmqshell import ZMQInteractiveShell
    from nbformat import NotebookNode

    from wenxiao.batch.fork.crash_report import Journal
    from wenxiao.batch.fork.preload import Preloaded
    from wenxiao.batch.run import Run


@dataclass(frozen=True)
class ShellContext:
    """Where cells run: the shell of this process, the journal of what they show, standard output, the bytes of output allowed."""

    shell: ZMQInteractiveShell
    journal: Journal
    descriptors: int
    room: int


class ForkedCells(Engine):  # type: ignore[misc]  # papermill has no types
    """Runs the cells of a notebook in a forked process, or in a kernel where that cannot be."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        context: ShellContext | None = None,
        cell_starts: Callable[[int], None] = lambda _: None,
        **options: Any,
    ) -> None:
        """Executes the notebook in `nb_man`, up to the first cell that fails.

        With `context` in this process, which must have been forked for it; else in another one.
        """
        from wenxiao.batch.fork.cell_runner import CellRunner  # noqa: PLC0415 - heavy, and only needed by who runs cells

        if context is not None:
            CellRunner(nb_man.nb, context.journal.append).run(context, nb_man, cell_starts)
            return
        from wenxiao.batch.fork.remote_execution import execute_remotely, why_no_fork  # noqa: PLC0415 - only needed by papermill

        reason = why_kernel(nb_man.nb) or why_no_fork(options)
        if reason:
            words = _("wenxiao: a kernel runs this notebook: {reason}").format(reason=reason)
            print(words, file=sys.stderr)  # noqa: T201 - as papermill's own
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
            return
        execute_remotely(nb_man)


class ForkEngine:
    """Runs the cells in this process, which was forked for them; a CellEngine."""

    name = ENGINE

    def __init__(self, preloaded: Preloaded, context: ShellContext) -> None:
        self._preloaded = preloaded
        self._context = context
        papermill_engines.register(ENGINE, ForkedCells)

    def read(self, run: Run) -> NotebookNode:
        """The notebook of a run, parsed before the fork."""
        return self._preloaded.notebook(run.source)

    def execute(self, notebook: NotebookNode, run: Run, cell_starts: Callable[[int], None]) -> NotebookNode:
        """The notebook with its outputs."""
        del run  # the process stands in its workspace already
        executed: NotebookNode = papermill_engines.execute_notebook_with_engine(
            ENGINE,
            notebook,
            kernel_name=KERNEL,
            output_path=None,
            progress_bar=False,
            context=self._context,
            cell_starts=cell_starts,
        )
        return executed
