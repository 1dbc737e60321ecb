"""What was decided on an opinion or a reply: 采纳, 部分采纳, 不采纳, or nothing yet."""

from __future__ import annotations

from enum import Enum

from wenxiao.fields import plain

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
