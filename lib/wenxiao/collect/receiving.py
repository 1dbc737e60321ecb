"""Forms in: every file of a folder read, known by its content, given to its county, kept as a version, or listed with why not."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from wenxiao.collect.collection import Collection, keep
from wenxiao.collect.identity import identify, problem_of
from wenxiao.collect.register import (
    READ,
    UNDECIDED,
    UNREAD,
    Entry,
    Register,
    load_register,
    save_register,
)
from wenxiao.collect.roster import County, read_roster
from wenxiao.collect.sending import file_names
from wenxiao.collect.unread import refusal
from wenxiao.fields import Registry, standard_registry
from wenxiao.model import Problem, ProjectError, SheetError
from wenxiao.project.archive import is_archive, members
from wenxiao.sheets import read_bytes

_AGAIN = re.compile(
    r"补报|补充|更正|修订|修改|重报|再报|第[二三四五六七八九]次|(?<![A-Za-z])[vV][2-9](?![0-9])"
)
_SUFFIX = re.compile(r"[^a-z0-9.]")
_NOBODY = "_待认定"
_BESIDE = ("Thumbs.db", "desktop.ini", ".DS_Store")
_OWN = frozenset({"__MACOSX", ".git", ".svn", "@eaDir"})
"""Folders of a program's own."""
MOST_BYTES = 200 << 20
"""No form is as large; a larger file is listed, not read."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one call of `receive` found: what is new, how many files were known already, what is doubtful of the new ones."""

    new: tuple[Entry, ...]
    known: int
    doubts: tuple[Problem, ...] = ()


def receive(
    collection: Collection,
    folder: Path | None = None,
    registry: Registry | None = None,
    *,
    now: dt.datetime | None = None,
) -> Receipt:
    """The receipt of all that lies in a folder (`collect/returned` by default) and below, entered in the register.

    Nothing in the folder is changed; what is read is kept as a copy in `collect/versions`. The same bytes are one return,
    whatever they are called. ProjectError where the roster or the register cannot be read, or the folder is not there.
    """
    known = standard_registry() if registry is None else registry
    place = collection.returned if folder is None else folder
    if not place.is_dir():
        raise ProjectError(
            Problem(
                "没有这个文件夹",
                file=str(place),
                remedy="把收回的文件放进 collect/returned，或指明所在的文件夹",
            )
        )
    counties = read_roster(collection.roster, known)
    when = (now or dt.datetime.now().astimezone()).isoformat(timespec="seconds")
    with collection.alone():
        register = settled(collection, load_register(collection), counties)
        entries = list(register.entries)
        by_digest = {entry.sha256: at for at, entry in enumerate(entries)}
        batch = 1 + max((entry.batch for entry in entries), default=0)
        fresh: list[tuple[Entry, bytes]] = []
        doubts: list[Problem] = []
        again = 0
        for name, data, problem in _returned(place):
            digest = f"{name}:{problem.what}" if problem and not data else hashlib.sha256(data).hexdigest()
            at = by_digest.get(digest)
            if at is not None:
                again += 1
                old = entries[at] if at < len(entries) else fresh[at - len(entries)][0]
                if name not in (old.file, *old.also):
                    updated = replace(old, also=(*old.also, name))
                    if at < len(entries):
                        entries[at] = updated
                    else:
                        fresh[at - len(entries)] = (updated, data)
                continue
            blank = Entry(name, digest, when, UNREAD, batch=batch)
            entry, doubt = (
                _judged(blank, data, counties, known)
                if problem is None
                else (replace(blank, reason=problem.what, remedy=problem.remedy), None)
            )
            by_digest[digest] = len(entries) + len(fresh)
            fresh.append((entry, data))
            doubts += [doubt] if doubt else []
        fresh.sort(key=lambda each: (_AGAIN.search(each[0].file) is not None, each[0].file))
        new = []
        for entry, data in fresh:
            placed = _placed(entry, entries, counties)
            if placed.kept:
                keep(collection.folder / placed.kept, data)
            entries.append(placed)
            new.append(placed)
        saved = replace(register, entries=tuple(entries))
        if saved != register or not collection.register.is_file():
            save_register(collection, saved)
    return Receipt(tuple(new), again, tuple(doubts))


def settled(collection: Collection, register: Register, counties: Iterable[County]) -> Register:
    """The register with what people decided of files entered: a file that they gave to a county is a version of it."""
    people = tuple(counties)
    names = {county.name for county in people}
    problems: list[Problem] = []
    entries = list(register.entries)
    for at, entry in enumerate(entries):
        said = register.decision(entry)
        if said is None or said.ignore or entry.state not in (READ, UNDECIDED) or said.county == entry.county:
            continue
        if said.county not in names:
            problems.append(
                Problem(
                    "人工决定里的县区不在名册中",
                    file="register.yaml",
                    value=said.county,
                    remedy="改正县区，或补进名册",
                )
            )
            continue
        bare = replace(
            entry, county=said.county, state=READ, named=f"人工认定（{said.reason}）", reason="", remedy=""
        )
        others = [each for place, each in enumerate(entries) if place != at]
        moved = _placed(replace(bare, version="", rank=0, kept=""), others, people)
        try:
            keep(collection.folder / moved.kept, (collection.folder / entry.kept).read_bytes())
        except OSError as error:
            problems.append(
                Problem(
                    f"留存的副本读不出来：{error.strerror}", file=entry.kept, remedy="恢复 versions 文件夹"
                )
            )
            continue
        entries[at] = moved
    if problems:
        raise ProjectError(problems)
    changed = replace(register, entries=tuple(entries))
    if changed != register:
        save_register(collection, changed)
    return changed


def _returned(folder: Path) -> Iterator[tuple[str, bytes, Problem | None]]:
    """Each file that came back with its bytes, or why they are not read; of an archive the files in it."""
    for name, path in _files(folder):
        data, problem = _bytes(path)
        if problem is not None or not is_archive(data):
            yield name, data, problem
            continue
        found = False
        try:
            for each in members(data, name):
                found = True
                yield each
        except SheetError as error:
            yield name, data, error.problems[0]
        else:
            if not found:
                yield name, data, Problem("压缩包里没有文件", file=name, remedy="向报送单位索取完整文件")


def _files(folder: Path) -> list[tuple[str, Path]]:
    """The files of a folder and below by their path in it, links and devices too, which nobody follows; none that a system or a program leaves beside files.

    A name that begins with a dot is no reason to pass a form over.
    """
    found = []
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        left_behind = path.name in _BESIDE or path.name.startswith(("~$", ".~lock.", "._"))
        folder_of_its_own = path.is_dir() and not path.is_symlink()
        if not folder_of_its_own and not left_behind and not _OWN.intersection(parts):
            found.append((path.relative_to(folder).as_posix(), path))
    return sorted(found)


def _bytes(path: Path) -> tuple[bytes, Problem | None]:
    if path.is_symlink():
        return b"", Problem("是链接，没有跟着读", file=path.name, remedy="放进文件本身")
    if not path.is_file():
        return b"", Problem("不是普通文件（管道、设备等），没有读", file=path.name, remedy="放进文件本身")
    try:
        if path.stat().st_size > MOST_BYTES:
            said = f"文件有 {path.stat().st_size >> 20} MB，大得反常，没有读"
            return b"", Problem(said, file=path.name, remedy="核实文件；填报表不超过 200 MB")
        return path.read_bytes(), None
    except OSError as error:
        return b"", Problem(
            f"文件打不开：{error.strerror}", file=path.name, remedy="检查文件权限，关闭占用它的程序"
        )


def _judged(
    entry: Entry, data: bytes, counties: tuple[County, ...], registry: Registry
) -> tuple[Entry, Problem | None]:
    """The entry of a file with whose it is, or why it is not read; and what is doubtful of that."""
    try:
        reading = read_bytes(data, registry, name=entry.file)
    except SheetError as error:
        state, problem = refusal(data, error)
        return replace(entry, state=state, reason=problem.what, remedy=problem.remedy), None
    identity = identify(reading, data, entry.file, counties)
    if not identity.county:
        problem = problem_of(identity, entry.file, entry.sha256)
        return replace(entry, state=UNDECIDED, reason=problem.what, remedy=problem.remedy), problem
    doubt = Problem(identity.doubt, file=entry.file, remedy="核实这份表是谁的") if identity.doubt else None
    return replace(
        entry, state=READ, county=identity.county, named=identity.named, reason=identity.doubt,
        remedy=doubt.remedy if doubt else "",
    ), doubt  # fmt: skip


def _placed(entry: Entry, others: Iterable[Entry], counties: Iterable[County]) -> Entry:
    """The entry with its rank, its version and where its copy is kept.

    What came later is a 补报; of what came together only a name that says so (补报, 更正, v2) gives an order.
    """
    suffix = _SUFFIX.sub("", Path(entry.file).suffix.lower())[:10]
    if entry.state == UNDECIDED:
        return replace(entry, kept=f"versions/{_NOBODY}/{entry.sha256[:12]}{suffix}")
    if entry.state != READ:
        return entry
    before = [each for each in others if each.county == entry.county and each.rank]
    last = max((each.rank for each in before), default=0)
    together = [each for each in before if each.rank == last and each.batch == entry.batch]
    ordered = bool(_AGAIN.search(entry.file)) != any(_AGAIN.search(each.file) for each in together)
    rank = last if together and not ordered else last + 1
    number = sum(each.rank == rank for each in before)
    letter = "" if not number else chr(ord("a") + number) if number < 26 else f"-{number + 1}"
    version = f"v{rank}{letter}{'-补报' if rank > 1 else ''}"
    folder = file_names(counties)[next(each for each in counties if each.name == entry.county)]
    return replace(entry, rank=rank, version=version, kept=f"versions/{folder}/{version}{suffix}")
