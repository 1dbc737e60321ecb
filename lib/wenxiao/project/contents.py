"""What files hold, by content: hashes of files, of folders, and of this program, so that what is unchanged can be told."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[1]
"""The folder of the package."""


def contents(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file in a folder and below, by name with slashes, sorted; hidden and temporary files are none.

    A file whose size and time are those of the last call in this process is not read again.
    """
    return {
        name: _digest(entry.path, state.st_size, state.st_mtime_ns, state.st_ino)
        for name, entry, state in sorted(_files(folder, ""), key=_name)
    }


def digest(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal."""
    state = path.stat()
    return _digest(str(path), state.st_size, state.st_mtime_ns, state.st_ino)


def digest_of(parts: Mapping[str, object]) -> str:
    """The SHA-256 of names and what they stand for, in order.

    >>> digest_of({"a": "1"}) == digest_of({"a": "2"})
    False
    """
    sums = hashlib.sha256()
    for name, part in parts.items():
        sums.update(f"{name}\0{part}\0".encode())
    return sums.hexdigest()


@cache
def program_digest(*rooms: str) -> str:
    """The SHA-256 of the code and the data of those rooms of the package, or folders of them."""
    return digest_of({room: digest_of(contents(PROGRAM / room)) for room in rooms})


@lru_cache(maxsize=65536)
def _digest(path: str, size: int, changed: int, number: int) -> str:  # noqa: ARG001 - what a change is told by
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: str | Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str], os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~$")) or entry.name == "__pycache__":
                continue
            if entry.is_dir():
                yield from _files(entry.path, f"{prefix}{entry.name}/")
            elif entry.is_file():
                yield prefix + entry.name, entry, entry.stat()


def _name(found: tuple[str, os.DirEntry[str], os.stat_result]) -> str:
    return found[0]
