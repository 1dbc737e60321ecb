"""The table whose scores are ranked, of one year where scores of several are given, and which of its places take part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wenxiao.evaluation.indicator_table import IndicatorTable, indicators_in
from wenxiao.evaluation.years import year_slices
from wenxiao.fields import standard_registry
from wenxiao.model import Table
from wenxiao.project.place_names import PlaceNames
from wenxiao.project.profile import Profile
from wenxiao.project.project import Project

NOT_RANKED = "不参与排名"
IN_DOUBT = "暂不排名"
_SAID = re.compile(
    r"[不未](?:参与|参加|纳入|列入|计入|进入|予|作|进行)?(?:本次|此次|本年度?|当年)?(?:综合)?(?:排名|排序|评比)"
)
_ALL_BUT = re.compile(r"[除其]|外")
_DASH = re.compile(r"[-—–－―─/／*]+")
_CLAUSES = re.compile(r"[；;。\n]")


@dataclass(frozen=True, eq=False)
class ScoreTable:
    """The table that gives the scores to be ranked; `year` is '' where it does not matter, `years` are all that are given.

    `indicators` are its scores by indicator, where it has them.
    """

    table: Table
    year: str
    years: tuple[str, ...]
    indicators: IndicatorTable | None


def score_table(project: Project, profile: Profile) -> ScoreTable | None:
    """The first table of scores by district, of the year that the profile names, else of the latest; None without one.

    A table with a total goes before one with indicators only.
    """
    parts = [
        (part, indicators_in(part.table, profile))
        for part in year_slices(project.of_kind("districts"), standard_registry())
    ]
    scored = [(part, found) for part, found in parts if part.table.has("score") or found]
    years = tuple(sorted({part.year for part, _ in scored if part.year}))
    year = ""
    if len(years) > 1:
        year = str(profile.ranking_year) if str(profile.ranking_year) in years else years[-1]
        scored = [each for each in scored if each[0].year == year]
    if not scored:
        return None
    part, found = next((each for each in scored if each[0].table.has("score")), scored[0])
    indicators = found or next((other for _, other in scored if other), None)
    return ScoreTable(part.table, year, years if year else (), indicators)


def absences(project: Project, profile: Profile, table: Table) -> list[str]:
    """Of each record of a table the words for why it takes no part in the ranking, '' where it does.

    The profile says so, a remark or a note (不参与排名), or a dash where others have their rank printed.
    """
    names = [table.text(record, "district") for record in table.records()]
    out = set(profile.exclude) | {project.places.name(name) for name in profile.exclude}
    out |= set(_remarked(project))
    rank = table.column("rank")
    if rank is not None:
        said = [_printed(table, record) for record in table.records()]
        out |= {name for name, text in zip(names, said, strict=True) if _SAID.search(text)}
        if any(rank.number(record) is not None for record in table.records()):
            out |= {name for name, text in zip(names, said, strict=True) if _DASH.fullmatch(text)}
    return [NOT_RANKED if name in out else "" for name in names]


def in_doubt(names: Sequence[str], places: PlaceNames) -> frozenset[str]:
    """The names in one table that stand on several of its lines, or that may be one place with another in it."""
    times = Counter(names)
    return frozenset(
        name
        for name, count in times.items()
        if name and (count > 1 or any(rival in times for rival in places.rivals(name)))
    )


def _remarked(project: Project) -> Iterator[str]:
    for table in project.of_kind("districts"):
        records = [(record, table.text(record, "district")) for record in table.records()]
        if table.has("note"):
            yield from (name for record, name in records if _SAID.search(table.text(record, "note")))
        for clause in (part for note in table.notes for part in _CLAUSES.split(note)):
            if _SAID.search(clause) and not _ALL_BUT.search(clause):
                yield from (name for _, name in records if name and name in clause)


def _printed(table: Table, record: int) -> str:
    cell = table.text_cell(record, "rank")
    raw = None if cell is None else table.raw(cell.row, cell.column)
    return "" if raw is None else "".join(str(raw).split())
