"""Text as a Word file can hold it: what XML forbids, and what would turn a line around, is shown instead of obeyed."""

from __future__ import annotations

import re

from wenxiao.reports.direction import with_direction_shown

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FORBIDDEN = re.compile("[\x80-\x9f\ud800-\udfff\ufffe\uffff]")
_PICTURES = 0x2400
"""U+2400 and on: the pictures of the control characters (␀ ␁ …)."""


def written(text: str) -> str:
    r"""A text that every word processor opens, with what was unprintable made visible.

    Control characters become their pictures, marks of writing direction their code, what is no character at all �.
    Tabs and line ends become blanks: whoever wants lines splits the text before.

    >>> written("=1+1\x07<script>"), written("a\u202eb"), written("一\n二")
    ('=1+1␇<script>', 'a〔U+202E〕b', '一 二')
    """
    text = _CONTROLS.sub(lambda found: "␡" if found[0] == "\x7f" else chr(_PICTURES + ord(found[0])), text)
    text = _FORBIDDEN.sub("\ufffd", text)
    return re.sub(r"[\t\r\n]+", " ", with_direction_shown(text))
