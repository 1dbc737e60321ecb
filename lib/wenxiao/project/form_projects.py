"""Several forms handed in together are several projects, one each: which there are, what each is called, its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wenxiao.model import CellRef, Finding, Form, Severity, Table
from wenxiao.sheets.cells.wording import compact

if TYPE_CHECKING:
    from wenxiao.project.project import Project

_ONCE = frozenset({"funds", "scorecard", "targets"})
"""Kinds of table of which one project hands in one: a second one is another version of the form."""
_REVIEW = "review"
"""The purpose of a form that stands beside the one it reviews: no other version of it."""
_AFTER_CODE = "-—－_"
_NO_PROJECT = frozenset({"summary"})


@dataclass(frozen=True)
class FormProject:
    """One project among several forms: its name, unique among them, and the forms it handed in."""

    name: str
    forms: tuple[Form, ...]


def form_projects(tables: tuple[Table, ...]) -> tuple[FormProject, ...]:
    """The projects that forms among the tables are of, in the order of files and sheets; the same one twice is two versions."""
    kinds: dict[Form, set[str]] = {}
    for table in tables:
        if table.form is not None and table.form.purpose not in _NO_PROJECT:
            kinds.setdefault(table.form, set()).add(table.kind)
    groups: list[tuple[str, list[Form]]] = []
    for form, own in kinds.items():
        key = compact(form.project)
        for name, members in reversed(groups):
            goes_on = not key and members[-1].place.file == form.place.file and members[-1].key == form.key
            alike = [each for each in members if (each.purpose == _REVIEW) == (form.purpose == _REVIEW)]
            held = {kind for each in alike for kind in kinds[each]} & _ONCE
            if (same_project(key, name) or goes_on) and not held & own:
                members.append(form)
                break
        else:
            groups.append((key or compact(form.place.sheet), [form]))
    # A 复核表 puts the code of its project before the name: the form that it reviews says how it is called.
    heads = [next((each for each in of if each.purpose != _REVIEW), of[0]) for _, of in groups]
    names = [compact(head.project) or key for head, (key, _) in zip(heads, groups, strict=True)]
    return tuple(
        FormProject(
            _named(key, head, names.count(key) > 1, names[:number].count(key) + 1), tuple(groups[number][1])
        )
        for number, (key, head) in enumerate(zip(names, heads, strict=True))
    )


def same_project(key: str, name: str) -> bool:
    """Whether two forms name the same project; one may have its code before it (001-道路养护)."""
    longer, shorter = (key, name) if len(key) > len(name) else (name, key)
    code = longer.removesuffix(shorter)
    return key == name or (
        bool(shorter and key and name) and code != longer and code[-1:] in _AFTER_CODE and code[:-1].isascii()
    )


def _named(key: str, form: Form, twice: bool, number: int) -> str:
    """A name that a path can end with; versions are numbered and say where they stand."""
    name = (form.project or form.place.sheet or key).replace("/", "／").replace("\\", "＼").strip()
    return f"{name}（第{number}份，{form.place.file.replace('/', '／')}）" if twice else name


def parted(project: Project) -> Project:
    """The project, or, where its forms are of several projects, one that only holds these and says so."""
    found = form_projects(project.tables)
    if len(found) < 2:
        return project
    parts = {each.name: _part(project, each) for each in found}
    inside = {id(finding) for part in parts.values() for finding in part.findings}
    own = tuple(t for t in project.tables if t.form is None or t.form.purpose in _NO_PROJECT)
    rest = tuple(finding for finding in project.findings if id(finding) not in inside)
    return replace(project, tables=own, projects=tuple(parts.values()), findings=(*rest, _several(found)))


def _part(project: Project, of: FormProject) -> Project:
    """One of the projects: the tables of its forms, the findings and corrections of their cells."""
    tables = tuple(table for table in project.tables if table.form in of.forms)
    return replace(
        project,
        name=of.name,
        tables=tables,
        findings=tuple(
            f for f in project.findings if f.cells and all(_within(cell, of.forms) for cell in f.cells)
        ),
        corrections=tuple(each for each in project.corrections if _within(each.ref, of.forms)),
        unused=tuple(each for each in project.unused if _within(each.first, of.forms)),
    )


def _within(cell: CellRef, forms: tuple[Form, ...]) -> bool:
    return any(form.holds(cell) for form in forms)


def _several(found: tuple[FormProject, ...]) -> Finding:
    """What the folder holds instead of one project."""
    names: Mapping[str, str] = {
        each.name: str(each.forms[0].named_at or each.forms[0].place) for each in found
    }
    listed = "；".join(f"“{name}”（{place}）" for name, place in names.items())
    return Finding(
        "several-projects",
        Severity.WARNING,
        "项目",
        f"其中有 {len(found)} 份项目的表：{listed}。得分和执行率不合并，各按一个项目评价。",
        cells=tuple(each.forms[0].named_at or each.forms[0].place for each in found),
        remedy=f"在参数的 project 后面写明其中一个，如 …/{found[0].name}；同一项目有两份的，留下应采用的一份",
    )
