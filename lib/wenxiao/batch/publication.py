"""Publishing a run's files: each appears whole or not at all, and the manifest, last, says that they belong together.

The folder itself is not swapped: no rename replaces a folder that has files on every system, a terminal or a browser
may be in it, and an object store has no folders. A reader who finds no manifest finds a set that is being replaced.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MANIFEST = "manifest.json"


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """An empty hidden folder beside `target`, on the same file system, gone afterwards with what is still in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=_prefix(target, os.getpid()), dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(target: Path, process: int) -> None:
    """Nothing; what a process that was killed had staged for `target` is gone."""
    prefix = _prefix(target, process)
    for folder in target.parent.iterdir() if target.parent.is_dir() else ():
        if folder.name.startswith(prefix):
            shutil.rmtree(folder, ignore_errors=True)


def _prefix(target: Path, process: int) -> str:
    return f".{target.name[:40]}.{process}."


def publish(folder: Path, target: Path) -> None:
    """Nothing; the files of `folder` have become those of `target`, and what else was in it is gone.

    The manifest goes first and comes last.
    """
    target.mkdir(exist_ok=True)
    (target / MANIFEST).unlink(missing_ok=True)
    names = sorted((path.name for path in folder.iterdir()), key=lambda name: (name == MANIFEST, name))
    for path in target.iterdir():
        if path.name not in names and path.is_file():
            path.unlink()
    for name in names:
        (folder / name).replace(target / name)
