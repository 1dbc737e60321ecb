"""Text as it will take room: widths, lines broken and names cut to fit, characters that may be drawn."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from matplotlib.ft2font import FT2Font, LoadFlags

from wenxiao.charts.style import face

SLACK = 1.06
"""Browsers use the reader's own face, whose digits may be wider than the one measured with."""

_LONGEST = 400
"""No line of a chart holds more characters; what is longer is cut before it is measured."""

_NOT_FIRST = set("，。、；：！？）》】”’％%·…")
_NOT_LAST = set("（《【“‘")


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    r"""`text` on one line, without control, bidirectional and unassigned characters: what any renderer can draw.

    >>> clean("沂\n南\u202e县")
    '沂 南县'
    """
    spaced = "".join(" " if char.isspace() else char for char in text)
    return " ".join("".join(c for c in spaced if unicodedata.category(c)[0] != "C").split())


def width(text: str, size: float) -> float:
    """The room `text` takes at `size`, in pixels, with slack for other faces."""
    return _ems(text) * size * SLACK


@lru_cache(maxsize=4096)
def _ems(text: str) -> float:
    return sum(map(_advance, text))


@lru_cache(maxsize=8192)
def _advance(char: str) -> float:
    """The advance of one character in em; a full em for one the face lacks."""
    font = _font()
    if not font.get_char_index(ord(char)):
        return 1.0
    font.set_size(100, 72)
    glyph = font.load_char(ord(char), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 100


@cache
def _font() -> FT2Font:
    """The face in memory: matplotlib opens it anew after every fork, since processes would share the place in its file."""
    return FT2Font(BytesIO(Path(face()).read_bytes()))


def fitted(text: str, size: float, room: float) -> str:
    """`text`, or as much of its beginning as fits into `room` with an ellipsis."""
    text = clean(text)[:_LONGEST]
    if width(text, size) <= room:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, size: float, room: float, lines: int = 2) -> tuple[str, ...]:
    """`text` broken into at most `lines` lines of `room`, the last one cut; punctuation begins no line.

    >>> wrapped("中央财政城镇保障性安居工程补助资金", 13, 120)
    ('中央财政城镇保障', '性安居工程补助…')
    """
    rest = clean(text)[:_LONGEST]
    result: list[str] = []
    whole = width(rest, size)
    if lines == 2 and room < whole < 2 * (room - size):
        room = whole / 2 + size  # two lines of about one length, no last character alone
    while len(result) < lines - 1 and width(rest, size) > room:
        end = _break(rest, size, room)
        result.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return (*result, fitted(rest, size, room))


def _break(text: str, size: float, room: float) -> int:
    """Where to break: as far as fits, not inside a number or word, not before punctuation."""
    end = 1
    while end < len(text) and width(text[: end + 1], size) <= room:
        end += 1
    for at in range(end, max(end // 2, 1), -1):
        before, after = text[at - 1], text[at]
        inside = before.isascii() and after.isascii() and not before.isspace() and not after.isspace()
        if not inside and after not in _NOT_FIRST and before not in _NOT_LAST:
            return at
    return end


def shortened(name: str, characters: int = 16) -> str:
    """A name for use within a sentence, at most so many characters long.

    >>> shortened("沂南县"), shortened("某某某某镇", 4)
    ('沂南县', '某某某…')
    """
    text = clean(name)
    return text if len(text) <= characters else text[: characters - 1] + "…"
