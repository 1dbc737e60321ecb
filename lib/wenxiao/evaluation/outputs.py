"""Outputs (产出), plan against actual, and works by neighbourhood (改造内容): rows, neighbourhoods, works by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wenxiao.evaluation.years import YearSlice, year_slices
from wenxiao.fields import Registry
from wenxiao.model import CellRef, Count, Given, Measure, Role, Table, quotient
from wenxiao.model.units import ENTRIES, NEIGHBOURHOODS, RATIO
from wenxiao.project.profile import Profile
from wenxiao.project.project import Project


@dataclass(frozen=True, eq=False)
class Output:
    """One output: what is counted, its plan (计划), its actual (实际) and what was only started (开工), the rate.

    `completion_rate` is 实际 ÷ 计划 (实际完成率, 10号 附2); 未提供 where a side is. `words` keeps 全部完工 where the sheet
    says so instead of a number.
    """

    item: str
    planned: Given
    actual: Given
    started: Given | None
    completion_rate: Measure
    words: str = ""


def outputs_of(project: Project, registry: Registry) -> tuple[Output, ...]:
    """The outputs of a project in source order, those of several years named with their year; empty without any."""
    return tuple(
        _output(part.table, record, f"{part.year}年" if part.year else "")
        for part in year_slices(project.of_kind("outputs"), registry)
        for record in (*part.table.records(), *_years_alone(part))
    )


def _years_alone(part: YearSlice) -> Iterator[int]:
    """The rows of a table that name nothing but their year."""
    for record in part.table.records(Role.TOTAL) if part.year else ():
        if not part.table.text(record, "item"):
            yield record


def _output(table: Table, record: int, when: str) -> Output:
    item = when + table.text(record, "item")
    planned = table.given(record, "planned", f"{item}计划")
    actual = table.given(record, "actual", f"{item}实际")
    started = table.given(record, "started", f"{item}开工") if table.has("started") else None
    rate = Measure(
        f"completion_rate/{item}",
        "项目完成率" if "项目" in item else "实际完成率",
        quotient(actual, planned),
        RATIO,
        4,
        subject=item,
        basis="实际÷计划",
    )
    quantity = actual.quantity
    words = quantity.qualifier if quantity and quantity.qualifier.startswith("全部") else ""
    return Output(item, planned, actual, started, rate, words)


_BETWEEN = re.compile(r"[、，,；;]\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list of neighbourhoods: the list it stands in, the name, the works as written, the name's cell.

    `district` is '' where the list does not say; neighbourhoods of two districts are two, though their names be one.
    """

    section: str
    name: str
    works: str
    cell: CellRef
    works_cell: CellRef | None
    district: str = ""


@dataclass(frozen=True, eq=False)
class Works:
    """What the lists of neighbourhoods hold.

    `rows` counts lines, `distinct` counts names once, `repeated` gives the names listed more than once with their
    entries, `kinds` counts lines per kind of work, most first (a line with two kinds counts in both), `unmatched` are the
    lines whose works no kind of the profile names. `unnamed` are the parts of works that no kind names, most frequent
    first, with the lines that have them; `silent` are lines of a list of works that say none.
    """

    entries: tuple[Entry, ...]
    rows: Measure
    distinct: Measure
    repeated: tuple[tuple[str, tuple[Entry, ...]], ...]
    kinds: tuple[Measure, ...]
    unmatched: tuple[Entry, ...]
    unnamed: tuple[tuple[str, tuple[Entry, ...]], ...] = ()
    silent: tuple[Entry, ...] = ()

    @property
    def most(self) -> tuple[Measure, ...]:
        """The kinds that most lines have; none where lines that no kind names, or that say nothing, could make another the first."""
        counts = [kind.number or 0 for kind in self.kinds]
        first = [kind for kind, count in zip(self.kinds, counts, strict=True) if count == counts[0]]
        open_lines = {entry for _, entries in self.unnamed for entry in entries} | set(self.silent)
        next_count = counts[len(first)] if len(first) < len(counts) else 0
        certain = counts and (
            not open_lines or (len(first) == 1 and counts[0] > next_count + len(open_lines))
        )
        return tuple(first) if certain else ()


def works_of(project: Project, profile: Profile) -> Works | None:
    """The works of a project, or None where no table lists neighbourhoods."""
    entries = tuple(_entries(project))
    if not entries:
        return None
    by_name: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        by_name.setdefault((entry.district, entry.name), []).append(entry)
    named = [
        (kind, [e for e in entries if e.works and _names(e.works, words)])
        for kind, words in profile.works.items()
    ]
    matched = {entry for _, found in named for entry in found}
    words = tuple(word for each in profile.works.values() for word in each)
    unnamed: dict[str, list[Entry]] = {}
    for entry in entries:
        for part in dict.fromkeys(kinds_of_work(entry.works)):
            if not _names(part, words):
                unnamed.setdefault(part, []).append(entry)
    return Works(
        entries=entries,
        rows=_count("listed_rows", "清单条目数", "清单条目", [e.cell for e in entries]),
        distinct=_count(
            "listed_neighbourhoods",
            "清单小区数",
            "不重复的小区",
            [group[0].cell for group in by_name.values()],
        ),
        repeated=tuple((name, tuple(group)) for (_, name), group in by_name.items() if len(group) > 1),
        kinds=_counted(named),
        unmatched=tuple(entry for entry in entries if entry.works and entry not in matched),
        unnamed=tuple(
            (part, tuple(found)) for part, found in sorted(unnamed.items(), key=lambda each: -len(each[1]))
        ),
        silent=tuple(entry for entry in entries if entry.works_cell is not None and not entry.works),
    )


def _counted(named: list[tuple[str, list[Entry]]]) -> tuple[Measure, ...]:
    """The lines of each kind that has any, most first."""
    return tuple(
        Measure(
            f"works/{kind}",
            "改造内容",
            Count(kind, tuple(e.works_cell for e in found if e.works_cell)),
            ENTRIES,
            0,
            subject=kind,
            basis="改造内容含该项的清单条目",
        )
        for kind, found in sorted(named, key=lambda each: -len(each[1]))
        if found
    )


def kinds_of_work(works: str) -> tuple[str, ...]:
    """The parts of a 改造内容 cell.

    >>> kinds_of_work("屋面防水改造、围墙改造")
    ('屋面防水改造', '围墙改造')
    """
    return tuple(part for part in _BETWEEN.split(works) if part)


def _names(works: str, words: tuple[str, ...]) -> bool:
    return any(word in part for part in kinds_of_work(works) for word in words)


def _entries(project: Project) -> Iterator[Entry]:
    for table in project.of_kind("neighbourhoods"):
        district = ""
        for record in table.records():
            district = (
                table.text(record, "district") or district
            )  # a merged cell speaks for the lines below it
            name, cell = table.text(record, "name"), table.text_cell(record, "name")
            if name and cell is not None:
                section, works = table.sections[record] or table.title, table.text(record, "works")
                yield Entry(section, name, works, cell, table.text_cell(record, "works"), district)


def _count(key: str, label: str, counted: str, cells: list[CellRef]) -> Measure:
    unit = NEIGHBOURHOODS if key == "listed_neighbourhoods" else ENTRIES
    return Measure(key, label, Count(counted, tuple(cells)), unit, 0, subject="全项目", basis="逐条计数")
