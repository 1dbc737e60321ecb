"""The look of all charts: colours, sizes, fonts, and the matplotlib settings, which hold only inside `styled()`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from matplotlib import style
from matplotlib.colors import to_hex, to_rgb
from matplotlib.font_manager import fontManager
from pylopdf_fonts_zh_cn import sans_path

INK = "#1a1a1a"
SECOND = "#57606a"
RULE = "#d0d7de"
FAINT = "#eef1f4"
ACCENT = "#1f4e79"
REST = "#a3b1bf"
LOSS = "#c55a11"
GAIN = "#5b8f3a"
CATEGORIES = ("#1f4e79", "#c55a11", "#5b8f3a", "#7b5ea7", "#8c8c8c")
"""Colour-blind safe and distinct in grey; more parts than these are told apart by their labels alone."""

GRADES = {"优": "#1b7f4b", "良": "#2f6fb2", "中": "#9a6700", "差": "#b3261e"}
STAGE_COLOURS = {
    "planned": "#c3d0dd",
    "initial_budget": "#c3d0dd",
    "budget": "#c3d0dd",
    "applied": "#c3d0dd",
    "approved": "#7fa1c1",
    "allocated": "#7fa1c1",
    "received": "#7fa1c1",
    "paid": "#4a77a3",
    "spent": "#1f4e79",
}
"""One blue, darker as the money moves on; the words beside the bars tell the stages, the colour only repeats them."""

WIDTH = 720.0
"""Pixels a chart is drawn for: the page's text column, so that its text comes out at the size of small type."""

BODY = 13.0
SMALL = 12.0
TITLE = 18.0

SANS = (
    "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC',"
    "'Heiti SC','WenQuanYi Micro Hei',SimHei,sans-serif"
)
"""The stack a browser chooses from; quotes are single, since it stands in an attribute."""

DRAWN_WITH = "Noto Sans SC"
_FALLBACK = "DejaVu Sans"  # ships with matplotlib: symbols outside the Chinese face


def colour_of_grade(label: str) -> str:
    """The colour of a grade; the second ink for the words of a local profile, which the word itself tells apart."""
    return GRADES.get(label, SECOND)


def tint(colour: str, share: float = 0.14) -> str:
    """A colour thinned with white, for what stands behind.

    >>> tint("#000000", 0.5)
    '#808080'
    """
    red, green, blue = (1 - share * (1 - part) for part in to_rgb(colour))
    return to_hex((red, green, blue))


@cache
def face() -> Path:
    """The Chinese face that text is measured with and PNG is drawn with, registered with matplotlib once.

    It is registered at bold weight too: there is one face, and asking matplotlib for a missing weight is a warning.
    """
    path = sans_path()
    fontManager.addfont(str(path))
    fontManager.ttflist.append(replace(fontManager.ttflist[-1], weight=700))
    return path


@contextmanager
def styled() -> Iterator[None]:
    """A context in which matplotlib draws and saves in this style; nothing of it stays behind."""
    face()
    with style.context(_SETTINGS, after_reset=True):
        yield


_SETTINGS = {
    "font.family": [DRAWN_WITH, _FALLBACK],
    "font.size": BODY,
    "text.color": INK,
    "text.parse_math": False,  # a $ in a name is a $
    "axes.unicode_minus": True,
    "axes.edgecolor": RULE,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "svg.fonttype": "none",
    "svg.hashsalt": "wenxiao",
    "path.simplify": False,
}
