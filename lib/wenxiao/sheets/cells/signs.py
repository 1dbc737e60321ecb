"""Signs that look like others or like nothing: what they are read as, one for one, and which of them are worth saying."""

from __future__ import annotations

import re
import unicodedata

from wenxiao.sheets.cells.raised import RAISED

_PLANES = (*range(0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x17000), *range(0x1B000, 0x20000))
"""Every range with blanks, digits or signs of format; those between hold letters and Chinese characters only."""
_KINDS = {
    sign: kind
    for sign in map(chr, (*_PLANES, *range(0xE0000, 0xE0200)))
    if (kind := unicodedata.category(sign)) in ("Zs", "Cf", "Cc", "Nd")
}
_BLANKS = {sign for sign, kind in _KINDS.items() if kind == "Zs"}
_INVISIBLE = {
    sign for sign, kind in _KINDS.items() if kind == "Cf" or (kind == "Cc" and sign not in "\t\n\r\v\f\x85")
} | set("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe0e\ufe0f")
_RADICALS = {
    sign: plain
    for sign in map(chr, (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)))
    if len(plain := unicodedata.normalize("NFKC", sign)) == 1 and plain != sign
}
_DIGITS = {
    sign: str(unicodedata.decimal(sign))
    for sign, kind in _KINDS.items()
    if kind == "Nd" and not sign.isascii()
}
_LOOK_ALIKE = {
    "﹣": "-", "‐": "-", "‑": "-", "‒": "-", "−": "-", "˗": "-", "➖": "-", "﹢": "+", "٪": "%", "﹪": "%", "٫": ".",
    "٬": ",", "﹐": ",", "﹒": ".", "，": ",", "．": ".",
}  # fmt: skip
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SURROGATES = {chr(code): "\ufffd" for code in range(0xD800, 0xE000)}

NAMES = str.maketrans(
    dict.fromkeys(_INVISIBLE, "")
    | dict.fromkeys(_BLANKS - {"\u3000"}, " ")
    | {"\u3000": " "}
    | _RADICALS
    | _SURROGATES
)
"""For names: what is not seen goes, every blank is a blank, a radical is the character it looks like."""
NUMBERS = {**NAMES, **str.maketrans(_DIGITS | _LOOK_ALIKE | _WIDE)}
"""For numbers and words that are compared: full-width and look-alike signs made plain, too."""
_ODD = "".join(
    {
        *_INVISIBLE,
        *_RADICALS,
        *(_DIGITS.keys() - _WIDE.keys()),
        *(_LOOK_ALIKE.keys() - _WIDE.keys()),
    }
)
ODD = re.compile(f"[\ud800-\udfff{re.escape(_ODD)}]")
"""The signs whose reading is worth saying; full-width ones and blanks are everyday."""
UNTIDY = r"[\p{Cf}\p{Zs}\x{FFFD}\x{2E80}-\x{2FDF}\x{F900}-\x{FAFF}]|[" + RAISED + r"①-⑳]"
"""Texts that may hold such signs, as pyarrow's expressions find them."""
MARK = re.compile(rf"(?<![A-Za-z米\s×])(?:[{RAISED}]+|[①-⑳]+)\s*$")
"""A footnote mark at the end of a name or number; behind a letter or 米 it is a power (m²)."""
