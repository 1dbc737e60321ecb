"""What a report has shown so far, kept outside its process; and the notebook made from that when the process has crashed."""

from __future__ import annotations

import fcntl
import marshal
import os
import struct
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat.v4 import new_output
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors

from wenxiao.batch.fork.cell_runner import CellRunner
from wenxiao.batch.notebook.causes import Cause
from wenxiao.batch.notebook.execution import prepared, write_notebook
from wenxiao.batch.run import Run
from wenxiao.batch.storage.publication import keep_failed

if TYPE_CHECKING:
    from nbformat import NotebookNode

_LENGTH = struct.Struct("<I")


class Journal:
    """Records in a file without a name, in memory where there are such files; one process writes, another reads.

    Beyond `room` bytes nothing more is kept.
    """

    def __init__(self, room: int) -> None:
        self.descriptor = _memory_file()
        self._left = room

    def append(self, cell: int, message: dict[str, Any]) -> None:
        """Appends a record, if there is room for it."""
        try:
            record = marshal.dumps((cell, message))
        except ValueError:  # a subclass of str or the like, which only the running process understands
            return
        self._left -= len(record)
        if self._left > 0:
            os.write(self.descriptor, _LENGTH.pack(len(record)) + record)

    def records(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The records, as far as they are whole."""
        content = memoryview(os.pread(self.descriptor, os.fstat(self.descriptor).st_size, 0))
        while len(content) > _LENGTH.size:
            (length,) = _LENGTH.unpack(content[: _LENGTH.size])
            record = content[_LENGTH.size : _LENGTH.size + length]
            if len(record) < length:
                return
            yield marshal.loads(record)
            content = content[_LENGTH.size + length :]

    def close(self) -> None:
        """Closes the file, which is deleted once every process has closed it."""
        os.close(self.descriptor)


def fixed_size_file(room: int) -> int:
    """The descriptor of a new file that takes `room` bytes where the system can hold it to that (Linux), else any number."""
    descriptor = _memory_file()
    if sys.platform == "linux":
        os.ftruncate(descriptor, room)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK)
    return descriptor


def _memory_file() -> int:
    """The descriptor of a new file without a place in any folder, in memory where there are such files."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("wenxiao", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def keep_crashed_notebook(
    run: Run, notebook: NotebookNode, journal: Journal, cell: int, cause: Cause
) -> Cause:
    """Keeps the notebook of a crashed child with what it had shown, the failing cell marked; returns the cause with that cell.

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
