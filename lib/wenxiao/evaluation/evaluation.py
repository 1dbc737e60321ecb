"""The evaluation of one project under one profile: everything a report, a chart or a notebook shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from wenxiao.evaluation.allocation import Allocation
from wenxiao.evaluation.claims import Claim
from wenxiao.evaluation.deductions import Deductions, ScoreLine
from wenxiao.evaluation.district_figure import DistrictFigure
from wenxiao.evaluation.evidence import Evidence
from wenxiao.evaluation.followed_indicators import Followed, followed_indicators
from wenxiao.evaluation.funds import Funds
from wenxiao.evaluation.grade import Grade
from wenxiao.evaluation.monitoring import Monitored, monitoring_of
from wenxiao.evaluation.opinions import Opinion
from wenxiao.evaluation.outputs import Output, Works
from wenxiao.evaluation.problems import ListedProblem
from wenxiao.evaluation.ranking import Ranking
from wenxiao.evaluation.robustness import Robustness, matrix_of, robustness, robustness_within
from wenxiao.evaluation.scorecard import Scorecard
from wenxiao.evaluation.scorecard_tables import IndicatorTable
from wenxiao.evaluation.scored import SurveyEffect
from wenxiao.evaluation.scoring import ComputedScore, ReviewedScore, TotalScore, stage_totals, total_change
from wenxiao.evaluation.survey import Survey, SurveySummary
from wenxiao.model import Finding, Given, Measure, Missing, Severity
from wenxiao.model.errors import nearest
from wenxiao.model.units import RATIO
from wenxiao.project.profile import Profile
from wenxiao.project.project import Project

NO_EXECUTION = Measure(
    "execution_rate/全项目",
    "预算执行率",
    Given("支出资金", Missing.NOT_PROVIDED),
    RATIO,
    4,
    subject="全项目",
    basis="支出÷预算",
)
"""The execution rate of a project whose sheets give none."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """The result as a reader looks for it: total score and grade, each with where it comes from.

    `score` is computed from the scorecard where there is one, else the figure the head prints, else 未提供.
    `printed_grade` is the word the source prints (优秀); `grade` is the profile's (优) on the exact score.
    """

    score: Measure
    grade: Grade | None
    printed_grade: str
    printed_score: Given | None


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What follows from a project's tables under a profile; a part that the tables do not give is None or empty.

    `measures` holds every figure by key in reading order, `other_measures` those that belong to no part below
    (counts from the head, derived figures), `findings` all differences, gravest first. `scoring` are the scores that the
    profile's methods give beside those filled in, `review` the scores through 自评, 初评, 复核 and 终评, `district_cards` the
    scorecards of single districts, `indicators` the table of their scores by indicator. `deductions` ties the scores and the
    listed problems both ways; `score_lines` are the lines of the 评分底稿, the project's first; `evidence` and `opinions`
    are as their sheets list them; `district_reviews` is `review` of each district's scorecard.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate("linyi-2021")
    >>> evaluation.verdict.grade.label, len(evaluation.ranking.places), evaluation.measures["total_score"].text
    ('优', 12, '90.02')
    """

    project: Project
    profile: Profile
    verdict: Verdict
    funds: Funds | None
    scorecard: Scorecard | None
    ranking: Ranking | None
    outputs: tuple[Output, ...]
    works: Works | None
    district_figures: tuple[DistrictFigure, ...]
    claims: tuple[Claim, ...]
    problems: tuple[ListedProblem, ...]
    other_measures: tuple[Measure, ...]
    findings: tuple[Finding, ...]
    scoring: tuple[ComputedScore, ...] = ()
    review: tuple[ReviewedScore, ...] = ()
    surveys: tuple[Survey, ...] = ()
    survey_summaries: tuple[SurveySummary, ...] = ()
    survey_effects: tuple[SurveyEffect, ...] = ()
    district_cards: Mapping[str, Scorecard] = field(default_factory=dict)
    indicators: IndicatorTable | None = None
    allocation: Allocation | None = None
    evidence: tuple[Evidence, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    deductions: Deductions = field(default_factory=Deductions)
    score_lines: tuple[ScoreLine, ...] = ()
    district_reviews: Mapping[str, tuple[ReviewedScore, ...]] = field(default_factory=dict)

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Every measure by its key, in reading order."""
        return {measure.key: measure for measure in self._walk()}

    @cached_property
    def review_totals(self) -> Mapping[str, TotalScore]:
        """The total of each stage of review by its field."""
        return stage_totals(self.review)

    @cached_property
    def monitoring(self) -> tuple[Monitored, ...]:
        """The projects whose spending and goals its lists and monitoring forms give as the year goes on, those of its parts too."""
        return monitoring_of((self.project, *self.project.projects), self.profile)

    @cached_property
    def followed(self) -> tuple[Followed, ...]:
        """Its indicators from the goals to the result; empty where it has only one document of them."""
        return followed_indicators(self.project)

    @cached_property
    def review_change(self) -> Measure | None:
        """What a review of two stages made of the total (偏差); None where there is none."""
        return total_change(self.review_totals)

    @cached_property
    def robustness(self) -> Robustness | None:
        """How firm the ranking stands, worked out when it is first asked for; None without a ranking.

        By the scores of each district's scorecard, or of a table of districts by indicators, else by totals only.
        """
        matrix = matrix_of(self.ranking, self.district_cards, self.indicators)
        if matrix is None:
            return None
        absent = [place.district for place in self.ranking.places if place.excluded] if self.ranking else []
        return robustness(matrix.without(absent), self.profile, self.profile.flags.weight_tolerance)

    @cached_property
    def robustness_by_mode(self) -> Mapping[str, Robustness]:
        """The same within each mode of evaluation (现场, 非现场), where the ranking has several; else empty."""
        firm, ranking = self.robustness, self.ranking
        if firm is None or ranking is None or len(ranking.modes) < 2:
            return {}
        groups = {
            mode: [place.district for place in ranking.places if place.mode == mode] for mode in ranking.modes
        }
        return robustness_within(firm, groups, self.profile, self.profile.flags.weight_tolerance)

    @property
    def execution(self) -> Measure:
        """The rate a reader looks for first: 执行率 as computed, else as reported, else 投资完成率, else 暂不计算 or 未提供."""
        reported = next((m for m in self.other_measures if m.key == "reported/execution_rate"), None)
        rates = self.funds.total.rates if self.funds else {}
        candidates = [rates.get("execution_rate"), reported, rates.get("investment_rate")]
        known = [measure for measure in candidates if measure and measure.number is not None]
        withheld = [measure for measure in candidates if measure and measure.value is Missing.WITHHELD]
        return [*known, *withheld, NO_EXECUTION][0]

    def __getitem__(self, name: str) -> Measure:
        """A measure by its key or Chinese label, 执行率 as a report shows it, 预算资金/中央补助 of one subject.

        Raises KeyError with the nearest name, or with those that share it.
        """
        if name in ("执行率", self.execution.label, self.execution.key.partition("/")[0]):
            return self.execution
        return measure_named(self.measures, name)

    def count(self, severity: Severity) -> int:
        """How many open findings of one severity there are."""
        return sum(finding.severity is severity for finding in self.open_findings)

    @cached_property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that neither a correction nor an answer settles."""
        return tuple(finding for finding in self.findings if not finding.state)

    def _walk(self) -> Iterator[Measure]:
        yield self.verdict.score
        if self.funds:
            for line in (self.funds.total, *self.funds.groups, *self.funds.lines):
                yield from line.amounts.values()
                yield from line.rates.values()
            for year in self.funds.years:
                for line in (year.total, *year.lines):
                    yield from (*line.amounts.values(), *line.rates.values())
        if self.scorecard:
            yield from (self.scorecard.weights, self.scorecard.total_rate)
            for indicator in self.scorecard.walk():
                yield from (indicator.score_rate, indicator.lost)
        for output in self.outputs:
            yield output.completion_rate
        if self.works:
            yield from (self.works.rows, self.works.distinct, *self.works.kinds)
        for score in self.scoring:
            yield from (score.computed, score.filled, score.difference, *(score.allowed or ()))
        for reviewed in self.review:
            yield from (change.measure for change in reviewed.changes)
        yield from (stage.measure for stage in self.review_totals.values())
        yield from ((self.review_change,) if self.review_change else ())
        yield from (line.lost for line in self.score_lines)
        for deduction in self.deductions.each:
            yield from ((deduction.lost, deduction.listed) if deduction.listed else (deduction.lost,))
        for reviews in self.district_reviews.values():
            yield from (change.measure for reviewed in reviews for change in reviewed.changes)
        for followed in self.followed:
            yield from followed.measures
        for survey in self.surveys:
            yield from (survey.rate, survey.size, *survey.returns)
            if survey.likert:
                yield survey.likert
        for summary in self.survey_summaries:
            yield from ((summary.pooled,) if summary.pooled else ())
            yield summary.mean
        for effect in self.survey_effects:
            yield from (effect.least, effect.most, *effect.change)
        if self.ranking:
            yield from (place.adjusted for place in self.ranking.places if place.adjusted)
            yield from (self.ranking.mean, *self.ranking.means_by_mode)
            if self.ranking.weighted_mean:
                yield self.ranking.weighted_mean
        for figure in self.district_figures:
            yield from figure.values.values()
            if figure.sum:
                yield figure.sum
        for allotment in self.allocation.allotments if self.allocation else ():
            yield from (allotment.rate, allotment.share, allotment.amount)
        for monitored in self.monitoring:
            yield from monitored.measures
        yield from self.other_measures


_WHOLE = ("全项目", "")


def measure_named(measures: Mapping[str, Measure], name: str) -> Measure:
    """The measure of a key, a label, or label/subject; KeyError names the nearest, or those that share the name.

    A label alone is that of the whole project where it has one; the end of a label will do where only one ends so.
    """
    if name in measures:
        return measures[name]
    label, _, subject = name.partition("/")
    found = [each for each in measures.values() if label in (each.label, each.key.partition("/")[0])]
    found = found or [each for each in measures.values() if each.label.endswith(label)]
    found = [each for each in found if each.subject == subject] if subject else found
    whole = [each for each in found if each.subject in _WHOLE]
    wanted = whole or found
    if len(wanted) == 1:
        return wanted[0]
    if wanted:
        listed = "、".join(each.key for each in wanted[:10])
        raise KeyError(
            f"“{name}”可以是 {listed}{'等' if len(wanted) > 10 else ''}；写其中一个，或写作 指标/对象"
        )
    known = {each.label for each in measures.values()} | set(measures)
    like = nearest(name, known)
    raise KeyError(f"没有“{name}”" + (f"，是否为“{like}”" if like else ""))
