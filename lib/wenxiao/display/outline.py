"""The outline of a report: the parts of 10号 附3 in order, their headings by kind of report, Chinese numbering."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_SELF_EVALUATION: Mapping[str, str] = MappingProxyType(
    {
        "绩效评价工作开展情况": "绩效自评工作开展情况",
        "综合评价情况及评价结论": "绩效自评结论",
        "绩效评价指标分析": "绩效目标完成情况分析",
        "主要经验及做法、存在的问题及原因分析": "主要做法、偏离绩效目标的原因",
        "有关建议": "下一步改进措施",
    }
)
_NUMERALS = "零一二三四五六七八九"


def heading(title: str, report_kind: str) -> str:
    """The heading of a part of the outline in a kind of report; any other title as it is.

    >>> heading("有关建议", "单位自评"), heading("有关建议", "财政评价")
    ('下一步改进措施', '有关建议')
    """
    return _SELF_EVALUATION.get(title, title) if "自评" in report_kind else title


def anchor(place: str) -> str:
    """The id of the heading of a section, or of a part (section/part), which does not change with its number.

    >>> anchor("基本情况/资金情况")
    '基本情况-资金情况'
    """
    return re.sub(r"\W+", "-", place)


def numeral(number: int) -> str:
    """A number from 1 to 99 as headings count.

    >>> numeral(3), numeral(10), numeral(12), numeral(20), numeral(31)
    ('三', '十', '十二', '二十', '三十一')
    """
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones else "")
