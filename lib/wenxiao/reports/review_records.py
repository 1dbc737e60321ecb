"""Problems, deductions, the lines of the 评分底稿, evidence and opinions, as `results.json` holds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AliasPath, BeforeValidator, Field

from wenxiao.evaluation import Audience, Deductions, ListedProblem, ScoreLine
from wenxiao.evaluation.scoring import ScoreBasis
from wenxiao.reports.figure_records import KEY, CellRecord, FigureRecord, InputRecord, Record

AdoptionKey = Annotated[Literal["adopted", "partly", "refused", "undecided", "unclear"], KEY]
SupportKey = Annotated[Literal["there", "undecided", "deduct", "keep", "await"], KEY]
PresenceKey = Annotated[Literal["found", "absent", "changed", "unchecked", "not_provided"], KEY]
_Number = Annotated[str, BeforeValidator(lambda problem: getattr(problem, "number", problem))]

_HOUSE_ONLY = {"evidence": (), "page": "", "feedback": "", "adopted": None, "grounds": ""}
"""What an edition for release has in place of what stays in the house."""


class ProblemRecord(Record):
    """A listed problem. `indicators` are the levels it names, '' where open; `deduction` and `amount` as its list states them.

    What stays in the house (evidence, feedback and the decision on it) is empty, and `adopted` null, in an edition for release.
    """

    number: str
    district: str
    problem: str = Field(validation_alias="text")
    indicators: tuple[str, str, str]
    deduction: InputRecord
    amount: InputRecord
    responsible: str
    place: str
    evidence: tuple[str, ...]
    page: str
    feedback: str
    adopted: AdoptionKey | None
    grounds: str
    cell: CellRecord


class DeductionRecord(Record):
    """An indicator's 分值 − 得分 beside the sum of its problems' 扣分 (null where none states it) and their numbers."""

    district: str
    path: tuple[str, ...] = Field(validation_alias=AliasPath("indicator", "path"))
    lost: FigureRecord
    listed: FigureRecord | None
    problems: tuple[_Number, ...]


class DecisionRecord(Record):
    """What was decided on a score without evidence, in which words, by whom and when."""

    words: str
    by: str
    on: str


class ScoreLineRecord(Record):
    """A line of a 评分底稿: how a score came about and how it stands with its evidence; internal editions only.

    `support` is null where no evidence is asked for or there is no score yet; `lacking` are the cited numbers that are not
    listed or were not handed in.
    """

    district: str
    path: tuple[str, ...]
    rule: str
    data_source: str
    calculation: str
    reference: InputRecord
    score: InputRecord
    lost: FigureRecord
    evidence: tuple[str, ...]
    lacking: tuple[str, ...]
    support: SupportKey | None
    decision: DecisionRecord | None
    preparer: str
    prepared_on: str
    reviewer: str
    reviewed_on: str


class EvidenceRecord(Record):
    """A piece of evidence as listed, whether its file is there, and the hashes as listed and as found; internal only."""

    number: str
    name: str
    district: str
    file: str
    page: str
    presence: PresenceKey
    sha256: str
    found_sha256: str
    cell: CellRecord


class OpinionRecord(Record):
    """An opinion on a draft, the decision on it, and its grounds or what was changed; internal only."""

    number: str
    by: str
    on: str
    opinion: str = Field(validation_alias="text")
    concerns: str
    adopted: AdoptionKey
    grounds: str
    cell: CellRecord


def problem_records(problems: Iterable[ListedProblem], audience: Audience) -> tuple[ProblemRecord, ...]:
    """The records of listed problems as their readers may see them."""
    records = map(ProblemRecord.model_validate, problems)
    return tuple(each.model_copy(update=_HOUSE_ONLY) if audience.release else each for each in records)


def deduction_records(deductions: Deductions, district: str | None = None) -> tuple[DeductionRecord, ...]:
    """The records of deductions, of all scorecards or of one district's."""
    return tuple(
        DeductionRecord.model_validate(each) for each in deductions.each if district in (None, each.district)
    )


def score_line_records(lines: Iterable[ScoreLine]) -> tuple[ScoreLineRecord, ...]:
    """The records of the lines of a 评分底稿."""
    own = [name for name in ScoreBasis.__dataclass_fields__ if name in ScoreLineRecord.model_fields]
    return tuple(
        ScoreLineRecord(
            district=line.district,
            path=line.row.path,
            score=line.row.filled,
            lost=line.lost,
            lacking=line.lacking,
            support=line.support,
            **{name: getattr(line.basis, name) for name in own},
        )
        for line in lines
    )
