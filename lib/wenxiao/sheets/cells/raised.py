"""Text as a page shows it: what is raised keeps its look as raised signs, what is struck out is not there.

A footnote mark set high beside a number must not become one of its digits; written ¹ it stays visible and is no digit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_HIGH = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
) | {"[": "⁽", "]": "⁾", "（": "⁽", "）": "⁾", "〔": "⁽", "〕": "⁾", "−": "⁻", "注": ""}
_LOW = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
RAISED = "".join(dict.fromkeys([*filter(None, _HIGH.values()), *_LOW.values()]))
"""Every raised or lowered sign."""
_HIGH_SIGNS, _LOW_SIGNS = str.maketrans(_HIGH), str.maketrans(_LOW)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a cell's text in one look; `script` is 1 where it is raised, -1 where it is lowered."""

    text: str
    struck: bool = False
    script: int = 0


def shown(runs: Iterable[Run]) -> str:
    """What runs of text show together; a cell that is raised as a whole is only small.

    >>> shown([Run("800"), Run("1", script=1)]), shown([Run("700", struck=True), Run("800")])
    ('800¹', '800')
    >>> shown([Run("面积（万m"), Run("2", script=1), Run("）")])
    '面积（万m²）'
    """
    kept = [run for run in runs if not run.struck and run.text]
    if len({run.script for run in kept if run.text.strip()}) < 2:
        return "".join(run.text for run in kept)
    return "".join(scripted(run.text, run.script) for run in kept)


def scripted(text: str, script: int) -> str:
    """A text with its signs raised or lowered, as far as there are such signs."""
    if not script:
        return text
    return text.lower().translate(_HIGH_SIGNS) if script > 0 else text.translate(_LOW_SIGNS)
