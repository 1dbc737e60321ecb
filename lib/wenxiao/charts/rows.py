"""The layout nearly all charts share: one row a thing, its texts and figures in columns, then its bar or dot.

Columns are as wide as their widest text, so labels never meet marks and figures stand under each other. A long list is
set in two or three panels side by side with one scale, so that 150 rows still fit a printed page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenxiao.charts.columns import GUTTER, Column, density, fitting, panel_width, panels_for
from wenxiao.charts.labels import Tick
from wenxiao.charts.lettering import wrapped
from wenxiao.charts.page import AXIS, BEHIND, Label, Plot, Room, Words, tiers
from wenxiao.charts.style import ACCENT, RULE, SECOND, SMALL

_LINE = 16.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across all rows at one value, named above the plot."""

    at: float
    label: str
    colour: str = SECOND
    dashed: bool = True


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot and the rows it holds: `middles` in pixels below its top."""

    plot: Plot
    rows: range
    middles: dict[int, float]
    left: float
    top: float


class Rows:
    """The rows laid out on a page, ready for marks: `bar`, `dot`, `span` draw in row `index` at values of the x axis."""

    def __init__(
        self,
        room: Room,
        left: Sequence[Column],
        limits: tuple[float, float],
        *,
        right: Sequence[Column] = (),
        ticks: Sequence[Tick] = (),
        marks: Sequence[Mark] = (),
        height: float = 0.0,
        before: Sequence[float] = (),
        highlight: int | None = None,
        pad: float = 8.0,
    ) -> None:
        self._ticks, self._marks = ticks, marks
        self._limits = limits
        self._indent = 0.0 if highlight is None else 9.0
        count = len(left[0].cells)
        self.density = density(count)
        self._gap = self.density.gap
        edge = max((Words(t.label, size=SMALL).width * 0.56 for t in ticks), default=0.0)
        self._pad = max(pad, edge)
        edges = 2 * self._pad + self._indent
        panels = panels_for((*left, *right), edges, room.width)
        wide = panel_width(panels, room.width)
        if panels == 1:
            left, right = fitting(left, right, wide, edges)
        self._left, self._right = left, right
        self._wide = [column.width(wide) for column in left]
        self._wide_right = [column.width(wide) for column in right]
        self._lines = [self._wrapped(row) for row in range(count)]
        above = before or [0.0] * count
        least = height or self.density.row
        self._heights = [
            max(least, 4 + _LINE * max(map(len, cells)) * (max(map(len, cells)) > 1)) for cells in self._lines
        ]
        per = -(-count // panels)
        chunks = [range(start, min(start + per, count)) for start in range(0, count, per)]
        plot = max(sum(self._heights[i] + above[i] for i in chunk) for chunk in chunks)
        head, foot = self._head(wide), 22.0 if ticks else 4.0
        self.page = room.page(head + plot + foot)
        self.panels = [
            self._panel(chunk, number * (wide + GUTTER), wide, room.top, head, above, highlight)
            for number, chunk in enumerate(chunks)
        ]
        self._panel_of = {index: panel for panel in self.panels for index in panel.rows}

    def at(self, index: int) -> tuple[Plot, float]:
        """The plot that holds a row, and the row's middle on the page."""
        panel = self._panel_of[index]
        return panel.plot, panel.top + panel.middles[index]

    def bar(self, index: int, low: float, high: float, colour: str) -> None:
        """A bar from `low` to `high`."""
        plot, y = self.at(index)
        left, right = sorted((plot.x(low), plot.x(high)))
        thick = self.density.bar
        self.page.box(left, y - thick / 2, right - left, thick, colour)

    def dot(self, index: int, x: float, colour: str, *, hollow: bool = False) -> None:
        """A dot at `x`."""
        plot, y = self.at(index)
        edge, thick = (colour, 1.4) if hollow else ("", 0.0)
        fill = "#ffffff" if hollow else colour
        self.page.dot(plot.x(x), y, self.density.dot, fill, edge=edge, thick=thick)

    def span(self, index: int, low: float, high: float, colour: str, thick: float = 1.0) -> None:
        """A thin line from `low` to `high`."""
        plot, y = self.at(index)
        self.page.line([(plot.x(low), y), (plot.x(high), y)], colour, thick, layer=BEHIND)

    def _wrapped(self, row: int) -> list[tuple[str, ...]]:
        pairs = (*zip(self._left, self._wide, strict=True), *zip(self._right, self._wide_right, strict=True))
        return [wrapped(c.cells[row].text, c.cells[row].size, wide + 1, c.lines) for c, wide in pairs]

    def _plot(self, wide: float) -> tuple[float, float]:
        """Left and right end of the plot within a panel."""
        start = self._indent + sum(self._wide) + self._gap * len(self._wide) + self._pad
        end = wide - sum(self._wide_right) - self._gap * len(self._wide_right) - self._pad
        return start, end

    def _marks_of(self, wide: float) -> list[tuple[int, float, Words]]:
        start, end = self._plot(wide)
        low, high = self._limits
        across = [start + (m.at - low) / (high - low) * (end - start) for m in self._marks]
        wanted = [Label(x, Words(m.label, m.colour, SMALL)) for x, m in zip(across, self._marks, strict=True)]
        return tiers(wanted, start - self._pad, end + self._pad)

    def _head(self, wide: float) -> float:
        headers = any(column.header for column in (*self._left, *self._right))
        stacked = max((tier + 1 for tier, _, _ in self._marks_of(wide)), default=0)
        return max(20.0 * headers, _LINE * stacked + 4 * bool(stacked))

    def _panel(
        self,
        rows: range,
        x: float,
        wide: float,
        top: float,
        head: float,
        above: Sequence[float],
        highlight: int | None,
    ) -> Panel:
        start, end = self._plot(wide)
        high = sum(self._heights[i] + above[i] for i in rows)
        y0 = top + head
        plot = self.page.plot(x + start, y0, end - start, high, self._limits)
        middles: dict[int, float] = {}
        y = 0.0
        for index in rows:
            y += above[index]
            middles[index] = y + self._heights[index] / 2
            y += self._heights[index]
        panel = Panel(plot, rows, middles, x, y0)
        self._grid(plot)
        self._headers(panel, wide, y0)
        for index in rows:
            self._texts(panel, index, wide)
        if highlight is not None and highlight in rows:
            tall = self._heights[highlight]
            self.page.box(x, y0 + middles[highlight] - tall / 2 + 3, 3, tall - 6, ACCENT)
        return panel

    def _grid(self, plot: Plot) -> None:
        low, top = sorted(self._limits)
        for tick in self._ticks:
            plot.rule(tick.at, RULE, 0.7)
        if low <= 0 <= top and self._ticks:
            plot.rule(0, SECOND, 1, layer=AXIS)
        for mark in self._marks:
            plot.rule(mark.at, mark.colour, 1, dashed=mark.dashed, layer=AXIS)

    def _headers(self, panel: Panel, wide: float, y0: float) -> None:
        for column, x, room in self._spots(wide):
            if column.header:
                self.page.text(
                    panel.left + _at(column, x, room),
                    y0 - 10,
                    Words(column.header, SECOND, SMALL),
                    column.align,
                )
        for tier, x, words in self._marks_of(wide):
            self.page.text(panel.left + x, y0 - 10 - _LINE * tier, words, "center")
        start, end = self._plot(wide)
        low, high = self._limits
        bottom = y0 + sum(self._heights[i] for i in panel.rows) + self._extra(panel)
        labels = [
            Label(start + (t.at - low) / (high - low) * (end - start), Words(t.label, SECOND, SMALL))
            for t in self._ticks
        ]
        for tier, x, words in tiers(labels, start - self._pad, end + self._pad):
            if tier == 0:  # thinned out rather than stacked: the grid line stays
                self.page.text(panel.left + x, bottom + 12, words, "center")

    def _extra(self, panel: Panel) -> float:
        """Room left between rows of this panel."""
        last = panel.rows[-1]
        return panel.middles[last] + self._heights[last] / 2 - sum(self._heights[i] for i in panel.rows)

    def _texts(self, panel: Panel, index: int, wide: float) -> None:
        y = panel.top + panel.middles[index]
        for (column, x, room), lines in zip(self._spots(wide), self._lines[index], strict=True):
            words = column.cells[index]
            for number, line in enumerate(lines):
                self.page.text(
                    panel.left + _at(column, x, room),
                    y + (number - (len(lines) - 1) / 2) * _LINE,
                    Words(line, words.colour, words.size, words.bold),
                    column.align,
                )

    def _spots(self, wide: float) -> list[tuple[Column, float, float]]:
        """Every column with its left edge within a panel and its width."""
        spots: list[tuple[Column, float, float]] = []
        x = self._indent
        for column, room in zip(self._left, self._wide, strict=True):
            spots.append((column, x, room))
            x += room + self._gap
        x = wide - sum(self._wide_right) - self._gap * (len(self._right) - 1)
        for column, room in zip(self._right, self._wide_right, strict=True):
            spots.append((column, x, room))
            x += room + self._gap
        return spots


def _at(column: Column, x: float, room: float) -> float:
    return x if column.align == "left" else x + room if column.align == "right" else x + room / 2
