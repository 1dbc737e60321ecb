"""What files hold, told by hashes of files, of folders and of this program; and the cache of what can be found out again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path

from platformdirs import user_cache_path
from pydantic_core import from_json, to_json

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


CACHE_VARIABLE = "WENXIAO_CACHE"


def cache_folder(name: str) -> Path:
    """The folder of that name in `WENXIAO_CACHE`, else in the place that the system has for caches; it may not be there."""
    named = os.environ.get(CACHE_VARIABLE)
    return (Path(named) if named else user_cache_path("wenxiao", appauthor=False)) / name


def recall(path: Path) -> dict[str, object]:
    """What `remember` kept at a path of the cache; empty if nothing, or nothing sound, is there."""
    try:
        found = from_json(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(path: Path, value: dict[str, object]) -> None:
    """Stores the value at a path of the cache, if that can be written."""
    from upath import UPath  # noqa: PLC0415 - loads fsspec

    from wenxiao.project.place import write_whole  # noqa: PLC0415

    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(UPath(path), to_json(value))
