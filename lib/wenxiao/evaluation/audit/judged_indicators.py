"""The indicators of a form with what follows from 指标值 and 完成值: met, missed, equal, all points; a finding on some of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wenxiao.evaluation.audit.check import cells_of
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.scoring import ScoreRow, comparable, meets, score_rows
from wenxiao.fields.periods import days_in
from wenxiao.model import CellRef, Finding, Given, Missing, Severity, Table

_NAMED = 6


@dataclass(frozen=True, eq=False)
class Judged:
    """One indicator with its 完成值 in the unit of its 指标值, and what follows from the two."""

    row: ScoreRow

    @property
    def full(self) -> bool:
        """Whether it has all its points."""
        score, weight = self.row.filled.quantity, self.row.weight.quantity
        return score is not None and weight is not None and 0 < weight.value <= score.value

    @property
    def scored(self) -> bool:
        """Whether it has any points."""
        score = self.row.filled.quantity
        return score is not None and score.value > 0

    @property
    def counted(self) -> bool:
        """Whether it has points, or, in a form without points, a 完成值 that counts as done."""
        return self.scored or (not self.row.table.has("weight") and bool(self.row.actual_text))

    @property
    def dates(self) -> bool | None:
        """Whether it was done by the day set, whatever day an open month or year stands for; None without two dates."""
        aim, done = days_in(self.row.target_text), days_in(self.row.actual_text)
        return None if aim is None or done is None else done[0] <= aim[1]

    @property
    def met(self) -> bool | None:
        """Whether the 完成值 reaches its 指标值 in the direction that the 指标值 asks for; None where it cannot be told."""
        if self.dates is not None:
            return self.dates
        return meets(self.row.actual, self.row.target)

    @property
    def equal(self) -> bool:
        """Whether the 完成值 is the 指标值 itself."""
        done, aim = comparable(self.row.actual, self.row.target).quantity, self.row.target.quantity
        return done is not None and aim is not None and done.value == aim.value

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """Its 完成值, 得分 and 指标值."""
        table, record = self.row.table, self.row.record
        own = (table.text_cell(record, key) for key in ("actual", "target"))
        return (*(cell for cell in own if cell is not None), *cells_of(self.row.filled))


def judged(table: Table) -> tuple[Judged, ...]:
    """The indicators of a scorecard that asks for 指标值 and 完成值; none of one that nobody filled in."""
    if not (table.has("target") and table.has("actual")):
        return ()
    rows = tuple(Judged(row) for row in score_rows(table))
    return rows if any(each.row.actual_text for each in rows) else ()


def judged_rows(evaluation: Evaluation) -> list[Judged]:
    """The indicators of the project's scorecard, and of its self-evaluations without points."""
    return [each for table in (*_tables(evaluation), *unscored_tables(evaluation)) for each in judged(table)]


def _tables(evaluation: Evaluation) -> tuple[Table, ...]:
    return evaluation.scorecard.tables if evaluation.scorecard else ()


def unscored_tables(evaluation: Evaluation) -> list[Table]:
    """The indicators of self-evaluations whose form asks for no points."""
    found = evaluation.project.of_kind("targets")
    return [table for table in found if table.form is not None and table.form.purpose == "self_evaluation"]


def group(code: str, severity: Severity, rows: list[Judged], what: str, remedy: str) -> Iterator[Finding]:
    """One finding on some indicators of a table, each with what it states; none without any."""
    if not rows:
        return
    names = list(dict.fromkeys(_said(each.row) for each in rows))
    more = f"等 {len(rows)} 项" if len(names) > _NAMED else ""
    first = rows[0].row
    yield Finding(
        code,
        severity,
        "、".join(dict.fromkeys(each.row.name for each in rows[:_NAMED])),
        f"{'、'.join(names[:_NAMED])}{more}{what}。",
        printed=first.actual_text or Missing.NOT_PROVIDED.label,
        recomputed=first.target_text or Missing.NOT_PROVIDED.label,
        cells=tuple(dict.fromkeys(cell for each in rows for cell in each.cells)),
        remedy=remedy,
    )


def _said(row: ScoreRow) -> str:
    parts = (("指标值", row.target_text), ("完成值", row.actual_text), ("得分", _shown(row.filled)))
    return f"{row.name}（{'，'.join(f'{word} {text}' for word, text in parts if text)}）"


def _shown(given: Given) -> str:
    return given.text if given.quantity is not None else ""
