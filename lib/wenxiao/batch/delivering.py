"""Handing over: the files of one edition, made and put where people find them, whole or not at all; earlier ones are kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock
from upath import UPath

from wenxiao import __version__
from wenxiao.batch.manifest import MANIFEST
from wenxiao.batch.plan import plan
from wenxiao.batch.publication import BACKSTAGE, staging
from wenxiao.batch.run import Run
from wenxiao.evaluation import audience_in, evaluate
from wenxiao.model.errors import ParameterError, Problem, ProjectError
from wenxiao.project import Workspace, load_profile, load_project
from wenxiao.project.parameters import PARAMETERS, check_parameters
from wenxiao.project.place import local, place_of
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.files import SHOWN, files_of

FOLDER = "deliver"
SCHEMA_VERSION = 1
_NOTEBOOKS = ("project_report", "district_report")


@dataclass(frozen=True)
class Delivered:
    """An edition handed over: where it lies, its files by name, whether it was there already, what was kept of before."""

    folder: Path
    files: tuple[str, ...]
    mark: str
    unchanged: bool = False
    kept: Path | None = None


def deliver(
    workspace: Workspace,
    selection: str,
    edition: str = "",
    audience: str = "",
    outputs: str | Path | None = None,
) -> Delivered:
    """The edition of a run, now in `outputs/deliver/<run>/<edition>/`.

    `selection` is the name of a run or of a project, or a parameter file, of `project_report` or `district_report`;
    `edition` and `audience` override what its parameters say. An edition that differs from one already there does not
    replace it: the former is kept beside it, numbered. Raises WenxiaoError with everything that stands against it.
    """
    run = run_of(workspace, selection, outputs)
    given = {name: value for name, value in (("edition", edition), ("audience", audience)) if value}
    run = replace(run, parameters={**run.parameters, **given})
    parameters = check_parameters(PARAMETERS[run.notebook], run.parameters, workspace, selection).model_dump()
    profile = load_profile(parameters["profile"], workspace.profiles)
    evaluation = evaluate(load_project(workspace.resolve(parameters["project"])), profile)
    district = str(parameters.get("district", ""))
    readers = audience_in([evaluation], parameters, district)
    delivery = Delivery(evaluation, readers, parameters["edition"], district, run.name)
    return _published(run, delivery, files_of(delivery, parameters))


def run_of(workspace: Workspace, selection: str, outputs: str | Path | None = None) -> Run:
    """The run that a selection means: of a parameter file, else of a project that has none.

    Raises ParameterError for what is neither, or several, or of a notebook that makes no report to hand over.
    """
    for notebook in _NOTEBOOKS:
        if (workspace.parameters / notebook / f"{selection}.yaml").is_file():
            return plan(workspace, [f"{notebook}/{selection}"], outputs)[0]
    if f"data/{selection}" in workspace.projects:
        place = str(place_of(outputs or workspace.outputs_address))
        return Run(
            _NOTEBOOKS[0],
            selection,
            {"project": f"data/{selection}"},
            workspace.root,
            place,
            workspace.origin,
        )
    runs = [run for run in plan(workspace, [selection], outputs) if run.notebook in _NOTEBOOKS]
    if len(runs) == 1:
        return runs[0]
    raise ParameterError(
        Problem(
            "一次只能交付一份报告" if runs else "这个参数文件的笔记本没有可交付的报告",
            value=selection,
            rule=f"{'、'.join(_NOTEBOOKS)} 的一个参数文件，或一个项目的名称",
            remedy="写明一个参数文件或项目",
        )
    )


def _published(run: Run, delivery: Delivery, files: Mapping[str, bytes]) -> Delivered:
    target = _outputs(run.outputs) / FOLDER / run.name / delivery.edition
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    names = tuple(files)
    locks = _outputs(run.outputs) / BACKSTAGE / "locks"
    locks.mkdir(parents=True, exist_ok=True)
    with FileLock(locks / f"{FOLDER}.lock"), staging(run) as staged:
        if _hashes_in(target) == hashes:
            return Delivered(target, names, delivery.mark, unchanged=True)
        whole = staged / "edition"
        for name, content in files.items():
            path = whole / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        manifest = _manifest(run, delivery, files, hashes)
        (whole / MANIFEST).write_text(
            json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        kept = _set_aside(target)
        try:
            whole.rename(target)
        except OSError:
            if kept is not None:
                kept.rename(target)
            raise
    return Delivered(target, names, delivery.mark, kept=kept)


def _set_aside(target: Path) -> Path | None:
    """Where the edition that was there is kept now; None where there was none."""
    if not target.exists():
        return None
    number = 1
    while (kept := target.with_name(f"{target.name}（第{number}次）")).exists():
        number += 1
    return target.rename(kept)


def _hashes_in(folder: Path) -> dict[str, str]:
    """The hashes of the files that are there, by name, the manifest's own apart; empty without a manifest."""
    if not (folder / MANIFEST).is_file():
        return {}
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def _manifest(
    run: Run, delivery: Delivery, files: Mapping[str, bytes], hashes: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "schema": SCHEMA_VERSION,
        "run": run.name,
        "notebook": run.notebook,
        "parameters": dict(run.parameters),
        "edition": delivery.edition,
        "mark": delivery.mark,
        "delivered": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "files": {
            name: {"sha256": hashes[name], "size": len(content)}
            | ({"shown": SHOWN[name]} if name in SHOWN else {})
            for name, content in sorted(files.items())
        },
    }


def _outputs(address: str) -> Path:
    """The folder of outputs, of this machine."""
    place: UPath = place_of(address)
    folder = local(place)
    if folder is None:
        raise ProjectError(
            Problem(
                "交付的文件要放在本机的文件夹里",
                value=address,
                rule="整套文件一次写成，先前的稿次保留",
                remedy="用 --output 写一个本机文件夹，再上传",
            )
        )
    return folder
