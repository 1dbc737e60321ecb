"""Columns of texts beside a plot, and how densely a list is set: long lists in small type and side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenxiao.charts.page import Anchor, Words
from wenxiao.charts.style import BODY, INK, SECOND, SMALL, WIDTH

GUTTER = 26.0
_LONG = 60
_NAME = 190.0
_FIGURE = 130.0


@dataclass(frozen=True, slots=True)
class Density:
    """How a list is set: size of its text, height of its rows, gaps between columns, the least a plot may be."""

    long: bool

    @property
    def size(self) -> float:
        """The size of texts."""
        return SMALL if self.long else BODY

    @property
    def gap(self) -> float:
        """The room between two columns."""
        return 8.0 if self.long else 12.0

    @property
    def row(self) -> float:
        """The height of a row."""
        return 18.0 if self.long else 26.0

    @property
    def bar(self) -> float:
        """The thickness of a bar."""
        return 10.0 if self.long else 15.0

    @property
    def dot(self) -> float:
        """The diameter of a dot."""
        return 6.0 if self.long else 8.0

    @property
    def plot(self) -> float:
        """The least width of a plot."""
        return 40.0 if self.long else 70.0


def density(count: int) -> Density:
    """How a list of so many rows is set."""
    return Density(count > _LONG)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of texts beside the plot: one cell a row, the header above, where it is aligned, how wide it may be."""

    cells: Sequence[Words]
    header: str = ""
    align: Anchor = "left"
    most: float = _NAME
    lines: int = 1

    def width(self, panels: int = 1) -> float:
        """The room it takes: its widest text, at most `most`, and at most a third of a panel where there are several."""
        most = self.most if panels == 1 else min(self.most, 0.36 * panel_width(panels))
        widest = max((words.width for words in self.cells), default=0.0)
        return max(min(widest, most), Words(self.header, size=SMALL).width)


def names(texts: Sequence[str], *, highlight: int | None = None) -> Column:
    """The column of names, the highlighted one bold; two lines for a long one, where the list itself is not long."""
    dense = density(len(texts))
    cells = [Words(text, INK, dense.size, index == highlight) for index, text in enumerate(texts)]
    return Column(cells, lines=1 if dense.long else 2)


def numbers(
    texts: Sequence[str], missing: Sequence[bool], header: str, *, highlight: int | None = None
) -> Column:
    """A column of figures, right-aligned; a word for an absence in the second ink."""
    size = density(len(texts)).size
    cells = [
        Words(text, SECOND if absent else INK, size, index == highlight)
        for index, (text, absent) in enumerate(zip(texts, missing, strict=True))
    ]
    return Column(cells, header, "right", _FIGURE)


def panel_width(panels: int) -> float:
    """The width of one of so many panels side by side."""
    return (WIDTH - GUTTER * (panels - 1)) / panels


def panels_for(columns: Sequence[Column], room: float) -> int:
    """How many panels a list is set in: as many as leave each a plot, with `room` for its edges; one for a short list."""
    dense = density(len(columns[0].cells))
    for panels in (3, 2) if dense.long else ():
        texts = sum(column.width(panels) + dense.gap for column in columns)
        if panel_width(panels) - texts - room >= dense.plot:
            return panels
    return 1
