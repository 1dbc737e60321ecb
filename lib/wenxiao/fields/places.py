"""What the places of a project are called together, by their own names."""

from __future__ import annotations

from collections.abc import Iterable

_KINDS = (("区县市旗", "县区"), ("乡镇", "乡镇"), ("道", "街道"), ("镇乡道", "镇街"))


def word_for(names: Iterable[str]) -> str:
    """What places are together by their names: 县区, 乡镇, 街道, 镇街, or 地区 where they are of several kinds.

    >>> word_for(["兰山区", "费县"]), word_for(["璜土镇", "夏港街道"]), word_for(["兰山区", "璜土镇"])
    ('县区', '镇街', '地区')
    """
    ends = {name[-1] for name in names if name}
    return next((word for kinds, word in _KINDS if ends <= set(kinds)), "地区")
