"""The chart of where districts lost their points: a stack of first-level indicators for each, in rank order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.charts.chart import Chart, Data
from wenxiao.charts.columns import Column, density, names
from wenxiao.charts.labels import Swatch, described, draw_key, key_height, listed, points, reach, ticks
from wenxiao.charts.lettering import shortened
from wenxiao.charts.native import NativeChart, Series
from wenxiao.charts.page import Page, Room, Words
from wenxiao.charts.rows import Rows
from wenxiao.charts.style import INK, SECOND, SMALL, on, stack_colours
from wenxiao.evaluation.robustness import Robustness
from wenxiao.evaluation.robustness.gap import ADJUSTMENT
from wenxiao.model import shown

_PARTS = 5
_SHARE = 0.045
"""A part of a native stack smaller than this share of the longest has no room for its figure."""
_LONG = 16
"""Of more districts a native stack has no figures."""
_ROOM = 8.0  # a figure stands in its part only with this much to spare


@dataclass(frozen=True, slots=True)
class _Losses:
    """What districts lost, best first: by part of a stack, and their totals."""

    parts: tuple[str, ...]
    districts: tuple[str, ...]
    ranks: tuple[str, ...]
    lost: tuple[tuple[Fraction, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...]
    scores: tuple[Fraction, ...]
    means: tuple[Fraction, ...]
    most: int
    """The part that lost most of all."""


def lost_by_district(
    firm: Robustness | None, highlight: str | None = None, word: str = "地区"
) -> Chart | None:
    """What each district lost by first-level indicator, best first, with its total; None without scores by indicator.

    Of more than five indicators the four that cost most are shown and the others added up. A score above its 分值 stands
    left of zero.
    """
    found = None if firm is None else _losses(firm)
    if found is None:
        return None
    at = found.districts.index(highlight) if highlight in found.districts else None
    colours = stack_colours(len(found.parts), found.most)
    right = [float(sum(max(part, Fraction(0)) for part in row)) for row in found.lost]
    left = [float(sum(min(part, Fraction(0)) for part in row)) for row in found.lost]
    low, high = reach([*right, *left])

    def draw(room: Room) -> Page:
        swatches = [
            Swatch(colour, part, f" 平均扣 {points(mean)}")
            for colour, part, mean in zip(colours, found.parts, found.means, strict=True)
        ]
        chart = Rows(
            room.below(key_height(swatches, room.width)),
            _columns(found, at),
            (low, high),
            ticks=ticks(low, high, most=3 if density(len(found.districts)).long else 5),
            highlight=at,
        )
        draw_key(chart.page, room, swatches)
        for index in range(len(found.lost)):
            _stack(chart, index, found, colours)
        return chart.page

    subtitle = "各评价对象在各一级指标上失去的分数（分值－得分），按名次排列，单位：分"
    subtitle += "；零线以左为得分超过分值" if low < 0 else ""
    return Chart(
        "lost_by_district",
        _title(found, at),
        subtitle,
        described(
            f"堆积条形图：{len(found.districts)} 个评价对象的失分。",
            [
                f"{name} 失 {lost} 分（{'、'.join(map(' '.join, zip(found.parts, texts, strict=True)))}）"
                for name, lost, texts in zip(found.districts, found.sums, found.texts, strict=True)
            ],
        ),
        Data(
            ("评价对象", "名次", *found.parts, "失分合计", "得分"),
            tuple(
                (name, rank, *texts, lost, points(score))
                for name, rank, texts, lost, score in zip(
                    found.districts, found.ranks, found.texts, found.sums, found.scores, strict=True
                )
            ),
        ),
        draw,
        f"各{word}失分",
        _native(found, max(right), subtitle),
    )


def _native(found: _Losses, longest: float, subtitle: str) -> NativeChart:
    """What each district lost, stacked by indicator, in rank order; a part that its figure does not fit into has none."""
    number_format = f'[<{longest * _SHARE:.2f}]"";0.00'
    labelled = len(found.districts) <= _LONG
    columns = zip(*found.lost, strict=True)
    colours = stack_colours(len(found.parts), found.most)
    series = tuple(
        Series(part, tuple(values), colour, number_format, labelled=labelled)
        for part, values, colour in zip(found.parts, columns, colours, strict=True)
    )
    least = min(min(row) for row in found.lost)
    return NativeChart(
        "stack",
        "评价对象",
        found.districts,
        series,
        (("得分", found.scores),),
        limits=(0 if least >= 0 else None, None),
        subtitle=subtitle,
    )


def _losses(firm: Robustness) -> _Losses | None:
    if not firm.matrix.detailed or len(firm.matrix) < 2:
        return None
    matrix = firm.matrix.at(1)
    order = sorted(range(len(matrix)), key=lambda i: firm.intervals[i].rank)
    rows = [
        [
            leaf.weight - matrix.points(score)
            for leaf, score in zip(matrix.leaves, matrix.scores[i], strict=True)
        ]
        for i in order
    ]
    labels = list(matrix.labels)
    if matrix.offsets is not None:  # points that no indicator bears
        labels.append(ADJUSTMENT)
        rows = [[*row, -matrix.offset(i)] for i, row in zip(order, rows, strict=True)]
    sums = [sum(column, Fraction(0)) for column in zip(*rows, strict=True)]
    if not any(any(row) for row in rows):
        return None
    if len(labels) > _PARTS:
        worst = sorted(range(len(labels)), key=lambda j: -sums[j])[: _PARTS - 1]
        kept = sorted(worst)
        labels = [*(labels[j] for j in kept), f"其余 {len(labels) - len(kept)} 项"]
        rows = [
            [*(row[j] for j in kept), sum((part for j, part in enumerate(row) if j not in kept), Fraction(0))]
            for row in rows
        ]
        sums = [sums[j] for j in kept]
    places = [firm.intervals[i].rank for i in order]
    return _Losses(
        tuple(labels),
        tuple(matrix.districts[i] for i in order),
        tuple(f"{rank}" + (" 并列" if places.count(rank) > 1 else "") for rank in places),
        tuple(map(tuple, rows)),
        tuple(tuple(map(points, row)) for row in rows),
        tuple(points(matrix.full - matrix.points(matrix.totals[i])) for i in order),
        tuple(matrix.points(matrix.totals[i]) for i in order),
        tuple(sum(column, Fraction(0)) / len(rows) for column in zip(*rows, strict=True)),
        max(range(len(sums)), key=lambda j: sums[j]),
    )


def _stack(chart: Rows, index: int, found: _Losses, colours: Sequence[str]) -> None:
    """The parts one after another from zero, gains to the left; a figure where it fits."""
    plot, y = chart.at(index)
    thick, figures = chart.density.bar, not chart.density.long
    ends = {True: 0.0, False: 0.0}
    for exact, text, colour in zip(found.lost[index], found.texts[index], colours, strict=True):
        part = float(exact)
        if not part:
            continue
        start = ends[part > 0]
        ends[part > 0] = start + part
        a, b = sorted((plot.x(start), plot.x(start + part)))
        chart.page.box(a, y - thick / 2, max(b - a - 1, 0.5), thick, colour)
        words = Words(text, on(colour), SMALL)
        if figures and words.width + _ROOM < b - a:
            chart.page.text((a + b - 1) / 2, y, words, "center")


def _columns(found: _Losses, at: int | None) -> list[Column]:
    """Rank, name, score, loss; a long list leaves its room to the bars: the order tells the ranks."""
    dense = density(len(found.districts))
    named = names(found.districts, highlight=at)
    lost = [Words(text, INK, dense.size, i == at) for i, text in enumerate(found.sums)]
    if dense.long:
        return [named, Column(lost, "失分", "right")]
    ranks = [Words(rank, INK, dense.size, i == at) for i, rank in enumerate(found.ranks)]
    return [
        Column(ranks, "名次", "right", 84),
        named,
        Column([Words(points(score), SECOND) for score in found.scores], "得分", "right"),
        Column(lost, "失分", "right"),
    ]


def _title(found: _Losses, at: int | None) -> str:
    if at is None:
        means, whole = found.means, sum(found.means, Fraction(0))
        kept = means[:-1] if found.parts[-1].startswith("其余 ") else means
        worst = [part for part, mean in zip(found.parts, kept, strict=False) if mean == max(kept)]
        share = (
            f"，占失分的 {shown(max(kept) / whole * 100, 1)}%"
            if len(worst) == 1 and min(means) >= 0 and whole
            else ""
        )
        return f"{listed(worst)}失分最多：平均每个评价对象失 {points(max(kept))} 分{share}"
    row = found.lost[at]
    worst = [part for part, lost in zip(found.parts, row, strict=True) if lost == max(row)]
    lead = f"{shortened(found.districts[at])}失 {found.sums[at]} 分"
    if max(row) <= 0:
        return f"{lead}，没有指标失分"
    mean = points(sum(found.means, Fraction(0)))
    return f"{lead}（平均扣 {mean} 分），{listed(worst)}失分最多（{points(max(row))} 分）"
