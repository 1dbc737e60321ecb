"""The scorecard (评分表): the tree of indicators with weights, scores, score rates and lost points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wenxiao.evaluation.grade import Grade, grade_of
from wenxiao.model import (
    Expression,
    Given,
    Measure,
    Missing,
    Named,
    Role,
    Table,
    difference,
    quotient,
    total,
)
from wenxiao.model.units import POINTS, RATIO
from wenxiao.project.profile import Profile
from wenxiao.project.project import Project

LEVELS = ("level1", "level2", "level3")


@dataclass(frozen=True, eq=False)
class Indicator:
    """One indicator: its name and level (1–3), 分值, 得分 as filled in, printed 得分率, and what follows from them.

    `score_rate` is 得分 ÷ 分值, `lost` is 分值 − 得分; both are 未提供 where a side is. `name` is `产出`, `path` adds its
    parents.
    """

    name: str
    level: int
    path: tuple[str, ...]
    weight: Given
    score: Given
    printed_rate: Given | None
    reason: str
    score_rate: Measure
    lost: Measure
    children: tuple[Indicator, ...] = ()

    def walk(self) -> Iterator[Indicator]:
        """This indicator and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, eq=False)
class Scorecard:
    """A scorecard: first-level indicators in source order, the total as the exact sum of their scores, its grade.

    `printed_total`, `rounded_total` (总分（取整）) and `printed_grade` are what the table itself prints, where it does.
    """

    indicators: tuple[Indicator, ...]
    total: Measure
    weights: Measure
    total_rate: Measure
    grade: Grade | None
    tables: tuple[Table, ...]
    printed_total: Given | None = None
    printed_weights: Given | None = None
    printed_total_rate: Given | None = None
    rounded_total: Given | None = None
    printed_grade: str = ""

    def walk(self) -> Iterator[Indicator]:
        """Every indicator, parents before children."""
        for indicator in self.indicators:
            yield from indicator.walk()

    def indicator(self, name: str) -> Indicator | None:
        """The indicator of a name, at any level."""
        return next((each for each in self.walk() if each.name == name), None)

    @property
    def depth(self) -> int:
        """How many levels have scores."""
        return max((each.level for each in self.walk()), default=0)


def scorecard_of(project: Project, profile: Profile) -> Scorecard | None:
    """The scorecard of a project, or None where none was published.

    The main table is the one whose first level has weights; tables that give only second-level scores hang below it.
    """
    tables = project.of_kind("scorecard")
    main = next((table for table in tables if table.has("weight") and table.has("level1")), None)
    if main is None:
        return None
    others = tuple(table for table in tables if table is not main)
    rows = _rows(main) + [row for table in others for row in _rows(table)]
    indicators = tuple(_indicator(row, rows, 1) for row in rows if len(row.path) == 1 and row.table is main)
    return _card(indicators, main, (main, *others), profile)


@dataclass(frozen=True, eq=False)
class _Row:
    table: Table
    record: int
    path: tuple[str, ...]


def _rows(table: Table) -> list[_Row]:
    """The rows of a table with the path of each, an empty or covered parent cell taken from above."""
    rows: list[_Row] = []
    above: tuple[str, ...] = ()
    for record in table.records(Role.DATA, Role.SUBTOTAL):
        names = [table.text(record, level) for level in LEVELS if table.has(level)]
        filled = [
            name or (above[i] if i < len(above) and any(names[i:]) else "") for i, name in enumerate(names)
        ]
        path = tuple(name for name in filled if name)
        if path:
            rows.append(_Row(table, record, path))
            above = path
    return rows


def _indicator(row: _Row, rows: list[_Row], level: int) -> Indicator:
    children = tuple(
        _indicator(other, rows, level + 1)
        for other in rows
        if len(other.path) == level + 1 and other.path[:level] == row.path
    )
    name, table, record = row.path[-1], row.table, row.record
    weight = table.given(record, "weight", f"{name}分值").exact
    score = table.given(record, "score", f"{name}得分")
    return Indicator(
        name=name,
        level=level,
        path=row.path,
        weight=weight,
        score=score,
        printed_rate=table.given(record, "score_rate", f"{name}得分率") if table.has("score_rate") else None,
        reason=table.text(record, "reason"),
        score_rate=score_rate("/".join(row.path), name, score, weight),
        lost=Measure(
            f"lost/{'/'.join(row.path)}",
            "失分",
            difference(weight, score),
            POINTS,
            subject=name,
            basis="分值－得分",
        ),
        children=children,
    )


def score_rate(key: str, subject: str, score: Expression, weight: Expression) -> Measure:
    """得分率: 得分 ÷ 分值. A missing side gives 未提供."""
    return Measure(
        f"score_rate/{key}", "得分率", quotient(score, weight), RATIO, 4, subject=subject, basis="得分÷分值"
    )


def _card(
    indicators: tuple[Indicator, ...], main: Table, tables: tuple[Table, ...], profile: Profile
) -> Scorecard:
    scores = total([each.score for each in indicators])
    weights = total([each.weight for each in indicators])
    total_score = Measure(
        "total_score", "综合得分", scores, POINTS, subject="全项目", basis="一级指标得分之和"
    )
    printed = next(main.records(Role.TOTAL), None)
    rounded = next(main.records(Role.ROUNDED_TOTAL), None)
    grade_row = next(main.records(Role.GRADE), None)
    number = total_score.value
    return Scorecard(
        indicators=indicators,
        total=total_score,
        weights=Measure(
            "total_weight", "分值合计", weights, POINTS, subject="全项目", basis="一级指标分值之和"
        ),
        total_rate=score_rate("total", "全项目", Named("综合得分", scores), Named("分值合计", weights)),
        grade=None if isinstance(number, Missing) else grade_of(number, profile),
        tables=tables,
        printed_total=None if printed is None else main.given(printed, "score", "合计得分"),
        printed_weights=None if printed is None else main.given(printed, "weight", "合计分值").exact,
        printed_total_rate=(
            None
            if printed is None or not main.has("score_rate")
            else main.given(printed, "score_rate", "合计得分率")
        ),
        rounded_total=None if rounded is None else main.given(rounded, "score", "总分（取整）"),
        printed_grade="" if grade_row is None else main.text(grade_row, "score"),
    )
