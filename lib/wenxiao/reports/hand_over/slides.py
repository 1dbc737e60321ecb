"""charts.pptx: key points and a few charts to speak to, then all others; native, editable, each with what it says and its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from pptx.presentation import Presentation

from wenxiao.charts import Chart
from wenxiao.charts.style import ACCENT
from wenxiao.display.chart import ChartBlock
from wenxiao.display.inline import Inline, Shade, cells_of, plain_text
from wenxiao.display.key_points import KeyPoints
from wenxiao.display.tables import ReportTable
from wenxiao.model import Given, Measure
from wenxiao.reports.hand_over.deck import (
    chart_slide,
    cover_slide,
    in_sections,
    new_deck,
    packed,
    write_lines,
)
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.filled import drawn, spoken
from wenxiao.reports.hand_over.printed import sources_of
from wenxiao.reports.hand_over.slide_charts import add_chart, add_table

_Row = TypeVar("_Row")
_ROWS = 13
"""So many rows of a table are read on one slide; the rest goes on on the next."""
_PARTS = 3
"""A table goes on over so many slides; whole it stands in 报告用表 and 工作底稿."""
_EDIT = "图表可以编辑：选中后点“编辑数据”，数值为未经四舍五入的数；样式可在图表工具中改动。"
_STEPS = ("#ffffff", "#eaf1f8", "#cfdfee", "#a9c6e0", "#3f76ab", ACCENT)
"""The grounds of the grid of rates, the darker the lower, as on the page."""


def slides(delivery: Delivery) -> bytes:
    """The presentation, the same bytes for the same input."""
    deck = new_deck(f"{delivery.title} 图表", delivery.mark)
    about = "　".join(filter(None, (delivery.kind, delivery.year)))
    cover_slide(deck, delivery.title, f"{about}\n报告图表 · {delivery.mark}\n{_EDIT}".strip())
    charts, tables = drawn(delivery)
    told = spoken(delivery)
    first = [block.chart.key for block in told if isinstance(block, ChartBlock)]
    for block in told:
        if isinstance(block, KeyPoints):
            lines = block.text().splitlines()
            page = chart_slide(deck, "要点", "", "", delivery.mark, "\n".join(lines))
            write_lines(page, lines)
    for chart in sorted(
        (each for each in charts if each.key in first), key=lambda each: first.index(each.key)
    ):
        _chart(deck, delivery, chart)
    count, rest = len(deck.slides), [chart for chart in charts if chart.key not in first]
    if rest or tables:
        cover_slide(deck, "备用图表", f"{delivery.title}\n以下供问答时查阅 · {delivery.mark}")
    for chart in rest:
        _chart(deck, delivery, chart)
    for table in tables:
        _table(deck, delivery, table)
    in_sections(deck, {"汇报": count, "备用图表": len(deck.slides) - count})
    return packed(deck)


def _chart(deck: Presentation, delivery: Delivery, chart: Chart) -> None:
    """Adds a chart in its native form to the deck, as its data where it has none."""
    source, native = _source(delivery, chart), chart.native
    subtitle = native.subtitle or chart.subtitle if native else f"{chart.caption}，图中的数据"
    notes = "\n".join((chart.caption, subtitle, source, chart.alt, _EDIT if native else ""))
    if native is not None:
        page = chart_slide(deck, chart.title, subtitle, source, delivery.mark, notes)
        add_chart(page, native, chart.caption, chart.alt)
        return
    for part, rows in _parts(chart.data.texts):
        page = chart_slide(deck, f"{chart.title}{part}", subtitle, source, delivery.mark, notes)
        add_table(page, chart.data.headers, rows, chart.caption, chart.alt)


def _table(deck: Presentation, delivery: Delivery, table: ReportTable) -> None:
    """Adds a table to the deck, the grid of rates with its coloured cells."""
    heads = [
        table.stub.name,
        *(f"{head.name}\n{head.unit}" if head.unit else head.name for head in table.heads),
    ]
    rows = [[row.stub, *row.cells] for row in table.rows]
    shaded = any(isinstance(cell, Shade) for _, *cells in rows for cell in cells)
    subtitle = "；".join(
        filter(None, (f"单位：{table.unit}" if table.unit else "", "颜色越深数值越低" if shaded else ""))
    )
    source = _source(delivery)
    for part, some in _parts(rows):
        notes = "\n".join((table.title, subtitle, source))
        page = chart_slide(deck, f"{table.title}{part}", subtitle, source, delivery.mark, notes)
        texts = [[plain_text(cell) for cell in row] for row in some]
        grounds = [[_ground(cell) for cell in row] for row in some]
        add_table(page, heads, texts, table.title, subtitle, grounds)


def _ground(cell: Inline) -> str:
    return _STEPS[cell.step] if isinstance(cell, Shade) else ""


def _parts(rows: Sequence[_Row]) -> Iterator[tuple[str, Sequence[_Row]]]:
    """The rows in parts that fit a slide, each with its number where there are several; of very many the first ones."""
    count = min(-(-len(rows) // _ROWS), _PARTS)
    cut = f"，前 {count * _ROWS} 行，共 {len(rows)} 行" if len(rows) > count * _ROWS else ""
    for number in range(count):
        label = f"（{number + 1}/{count}{cut}）" if count > 1 else ""
        yield label, rows[number * _ROWS : (number + 1) * _ROWS]


def _source(delivery: Delivery, chart: Chart | None = None) -> str:
    """The files and sheets that the figures of a chart come from; those of the tables by district where it names none."""
    cells = [
        cell
        for row in (chart.data.rows if chart else ())
        for datum in row
        if isinstance(datum, Measure | Given)
        for cell in cells_of(datum)
    ]
    ranking = delivery.evaluation.ranking
    if not cells and ranking is not None:
        cells = [cell for place in ranking.places for cell in cells_of(place.score)]
    return _named(delivery, sources_of(cells))


def _named(delivery: Delivery, source: str) -> str:
    return f"资料来源：{'报送的表格' if delivery.audience.names_a_peer(source) else source}"
