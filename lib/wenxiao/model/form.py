"""A form as it was filled in (自评表, 申报表, 监控表 …): which one, of which project, where, and what of it was not read."""

from __future__ import annotations

from dataclasses import dataclass

from wenxiao.model.cells import CellRef


@dataclass(frozen=True, slots=True)
class UnreadBlock:
    """Lines of a form that no block explains: their first words, the range they fill, and whether figures stand there."""

    words: str
    first: CellRef
    last: CellRef
    figures: bool

    def __str__(self) -> str:
        return f"{self.first}:{self.last.address}"


@dataclass(frozen=True, slots=True)
class Form:
    """One filled-in form.

    key, label    the form of the catalogue that it is
    source, seen  where the form comes from, and whether its layout was seen there or is reconstructed
    purpose       what it is handed in for: self_evaluation, goals, monitoring, review, summary
    project       the project its own head names, '' where it names none; `named_at` the cell
    place         where its first line stands; two forms never share it; `bottom` and `right` its last row and column
    titled        whether its title says that it is this form, or only its blocks do
    unread        what no block of it explains
    rules         the profile of the place that the form is of, '' where it is of no one place
    year          the year it is of (2023年度), '' where no line of its head names one
    """

    key: str
    label: str
    source: str
    seen: bool
    purpose: str
    place: CellRef
    bottom: int
    right: int
    titled: bool = True
    project: str = ""
    named_at: CellRef | None = None
    unread: tuple[UnreadBlock, ...] = ()
    rules: str = ""
    year: str = ""

    @property
    def provenance(self) -> str:
        """Whether its layout was seen or is reconstructed, as a report says it."""
        how = "版式据公开文件原样" if self.seen else "版式据文件规定复原，未见原样"
        title = "" if self.titled else "；表上没有这种表的名称，按各部分认定"
        return f"{self.label}（{self.source}；{how}{title}）"

    def holds(self, cell: CellRef) -> bool:
        """Whether a cell is one of the range that it fills."""
        first = self.place
        return (
            (cell.file, cell.sheet) == (first.file, first.sheet)
            and first.row <= cell.row <= self.bottom
            and first.column <= cell.column <= self.right
        )
