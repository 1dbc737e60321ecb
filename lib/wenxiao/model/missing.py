"""The kinds of missing. A value that is not there says why; it is never 0 and never guessed."""

from __future__ import annotations

from enum import IntEnum


class Missing(IntEnum):
    """Why there is no value. The integer is the code kept in a column's `missing` array; 0 there means present.

    >>> Missing.NOT_PROVIDED.label
    '未提供'
    """

    NOT_RETURNED = 1
    NOT_PROVIDED = 2
    NOT_APPLICABLE = 3
    UNVERIFIABLE = 4
    UNSCORED = 5
    TOO_SMALL = 6
    COVERED = 7
    UNREADABLE = 8
    WITHHELD = 9

    @property
    def label(self) -> str:
        """The Chinese word a reader sees."""
        return _LABELS[self]


_LABELS = {
    Missing.NOT_RETURNED: "未报送",
    Missing.NOT_PROVIDED: "未提供",
    Missing.NOT_APPLICABLE: "不适用",
    Missing.UNVERIFIABLE: "无法核实",
    Missing.UNSCORED: "暂不计分",
    Missing.TOO_SMALL: "数值过小",
    Missing.COVERED: "见合并单元格",
    Missing.UNREADABLE: "无法识别",
    Missing.WITHHELD: "暂不计算",
}
