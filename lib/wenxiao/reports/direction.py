"""Marks of writing direction, shown instead of obeyed: a name with one would print the figures after it in reverse."""

from __future__ import annotations

import re

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def with_direction_shown(text: str) -> str:
    r"""The text with the code of each mark in its place.

    >>> with_direction_shown("a\u202eb")
    'a〔U+202E〕b'
    """
    return _TURNING.sub(lambda found: f"〔U+{ord(found[0]):04X}〕", text)
