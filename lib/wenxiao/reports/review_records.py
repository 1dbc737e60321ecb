"""Problems, deductions, the lines of the 评分底稿, evidence and opinions, as `results.json` holds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from wenxiao.evaluation import (
    Adoption,
    Audience,
    Deductions,
    Evidence,
    ListedProblem,
    Opinion,
    Presence,
    ScoreLine,
    Support,
)
from wenxiao.reports.figure_records import (
    CellRecord,
    FigureRecord,
    InputRecord,
    Record,
    cell_record,
    figure_record,
    input_record,
)

AdoptionKey = Literal["adopted", "partly", "refused", "undecided", "unclear"]
SupportKey = Literal["there", "undecided", "deduct", "keep", "await"]
PresenceKey = Literal["found", "absent", "changed", "unchecked", "not_provided"]

_ADOPTION: dict[Adoption, AdoptionKey] = {
    Adoption.ADOPTED: "adopted",
    Adoption.PARTLY: "partly",
    Adoption.REFUSED: "refused",
    Adoption.UNDECIDED: "undecided",
    Adoption.UNCLEAR: "unclear",
}
_SUPPORT: dict[Support, SupportKey] = {
    Support.THERE: "there",
    Support.UNDECIDED: "undecided",
    Support.DEDUCT: "deduct",
    Support.KEEP: "keep",
    Support.AWAIT: "await",
}
_PRESENCE: dict[Presence, PresenceKey] = {
    Presence.FOUND: "found",
    Presence.ABSENT: "absent",
    Presence.CHANGED: "changed",
    Presence.UNCHECKED: "unchecked",
    Presence.NOT_PROVIDED: "not_provided",
}


class ProblemRecord(Record):
    """A listed problem. `indicators` are the levels it names, '' where open; `deduction` and `amount` as its list states them.

    What stays in the house (evidence, feedback and the decision on it) is empty, and `adopted` null, in an edition for release.
    """

    number: str
    district: str
    problem: str
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
    path: tuple[str, ...]
    lost: FigureRecord
    listed: FigureRecord | None
    problems: tuple[str, ...]


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
    opinion: str
    concerns: str
    adopted: AdoptionKey
    grounds: str
    cell: CellRecord


def problem_records(problems: Iterable[ListedProblem], audience: Audience) -> tuple[ProblemRecord, ...]:
    """The records of listed problems as their readers may see them."""
    house = not audience.release
    return tuple(
        ProblemRecord(
            number=each.number,
            district=each.district,
            problem=each.text,
            indicators=each.indicators,
            deduction=input_record(each.deduction),
            amount=input_record(each.amount),
            responsible=each.responsible,
            place=each.place,
            evidence=each.evidence if house else (),
            page=each.page if house else "",
            feedback=each.feedback if house else "",
            adopted=_ADOPTION[each.adopted] if house else None,
            grounds=each.grounds if house else "",
            cell=cell_record(each.cell),
        )
        for each in problems
    )


def deduction_records(deductions: Deductions, district: str | None = None) -> tuple[DeductionRecord, ...]:
    """The records of deductions, of all scorecards or of one district's."""
    return tuple(
        DeductionRecord(
            district=each.district,
            path=each.indicator.path,
            lost=figure_record(each.lost),
            listed=figure_record(each.listed) if each.listed else None,
            problems=tuple(problem.number for problem in each.problems),
        )
        for each in deductions.each
        if district in (None, each.district)
    )


def score_line_records(lines: Iterable[ScoreLine]) -> tuple[ScoreLineRecord, ...]:
    """The records of the lines of a 评分底稿."""
    return tuple(
        ScoreLineRecord(
            district=line.district,
            path=line.row.path,
            rule=line.basis.rule,
            data_source=line.basis.data_source,
            calculation=line.basis.calculation,
            reference=input_record(line.basis.reference),
            score=input_record(line.row.filled),
            lost=figure_record(line.lost),
            evidence=line.basis.evidence,
            lacking=line.lacking,
            support=_SUPPORT[line.support] if line.support else None,
            decision=DecisionRecord(words=decision.words, by=decision.by, on=decision.on)
            if (decision := line.basis.decision)
            else None,
            preparer=line.basis.preparer,
            prepared_on=line.basis.prepared_on,
            reviewer=line.basis.reviewer,
            reviewed_on=line.basis.reviewed_on,
        )
        for line in lines
    )


def evidence_records(items: Iterable[Evidence]) -> tuple[EvidenceRecord, ...]:
    """The records of listed evidence."""
    return tuple(
        EvidenceRecord(
            number=item.number,
            name=item.name,
            district=item.district,
            file=item.file,
            page=item.page,
            presence=_PRESENCE[item.presence],
            sha256=item.sha256,
            found_sha256=item.found_sha256,
            cell=cell_record(item.cell),
        )
        for item in items
    )


def opinion_records(opinions: Iterable[Opinion]) -> tuple[OpinionRecord, ...]:
    """The records of the opinions on a draft."""
    return tuple(
        OpinionRecord(
            number=each.number,
            by=each.by,
            on=each.on,
            opinion=each.text,
            concerns=each.concerns,
            adopted=_ADOPTION[each.adopted],
            grounds=each.grounds,
            cell=cell_record(each.cell),
        )
        for each in opinions
    )
