"""papermill's stock way of running a notebook, a kernel process, with what it lacks for many runs at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from papermill.translators import PythonTranslator, papermill_translators
from traitlets.config import Config

ENGINE = "wenxiao-kernel"
KERNEL = "python3"  # of any other name, nbclient lets parallel kernels write to one history file
_LONGEST_SOCKET_FOLDER = 90  # a socket's path has 104 bytes on macOS, 108 on Linux


class KernelEngine(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """The stock engine, which also marks the cell that was running when the kernel died."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any
    ) -> None:
        """Nothing; the notebook in `nb_man` is executed, up to the first cell that fails."""
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **options)
        except (DeadKernelError, CellTimeoutError) as error:
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


class ReadableTranslator(PythonTranslator):  # type: ignore[misc]  # papermill has no types
    r"""papermill's Python, with printable characters as they are.

    >>> ReadableTranslator.translate('朝阳区 "甲"\n')
    '"朝阳区 \\"甲\\"\\n"'
    """

    @classmethod
    def translate_escaped_str(cls, str_val: object) -> str:
        """The Python literal of a text."""
        text = "".join(
            character
            if character.isprintable() and character != "\\"
            else character.encode("unicode_escape").decode("ascii")
            for character in str(str_val)
        )
        return '"' + text.replace('"', r"\"") + '"'


def register() -> None:
    """Nothing; papermill in this process knows the engine, and writes Chinese parameters readably."""
    papermill_engines.register(ENGINE, KernelEngine)
    papermill_translators.register(KERNEL, ReadableTranslator)


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
