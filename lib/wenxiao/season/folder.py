"""The folder of a season: every file below it read and evaluated by itself, what cannot be read named, nothing else stopped.

What was found in a file is kept by its content, the rules and the program: a season is read anew only where it changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.fields import standard_registry
from wenxiao.model import Finding, Given, Missing, Problem, ProjectError, Severity, Table
from wenxiao.project import Profile, Project, load_profile, load_project
from wenxiao.project.contents import cache_folder, contents, digest_of, program_digest, recall, remember
from wenxiao.project.other_files import others_read
from wenxiao.project.profile_file import files_of
from wenxiao.project.project_folder import EVIDENCE, READ_BESIDE, SUFFIXES, ProjectFolder
from wenxiao.season.coverage import ListedProject
from wenxiao.season.form import FilledForm, filled_form
from wenxiao.season.season import Season

_READ_BY = ("model", "fields", "sheets", "project", "evaluation", "season")
_WORDS = (".md", ".yaml", ".yml")
_SEVERAL = "several-projects"
_USUAL = "self-evaluation"
"""The rules of a form that is of no one place."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """What one file of a season holds: its self-evaluations, the projects that it lists, what keeps it from being used."""

    forms: tuple[FilledForm, ...] = ()
    listed: tuple[ListedProject, ...] = ()
    findings: tuple[Finding, ...] = ()


_READ = TypeAdapter(FileRead)


def season_of(folder: Path, profile: str = "", profiles: Path | None = None) -> Season:
    """The season that the forms below a folder make up, read and evaluated one by one.

    `profile` names the rules for all of them; '' are those of each form's place, else 单位自评. `profiles` is the folder of
    the analyst's own rules. Raises ProjectError where there is no such folder or nothing in it can be read.
    """
    found = {name: read_file(folder, name, profile, profiles) for name in files_below(folder)}
    forms = tuple(form for each in found.values() for form in each.forms)
    listed = tuple(line for each in found.values() for line in each.listed)
    if not forms:
        raise ProjectError(_nothing(folder, found))
    return Season(
        folder.name.lstrip("_"),
        forms,
        listed,
        tuple(finding for each in found.values() for finding in each.findings),
        tuple(found),
    )


def files_below(folder: Path) -> tuple[str, ...]:
    """The files below the folder that may hold forms or lists, by their paths with slashes; evidence and notes are none."""
    if not folder.is_dir():
        raise ProjectError(_no_folder(folder))
    return tuple(
        name
        for name in contents(folder)
        if PurePosixPath(name).suffix.lower() not in _WORDS
        and not set(PurePosixPath(name).parts[:-1]) & {*EVIDENCE, "collect"}
    )


def is_known(folder: Path, name: str, profile: str = "", profiles: Path | None = None) -> bool:
    """Whether what a file of the folder holds was found out before, and neither it nor the rules have changed since."""
    kept, key = _kept(folder / name, profile, profiles)
    return recall(kept).get("key") == key


def read_file(folder: Path, name: str, profile: str = "", profiles: Path | None = None) -> FileRead:
    """What a file of the folder holds, as it was found before where neither it nor the rules have changed."""
    kept, key = _kept(folder / name, profile, profiles)
    parent = PurePosixPath(name).parent.as_posix()
    recalled = recall(kept)
    if recalled.get("key") == key:
        with suppress(ValidationError):  # of another version: read again
            return _READ.validate_python(_placed(recalled.get("read"), parent), strict=False)
    value = _READ.dump_python(_read(folder / name, profile, profiles), mode="json")
    remember(kept, {"key": key, "read": value})
    return _READ.validate_python(_placed(value, parent), strict=False)


def _kept(path: Path, profile: str, profiles: Path | None) -> tuple[Path, str]:
    """Where what a file holds is kept, and by what it is known to be still so."""
    state = digest_of({**ProjectFolder.of(path).contents(), "name": path.name})
    key = f"{state} {_rules_digest(profile, profiles)} {program_digest(*_READ_BY)}"
    return cache_folder("season") / f"{sha256(f'{state}{profile}'.encode()).hexdigest()[:32]}.json", key


def place_rules() -> tuple[str, ...]:
    """The names of the rules that forms have where none are named: those of 单位自评, and of the places that have forms."""
    return (_USUAL, *sorted({form.rules for form in standard_registry().forms} - {""}))


@cache
def _rules_digest(profile: str, profiles: Path | None) -> str:
    names = [profile] if profile else place_rules()
    return digest_of({file.name: file.sha256 for name in sorted(names) for file in files_of(name, profiles)})


def _placed(value: Any, parent: str) -> Any:
    """Kept JSON with every file in its folder of the season: what a file holds is kept without where it lies."""
    if parent in ("", "."):
        return value
    if isinstance(value, dict):
        at = {key: _placed(each, parent) for key, each in value.items()}
        if isinstance(value.get("file"), str):
            at["file"] = f"{parent}/{value['file']}"
        if "part" in value and not value["unit"]:  # of a form: a list says itself whose projects it lists
            at["unit"] = parent.split("/", maxsplit=1)[0]
        return at
    return [_placed(each, parent) for each in value] if isinstance(value, list) else value


def _read(path: Path, profile: str, profiles: Path | None) -> FileRead:
    if path.suffix.lower() not in (*SUFFIXES, *READ_BESIDE):
        return FileRead(findings=tuple(others_read((path,), standard_registry())[2]))
    try:
        project = load_project(path)
    except ProjectError as error:
        said = "；".join(dict.fromkeys(each.what for each in error.problems))
        remedy = next((each.remedy for each in error.problems if each.remedy), "")
        return FileRead(findings=(_unread(path.name, said, remedy),))
    forms = tuple(_forms(project, path.name, profile, profiles))
    lists = project.of_kind("projects")
    listed = tuple(line for table in lists if not table.has("reviewed_score") for line in _listed(table))
    if forms or listed or _reviews(project):
        return FileRead(forms, listed)
    return FileRead(findings=(_unread(path.name, "没有认出自评表，也不是项目清单", "不是自评材料的移出文件夹，是的按表式改正"),))  # fmt: skip


def evaluation_of(
    folder: Path, form: FilledForm, profile: str = "", profiles: Path | None = None
) -> Evaluation:
    """The evaluation of one form of the season in a folder, whole."""
    project = load_project(folder / form.path)
    return evaluate(project, rules_of(project, profile, profiles))


def _forms(project: Project, file: str, profile: str, profiles: Path | None) -> Iterator[FilledForm]:
    for each in project.projects or (project,):
        purposes = {table.form.purpose for table in each.tables if table.form is not None}
        if "self_evaluation" not in purposes and (purposes or not each.of_kind("scorecard")):
            continue
        rules = rules_of(each, profile, profiles)
        yield filled_form(evaluate(each, rules), file, each.name if project.projects else "")


def _reviews(project: Project) -> bool:
    """Whether a file holds working papers of a review, or their summary: no forms, and no list of all projects."""
    tables = (table for each in (project, *project.projects) for table in each.tables)
    return any(table.form is not None and table.form.key.startswith("review") for table in tables)


def rules_of(project: Project, profile: str = "", profiles: Path | None = None) -> Profile:
    """The rules of a form: those that `profile` names, else those of the place that its form is of, else 单位自评."""
    own = next((t.form.rules for t in project.tables if t.form is not None and t.form.rules), "")
    return usual_rules(profile or own, profiles)


def usual_rules(name: str, profiles: Path | None = None) -> Profile:
    """The rules of that name, those of 单位自评 where it is ''."""
    return load_profile(name or _USUAL, profiles)


def _listed(table: Table) -> Iterator[ListedProject]:
    unit = ""
    for record in table.records():
        own = table.text(record, "department") or table.text(record, "implementer")
        unit = own or (unit if _covered(table, record) else "")
        name = table.text(record, "project_name")
        cell = table.text_cell(record, "project_name")
        if not name or cell is None:
            continue

        def figure(key: str, label: str, record: int = record) -> Given | None:
            return table.given(record, key, label) if table.has(key) else None

        yield ListedProject(
            name,
            unit,
            cell,
            figure("budget", "清单预算数") or figure("initial_budget", "清单预算数"),
            figure("self_score", "清单自评得分"),
        )


def _covered(table: Table, record: int) -> bool:
    """Whether the unit of a line stands in a cell merged from above."""
    columns = (table.column("department"), table.column("implementer"))
    return any(column is not None and column.missing_kind(record) is Missing.COVERED for column in columns)


def _unread(file: str, said: str, remedy: str) -> Finding:
    return Finding(
        "file-not-read",
        Severity.WARNING,
        file,
        f"{file} {said}，其中的数没有进入汇总。",
        remedy=remedy or "核对文件，另存后再放入",
    )


def _no_folder(folder: Path) -> Problem:
    return Problem("没有这个文件夹", file=folder.name, remedy="检查路径")


def _nothing(folder: Path, found: Mapping[str, FileRead]) -> list[Problem]:
    said = [
        Problem(f.message.rstrip("。"), remedy=f.remedy) for each in found.values() for f in each.findings
    ]
    return [Problem("文件夹里没有自评表", file=folder.name, remedy="放入各单位报送的自评表"), *said]
