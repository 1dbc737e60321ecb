"""A chart as a figure: inline SVG with text as text, and its data in a folded table, where its figures are traced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from markupsafe import Markup

from wenxiao.display.rendering import Rendering
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.model import Given, Measure


class DrawingData(Protocol):
    """The figures of a chart as rows, each with what they are called first."""

    @property
    def headers(self) -> tuple[str, ...]:
        """What the columns are."""
        ...

    @property
    def rows(self) -> tuple[tuple[str | Measure | Given, ...], ...]:
        """Words and figures."""
        ...


@runtime_checkable
class Drawing(Protocol):
    """A chart as `wenxiao.charts` gives it, known by its parts: the stylesheet is wanted without matplotlib."""

    @property
    def title(self) -> str:
        """What there is to see."""
        ...

    @property
    def subtitle(self) -> str:
        """What it is, and its unit."""
        ...

    @property
    def alt(self) -> str:
        """The same for those who do not see it."""
        ...

    @property
    def svg(self) -> str:
        """The picture, inert, with its role, title and description."""
        ...

    @property
    def data(self) -> DrawingData:
        """The figures it shows."""
        ...


@dataclass(frozen=True)
class ChartBlock:
    """A chart with its number, what it says, what it is, and its data."""

    chart: Drawing
    internal: bool = False

    def html(self, rendering: Rendering) -> Markup:
        """A figure; the SVG carries its own role, title and description."""
        chart = self.chart
        number = rendering.number("图", chart.title)
        label = f"{number}　{chart.title}" if number else chart.title
        return Markup(
            '<figure class="wx-chart"><figcaption><b>{}</b><span class="wx-quiet">{}</span></figcaption>'
            '<div class="wx-scroll" tabindex="0" role="region" aria-label="{}">{}</div>{}</figure>'
        ).format(
            label, chart.subtitle, label, Markup(chart.svg), self._data(rendering, number or chart.title)
        )

    def text(self) -> str:
        """What the chart says to those who do not see it."""
        return f"{self.chart.title}\n{self.chart.alt}"

    def figures(self) -> Iterator[Measure | Given]:
        """None: a finding stands beside the table, not the chart."""
        return iter(())

    def _data(self, rendering: Rendering, whose: str) -> Markup:
        data = self.chart.data
        columns = list(zip(*data.rows, strict=True))
        heads = (
            Head(name, words=all(isinstance(datum, str) for datum in column))
            for name, column in zip(data.headers[1:], columns[1:], strict=True)
        )
        rows = tuple(Row(row[0], row[1:]) for row in data.rows)
        return ReportTable("图中数据", Head(data.headers[0]), tuple(heads), rows).folded(rendering, whose)
