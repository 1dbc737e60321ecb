"""Scores by method beside those filled in, and scores through their reviews, as `results.json` holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AliasPath, BeforeValidator, Field

from wenxiao.evaluation import Audience
from wenxiao.evaluation.scoring import ReviewedScore, TotalScore
from wenxiao.reports.figure_records import FigureRecord, InputRecord, Record

StageKey = Annotated[
    Literal["self_score", "initial_score", "reviewed_score", "final_score"],
    BeforeValidator(lambda stage: getattr(stage, "key", stage)),
]


class ComputedScoreRecord(Record):
    """The score an indicator's method gives beside the score as filled in; `difference` is filled − computed.

    `allowed` holds the least and most points of a level that is judged; `agrees` is null where it cannot be told; `note`
    says why there is no computed score or what to keep in mind.
    """

    path: tuple[str, ...] = Field(validation_alias=AliasPath("row", "path"))
    method: str
    weight: InputRecord = Field(validation_alias=AliasPath("row", "weight"))
    target: str = Field(validation_alias=AliasPath("row", "target_text"))
    actual: str = Field(validation_alias=AliasPath("row", "actual_text"))
    filled: FigureRecord
    computed: FigureRecord
    difference: FigureRecord
    allowed: tuple[FigureRecord, FigureRecord] | None
    agrees: bool | None
    note: str


class StageRecord(Record):
    """A stage of review and the score it gave."""

    stage: StageKey = Field(validation_alias="key")
    score: InputRecord


class ChangeRecord(Record):
    """A score that a later stage changed: later − earlier, the reason and the reviewer as the sheet names them."""

    before: StageKey
    after: StageKey
    change: FigureRecord = Field(validation_alias="measure")
    reason: str
    reviewer: str


class ReviewedScoreRecord(Record):
    """An indicator's score through 自评分, 初评分, 复核分, 终评分, as far as its sheet has them, and what was changed."""

    path: tuple[str, ...] = Field(validation_alias=AliasPath("row", "path"))
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
            StageTotalRecord(stage=key, total=each.measure, unscored=each.unscored)
            for key, each in totals.items()
        ),
    )


def _reviewed(score: ReviewedScore, *, house: bool) -> ReviewedScoreRecord:
    record = ReviewedScoreRecord.model_validate(score)
    if house:
        return record
    hidden = tuple(each.model_copy(update={"reason": "", "reviewer": ""}) for each in record.changes)
    return record.model_copy(update={"changes": hidden})
