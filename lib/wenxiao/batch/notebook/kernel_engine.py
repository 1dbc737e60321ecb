"""papermill's stock way of running a notebook, a kernel process, with what it lacks for many runs at once."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from papermill.iorw import load_notebook_node
from traitlets.config import Config

from wenxiao.batch.notebook.causes import time_limit_message
from wenxiao.batch.notebook.engine_choice import KERNEL
from wenxiao.batch.notebook.execution import register_translator
from wenxiao.batch.run import Run
from wenxiao.isolation.limits import Limits

_ENGINE = "wenxiao-kernel"
_LONGEST_SOCKET_FOLDER = 90  # a socket's path has 104 bytes on macOS, 108 on Linux


class OutOfTimeError(Exception):
    """The report has taken as long as it may."""


class ManagedKernel(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """The stock engine, which also marks the cell that was running when the kernel died or the time was up."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any
    ) -> None:
        """Executes the notebook in `nb_man`, up to the first cell that fails."""
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **options)
        except (DeadKernelError, CellTimeoutError, OutOfTimeError) as error:
            running = [cell for cell in nb_man.nb.cells if cell.metadata.papermill.get("start_time")]
            if not running:
                raise
            cell = running[-1]
            cell.outputs.append(
                NotebookNode(  # type: ignore[no-untyped-call]
                    output_type="error", ename=type(error).__name__, evalue=str(error), traceback=[str(error)]
                )
            )
            nb_man.cell_exception(cell)


class KernelEngine:
    """Runs the cells in a kernel of their own; a CellEngine."""

    name = "kernel"

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        papermill_engines.register(_ENGINE, ManagedKernel)
        register_translator()

    def read(self, run: Run) -> NotebookNode:
        """The notebook of a run."""
        notebook: NotebookNode = load_notebook_node(str(run.source))
        return notebook

    def execute(self, notebook: NotebookNode, run: Run, cell_starts: Callable[[int], None]) -> NotebookNode:
        """The notebook with its outputs."""

        def starts(cell: NotebookNode, cell_index: int) -> None:  # noqa: ARG001 - nbclient's hook
            cell_starts(cell_index)

        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as sockets, _time_limit(self._limits):
            executed: NotebookNode = papermill_engines.execute_notebook_with_engine(
                _ENGINE,
                notebook,
                kernel_name=KERNEL,
                output_path=None,
                progress_bar=False,
                # What follows goes to nbclient. Papermill's own `cwd` changes that of this whole process.
                resources={"metadata": {"path": str(run.root)}},
                config=connection(Path(sockets)),
                record_timing=False,
                iopub_timeout=30,
                shutdown_kernel="immediate",
                on_cell_start=starts,
            )
        return executed


class _time_limit:  # noqa: N801 - a context manager, used as one
    """Raises OutOfTimeError in the main thread once the time is up, where there are such clocks (not on Windows)."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def __enter__(self) -> None:
        if self._limits.seconds and hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self._rings)
            signal.setitimer(signal.ITIMER_REAL, self._limits.seconds)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _rings(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        raise OutOfTimeError(time_limit_message(self._limits))


def connection(folder: Path) -> Config:
    """The configuration of a kernel that talks through sockets in `folder`, which must be its own.

    The ports of parallel kernels race on TCP (papermill#511): one is chosen, let go, and may be taken before the kernel
    binds it. Where there are no such sockets (Windows), and where their path would be too long, it is TCP all the same.
    """
    config = Config()
    if sys.platform != "win32" and len(os.fsencode(folder)) < _LONGEST_SOCKET_FOLDER:
        config.ConnectionFileMixin.transport = "ipc"
    config.ConnectionFileMixin.connection_file = str(folder / "kernel.json")
    return config
