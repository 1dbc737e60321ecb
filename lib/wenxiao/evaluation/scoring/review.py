"""The way of a score through its reviews: 自评分 → 初评分 → 复核分 → 终评分, each change with its reason and reviewer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from wenxiao.evaluation.scoring.computed import TotalScore, total_score
from wenxiao.evaluation.scoring.rows import ScoreRow, score_rows
from wenxiao.model import Given, Measure, Table, difference
from wenxiao.model.units import POINTS

STAGES = {
    "self_score": "自评分",
    "initial_score": "初评分",
    "reviewed_score": "复核分",
    "final_score": "终评分",
}
"""The stages in order: field → its name. Source: RULES, "Kinds of report"."""


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage of an indicator's score: the field, its name, the score or why there is none."""

    key: str
    label: str
    score: Given


@dataclass(frozen=True, eq=False)
class Change:
    """A score that a later stage changed: the two stages, later − earlier, and what the row says of it."""

    before: Stage
    after: Stage
    measure: Measure
    reason: str
    reviewer: str

    @property
    def explained(self) -> bool:
        """Whether the row gives a reason."""
        return bool(self.reason)


@dataclass(frozen=True, eq=False)
class ReviewedScore:
    """One indicator's score through the stages its table has, and the changes on the way.

    A stage without a score changes nothing: the next one is held against the last that has one.
    """

    row: ScoreRow
    stages: tuple[Stage, ...]
    changes: tuple[Change, ...]

    @property
    def last(self) -> Stage | None:
        """The latest stage with a score, or None."""
        return next((stage for stage in reversed(self.stages) if stage.score.quantity), None)


def reviewed_scores(table: Table) -> tuple[ReviewedScore, ...]:
    """The scores of a scorecard's indicators through their stages, in sheet order; empty with fewer than two stages."""
    keys = [key for key in STAGES if table.has(key)]
    if len(keys) < 2:
        return ()
    return tuple(_reviewed(row, keys) for row in score_rows(table))


def _reviewed(row: ScoreRow, keys: list[str]) -> ReviewedScore:
    stages = tuple(
        Stage(key, STAGES[key], row.table.given(row.record, key, f"{row.name}{STAGES[key]}")) for key in keys
    )
    scored = [stage for stage in stages if stage.score.quantity]
    changes = tuple(
        Change(before, after, measure, row.reason, row.reviewer)
        for before, after in pairwise(scored)
        if (measure := _change(row, before, after)).number != 0
    )
    return ReviewedScore(row, stages, changes)


def _change(row: ScoreRow, before: Stage, after: Stage) -> Measure:
    return Measure(
        f"score_change/{after.key}/{row.key}",
        "分数调整",
        difference(after.score, before.score),
        POINTS,
        subject=row.name,
        basis=f"{after.label}－{before.label}",
    )


def stage_totals(scores: tuple[ReviewedScore, ...]) -> dict[str, TotalScore]:
    """The total of each stage by its field; a stage in which an indicator has no score is 暂不计分."""
    keys = [stage.key for stage in scores[0].stages] if scores else []
    return {
        key: total_score(
            [(each.row.name, stage.score) for each in scores for stage in each.stages if stage.key == key],
            key=f"total_{key}",
            label=f"{STAGES[key]}合计",
        )
        for key in keys
    }
