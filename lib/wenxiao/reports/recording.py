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
from wenxiao.evaluation.scoring import stage_totals
from wenxiao.evaluation.trial import district_trial, project_trial
from wenxiao.model import Finding, Measure, Missing, Severity, Standing, decimal_text
from wenxiao.reports.figure_records import (
    FigureRecord,
    absent_record,
    cell_record,
    figure_record,
    input_record,
    interval_record,
    plain_record,
)
from wenxiao.reports.records import (
    EvaluationRecord,
    FindingRecord,
    IndicatorRecord,
    MeanRecord,
    MeasureRecord,
    PlaceRecord,
    RankingRecord,
    ScorecardRecord,
    SubjectRecord,
    UnusedRecord,
    VerdictRecord,
)
from wenxiao.reports.review_records import (
    deduction_records,
    evidence_records,
    opinion_records,
    problem_records,
    score_line_records,
)
from wenxiao.reports.robustness_records import RobustnessRecord, robustness_record
from wenxiao.reports.scoring_records import computed_records, review_record
from wenxiao.reports.survey_records import allocation_record, survey_records, trial_record

_YEAR = re.compile(r"\d{4}")


def evaluation_record(
    evaluation: Evaluation, district: str = "", audience: Audience = INTERNAL
) -> EvaluationRecord:
    """What an evaluation says, of the whole project or of one district; ProjectError for a district it does not list.

    A district's record has its own figures, its own place and how firm that stands, and the findings that concern it:
    the records of 3,000 districts must not each hold 3,000 others. What `audience` may not see is not in it.
    """
    if district:
        return _district_record(evaluation, district, audience)
    return EvaluationRecord(
        subject=_subject(evaluation, "", audience),
        verdict=VerdictRecord(
            score=figure_record(evaluation.verdict.score),
            grade=evaluation.verdict.grade.label if evaluation.verdict.grade else None,
            printed_grade=evaluation.verdict.printed_grade,
            execution_rate=figure_record(evaluation.execution),
            execution_label=evaluation.execution.label,
            execution_basis=evaluation.execution.basis,
        ),
        measures=tuple(_measure(measure, audience) for measure in evaluation.measures.values()),
        scorecard=_scorecard(evaluation.scorecard) if evaluation.scorecard else None,
        ranking=_ranking(evaluation.ranking, audience) if evaluation.ranking else None,
        findings=_findings(evaluation.findings if audience.sees_findings else ()),
        unused=_unused(evaluation) if audience.sees_findings else (),
        robustness=_robustness(evaluation, "", audience),
        scoring=computed_records(evaluation.scoring),
        review=review_record(evaluation.review, evaluation.review_totals, audience),
        surveys=survey_records(evaluation.surveys),
        # Money is shared out on trial in the house; an edition for release does not show it.
        allocation=allocation_record(evaluation.allocation) if audience.sees_findings else None,
        trials=tuple(
            record
            for trial in (project_trial(evaluation), district_trial(evaluation))
            if (record := trial_record(trial)) is not None
        ),
        problems=problem_records(evaluation.problems, audience),
        deductions=deduction_records(evaluation.deductions),
        score_lines=score_line_records(evaluation.score_lines) if not audience.release else (),
        evidence=evidence_records(evaluation.evidence) if audience.sees("evidence") else (),
        opinions=opinion_records(evaluation.opinions) if audience.sees("opinions") else (),
    )


def _district_record(evaluation: Evaluation, district: str, audience: Audience) -> EvaluationRecord:
    view = district_view(evaluation, district)
    own = [measure for measure in evaluation.measures.values() if measure.subject == district]
    own += [view.gap_to_mean] if view.gap_to_mean else []
    rate = next((measure for measure in own if measure.key.startswith("execution_rate/")), None)
    missing = absent_record(Missing.NOT_PROVIDED)
    reviews = evaluation.district_reviews.get(district, ())
    lines = [line for line in evaluation.score_lines if line.district == district]
    return EvaluationRecord(
        subject=_subject(evaluation, district, audience),
        verdict=VerdictRecord(
            score=_counts(view.place) if view.place else missing,
            grade=view.place.grade.label if view.place and view.place.grade else None,
            printed_grade="",
            execution_rate=figure_record(rate) if rate else missing,
            execution_label=rate.label if rate else "预算执行率",
            execution_basis=rate.basis if rate else "",
        ),
        measures=tuple(_measure(measure, audience) for measure in own),
        scorecard=_scorecard(card) if (card := evaluation.district_cards.get(district)) else None,
        ranking=_ranking(evaluation.ranking, audience, district) if evaluation.ranking else None,
        findings=_findings(view.findings if audience.sees_findings else ()),
        robustness=_robustness(evaluation, district, audience),
        trials=tuple(
            record for record in (trial_record(district_trial(evaluation), district),) if record is not None
        ),
        review=review_record(reviews, stage_totals(reviews, district), audience),
        problems=problem_records((p for p in evaluation.problems if p.district == district), audience),
        deductions=deduction_records(evaluation.deductions, district),
        score_lines=score_line_records(lines) if not audience.release else (),
        evidence=evidence_records(e for e in evaluation.evidence if e.district == district)
        if audience.sees("evidence")
        else (),
    )


def _robustness(evaluation: Evaluation, district: str, audience: Audience) -> RobustnessRecord | None:
    """How firm the ranking stands; None without a ranking."""
    firm = evaluation.robustness
    if firm is None or not len(firm.matrix):
        return None
    delta = Fraction(evaluation.profile.flags.weight_tolerance)
    record = robustness_record(firm, evaluation.robustness_by_mode, delta, district)
    if not audience.peers or record.swaps is None:
        return record
    return record.model_copy(
        update={"swaps": tuple(each for each in record.swaps if not audience.names_a_peer(each.sentence))}
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
        **figure_record(measure).model_dump(),
        key=measure.key,
        label=measure.label,
        subject=measure.subject,
        basis=measure.basis,
        unit=measure.unit.symbol,
        formula="" if measure.given or withheld else measure.formula,
        inputs=() if withheld else tuple(input_record(given) for given in measure.inputs),
        standing=_STANDING[measure.standing],
        condition=measure.condition,
        interval=interval_record(measure.interval),
    )


_STANDING = {
    Standing.COMPUTED: "computed",
    Standing.REPORTED: "reported",
    Standing.DERIVED: "derived",
    Standing.WHAT_IF: "what_if",
}


def _scorecard(card: Scorecard) -> ScorecardRecord:
    return ScorecardRecord(
        indicators=tuple(_indicator(indicator) for indicator in card.walk()),
        weights=figure_record(card.weights),
        total=figure_record(card.total),
        total_rate=figure_record(card.total_rate),
        printed_total=input_record(card.printed_total) if card.printed_total else None,
        printed_grade=card.printed_grade,
    )


def _indicator(indicator: Indicator) -> IndicatorRecord:
    return IndicatorRecord(
        name=indicator.name,
        level=indicator.level,
        path=indicator.path,
        weight=input_record(indicator.weight),
        score=input_record(indicator.score),
        score_rate=figure_record(indicator.score_rate),
        lost=figure_record(indicator.lost),
        reason=indicator.reason,
    )


def _ranking(ranking: Ranking, audience: Audience, district: str = "") -> RankingRecord:
    means = (*ranking.means_by_mode, *((ranking.weighted_mean,) if ranking.weighted_mean else ()))
    return RankingRecord(
        ties=ranking.ties,
        ranked=sum(place.rank is not None for place in ranking.places),
        places=tuple(_place(place, audience) for place in ranking.places if district in ("", place.district)),
        mean=figure_record(ranking.mean),
        means=tuple(
            MeanRecord(**figure_record(mean).model_dump(), subject=mean.subject, basis=mean.basis)
            for mean in means
        ),
    )


def _place(place: Place, audience: Audience) -> PlaceRecord:
    score = input_record(place.score)
    if audience.withholds(place.score):
        score = score.model_copy(update={"cell": None, "raw": ""})
    return PlaceRecord(
        district=place.district,
        score=score,
        adjusted=figure_record(place.adjusted) if place.adjusted else None,
        reason=place.reason,
        rank=_rank(place.rank),
        tied=place.tied,
        grade=place.grade.label if place.grade else None,
        excluded=place.excluded,
        note="" if audience.names_a_peer(place.note) else place.note,
        mode=place.mode,
        rank_in_mode=_rank(place.rank_in_mode),
        tied_in_mode=place.tied_in_mode,
    )


def _rank(rank: Fraction | None) -> str | None:
    return None if rank is None else decimal_text(rank)


def _counts(place: Place) -> FigureRecord:
    """The score that counts: as adjusted before ranking, else as published."""
    return figure_record(place.adjusted) if place.adjusted else plain_record(input_record(place.score))


def _unused(evaluation: Evaluation) -> tuple[UnusedRecord, ...]:
    return tuple(
        UnusedRecord(
            file=one.first.file,
            sheet=one.first.sheet,
            range=one.address,
            count=one.count,
            reason=one.reason.value,
            about=one.about,
        )
        for one in evaluation.project.unused
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
            cells=tuple(cell_record(cell) for cell in finding.cells),
            suspects=tuple(cell_record(cell) for cell in finding.suspects),
            about=finding.about,
            remedy=finding.remedy,
            state=finding.state,
            answer=finding.answer,
        )
        for finding in findings
    )


_SEVERITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "hint"}
