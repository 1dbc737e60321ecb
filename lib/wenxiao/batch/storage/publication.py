"""Publishing a run's files: each appears whole or not at all, and the manifest, last, says that they belong together.

The folder itself is not swapped: no rename replaces a folder that has files on every system, a terminal or a browser
may be in it, and an object store has no folders. A reader who finds no manifest finds a set that is being replaced.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from filelock import FileLock
from upath import UPath

from wenxiao.batch.run import Run
from wenxiao.batch.storage.manifest import MANIFEST, with_former
from wenxiao.project.made_files import (
    BACKSTAGE,
    names_in,
    record_of,
    refuse_links,
    refuse_strangers,
    remember,
    remembered,
    remove_files,
)
from wenxiao.project.place import local, place_of, states, write_whole

_LOCKS = 256  # enough that two runs seldom wait for one another, few enough to leave no file per run


@contextmanager
def staging(run: Run) -> Iterator[Path]:
    """An empty folder of this machine, on the file system of the run's outputs where these are local, gone afterwards.

    What processes of this machine left there when they were killed goes too.
    """
    outputs = local(place_of(run.outputs))
    parent = None if outputs is None else outputs / BACKSTAGE / "staging"
    if parent is not None:
        refuse_links(place_of(run.outputs), BACKSTAGE, "staging")
        parent.mkdir(parents=True, exist_ok=True)
        _sweep_dead(parent)
    folder = Path(tempfile.mkdtemp(prefix=_prefix(os.getpid()), dir=parent))
    folder.chmod(0o777 & ~_umask())
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(run: Run, process: int) -> None:
    """Deletes what a killed process of this machine had staged for the outputs of `run`."""
    outputs = local(place_of(run.outputs))
    if outputs is None:
        return
    for folder in (outputs / BACKSTAGE / "staging").glob(_prefix(process) + "*"):
        shutil.rmtree(folder, ignore_errors=True)


def sweep_dead(run: Run) -> None:
    """Deletes what ended processes of this machine had staged for the outputs of `run`."""
    outputs = local(place_of(run.outputs))
    if outputs is not None and (outputs / BACKSTAGE / "staging").is_dir():
        _sweep_dead(outputs / BACKSTAGE / "staging")


def publish(folder: Path, run: Run, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest as it was written, with the files: those of `folder` are now the run's, and no others are.

    The former manifest goes first and the new one comes last. Whoever is interrupted in between, by whatever means, leaves
    a folder without a manifest, which is as good as none; which files were made is remembered meanwhile. What the program
    did not make stays. OutputError where such a file is in the way, or a folder of the run is a link.
    """
    files = {
        path.name: {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "size": path.stat().st_size}
        for path in sorted(folder.iterdir())
    }
    refuse_links(place_of(run.outputs), run.notebook, run.name)
    whole = {**with_former(manifest, _manifest(run)), "files": files}
    target = local(run.place)
    if target is None:
        return _upload(folder, run, whole)
    with _locked(run):
        former = _former(run)
        target.mkdir(parents=True, exist_ok=True)
        new = {*files, *(() if former else (MANIFEST,))} - former
        refuse_strangers({name for name in new if os.path.lexists(target / name)}, run.place)
        remember(record_of(place_of(run.outputs), run.notebook, run.name), {*former, *files})
        (target / MANIFEST).unlink(missing_ok=True)
        remove_files(target, former - files.keys())
        for name in files:
            (folder / name).replace(target / name)
        # Written where what a kill leaves is swept; in the run's own folder it would lie on.
        (folder / MANIFEST).write_bytes(_text(whole))
        (folder / MANIFEST).replace(target / MANIFEST)
    return whole


def strangers(runs: Iterable[Run]) -> tuple[UPath, ...]:
    """The files in the folders of runs that the program did not make, and left as they are."""
    return tuple(
        run.place / name
        for run in runs
        for name in sorted(states(run.place).keys() - _former(run) - {MANIFEST})
    )


def _former(run: Run) -> frozenset[str]:
    """The names of the files that were made for a run: as its manifest has them, else as they are remembered."""
    listed = names_in(_manifest(run))
    return listed or remembered(record_of(place_of(run.outputs), run.notebook, run.name))


def _manifest(run: Run) -> bytes | None:
    """The manifest that lies in the run's folder; None where there is none."""
    try:
        return (run.place / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def keep_failed(run: Run, notebook: Path) -> None:
    """Moves the executed notebook of a failed run to `run.failed_notebook`; one that a full disk cut short is none."""
    try:
        json.loads(notebook.read_bytes())
    except ValueError:
        return
    target = run.failed_notebook
    target.parent.mkdir(parents=True, exist_ok=True)
    path = local(target)
    if path is None:
        write_whole(target, notebook.read_bytes())
    else:
        notebook.replace(path)


def forget_failed(run: Run) -> None:
    """Deletes the notebook of a failed attempt, if there is one."""
    with suppress(FileNotFoundError):
        run.failed_notebook.unlink()


def _upload(folder: Path, run: Run, manifest: dict[str, Any]) -> dict[str, Any]:
    target, files = run.place, manifest["files"]
    target.mkdir(parents=True, exist_ok=True)
    former, there = _former(run), states(target)
    new = {*files, *(() if former else (MANIFEST,))} - former
    refuse_strangers(new & there.keys(), target)
    remember(record_of(place_of(run.outputs), run.notebook, run.name), {*former, *files})
    if MANIFEST in there:
        (target / MANIFEST).unlink()
    for name in (there.keys() & former) - files.keys():
        (target / name).unlink()
    for name in files:
        write_whole(target / name, (folder / name).read_bytes())
    for name, state in states(target).items():
        if name in files and state.mark:
            files[name]["mark"] = state.mark
    write_whole(target / MANIFEST, _text(manifest))
    return manifest


@contextmanager
def _locked(run: Run) -> Iterator[None]:
    """Keeps other processes from publishing to this run's folder inside the block."""
    outputs = local(place_of(run.outputs))
    if outputs is None:
        raise ValueError("an object store has no locks")
    locks = outputs / BACKSTAGE / "locks"
    locks.mkdir(parents=True, exist_ok=True)
    with FileLock(locks / f"{crc32(run.key.encode()) % _LOCKS:03}.lock"):
        yield


def _prefix(process: int) -> str:
    return f"{socket.gethostname()[:60]}.{process}."


def _sweep_dead(staging_folder: Path) -> None:
    """Deletes the staging folders of ended processes of this machine."""
    host = socket.gethostname()[:60] + "."
    for folder in staging_folder.iterdir():
        process = folder.name.removeprefix(host).partition(".")[0]
        if folder.name.startswith(host) and process.isdecimal() and not _alive(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _text(manifest: Mapping[str, Any]) -> bytes:
    return (
        json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"
    ).encode()
