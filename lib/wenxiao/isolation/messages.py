"""Messages between a process and its worker through a pipe: pickled, what is large beside the pickle and not copied."""

from __future__ import annotations

import pickle
import struct
from typing import Any, BinaryIO

_LARGE = 1 << 16  # bytes; a smaller array is pickled with what it belongs to


def packed(value: object) -> list[bytes | memoryview]:
    """The parts of a message that holds `value`: its pickle, then the contents of its large arrays."""
    large: list[pickle.PickleBuffer] = []

    def stays(buffer: pickle.PickleBuffer) -> bool:
        if buffer.raw().nbytes < _LARGE:
            return True
        large.append(buffer)
        return False

    body = pickle.dumps(value, protocol=5, buffer_callback=stays)
    return [body, *(buffer.raw() for buffer in large)]


def send(stream: BinaryIO, parts: list[bytes | memoryview]) -> None:
    """Writes the parts of a message; BrokenPipeError where nobody reads."""
    stream.write(struct.pack(f"<{1 + len(parts)}Q", len(parts), *map(len, parts)))
    stream.writelines(parts)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """The value of the next message; EOFError where none comes, or not a whole one."""
    (count,) = struct.unpack("<Q", _exactly(stream, 8))
    lengths = struct.unpack(f"<{count}Q", _exactly(stream, 8 * count))
    body, *large = [_exactly(stream, length) for length in lengths]
    return pickle.loads(body, buffers=large)


def _exactly(stream: BinaryIO, length: int) -> bytearray:
    content = bytearray(length)
    view = memoryview(content)
    while view:
        count = stream.readinto(view)  # type: ignore[attr-defined]
        if not count:
            raise EOFError
        view = view[count:]
    return content
