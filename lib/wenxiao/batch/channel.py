"""Lines of JSON through a pipe, between processes of which either may end at any moment."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

Fact = dict[str, Any]


class Channel:
    """The writing end. BrokenPipeError once nobody reads, or the descriptor has become another file's."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._identity = _identity(descriptor)

    def say(self, fact: Fact) -> None:
        """Nothing; the fact is on its way."""
        line = memoryview(json.dumps(fact, ensure_ascii=False, default=str).encode() + b"\n")
        if _identity(self._descriptor) != self._identity:
            # A cell has closed what it did not open. What stands there now must not be written into.
            raise BrokenPipeError("the channel was closed from outside")
        while line:
            line = line[os.write(self._descriptor, line) :]


class Lines:
    """The reading end: whatever arrives is taken without waiting, whole lines are facts."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.ended = False
        self._rest = b""
        os.set_blocking(descriptor, False)

    def facts(self) -> Iterator[Fact]:
        """The facts that have arrived; what is none is passed over."""
        while not self.ended:
            try:
                arrived = os.read(self.descriptor, 1 << 16)
            except BlockingIOError:
                break
            self.ended = not arrived
            *lines, self._rest = (self._rest + arrived).split(b"\n")
            for line in lines:
                try:
                    fact = json.loads(line)
                except ValueError:
                    continue
                if isinstance(fact, dict):
                    yield fact

    def close(self) -> None:
        """Nothing; nobody reads any more."""
        os.close(self.descriptor)


def _identity(descriptor: int) -> tuple[int, int] | None:
    try:
        status = os.fstat(descriptor)
    except OSError:
        return None
    return status.st_dev, status.st_ino
