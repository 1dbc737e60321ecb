"""Columns of texts beside a plot, and how densely a list is set: long lists in small type and side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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

    def width(self, panel: float) -> float:
        """The room it takes of a panel: its widest text, at most `most`, and at most a third of a narrow panel."""
        most = self.most if panel >= WIDTH else min(self.most, 0.36 * panel)
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


def panel_width(panels: int, across: float) -> float:
    """The width of one of so many panels side by side."""
    return (across - GUTTER * (panels - 1)) / panels


def fitting(
    left: Sequence[Column], right: Sequence[Column], panel: float, edges: float
) -> tuple[list[Column], list[Column]]:
    """The columns that leave a plot its room in one panel: names in more lines, then without figures before the last."""
    left, right = list(left), list(right)
    gap = density(len(left[0].cells)).gap

    def plot() -> float:
        return panel - edges - sum(column.width(panel) + gap for column in (*left, *right))

    if plot() < _LEAST:
        left[0] = replace(left[0], most=min(left[0].most, _FEW * panel), lines=max(left[0].lines, 3))
    while plot() < _LEAST:
        figures = [column for column in left if column.align == "right"]
        if len(figures) + bool(right) < 2:
            break
        left.remove(figures[0])
    return left, right


_LEAST, _FEW = 64.0, 0.24


def panels_for(columns: Sequence[Column], edges: float, across: float) -> int:
    """How many panels a list is set in: as many as leave each a plot, with room for its edges; one for a short list."""
    dense = density(len(columns[0].cells))
    for panels in (3, 2) if dense.long else ():
        wide = panel_width(panels, across)
        texts = sum(column.width(wide) + dense.gap for column in columns)
        if wide - texts - edges >= dense.plot:
            return panels
    return 1
