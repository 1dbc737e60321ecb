"""The chart of spending as the year goes on: a line a project over the months, against time and what is due by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.charts.chart import Chart, Data, Datum
from wenxiao.charts.labels import Swatch, described, draw_key, key_height, reach, ticks
from wenxiao.charts.lettering import fitted, shortened
from wenxiao.charts.page import ABOVE, BEHIND, GRID, MARKS, Page, Plot, Room, Words
from wenxiao.charts.style import ACCENT, BODY, DEEP, GAIN, INK, LOSS, REST, RULE, SECOND, SMALL, WIDTH
from wenxiao.evaluation.monitoring import Monitored
from wenxiao.model import Exact, shown

_COLOURS = (ACCENT, LOSS, GAIN, "#7b5ea7")
_MOST = len(_COLOURS)
_NAMED = 3
"""Where there are more lines than colours, so many of those furthest behind are named."""
_HIGH, _LEFT, _RIGHT, _NARROW_RIGHT = 300.0, 44.0, 168.0, 96.0
_APART = 2 * BODY + 8
_YEAR = 12


@dataclass(frozen=True, slots=True)
class _Line:
    """A project: its rates by month, those it may come to at the year's end, its colour; whether it is named."""

    name: str
    points: tuple[tuple[int, Exact], ...]
    ends: tuple[Exact, Exact] | None
    rate: str
    colour: str
    named: bool


def spending_lines(monitored: Sequence[Monitored], due: Mapping[int, Exact]) -> Chart | None:
    """The execution rate of each project by month; `due` is what the rules want by the end of a month.

    None where no project is known at two months or more.
    """
    shown_ones = [each for each in monitored if len(_points(each)) > 1]
    if not shown_ones:
        return None
    lines = _lines(shown_ones)
    ends = [end for line in lines if line.named for end in line.ends or ()]
    rates = [rate for line in lines for _, rate in line.points]
    low, high = reach([float(each) * 100 for each in (*rates, *ends, *due.values())] + [100.0])

    def draw(room: Room) -> Page:
        wide = room.width >= WIDTH
        right = _RIGHT if wide else _NARROW_RIGHT
        key = [Swatch(SECOND, "时间进度", wide=22, high=2)]
        key += [Swatch(DEEP, "序时要求", wide=22, high=3)] if due else []
        key += (
            [Swatch(REST, f"其余 {sum(not e.named for e in lines)} 个项目", wide=22, high=2)]
            if len(lines) > _MOST
            else []
        )
        top = room.top + key_height(key, room.width) + 8
        page = room.page(top - room.top + _HIGH + 46)
        draw_key(page, room, key)
        plot = page.plot(_LEFT, top, room.width - _LEFT - right, _HIGH, (0, _YEAR))
        _axes(page, plot, low, high, due, every=1 if wide else 3)
        _drawn(page, plot, lines, low, high)
        _labels(page, plot, lines, low, high, right - 12, wide=wide)
        return page

    months = sorted({month for each in shown_ones for month, _ in _points(each)})
    return Chart(
        "spending_lines",
        _title(shown_ones),
        _subtitle(lines, due),
        described("折线图：各项目各月末的预算执行率。", [_fact(each) for each in shown_ones]),
        Data(("项目", *(f"{month}月" for month in months)), tuple(_row(each, months) for each in shown_ones)),
        draw,
        "序时进度",
    )


def _points(each: Monitored) -> tuple[tuple[int, Exact], ...]:
    known = ((point.reached.month, point.reached.rate.number) for point in each.checkpoints)
    return tuple((month, rate) for month, rate in known if rate is not None)


def _lines(monitored: Sequence[Monitored]) -> list[_Line]:
    """The lines in source order; of many, those furthest behind at the end are named."""
    behind = sorted(monitored, key=lambda each: (-_lag(each), _points(each)[-1][1]))
    named = monitored if len(monitored) <= _MOST else behind[:_NAMED]
    colours = dict(zip(map(id, named), _COLOURS, strict=False))
    return [
        _Line(
            each.project,
            _points(each),
            _ends(each),
            _said(each),
            colours.get(id(each), REST),
            id(each) in colours,
        )
        for each in monitored
    ]


def _said(each: Monitored) -> str:
    """The last rate that is known, with its month where lists and forms go further."""
    month, rate = _points(each)[-1]
    return f"{shown(rate * 100, 1)}%" + ("" if each.last is not None else f"（{month}月底）")


def _lag(each: Monitored) -> Exact:
    last = each.checkpoints[-1]
    return (last.lag.number if last.lag else None) or last.elapsed - (last.reached.rate.number or 0)


def _ends(each: Monitored) -> tuple[Exact, Exact] | None:
    low, high = each.forecast.low, each.forecast.high
    if low is None or high is None or low.number is None or high.number is None:
        return None
    return low.number, high.number


def _axes(page: Page, plot: Plot, low: float, high: float, due: Mapping[int, Exact], every: int) -> None:
    """The grid, the months below it, what is due by the end of some of them, and time."""
    for tick in ticks(low, high, suffix="%"):
        y = _y(plot, tick.at, low, high)
        page.line([(plot.left, y), (plot.left + plot.wide, y)], RULE, layer=GRID)
        page.text(plot.left - 8, y, Words(tick.label, SECOND, SMALL), "right")
    for month in range(every, _YEAR + 1, every):
        page.text(plot.x(month), plot.bottom + 14, Words(f"{month}月", SECOND, SMALL), "center")
    page.line(
        [(plot.x(0), _y(plot, 0, low, high)), (plot.x(_YEAR), _y(plot, 100, low, high))],
        SECOND,
        dashed=True,
        layer=BEHIND,
    )
    half = 0.42 * plot.wide / _YEAR
    for month, share in due.items():
        x, y = plot.x(month), _y(plot, float(share) * 100, low, high)
        page.line([(x - half, y), (x + half, y)], DEEP, 3, layer=BEHIND)
        page.text(x, plot.bottom + 32, Words(f"{shown(share * 100, 0)}%", DEEP, SMALL), "center")
    if due:
        page.text(plot.left - 8, plot.bottom + 32, Words("应达", DEEP, SMALL), "right")


def _drawn(page: Page, plot: Plot, lines: Sequence[_Line], low: float, high: float) -> None:
    for line in sorted(lines, key=lambda each: each.named):
        places = [(plot.x(month), _y(plot, float(rate) * 100, low, high)) for month, rate in line.points]
        page.line(places, line.colour, 2 if line.named else 1, layer=ABOVE if line.named else MARKS)
        if not line.named:
            continue
        for x, y in places:
            page.dot(x, y, 6, line.colour)
        for end in dict.fromkeys(line.ends or ()):
            to = (plot.x(_YEAR), _y(plot, float(end) * 100, low, high))
            page.line([places[-1], to], line.colour, 1, dashed=True, layer=MARKS)


def _labels(
    page: Page, plot: Plot, lines: Sequence[_Line], low: float, high: float, room: float, *, wide: bool
) -> None:
    """Name and rate of the named lines at the right, each as near to its end as those above leave it."""
    x = plot.left + plot.wide + 10
    named = sorted((line for line in lines if line.named), key=lambda each: -_end(each))
    wanted = [_y(plot, _end(line) * 100, low, high) for line in named]
    least, most = plot.top + BODY, plot.bottom - BODY
    placed: list[float] = []
    for number, y in enumerate(wanted):
        latest = most - _APART * (len(wanted) - 1 - number)
        placed.append(min(max(y, least, placed[-1] + _APART if placed else least), latest))
    for line, y in zip(named, placed, strict=True):
        page.dot(x + 3, y - BODY * 0.65, 6, line.colour)
        page.text(x + 10, y - BODY * 0.65, Words(fitted(line.name, BODY, room - 16), INK, BODY, True))
        said = line.rate
        if wide and line.ends is not None:
            said += f"，年末 {_range(line.ends)}"
        page.text(x, y + BODY * 0.7, Words(fitted(said, SMALL, room), INK, SMALL))


def _end(line: _Line) -> float:
    """Where a line ends, or the middle of where it may."""
    return float(sum(line.ends) / 2) if line.ends is not None else float(line.points[-1][1])


def _range(ends: tuple[Exact, Exact]) -> str:
    low, high = (f"{shown(each * 100, 0)}%" for each in ends)
    return low if low == high else f"{low}～{high}"


def _y(plot: Plot, value: float, low: float, high: float) -> float:
    return plot.bottom - (value - low) / (high - low) * plot.high


def _title(monitored: Sequence[Monitored]) -> str:
    """How the projects stand whose last month is known; the others could overturn no word of it."""
    known = [each for each in monitored if each.last is not None]
    if not known:
        return "支出数不全，不能判定进度"
    month = max(each.progress.until for each in known)
    over = f"时间已过 {shown(Fraction(100 * month, _YEAR), 1)}%"
    least = min(known, key=lambda each: _points(each)[-1][1])
    rate, judged = f"{shown(_points(least)[-1][1] * 100, 1)}%", any(each.signal.light for each in known)
    if len(monitored) == 1:
        return f"截至{month}月底执行率 {rate}，{least.signal.label if judged else over}"
    lead = f"截至{month}月底" if judged else f"截至{month}月底{over}"
    behind = f"{sum(each.signal.behind for each in known)} 个落后，" if judged else ""
    alike = sum(_points(each)[-1][1] == _points(least)[-1][1] for each in known)
    name = shortened(least.project) + (f"等 {alike} 个" if alike > 1 else "")
    return f"{lead}，支出数齐全的 {len(known)} 个项目中{behind}{name}执行率最低（{rate}）"


def _subtitle(lines: Sequence[_Line], due: Mapping[int, Exact]) -> str:
    parts = ["各月末的累计支出÷全年预算", "虚线对角线为时间进度"]
    parts += ["橙色短线为规定月末应达到的比例"] if due else []
    parts += ["点后的虚线为年末预测的最低和最高"] if any(line.ends and line.named for line in lines) else []
    return "；".join(parts)


def _fact(each: Monitored) -> str:
    month, rate = _points(each)[-1]
    return f"{each.project} 截至{month}月底 {shown(rate * 100, 2)}%"


def _row(each: Monitored, months: Sequence[int]) -> tuple[Datum, ...]:
    rates = {point.reached.month: point.reached.rate for point in each.checkpoints}
    return (each.project, *(rates.get(month, "") for month in months))
