"""The files of a project: put in once they can be read, replaced and removed to a folder from which they come back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from wenxiao.batch.run import is_safe
from wenxiao.fields import standard_registry
from wenxiao.model import Problem, ProjectError, WenxiaoError
from wenxiao.project import Workspace
from wenxiao.project.project_folder import SUFFIXES
from wenxiao.sheets import read_workbook

ACCEPTED = ",".join(SUFFIXES)
_REMOVED = ".removed"


@dataclass
class Kept:
    """What became of files dropped in: names put in, names that took another's place, and why others were refused."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        """One sentence on the files that are in the folder now; '' where none is."""
        parts = [f"已放入 {'、'.join(self.added)}"] if self.added else []
        parts += [f"已替换 {'、'.join(self.replaced)}，原文件可以放回"] if self.replaced else []
        return "；".join(parts) + "。" if parts else ""


def keep_files(
    workspace: Workspace, folder: Path, given: Iterable[Mapping[str, Any]], *, replace: bool = False
) -> Kept:
    """Puts files into a project's folder, each read first: one that cannot be read would close the whole project.

    A file of a name that is there is refused, or with `replace` takes its place; the old one is kept with those removed.
    """
    kept = Kept()
    for each in given:
        name = Path(str(each["name"]).replace("\\", "/")).name
        target = folder / name
        why = _why_not(name, bytes(each["content"]))
        if not why and target.exists() and not replace:
            why = "同名文件已在；要替换请先勾选“同名的替换”"
        if why:
            kept.refused.append(f"没有放入 {name}：{why}")
            continue
        folder.mkdir(parents=True, exist_ok=True)
        there = target.exists()
        if there:
            remove_file(workspace, folder, name)
        target.write_bytes(bytes(each["content"]))
        (kept.replaced if there else kept.added).append(name)
    return kept


def _why_not(name: str, content: bytes) -> str:
    """Why a file cannot be kept; '' where it can be read."""
    if not is_safe(name) or Path(name).suffix.lower() not in SUFFIXES:
        return f"不是可读的表格文件，或文件名不能用；可用 {'、'.join(SUFFIXES)}"
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / name
        path.write_bytes(content)
        try:
            read_workbook(path, standard_registry(), name=name)
        except WenxiaoError as error:
            return "；".join(str(problem) for problem in error.problems)
    return ""


def files_of(folder: Path) -> tuple[str, ...]:
    """The workbooks that lie in a project's folder, also of a project that cannot be read."""
    if not folder.is_dir():
        return ()
    found = (path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in SUFFIXES)
    return tuple(sorted(path.name for path in found if not path.name.startswith((".", "~$"))))


def remove_file(workspace: Workspace, folder: Path, name: str) -> Path:
    """Moves a file of a project to the workspace's folder of removed files; returns where it lies now."""
    if name not in files_of(folder):
        raise ProjectError(Problem("项目里没有这个文件", file=name, remedy="重新读取后再选"))
    bin_of = workspace.data / _REMOVED / folder.name
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    place = next(
        each
        for each in (bin_of / f"{stamp}{f'-{n}' if n else ''}" for n in range(10_000))
        if not each.exists()
    )
    place.mkdir(parents=True)
    return Path(shutil.move(folder / name, place / name))


def removed_files(workspace: Workspace, folder: Path) -> tuple[str, ...]:
    """The files removed from a project as `time/name`, the latest first."""
    found = (workspace.data / _REMOVED / folder.name).glob("*/*")
    return tuple(sorted((f"{path.parent.name}/{path.name}" for path in found), reverse=True))


def restore_file(workspace: Workspace, folder: Path, removed: str) -> str:
    """Puts a removed file back; one of its name that is there takes its place among those removed. Returns its name."""
    if removed not in removed_files(workspace, folder):
        raise ProjectError(Problem("移出的文件已不在", value=removed, remedy="重新读取后再选"))
    path = workspace.data / _REMOVED / folder.name / removed
    if (folder / path.name).exists():
        remove_file(workspace, folder, path.name)
    shutil.move(path, folder / path.name)
    path.parent.rmdir()
    return path.name
