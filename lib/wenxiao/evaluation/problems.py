"""The problems (问题) that an evaluation lists: whose, under which indicator, what they cost, on what evidence, what was replied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wenxiao.evaluation.evidence import evidence_numbers
from wenxiao.evaluation.opinions import Adoption, adoption_of
from wenxiao.model import CellRef, Given, Table
from wenxiao.project.project import Project


@dataclass(frozen=True, eq=False)
class ListedProblem:
    """One problem (问题) of a 问题清单, or one that a report names.

    `indicators` are the indicators it concerns, first level first, '' where open. `deduction` (exact: it was decided, not
    rounded) and `amount` are 未提供 where the list does not say; `evidence` are the numbers it cites, `page` where in them. `adopted` is what was decided on `feedback`
    (反馈), for `grounds` (理由). `cell` is that of the problem's own words; `table` and `record` are where the others stand.
    """

    text: str
    indicators: tuple[str, str, str]
    place: str
    cell: CellRef
    number: str
    district: str
    deduction: Given
    amount: Given
    evidence: tuple[str, ...]
    page: str
    responsible: str
    feedback: str
    adopted: Adoption
    grounds: str
    table: Table
    record: int

    @property
    def name(self) -> str:
        """What to call it in a sentence: 问题 3, or its own words."""
        return f"问题 {self.number}" if self.number else f"问题“{self.text}”"

    @property
    def indicator(self) -> str:
        """The lowest indicator it names; empty where it names none."""
        return next((name for name in reversed(self.indicators) if name), "")

    def cell_of(self, key: str) -> CellRef:
        """The cell of one of its fields; that of its words where the list has no such column."""
        return self.table.text_cell(self.record, key) or self.cell


def problems_of(project: Project) -> tuple[ListedProblem, ...]:
    """Every problem of a project's lists, in source order."""
    return tuple(problem for table in project.of_kind("problems") for problem in _listed(table))


def _listed(table: Table) -> Iterator[ListedProblem]:
    for record in table.records():
        text, cell = table.text(record, "problem"), table.text_cell(record, "problem")
        if not text or cell is None:
            continue
        number = table.text(record, "number")
        called = f"问题 {number} " if number else "问题"
        yield ListedProblem(
            text=text,
            indicators=(
                table.text(record, "level1"),
                table.text(record, "level2"),
                table.text(record, "level3"),
            ),
            place=table.text(record, "place_in_report"),
            cell=cell,
            number=number,
            district=table.text(record, "district"),
            deduction=table.given(record, "deduction", f"{called}扣分").exact,
            amount=table.given(record, "amount", f"{called}涉及金额"),
            evidence=evidence_numbers(table.text(record, "evidence_number")),
            page=table.text(record, "page"),
            responsible=table.text(record, "responsible"),
            feedback=table.text(record, "feedback"),
            adopted=adoption_of(table.text(record, "adopted")),
            grounds=table.text(record, "grounds"),
            table=table,
            record=record,
        )
