"""Charts of a scorecard: score rates by first-level indicator, and where the points were lost."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from wenxiao.charts.chart import Chart, Data
from wenxiao.charts.columns import Column, names, numbers
from wenxiao.charts.labels import described, figure, given, listed, reach, ticks
from wenxiao.charts.native import NativeChart, Series
from wenxiao.charts.page import BEHIND, Page, Room, Words
from wenxiao.charts.rows import Mark, Rows
from wenxiao.charts.style import ACCENT, DEEP, FAINT, GAIN, INK, LOSS, REST, SECOND
from wenxiao.evaluation.scorecard import Indicator, Scorecard
from wenxiao.model import Measure, shown


def score_rates(scorecard: Scorecard | None) -> Chart | None:
    """The score rate of each first-level indicator with its weight and the rate of the total; None without a rate."""
    if scorecard is None:
        return None
    rows = scorecard.indicators
    rates = [each.score_rate.number for each in rows]
    known = [rate for rate in rates if rate is not None]
    if not known:
        return None
    total = scorecard.total_rate
    low, high = reach([float(rate) * 100 for rate in known] + [100.0])
    data = Data(
        ("一级指标", "分值", "得分", "得分率", "失分"),
        (
            *((e.name, e.weight, e.score, e.score_rate, e.lost) for e in rows),
            ("合计", scorecard.weights, scorecard.total, total, ""),
        ),
    )

    def draw(room: Room) -> Page:
        marks = (
            []
            if total.number is None or len(rows) < 2
            else [Mark(float(total.number) * 100, f"综合 {figure(total)}", INK)]
        )
        chart = Rows(
            room,
            [
                names([each.name for each in rows]),
                Column([Words(given(each.weight), SECOND) for each in rows], "分值", "right"),
                Column(
                    [
                        Words(given(each.score), SECOND if each.score.quantity is None else INK)
                        for each in rows
                    ],
                    "得分",
                    "right",
                ),
                numbers(
                    [figure(each.score_rate) for each in rows], [rate is None for rate in rates], "得分率"
                ),
            ],
            (low, high),
            ticks=ticks(low, high, suffix="%"),
            marks=marks,
            height=32,
        )
        for index, rate in enumerate(rates):
            if rate is not None:
                chart.bar(index, 0, 100, FAINT)
                chart.bar(index, 0, float(rate) * 100, ACCENT if rate == min(known) else REST)
        return chart.page

    return Chart(
        "score_rates",
        _rates_title(rows),
        "各一级指标的得分率（得分÷分值）；浅色至 100% 为满分"
        + ("" if total.number is None else f"，虚线为综合得分率 {total.text}"),
        described(
            "条形图：各一级指标的得分率。",
            [f"{e.name} {e.score_rate.text}（分值 {given(e.weight)}，得分 {given(e.score)}）" for e in rows]
            + [f"综合得分率 {total.text}"],
        ),
        data,
        draw,
        "一级指标得分率",
        NativeChart(
            "bars",
            "一级指标",
            (*(each.name for each in rows), "合计"),
            (Series("得分率", data.figures("得分率"), REST, "0.0%"),),
            data.columns("分值", "得分", "失分"),
            {i: ACCENT for i, rate in enumerate(rates) if rate == min(known)} | {len(rows): SECOND},
            (0, 1),
            "各一级指标的得分率（得分÷分值），最下为合计",
        ),
    )


def _rates_title(rows: Sequence[Indicator]) -> str:
    known = [(e.score_rate.number, e) for e in rows if e.score_rate.number is not None]
    lowest = min(rate for rate, _ in known)
    low = [e for rate, e in known if rate == lowest]
    rate = low[0].score_rate.text
    if len(rows) == 1:
        return f"{listed([rows[0].name])}得分率 {rate}，失 {rows[0].lost.text} 分"
    if len(low) == len(known):
        return "各一级指标均得满分" if lowest == 1 else f"各一级指标得分率相同，均为 {rate}"
    worst = _worst(rows)
    names_low = [e.name for e in low]
    if worst and [e.name for e in worst] == names_low:
        return f"{listed(names_low)}得分率最低（{rate}），失分也最多（{worst[0].lost.text} 分）"
    lost = f"；{listed([e.name for e in worst])}失分最多（{worst[0].lost.text} 分）" if worst else ""
    return f"{listed(names_low)}得分率最低（{rate}）{lost}"


def _worst(rows: Sequence[Indicator]) -> list[Indicator]:
    """The indicators that lost most, empty where none lost any."""
    known = [(e.lost.number, e) for e in rows if e.lost.number is not None]
    most = max((lost for lost, _ in known), default=Fraction(0))
    return [e for lost, e in known if lost == most] if most > 0 else []


def lost_points(scorecard: Scorecard | None) -> Chart | None:
    """The way from full marks to the score, one step an indicator; None where a part is missing or nothing was lost."""
    if scorecard is None:
        return None
    rows = scorecard.indicators
    losses = [each.lost.number for each in rows]
    full, score = scorecard.weights.number, scorecard.total.number
    if full is None or score is None or None in losses or not any(losses):
        return None
    steps = [loss for loss in losses if loss is not None]
    levels = [full - sum(steps[:index], Fraction(0)) for index in range(len(steps) + 1)]
    low, high = reach([float(level) for level in levels], from_zero=False)
    data = Data(
        ("一级指标", "分值", "得分", "失分"),
        (
            *((e.name, e.weight, e.score, e.lost) for e in rows),
            ("合计", scorecard.weights, scorecard.total, ""),
        ),
    )
    texts = [scorecard.weights.text, *(_loss(each.lost) for each in rows), scorecard.total.text]

    def draw(room: Room) -> Page:
        ends = {0, len(rows) + 1}
        chart = Rows(
            room,
            [
                Column(
                    [
                        Words(t, bold=i in ends)
                        for i, t in enumerate(["分值合计", *(e.name for e in rows), "综合得分"])
                    ],
                    most=190,
                    lines=2,
                ),
                Column([Words(t, bold=i in ends) for i, t in enumerate(texts)], "分", "right"),
            ],
            (low, high),
            ticks=ticks(low, high),
            height=30,
        )
        chart.dot(0, float(full), ACCENT)
        for index, loss in enumerate(steps):
            before, after = float(levels[index]), float(levels[index + 1])
            chart.bar(index + 1, min(before, after), max(before, after), LOSS if loss > 0 else GAIN)
        for index, level in enumerate(levels):
            _link(chart, index, float(level))
        chart.dot(len(rows) + 1, float(score), ACCENT)
        return chart.page

    worst = _worst(rows)
    share = (
        f"，占失分的 {_share(worst[0].lost, full - score)}"
        if worst and len(worst) == 1 and full > score and min(steps) >= 0
        else ""
    )
    above = [e.name for e in rows if e.lost.number is not None and e.lost.number < 0]
    return Chart(
        "lost_points",
        f"从 {shown(full, 0) if full.denominator == 1 else scorecard.weights.text} 分到 {scorecard.total.text} 分："
        + (
            f"{listed([e.name for e in worst])}失分最多（{worst[0].lost.text} 分{share}）"
            if worst
            else "没有指标失分"
        )
        + (f"；{listed(above)}得分超过分值" if above else ""),
        f"各一级指标失去的分数（分值－得分），单位：分；横轴从 {ticks(low, high)[0].label} 分起",
        described(
            f"瀑布图：从分值合计 {scorecard.weights.text} 分到综合得分 {scorecard.total.text} 分。",
            [f"{e.name} {_loss(e.lost)} 分" for e in rows],
        ),
        data,
        draw,
        "一级指标失分",
        _steps(data, steps),
    )


def _steps(data: Data, losses: Sequence[Fraction]) -> NativeChart | None:
    """The losses on each other's shoulders from zero up to their sum; a score above its 分值 goes down again.

    None where they go below zero.
    """
    reached = [sum(losses[:i], Fraction(0)) for i in range(len(losses) + 1)]
    if min(reached) < 0:
        return None
    base = [min(a, b) for a, b in pairwise(reached)]
    series = [
        Series("起点", (*base, None), "", labelled=False),
        Series("失分", (*(loss if loss >= 0 else None for loss in losses), None), DEEP, "0.00"),
        Series("超过分值", (*(-loss if loss < 0 else None for loss in losses), None), GAIN, "0.00"),
        Series("失分合计", (*(None for _ in losses), reached[-1]), ACCENT, "0.00"),
    ]
    return NativeChart(
        "steps",
        "一级指标",
        (*(row[0] for row in data.texts[:-1]), "失分合计"),
        tuple(each for each in series if any(value is not None for value in each.values)),
        tuple((name, (*data.column(name)[:-1], None)) for name in ("分值", "得分")),
        subtitle="各一级指标失去的分数（分值－得分），逐项累计为失分合计，单位：分",
    )


def _loss(lost: Measure) -> str:
    """A loss as a step: −3.34, or +1.00 where the score is above the weight."""
    number = lost.number or Fraction(0)
    return (
        "0"
        if number == 0
        else f"+{shown(-number, lost.places)}"
        if number < 0
        else shown(-number, lost.places)
    )


def _share(lost: Measure, whole: Fraction) -> str:
    return shown((lost.number or Fraction(0)) / whole * 100, 1) + "%"


def _link(chart: Rows, index: int, level: float) -> None:
    """A thin line that carries a level down to the next row."""
    plot, upper = chart.at(index)
    _, lower = chart.at(index + 1)
    chart.page.line([(plot.x(level), upper), (plot.x(level), lower)], SECOND, 0.8, layer=BEHIND)
