"""What passes between the command, the fork server and its children: tasks, and messages as lines of JSON in a pipe."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wenxiao.batch.run import Run

ChildMessage = dict[str, Any]


@dataclass(frozen=True)
class ForkTask:
    """A run to execute in a child, with the key of its Decision; `shared` says that other runs are of the same project.

    With `notebook`, a file prepared by papermill in another process, only its cells are executed, in place.
    """

    run: Run
    key: str
    shared: bool = False
    notebook: Path | None = None


class MessageWriter:
    """The writing end. BrokenPipeError once the other end is closed, or the descriptor has become another file's."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._identity = _identity(descriptor)

    def write(self, message: ChildMessage) -> None:
        """Writes the message as a line of JSON."""
        line = memoryview(json.dumps(message, ensure_ascii=False, default=str).encode() + b"\n")
        if _identity(self._descriptor) != self._identity:
            # A cell has closed what it did not open. What stands there now must not be written into.
            raise BrokenPipeError("the channel was closed from outside")
        while line:
            line = line[os.write(self._descriptor, line) :]


class MessageReader:
    """The reading end: whatever arrives is taken without waiting, whole lines are messages."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.ended = False
        self._rest = b""
        os.set_blocking(descriptor, False)

    def messages(self) -> Iterator[ChildMessage]:
        """The messages that have arrived; a line that is no JSON object is skipped."""
        while not self.ended:
            try:
                arrived = os.read(self.descriptor, 1 << 16)
            except BlockingIOError:
                break
            self.ended = not arrived
            *lines, self._rest = (self._rest + arrived).split(b"\n")
            for line in lines:
                try:
                    message = json.loads(line)
                except ValueError:
                    continue
                if isinstance(message, dict):
                    yield message

    def close(self) -> None:
        """Closes the reading end."""
        os.close(self.descriptor)


def _identity(descriptor: int) -> tuple[int, int] | None:
    try:
        status = os.fstat(descriptor)
    except OSError:
        return None
    return status.st_dev, status.st_ino
