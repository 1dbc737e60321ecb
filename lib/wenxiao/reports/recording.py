"""From an evaluation to its record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from wenxiao.evaluation import (
    INTERNAL,
    Audience,
    Evaluation,
    Indicator,
    Place,
    Ranking,
    Scorecard,
    district_view,
)
from wenxiao.model import (
    CellRef,
    Finding,
    Given,
    Interval,
    Measure,
    Missing,
    Severity,
    Standing,
    decimal_text,
)
from wenxiao.reports.records import (
    CellRecord,
    EvaluationRecord,
    FigureRecord,
    FindingRecord,
    IndicatorRecord,
    InputRecord,
    IntervalRecord,
    MeasureRecord,
    MissingKind,
    PlaceRecord,
    RankingRecord,
    ScorecardRecord,
    SubjectRecord,
    VerdictRecord,
)

_YEAR = re.compile(r"\d{4}")
_MISSING: dict[Missing, MissingKind] = {
    Missing.NOT_RETURNED: "not_returned",
    Missing.NOT_PROVIDED: "not_provided",
    Missing.NOT_APPLICABLE: "not_applicable",
    Missing.UNVERIFIABLE: "unverifiable",
    Missing.UNSCORED: "unscored",
    Missing.TOO_SMALL: "too_small",
    Missing.COVERED: "covered",
    Missing.UNREADABLE: "unreadable",
}


def evaluation_record(
    evaluation: Evaluation, district: str = "", audience: Audience = INTERNAL
) -> EvaluationRecord:
    """What an evaluation says, of the whole project or of one district; ProjectError for a district it does not list.

    A district's record has its own figures and the findings that concern it; the ranking is the whole one. What `audience`
    may not see is not in it.
    """
    if district:
        return _district_record(evaluation, district, audience)
    return EvaluationRecord(
        subject=_subject(evaluation, "", audience),
        verdict=VerdictRecord(
            score=_figure(evaluation.verdict.score),
            grade=evaluation.verdict.grade.label if evaluation.verdict.grade else None,
            printed_grade=evaluation.verdict.printed_grade,
            execution_rate=_figure(evaluation.execution),
            execution_label=evaluation.execution.label,
            execution_basis=evaluation.execution.basis,
        ),
        measures=tuple(_measure(measure, audience) for measure in evaluation.measures.values()),
        scorecard=_scorecard(evaluation.scorecard) if evaluation.scorecard else None,
        ranking=_ranking(evaluation.ranking, audience) if evaluation.ranking else None,
        findings=_findings(evaluation.findings if audience.sees_findings else ()),
    )


def _district_record(evaluation: Evaluation, district: str, audience: Audience) -> EvaluationRecord:
    view = district_view(evaluation, district)
    own = [measure for measure in evaluation.measures.values() if measure.subject == district]
    own += [view.gap_to_mean] if view.gap_to_mean else []
    rate = next((measure for measure in own if measure.key.startswith("execution_rate/")), None)
    missing = _absent(Missing.NOT_PROVIDED)
    return EvaluationRecord(
        subject=_subject(evaluation, district, audience),
        verdict=VerdictRecord(
            score=_plain(_input(view.place.score)) if view.place else missing,
            grade=view.place.grade.label if view.place and view.place.grade else None,
            printed_grade="",
            execution_rate=_figure(rate) if rate else missing,
            execution_label=rate.label if rate else "预算执行率",
            execution_basis=rate.basis if rate else "",
        ),
        measures=tuple(_measure(measure, audience) for measure in own),
        scorecard=None,
        ranking=_ranking(evaluation.ranking, audience) if evaluation.ranking else None,
        findings=_findings(view.findings if audience.sees_findings else ()),
    )


def _subject(evaluation: Evaluation, district: str, audience: Audience) -> SubjectRecord:
    project = evaluation.project
    named = tuple(name for name in project.districts if name not in audience.peers)
    return SubjectRecord(
        project=project.name,
        title=project.title,
        place=project.fact("place").text,
        year=match[0] if (match := _YEAR.search(project.fact("year").text.replace(",", ""))) else "",
        kind=project.fact("report_kind").text,
        district=district,
        order=project.districts.index(district) if district else None,
        districts=named,
    )


def _measure(measure: Measure, audience: Audience) -> MeasureRecord:
    withheld = audience.withholds(measure)
    return MeasureRecord(
        **_figure(measure).model_dump(),
        key=measure.key,
        label=measure.label,
        subject=measure.subject,
        basis=measure.basis,
        unit=measure.unit.symbol,
        formula="" if measure.given or withheld else measure.formula,
        inputs=() if withheld else tuple(_input(given) for given in measure.inputs),
        standing=_STANDING[measure.standing],
        condition=measure.condition,
        interval=_interval(measure.interval),
    )


_STANDING = {
    Standing.COMPUTED: "computed",
    Standing.REPORTED: "reported",
    Standing.DERIVED: "derived",
    Standing.WHAT_IF: "what_if",
}


def _figure(measure: Measure) -> FigureRecord:
    if isinstance(measure.value, Missing):
        return FigureRecord(value=None, missing=_MISSING[measure.value], text=measure.text)
    return FigureRecord(value=decimal_text(measure.value), missing=None, text=measure.text_with_unit)


def _absent(missing: Missing) -> FigureRecord:
    return FigureRecord(value=None, missing=_MISSING[missing], text=missing.label)


def _plain(record: InputRecord) -> FigureRecord:
    return FigureRecord(value=record.value, missing=record.missing, text=record.text)


def _input(given: Given) -> InputRecord:
    quantity = given.quantity
    return InputRecord(
        label=given.label,
        value=None if quantity is None else decimal_text(quantity.value),
        missing=_MISSING[given.content] if isinstance(given.content, Missing) else None,
        text=given.text,
        unit="" if quantity is None else quantity.unit.symbol,
        cell=_cell(given.cell) if given.cell else None,
        raw=given.raw,
    )


def _cell(cell: CellRef) -> CellRecord:
    return CellRecord(file=cell.file, sheet=cell.sheet, address=cell.address)


def _interval(interval: Interval | None) -> IntervalRecord | None:
    if interval is None:
        return None
    return IntervalRecord(low=_end(interval.low), high=_end(interval.high))


def _end(number: Fraction | None) -> str | None:
    return None if number is None else decimal_text(number)


def _scorecard(card: Scorecard) -> ScorecardRecord:
    return ScorecardRecord(
        indicators=tuple(_indicator(indicator) for indicator in card.walk()),
        weights=_figure(card.weights),
        total=_figure(card.total),
        total_rate=_figure(card.total_rate),
        printed_total=_input(card.printed_total) if card.printed_total else None,
        printed_grade=card.printed_grade,
    )


def _indicator(indicator: Indicator) -> IndicatorRecord:
    return IndicatorRecord(
        name=indicator.name,
        level=indicator.level,
        path=indicator.path,
        weight=_input(indicator.weight),
        score=_input(indicator.score),
        score_rate=_figure(indicator.score_rate),
        lost=_figure(indicator.lost),
        reason=indicator.reason,
    )


def _ranking(ranking: Ranking, audience: Audience) -> RankingRecord:
    return RankingRecord(
        ties=ranking.ties,
        places=tuple(
            _place(place, audience) for place in ranking.places if place.district not in audience.peers
        ),
        ranked=sum(place.rank is not None for place in ranking.places),
        mean=_figure(ranking.mean),
    )


def _place(place: Place, audience: Audience) -> PlaceRecord:
    score = _input(place.score)
    if audience.withholds(place.score):
        score = score.model_copy(update={"cell": None, "raw": ""})
    return PlaceRecord(
        district=place.district,
        score=score,
        rank=None if place.rank is None else decimal_text(place.rank),
        tied=place.tied,
        grade=place.grade.label if place.grade else None,
        excluded=place.excluded,
        note="" if audience.names_a_peer(place.note) else place.note,
    )


def _findings(findings: Iterable[Finding]) -> tuple[FindingRecord, ...]:
    return tuple(
        FindingRecord(
            code=finding.code,
            severity=_SEVERITY[finding.severity],
            subject=finding.subject,
            message=finding.message,
            printed=finding.printed,
            recomputed=finding.recomputed,
            tolerance=finding.tolerance,
            cells=tuple(_cell(cell) for cell in finding.cells),
            about=finding.about,
            remedy=finding.remedy,
        )
        for finding in findings
    )


_SEVERITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "hint"}
