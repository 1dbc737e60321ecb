"""From an evaluation to its record."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from wenxiao.evaluation import INTERNAL, Audience, Evaluation, Place, Ranking, Scorecard
from wenxiao.evaluation.scoring import stage_totals
from wenxiao.evaluation.trial import district_trial, project_trial
from wenxiao.model import Measure, Missing
from wenxiao.reports.monitoring_records import monitored_records
from wenxiao.reports.records import (
    EvaluationRecord,
    MeasureRecord,
    PlaceRecord,
    RankingRecord,
    ScorecardRecord,
    SubjectRecord,
    VerdictRecord,
)
from wenxiao.reports.review_records import (
    deduction_records,
    problem_records,
    score_line_records,
)
from wenxiao.reports.robustness_records import RobustnessRecord, robustness_record
from wenxiao.reports.scoring_records import review_record, trial_record
from wenxiao.reports.season_records import season_record

if TYPE_CHECKING:
    from wenxiao.contents import Subject

_YEAR = re.compile(r"\d{4}")


def evaluation_record(
    evaluation: Evaluation, district: str = "", audience: Audience = INTERNAL
) -> EvaluationRecord:
    """What an evaluation says, of the whole project or of one district; ProjectError for a district it does not list.

    A district's record has its own figures, its own place and how firm that stands, and the findings that concern it:
    the records of 3,000 districts must not each hold 3,000 others. What `audience` may not see is not in it.
    """
    from wenxiao.contents import CONTENTS, Subject  # noqa: PLC0415  draws charts, which an index of runs need not load

    subject = Subject((evaluation,), district)
    shown = {name: each for name, each in CONTENTS.items() if each.stands(audience)}
    declared = tuple(measure for each in shown.values() for measure in each.measures(subject))
    if district:
        return _district_record(subject, declared, shown, audience)
    return EvaluationRecord(
        subject=_subject(evaluation, "", audience),
        verdict=VerdictRecord(
            score=evaluation.verdict.score,
            grade=evaluation.verdict.grade,
            printed_grade=evaluation.verdict.printed_grade,
            execution_rate=evaluation.execution,
            execution_label=evaluation.execution.label,
            execution_basis=evaluation.execution.basis,
        ),
        measures=tuple(_measure(each, audience) for each in (*evaluation.measures.values(), *declared)),
        scorecard=_scorecard(evaluation.scorecard) if evaluation.scorecard else None,
        ranking=_ranking(evaluation.ranking, audience) if evaluation.ranking else None,
        findings=evaluation.findings if "findings" in shown else (),
        unused=evaluation.project.unused if "unused" in shown else (),
        robustness=_robustness(evaluation, "", shown),
        scoring=evaluation.scoring,
        review=review_record(evaluation.review, evaluation.review_totals, audience),
        surveys=evaluation.surveys,
        allocation=evaluation.allocation if "allocation" in shown else None,
        trials=tuple(
            trial_record(trial)
            for trial in (project_trial(evaluation), district_trial(evaluation))
            if trial is not None and "trial" in shown
        ),
        problems=problem_records(evaluation.problems, audience),
        deductions=deduction_records(evaluation.deductions),
        score_lines=score_line_records(evaluation.score_lines) if "score_sheet" in shown else (),
        evidence=evaluation.evidence if "evidence" in shown else (),
        opinions=evaluation.opinions if "opinions" in shown else (),
        season=season_record(evaluation),
        monitoring=monitored_records(evaluation.monitoring, due="rectification" in shown),
    )


def _district_record(
    subject: Subject, declared: Iterable[Measure], shown: Collection[str], audience: Audience
) -> EvaluationRecord:
    evaluation, district, view = subject.evaluation, subject.district, subject.view
    own = [measure for measure in evaluation.measures.values() if measure.subject == district]
    own += [view.gap_to_mean] if view.gap_to_mean else []
    rate = next((measure for measure in own if measure.key.startswith("execution_rate/")), None)
    trial = district_trial(evaluation)
    reviews = evaluation.district_reviews.get(district, ())
    lines = [line for line in evaluation.score_lines if line.district == district]
    return EvaluationRecord(
        subject=_subject(evaluation, district, audience),
        verdict=VerdictRecord(
            score=view.place.adjusted or view.place.score if view.place else Missing.NOT_PROVIDED,
            grade=view.place.grade if view.place else None,
            printed_grade="",
            execution_rate=rate or Missing.NOT_PROVIDED,
            execution_label=rate.label if rate else "预算执行率",
            execution_basis=rate.basis if rate else "",
        ),
        measures=tuple(_measure(measure, audience) for measure in (*own, *declared)),
        scorecard=_scorecard(card) if (card := evaluation.district_cards.get(district)) else None,
        ranking=_ranking(evaluation.ranking, audience, district) if evaluation.ranking else None,
        findings=view.findings if "findings" in shown else (),
        robustness=_robustness(evaluation, district, shown),
        trials=(trial_record(trial, district),) if trial and "trial" in shown else (),
        review=review_record(reviews, stage_totals(reviews, district), audience),
        problems=problem_records((p for p in evaluation.problems if p.district == district), audience),
        deductions=deduction_records(evaluation.deductions, district),
        score_lines=score_line_records(lines) if "score_sheet" in shown else (),
        evidence=[each for each in evaluation.evidence if each.district == district and "evidence" in shown],
    )


def _robustness(evaluation: Evaluation, district: str, shown: Collection[str]) -> RobustnessRecord | None:
    """How firm the ranking stands; None without a ranking."""
    firm = evaluation.robustness
    if firm is None or not len(firm.matrix):
        return None
    delta = Fraction(evaluation.profile.flags.weight_tolerance)
    record = robustness_record(firm, evaluation.robustness_by_mode, delta, district)
    return record if "swaps" in shown else record.model_copy(update={"swaps": None})


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
    record = MeasureRecord.model_validate(measure)
    hidden = {"formula": "", "inputs": ()} if audience.withholds(measure) else {"formula": ""}
    return record.model_copy(update=hidden) if measure.given or "inputs" in hidden else record


def _scorecard(card: Scorecard) -> ScorecardRecord:
    return ScorecardRecord(
        indicators=card.walk(),
        weights=card.weights,
        total=card.total,
        total_rate=card.total_rate,
        printed_total=card.printed_total,
        printed_grade=card.printed_grade,
    )


def _ranking(ranking: Ranking, audience: Audience, district: str = "") -> RankingRecord:
    return RankingRecord(
        ties=ranking.ties,
        ranked=sum(place.rank is not None for place in ranking.places),
        places=tuple(_place(place, audience) for place in ranking.places if district in ("", place.district)),
        mean=ranking.mean,
        means=(*ranking.means_by_mode, *((ranking.weighted_mean,) if ranking.weighted_mean else ())),
    )


def _place(place: Place, audience: Audience) -> PlaceRecord:
    record = PlaceRecord.model_validate(place)
    if audience.withholds(place.score):
        score = record.score.model_copy(update={"cell": None, "raw": ""})
        record = record.model_copy(update={"score": score})
    return record.model_copy(update={"note": ""}) if audience.names_a_peer(place.note) else record
