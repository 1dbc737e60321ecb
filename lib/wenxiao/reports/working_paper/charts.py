"""Native charts over the cells of a sheet: they follow when a figure is changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wenxiao.reports.working_paper.book import INPUT, QUIET, RULE, Sheet

_LABELLED, _LONGEST = 40, 60
_COLOURS = (INPUT, "#c55a11", "#5b8f3a", "#7b5ea7", "#8c8c8c")
_WIDTH, _LINE, _LEAST, _MOST = 640, 26, 260, 1_600


def score_rates(sheet: Sheet, first: int, count: int) -> None:
    """Bars of the score rates of a list of indicators, the list's order from the top."""
    bars(sheet, "一级指标得分率", first, count, (4,), unit="得分率", top=1, beside=7)


def bars(
    sheet: Sheet,
    title: str,
    first: int,
    count: int,
    columns: tuple[int, ...],
    *,
    unit: str,
    beside: int,
    top: float | None = None,
) -> None:
    """Horizontal bars from zero over the rows from `first`; names stand in column 1, figures in `columns`."""
    chart = sheet.book.workbook.add_chart({"type": "bar"})
    _series(chart, sheet, first, count, columns)
    # Figures stand beside their bars while there are few of them; the axis then says nothing new.
    axis: dict[str, Any] = {"min": 0, "visible": count > _LABELLED, "label_position": "high", "name": unit}
    axis["major_gridlines"] = {"visible": count > _LABELLED, "line": {"color": RULE}}
    chart.set_x_axis(axis | ({"max": top} if top else {}))
    chart.set_y_axis({"reverse": True, "line": {"color": QUIET}})
    _place(chart, sheet, title, columns, count, beside)


def columns(
    sheet: Sheet, title: str, first: int, count: int, figures: tuple[int, ...], *, unit: str, beside: int
) -> None:
    """Clustered columns from zero, one colour a figure."""
    chart = sheet.book.workbook.add_chart({"type": "column"})
    _series(chart, sheet, first, count, figures)
    chart.set_y_axis(
        {
            "min": 0,
            "name": unit,
            "num_format": "#,##0",
            "major_gridlines": {"visible": True, "line": {"color": RULE}},
        }
    )
    _place(chart, sheet, title, figures, 1, beside)


def drawable(names: Iterable[str]) -> bool:
    """Whether names fit beside an axis: a program that lays out one of thousands of characters hangs."""
    return all(len(name) <= _LONGEST for name in names)


def _series(chart: Any, sheet: Sheet, first: int, count: int, figures: tuple[int, ...]) -> None:
    last = first + count - 2
    for index, column in enumerate(figures):
        chart.add_series(
            {
                "name": [sheet.name, sheet.first - 2, column - 1],
                "categories": [sheet.name, first - 1, 0, last, 0],
                "values": [sheet.name, first - 1, column - 1, last, column - 1],
                "fill": {"color": _COLOURS[index % len(_COLOURS)]},
                "gap": 60,
                "data_labels": {"value": True} if len(figures) == 1 and count <= _LABELLED else {},
            }
        )


def _place(chart: Any, sheet: Sheet, title: str, figures: tuple[int, ...], count: int, beside: int) -> None:
    chart.set_title({"name": title, "overlay": False, "name_font": {"size": 12, "bold": True}})
    chart.set_legend({"none": True} if len(figures) == 1 else {"position": "bottom"})
    height = min(max(_LEAST, 90 + _LINE * count * len(figures)), _MOST)
    chart.set_size({"width": _WIDTH, "height": height})
    sheet.sheet.insert_chart(sheet.first - 2, beside - 1, chart, {"description": title})
