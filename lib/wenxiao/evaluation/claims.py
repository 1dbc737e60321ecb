"""Claims (报告数): the figures and words a report prints, as listed for checking."""

from __future__ import annotations

from dataclasses import dataclass

from wenxiao.model import CellRef, Given, Table
from wenxiao.project.project import Project

WHOLE = "全项目"


@dataclass(frozen=True, slots=True)
class Claim:
    """One printed figure: what it is about (`subject`), what it says (`item`), the figure or the words, its basis."""

    subject: str
    item: str
    printed: Given
    words: str
    basis: str
    note: str
    place: str
    cell: CellRef

    @property
    def text(self) -> str:
        """The claim as printed."""
        return self.words or self.printed.text


def claims_of(project: Project) -> tuple[Claim, ...]:
    """Every claim of a project, in source order."""
    return tuple(
        claim
        for table in project.of_kind("claims")
        for record in table.records()
        if (claim := _claim(table, record)) is not None
    )


def _claim(table: Table, record: int) -> Claim | None:
    cell = table.text_cell(record, "printed")
    item = table.text(record, "item")
    if cell is None or not item:
        return None
    subject = table.text(record, "subject") or WHOLE
    given = table.given(record, "printed", f"报告所列{'' if subject == WHOLE else subject}{item}")
    return Claim(
        subject=subject,
        item=item,
        printed=given,
        words="" if given.quantity else table.text(record, "printed"),
        basis=table.text(record, "basis"),
        note=table.text(record, "note"),
        place=table.text(record, "place_in_report"),
        cell=cell,
    )
