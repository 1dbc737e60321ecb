"""The scorecard (评分表): the tree of indicators with weights, scores, score rates and lost points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from wenxiao.evaluation.grade import Grade, grade_of, places_of
from wenxiao.evaluation.scorecard_parts import PathRow, not_understood, other_parts, rows_by_path
from wenxiao.evaluation.scorecard_tables import blank, by_district, counting, district_tables, is_main
from wenxiao.evaluation.scoring.application import plain
from wenxiao.evaluation.scoring.computed import total_score
from wenxiao.evaluation.scoring.rows import paths_of, score_given, score_key
from wenxiao.model import (
    CellRef,
    Expression,
    Given,
    Measure,
    Missing,
    Named,
    Quantity,
    Role,
    Table,
    UnreadBlock,
    difference,
    quotient,
    total,
)
from wenxiao.model.units import POINTS, RATIO
from wenxiao.project.profile import Profile
from wenxiao.project.project import Project

EXECUTION = "预算执行率"
"""What the self-evaluation form scores in its block of funds (10号 附1), not among the indicators."""


def is_execution(name: str) -> bool:
    """Whether an indicator is the execution of the budget; a 复核表 calls its row 预算执行."""
    return EXECUTION in name or plain(name) == EXECUTION.removesuffix("率")


@dataclass(frozen=True, eq=False)
class Indicator:
    """One indicator: its name and level (1–3), 分值, 得分 as filled in, printed 得分率, and what follows from them.

    `score_rate` is 得分 ÷ 分值, `lost` is 分值 − 得分; both are 未提供 where a side is. `name` is `产出`, `path` adds its
    parents. A figure of a parent that stands in no cell of its own is the exact sum of its children's, without a cell.
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

    A total of which some indicators have no score is 暂不计分, and `unscored` names them. `printed_total`, `rounded_total`
    (总分（取整）) and `printed_grade` are what the table itself prints, where it does. The first `parts` of the tables have the
    first level between them. `elsewhere` are sheets of the file that may hold indicators which the 分值 lack; as long as
    there are any, the total is 暂不计分.
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
    unscored: tuple[str, ...] = ()
    parts: int = 1
    elsewhere: tuple[CellRef, ...] = ()

    def walk(self) -> Iterator[Indicator]:
        """Every indicator, parents before children."""
        for indicator in self.indicators:
            yield from indicator.walk()

    def indicator(self, name: str) -> Indicator | None:
        """The indicator of a name, at any level."""
        return next((each for each in self.walk() if each.name == name), None)

    @property
    def leaves(self) -> tuple[Indicator, ...]:
        """The indicators without any below them."""
        return tuple(each for each in self.walk() if not each.children)

    @property
    def depth(self) -> int:
        """How many levels have scores."""
        return max((each.level for each in self.walk()), default=0)

    @property
    def total_text(self) -> str:
        """The total with its unit, or 暂不计分（缺 n 项）."""
        missing = f"（缺 {len(self.unscored)} 项）" if self.total.value is Missing.UNSCORED else ""
        return f"{self.total.text_with_unit}{missing}"


def scorecard_of(project: Project, profile: Profile) -> Scorecard | None:
    """The scorecard of a project, or None where none was published.

    The main table is the one whose first level has weights; tables that give only second-level scores hang below it. The
    scorecards of single districts are not the project's (`district_cards`). Where a 评分底稿 has scores, it is the
    scorecard, and a table that was published or handed in beside it (`superseded`) adds nothing to it.
    """
    apart = by_district(project)
    own = [t for t in project.of_kind("scorecard") if not any(t in tables for tables in apart.values())]
    tables = counting(own)
    if apart and all(map(blank, tables)):  # only those of the districts are filled in
        return None
    main = next((table for table in tables if is_main(table)), None)
    if main is None:
        return None
    others = [table for table in tables if table is not main]
    execution = execution_beside(project, main)
    card = _card([main, *others], execution, profile)
    if card.weights.number is None or card.weights.number >= profile.weights_total:
        return card
    if parts := other_parts(main, others):
        rest = [table for table in others if table not in parts]
        joined = _card([main, *parts, *rest], execution, profile, parts=1 + len(parts))
        if joined.weights.number == profile.weights_total:
            return joined
    if main.form is not None and (sheets := not_understood(project, main)):
        whole = replace(card.total, expression=Given("综合得分", Missing.UNSCORED, sheets[0]))
        named = tuple(cell.sheet for cell in sheets)
        return replace(card, total=whole, grade=None, unscored=named, elsewhere=sheets)
    return card


def district_cards(project: Project, profile: Profile) -> dict[str, Scorecard]:
    """The scorecards of districts by their names, where each of several districts has one; else empty."""
    return {name: _card([table], None, profile, name) for name, table in district_tables(project).items()}


def execution_beside(project: Project, main: Table) -> Indicator | None:
    """The first-level indicator that a form keeps in its block of funds, where it has 分值 there; its own form before another."""
    if any(is_execution(path[-1]) for _, path in paths_of(main)):
        return None
    for table in sorted(project.of_kind("funds"), key=lambda each: each.form != main.form):
        for record in table.records(Role.TOTAL, Role.DATA) if table.has("weight") else ():
            row = PathRow((EXECUTION,), table, record)
            if row.given("weight", "分值").quantity is not None:
                return _indicator(row, [], 1)
    return None


def _indicator(row: PathRow, rows: list[PathRow], level: int) -> Indicator:
    children = tuple(
        _indicator(other, rows, level + 1)
        for other in rows
        if len(other.path) == level + 1 and other.path[:level] == row.path
    )
    name, table = row.path[-1], row.table
    weight, weights = _own_or_sum(row.given("weight", "分值").exact, children, "weight")
    own = row.given("score", "得分") if table is None else score_given(table, row.record, f"{name}得分")
    score, scores = _own_or_sum(own, children, "score")
    rate = row.given("score_rate", "得分率") if table is not None and table.has("score_rate") else None
    return Indicator(
        name=name,
        level=level,
        path=row.path,
        weight=weight,
        score=score,
        printed_rate=rate,
        reason="" if table is None else table.text(row.record, "reason"),
        score_rate=score_rate("/".join(row.path), name, scores, weights),
        lost=Measure(
            f"lost/{'/'.join(row.path)}",
            "失分",
            difference(weights, scores),
            POINTS,
            subject=name,
            basis="分值－得分",
        ),
        children=children,
    )


def _own_or_sum(own: Given, children: Sequence[Indicator], figure: str) -> tuple[Given, Expression]:
    """A figure as its own cell gives it, else the exact sum of its parts, with the tree over their cells."""
    parts = [_figure(child, figure) for child in children]
    known = [part.quantity for part in parts if part.quantity is not None]
    if own.quantity is not None or not parts or len(known) < len(parts):
        return own, own
    added = Quantity(
        sum((each.value for each in known), Decimal(0)),
        known[0].unit,
        max(each.places for each in known),
        exact=all(each.exact for each in known),
    )
    return Given(own.label, added), Named(own.label, total([_tree(child, figure) for child in children]))


def score_rate(key: str, subject: str, score: Expression, weight: Expression) -> Measure:
    """得分率: 得分 ÷ 分值. A missing side gives 未提供."""
    return Measure(
        f"score_rate/{key}", "得分率", quotient(score, weight), RATIO, 4, subject=subject, basis="得分÷分值"
    )


def _card(
    tables: list[Table], execution: Indicator | None, profile: Profile, district: str = "", parts: int = 1
) -> Scorecard:
    """The scorecard of tables, of which the first `parts` have the first level."""
    whose, where = district or "全项目", f"/{district}" if district else ""
    main, rows = tables[0], rows_by_path(tables)
    own = {path[0] for table in tables[:parts] for _, path in paths_of(table)}
    indicators = tuple(_indicator(row, rows, 1) for row in rows if len(row.path) == 1 and row.path[0] in own)
    indicators = (execution, *indicators) if execution else indicators
    sums = total([_tree(each, "score") for each in indicators])
    weights = total([_tree(each, "weight") for each in indicators])
    leaves = [leaf for each in indicators for leaf in each.walk() if not leaf.children]
    unscored = tuple(leaf.name for leaf in leaves if leaf.score.quantity is None)
    partly = any(each.score.quantity is None for each in indicators) and len(unscored) < len(leaves)
    whole = Measure(f"total_score{where}", "综合得分", sums, POINTS, subject=whose, basis="一级指标得分之和")
    if partly:
        scores = [(leaf.name, leaf.score) for leaf in leaves]
        whole = total_score(scores, key=f"total_score{where}", subject=whose).measure
    if blocked := _blocked(main):
        content = Given("综合得分", Missing.UNSCORED, blocked[0].first)
        whole, partly, unscored = replace(whole, expression=content), True, tuple(b.words for b in blocked)
    main = next((table for table in tables[:parts] if any(table.records(Role.TOTAL))), main)
    printed = next(main.records(Role.TOTAL), None)
    rounded = next(main.records(Role.ROUNDED_TOTAL), None)
    grade_row = next(main.records(Role.GRADE), None)
    key, number = score_key(main), whole.value
    if not isinstance(number, Missing):
        whole = replace(whole, places=places_of(number, profile))
    rate = main.given(printed, "score_rate", "合计得分率") if printed is not None else None
    return Scorecard(
        indicators=indicators,
        total=whole,
        weights=Measure(
            f"total_weight{where}", "分值合计", weights, POINTS, subject=whose, basis="一级指标分值之和"
        ),
        total_rate=score_rate(
            f"total{where}", whose, Named("综合得分", whole.expression), Named("分值合计", weights)
        ),
        grade=None if isinstance(number, Missing) else grade_of(number, profile),
        tables=tuple(tables),
        parts=parts,
        printed_total=None if printed is None else main.given(printed, key, "合计得分"),
        printed_weights=None if printed is None else main.given(printed, "weight", "合计分值").exact,
        printed_total_rate=rate if main.has("score_rate") else None,
        rounded_total=None if rounded is None else main.given(rounded, key, "总分（取整）"),
        printed_grade="" if grade_row is None else main.text(grade_row, key),
        unscored=unscored if partly else (),
    )


def _blocked(main: Table) -> tuple[UnreadBlock, ...]:
    """The blocks of the form that nobody understood: figures that may belong to its total stand there."""
    return () if main.form is None else tuple(block for block in main.form.unread if block.figures)


def _tree(indicator: Indicator, figure: str) -> Expression:
    """A figure of a first-level indicator, by its parts where it stands in no cell of its own."""
    given = _figure(indicator, figure)
    if given.cell is not None or given.quantity is None or not indicator.children:
        return given
    return Named(given.label, total([_tree(child, figure) for child in indicator.children]))


def _figure(indicator: Indicator, figure: str) -> Given:
    return indicator.score if figure == "score" else indicator.weight
