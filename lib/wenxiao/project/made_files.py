"""What the program may replace or remove: only what it made itself, by a record that it wrote; never through a link.

The one home of that rule; docs/safety.md lists every place where files are replaced or removed, and why each keeps to it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from upath import UPath

from wenxiao.model.errors import OutputError, Problem
from wenxiao.project.place import local, write_whole

RECORD = ".wenxiao-made.json"
"""The record in a folder that a program makes for itself: who made it, and which files."""
BACKSTAGE = ".wenxiao"
"""The hidden folder of a folder of outputs, for what is being made, for locks and for records."""
_MADE = "made"


def refuse_links(outputs: UPath, *below: str) -> None:
    """Raises OutputError where a folder of outputs, or one below it, is a symbolic link: what lies behind is another's."""
    folder = local(outputs)
    if folder is None:
        return
    for path in (folder, *(folder.joinpath(*below[:depth]) for depth in range(1, len(below) + 1))):
        if path.is_symlink():
            raise OutputError(
                Problem(
                    "结果文件夹是符号链接，不往里写",
                    file=str(path),
                    rule="链接后面的文件不是本程序的",
                    remedy="删去链接，或用 --output 写明真正的文件夹",
                )
            )


def refuse_unwritable(outputs: UPath) -> None:
    """Raises OutputError where a local folder of outputs could not be made or written to."""
    folder = local(outputs)
    if folder is None:
        return
    there = next(path for path in (folder, *folder.parents) if os.path.lexists(path))
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        raise OutputError(
            Problem(
                "结果写不进这个文件夹",
                file=str(there),
                remedy="检查它是不是文件夹、有没有权限，或用 --output 换一个",
            )
        )


def record_of(outputs: UPath, notebook: str, run: str) -> UPath:
    """Where the names of a run's files are remembered while its manifest is away."""
    return outputs / BACKSTAGE / _MADE / notebook / f"{run}.json"


def remembered(record: UPath) -> frozenset[str]:
    """The names in a record; none where there is none that can be read."""
    return names_in(_read(record))


def names_in(content: bytes | None) -> frozenset[str]:
    """The names of files that a manifest or a record of any version lists; none where it cannot be read."""
    try:
        files = json.loads(content or b"{}")["files"]
        return frozenset(name for name in files if isinstance(name, str))
    except (ValueError, KeyError, TypeError, RecursionError):
        return frozenset()


def remember(record: UPath, names: Iterable[str]) -> None:
    """Writes a record of names."""
    record.parent.mkdir(parents=True, exist_ok=True)
    write_whole(record, json.dumps({"files": sorted(names)}, ensure_ascii=False).encode())


def refuse_strangers(names: Iterable[str], folder: UPath) -> None:
    """Raises OutputError naming the files that lie where the program would write and that it did not make."""
    problems = [
        Problem(
            "这个位置已有不是本程序生成的文件，没有覆盖",
            file=str(folder / name),
            rule="只替换清单里有的文件",
            remedy="改名或移走后再运行",
        )
        for name in sorted(names)
    ]
    if problems:
        raise OutputError(problems)


@contextmanager
def recording(folder: Path, maker: str) -> Iterator[None]:
    """Records as the maker's what comes into a folder meanwhile; what lay there before, and is on no record, stays a person's."""
    folder.mkdir(parents=True, exist_ok=True)
    strange = _files(folder) - _made_by(folder, maker)
    try:
        yield
    finally:
        found = {"maker": maker, "files": sorted(_files(folder) - strange)}
        write_whole(UPath(folder / RECORD), json.dumps(found, ensure_ascii=False, indent=0).encode())


def remove_made(folder: Path, maker: str) -> tuple[str, ...]:
    """Removes the files that the maker has on record in a folder, and folders left empty; gives the names that stay.

    A folder without a record of that maker stays as it is.
    """
    if folder.is_symlink():
        raise OutputError(Problem("文件夹是符号链接，不往里写", file=str(folder), remedy="删去链接"))
    if not folder.is_dir():
        return ()
    remove_files(folder, _made_by(folder, maker))
    left = _files(folder)
    if not left:
        (folder / RECORD).unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()
    return tuple(sorted(left))


def remove_files(folder: Path, names: Iterable[str]) -> None:
    """Removes files, or links as such, by their paths in a folder, and folders left empty; nothing outside or behind a link."""
    emptied: set[Path] = set()
    for name in names:
        path = PurePosixPath(name)
        parents = [folder.joinpath(*path.parts[:depth]) for depth in range(1, len(path.parts))]
        if path.is_absolute() or ".." in path.parts or any(each.is_symlink() for each in parents):
            continue
        target = folder / path
        if target.is_symlink() or target.is_file():
            target.unlink()
            emptied.update(parents)
    for parent in sorted(emptied, key=lambda each: len(each.parts), reverse=True):
        with suppress(OSError):  # something else is in it
            parent.rmdir()


def _made_by(folder: Path, maker: str) -> frozenset[str]:
    content = _read(UPath(folder / RECORD))
    try:
        said = json.loads(content or b"{}")
    except ValueError:
        return frozenset()
    return names_in(content) if isinstance(said, Mapping) and said.get("maker") == maker else frozenset()


def _files(folder: Path) -> set[str]:
    """The paths in a folder of all that is no folder, links to folders among them; the record itself apart."""
    found = set()
    for place, folders, files in os.walk(folder):
        links = [name for name in folders if Path(place, name).is_symlink()]
        found |= {Path(place, name).relative_to(folder).as_posix() for name in (*files, *links)}
    return found - {RECORD}


def _read(place: UPath) -> bytes | None:
    try:
        return place.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
