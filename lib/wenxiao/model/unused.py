"""Numbers of a sheet that no figure rests on, by ranges, each with one of a closed list of reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from wenxiao.model.cells import CellRef


class NotUsed(Enum):
    """Why a number of a visible sheet is not used; the value is the sentence a reader sees."""

    NO_TABLE = "不在任何表格之内"
    HEADING = "表头、标题或说明中的数"
    KIND_UNKNOWN = "表的类别未认出"
    COLUMN_UNKNOWN = "列名未认出"
    COLUMN_REPEATED = "与另一列是同一字段"
    ROW_ASIDE = "模板、示例、分组标题或注的行"
    OUTSIDE_TOTAL = "不在合计之内"
    HIDDEN = "所在的行或列是隐藏的"
    SET_ASIDE = "旁注指明不读"


@dataclass(frozen=True, slots=True)
class UnusedRange:
    """A range of a sheet whose numbers are not used: its first and last cell, how many numbers it holds, why, what it is of.

    `about` names the header or table, so that a reader knows the numbers without opening the file.
    """

    first: CellRef
    last: CellRef
    count: int
    reason: NotUsed
    about: str = ""

    @property
    def address(self) -> str:
        """The range within its sheet, as spreadsheets write it."""
        return self.first.address if self.first == self.last else f"{self.first.address}:{self.last.address}"
