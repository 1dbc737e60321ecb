"""The chart of what the funds are made of: one bar of shares, each part named at its own leader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from wenxiao.charts.chart import Chart, Data
from wenxiao.charts.columns import names, numbers
from wenxiao.charts.labels import amount, described, full, rate, reach, ticks
from wenxiao.charts.lettering import fitted, shortened
from wenxiao.charts.native import NativeChart, Series
from wenxiao.charts.page import Page, Room, Words
from wenxiao.charts.rows import Rows
from wenxiao.charts.style import ACCENT, BODY, INK, PARTS, SECOND
from wenxiao.evaluation.funds import STAGES, Funds, FundsLine
from wenxiao.model import Measure, Named, quotient, shown
from wenxiao.model.units import RATIO

_BAR = 30.0
_STEP = 21.0
_GAP = 10.0


def composition(funds: Funds | None) -> Chart | None:
    """The shares of the sources in the first stage that all of them have; None where none is whole or there is one source.

    Parts of a sum are shown as shares only when they are all there and add up to the total. Where there is but one stage,
    the chart of its amounts by source (`funds_by_source`) says the same, and there is none.
    """
    stage = None if funds is None else _whole_stage(funds)
    if funds is None or stage is None:
        return None
    whole = funds.total.amounts[stage]
    sum_of_all = whole.number or Fraction(1)
    lines = sorted(funds.lines, key=lambda line: -(line.amounts[stage].number or 0))
    parts = [(line.amounts[stage].number or Fraction(0), line.source) for line in lines]

    def draw(room: Room) -> Page:
        long = any(
            _figures(part, sum_of_all, _places(parts)).width + _SHORT > room.width / 2 for part, _ in parts
        )
        return (_list if long or len(parts) > len(PARTS) else _bar)(room, parts, sum_of_all)

    first = rate(parts[0][0] / sum_of_all, 2)
    shares = [_share(line, stage, whole) for line in lines]
    return Chart(
        f"composition/{stage}",
        f"{STAGES[stage]}共 {full(whole)}，{shortened(parts[0][1])}占 {first}",
        f"{STAGES[stage]}按来源的构成，单位：万元；占比四舍五入",
        described(
            f"构成图：{STAGES[stage]}共 {full(whole)}。",
            [f"{name} {shown(number, 2)} 万元，占 {rate(number / sum_of_all, 2)}" for number, name in parts],
        ),
        Data(
            ("资金来源", STAGES[stage], "占比"),
            (
                *(
                    (line.source, line.amounts[stage], share)
                    for line, share in zip(lines, shares, strict=True)
                ),
                ("合计", whole, ""),
            ),
        ),
        draw,
        "资金来源构成",
        NativeChart(
            "bars",
            "资金来源",
            tuple(line.source for line in lines),
            (Series("占比", tuple(share.number for share in shares), ACCENT, "0.0%"),),
            ((f"{STAGES[stage]}（万元）", tuple(line.amounts[stage].number for line in lines)),),
        ),
    )


def _whole_stage(funds: Funds) -> str | None:
    """The first stage that every source has, none of them negative, and that makes up the total."""
    stages = [s for s in funds.stages if any(line.amounts[s].number is not None for line in funds.lines)]
    for stage in stages if len(stages) > 1 else ():
        numbers_of = [line.amounts[stage].number for line in funds.lines]
        parts = [number for number in numbers_of if number is not None and number >= 0]
        whole = funds.total.amounts[stage].number
        if whole and len(funds.lines) > 1 and len(parts) == len(numbers_of) and sum(parts) == whole:
            return stage
    return None


def _share(line: FundsLine, stage: str, whole: Measure) -> Measure:
    below = Named(f"{STAGES[stage]}合计", whole.expression)
    return Measure(
        f"share/{stage}/{line.source}",
        "占比",
        quotient(line.amounts[stage].expression, below),
        RATIO,
        4,
        subject=line.source,
        basis=f"÷{STAGES[stage]}合计",
    )


def _bar(room: Room, parts: Sequence[tuple[Fraction, str]], whole: Fraction) -> Page:
    """One bar; names below it beginning at their leader, those at the right end above it ending at theirs."""
    middles: list[float] = []
    before = Fraction(0)
    for number, _ in parts:
        middles.append(float((before + number / 2) / whole) * room.width)
        before += number
    labels = [_label(number, name, whole, _places(parts), room.width) for number, name in parts]
    below = [i for i, label in enumerate(labels) if middles[i] + label.width + 5 <= room.width]
    above = [i for i in range(len(parts)) if i not in below]
    depth = _stairs(below[::-1], lambda i, j: middles[i] + labels[i].width + _GAP > middles[j])
    height = _stairs(above, lambda i, j: middles[i] - labels[i].width - _GAP < middles[j])
    upper = _STEP * (1 + max(height.values(), default=-1)) + 6 * bool(height)
    page = room.page(upper + _BAR + _STEP * (1 + max(depth.values(), default=-1)) + 8)
    bar, left = room.top + upper, 0.0
    for index, (number, _) in enumerate(parts):
        wide = float(number / whole) * room.width
        page.box(left, bar, max(wide - 1, 0.5), _BAR, PARTS[index])
        left += wide
        rises = index in height
        y = (
            bar - 4 - _STEP * (height[index] + 0.5)
            if rises
            else bar + _BAR + 4 + _STEP * (depth[index] + 0.5)
        )
        start, end = (bar, y - 6) if rises else (bar + _BAR, y + 6)
        page.line([(middles[index], start), (middles[index], end)], SECOND, 0.8)
        page.text(middles[index] + (-5 if rises else 5), y, labels[index], "right" if rises else "left")
    return page


def _label(number: Fraction, name: str, whole: Fraction, places: int, across: float) -> Words:
    figures = _figures(number, whole, places)
    return Words(fitted(name, BODY, across / 2 - figures.width - 12) + figures.text, INK)


def _figures(number: Fraction, whole: Fraction, places: int) -> Words:
    return Words(f" {amount(number, places)}（{rate(number / whole)}）")


_SHORT = 48.0
"""The room that the shortest name takes."""


def _places(parts: Sequence[tuple[Fraction, str]]) -> int:
    """The decimals of the table, none where all parts are whole."""
    return 0 if all(number.denominator == 1 for number, _ in parts) else 2


def _stairs(order: Sequence[int], meets: Callable[[int, int], bool]) -> dict[int, int]:
    """The step of each label: one beyond all earlier ones it would touch, so that no leader crosses a label."""
    steps: dict[int, int] = {}
    for i in order:
        steps[i] = max((steps[j] + 1 for j in steps if meets(i, j)), default=0)
    return steps


def _list(room: Room, parts: Sequence[tuple[Fraction, str]], whole: Fraction) -> Page:
    """More parts than colours tell apart: a bar each."""
    low, high = reach([float(number / whole) * 100 for number, _ in parts])
    chart = Rows(
        room,
        [
            names([name for _, name in parts]),
            numbers([amount(number, _places(parts)) for number, _ in parts], [False] * len(parts), "万元"),
            numbers([rate(number / whole) for number, _ in parts], [False] * len(parts), "占比"),
        ],
        (low, high),
        ticks=ticks(low, high, suffix="%"),
    )
    for index, (number, _) in enumerate(parts):
        chart.bar(index, 0, float(number / whole) * 100, ACCENT)
    return chart.page
