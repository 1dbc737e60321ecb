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
"""Kinds of table of which one project hands in one with forms of one purpose: a second one is another version of the form."""
_REVIEW = "review"
_AFTER_CODE = "-—－_"
_NO_PROJECT = frozenset({"summary"})


@dataclass(frozen=True)
class FormProject:
    """One project among several forms: its name, unique among them, and the forms it handed in, of one year.

    `earlier` is the name of the same project of the year before among them, '' without one.
    """

    name: str
    forms: tuple[Form, ...]
    earlier: str = ""


def form_projects(tables: tuple[Table, ...]) -> tuple[FormProject, ...]:
    """The projects that forms among the tables are of, in the order of files and sheets.

    The same project in another year is told apart by the year, twice in one year it is two versions.
    """
    kinds: dict[Form, set[str]] = {}
    for table in tables:
        if table.form is not None and table.form.purpose not in _NO_PROJECT:
            kinds.setdefault(table.form, set()).add(table.kind)
    order, groups = list(kinds), list[tuple[str, list[Form]]]()
    for form, own in sorted(
        kinds.items(), key=lambda item: not item[0].year
    ):  # those without a year join others
        key = compact(form.project)
        fitting = []
        for name, members in reversed(groups):
            last = members[-1]
            goes_on = (
                not key
                and (last.place.file, last.key) == (form.place.file, form.key)
                and order.index(last) + 1 == order.index(form)
            )
            held = {kind for each in members if each.purpose == form.purpose for kind in kinds[each]} & _ONCE
            year = _year(members)
            if (same_project(key, name) or goes_on) and not held & own and form.year in ("", year):
                fitting.append(members)
        if len({_year(members) for members in fitting}) == 1:
            fitting[0].append(form)
        else:
            groups.append((key or compact(form.place.sheet), [form]))
    groups = sorted(
        ((key, sorted(of, key=order.index)) for key, of in groups), key=lambda group: order.index(group[1][0])
    )
    # A 复核表 puts the code of its project before the name: the form that it reviews says how it is called.
    heads = [next((each for each in of if each.purpose != _REVIEW), of[0]) for _, of in groups]
    keys = [compact(head.project) or key for head, (key, _) in zip(heads, groups, strict=True)]
    years = [_year(of) for _, of in groups]
    names = [_named(n, heads[n], keys, years) for n in range(len(groups))]
    return tuple(
        FormProject(names[n], tuple(of), _earlier(n, names, keys, years)) for n, (_, of) in enumerate(groups)
    )


def _year(forms: list[Form]) -> str:
    """The year that forms of one project are of; '' where none names it."""
    return next((each.year for each in forms if each.year), "")


def _earlier(number: int, names: list[str], keys: list[str], years: list[str]) -> str:
    """The same project of the last year before; '' where there is none, or several versions of it."""
    before = [n for n, key in enumerate(keys) if key == keys[number] and "" < years[n] < years[number]]
    last = [n for n in before if years[n] == max(years[each] for each in before)]
    return names[last[0]] if len(last) == 1 else ""


def same_project(key: str, name: str) -> bool:
    """Whether two forms name the same project; one may have its code before it (001-道路养护)."""
    longer, shorter = (key, name) if len(key) > len(name) else (name, key)
    code = longer.removesuffix(shorter)
    return key == name or (
        bool(shorter and key and name) and code != longer and code[-1:] in _AFTER_CODE and code[:-1].isascii()
    )


def _named(number: int, form: Form, keys: list[str], years: list[str]) -> str:
    """A name that a path can end with; years tell one project's apart, versions are numbered and say where they stand."""
    key, year = keys[number], years[number]
    name = (form.project or form.place.sheet or key).replace("/", "／").replace("\\", "＼").strip()
    same = [n for n, other in enumerate(keys) if other == key]
    if year and [years[n] for n in same].count(year) == 1 and len(same) > 1:
        return f"{name}（{year}年）"
    version = f"第{same.index(number) + 1}份，{form.place.file.replace('/', '／')}"
    return f"{name}（{version}）" if len(same) > 1 else name


def parted(project: Project) -> Project:
    """The project, or, where its forms are of several projects, one that only holds these and says so."""
    found = form_projects(project.tables)
    if len(found) < 2:
        return project
    parts = {each.name: _part(project, each) for each in found}
    for each in sorted(found, key=lambda of: _year(list(of.forms))):
        if each.earlier:
            parts[each.name] = replace(parts[each.name], earlier=parts[each.earlier])
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
