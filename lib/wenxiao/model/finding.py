"""A finding (核对差异): something the data says that does not agree with something else it says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

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
