"""What a 评分底稿 says of how a score came about: its rule, data, calculation, evidence, hands and dates, and who decided what where evidence is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from wenxiao.evaluation.evidence import evidence_numbers
from wenxiao.evaluation.scoring.rows import ScoreRow
from wenxiao.fields import plain
from wenxiao.model import CellRef, Given, Table


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
