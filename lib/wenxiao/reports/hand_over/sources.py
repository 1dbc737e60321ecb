"""The files of a project's folder as they are, for the archive: workbooks and what stands beside them, forms, evidence."""

from __future__ import annotations

from pathlib import Path

from wenxiao.project.project_folder import EVIDENCE

SOURCES = "data/"
"""Before the names of these files among those of an edition."""
COLLECT = "collect/"
_TEMPORARY = ("~$", ".")


def project_files(folder: Path) -> dict[str, bytes]:
    """Every file of the folder, of what was collected for it and of its evidence, by its path below `data/`, in order.

    What a program keeps while a file is open, hidden files and links, which may lead out of the folder, are left out.
    """
    below = (path for name in (COLLECT, *EVIDENCE) for path in (folder / name).rglob("*"))
    paths = [*folder.iterdir(), *below]
    kept = sorted(path for path in paths if path.is_file() and _kept(path, folder))
    return {f"{SOURCES}{path.relative_to(folder).as_posix()}": path.read_bytes() for path in kept}


def _kept(path: Path, folder: Path) -> bool:
    steps = [path, *path.parents]
    inside = steps[: steps.index(folder)]
    return not any(step.is_symlink() or step.name.startswith(_TEMPORARY) for step in inside)
