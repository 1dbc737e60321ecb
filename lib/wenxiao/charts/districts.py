"""One figure for all districts, as bars in administrative order; and where one district stands among the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.charts.chart import Chart, Data
from wenxiao.charts.columns import Column, names, numbers
from wenxiao.charts.labels import described, figures, full, reach, ticks
from wenxiao.charts.lettering import shortened
from wenxiao.charts.native import NativeChart, Series, format_of, told_names
from wenxiao.charts.page import MARKS, Page, Room, Words
from wenxiao.charts.rows import Rows
from wenxiao.charts.style import ACCENT, REST, RULE, SECOND, SMALL
from wenxiao.charts.style import REST as OTHERS
from wenxiao.evaluation.district_figure import DistrictFigure
from wenxiao.model import Measure
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

    def draw(room: Room) -> Page:
        chart = Rows(
            room,
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
            (*zip(places, values, strict=True), *(((_of(whole), whole),) if whole is not None else ())),
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


def _of(whole: Measure) -> str:
    """Whose sum it is: of all, or of those that reported."""
    return whole.basis if "未含" in whole.basis else whole.subject


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
    return f"{shown_figure.label}：{_extreme(shown_figure, known, most)}最高，{_extreme(shown_figure, known, least)}最低{rest}"


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


@dataclass(frozen=True, slots=True)
class _Strip:
    """One figure: the district's own value, the ends, the labels of these three, the place."""

    figure: DistrictFigure
    own: Measure
    least: Measure
    most: Measure
    labels: tuple[str, ...]
    rank: tuple[int, int] | None
    tied: bool

    @classmethod
    def of(cls, figure: DistrictFigure, district: str) -> _Strip | None:
        """The strip of a figure; None where the district is not in it, or fewer than two have a value."""
        if district not in figure.values or len(figure.across) < 2 or figure.ends is None:
            return None
        own, (least, most) = figure.values[district], figure.ends
        labels = figures((own, least, most), tuple(figure.values.values()))
        return cls(figure, own, least, most, labels, figure.rank(district), figure.tied(district))

    @property
    def name(self) -> str:
        """What it is, with its unit."""
        unit = symbol(self.figure)
        return f"{self.figure.label}（{unit}）" if unit else self.figure.label

    @property
    def place(self) -> str:
        """The place as words, or the word for a missing value."""
        if self.rank is None:
            return self.own.text
        return f"第 {self.rank[0]}/{self.rank[1]}" + ("（并列）" if self.tied else "")


def positions(figures_of: Sequence[DistrictFigure], district: str, word: str = "地区") -> Chart | None:
    """One district among its peers, a strip for each figure; None where no figure has it and another.

    Each strip has its own scale from the smallest to the largest value, which stand at its ends.
    """
    strips = [strip for figure in figures_of if (strip := _Strip.of(figure, district))]
    if all(strip.own.number is None for strip in strips):
        return None

    def draw(room: Room) -> Page:
        chart = Rows(
            room,
            [
                names([strip.name for strip in strips]),
                numbers(
                    [strip.labels[0] for strip in strips],
                    [strip.own.number is None for strip in strips],
                    shortened(district, 8),
                ),
                Column([Words(strip.labels[1], SECOND, SMALL) for strip in strips], "最低", "right", 110),
            ],
            (0.0, 1.0),
            right=[
                Column([Words(strip.labels[2], SECOND, SMALL) for strip in strips], "最高", "left", 110),
                Column([_place(strip) for strip in strips], "由大到小", "right"),
            ],
            height=32,
        )
        for index, strip in enumerate(strips):
            _draw(chart, index, strip)
        return chart.page

    return Chart(
        "positions",
        _positions_title(district, strips),
        f"蓝点为{shortened(district)}，灰点为同类地区；各行自有刻度，两端为最低值与最高值；位次按数值由大到小，不表示优劣",
        described(
            f"点带图：{district}各项数值在同类地区中的位置。",
            [
                f"{s.figure.label} {full(s.own)}" + (f"，{s.place}" if s.rank is not None else "")
                for s in strips
            ],
        ),
        Data(
            ("指标", district, "由大到小", "最低", "最高"),
            tuple((s.figure.label, s.own, s.place, s.least, s.most) for s in strips),
        ),
        draw,
        f"在各{word}中的位置",
    )


def _place(strip: _Strip) -> Words:
    return Words(strip.place, SECOND) if strip.rank is None else Words(strip.place)


def _draw(chart: Rows, index: int, strip: _Strip) -> None:
    """The peers as grey dots, one where several share a pixel, and the district's own above them."""
    chart.span(index, 0, 1, RULE)
    plot, y = chart.at(index)
    for x in sorted({round(plot.x(place)) for place in strip.figure.across}):
        chart.page.dot(x, y, 7, REST, edge="#ffffff", thick=0.7, layer=MARKS)
    if strip.own.number is not None:
        chart.page.dot(
            plot.x(strip.figure.stands(strip.own.number)), y, 11, ACCENT, edge="#ffffff", thick=1.2
        )


def _positions_title(district: str, strips: Sequence[_Strip]) -> str:
    """Where the district is largest and smallest; else where it stands highest."""
    apart = [s for s in strips if s.rank is not None and s.least.number != s.most.number]
    largest = [s.figure.label for s in apart if s.own.number == s.most.number]
    smallest = [s.figure.label for s in apart if s.own.number == s.least.number]
    parts = [f"{_few(labels)}{word}" for labels, word in ((largest, "最高"), (smallest, "最低")) if labels]
    if not parts:
        ranks = [
            (Fraction(*s.rank), f"{s.figure.label}由大到小列第 {s.rank[0]}（共 {s.rank[1]} 个）")
            for s in apart
            if s.rank is not None
        ]
        parts = [min(ranks)[1]] if ranks else ["各项数值均相同"]
    return f"{shortened(district)}在同类地区中：{'，'.join(parts)}"


def _few(labels: Sequence[str]) -> str:
    return "、".join(shortened(label) for label in labels[:3]) + (
        f"等 {len(labels)} 项" if len(labels) > 3 else ""
    )
