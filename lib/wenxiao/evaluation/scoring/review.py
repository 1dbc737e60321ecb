"""The way of a score through its reviews: 自评分 → 初评分 → 复核分 → 终评分, each change with its reason and reviewer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from wenxiao.evaluation.evidence import evidence_numbers
from wenxiao.evaluation.scoring.computed import TotalScore, total_score
from wenxiao.evaluation.scoring.rows import ScoreRow, score_rows, stated
from wenxiao.fields import plain
from wenxiao.model import CellRef, Given, Measure, Table, difference
from wenxiao.model.units import POINTS

STAGES = {
    "self_score": "自评分",
    "initial_score": "初评分",
    "reviewed_score": "复核分",
    "final_score": "终评分",
}
"""The stages in order: field → its name. Source: RULES, "Kinds of report"."""

_REASONS = {
    "initial_score": "initial_reason",
    "reviewed_score": "reviewed_reason",
    "final_score": "final_reason",
}
_REVIEWERS = {"initial_score": "preparer", "reviewed_score": "reviewer", "final_score": "final_reviewer"}
"""Where a 评分底稿 gives the reason and the hand of each change; a sheet without such a column has one for all."""


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage of an indicator's score: the field, its name, the score or why there is none."""

    key: str
    label: str
    score: Given


@dataclass(frozen=True, eq=False)
class Change:
    """A score that a later stage changed: the two stages, later − earlier, and what the row says of it."""

    before: Stage
    after: Stage
    measure: Measure
    reason: str
    reviewer: str

    @property
    def explained(self) -> bool:
        """Whether the row gives a reason."""
        return bool(self.reason)


@dataclass(frozen=True, eq=False)
class ReviewedScore:
    """One indicator's score through the stages its table has, and the changes on the way.

    A stage without a score changes nothing: the next one is held against the last that has one.
    """

    row: ScoreRow
    stages: tuple[Stage, ...]
    changes: tuple[Change, ...]

    @property
    def last(self) -> Stage | None:
        """The latest stage with a score, or None."""
        return next((stage for stage in reversed(self.stages) if stage.score.quantity), None)


def reviewed_scores(table: Table, district: str = "") -> tuple[ReviewedScore, ...]:
    """The scores of a scorecard's indicators through their stages, in sheet order; empty with fewer than two stages.

    A stage that no indicator has a score of is none: a 评分底稿 has its column from the start. `district` names whose
    scorecard it is, where it is not the project's.
    """
    rows = score_rows(table)
    keys = [
        key for key in STAGES if table.has(key) and any(table.given(row.record, key).quantity for row in rows)
    ]
    if len(keys) < 2:
        return ()
    return tuple(_reviewed(row, keys, district) for row in rows)


def _reviewed(row: ScoreRow, keys: list[str], district: str) -> ReviewedScore:
    stages = tuple(
        Stage(key, STAGES[key], row.table.given(row.record, key, f"{row.name}{STAGES[key]}")) for key in keys
    )
    scored = [stage for stage in stages if stage.score.quantity]
    changes = tuple(
        Change(before, after, measure, *_said(row, after.key))
        for before, after in pairwise(scored)
        if (measure := _change(row, before, after, district)).number != 0
    )
    return ReviewedScore(row, stages, changes)


def _said(row: ScoreRow, stage: str) -> tuple[str, str]:
    """The reason and the reviewer of a change: in the stage's own columns where the sheet has them, else the row's."""
    table, record = row.table, row.record
    reason, reviewer = _REASONS[stage], _REVIEWERS[stage]
    return (
        stated(table, record, reason if table.has(reason) else "note")
        or ("" if table.has(reason) else row.reason),
        table.text(record, reviewer) if table.has(reviewer) else row.reviewer,
    )


def _change(row: ScoreRow, before: Stage, after: Stage, district: str) -> Measure:
    return Measure(
        f"score_change/{after.key}/{f'{district}/' if district else ''}{row.key}",
        f"{row.name}分数调整" if district else "分数调整",
        difference(after.score, before.score),
        POINTS,
        subject=district or row.name,
        basis=f"{after.label}－{before.label}",
    )


def stage_totals(scores: tuple[ReviewedScore, ...], district: str = "") -> dict[str, TotalScore]:
    """The total of each stage by its field; a stage in which an indicator has no score is 暂不计分."""
    keys = [stage.key for stage in scores[0].stages] if scores else []
    return {
        key: total_score(
            [(each.row.name, stage.score) for each in scores for stage in each.stages if stage.key == key],
            key=f"total_{key}/{district}" if district else f"total_{key}",
            label=f"{STAGES[key]}合计",
            subject=district or "全项目",
        )
        for key in keys
    }


def total_change(totals: Mapping[str, TotalScore], district: str = "") -> Measure | None:
    """What a review made of the total: the later of two stages − the earlier (复核 − 自评); None with more or fewer."""
    if len(totals) != 2:
        return None
    (before, first), (after, second) = totals.items()
    return Measure(
        f"score_change_total/{district}" if district else "score_change_total",
        "分数调整合计",
        difference(second.measure.expression, first.measure.expression),
        POINTS,
        subject=district or "全项目",
        basis=f"{STAGES[after]}－{STAGES[before]}",
    )


class Decided(Enum):
    """What the evaluator decided on a score whose evidence is missing."""

    DEDUCT = "扣分"
    KEEP = "不扣分"
    AWAIT = "补证"


_FORMS = {
    Decided.DEDUCT: ("扣分", "予以扣分", "扣减"),
    Decided.KEEP: ("不扣分", "不予扣分", "不扣"),
    Decided.AWAIT: ("补证", "待补证", "补充证据", "补充材料", "限期补证"),
}


@dataclass(frozen=True, eq=False)
class Decision:
    """A decision on missing evidence: which, in which words, by whom, when. `what` is None where the words are none known."""

    what: Decided | None
    words: str
    by: str
    on: str
    cell: CellRef

    @property
    def signed(self) -> bool:
        """Whether it says who decided and when."""
        return bool(self.by and self.on)

    @property
    def text(self) -> str:
        """As a table shows it: 不扣分（李四，2024-04-05）."""
        signed = "，".join(filter(None, (self.by, self.on)))
        return f"{self.words}（{signed}）" if signed else self.words


@dataclass(frozen=True, eq=False)
class ScoreBasis:
    """One indicator's line of a 评分底稿 beside its figures; a text is '' and `decision` None where nothing stands there.

    `reference` is 测算参考: what a method gives, never the score. `asks_evidence` says that the sheet has a column for
    numbers of evidence; `evidence_cell` is where they belong.
    """

    rule: str
    data_source: str
    calculation: str
    reference: Given
    evidence: tuple[str, ...]
    evidence_cell: CellRef | None
    decision: Decision | None
    preparer: str
    prepared_on: str
    reviewer: str
    reviewed_on: str

    @property
    def asks_evidence(self) -> bool:
        """Whether the sheet asks for the evidence of each score."""
        return self.evidence_cell is not None


def basis_of(row: ScoreRow) -> ScoreBasis:
    """What the row of a scorecard says of how its score came about."""
    table, record = row.table, row.record
    return ScoreBasis(
        rule=table.text(record, "rule"),
        data_source=table.text(record, "data_source"),
        calculation=table.text(record, "calculation"),
        reference=table.given(record, "reference_score", f"{row.name}测算参考"),
        evidence=evidence_numbers(table.text(record, "evidence_number")),
        evidence_cell=table.text_cell(record, "evidence_number"),
        decision=_decision(table, record),
        preparer=table.text(record, "preparer"),
        prepared_on=table.text(record, "scored_on"),
        reviewer=row.reviewer,
        reviewed_on=table.text(record, "reviewed_on"),
    )


def decided(text: str) -> Decided | None:
    """The decision that the words of a cell state, or None.

    >>> decided("待补证"), decided("再议")
    (<Decided.AWAIT: '补证'>, None)
    """
    words = plain(text)
    return next((kind for kind, forms in _FORMS.items() if words in forms), None)


def _decision(table: Table, record: int) -> Decision | None:
    words, cell = table.text(record, "decision"), table.text_cell(record, "decision")
    if not words or cell is None:
        return None
    by, on = table.text(record, "decided_by"), table.text(record, "decided_on")
    return Decision(decided(words), words, by, on, cell)
