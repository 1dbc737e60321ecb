"""A workspace at an address that fsspec knows, copied to this machine: notebooks and libraries read plain files.

Each state of the workspace becomes a folder of its own in the cache, which never changes: a run that has begun reads the same
files to its end, whatever is uploaded meanwhile, and two runs of different states do not disturb each other. What two states
share is fetched once.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from upath import UPath

from wenxiao.model.errors import Problem, ProjectError
from wenxiao.project.contents import cache_folder, digest_of
from wenxiao.project.place import marks_below, without_password

FOLDERS = ("data", "notebooks", "parameters")
"""What a workspace is read from; outputs are written to where they belong."""

_KEPT = 7 * 24 * 3600  # seconds an unused state stays


def mirrored(place: UPath) -> Path:
    """The folder of this machine that holds what the workspace at a place holds now.

    Raises ProjectError if the place cannot be reached or holds no workspace.
    """
    shown = without_password(str(place))
    try:
        listed = {
            f"{folder}/{name}": mark
            for folder in FOLDERS
            for name, mark in marks_below(place / folder).items()
        }
        listed = {name: mark for name, mark in listed.items() if _wanted(name)}
        if not any(name.startswith("notebooks/") for name in listed):
            raise ProjectError(
                Problem(
                    "这个地址没有工作区", value=shown, rule="工作区含有 notebooks 文件夹", remedy="改正地址"
                )
            )
        copies = cache_folder("workspaces") / sha256(str(place).encode()).hexdigest()[:16]
        state = copies / digest_of(dict(sorted(listed.items())))[:16]
        if not state.is_dir():
            _fetch(place, listed, copies, state)
    except OSError as error:
        raise ProjectError(
            Problem(f"工作区的地址读不了（{error}）", value=shown, remedy="检查地址、网络和访问权限")
        ) from None
    os.utime(state)
    _forget_unused(copies)
    return state


def _wanted(name: str) -> bool:
    return not any(part.startswith((".", "~$")) or part == ".." for part in name.split("/"))


def _fetch(place: UPath, listed: Mapping[str, str], copies: Path, state: Path) -> None:
    """Copies the files listed into `state`, all or none; files that the cache has are not fetched."""
    whole = copies / f".{state.name}.{os.getpid()}.{token_hex(4)}"
    blobs = copies / ".files"
    blobs.mkdir(parents=True, exist_ok=True)
    try:
        for name, mark in listed.items():
            kept = blobs / sha256(f"{name}\0{mark}".encode()).hexdigest()
            if not kept.exists():
                part = kept.with_suffix(f".{os.getpid()}.{token_hex(4)}")
                part.write_bytes((place / name).read_bytes())
                part.replace(kept)
            target = whole / name
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(kept, target)
            except OSError:  # a file system without links
                shutil.copyfile(kept, target)
        with suppress(OSError):  # another process was first; what it made is the same
            whole.rename(state)
        if not state.is_dir():
            raise OSError(f"{state} cannot be made")
    finally:
        shutil.rmtree(whole, ignore_errors=True)


def _forget_unused(copies: Path) -> None:
    """Deletes states that were not used for a week, with the files that only they had."""
    limit = time.time() - _KEPT
    for folder in copies.iterdir():
        if folder.name != ".files" and folder.stat().st_mtime < limit:
            shutil.rmtree(folder, ignore_errors=True)
    for kept in (copies / ".files").iterdir():
        with suppress(FileNotFoundError):
            state = kept.stat()
            if state.st_nlink == 1 and state.st_mtime < limit:
                kept.unlink()
