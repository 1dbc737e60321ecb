"""Surveys, money shared out on trial and tried weights, as `results.json` holds them."""

from __future__ import annotations

from collections.abc import Iterable

from wenxiao.evaluation.allocation import Allocation
from wenxiao.evaluation.survey import Survey
from wenxiao.evaluation.trial import Trial
from wenxiao.model import decimal_text
from wenxiao.reports.figure_records import (
    DecimalText,
    FigureRecord,
    InputRecord,
    IntervalRecord,
    Record,
    figure_record,
    input_record,
)


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
    wilson: IntervalRecord | None
    confidence: int | None
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

    scheme: str
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
    grade: str
    real_rank: DecimalText
    real_grade: str


class TrialRecord(Record):
    """A trial of other weights (测算): what was shifted, and where everyone then stands, in source order."""

    shifts: tuple[ShiftRecord, ...]
    places: tuple[TrialPlaceRecord, ...]


def survey_records(surveys: Iterable[Survey]) -> tuple[SurveyRecord, ...]:
    """The records of all lines of surveys."""
    return tuple(
        SurveyRecord(
            group=each.group,
            respondents=input_record(each.respondents),
            satisfied=input_record(each.satisfied),
            printed=input_record(each.printed),
            options={key: input_record(given) for key, given in each.options.items()},
            rate=figure_record(each.rate),
            likert=figure_record(each.likert) if each.likert else None,
            wilson=IntervalRecord(low=decimal_text(each.interval.low), high=decimal_text(each.interval.high))
            if each.interval
            else None,
            confidence=each.interval.confidence if each.interval else None,
            open_because=each.open_because,
            whole=each.whole,
        )
        for each in surveys
    )


def allocation_record(allocation: Allocation | None) -> AllocationRecord | None:
    """The record of a sharing out."""
    if allocation is None:
        return None
    return AllocationRecord(
        scheme=allocation.name,
        total=input_record(allocation.total),
        allotments=tuple(
            AllotmentRecord(
                place=each.place,
                share=figure_record(each.share),
                amount=figure_record(each.amount),
                raised=each.raised,
            )
            for each in allocation.allotments
        ),
        remainder_rule=allocation.remainder_rule,
        missing=allocation.missing,
    )


def trial_record(trial: Trial | None, district: str = "") -> TrialRecord | None:
    """The record of a trial, of one district only where it is named."""
    if trial is None:
        return None
    return TrialRecord(
        shifts=tuple(
            ShiftRecord(path=each.path, before=decimal_text(each.before), after=decimal_text(each.after))
            for each in trial.found.shifts
        ),
        places=tuple(
            TrialPlaceRecord(
                district=each.district,
                score=figure_record(trial.measures[each.district]),
                rank=decimal_text(each.rank),
                tied=each.tied,
                grade=each.grade.label,
                real_rank=decimal_text(each.rank_before),
                real_grade=each.grade_before.label,
            )
            for each in trial.found.places
            if district in ("", each.district)
        ),
    )
