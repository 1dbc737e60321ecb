"""Which tables are the scorecards of a project and of its districts, and which of several counts."""

from __future__ import annotations

from wenxiao.evaluation.scoring.rows import is_working_sheet, score_rows
from wenxiao.model import Table
from wenxiao.project.project import Project


def district_tables(project: Project) -> dict[str, Table]:
    """The scorecard of each district: the one whose title, sheet or file names it and no other; empty below two.

    Of several, the 评分底稿 that has scores, else the first. While no 评分底稿 has any, blank ones are none.
    """
    found = {name: counting(tables)[0] for name, tables in by_district(project).items()}
    return {} if all(map(blank, found.values())) else found


def superseded(project: Project) -> dict[str, tuple[Table, ...]]:
    """The main scorecards that a 评分底稿 with scores stands in place of, by district ('' for the project's)."""
    apart = by_district(project)
    own = [t for t in project.of_kind("scorecard") if not any(t in tables for tables in apart.values())]
    scopes = {"": [table for table in own if is_main(table)], **apart}
    return {
        name: rest
        for name, tables in scopes.items()
        if (sheet := next(filter(_filled, tables), None)) is not None
        if (rest := tuple(table for table in tables if table is not sheet and not blank(table)))
    }


def counting(tables: list[Table]) -> list[Table]:
    """The scorecards that count: a 评分底稿 with scores alone, else all but blank ones beside others."""
    sheet = next(filter(_filled, tables), None)
    return [sheet] if sheet is not None else [each for each in tables if not blank(each)] or tables


def _filled(table: Table) -> bool:
    return is_main(table) and is_working_sheet(table) and _scored(table)


def blank(table: Table) -> bool:
    """Whether a table is a 评分底稿 that nobody has given a score in."""
    return is_working_sheet(table) and not _scored(table)


def _scored(table: Table) -> bool:
    return any(row.filled.quantity is not None for row in score_rows(table))


def by_district(project: Project) -> dict[str, list[Table]]:
    """The main scorecards of each of several districts, in source order."""
    found: dict[str, list[Table]] = {}
    for table in project.of_kind("scorecard") if project.districts else ():
        for text in (table.title, table.origin.sheet, table.origin.file):
            names = [name for name in project.districts if name in text]
            if names:
                longest = max(names, key=len)
                if is_main(table) and all(name in longest for name in names):
                    found.setdefault(longest, []).append(table)
                break
    return found if len(found) > 1 else {}


def is_main(table: Table) -> bool:
    """Whether a scorecard has the first level with its 分值, so that others can hang below it."""
    return table.has("weight") and table.has("level1")
