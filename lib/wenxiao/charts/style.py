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
DEEP = "#b8530f"
"""The colour of a loss where figures stand on it: a shade darker, so that white reads."""

SHADES = ("#1f4e79", "#8fb0cf", "#c9d9e8")
_FIVE = ("#1f4e79", "#8fb0cf", "#0d2238", "#c9d9e8")
"""What stands beside one highlight in a stack: one blue, so far apart in lightness that grey print tells them too."""

PARTS = (*SHADES, "#0d2238", "#6d7f90")
"""The parts of one bar where none stands out; more parts than these are told apart by their labels alone."""

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
PHONE = 328.0
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


def stack_colours(count: int, highlight: int) -> tuple[str, ...]:
    """The colours of up to five parts of a stack, one of which stands out.

    >>> stack_colours(3, 1)
    ('#1f4e79', '#b8530f', '#8fb0cf')
    """
    rest = iter(SHADES if count < 5 else _FIVE)
    return tuple(DEEP if index == highlight else next(rest) for index in range(count))


@cache
def on(colour: str) -> str:
    """The ink that reads on a fill: white or black, whichever has more contrast.

    >>> on("#1f4e79"), on("#c9d9e8")
    ('#ffffff', '#1a1a1a')
    """
    white, black = luminance("#ffffff") + 0.05, luminance(INK) + 0.05
    own = luminance(colour) + 0.05
    return "#ffffff" if white / own > own / black else INK


def luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.2): what is left of it in grey print."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


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


def adopt() -> None:
    """Gives charts that are drawn with pyplot a Chinese face and this style, until `matplotlib.rcdefaults`."""
    face()
    style.use(_OWN)


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

_OWN = {
    "font.family": [DRAWN_WITH, _FALLBACK],
    "text.color": INK,
    "text.parse_math": False,
    "axes.labelcolor": INK,
    "axes.edgecolor": RULE,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.prop_cycle": "cycler(color=['#1f4e79', '#c55a11', '#5b8f3a', '#7b5ea7', '#8c8c8c'])",
    "grid.color": RULE,
    "xtick.color": SECOND,
    "ytick.color": SECOND,
}
"""What charts of one's own begin with; theirs to change."""
