"""charts.pptx: the charts of the report as native, editable ones, one a slide, each with what it says and its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from pptx.presentation import Presentation

from wenxiao import display as show
from wenxiao.charts import Chart
from wenxiao.charts.style import ACCENT
from wenxiao.display.inline import Inline, Shade, cells_of, plain_text
from wenxiao.display.release import for_audience
from wenxiao.display.tables import ReportTable
from wenxiao.model import Given, Measure
from wenxiao.reports.hand_over.deck import chart_slide, cover_slide, new_deck, packed
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.plates import charts_of
from wenxiao.reports.hand_over.printed import sources_of
from wenxiao.reports.hand_over.slide_charts import add_chart, add_table

_Row = TypeVar("_Row")
_ROWS = 13
"""So many rows of a table are read on one slide; the rest goes on on the next."""
_PARTS = 3
"""A table goes on over so many slides; whole it stands in 报告用表 and 工作底稿."""
_EDIT = "图表可以编辑：选中后点“编辑数据”，数值为未经取整的数；样式可在图表工具中改动。"
_STEPS = ("#ffffff", "#eaf1f8", "#cfdfee", "#a9c6e0", "#3f76ab", ACCENT)
"""The grounds of the grid of rates, from below 60% up, as on the page."""


def slides(delivery: Delivery) -> bytes:
    """The presentation, the same bytes for the same input."""
    deck = new_deck(f"{delivery.title} 图表", delivery.mark)
    about = "　".join(filter(None, (delivery.kind, delivery.year)))
    cover_slide(deck, delivery.title, f"{about}\n报告图表 · {delivery.mark}\n{_EDIT}".strip())
    for chart in charts_of(delivery):
        source = _source(delivery, chart)
        native = chart.native
        subtitle = native.subtitle or chart.subtitle if native else f"{chart.caption}，图中的数据"
        notes = "\n".join((chart.caption, subtitle, source, chart.alt, _EDIT if native else ""))
        if native is not None:
            page = chart_slide(deck, chart.title, subtitle, source, delivery.mark, notes)
            add_chart(page, native, chart.caption, chart.alt)
        else:
            for part, rows in _parts(chart.data.texts):
                page = chart_slide(deck, f"{chart.title}{part}", subtitle, source, delivery.mark, notes)
                add_table(page, chart.data.headers, rows, chart.caption, chart.alt)
    _grid(deck, delivery)
    return packed(deck)


def _grid(deck: Presentation, delivery: Delivery) -> None:
    """The grid of rates as tables with coloured cells."""
    made = show.heat_grid(delivery.evaluation, delivery.district)
    table = for_audience(made, delivery.audience) if made else None
    if not isinstance(table, ReportTable):
        return
    heads = [
        table.stub.name,
        *(f"{head.name}\n{head.unit}" if head.unit else head.name for head in table.heads),
    ]
    rows = [[row.stub, *row.cells] for row in table.rows]
    subtitle = "得分率（得分÷分值），单位：%；按名次排列，颜色越深得分率越高"
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
