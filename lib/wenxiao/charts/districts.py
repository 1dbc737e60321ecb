"""Charts of districts side by side: one figure for all of them, and one district's place in every figure."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from wenxiao.charts.chart import Chart, Data
from wenxiao.charts.columns import Column, names, numbers
from wenxiao.charts.labels import described, figures, full, reach, ticks
from wenxiao.charts.lettering import shortened
from wenxiao.charts.page import Page, Words
from wenxiao.charts.rows import Rows
from wenxiao.charts.style import ACCENT, RULE, SECOND, SMALL
from wenxiao.charts.style import REST as OTHERS
from wenxiao.evaluation.districts import DistrictFigure
from wenxiao.model import Measure
from wenxiao.model.units import RATIO


def district_figure(shown_figure: DistrictFigure, highlight: str | None = None) -> Chart | None:
    """One figure as bars by district, in administrative order; None where fewer than two districts have it."""
    places = list(shown_figure.values)
    values = list(shown_figure.values.values())
    known = [float(number) * _scale(shown_figure) for value in values if (number := value.number) is not None]
    if len(known) < 2:
        return None
    low, high = reach(known)
    suffix = "%" if _is_rate(shown_figure) else ""
    at = places.index(highlight) if highlight in places else None

    def draw(top: float) -> Page:
        chart = Rows(
            top,
            [
                names(places, highlight=at),
                numbers(
                    figures(values), [v.number is None for v in values], _unit(shown_figure), highlight=at
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
    unit = _unit(shown_figure) or shown_figure.unit.symbol
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


def _is_rate(shown_figure: DistrictFigure) -> bool:
    return shown_figure.unit.dimension == RATIO.dimension


def _scale(shown_figure: DistrictFigure) -> int:
    return 100 if _is_rate(shown_figure) else 1


def _unit(shown_figure: DistrictFigure) -> str:
    return "" if _is_rate(shown_figure) else shown_figure.unit.symbol


def positions(figures: Sequence[DistrictFigure], district: str) -> Chart | None:
    """One district among its peers, a strip for each figure; None where no figure has it and another.

    Each strip has its own scale from the smallest to the largest value, which stand at its ends.
    """
    strips = [f for f in figures if district in f.values and len(_numbers(f)) >= 2]
    if not any(f.values[district].number is not None for f in strips):
        return None

    def draw(top: float) -> Page:
        own = [f.values[district] for f in strips]
        chart = Rows(
            top,
            [
                names([_named(f) for f in strips]),
                numbers(
                    [_label(f, m) for f, m in zip(strips, own, strict=True)],
                    [m.number is None for m in own],
                    shortened(district, 8),
                ),
                Column([_end(f, largest=False) for f in strips], "最小", "right", 110),
            ],
            (0.0, 1.0),
            right=[
                Column([_end(f, largest=True) for f in strips], "最大", "left", 110),
                Column([_rank(f, district) for f in strips], "由大到小", "right"),
            ],
            height=32,
        )
        for index, strip in enumerate(strips):
            _strip(chart, index, strip, district)
        return chart.page

    return Chart(
        "positions",
        _positions_title(district, strips),
        f"蓝点为{shortened(district)}，灰点为同类地区；各行自有刻度，两端为最小值与最大值；位次按数值由大到小，不表示优劣",
        described(
            f"点带图：{district}各项数值在同类地区中的位置。",
            [
                f"{f.label} {full(f.values[district])}"
                + (f"，{_rank(f, district).text}" if f.rank(district) else "")
                for f in strips
            ],
        ),
        Data(
            ("指标", district, "由大到小", "最小", "最大"),
            tuple(
                (
                    f.label,
                    f.values[district],
                    _rank(f, district).text,
                    min(_numbers(f), key=lambda pair: pair[0])[1],
                    max(_numbers(f), key=lambda pair: pair[0])[1],
                )
                for f in strips
            ),
        ),
        draw,
    )


def _strip(chart: Rows, index: int, strip: DistrictFigure, district: str) -> None:
    numbers_known = [number for number, _ in _numbers(strip)]
    low, high = min(numbers_known), max(numbers_known)
    chart.span(index, 0, 1, RULE)
    axes, y = chart.axes(index)

    def across(number: Fraction) -> float:
        return 0.5 if low == high else float((number - low) / (high - low))

    others = [
        across(n) for place, m in strip.values.items() if place != district and (n := m.number) is not None
    ]
    axes.plot(
        others, [y] * len(others), "o", ms=7, mfc=OTHERS, mec="white", mew=0.7, clip_on=False, alpha=0.8
    )
    own = strip.values[district].number
    if own is not None:
        axes.plot([across(own)], [y], "o", ms=11, mfc=ACCENT, mec="white", mew=1.2, clip_on=False, zorder=5)


def _numbers(strip: DistrictFigure) -> list[tuple[Fraction, Measure]]:
    return [(number, measure) for measure in strip.values.values() if (number := measure.number) is not None]


def _named(strip: DistrictFigure) -> str:
    unit = _unit(strip)
    return f"{strip.label}（{unit}）" if unit else strip.label


def _end(strip: DistrictFigure, *, largest: bool) -> Words:
    ordered = sorted(_numbers(strip), key=lambda pair: pair[0])
    return Words(_label(strip, ordered[-1 if largest else 0][1]), SECOND, SMALL)


def _label(strip: DistrictFigure, measure: Measure) -> str:
    """A value of a strip, with as many decimals as the others of its strip."""
    return dict(zip(strip.values, figures(list(strip.values.values())), strict=True))[measure.subject]


def _rank(strip: DistrictFigure, district: str) -> Words:
    rank = strip.rank(district)
    if rank is None:
        return Words(strip.values[district].text, SECOND)
    return Words(f"第 {rank[0]}/{rank[1]}" + ("（并列）" if strip.tied(district) else ""))


def _positions_title(district: str, strips: Sequence[DistrictFigure]) -> str:
    """Where the district is largest and smallest; else where it stands highest."""
    largest: list[str] = []
    smallest: list[str] = []
    ranks: list[tuple[Fraction, str]] = []
    for strip in strips:
        known = [number for number, _ in _numbers(strip)]
        own, rank = strip.values[district].number, strip.rank(district)
        if own is None or rank is None or min(known) == max(known):
            continue
        ranks.append((Fraction(*rank), f"{strip.label}由大到小列第 {rank[0]}（共 {rank[1]} 个）"))
        if own == max(known):
            largest.append(strip.label)
        if own == min(known):
            smallest.append(strip.label)
    parts = [
        f"{_few(names_of)}{word}" for names_of, word in ((largest, "最大"), (smallest, "最小")) if names_of
    ]
    if not parts:
        parts = [min(ranks)[1]] if ranks else ["各项数值均相同"]
    return f"{shortened(district)}在同类地区中：{'，'.join(parts)}"


def _few(labels: Sequence[str]) -> str:
    return "、".join(shortened(label) for label in labels[:3]) + (
        f"等 {len(labels)} 项" if len(labels) > 3 else ""
    )
