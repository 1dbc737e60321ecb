"""A chart as a figure: inline SVG with text as text, and its data in a folded table, where its figures are traced."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, TypeGuard

from markupsafe import Markup

from wenxiao.display.blocks import Block
from wenxiao.display.inline import Inline, figures_in, plain_text
from wenxiao.display.rendering import Rendering
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.model import Given, Measure

if TYPE_CHECKING:
    from wenxiao.charts.chart import Chart, Data


def is_chart(value: object) -> TypeGuard[Chart]:
    """Whether a value is a chart, which it can be only where charts are loaded: a stylesheet is wanted without matplotlib."""
    loaded = sys.modules.get("wenxiao.charts.chart")
    return loaded is not None and isinstance(value, loaded.Chart)


@dataclass(frozen=True)
class ChartBlock:
    """A chart with its number, what it says, what it is, and its data, unless a table beside it (上表, 下表) has them all."""

    chart: Chart
    internal: bool = False
    data_in: str = ""

    def html(self, rendering: Rendering) -> Markup:
        """A figure; the SVG carries its own role, title and description."""
        chart = self.chart
        number = rendering.number("图", chart.title)
        label = f"{number}　{chart.title}" if number else chart.title
        return Markup(
            '<figure class="wx-chart"><figcaption><b>{}</b><span class="wx-quiet">{}</span></figcaption>'
            "{}{}{}</figure>"
        ).format(
            label,
            chart.subtitle,
            Markup(chart.svg),
            Markup(chart.phone_svg),
            self._data(rendering, number or chart.title),
        )

    def text(self) -> str:
        """What the chart says to those who do not see it."""
        return f"{self.chart.title}\n{self.chart.alt}"

    def figures(self) -> Iterator[Measure | Given]:
        """None: a finding stands beside the table, not the chart."""
        return iter(())

    def _data(self, rendering: Rendering, whose: str) -> Markup:
        if self.data_in:
            return Markup('<p class="wx-note">图中数据见{}。</p>').format(self.data_in)
        data = self.chart.data
        columns = list(zip(*data.rows, strict=True))
        heads = (
            Head(name, words=all(isinstance(datum, str) for datum in column))
            for name, column in zip(data.headers[1:], columns[1:], strict=True)
        )
        rows = tuple(Row(row[0], row[1:]) for row in data.rows)
        return ReportTable("图中数据", Head(data.headers[0]), tuple(heads), rows).folded(rendering, whose)


def with_data_once(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks; of a chart that the last table before it or the block after it has all figures of, no data."""
    done: list[Block] = []
    before: ReportTable | None = None
    for block, after in pairwise([*blocks, None]):
        beside = (("下表", after), ("上表", before))
        if isinstance(block, ChartBlock):
            data = block.chart.data
            having = (word for word, table in beside if isinstance(table, ReportTable) and _has(table, data))
            done.append(replace(block, data_in=next(having, "")))
        elif block is not None:
            before = block if isinstance(block, ReportTable) else before
            done.append(block)
    return tuple(done)


def _has(table: ReportTable, data: Data) -> bool:
    """Whether each row of a chart's data stands in a row of the table: the same figures, the same words."""
    rows = {plain_text(row.stub): {part for cell in row.cells for part in _parts(cell)} for row in table.rows}
    return all({each for each in rest if each} <= rows.get(str(first), set()) for first, *rest in data.rows)


def _parts(cell: Inline) -> Iterator[str | Measure | Given]:
    yield plain_text(cell)
    yield from figures_in(cell)
