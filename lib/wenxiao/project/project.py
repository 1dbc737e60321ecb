"""A project: the tables of a data folder with their corrections, the analyst's words, its head and its districts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from wenxiao.fields import Registry, registry_with, standard_registry
from wenxiao.model import CellRef, Finding, Given, Missing, Problem, ProjectError, SheetError, Table
from wenxiao.model.finding import UnusedRange
from wenxiao.project.answers import Answer, PlaceDecisions, load_answers, load_decisions
from wenxiao.project.contents import contents
from wenxiao.project.corrections import CONFIRMED, Correction, corrected, load_corrections
from wenxiao.project.form_projects import parted
from wenxiao.project.joined_tables import joined_tables
from wenxiao.project.narrative import Narrative, load_narrative, with_material
from wenxiao.project.other_files import others_read
from wenxiao.project.place_names import PlaceNames, with_place_names
from wenxiao.project.project_folder import READ_BESIDE, SUFFIXES, InputFile, ProjectFolder
from wenxiao.project.recognised import not_recognised, scores_of_each, set_aside, unused_of
from wenxiao.project.workspace import is_workspace
from wenxiao.sheets import Reading, read_workbook

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the project's head: a text with its cell."""

    label: str
    text: str
    cell: CellRef | None = None

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, eq=False)
class Project:
    """What a project folder holds, read.

    `name` is the folder's; `tables` are in the order of files, sheets and rows; `findings` are those of reading. `inputs` are
    the workbooks, `beside` what the analyst wrote beside them: corrections, narrative, how a workbook is to be read;
    `evidence` are the files below its folder `evidence` (证据), by their names there. They are not read, only known. `places`
    has the names of its places, one for each; `answers` are what the analyst answers to findings; `as_printed` is the same
    without corrections, where some are confirmed. `unused` are the numbers of its sheets that no table uses, with the reason. `earlier` is the
    same project of a year before, where both were handed in together.

    >>> import wenxiao as wx
    >>> project = wx.load_project("linyi-2021")
    >>> project.title, project.tables[0].kind, len(project.districts)
    ('临沂市老旧小区改造补助资金', 'claims', 12)
    """

    name: str
    tables: tuple[Table, ...]
    inputs: tuple[InputFile, ...]
    findings: tuple[Finding, ...] = ()
    corrections: tuple[Correction, ...] = ()
    narrative: Narrative = field(default_factory=Narrative)
    beside: tuple[InputFile, ...] = ()
    evidence: tuple[InputFile, ...] = ()
    places: PlaceNames = field(default_factory=PlaceNames)
    unused: tuple[UnusedRange, ...] = ()
    projects: tuple[Project, ...] = ()
    earlier: Project | None = None
    answers: tuple[Answer, ...] = ()
    as_printed: Project | None = None

    def of_kind(self, kind: str) -> tuple[Table, ...]:
        """The tables of one kind."""
        return tuple(table for table in self.tables if table.kind == kind)

    def fact(self, key: str) -> Fact:
        """A line of the head as text; empty where no head gives it."""
        for table in self.of_kind("head"):
            column = table.column(key)
            if column is None or not len(table) or column.missing[0]:
                continue
            text = column.text(0) or table.given_in(0, column).text
            return Fact(column.label, text, table.cell(0, column))
        return Fact(key, "")

    def figure(self, key: str) -> Given:
        """A figure of the head, or 未提供."""
        for table in self.of_kind("head"):
            if table.has(key) and len(table):
                return table.given(0, key)
        return Given(standard_registry().field(key, "head").label, Missing.NOT_PROVIDED)

    @property
    def title(self) -> str:
        """The project's name as its head gives it, else as the one form it handed in does, else the folder's."""
        named = {table.form.project for table in self.tables if table.form is not None} - {""}
        return self.fact("project_name").text or (named.pop() if len(named) == 1 else self.name)

    @cached_property
    def districts(self) -> tuple[str, ...]:
        """The districts (县区, or 镇、街道) its tables list, in the order of the sheets."""
        names: dict[str, None] = {}
        for table in self.of_kind("districts"):
            for record in table.records():
                names.setdefault(table.text(record, "district"))
        return tuple(name for name in names if name)


def load_project(folder: Path) -> Project:
    """The project in a data folder, or in one file of it.

    Every workbook of the folder is read, and every form in a Word document or an archive there. Where the forms are of several
    projects, the project holds these (`projects`) and has no score of its own; one of them is loaded by its name below the
    folder (data/自评/道路养护). All that cannot be read is reported together as ProjectError. Asked again for a
    folder whose files have not changed, it is the same object: a notebook's cells, and the processes forked from a warm
    parent, find it ready.
    """
    file = folder.suffix.lower() in (*SUFFIXES, *READ_BESIDE)
    if not folder.exists() and folder.parent.exists() and not file:
        return _one_of(folder.parent, folder.name)
    if not folder.exists() or not (file or folder.is_dir()):
        raise ProjectError(Problem("没有这个项目文件夹", file=folder.name, remedy="检查 project 参数"))
    place = folder.absolute()
    return _read_project(place, _state(ProjectFolder.of(place)))


def load_projects(folder: Path) -> tuple[Project, ...]:
    """The projects in a data folder: those of its forms where there are several, else the one it is."""
    project = load_project(folder)
    return project.projects or (project,)


def _one_of(folder: Path, name: str) -> Project:
    """One of several projects handed in together, by its name; ProjectError naming them where there is none."""
    whole = load_project(folder) if ProjectFolder.of(folder).files_held else None
    names = [each.name for each in whole.projects] if whole else []
    if whole is None or name not in names:
        raise ProjectError(
            Problem(
                "没有这个项目文件夹",
                file=name,
                rule=f"{folder.name} 中的项目有 {'、'.join(names)}" if names else "",
                remedy="检查 project 参数",
            )
        )
    return whole.projects[names.index(name)]


FileState = tuple[str, int, int, int, int]


def _state(folder: ProjectFolder) -> tuple[FileState, ...]:
    """What tells a changed file: the system sets the time of change (ctime) at every write, whatever a program claims."""
    return tuple(
        (str(path), status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        for path in folder.files()
        for status in (path.stat(),)
    )


@lru_cache(maxsize=8)
def _read_project(place: Path, state: tuple[FileState, ...]) -> Project:
    del state  # known by it only
    held = ProjectFolder.of(place)
    folder = place.parent if place.is_file() else place
    registry = _registry_for(folder)
    others, unread, named = others_read(held.others, registry)
    if not held.workbooks and not others:
        empty = Problem(
            "项目文件夹里没有表格",
            file=place.name,
            rule="至少一个 xlsx、xls、ods 或 csv",
            remedy="放入报送的表格",
        )
        raise ProjectError(
            [empty, *(Problem(each.message.rstrip("。"), remedy=each.remedy) for each in named), *unread]
        )
    readings, problems = _read_all(held.workbooks, registry)
    readings += others
    problems += unread
    tables = tuple(table for reading in readings for table in reading.tables)
    corrections: tuple[Correction, ...] = ()
    answers: tuple[Answer, ...] = ()
    narrative, decided = Narrative(), PlaceDecisions()
    right = tables
    try:
        narrative = load_narrative(folder) if folder is place else narrative
    except ProjectError as error:
        problems += error.problems
    try:
        decided = load_decisions(folder)
    except ProjectError as error:
        problems += error.problems
    try:
        answers = load_answers(folder)
    except ProjectError as error:
        problems += error.problems
    try:
        only = "" if folder is place else place.name
        corrections = load_corrections(folder, tables, only) if not problems else ()
        right = corrected(tables, corrections)
    except ProjectError as error:
        problems += error.problems
    if problems:
        raise ProjectError([replace(each, file=f"{folder.name}/{each.file}") for each in problems])
    narrative, on_texts = with_material(narrative, tables)
    project = Project(
        name=folder.name if folder is place else f"{folder.name}／{place.stem}",
        tables=(),
        inputs=tuple(InputFile(reading.file, reading.sha256) for reading in readings),
        corrections=corrections,
        answers=answers,
        narrative=narrative,
        beside=tuple(InputFile.of(path.name, path.read_bytes()) for path in held.beside),
        evidence=tuple(
            InputFile(normalize("NFC", name), sha256)
            for place in held.evidence
            for name, sha256 in contents(place).items()
        ),
        unused=tuple(each for reading in readings for each in reading.unused),
    )
    found = (*(finding for reading in readings for finding in reading.findings), *named)
    as_printed = parted(_with_tables(project, tables, decided, found, on_texts))
    if not any(each.status == CONFIRMED for each in corrections):
        return as_printed
    found_right = parted(_with_tables(project, right, decided, found, on_texts))
    printed = {each.name: each for each in as_printed.projects}
    parts = tuple(replace(each, as_printed=printed.get(each.name)) for each in found_right.projects)
    return replace(found_right, projects=parts, as_printed=as_printed)


def _with_tables(
    project: Project,
    tables: tuple[Table, ...],
    decided: PlaceDecisions,
    found: tuple[Finding, ...],
    on_texts: tuple[Finding, ...] = (),
) -> Project:
    """The project with its tables, one name for each place, and what is to be said of them."""
    tables, places, on_places = with_place_names(set_aside(map(scores_of_each, tables)), decided)
    findings = (*found, *not_recognised(tables), *on_places, *on_texts)
    return replace(
        project,
        tables=joined_tables(tables),
        places=places,
        unused=(*project.unused, *unused_of(tables)),
        findings=findings,
    )


def _registry_for(folder: Path) -> Registry:
    """The registry with the forms of the workspace that a folder lies in (parameters/forms), where it has any."""
    root = next((each for each in folder.parents if is_workspace(each)), folder)
    return registry_with(root / "parameters" / "forms")


def project_of_frames(frames: Mapping[str, pd.DataFrame], name: str = "DataFrame") -> Project:
    """The project that pandas frames make up, by the name of the sheet each would be; addresses are of that sheet."""
    from wenxiao.sheets.frame import read_frame  # noqa: PLC0415 - loads pandas

    return project_of_reading(read_frame(frames, standard_registry(), name=name))


def project_of_reading(reading: Reading) -> Project:
    """The project that one file alone makes up, as `load_project` gives it of a folder with nothing else in it."""
    project = Project(
        name=reading.file,
        tables=(),
        inputs=(InputFile(reading.file, reading.sha256),),
        unused=reading.unused,
    )
    return parted(_with_tables(project, reading.tables, PlaceDecisions(), reading.findings))


def _read_all(paths: Sequence[Path], registry: Registry) -> tuple[list[Reading], list[Problem]]:
    readings: list[Reading] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            readings.append(read_workbook(path, registry, name=path.name))
        except SheetError as error:
            problems += error.problems
    return readings, problems
