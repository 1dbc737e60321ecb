"""Scores by method beside those filled in, and scores through their reviews, as `results.json` holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from wenxiao.evaluation import Audience
from wenxiao.evaluation.scoring import ComputedScore, ReviewedScore, TotalScore
from wenxiao.reports.figure_records import FigureRecord, InputRecord, Record, figure_record, input_record

StageKey = Literal["self_score", "initial_score", "reviewed_score", "final_score"]
_STAGES: tuple[StageKey, ...] = ("self_score", "initial_score", "reviewed_score", "final_score")


class ComputedScoreRecord(Record):
    """The score an indicator's method gives beside the score as filled in; `difference` is filled − computed.

    `allowed` holds the least and most points of a level that is judged; `agrees` is null where it cannot be told; `note`
    says why there is no computed score or what to keep in mind.
    """

    path: tuple[str, ...]
    method: str
    weight: InputRecord
    target: str
    actual: str
    filled: FigureRecord
    computed: FigureRecord
    difference: FigureRecord
    allowed: tuple[FigureRecord, FigureRecord] | None
    agrees: bool | None
    note: str


class StageRecord(Record):
    """A stage of review and the score it gave."""

    stage: StageKey
    score: InputRecord


class ChangeRecord(Record):
    """A score that a later stage changed: later − earlier, the reason and the reviewer as the sheet names them."""

    before: StageKey
    after: StageKey
    change: FigureRecord
    reason: str
    reviewer: str


class ReviewedScoreRecord(Record):
    """An indicator's score through 自评分, 初评分, 复核分, 终评分, as far as its sheet has them, and what was changed."""

    path: tuple[str, ...]
    stages: tuple[StageRecord, ...]
    changes: tuple[ChangeRecord, ...]


class StageTotalRecord(Record):
    """The total of a stage; null while `unscored` indicators have no score there."""

    stage: StageKey
    total: FigureRecord
    unscored: tuple[str, ...]


class ReviewRecord(Record):
    """The scores through their reviews, in sheet order, with the total of each stage."""

    indicators: tuple[ReviewedScoreRecord, ...]
    totals: tuple[StageTotalRecord, ...]


def computed_records(scores: Iterable[ComputedScore]) -> tuple[ComputedScoreRecord, ...]:
    """The records of the scores that the profile's methods give."""
    return tuple(
        ComputedScoreRecord(
            path=each.row.path,
            method=each.method,
            weight=input_record(each.row.weight),
            target=each.row.target_text,
            actual=each.row.actual_text,
            filled=figure_record(each.filled),
            computed=figure_record(each.computed),
            difference=figure_record(each.difference),
            allowed=each.allowed and (figure_record(each.allowed[0]), figure_record(each.allowed[1])),
            agrees=each.agrees,
            note=each.note,
        )
        for each in scores
    )


def review_record(
    scores: tuple[ReviewedScore, ...], totals: Mapping[str, TotalScore], audience: Audience
) -> ReviewRecord | None:
    """The record of a chain of reviews; None where the sheet has fewer than two stages.

    Reasons and reviewers stay in the house.
    """
    if not scores:
        return None
    return ReviewRecord(
        indicators=tuple(_reviewed(each, house=not audience.release) for each in scores),
        totals=tuple(
            StageTotalRecord(
                stage=stage, total=figure_record(totals[stage].measure), unscored=totals[stage].unscored
            )
            for stage in _STAGES
            if stage in totals
        ),
    )


def _reviewed(score: ReviewedScore, *, house: bool) -> ReviewedScoreRecord:
    by_key = {stage.key: stage for stage in score.stages}
    return ReviewedScoreRecord(
        path=score.row.path,
        stages=tuple(
            StageRecord(stage=key, score=input_record(by_key[key].score)) for key in _STAGES if key in by_key
        ),
        changes=tuple(
            ChangeRecord(
                before=_stage(change.before.key),
                after=_stage(change.after.key),
                change=figure_record(change.measure),
                reason=change.reason if house else "",
                reviewer=change.reviewer if house else "",
            )
            for change in score.changes
        ),
    )


def _stage(key: str) -> StageKey:
    return next(stage for stage in _STAGES if stage == key)
