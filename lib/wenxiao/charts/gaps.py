"""Charts of one district against another or the mean: score rates as a dumbbell, points as signed bars."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from wenxiao.charts.chart import Chart, Data
from wenxiao.charts.columns import Column, names
from wenxiao.charts.labels import (
    Swatch,
    described,
    draw_key,
    key_height,
    listed,
    points,
    rate,
    reach,
    signed,
    ticks,
)
from wenxiao.charts.lettering import shortened
from wenxiao.charts.native import NativeChart, Series
from wenxiao.charts.page import MARKS, Page, Room, Words
from wenxiao.charts.rows import Rows
from wenxiao.charts.style import ACCENT, DEEP, INK, LOSS, REST, SECOND
from wenxiao.evaluation.robustness import Gap, GapPart, Robustness
from wenxiao.model import Missing, shown

_LEAVES = 20
"""Beyond so many indicators the first level is shown, as in the grid of rates."""
_BARS = 12
"""Beyond so many differences the smallest are added up."""


def rates_to_mean(firm: Robustness | None, district: str) -> Chart | None:
    """The score rates of a district beside their means, furthest behind first.

    None without scores by indicator, without another district, or where nothing differs.
    """
    gap = _to_mean(firm, district)
    if gap is None or isinstance(gap.parts, Missing):
        return None
    parts = sorted(
        (part for part in gap.parts if part.weight), key=lambda part: part.difference / part.weight
    )
    if not any(part.difference for part in parts):
        return None
    own, mean = [_own(part) for part in parts], [_other(part) for part in parts]
    low, high = reach([float(value) * 100 for value in (*own, *mean)], from_zero=False)
    name = shortened(district, 8)

    def draw(room: Room) -> Page:
        key = [
            Swatch(ACCENT, f"{name}高于平均", "", 10, 10, dot=True),
            Swatch(LOSS, f"{name}低于平均", "", 10, 10, dot=True),
            Swatch(SECOND, "平均", "", 3, 14),
        ]
        chart = Rows(
            room.below(key_height(key, room.width)),
            [
                names([part.label for part in parts]),
                Column([Words(points(part.weight), SECOND) for part in parts], "分值", "right"),
                Column([Words(rate(value)) for value in own], name, "right"),
                Column([Words(rate(value), SECOND) for value in mean], "平均", "right"),
            ],
            (low, high),
            ticks=ticks(low, high, suffix="%"),
            height=28,
        )
        draw_key(chart.page, room, key)
        for index, (mine, other) in enumerate(zip(own, mean, strict=True)):
            plot, y = chart.at(index)
            colour = LOSS if mine < other else ACCENT if mine > other else SECOND
            a, b = plot.x(float(mine) * 100), plot.x(float(other) * 100)
            chart.page.line([(a, y), (b, y)], colour, 2.5, layer=MARKS)
            chart.page.box(b - 1.5, y - 7, 3, 14, SECOND, MARKS + 1)
            chart.page.dot(a, y, 10, colour)
        return chart.page

    what = "各项指标得分率（得分÷分值）与平均的比较，落后最多的在上"
    return Chart(
        "rates_to_mean",
        _rates_title(district, parts),
        f"{what}；横轴从 {ticks(low, high)[0].label}% 起",
        described(
            f"哑铃图：{district}各项指标的得分率与平均。",
            [f"{p.label} {rate(_own(p), 2)}，平均 {rate(_other(p), 2)}" for p in parts],
        ),
        Data(
            ("指标", "分值", district, "平均", "相差（百分点）"),
            tuple(
                (p.label, points(p.weight), rate(_own(p), 2), rate(_other(p), 2), signed(_apart(p)))
                for p in parts
            ),
        ),
        draw,
        "各项得分率与平均",
        NativeChart(
            "bars",
            "指标",
            tuple(part.label for part in parts),
            (
                Series(district, tuple(own), ACCENT, "0.0%"),
                Series("平均", tuple(mean), REST, "0.0%"),
            ),
            (("分值", tuple(part.weight for part in parts)),),
            subtitle=what,
        ),
    )


def gap_to_mean(firm: Robustness | None, district: str) -> Chart | None:
    """A district's distance to the mean by indicator, in points that add up to it; None where there is none to show."""
    return gap_bars(_to_mean(firm, district))


def gap_of_pair(firm: Robustness | None) -> Chart | None:
    """What the first district has over the last by indicator.

    None without scores by indicator, or where the two score alike.
    """
    if firm is None or len(firm.matrix) < 2 or not firm.matrix.detailed:
        return None
    order = sorted(firm.intervals, key=lambda each: each.rank)
    return gap_bars(firm.gap(order[0].district, order[-1].district, level_shown(firm)))


def gap_bars(gap: Gap | None) -> Chart | None:
    """The parts of a gap as signed bars, greatest first, which add up to it; None where nothing differs."""
    if gap is None or isinstance(gap.parts, Missing):
        return None
    moved = sorted((p for p in gap.parts if p.difference), key=lambda p: -abs(p.difference))
    if not moved:
        return None
    kept, rest = (moved, []) if len(moved) <= _BARS else (moved[: _BARS - 1], moved[_BARS - 1 :])
    kept = sorted(kept, key=lambda p: -p.difference)
    bars = [(part.label, part.difference) for part in kept]
    if rest:
        bars.append((f"其余 {len(rest)} 项", sum((p.difference for p in rest), Fraction(0))))
    low, high = reach([float(value) for _, value in bars] + [float(gap.total)])
    other = shortened(gap.against, 12)

    def draw(room: Room) -> Page:
        last = len(bars)
        labels = [Words(label) for label, _ in bars] + [Words("合计", INK, bold=True)]
        figures = [Words(signed(value)) for _, value in bars] + [Words(signed(gap.total), INK, bold=True)]
        chart = Rows(
            room,
            [Column(labels, lines=2), Column(figures, "分", "right")],
            (low, high),
            ticks=ticks(low, high),
            before=[*([0.0] * last), 8.0],
        )
        for index, (_, value) in enumerate([*bars, ("", gap.total)]):
            if value:
                ends = sorted((0.0, float(value)))
                colour = SECOND if index == last else ACCENT if value > 0 else LOSS
                chart.bar(index, ends[0], ends[1], colour)
        return chart.page

    same, mean = len(gap.parts) - len(moved), gap.against == "平均分"
    against = "平均" if mean else gap.against
    return Chart(
        f"gap_bars/{'mean' if mean else 'district'}",
        _gap_title(gap, moved),
        f"{shortened(gap.district)}与{other}的得分之差，单位：分；零线以右为较高，以左为较低"
        + (f"；另有 {same} 项相同" if same else ""),
        described(
            f"条形图：{gap.district}与{gap.against}的得分之差，合计 {signed(gap.total)} 分。",
            [f"{label} {signed(value)} 分" for label, value in bars],
        ),
        Data(
            ("指标", "分值", gap.district, gap.against, "相差"),
            (
                *(
                    (
                        p.label,
                        points(p.weight) if p.weight else "—",
                        points(p.own),
                        points(p.other),
                        signed(p.difference),
                    )
                    for p in gap.parts
                ),
                ("合计", "", points(gap.own), points(gap.other), signed(gap.total)),
            ),
        ),
        draw,
        f"得分与{against}的差距",
        _native(gap, sorted(moved, key=lambda p: -p.difference), against),
    )


def _native(gap: Gap, moved: Sequence[GapPart], against: str) -> NativeChart:
    """What a district has over another or is behind by indicator, and the sum of it."""
    differences = tuple(part.difference for part in moved)
    return NativeChart(
        "bars",
        "指标",
        (*(part.label for part in moved), "合计"),
        (Series("相差", (*differences, gap.total), ACCENT, "+0.00;-0.00;0"),),
        (
            (gap.district, (*(part.own for part in moved), None)),
            (against, (*(part.other for part in moved), None)),
        ),
        {i: DEEP for i, each in enumerate(differences) if each < 0} | {len(moved): SECOND},
        (None, None),
        f"{gap.district}与{gap.against}之差，单位：分；向右为较高，向左为较低",
    )


def level_shown(firm: Robustness) -> int | None:
    """The level of indicators that gaps are shown at: the first of a long list, None for the lowest."""
    return 1 if len(firm.matrix.leaves) > _LEAVES else None


def _to_mean(firm: Robustness | None, district: str) -> Gap | None:
    if firm is None or not firm.matrix.detailed or len(firm.matrix) < 2:
        return None
    if district not in firm.matrix.districts:
        return None
    gap = firm.gap_to_mean(district, level_shown(firm))
    return None if isinstance(gap.parts, Missing) or not any(p.difference for p in gap.parts) else gap


def _own(part: GapPart) -> Fraction:
    return part.own / part.weight


def _other(part: GapPart) -> Fraction:
    return part.other / part.weight


def _apart(part: GapPart) -> Fraction:
    """How far the rate is from the mean, in percentage points."""
    return part.difference / part.weight * 100


def _rates_title(district: str, parts: Sequence[GapPart]) -> str:
    name = shortened(district)
    behind = [part for part in parts if part.difference < 0]
    ahead = [part for part in parts if part.difference > 0]
    if not behind:
        furthest = [p.label for p in ahead if _apart(p) == _apart(parts[-1])]
        return f"{name}没有一项低于平均，{listed(furthest)}高出最多（{shown(_apart(parts[-1]), 1)} 个百分点）"
    furthest = [p.label for p in behind if _apart(p) == _apart(parts[0])]
    far = shown(-_apart(parts[0]), 1)
    return (
        f"{name} {len(parts)} 项指标中 {len(behind)} 项低于平均，{listed(furthest)}落后最多（{far} 个百分点）"
    )


def _gap_title(gap: Gap, moved: Sequence[GapPart]) -> str:
    name, other = shortened(gap.district), shortened(gap.against, 12)
    if gap.total == 0:
        return f"{name}与{other}持平，各项有高有低，相差最大的是{shortened(moved[0].label)}（{signed(moved[0].difference)} 分）"
    way = [part for part in moved if (part.difference > 0) == (gap.total > 0)]
    word = "高" if gap.total > 0 else "低"
    against = [part for part in moved if part not in way]
    lead = f"{name}比{other}{word} {points(abs(gap.total))} 分，主要在{shortened(way[0].label)}（{signed(way[0].difference)} 分）"
    return lead + (f"；{len(against)} 项方向相反" if against else "")
