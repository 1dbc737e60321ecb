"""A figure laid out in pixels from its upper left corner: text and plots go where they are told, nothing is moved later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from wenxiao.charts.lettering import clean, fitted, width, wrapped
from wenxiao.charts.style import BODY, INK, SECOND, TITLE, WIDTH

Anchor = Literal["left", "center", "right"]
_DOTS = 72  # one point is one pixel of the SVG's view box
_BASELINE = 0.37  # from the middle of a line of Chinese text down to its baseline, in em
_LEADING = 1.35


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text and how it is set."""

    text: str
    colour: str = INK
    size: float = BODY
    bold: bool = False

    @property
    def width(self) -> float:
        """The room it takes, in pixels."""
        return width(clean(self.text), self.size)


class Page:
    """A matplotlib figure of `WIDTH` by `height` pixels, measured from the upper left corner."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.figure = Figure(figsize=(WIDTH / _DOTS, height / _DOTS), dpi=_DOTS)

    def text(self, x: float, y: float, words: Words, anchor: Anchor = "left") -> None:
        """Set one line, its middle at `y`."""
        self.figure.text(
            x / WIDTH,
            1 - (y + _BASELINE * words.size) / self.height,
            clean(words.text),
            ha=anchor,
            va="baseline",
            color=words.colour,
            fontsize=words.size,
            fontweight="bold" if words.bold else "normal",
        )

    def axes(self, left: float, top: float, wide: float, high: float) -> Axes:
        """An empty plot without frame and ticks; y runs downwards in pixels, from 0 at `top`."""
        box = (left / WIDTH, 1 - (top + high) / self.height, wide / WIDTH, high / self.height)
        axes = self.figure.add_axes(box)
        axes.set_axis_off()
        axes.set_ylim(high, 0)
        return axes

    def box(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """Fill a rectangle whose upper left corner is at `x`, `y`."""
        self.figure.add_artist(
            Rectangle(
                (x / WIDTH, 1 - (y + high) / self.height),
                wide / WIDTH,
                high / self.height,
                color=colour,
                lw=0,
            )
        )

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str, thick: float = 1) -> None:
        """Draw a line through points."""
        points = [x / WIDTH for x in xs], [1 - y / self.height for y in ys]
        self.figure.add_artist(Line2D(*points, color=colour, lw=thick, solid_capstyle="butt"))


@dataclass(frozen=True, slots=True)
class Heading:
    """Title and subtitle as a picture carries them; on a page they are the page's own text."""

    title: tuple[str, ...]
    subtitle: tuple[str, ...]

    @classmethod
    def of(cls, title: str, subtitle: str) -> Heading:
        """Both broken into lines of the chart's width."""
        return cls(wrapped(title, TITLE, WIDTH, 3), wrapped(subtitle, BODY, WIDTH, 3) if subtitle else ())

    @property
    def height(self) -> float:
        """The room it takes above the chart."""
        return _LEADING * (TITLE * len(self.title) + BODY * len(self.subtitle)) + 14

    def draw(self, page: Page) -> None:
        """Set it at the top of the page."""
        lines = [Words(line, INK, TITLE, True) for line in self.title]
        lines += [Words(line, SECOND, BODY) for line in self.subtitle]
        y = 0.0
        for words in lines:
            page.text(0, y + _LEADING * words.size / 2, words)
            y += _LEADING * words.size


@dataclass(frozen=True, slots=True)
class Label:
    """A label wanted at `x`, the middle of its text."""

    x: float
    words: Words


def tiers(labels: Sequence[Label], left: float, right: float) -> list[tuple[int, float, Words]]:
    """A tier (0 nearest) and the middle of each label: none leaves left … right, none touches another in its tier."""
    ends: list[float] = []
    placed: list[tuple[int, float, Words]] = []
    for label in sorted(labels, key=lambda each: each.x):
        text = fitted(label.words.text, label.words.size, right - left)
        words = Words(text, label.words.colour, label.words.size, label.words.bold)
        half = words.width / 2
        x = min(max(label.x, left + half), right - half)
        tier = next((i for i, end in enumerate(ends) if end <= x - half), len(ends))
        if tier == len(ends):
            ends.append(0.0)
        ends[tier] = x + half + 8
        placed.append((tier, x, words))
    return placed
