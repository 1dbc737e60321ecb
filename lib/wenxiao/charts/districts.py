"""The chart of one figure for all districts, as bars in administrative order."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from wenxiao.charts.chart import Chart, Data
from wenxiao.charts.columns import names, numbers
from wenxiao.charts.labels import described, figures, full, reach, ticks
from wenxiao.charts.lettering import shortened
from wenxiao.charts.native import NativeChart, Series, format_of, told_names
from wenxiao.charts.page import Page
from wenxiao.charts.rows import Rows
from wenxiao.charts.style import ACCENT
from wenxiao.charts.style import REST as OTHERS
from wenxiao.evaluation.district_figure import DistrictFigure
from wenxiao.model.units import RATIO

_LONG = 16
"""More categories stand below each other as columns: names beside bars would grow too small."""


def district_figure(
    shown_figure: DistrictFigure, highlight: str | None = None, word: str = "地区"
) -> Chart | None:
    """One figure as bars by district, in administrative order; None where fewer than two have it, or all have zero."""
    places = list(shown_figure.values)
    values = list(shown_figure.values.values())
    known = [float(number) * _scale(shown_figure) for value in values if (number := value.number) is not None]
    if len(known) < 2 or not any(known):
        return None
    low, high = reach(known)
    suffix = "%" if is_rate(shown_figure) else ""
    at = places.index(highlight) if highlight in places else None

    def draw(top: float) -> Page:
        chart = Rows(
            top,
            [
                names(places, highlight=at),
                numbers(
                    figures(values), [v.number is None for v in values], symbol(shown_figure), highlight=at
                ),
            ],
            (low, high),
            ticks=ticks(low, high, most=5 if len(places) <= 60 else 2, suffix=suffix),
            highlight=at,
        )
        for index, value in enumerate(values):
            if value.number is not None:
                end = float(value.number) * _scale(shown_figure)
                chart.bar(index, min(end, 0), max(end, 0), ACCENT if at is None or index == at else OTHERS)
        return chart.page

    whole = shown_figure.sum
    numbers_of = tuple(value.number for value in values)
    unit = symbol(shown_figure) or shown_figure.unit.symbol
    return Chart(
        f"district_figure/{shown_figure.key}",
        _title(shown_figure, highlight if at is not None else None),
        f"{shown_figure.label}" + (f"，单位：{unit}" if unit else "") + "；按行政区划次序",
        described(
            f"条形图：{len(places)} 个地区的{shown_figure.label}。",
            [f"{place} {full(value)}" for place, value in zip(places, values, strict=True)],
        ),
        Data(
            ("地区", shown_figure.label),
            (*zip(places, values, strict=True), *(((whole.subject, whole),) if whole is not None else ())),
        ),
        draw,
        f"各{word}{shown_figure.label}",
        NativeChart(
            "bars" if len(places) <= _LONG else "columns",
            "地区",
            told_names(places, values),
            (Series(shown_figure.label, numbers_of, ACCENT, format_of(shown_figure.unit, numbers_of)),),
        ),
    )


def _title(shown_figure: DistrictFigure, highlight: str | None) -> str:
    known = [
        (number, place)
        for place, value in shown_figure.values.items()
        if (number := value.number) is not None
    ]
    missing = len(shown_figure.values) - len(known)
    rest = f"；{missing} 个未提供" if missing else ""
    if highlight is not None:
        own, rank = shown_figure.values[highlight], shown_figure.rank(highlight)
        if rank is None:
            return f"{shortened(highlight)}的{shown_figure.label}{own.text}{rest}"
        place = f"{'并列' if shown_figure.tied(highlight) else ''}第 {rank[0]}（共 {rank[1]} 个）"
        return f"{shortened(highlight)}的{shown_figure.label}为 {full(own)}，由大到小列{place}{rest}"
    most, least = max(number for number, _ in known), min(number for number, _ in known)
    if most == least:
        value = full(shown_figure.values[known[0][1]])
        return f"{len(known)} 个地区的{shown_figure.label}相同，均为 {value}{rest}"
    return f"{shown_figure.label}：{_extreme(shown_figure, known, most)}最大，{_extreme(shown_figure, known, least)}最小{rest}"


def _extreme(shown_figure: DistrictFigure, known: Sequence[tuple[Fraction, str]], value: Fraction) -> str:
    holders = [place for number, place in known if number == value]
    text = "、".join(shortened(place, 12) for place in holders[:2])
    more = f"等 {len(holders)} 个" if len(holders) > 2 else ""
    return f"{text}{more}（{full(shown_figure.values[holders[0]])}）"


def is_rate(shown_figure: DistrictFigure) -> bool:
    """Whether the figure is a rate, shown in per cent."""
    return shown_figure.unit.dimension == RATIO.dimension


def _scale(shown_figure: DistrictFigure) -> int:
    return 100 if is_rate(shown_figure) else 1


def symbol(shown_figure: DistrictFigure) -> str:
    """Its unit for a header; none for a rate, whose figures carry their %."""
    return "" if is_rate(shown_figure) else shown_figure.unit.symbol
