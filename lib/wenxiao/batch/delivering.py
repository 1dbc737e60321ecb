"""Handing over: the files of one edition, made and put where people find them, whole or not at all; earlier ones are kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from filelock import FileLock
from upath import UPath

from wenxiao import __version__
from wenxiao.batch.planning.plan import plan
from wenxiao.batch.run import Run
from wenxiao.batch.storage.publication import staging
from wenxiao.evaluation import audience_in, evaluate
from wenxiao.model.errors import ParameterError, Problem, ProjectError, RunError
from wenxiao.project import Workspace, load_profile, load_project
from wenxiao.project.made_files import BACKSTAGE, refuse_links
from wenxiao.project.parameters import PARAMETERS, check_parameters
from wenxiao.project.place import local, place_of
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.editions import MANIFEST, Edition, Editions, texts_of
from wenxiao.reports.hand_over.files import RESULTS, files_of, results_of
from wenxiao.reports.hand_over.filled import filled
from wenxiao.reports.hand_over.requirements import problems_of
from wenxiao.reports.hand_over.revision import Revision, revision_of
from wenxiao.reports.hand_over.sources import project_files
from wenxiao.reports.records import Results
from wenxiao.reports.results import json_text

FOLDER = "deliver"
SCHEMA_VERSION = 1
_NOTEBOOKS = ("project_report", "district_report")
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Delivered:
    """An edition handed over: where it lies, its files by name, its mark, the edition it was compared with.

    `left_out` are headings of the report's outline for which nothing is given; `unchanged` says that the edition was there
    already; `kept` is where a former one of the same name is kept.
    """

    folder: Path
    files: tuple[str, ...]
    mark: str
    before: str = ""
    left_out: tuple[str, ...] = ()
    unchanged: bool = False
    kept: Path | None = None


def deliver(
    workspace: Workspace,
    selection: str,
    edition: str = "",
    audience: str = "",
    outputs: str | Path | None = None,
    names: Mapping[str, str] = _NO_NAMES,
) -> Delivered:
    """The edition of a run, now in `outputs/deliver/<run>/<edition>/`.

    `selection` is the name of a run or of a project, or a parameter file, of `project_report` or `district_report`;
    `edition` and `audience` override what its parameters say. An edition that differs from one already there does not
    replace it: the former is kept beside it, numbered. `names` are what to call a file or folder instead of its own name, by
    that (`hand_over.files.NAMED_BY_LANGUAGE`); another name alone makes no other edition. Raises WenxiaoError with everything that stands against it.
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
    against = problems_of(delivery)
    if against:
        raise RunError(against)
    recorded = results_of(delivery, parameters)
    beside = project_files(workspace.resolve(parameters["project"])) | _page(run, recorded)
    return _handed_over(run, delivery, recorded, beside, names)


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


def _page(run: Run, recorded: Results) -> dict[str, bytes]:
    """The page that `wenxiao run` made of the same run, to be archived; none where its results are other ones."""
    folder = _outputs(run.outputs) / run.notebook / run.name
    page, found = folder / "report.html", folder / RESULTS
    if not (page.is_file() and found.is_file()):
        return {}
    same = found.read_text(encoding="utf-8") == json_text(recorded.model_dump(mode="json"))
    return {page.name: page.read_bytes()} if same else {}


def _handed_over(
    run: Run, delivery: Delivery, recorded: Results, beside: Mapping[str, bytes], names: Mapping[str, str]
) -> Delivered:
    editions = Editions(_outputs(run.outputs) / FOLDER / run.name)
    target = editions.folder / delivery.edition
    refuse_links(place_of(run.outputs), FOLDER, run.name, delivery.edition)
    refuse_links(place_of(run.outputs), BACKSTAGE, "locks")
    locks = _outputs(run.outputs) / BACKSTAGE / "locks"
    locks.mkdir(parents=True, exist_ok=True)
    with FileLock(locks / f"{FOLDER}.lock"):
        before = editions.before(delivery)
        files = files_of(delivery, recorded, _revision(before, delivery, recorded), beside)
        there = _hashes_in(target)
        if sorted(there.values()) == sorted(_hashes(files).values()):
            return replace(_delivered(target, there, delivery, before), unchanged=True)
        again = editions.replaced(delivery)
        if again is not None:  # the first of its stage, made anew: it is compared with what it replaces
            before = again
            files = files_of(delivery, recorded, _revision(again, delivery, recorded), beside)
        files = {_called(name, names): content for name, content in files.items()}
        kept = _put(run, delivery, files, target, editions)
    return replace(_delivered(target, files, delivery, before), kept=kept)


def _called(name: str, names: Mapping[str, str]) -> str:
    """What a file is called, and the folder it is in."""
    return "/".join(names.get(part, part) for part in name.split("/"))


def _delivered(
    target: Path, files: Mapping[str, object], delivery: Delivery, before: Edition | None
) -> Delivered:
    left_out = filled(delivery).left_out
    return Delivered(target, tuple(files), delivery.mark, before.name if before else "", left_out)


def _revision(before: Edition | None, delivery: Delivery, recorded: Results) -> Revision | None:
    if before is None:
        return None
    after = Edition(delivery.edition, recorded, texts_of(delivery))
    return revision_of(before, after, delivery.title, delivery.audience)


def _put(
    run: Run, delivery: Delivery, files: Mapping[str, bytes], target: Path, editions: Editions
) -> Path | None:
    """Where the former edition of the name is kept, if there was one; the files are where they belong, all at once."""
    with staging(run) as staged:
        whole = staged / "edition"
        for name, content in files.items():
            path = whole / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (whole / MANIFEST).write_text(
            json.dumps(_manifest(run, delivery, files), ensure_ascii=False, indent=1) + "\n",
            encoding="utf-8",
            newline="\n",
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        kept = target.rename(editions.next_kept(delivery.edition)) if target.exists() else None
        try:
            whole.rename(target)
        except OSError:
            if kept is not None:
                kept.rename(target)
            raise
    return kept


def _hashes_in(folder: Path) -> dict[str, str]:
    """The hashes of the files that are there, by name, the manifest's own apart; empty without a manifest."""
    if not (folder / MANIFEST).is_file():
        return {}
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def _hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def _manifest(run: Run, delivery: Delivery, files: Mapping[str, bytes]) -> dict[str, Any]:
    hashes = _hashes(files)
    return {
        "schema": SCHEMA_VERSION,
        "run": run.name,
        "notebook": run.notebook,
        "parameters": dict(run.parameters),
        "edition": delivery.edition,
        "mark": delivery.mark,
        "delivered": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "texts": texts_of(delivery),
        "files": {
            name: {"sha256": hashes[name], "size": len(content)} for name, content in sorted(files.items())
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
