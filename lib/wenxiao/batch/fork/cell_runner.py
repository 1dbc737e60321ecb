"""The cells of a notebook, run one after another in the shell of this process, to the outputs that nbclient would write."""

from __future__ import annotations

import asyncio
import builtins
import getpass
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from IPython.core.error import StdinNotImplementedError
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_output

from wenxiao.batch.fork.shell import LANGUAGE, Message, OutputLimitError, redirect_output
from wenxiao.isolation.limits import allow_more

if TYPE_CHECKING:
    from ipykernel.zmqshell import ZMQInteractiveShell
    from papermill.engines import NotebookExecutionManager

    from wenxiao.batch.fork.papermill_engine import ShellContext


class CellRunner(NotebookClient):
    """nbclient without a kernel: its handling of what cells show, fed by the shell of this process.

    `note` is called at once with the index of the cell and what it shows, so that this is known even if the process ends
    in the middle of a cell.
    """

    def __init__(
        self, notebook: NotebookNode, note: Callable[[int, Message], None] = lambda *_: None
    ) -> None:
        super().__init__(notebook, record_timing=False)
        self.clear_before_next_output = False
        self._note = note
        self._at = 0

    def run(
        self, context: ShellContext, nb_man: NotebookExecutionManager, cell_starts: Callable[[int], None]
    ) -> None:
        """Runs the cells, up to the first that fails; their outputs are put into the notebook."""
        builtins.input = getpass.getpass = _no_input  # type: ignore[assignment]
        redirect_output(
            context.shell, self.handle, lambda message: self._note(self._at, message), context.room
        )
        # The loop runs on between cells, as it does in a kernel.
        asyncio.run(self._run(context, nb_man, cell_starts))

    def handle(self, message: Message) -> None:
        """Adds what the running cell shows to its outputs."""
        self.process_message(message, self.nb.cells[self._at], self._at)

    def replay(self, cell: int, message: Message) -> None:
        """Adds what another process noted of a cell to its outputs."""
        self._at = cell
        self.nb.cells[cell].setdefault("outputs", [])
        self.handle(message)

    async def _run(
        self, context: ShellContext, nb_man: NotebookExecutionManager, cell_starts: Callable[[int], None]
    ) -> None:
        printed = 0
        for index, cell in enumerate(self.nb.cells):
            self._at = index
            nb_man.cell_start(cell, index)
            cell_starts(index)
            succeeded = True
            tags = cell.metadata.get("tags", ())
            if cell.cell_type == "code" and cell.source.strip() and self.skip_cells_with_tag not in tags:
                cell.outputs = []
                self.clear_before_next_output = False
                number = {"execution_count": context.shell.execution_count}
                self.handle({"msg_type": "execute_input", "content": number})
                error = await _executed(context.shell, cell.source)
                succeeded = error is None
                sys.stdout.flush()
                sys.stderr.flush()
                printed = self._printed_beneath(context.descriptors, printed)
                if error and printed >= context.room:
                    error = _output_limit_error(cell)
                elif error and not any(output.output_type == "error" for output in cell.outputs):
                    # What shows errors has failed too, for want of memory.
                    name, words = type(error).__name__, str(error)
                    cell.outputs.append(
                        new_output("error", ename=name, evalue=words, traceback=[])  # type: ignore[no-untyped-call]
                    )
            failed = not succeeded and "raises-exception" not in tags
            if failed:
                nb_man.cell_exception(cell, cell_index=index)
            nb_man.cell_complete(cell, cell_index=index)
            if failed:
                return
        self.nb.metadata["language_info"] = LANGUAGE

    def _printed_beneath(self, descriptor: int, before: int) -> int:
        """How much was written to the descriptors of standard output; what is new is an output of the cell."""
        try:
            content = os.pread(descriptor, os.lseek(descriptor, 0, os.SEEK_CUR) - before, before)
        except OSError:  # closed by a cell
            return before
        if content:
            text = content.decode(errors="replace")
            self.handle(stream_message("stdout", text))
        return before + len(content)


def stream_message(name: str, text: str) -> Message:
    """The message of something printed."""
    header = {"msg_type": "stream"}
    return {
        "header": header,
        "msg_type": "stream",
        "parent_header": {},
        "content": {"name": name, "text": text},
    }


async def _executed(shell: ZMQInteractiveShell, source: str) -> BaseException | None:
    """The error of a cell, None if it succeeded; run as IPythonKernel.do_execute runs it."""
    try:
        transformed = shell.transform_cell(source)  # type: ignore[no-untyped-call]
    except Exception:  # noqa: BLE001 - run_cell says what is wrong
        transformed = source
    if shell.should_run_async(source, transformed_cell=transformed):
        result: Any = None
        try:
            result = await shell.run_cell_async(source, store_history=True, transformed_cell=transformed)
        finally:
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", result)
    else:
        result = shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
    if shell.payload_manager is not None:
        shell.payload_manager.clear_payload()
    if getattr(shell, "_last_traceback_during_displayhook", False):
        return RuntimeError("display")
    error: BaseException | None = result.error_before_exec or result.error_in_exec
    if isinstance(error, MemoryError):
        allow_more()
    return error


def _output_limit_error(cell: NotebookNode) -> OutputLimitError:
    """The error of a cell that met the end of the file beneath standard output, which the system words otherwise."""
    error = OutputLimitError()
    for output in cell.outputs:
        if output.output_type == "error":
            output.update(ename=type(error).__name__, evalue=str(error))
    return error


def _no_input(prompt: str = "", stream: object = None) -> NoReturn:
    del prompt, stream
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")
