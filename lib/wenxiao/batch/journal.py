"""What a report has shown so far, where it survives the process that shows it."""

from __future__ import annotations

import fcntl
import marshal
import os
import struct
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

_LENGTH = struct.Struct("<I")


class Journal:
    """Records in a file without a name, in memory where there are such files; one process writes, another reads.

    Beyond `room` bytes nothing more is kept.
    """

    def __init__(self, room: int) -> None:
        self.descriptor = _memory_file()
        self._left = room

    def append(self, cell: int, message: dict[str, Any]) -> None:
        """Nothing; the record is kept if it has room."""
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
        """Nothing; the file is gone when the last process has closed it."""
        os.close(self.descriptor)


def sealed_file(room: int) -> int:
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
