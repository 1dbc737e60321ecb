"""Charts and tables of a slide that the program which opens it draws, and lets anyone edit."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx.chart.chart import Chart
from pptx.chart.data import ChartData
from pptx.chart.series import BarSeries
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from wenxiao.charts.lettering import shortened
from wenxiao.charts.native import Beside, NativeChart, Series
from wenxiao.charts.style import INK, RULE, SECOND, on
from wenxiao.display.workbook import OutputWorkbook
from wenxiao.reports.hand_over.deck import (
    ACROSS,
    BODY_HIGH,
    BODY_TOP,
    LEFT,
    described,
    rgb,
    text_of,
)

_TYPES = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stack": XL_CHART_TYPE.BAR_STACKED,
    "steps": XL_CHART_TYPE.COLUMN_STACKED,
    "dots": XL_CHART_TYPE.LINE_MARKERS,
    "ranges": XL_CHART_TYPE.LINE_MARKERS,
}
_LYING = ("bars", "stack")
_LABELLED = 36
"""More values than these have no labels: they would lie on each other."""
_NAME, _NAME_BELOW = 24, 12
"""Characters of a name beside bars, and below columns and dots."""
_SIZES = ((12, 14), (20, 12), (40, 10), (10_000, 8))
_SHEET = "Sheet1"


def add_chart(slide: Slide, native: NativeChart, name: str, alt: str) -> None:
    """Adds the chart to the slide, with a workbook of its exact values."""
    data: Any = ChartData()  # type: ignore[no-untyped-call] # typed in part
    most = _NAME if native.form in _LYING else _NAME_BELOW
    names = [text_of(shortened(category, most)) for category in native.categories]
    data.categories = names
    for series in native.series:
        values = [None if value is None else float(value) for value in series.values]
        data.add_series(text_of(series.name, 80), values, _plain(series.number_format))
    frame: Any = slide.shapes.add_chart(_TYPES[native.form], LEFT, BODY_TOP, ACROSS, BODY_HIGH, data)
    described(frame, name, alt)
    chart = frame.chart
    # The library would write a category that begins with = as a formula, and the time of day.
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(native, names))
    _look(chart, native)
    for series, drawn in zip(native.series, chart.plots[0].series, strict=True):
        _series(drawn, series, native)
    _axes(chart, native)


def _look(chart: Chart, native: NativeChart) -> None:
    size = _size(len(native.categories))
    chart.font.size = Pt(size)
    chart.font.color.rgb = rgb(INK)
    chart.has_title = False
    shown = [series for series in native.series if series.colour and not series.named]
    chart.has_legend = len(shown) > 1 and native.form != "steps" and not any(s.named for s in native.series)
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(12)
    plot = chart.plots[0]
    if native.form in ("bars", "columns"):
        plot.gap_width, plot.overlap = (60, -5)
    elif native.form in ("stack", "steps"):
        plot.gap_width, plot.overlap = (60, 100)
    if native.form == "ranges":
        _joined(plot._element)


def _joined(plot: Any) -> None:
    """Lines from the highest to the lowest of each category."""
    lines = parse_xml(
        f'<c:hiLowLines {nsdecls("c", "a")}><c:spPr><a:ln w="38100"><a:solidFill>'
        f'<a:srgbClr val="{RULE.lstrip("#").upper()}"/></a:solidFill></a:ln></c:spPr></c:hiLowLines>'
    )
    plot.find(qn("c:marker")).addprevious(lines)


def _series(drawn: Any, series: Series, native: NativeChart) -> None:
    dotted = native.form in ("dots", "ranges")
    if dotted:
        drawn.format.line.fill.background()
        drawn.smooth = False
        drawn.marker.style = XL_MARKER_STYLE.CIRCLE
        drawn.marker.size = 9 if len(native.categories) <= _LABELLED else 5
        _filled(drawn.marker, series.colour)
    elif series.colour:
        _filled(drawn, series.colour)
        if isinstance(drawn, BarSeries):
            drawn.invert_if_negative = False
    else:
        drawn.format.fill.background()
        drawn.format.line.fill.background()
    for index, colour in native.marked.items() if series is native.series[0] else ():
        _filled(drawn.points[index], colour)
    apart = 1 if native.form in ("stack", "steps") else len(native.series)
    if series.labelled and series.colour and len(native.categories) * apart <= _LABELLED:
        _labels(drawn, series, native)


def _filled(part: Any, colour: str) -> None:
    part.format.fill.solid()
    part.format.fill.fore_color.rgb = rgb(colour)
    part.format.line.fill.background()


def _labels(drawn: Any, series: Series, native: NativeChart) -> None:
    labels = drawn.data_labels
    labels.show_value, labels.show_series_name = not series.named, series.named
    labels.number_format, labels.number_format_is_linked = series.number_format, False
    labels.font.size = Pt(_size(len(native.categories)))
    inside = native.form == "stack"
    labels.font.color.rgb = rgb(on(series.colour) if inside else INK)
    if native.form in ("bars", "columns"):
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
    elif native.form in ("dots", "ranges"):
        labels.position = XL_LABEL_POSITION.ABOVE
    else:
        labels.position = XL_LABEL_POSITION.CENTER
        labels.font.color.rgb = rgb(on(series.colour))


def _axes(chart: Chart, native: NativeChart) -> None:
    names, values = chart.category_axis, chart.value_axis
    names.has_major_gridlines = False
    names.format.line.color.rgb = rgb(SECOND)
    names.tick_labels.font.size = Pt(_size(len(native.categories)))
    names.tick_labels.offset = 50
    if any(value is not None and value < 0 for series in native.series for value in series.values):
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # beside the bars that go left, not on them
    if native.form in _LYING:  # the first category on top, the axis below the last
        names.reverse_order = True
        _far(values)
    least, most = native.limits
    if least is not None:
        values.minimum_scale = least
    if most is not None:
        values.maximum_scale = most
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = rgb(RULE)
    values.format.line.fill.background()
    values.tick_labels.font.size = Pt(11)
    values.tick_labels.font.color.rgb = rgb(SECOND)
    values.tick_labels.number_format = "0%" if native.series[0].number_format.endswith("%") else "#,##0"
    values.tick_labels.number_format_is_linked = False
    if native.form == "ranges":
        values.reverse_order = True  # the first rank on top
        _far(names)
    if native.form == "bars" and len(native.series) == 1:
        values.visible, values.has_major_gridlines = False, False  # every bar has its figure


def _far(axis: Any) -> None:
    """The axis stands at the far end of the other, which is reversed: at the left or below, as ever."""
    axis._element.find(qn("c:crosses")).set("val", "max")


def _size(categories: int) -> int:
    return next(size for most, size in _SIZES if categories <= most)


def _workbook(native: NativeChart, names: Sequence[str]) -> bytes:
    """The workbook behind a chart: what it draws where the chart looks for it, what belongs to it beside."""
    held = BytesIO()
    book = OutputWorkbook(held)
    sheet = book.add_worksheet(_SHEET)
    columns: list[tuple[str, Sequence[Beside], str]] = [(native.head, names, "")]
    columns += [(series.name, series.values, series.number_format) for series in native.series]
    columns += [(name, values, "") for name, values in native.beside]
    if any(len(name) > _NAME_BELOW for name in native.categories):
        columns.append((f"{native.head}全称", native.categories, ""))
    for number, (head, values, look) in enumerate(columns):
        sheet.write_string(0, number, text_of(head, 80))
        style = book.add_format({"num_format": _plain(look)}) if look else None
        for row, value in enumerate(values, 1):
            if isinstance(value, str):
                sheet.write_string(row, number, text_of(value))
            elif value is not None:
                sheet.write_number(row, number, float(value), style)
    sheet.set_column(0, len(columns) - 1, 16)
    book.close()
    return held.getvalue()


def _plain(number_format: str) -> str:
    """A number format without the condition under which a label says nothing."""
    return number_format.rpartition(";")[2] if number_format.startswith("[") else number_format


def add_table(
    slide: Slide,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    name: str,
    alt: str,
    grounds: Sequence[Sequence[str]] = (),
) -> None:
    """Adds the table to the slide, a cell with its own background where `grounds` gives one."""
    size = 12 if len(heads) <= 8 else 10 if len(heads) <= 14 else 8
    high = Emu(min(BODY_HIGH, Inches(0.34) * (len(rows) + 1)))
    frame = slide.shapes.add_table(len(rows) + 1, len(heads), LEFT, BODY_TOP, ACROSS, high)
    described(frame, name, alt)
    table = frame.table
    for column, head in enumerate(heads):
        _cell(table.cell(0, column), head, size, "#e8edf2", bold=True, left=column == 0)
    for row, cells in enumerate(rows, 1):
        for column, text in enumerate(cells):
            ground = grounds[row - 1][column] if grounds and grounds[row - 1][column] else "#ffffff"
            _cell(table.cell(row, column), text, size, ground, left=column == 0)


def _cell(cell: Any, text: str, size: int, ground: str, *, bold: bool = False, left: bool = False) -> None:
    cell.text = text_of(text, 200)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_top = cell.margin_bottom = Pt(1)
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(ground)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT if left else PP_ALIGN.CENTER
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(size), bold
            run.font.color.rgb = rgb(on(ground))
