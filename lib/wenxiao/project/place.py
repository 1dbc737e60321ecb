"""Places: where files lie, a local folder or any address that fsspec knows, with what pathlib and fsspec lack for both.

A place is a `UPath`: a plain path for a local address, the same methods for `s3://…`, `memory://…` and their like. Nothing
here holds a connection, so places can be sent to other processes and machines.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from upath import UPath

from wenxiao.model.errors import Problem, ProjectError

_PASSWORD = re.compile(r"(?<=://)[^/@]*:[^/@]*@")
_LOCAL = ("", "file", "local")


@dataclass(frozen=True, slots=True)
class FileState:
    """What a listing says of a file: its size, and the mark its store gives to these bytes ('' where it gives none)."""

    size: int
    mark: str = ""


def place_of(address: str | os.PathLike[str]) -> UPath:
    """The place at an address: an absolute local path, `file://…`, or any other address that fsspec knows.

    Raises ProjectError where the address needs a library that is not there.

    >>> place_of("memory://outputs") / "a"
    MemoryPath('/outputs/a', protocol='memory')
    """
    try:
        with warnings.catch_warnings():
            # A store that fsspec knows and universal-pathlib has no special class for works by the general one.
            warnings.simplefilter("ignore", UserWarning)
            place = UPath(address)
        protocol = place.protocol
        if protocol not in _LOCAL:
            _ = place.fs
    except (ImportError, ValueError) as error:
        raise ProjectError(
            Problem(
                "这种地址打不开",
                value=without_password(str(address)),
                rule="本机文件夹，或 s3:// 等 fsspec 支持的地址",
                remedy=f"改正地址，或安装所需的软件包（{error}）",
            )
        ) from None
    return UPath(Path(place.path).absolute()) if protocol in _LOCAL else place


def local(place: UPath) -> Path | None:
    """The place as a path of this machine; None if it lies elsewhere."""
    return Path(place.path) if place.protocol in _LOCAL else None


def address(place: UPath) -> str:
    """The address by which another process finds the place again."""
    path = local(place)
    return str(place) if path is None else str(path)


def without_password(shown: str) -> str:
    """An address as people and files may see it.

    >>> without_password("sftp://clerk:secret@host/outputs")
    'sftp://host/outputs'
    """
    return _PASSWORD.sub("", shown)


def write_whole(place: UPath, content: bytes) -> None:
    """Writes `content` to the file there, whole or not at all. Its folder must exist."""
    path = local(place)
    if path is None:
        # An object store shows an object when it is whole; other stores may not, which is why readers trust manifests.
        place.fs.pipe_file(place.path, content)
        return
    temporary = path.with_name(f".{path.name[:40]}.{token_hex(8)}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def states(folder: UPath) -> dict[str, FileState]:
    """The files that lie directly in a folder, by name; none where there is no folder."""
    path = local(folder)
    if path is not None:
        try:
            with os.scandir(path) as entries:
                return {each.name: FileState(each.stat().st_size) for each in entries if each.is_file()}
        except (FileNotFoundError, NotADirectoryError):
            return {}
    system = folder.fs
    system.invalidate_cache(folder.path)
    try:
        listed = system.ls(folder.path, detail=True)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    return {_name(each): _state(each) for each in listed if each["type"] == "file" and _name(each)}


def listings(folders: Iterable[UPath]) -> dict[UPath, dict[str, FileState]]:
    """The files that lie directly in each of the folders; from a store, a few listings for thousands of them."""
    wanted = set(folders)
    found: dict[UPath, dict[str, FileState]] = {folder: {} for folder in wanted}
    above: dict[UPath, dict[str, UPath]] = {}
    for folder in wanted:
        if local(folder) is not None:
            found[folder] = states(folder)
        elif folder.parent in wanted:
            above.setdefault(folder.parent, {})[folder.path.strip("/")] = folder
        else:
            above.setdefault(folder, {})[folder.path.strip("/")] = folder
    for top, below in above.items():
        system = top.fs
        system.invalidate_cache(top.path)
        if top in wanted:
            below[top.path.strip("/")] = top
        for name, each in system.find(top.path, detail=True).items():
            parent = name.strip("/").rpartition("/")[0]
            if parent in below:
                found[below[parent]][_name(each)] = _state(each)
    return found


def marks_below(folder: UPath) -> dict[str, str]:
    """The files in a folder and below by name, each with what tells its present bytes from others: a mark, else its times."""
    path = local(folder)
    if path is not None:
        found = (each for each in path.rglob("*") if each.is_file())
        return {
            each.relative_to(path).as_posix(): f"{each.stat().st_size} {each.stat().st_mtime_ns}"
            for each in found
        }
    system = folder.fs
    system.invalidate_cache(folder.path)
    start = len(folder.path.strip("/")) + 1
    return {
        name.strip("/")[start:]: f"{each.get('size')} {_state(each).mark or _times(each)}"
        for name, each in system.find(folder.path, detail=True).items()
    }


def read_all(places: Iterable[UPath]) -> dict[UPath, bytes]:
    """The contents of those places that are there; from a store, many at a time."""
    found: dict[UPath, bytes] = {}
    remote: dict[str, UPath] = {}
    for place in places:
        path = local(place)
        if path is None:
            remote[place.path] = place
            continue
        try:
            found[place] = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            continue
    if remote:
        system = next(iter(remote.values())).fs
        contents = system.cat(list(remote), on_error="return")
        for path_text, content in contents.items():
            place_there = remote.get(path_text) or remote.get("/" + path_text.lstrip("/"))
            if place_there is not None and isinstance(content, bytes):
                found[place_there] = content
            elif isinstance(content, Exception) and not isinstance(content, FileNotFoundError):
                raise content
    return found


def _name(listed: Mapping[str, object]) -> str:
    return str(listed["name"]).rstrip("/").rpartition("/")[2]


def _times(listed: Mapping[str, object]) -> str:
    return " ".join(
        str(listed[name]) for name in ("created", "mtime", "modified", "LastModified") if name in listed
    )


def _state(listed: Mapping[str, object]) -> FileState:
    mark = listed.get("ETag") or listed.get("etag") or listed.get("md5") or listed.get("content_md5") or ""
    size = listed.get("size")
    return FileState(int(size) if isinstance(size, int) else -1, str(mark).strip('"'))
