"""Surveys, money shared out on trial and tried weights, as `results.json` holds them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from wenxiao.evaluation.trial import Trial
from wenxiao.reports.figure_records import (
    LABEL,
    DecimalText,
    FigureRecord,
    InputRecord,
    IntervalRecord,
    Record,
)

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
