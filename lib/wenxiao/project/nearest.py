"""The known name nearest to a misspelt one, for messages that help."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process


def nearest(word: str, known: Iterable[str]) -> str:
    """The name most like `word`, or '' where none is.

    >>> nearest("罗庄", ["兰山区", "罗庄区"]), nearest("x", ["兰山区"])
    ('罗庄区', '')
    """
    found = process.extractOne(word, list(known), score_cutoff=50)
    return found[0] if found else ""
