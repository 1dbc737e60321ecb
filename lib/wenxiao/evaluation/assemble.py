"""From a project and a profile to its evaluation."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from wenxiao.evaluation.audit import audit
from wenxiao.evaluation.claims import WHOLE, claims_of
from wenxiao.evaluation.deductions import deductions_of, score_lines
from wenxiao.evaluation.derived import derived_measures
from wenxiao.evaluation.district_figure import DistrictFigure
from wenxiao.evaluation.district_score import score_table
from wenxiao.evaluation.districts import district_figures
from wenxiao.evaluation.evaluation import Evaluation, Verdict
from wenxiao.evaluation.evidence import evidence_of
from wenxiao.evaluation.funds import funds_of
from wenxiao.evaluation.grade import grade_of, places_of
from wenxiao.evaluation.opinions import opinions_of
from wenxiao.evaluation.outputs import outputs_of, works_of
from wenxiao.evaluation.problems import problems_of
from wenxiao.evaluation.ranking import Place, ranking_of
from wenxiao.evaluation.scorecard import Scorecard, district_cards, scorecard_of
from wenxiao.evaluation.scored import computed_of, district_reviews_of, effects_of, reviews_of
from wenxiao.evaluation.settled import settled
from wenxiao.evaluation.survey import summaries_of, surveys_of
from wenxiao.evaluation.trial import check_trial
from wenxiao.fields import Registry, standard_registry
from wenxiao.model import (
    CellRef,
    Finding,
    Given,
    Measure,
    Missing,
    Named,
    Problem,
    ProjectError,
    Standing,
    by_severity,
    difference,
    value_of,
)
from wenxiao.model.units import POINTS
from wenxiao.project.answers import answered
from wenxiao.project.corrections import CONFIRMED, CORRECTED
from wenxiao.project.profile import Profile
from wenxiao.project.project import Project


def evaluate(project: Project, profile: Profile, registry: Registry | None = None) -> Evaluation:
    """The evaluation of a project under a profile; a pure function, the same input gives the same values.

    `registry` names the sources of funds and their groups; the standard one by default. The last few are remembered: the
    same project under equal rules gives the same object, also in a process forked after it was made. Raises ProfileError
    where the profile's `trial_weights` fit no scorecard.
    """
    names = registry or standard_registry()
    for evaluation, known in _RECENT:
        if evaluation.project is project and evaluation.profile == profile and known is names:
            return evaluation
    evaluation = _evaluated(project, profile, names)
    _RECENT.appendleft((evaluation, names))
    return evaluation


_RECENT: deque[tuple[Evaluation, Registry]] = deque(maxlen=8)


def _evaluated(project: Project, profile: Profile, registry: Registry) -> Evaluation:
    scorecard = scorecard_of(project, profile)
    claims = claims_of(project)
    funds = settled(funds_of(project, profile, registry), claims, profile)
    surveys = surveys_of(project.tables, profile.survey)
    cards = district_cards(project, profile)
    problems, evidence = problems_of(project), evidence_of(project)
    scores = score_table(project, profile)
    evaluation = Evaluation(
        project=project,
        profile=profile,
        verdict=_verdict(project, scorecard, profile),
        funds=funds,
        scorecard=scorecard,
        ranking=ranking_of(project, profile, scores, cards),
        outputs=outputs_of(project, registry),
        works=works_of(project, profile),
        district_figures=district_figures(project, profile, registry),
        claims=claims,
        problems=problems,
        other_measures=derived_measures(project, funds, claims),
        findings=project.findings,
        scoring=computed_of(project, profile, scorecard, funds, surveys),
        review=reviews_of(scorecard),
        surveys=surveys,
        survey_summaries=summaries_of(surveys),
        survey_effects=effects_of(profile, scorecard, surveys),
        district_cards=cards,
        indicators=scores.indicators if scores else None,
        evidence=evidence,
        opinions=opinions_of(project),
        deductions=deductions_of(scorecard, cards, project.districts, problems),
        score_lines=score_lines(scorecard, cards, evidence),
        district_reviews=district_reviews_of(cards),
    )
    check_trial(evaluation)
    audited = audit(evaluation)
    signless = {cell for each in audited if each.code == "rate-without-sign" for cell in each.cells}
    read = (f for f in project.findings if f.code != "sheet-rate-undeclared" or not signless >= set(f.cells))
    found = (*read, *audited)
    found = answered(_settled(project, profile, registry, found), project.answers)
    return replace(evaluation, findings=by_severity(found))


def _settled(
    project: Project, profile: Profile, registry: Registry, found: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """The findings beside those that confirmed corrections settle: 已更正, no longer counted.

    Settled is what the sheets as printed would have said and the corrected figures do not, and what reading said of
    corrected cells alone.
    """
    if project.as_printed is None:
        return found
    entries = {each.ref: each for each in project.corrections if each.status == CONFIRMED}

    def settled(finding: Finding) -> Finding:
        mine = [entry for cell, entry in entries.items() if cell in finding.cells]
        said = [f"{e.cell} {e.printed or '空白'}更正为{e.corrected}：{e.reason.rstrip('。')}" for e in mine]
        return replace(finding, state=CORRECTED, answer="；".join(said))

    now = {(each.code, each.subject) for each in found}
    before = _evaluated(replace(project.as_printed, answers=()), profile, registry).findings
    read = {finding for finding in project.findings if finding.cells and entries.keys() >= set(finding.cells)}
    return (
        *(settled(each) if each in read else each for each in found),
        *(
            settled(each)
            for each in before
            if (each.code, each.subject) not in now and entries.keys() & set(each.cells)
        ),
    )


def _verdict(project: Project, scorecard: Scorecard | None, profile: Profile) -> Verdict:
    """The score from the scorecard, else as the head prints it, with the grade on the exact score."""
    printed = project.figure("printed_score")
    words = project.fact("printed_grade").text
    if scorecard is not None:
        return Verdict(
            scorecard.total,
            scorecard.grade,
            scorecard.printed_grade or words,
            printed if printed.quantity else None,
        )
    number = value_of(printed)
    places = 2 if isinstance(number, Missing) else places_of(number, profile)
    score = Measure("total_score", "综合得分", printed, POINTS, places, WHOLE, "报告数", Standing.REPORTED)
    return Verdict(
        score,
        None if isinstance(number, Missing) else grade_of(number, profile),
        words,
        printed if printed.quantity else None,
    )


@dataclass(frozen=True, eq=False)
class Position:
    """One figure of a district among its peers: the value, its place (1 is the largest) and how many have a value.

    `tied` says that another district has the same value and the same place.
    """

    figure: DistrictFigure
    value: Measure
    rank: int | None
    of: int
    tied: bool = False

    @property
    def rank_text(self) -> str:
        """The place as people read it; empty without one."""
        if self.rank is None:
            return ""
        return f"{self.rank}（并列）" if self.tied else str(self.rank)


@dataclass(frozen=True, eq=False)
class DistrictView:
    """What an evaluation says of one district."""

    district: str
    evaluation: Evaluation
    place: Place | None
    positions: tuple[Position, ...]
    gap_to_mean: Measure | None
    findings: tuple[Finding, ...]


def district_view(evaluation: Evaluation, district: str) -> DistrictView:
    """One district's part of an evaluation; ProjectError where the tables list no such district."""
    known = evaluation.project.districts
    if district not in known:
        raise ProjectError(
            Problem(
                "没有这个县区",
                value=district,
                rule=f"表中有 {'、'.join(known) or '无'}",
                remedy="改正 district 参数",
            )
        )
    place = evaluation.ranking.place(district) if evaluation.ranking else None
    positions = tuple(_position(figure, district) for figure in evaluation.district_figures)
    cells = _cells_on(evaluation, district, positions)
    return DistrictView(
        district,
        evaluation,
        place,
        positions,
        _gap(evaluation, place),
        tuple(f for f in evaluation.findings if _concerns(f, district, cells)),
    )


def _cells_on(evaluation: Evaluation, district: str, positions: tuple[Position, ...]) -> frozenset[CellRef]:
    """The cells that are a district's own: of its figures, of the problems and the evidence listed as its."""
    figures = (given.cell for position in positions for given in position.value.inputs)
    problems = (
        cell
        for problem in evaluation.problems
        if problem.district == district
        for key in ("problem", "level3", "number", "deduction", "evidence_number", "adopted", "feedback")
        if (cell := problem.table.text_cell(problem.record, key)) is not None
    )
    evidence = (
        cell
        for item in evaluation.evidence
        if item.district == district
        for key in ("evidence_number", "file", "sha256")
        if (cell := item.table.text_cell(item.record, key)) is not None
    )
    return frozenset(cell for cell in (*figures, *problems, *evidence) if cell is not None)


def _position(figure: DistrictFigure, district: str) -> Position:
    ranked = figure.rank(district)
    rank, of = ranked or (None, sum(m.number is not None for m in figure.values.values()))
    return Position(figure, figure.values[district], rank, of, figure.tied(district))


def _gap(evaluation: Evaluation, place: Place | None) -> Measure | None:
    if evaluation.ranking is None or place is None or not isinstance(place.score, Given):
        return None
    mean = evaluation.ranking.mean
    return Measure(
        f"gap_to_mean/{place.district}",
        "与平均分之差",
        difference(place.ranked_score, Named(mean.label, mean.expression)),
        POINTS,
        subject=place.district,
        basis=f"得分－{mean.label}",
    )


def _concerns(finding: Finding, district: str, own: frozenset[CellRef]) -> bool:
    return district in finding.subject or district in finding.message or any(c in own for c in finding.cells)
