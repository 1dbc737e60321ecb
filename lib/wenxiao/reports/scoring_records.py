"""Scores by method beside those filled in, and scores through their reviews, surveys, money shared out and tried weights, as `results.json` holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AliasPath, BeforeValidator, Field

from wenxiao.evaluation import Audience
from wenxiao.evaluation.scoring import ReviewedScore, TotalScore
from wenxiao.evaluation.trial import Trial
from wenxiao.reports.figure_records import (
    LABEL,
    DecimalText,
    FigureRecord,
    InputRecord,
    IntervalRecord,
    Record,
)

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


_Confidence = Annotated[
    int | None, BeforeValidator(lambda interval: getattr(interval, "confidence", interval))
]


class SurveyRecord(Record):
    """One line of a survey: the group asked, how many answered and how, the rate as printed and as computed.

    `options` are the numbers of each answer by its key; `wilson` is the interval of a binary rate with known respondents at
    `confidence` per cent, else null and `open_because` says why; `whole` marks the total line of a table.
    """

    group: str
    respondents: InputRecord
    satisfied: InputRecord
    printed: InputRecord
    options: dict[str, InputRecord]
    rate: FigureRecord
    likert: FigureRecord | None
    wilson: IntervalRecord | None = Field(validation_alias="interval")
    confidence: _Confidence = Field(validation_alias="interval")
    open_because: str
    whole: bool


class AllotmentRecord(Record):
    """What one place gets on trial: the exact share, the amount in whole units, whether it got a unit of the rest."""

    place: str
    share: FigureRecord
    amount: FigureRecord
    raised: bool


class AllocationRecord(Record):
    """A sharing out (测算): the scheme, the total, each place's part, the rule for the rest, and what was missing."""

    scheme: str = Field(validation_alias="name")
    total: InputRecord
    allotments: tuple[AllotmentRecord, ...]
    remainder_rule: str
    missing: tuple[str, ...]


class ShiftRecord(Record):
    """An indicator whose 分值 is tried at another value."""

    path: tuple[str, ...]
    before: DecimalText
    after: DecimalText


class TrialPlaceRecord(Record):
    """One district (or 全项目) on tried weights, beside what it really is."""

    district: str
    score: FigureRecord
    rank: DecimalText
    tied: bool
    grade: Annotated[str, LABEL]
    real_rank: DecimalText
    real_grade: Annotated[str, LABEL]


class TrialRecord(Record):
    """A trial of other weights (测算): what was shifted, and where everyone then stands, in source order."""

    shifts: tuple[ShiftRecord, ...]
    places: tuple[TrialPlaceRecord, ...]


def trial_record(trial: Trial, district: str = "") -> TrialRecord:
    """The record of a trial, of one district only where it is named."""
    return TrialRecord(
        shifts=trial.found.shifts,
        places=tuple(
            TrialPlaceRecord(
                district=each.district,
                score=trial.measures[each.district],
                rank=each.rank,
                tied=each.tied,
                grade=each.grade,
                real_rank=each.rank_before,
                real_grade=each.grade_before,
            )
            for each in trial.found.places
            if district in ("", each.district)
        ),
    )
