"""Which tables are the scorecards of a project and of its districts, and which of several counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from wenxiao.evaluation.robustness.matrix import Leaf
from wenxiao.evaluation.scoring.rows import is_review, is_working_sheet, score_rows
from wenxiao.model import Column, Role, Table
from wenxiao.model.units import RATIO
from wenxiao.project.profile import Profile
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
    return is_main(table) and _decides(table) and _scored(table)


def blank(table: Table) -> bool:
    """Whether a table is a 评分底稿 or a 复核表 that nobody has given a score in."""
    return _decides(table) and not _scored(table)


def _decides(table: Table) -> bool:
    """Whether its scores go before those of a scorecard beside it."""
    return is_working_sheet(table) or is_review(table)


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


_WEIGHT = re.compile(r"[\s（(【\[]*(\d+(?:\.\d+)?)\s*分[\s）)】\]]*$")
_ADDED = re.compile(r"小计|合计|总计|总分|总得分|平均|得分率|折算|加权")
_NO_INDICATOR = {"score", "rank", "serial", "weight"}


@dataclass(frozen=True, eq=False)
class IndicatorTable:
    """A table with a row for each district and a column for each indicator; `total` is its column of totals, if any.

    A merged score in `columns` is that of each district it covers.
    """

    table: Table
    columns: tuple[Column, ...]
    leaves: tuple[Leaf, ...]
    total: Column | None

    @property
    def positions(self) -> frozenset[int]:
        """Where the columns stand in the sheet."""
        return frozenset(column.position for column in self.columns)

    @property
    def full(self) -> Fraction:
        """Full marks of all indicators together."""
        return sum((leaf.weight for leaf in self.leaves), Fraction(0))


def indicators_in(table: Table, profile: Profile) -> IndicatorTable | None:
    """The scores by indicator that one table of districts gives, or None where it has fewer than two or their 分值 do not make the whole.

    分值 stand in the headers (项目立项（5分）) or in a row of their own; together they must make the full marks of the
    profile, or those the row gives for the total, so that no part of a system of indicators is taken for the whole.
    """
    return _found(table, Fraction(profile.weights_total))


@lru_cache(maxsize=64)
def _found(table: Table, whole: Fraction) -> IndicatorTable | None:
    row = next(table.records(Role.WEIGHT), None)
    total = table.column("score")
    chosen = [
        (column.spread, Leaf(_path(column), weight))
        for column in table.columns
        if column.numbers is not None and column.key not in _NO_INDICATOR
        if not _ADDED.search(column.path[-1] if column.path else column.label)
        if (weight := _weight(column, row, whole)) is not None and weight > 0
    ]
    full = sum((leaf.weight for _, leaf in chosen), Fraction(0))
    stated = _weight(total, row, whole) if total is not None else None
    paths = {leaf.path for _, leaf in chosen}
    if len(chosen) < 2 or len(paths) < len(chosen) or full not in (whole, stated):
        return None
    return IndicatorTable(
        table, tuple(column for column, _ in chosen), tuple(leaf for _, leaf in chosen), total
    )


def _weight(column: Column, row: int | None, whole: Fraction) -> Fraction | None:
    """The 分值 of a column: as its own header says, else as the row of 分值 does; a share (权重 20%) is one of the whole.

    A share under which a score is higher than its 分值 weighs scores that are each out of a hundred, and is no 分值.
    """
    match = _WEIGHT.search(column.path[-1] if column.path else column.label)
    if match:
        return Fraction(match[1])
    number = None if row is None else column.number(row)
    if row is None or number is None:
        return None
    if column.row_units.get(row) != RATIO:
        return Fraction(number)
    weight = Fraction(number) * whole
    scores = (column.number(each) for each in range(len(column.missing)) if each != row)
    return weight if all(score is None or score <= weight for score in scores) else None


def _path(column: Column) -> tuple[str, ...]:
    """The indicator's path by the levels of the header, without the 分值 in them.

    A level that is nothing but its 分值 is kept as it is.
    """
    return tuple(_WEIGHT.sub("", level).strip() or level for level in column.path or (column.label,))
