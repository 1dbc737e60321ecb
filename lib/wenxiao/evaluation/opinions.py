"""The opinions (意见) on a draft sent round, and what was decided on each: the 意见采纳表."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from wenxiao.fields import plain
from wenxiao.model import CellRef, Table
from wenxiao.project.project import Project


@dataclass(frozen=True, eq=False)
class Opinion:
    """One opinion: who gave it when, its words, what of the draft it is about, the decision and its grounds.

    `adopted_text` is the decision as written; `grounds` are the reason where it is not adopted, else what was changed.
    """

    number: str
    by: str
    on: str
    text: str
    concerns: str
    adopted: Adoption
    adopted_text: str
    grounds: str
    cell: CellRef
    table: Table
    record: int

    @property
    def name(self) -> str:
        """What to call it in a sentence: 意见 3（甲县财政局）."""
        whose = f"（{self.by}）" if self.by else ""
        return f"意见 {self.number}{whose}" if self.number else f"意见“{self.text[:20]}”{whose}"

    @property
    def settled(self) -> bool:
        """Whether it is decided and, where not adopted whole, reasoned: what a 正式稿 wants of each."""
        return self.adopted.decided and bool(self.grounds or not self.adopted.wants_grounds)

    def cell_of(self, key: str) -> CellRef:
        """The cell of one of its fields; that of its words where the table has no such column."""
        return self.table.text_cell(self.record, key) or self.cell


def opinions_of(project: Project) -> tuple[Opinion, ...]:
    """Every opinion of a project's 意见采纳表, in source order."""
    return tuple(opinion for table in project.of_kind("opinions") for opinion in _listed(table))


def open_opinions(opinions: Iterable[Opinion]) -> tuple[Opinion, ...]:
    """The opinions that stand in the way of a 正式稿: undecided, or not adopted without a reason."""
    return tuple(opinion for opinion in opinions if not opinion.settled)


def _listed(table: Table) -> Iterator[Opinion]:
    for record in table.records():
        text, cell = table.text(record, "opinion"), table.text_cell(record, "opinion")
        if not text or cell is None:
            continue
        decision = table.text(record, "adopted")
        yield Opinion(
            number=table.text(record, "number") or table.text(record, "serial"),
            by=table.text(record, "opinion_by"),
            on=table.text(record, "opinion_on"),
            text=text,
            concerns=table.text(record, "concerns"),
            adopted=adoption_of(decision),
            adopted_text=decision,
            grounds=table.text(record, "grounds"),
            cell=cell,
            table=table,
            record=record,
        )


_WORDS = {
    "采纳": ("采纳", "是", "已采纳", "全部采纳", "予以采纳", "同意"),
    "部分采纳": ("部分采纳", "部分", "部分同意", "部分予以采纳"),
    "不采纳": ("不采纳", "否", "未采纳", "不予采纳", "不同意", "没有采纳"),
}


class Adoption(Enum):
    """The decision; `UNDECIDED` where the cell is empty, `UNCLEAR` where its words are none of the known ones."""

    ADOPTED = "采纳"
    PARTLY = "部分采纳"
    REFUSED = "不采纳"
    UNDECIDED = "未决定"
    UNCLEAR = "写法不明"

    @property
    def decided(self) -> bool:
        """Whether somebody has decided."""
        return self not in (Adoption.UNDECIDED, Adoption.UNCLEAR)

    @property
    def wants_grounds(self) -> bool:
        """Whether the decision must be reasoned: what is not taken over whole."""
        return self in (Adoption.PARTLY, Adoption.REFUSED)


def adoption_of(text: str) -> Adoption:
    """The decision that the words of a cell state.

    >>> [adoption_of(text).value for text in ("是", "未采纳", "", "再议")]
    ['采纳', '不采纳', '未决定', '写法不明']
    """
    words = plain(text)
    if not words or words in ("待定", "未定", "未决定", "/", "—"):
        return Adoption.UNDECIDED
    known = next((value for value, forms in _WORDS.items() if words in forms), None)
    return Adoption.UNCLEAR if known is None else Adoption(known)
