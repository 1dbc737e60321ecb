"""The rows of a scorecard over its tables; which tables of other sheets are parts of it, and what may be one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenxiao.evaluation.scorecard_tables import is_main
from wenxiao.evaluation.scoring.rows import paths_of
from wenxiao.model import CellRef, Given, Missing, Table
from wenxiao.model.finding import NotUsed
from wenxiao.project.project import Project

_FEW = 2
"""Fewer numbers of a sheet are a date or a page, not indicators."""
_UNKNOWN = (NotUsed.NO_TABLE, NotUsed.KIND_UNKNOWN, NotUsed.HEADING)


def other_parts(main: Table, others: Sequence[Table]) -> list[Table]:
    """The scorecards on other sheets of the file, as whole as the main one, whose first level has none of its names."""
    taken = {path[0] for _, path in paths_of(main)}
    parts: list[Table] = []
    for table in others:
        names = {path[0] for _, path in paths_of(table)}
        if (
            _beside(table.origin.file, table.origin.sheet, main)
            and is_main(table)
            and names
            and not names & taken
        ):
            parts.append(table)
            taken |= names
    return parts


def not_understood(project: Project, main: Table) -> tuple[CellRef, ...]:
    """The first cells of what the other sheets of the file hold and nobody understood, where it may be more indicators."""
    first = {path[0] for _, path in paths_of(main)}
    tables = [
        CellRef(table.origin.file, table.origin.sheet, table.origin.top, table.origin.left)
        for table in project.tables
        if table.kind == "other"
        or (table.kind == "scorecard" and not first & {path[0] for _, path in paths_of(table)})
    ]
    unused = [each.first for each in project.unused if each.count >= _FEW and each.reason in _UNKNOWN]
    sheets: dict[str, CellRef] = {}
    for cell in (*tables, *unused):
        if _beside(cell.file, cell.sheet, main):
            sheets.setdefault(cell.sheet, cell)
    return tuple(sheets.values())


def _beside(file: str, sheet: str, main: Table) -> bool:
    return file == main.origin.file and sheet != main.origin.sheet


@dataclass(frozen=True, eq=False)
class PathRow:
    """A record with its path; without a table it is a parent that has no row of its own."""

    path: tuple[str, ...]
    table: Table | None = None
    record: int = 0

    def given(self, key: str, label: str) -> Given:
        """The cell of a field, named by the row."""
        if self.table is None:
            return Given(f"{self.path[-1]}{label}", Missing.NOT_PROVIDED)
        return self.table.given(self.record, key, f"{self.path[-1]}{label}")


def rows_by_path(tables: Sequence[Table]) -> list[PathRow]:
    """The rows of all tables, parents before children, the parents without a row of their own put in."""
    rows = [PathRow(path, table, record) for table in tables for record, path in paths_of(table)]
    own = {row.path for row in rows}
    placed: list[PathRow] = []
    for row in rows:
        for depth in range(1, len(row.path)):
            if row.path[:depth] not in own:
                own.add(row.path[:depth])
                placed.append(PathRow(row.path[:depth]))
        placed.append(row)
    return placed
