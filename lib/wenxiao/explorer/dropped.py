"""Workbooks dropped in: where they go, and which are refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wenxiao.batch.run import is_safe
from wenxiao.project.project_folder import SUFFIXES

ACCEPTED = ",".join(SUFFIXES)


def keep_files(folder: Path, given: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[str]]:
    """The names of the files kept in a project's folder, and of those refused: no table, or one of that name is there."""
    added, refused = [], []
    for each in given:
        name = Path(str(each["name"]).replace("\\", "/")).name
        target = folder / name
        if not is_safe(name) or target.suffix.lower() not in SUFFIXES or target.exists():
            refused.append(name)
            continue
        folder.mkdir(parents=True, exist_ok=True)
        target.write_bytes(bytes(each["content"]))
        added.append(name)
    return added, refused


def told_of(added: list[str], refused: list[str]) -> str:
    """One sentence on both; '' where nothing was dropped."""
    said = [f"已放入 {'、'.join(added)}"] if added else []
    said += [f"没有放入 {'、'.join(refused)}：同名文件已在，或不是表格"] if refused else []
    return "；".join(said) + "。" if said else ""
