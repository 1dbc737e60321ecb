"""The evaluation of one project under one profile: everything a report, a chart or a notebook shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from wenxiao.evaluation.claims import Claim, ListedProblem
from wenxiao.evaluation.districts import DistrictFigure
from wenxiao.evaluation.funds import Funds
from wenxiao.evaluation.grade import Grade
from wenxiao.evaluation.outputs import Output
from wenxiao.evaluation.ranking import Ranking
from wenxiao.evaluation.scorecard import Scorecard
from wenxiao.evaluation.works import Works
from wenxiao.model import Finding, Given, Measure, Missing, Severity
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
    (counts from the head, derived figures), `findings` all differences, gravest first.
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

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Every measure by its key, in reading order."""
        return {measure.key: measure for measure in self._walk()}

    @property
    def execution(self) -> Measure:
        """The rate a reader looks for first: 执行率 as computed, else as reported, else 投资完成率, else 未提供."""
        reported = next((m for m in self.other_measures if m.key == "reported/execution_rate"), None)
        rates = self.funds.total.rates if self.funds else {}
        candidates = [rates.get("execution_rate"), reported, rates.get("investment_rate")]
        known = [measure for measure in candidates if measure and measure.number is not None]
        return known[0] if known else NO_EXECUTION

    def count(self, severity: Severity) -> int:
        """How many findings of one severity there are."""
        return sum(finding.severity is severity for finding in self.findings)

    def _walk(self) -> Iterator[Measure]:
        yield self.verdict.score
        if self.funds:
            for line in (self.funds.total, *self.funds.groups, *self.funds.lines):
                yield from line.amounts.values()
                yield from line.rates.values()
        if self.scorecard:
            yield from (self.scorecard.weights, self.scorecard.total_rate)
            for indicator in self.scorecard.walk():
                yield from (indicator.score_rate, indicator.lost)
        for output in self.outputs:
            yield output.completion_rate
        if self.works:
            yield from (self.works.rows, self.works.distinct, *self.works.kinds)
        if self.ranking:
            yield from (self.ranking.mean, *self.ranking.means_by_mode)
        for figure in self.district_figures:
            yield from figure.values.values()
            if figure.sum:
                yield figure.sum
        yield from self.other_measures
