"""Which runs are due, and why: an unchanged report is not made again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wenxiao.batch import fingerprint
from wenxiao.batch.fingerprint import Fingerprints
from wenxiao.batch.log import FOLDER as LOGS
from wenxiao.batch.manifest import MANIFEST, read_manifests
from wenxiao.batch.run import FAILED, Run
from wenxiao.project.place import FileState, listings, local, place_of

_UNCHANGED, _FORCED = "没有变化", "要求全部重做"
_SHOWN = 3  # names in a reason; the others are counted


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a run is due, the reason in words, and the key of what it would be made from.

    The key is a text: equal texts, equal inputs. It goes into the manifest.
    """

    run: Run
    due: bool
    reason: str
    key: str


def decisions(runs: Sequence[Run], *, force: bool = False) -> tuple[Decision, ...]:
    """A decision for each run, in order; `force` makes all of them due.

    A run is not due if its manifest has the key that it would be made from now, and its files are there as the manifest
    has them: by size, and by the store's own mark where it gives one.
    """
    makers: dict[Path, Fingerprints] = {}
    keys = [makers.setdefault(run.root, Fingerprints(run.root)).key(run) for run in runs]
    if force:
        return tuple(Decision(run, True, _FORCED, key) for run, key in zip(runs, keys, strict=True))
    places = [run.place for run in runs]
    found = listings({*places, *(place.parent for place in places)})
    manifests = read_manifests(place for place in places if MANIFEST in found[place])
    made = []
    for run, place, key in zip(runs, places, keys, strict=True):
        failed = run.name + FAILED in found[place.parent]
        reason = "；".join(_reasons(run, key, manifests.get(place), found[place], failed=failed))
        made.append(Decision(run, bool(reason), reason or _UNCHANGED, key))
    return tuple(made)


def _reasons(
    run: Run, key: str, manifest: Mapping[str, Any] | None, files: Mapping[str, FileState], *, failed: bool
) -> Iterator[str]:
    """Why a run is due, in words; nothing if it is not."""
    if failed:
        yield "上次运行失败"
    if manifest is None or (manifest["notebook"], manifest["run"]) != (run.notebook, run.name):
        if not failed:
            yield "上次没有完成" if files else "从未生成"
        return
    yield from changes(manifest["key"], json.loads(key))
    for name, file in manifest["files"].items():
        state = files.get(name)
        if state is None:
            yield f"缺 {name}"
        elif state.size != file["size"] or (state.mark and state.mark != file.get("mark", state.mark)):
            yield f"{name} 与清单不符"


def changes(former: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """What is not as it was when the report was made."""
    if not former:
        yield "数据在上次运行中变了"
        return
    if former[fingerprint.DATA] != now[fingerprint.DATA]:
        yield f"数据变了：{_differing(former[fingerprint.DATA], now[fingerprint.DATA])}"
    if former[fingerprint.PARAMETERS] != now[fingerprint.PARAMETERS]:
        yield f"参数变了：{_differing(former[fingerprint.PARAMETERS], now[fingerprint.PARAMETERS])}"
    if former[fingerprint.PROFILE] != now[fingerprint.PROFILE]:
        yield f"评价规则变了：{_differing(former[fingerprint.PROFILE], now[fingerprint.PROFILE])}"
    for part, words in (
        (fingerprint.NOTEBOOK, "笔记本变了"),
        (fingerprint.PROGRAM, "程序变了"),
        (fingerprint.TEMPLATE, "报告模板变了"),
        (fingerprint.PACKAGES, "安装的软件包变了"),
    ):
        if former[part] != now[part]:
            yield words


def _differing(former: Mapping[str, object], now: Mapping[str, object]) -> str:
    """The names whose values differ, those that are new and those that are gone.

    >>> _differing({"a": 1, "b": 1, "c": 1}, {"a": 2, "c": 1, "d": 1})
    'a、b（没有了）、d（新增）'
    """
    told = [
        name + ("（新增）" if name not in former else "（没有了）" if name not in now else "")
        for name in sorted({*former, *now})
        if name not in former or name not in now or former[name] != now[name]
    ]
    more = f"等 {len(told)} 项" if len(told) > _SHOWN else ""
    return "、".join(told[:_SHOWN]) + more


def index_is_current(outputs: str, parameters: Path) -> bool:
    """Whether the index of a local folder of outputs is newer than every run's folder and every parameter file's folder.

    Making it takes longer than finding out that nothing is due. Of a store, which tells no such times, it is never current.
    """
    folder = local(place_of(outputs))
    if folder is None:
        return False
    try:
        made = (folder / "index.html").stat().st_mtime_ns
        places = [
            each
            for each in folder.iterdir()
            if each.is_dir() and each.name != LOGS and not each.name.startswith(".")
        ]
        changed = [entry.stat().st_mtime_ns for each in places for entry in os.scandir(each)]
        changed += [each.stat().st_mtime_ns for each in (*places, parameters, *parameters.iterdir())]
    except OSError:
        return False
    return max(changed) < made
