"""A key above a plot: what each fill is, in words; more than one line where it must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenxiao.charts.lettering import fitted
from wenxiao.charts.page import Page, Words
from wenxiao.charts.style import BODY, INK, WIDTH

_LINE = 21.0
_BETWEEN = 18.0
_MOST = 300.0


@dataclass(frozen=True, slots=True)
class Swatch:
    """A fill as the plot has it, of some size, or a dot; its words, of which a long name is cut, and its figures."""

    colour: str
    label: str
    figures: str = ""
    wide: float = 13.0
    high: float = 11.0
    dot: bool = False

    @property
    def words(self) -> Words:
        """What it is."""
        return Words(fitted(self.label, BODY, _MOST) + self.figures, INK)

    @property
    def room(self) -> float:
        """The room it takes with its words."""
        return self.wide + 6 + self.words.width


def _placed(swatches: Sequence[Swatch]) -> list[tuple[float, int, Swatch]]:
    """Left edge and line of each."""
    x, line = 0.0, 0
    placed: list[tuple[float, int, Swatch]] = []
    for each in swatches:
        if x and x + each.room > WIDTH:
            x, line = 0.0, line + 1
        placed.append((x, line, each))
        x += each.room + _BETWEEN
    return placed


def key_height(swatches: Sequence[Swatch]) -> float:
    """The room a key takes."""
    return _LINE * (1 + _placed(swatches)[-1][1]) + 5 if swatches else 0.0


def draw_key(page: Page, top: float, swatches: Sequence[Swatch]) -> None:
    """Set a key, its upper edge at `top`."""
    for x, line, each in _placed(swatches):
        y = top + _LINE * (line + 0.5)
        if each.dot:
            page.dot(x + each.wide / 2, y, each.high, each.colour)
        else:
            page.box(x, y - each.high / 2, each.wide, each.high, each.colour)
        page.text(x + each.wide + 6, y, each.words)
