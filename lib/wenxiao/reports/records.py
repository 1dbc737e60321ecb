"""The shape of `results.json`: what a run records for people and programs that come after. Published as JSON Schema.

Figures are decimal strings, exact where they end; a rate is a fraction (0.5363 is 53.63%). A figure that is not there is
null with the kind of missing beside it. Nothing here says when or on which machine: the same input gives the same file.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AliasPath, BeforeValidator, Field

from wenxiao.reports.figure_records import (
    KEY,
    LABEL,
    CellRecord,
    DecimalText,
    FigureRecord,
    InputRecord,
    IntervalRecord,
    Record,
    Symbol,
)
from wenxiao.reports.monitoring_records import MonitoredRecord
from wenxiao.reports.review_records import (
    DeductionRecord,
    EvidenceRecord,
    OpinionRecord,
    ProblemRecord,
    ScoreLineRecord,
)
from wenxiao.reports.robustness_records import RobustnessRecord
from wenxiao.reports.scoring_records import (
    AllocationRecord,
    ComputedScoreRecord,
    ReviewRecord,
    SurveyRecord,
    TrialRecord,
)
from wenxiao.reports.season_records import SeasonRecord

RESULTS_TYPE = "application/vnd.wenxiao.results+json"
"""The type of the output that carries a run's results; no page shows it."""

WORKING_PAPER_TYPE = "application/vnd.wenxiao.working-paper+xlsx"
"""The type of the output that carries the working paper; no page shows it either."""

HIDDEN_TYPES = frozenset((RESULTS_TYPE, WORKING_PAPER_TYPE))
"""What travels in a notebook and is lifted into files of its own."""

SCHEMA_VERSION: Literal[3] = 3


class MeasureRecord(FigureRecord):
    """A figure with its derivation. `key` is stable and unique within an evaluation; `basis` names the denominator.

    `formula` and `inputs` are empty where an edition for release must not name what the figure rests on.
    """

    key: str
    label: str
    subject: str
    basis: str
    unit: Symbol
    formula: str
    inputs: tuple[InputRecord, ...]
    standing: Annotated[Literal["computed", "reported", "derived", "what_if"], KEY]
    condition: str
    interval: IntervalRecord | None


class IndicatorRecord(Record):
    """A line of the scorecard: level 1 to 3, its path from the first level down, 分值, 得分, 得分率, 扣分, 扣分原因."""

    name: str
    level: int
    path: tuple[str, ...]
    weight: InputRecord
    score: InputRecord
    score_rate: FigureRecord
    lost: FigureRecord
    reason: str


class ScorecardRecord(Record):
    """The scorecard, parents before children, with its exact total and what the sheet prints as total and grade."""

    indicators: tuple[IndicatorRecord, ...]
    weights: FigureRecord
    total: FigureRecord
    total_rate: FigureRecord
    printed_total: InputRecord | None
    printed_grade: str


class PlaceRecord(Record):
    """A district in the ranking: rank is null where it has no score or takes no part.

    `score` is as published; `adjusted` what the profile makes of it before ranking, for `reason`, else null: rank and grade
    are those of the adjusted score. `mode` is the mode of evaluation, '' where the tables give none.
    """

    district: str
    score: InputRecord
    adjusted: FigureRecord | None
    reason: str
    rank: DecimalText | None
    tied: bool
    grade: Annotated[str | None, LABEL]
    excluded: bool
    note: str
    mode: str
    rank_in_mode: DecimalText | None
    tied_in_mode: bool


class MeanRecord(FigureRecord):
    """A mean of scores: `basis` names it (简单平均, 按…加权平均), `subject` says of whom."""

    subject: str
    basis: str


class RankingRecord(Record):
    """The ranking in administrative order; `ties` is the policy, `ranked` how many districts have a rank.

    A district's own results hold its own place only.
    """

    ties: Literal["competition", "dense", "average", "consecutive"]
    ranked: int = 0
    places: tuple[PlaceRecord, ...]
    mean: FigureRecord
    means: tuple[MeanRecord, ...]


class FindingRecord(Record):
    """A difference (核对差异): `about` names keys of measures; `suspects` are the cells of the one figure that explains it.

    Where no one figure does, or several could, `suspects` is empty. `state` is 已更正 or 已说明 where it is settled, by `answer`, and counts no more.
    """

    code: str
    severity: Annotated[Literal["error", "warning", "hint"], KEY]
    subject: str
    message: str
    printed: str
    recomputed: str
    tolerance: str
    cells: tuple[CellRecord, ...]
    suspects: tuple[CellRecord, ...] = ()
    about: tuple[str, ...]
    remedy: str
    state: str = ""
    answer: str = ""


class VerdictRecord(Record):
    """The result as a reader looks for it; `grade` follows the profile, `printed_grade` is the source's word."""

    score: FigureRecord
    grade: Annotated[str | None, LABEL]
    printed_grade: str
    execution_rate: FigureRecord
    execution_label: str
    execution_basis: str


class SubjectRecord(Record):
    """Whom the results are about: the project's folder and title; place, year and kind of report as its head gives them.

    `district` is one place of it, or '' for the whole; `order` is its position in administrative order, from 0. `districts`
    are all places in that order; an edition for release on one district names that one only.
    """

    project: str
    title: str
    place: str
    year: str
    kind: str
    district: str
    order: int | None = None
    districts: tuple[str, ...]


class _Particulars(Record):
    """The parts that few sheets give, of one evaluation and of a run on one."""

    robustness: RobustnessRecord | None = None
    scoring: tuple[ComputedScoreRecord, ...] = ()
    review: ReviewRecord | None = None
    surveys: tuple[SurveyRecord, ...] = ()
    allocation: AllocationRecord | None = None
    trials: tuple[TrialRecord, ...] = ()
    problems: tuple[ProblemRecord, ...] = ()
    deductions: tuple[DeductionRecord, ...] = ()
    score_lines: tuple[ScoreLineRecord, ...] = ()
    evidence: tuple[EvidenceRecord, ...] = ()
    opinions: tuple[OpinionRecord, ...] = ()
    season: SeasonRecord | None = None
    monitoring: tuple[MonitoredRecord, ...] = ()


class UnusedRecord(Record):
    """A range of a sheet whose numbers no figure rests on (未采用): how many, why, and of what header or table they are."""

    file: str = Field(validation_alias=AliasPath("first", "file"))
    sheet: str = Field(validation_alias=AliasPath("first", "sheet"))
    range: str = Field(validation_alias="address")
    count: int
    reason: Annotated[str, BeforeValidator(lambda reason: getattr(reason, "value", reason))]
    about: str


class EvaluationRecord(_Particulars):
    """What one evaluation says of its subject; a part that the sheets do not give is null or empty."""

    subject: SubjectRecord
    verdict: VerdictRecord
    measures: tuple[MeasureRecord, ...]
    scorecard: ScorecardRecord | None
    ranking: RankingRecord | None
    findings: tuple[FindingRecord, ...]
    unused: tuple[UnusedRecord, ...] = ()


class InputFileRecord(Record):
    """A file that was read: its project, its name in the project's folder, the SHA-256 of its bytes.

    `project` is '' for the rules of evaluation. An edition for release names no file that is called after a peer.
    """

    project: str
    file: str
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class ProfileRecord(Record):
    """The rules of evaluation: name, title, source."""

    name: str
    title: str
    source: str


class RunRecord(Record):
    """What ran on what: notebook, parameters, rules, files, versions of the software."""

    notebook: str
    parameters: dict[str, Any]
    profile: ProfileRecord
    inputs: tuple[InputFileRecord, ...]
    versions: dict[str, str]


class Results(_Particulars):
    """The results of a run. A run on one subject fills the parts here; one on several (portfolio) fills `members`."""

    schema_version: Literal[3]
    run: RunRecord
    subject: SubjectRecord | None
    verdict: VerdictRecord | None
    measures: tuple[MeasureRecord, ...]
    scorecard: ScorecardRecord | None
    ranking: RankingRecord | None
    findings: tuple[FindingRecord, ...]
    unused: tuple[UnusedRecord, ...] = ()
    members: tuple[EvaluationRecord, ...]
