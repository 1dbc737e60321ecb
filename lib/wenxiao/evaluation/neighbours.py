"""Whom to show beside one of many: the first, the last, and those next to it. A report on one county is no list of thousands."""

from __future__ import annotations

MOST = 60
"""So many are shown whole."""
_ENDS, _SIDES = 3, 6


def neighbours(count: int, own: int | None) -> tuple[int, ...]:
    """The positions to show of `count` in a row, around `own`; all where nobody is in the middle or they are few.

    >>> neighbours(5, 2), neighbours(100, None) == tuple(range(100)), neighbours(100, 50)
    ((0, 1, 2, 3, 4), True, (0, 1, 2, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 97, 98, 99))
    """
    if own is None or count <= MOST:
        return tuple(range(count))
    shown = {*range(_ENDS), *range(own - _SIDES, own + _SIDES + 1), *range(count - _ENDS, count)}
    return tuple(sorted(place for place in shown if 0 <= place < count))


def said(count: int, word: str) -> str:
    """What was left out, in words, for a note; '' where all are shown."""
    return f"共 {count} 个{word}，只列首末各 {_ENDS} 个和本地区前后各 {_SIDES} 个。" if count > MOST else ""
