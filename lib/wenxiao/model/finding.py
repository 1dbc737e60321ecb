"""What the audit says: findings (核对差异), and the numbers of a sheet that no figure rests on, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from wenxiao.model.cells import CellRef


class Severity(IntEnum):
    """How much a finding weighs; sorted, the gravest is first.

    >>> [severity.label for severity in sorted(Severity)]
    ['错误', '警示', '提示']
    """

    ERROR = 1
    WARNING = 2
    HINT = 3

    @property
    def label(self) -> str:
        """The Chinese word a reader sees."""
        return {1: "错误", 2: "警示", 3: "提示"}[int(self)]


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference as data.

    `code` is stable and listed in the documentation of checks; `subject` is what it concerns (产出得分率); `message` is a
    Chinese sentence a county clerk can act on; `printed` and `recomputed` are shown side by side, `tolerance` is what the
    printed precision allows; `cells` are all the cells it rests on; `about` names keys of measures, so that a report can
    put the finding beside them; `remedy` says what to do; `suspects` are the cells of the one figure that explains the
    difference, where only one does. `state` is empty while it is open: 已更正 where a confirmed correction settles it, 已说明 where the
    analyst answered for it, with the `answer`; its severity then counts no more.

    >>> import pandas as pd, wenxiao as wx
    >>> finding = wx.audit(pd.DataFrame({"资金来源": ["中央", "省级", "合计"], "预算数（万元）": [100, 50, 160]}))[0]
    >>> finding.severity.label, finding.printed, finding.recomputed, str(finding.cells[0])
    ('错误', '160万元', '150万元', 'DataFrame［Sheet1］B4')
    """

    code: str
    severity: Severity
    subject: str
    message: str
    printed: str = ""
    recomputed: str = ""
    tolerance: str = ""
    cells: tuple[CellRef, ...] = ()
    about: tuple[str, ...] = ()
    remedy: str = ""
    suspects: tuple[CellRef, ...] = ()
    state: str = ""
    answer: str = ""

    @property
    def word(self) -> str:
        """The word it opens with: how much it weighs, or how it was settled."""
        return self.state or self.severity.label


def by_severity(findings: list[Finding] | tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings in reading order: gravest first and settled ones last, then by code, subject and first cell, so that runs agree."""
    return tuple(
        sorted(findings, key=lambda f: (bool(f.state), f.severity, f.code, f.subject, f.cells[:1], f.message))
    )


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
