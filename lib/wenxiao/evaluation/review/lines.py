"""The lines of a working paper of review: each indicator with what the unit stated and scored, and what the reviewer did."""

from __future__ import annotations

from dataclasses import dataclass

from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.scored import scored_rows
from wenxiao.evaluation.scoring import ScoreRow
from wenxiao.evaluation.scoring.rows import is_review, stated
from wenxiao.model import CellRef, Given, Missing


@dataclass(frozen=True, eq=False)
class ReviewLine:
    """One indicator: the unit's 完成值 and score, the reviewer's, and the 备注; texts are '' where nothing stands there.

    `self_score` and `reviewed` are as their cells give them, also where these hold words.
    """

    row: ScoreRow
    self_actual: str
    self_score: Given
    actual: str
    reviewed: Given
    note: str
    note_cell: CellRef | None

    @property
    def name(self) -> str:
        """The indicator's own name."""
        return self.row.name


def is_reviewed(evaluation: Evaluation) -> bool:
    """Whether the scores that count are those of a 复核表 in which somebody filled in at least one."""
    card = evaluation.scorecard
    return (
        card is not None
        and is_review(card.tables[0])
        and any(line.reviewed.quantity for line in review_lines(evaluation))
    )


def unit_of(evaluation: Evaluation) -> str:
    """The unit whose project it is: the 主管部门, else the unit or the implementer that its form names; '' where it names none."""
    department, implementer, unit = names_of(evaluation)
    return department or unit or implementer


def title_of(evaluation: Evaluation) -> str:
    """What the reviewed project is called: as its form names it, versions numbered; else as its folder is."""
    project = evaluation.project
    return project.name if project.title in project.name else project.title


def names_of(evaluation: Evaluation) -> tuple[str, str, str]:
    """The department, the implementer and the unit that the form names; '' where it does not."""
    department, implementer, unit = (
        evaluation.project.fact(key).text for key in ("department", "implementer", "unit_name")
    )
    return department, implementer, unit


def review_lines(evaluation: Evaluation) -> tuple[ReviewLine, ...]:
    """The indicators of the project's 复核表, or, where there is none, of its self-evaluation with nothing reviewed yet.

    A score for the execution that only the form has is none of the 复核表.
    """
    rows = scored_rows(evaluation.scorecard)
    return tuple(_line(evaluation, row) for row in rows if not (row.beside and is_review(row.table)))


def _line(evaluation: Evaluation, row: ScoreRow) -> ReviewLine:
    table, record = row.table, row.record
    if is_review(table):
        note = "reviewed_reason" if table.has("reviewed_reason") else "note"
        return ReviewLine(
            row,
            _shown(row, "self_actual"),
            table.given(record, "self_score", f"{row.name}自评得分"),
            _shown(row, "actual"),
            table.given(record, "reviewed_score", f"{row.name}复核得分"),
            stated(table, record, note),
            table.text_cell(record, note),
        )
    actual = _rate(evaluation) if row.beside else row.actual_text
    return ReviewLine(row, actual, row.filled, "", _nothing(row), "", None)


def _nothing(row: ScoreRow) -> Given:
    return Given(f"{row.name}复核得分", Missing.NOT_PROVIDED)


def _shown(row: ScoreRow, key: str) -> str:
    given = row.table.given(row.record, key)
    return row.table.text(row.record, key) or (given.text if given.quantity else "")


def _rate(evaluation: Evaluation) -> str:
    """The execution rate of the funds; '' where they give none."""
    rate = evaluation.funds.total.rates.get("execution_rate") if evaluation.funds else None
    return rate.text if rate is not None and rate.number is not None else ""
