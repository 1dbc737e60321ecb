"""A page laid out in pixels from its upper left corner: what stands on it is a list, from which SVG and PNG are written.

Nothing is moved after it was placed: there is no layout engine, and a page of 150 rows is written in milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from wenxiao.charts.lettering import clean, fitted, width, wrapped
from wenxiao.charts.style import BODY, INK, SECOND, TITLE, WIDTH

Anchor = Literal["left", "center", "right"]
BASELINE = 0.37
"""From the middle of a line of Chinese text down to its baseline, in em."""
_LEADING = 1.35
_BOLD = 1.1

GRID, BEHIND, MARKS, AXIS, ABOVE, LETTERS = range(6)
"""The layers of a page, from back to front."""


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text and how it is set."""

    text: str
    colour: str = INK
    size: float = BODY
    bold: bool = False

    @property
    def width(self) -> float:
        """The room it takes, in pixels; bold digits are much wider in some faces."""
        return width(clean(self.text), self.size) * (_BOLD if self.bold else 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: where it is anchored, the middle of its height."""

    x: float
    y: float
    words: Words
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle by its upper left corner."""

    x: float
    y: float
    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points."""

    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """The middle of a dot."""

    x: float
    y: float


Shape = Box | Stroke | Dot


@dataclass(frozen=True, slots=True)
class Style:
    """How shapes are drawn: filled, outlined with a line of some thickness, dashed, as dots of a diameter."""

    kind: Literal["box", "stroke", "dot"]
    fill: str = ""
    edge: str = ""
    thick: float = 0.0
    dashed: bool = False
    across: float = 0.0


class Page:
    """`width` by `height` pixels, what stands on it, and the plots among it."""

    def __init__(self, height: float, width: float = WIDTH) -> None:
        self.width, self.height = width, height
        self.lines: list[Line] = []
        self.plots: list[Plot] = []
        self._shapes: dict[tuple[int, Style], list[Shape]] = {}

    @property
    def shapes(self) -> Iterator[tuple[Style, list[Shape]]]:
        """Shapes of one style together, from back to front."""
        for layer in sorted({layer for layer, _ in self._shapes}):
            for (each, style), shapes in self._shapes.items():
                if each == layer:
                    yield style, shapes

    def text(self, x: float, y: float, words: Words, anchor: Anchor = "left") -> None:
        """Set one line, its middle at `y`."""
        if text := clean(words.text):
            self.lines.append(Line(x, y, Words(text, words.colour, words.size, words.bold), anchor))

    def box(self, x: float, y: float, wide: float, high: float, fill: str, layer: int = MARKS) -> None:
        """Fill a rectangle whose upper left corner is at `x`, `y`."""
        self._add(layer, Style("box", fill), Box(x, y, wide, high))

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        thick: float = 1,
        *,
        dashed: bool = False,
        layer: int = ABOVE,
    ) -> None:
        """Draw a line through points."""
        self._add(layer, Style("stroke", "", colour, thick, dashed), Stroke(tuple(points)))

    def dot(
        self,
        x: float,
        y: float,
        across: float,
        fill: str,
        *,
        edge: str = "",
        thick: float = 0.0,
        layer: int = ABOVE,
    ) -> None:
        """Draw a dot of a diameter."""
        self._add(layer, Style("dot", fill, edge, thick, False, across), Dot(x, y))

    def plot(self, left: float, top: float, wide: float, high: float, limits: tuple[float, float]) -> Plot:
        """A plot whose x axis runs over `limits`."""
        plot = Plot(self, left, top, wide, high, limits)
        self.plots.append(plot)
        return plot

    def _add(self, layer: int, style: Style, shape: Shape) -> None:
        self._shapes.setdefault((layer, style), []).append(shape)


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """A part of a page with an x axis; `limits` may fall, so that the first rank stands at the right."""

    page: Page
    left: float
    top: float
    wide: float
    high: float
    limits: tuple[float, float]

    def x(self, value: float) -> float:
        """Where a value stands on the page."""
        low, high = self.limits
        return self.left + (value - low) / (high - low) * self.wide

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.top + self.high

    def rule(
        self, value: float, colour: str, thick: float, *, dashed: bool = False, layer: int = GRID
    ) -> None:
        """A line from top to bottom at a value."""
        x = self.x(value)
        self.page.line([(x, self.top), (x, self.bottom)], colour, thick, dashed=dashed, layer=layer)


@dataclass(frozen=True, slots=True)
class Room:
    """Where a chart is drawn: below so many pixels of its page, and how wide."""

    top: float = 0.0
    width: float = WIDTH

    def below(self, height: float) -> Room:
        """The room below something so high."""
        return Room(self.top + height, self.width)

    def page(self, height: float) -> Page:
        """A page for what takes so much height of the room."""
        return Page(self.top + height, self.width)


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
