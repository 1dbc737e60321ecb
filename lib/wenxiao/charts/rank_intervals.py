"""The chart of how firm ranks stand: each district's rank as a dot, and the ranks that remain possible as a bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wenxiao.charts.chart import Chart, Data
from wenxiao.charts.columns import Column, density, names
from wenxiao.charts.labels import Swatch, Tick, described, draw_key, key_height, ticks
from wenxiao.charts.lettering import shortened
from wenxiao.charts.native import NativeChart, Series
from wenxiao.charts.page import MARKS, Page, Room, Words
from wenxiao.charts.rows import Rows
from wenxiao.charts.style import ACCENT, INK, REST, SECOND, SHADES
from wenxiao.evaluation.robustness import RankCertainty, Robustness
from wenxiao.model import shown

_WEIGHTS, _ROUNDING = SHADES[2], SHADES[1]


@dataclass(frozen=True, slots=True)
class _Firm:
    """One district: its rank, the ranks that rounding leaves possible, and those that any weights within ±δ do."""

    district: str
    rank: int
    rounding: tuple[int, int]
    weights: tuple[int, int] | None

    @property
    def widest(self) -> tuple[int, int]:
        """Best and worst by either."""
        reached = (*self.rounding, *(self.weights or ()))
        return min(reached), max(reached)


def rank_intervals(firm: Robustness | None, highlight: str | None = None, word: str = "地区") -> Chart | None:
    """Each district's rank and the ranks that rounding, or any weights within ±δ, leave possible; best first.

    None without two ranks, and where none can change but among equals, which are marked 并列 anyway.
    """
    if firm is None or len(firm.matrix) < 2:
        return None
    certain = firm.certainty if isinstance(firm.certainty, RankCertainty) else None
    rows = sorted(_rows(firm, certain), key=lambda each: each.rank)
    shared = Counter(each.rank for each in rows)
    if all(
        each.widest in ((each.rank, each.rank), (each.rank, each.rank + shared[each.rank] - 1))
        for each in rows
    ):
        return None
    within = f"±{shown(certain.delta * 100, 0)}%" if certain else ""
    at = next((i for i, each in enumerate(rows) if each.district == highlight), None)
    long = density(len(rows)).long

    def draw(room: Room) -> Page:
        key = _key(rows, within)
        chart = Rows(
            room.below(key_height(key, room.width)),
            _columns(rows, at),
            (0.5, len(rows) + 0.5),
            ticks=_ticks(len(rows), 2 if long else 8),
            highlight=at,
        )
        draw_key(chart.page, room, key)
        for index, each in enumerate(rows):
            own = at in (None, index)
            _bar(chart, index, each.weights, _WEIGHTS, 0.62)
            _bar(chart, index, each.rounding, _ROUNDING, 0.34)
            chart.dot(index, each.rank, ACCENT if own else SECOND)
        return chart.page

    return Chart(
        "rank_intervals",
        _title(rows, at, within),
        _subtitle(within, "横轴左端"),
        described(
            f"区间图：{len(rows)} 个评价对象的名次及其可能的范围。",
            [f"{each.district} 第 {each.rank}（{_said(each, within)}）" for each in rows],
        ),
        Data(
            ("评价对象", "名次", "舍入前可能的名次", *((f"分值{within}以内可能的名次",) if within else ())),
            tuple(
                (
                    each.district,
                    str(each.rank),
                    _span(each.rounding),
                    *((_span(each.weights),) if each.weights else ()),
                )
                for each in rows
            ),
        ),
        draw,
        f"各{word}可能的位次",
        _native(rows, within),
    )


def _native(rows: Sequence[_Firm], within: str) -> NativeChart:
    """The best and the worst possible rank of each district, and the present one between."""
    best, worst = zip(*(each.widest for each in rows), strict=True)
    return NativeChart(
        "ranges",
        "评价对象",
        tuple(each.district for each in rows),
        (
            Series("可能的最好名次", best, SHADES[1], "0", labelled=False),
            Series("现名次", tuple(each.rank for each in rows), ACCENT, "0"),
            Series("可能的最差名次", worst, REST, "0", labelled=False),
        ),
        limits=(1, float(max(worst))),
        subtitle=_subtitle(within, "纵轴顶端"),
    )


def _rows(firm: Robustness, certain: RankCertainty | None) -> list[_Firm]:
    places = certain.places if certain else [None] * len(firm.intervals)
    return [
        _Firm(
            each.district,
            each.rank,
            (each.best, each.worst),
            None if place is None else (place.best, place.worst),
        )
        for each, place in zip(firm.intervals, places, strict=True)
    ]


def _bar(chart: Rows, index: int, ends: tuple[int, int] | None, colour: str, share: float) -> None:
    """A bar over the ranks from the middle of the best to the middle of the worst."""
    if ends is None or ends[0] == ends[1]:
        return
    plot, y = chart.at(index)
    thick = chart.density.bar * share
    left, right = plot.x(ends[0]), plot.x(ends[1])
    layer = MARKS if colour == _WEIGHTS else MARKS + 1
    chart.page.box(left, y - thick / 2, right - left, thick, colour, layer)


def _key(rows: Sequence[_Firm], within: str) -> list[Swatch]:
    key = [Swatch(ACCENT, "现名次", "", 9, 9, dot=True)]
    if within:
        key.append(Swatch(_WEIGHTS, f"分值在{within}内调整时可能的名次", "", 22, 10))
    if any(each.rounding[0] != each.rounding[1] for each in rows):
        key.append(Swatch(_ROUNDING, "得分舍入前可能的名次", "", 22, 6))
    return key


def _columns(rows: Sequence[_Firm], at: int | None) -> list[Column]:
    """Rank, name and the ranks possible; a long list has no room for these and for 并列: bars and equal ranks tell them."""
    dense = density(len(rows))
    places = [each.rank for each in rows]
    tied = [not dense.long and places.count(rank) > 1 for rank in places]
    ranks = [f"{rank} 并列" if tie else str(rank) for rank, tie in zip(places, tied, strict=True)]
    cells = [Words(text, INK, dense.size, i == at) for i, text in enumerate(ranks)]
    columns = [Column(cells, "名次", "right", 84), names([each.district for each in rows], highlight=at)]
    if dense.long:
        return columns
    possible = [Words(_short(each.widest), INK, dense.size, i == at) for i, each in enumerate(rows)]
    return [*columns, Column(possible, "可能", "right")]


def _ticks(count: int, most: int) -> tuple[Tick, ...]:
    """The first rank, then round ones."""
    found = ticks(0, count, most=most)
    step = max(found[1].at if len(found) > 1 else 1.0, 1.0)
    return (Tick(1.0, "1"), *(tick for tick in found if tick.at > 0.6 * step + 1 and tick.at % 1 == 0))


def _short(ends: tuple[int, int]) -> str:
    return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]}～{ends[1]}"


def _span(ends: tuple[int, int]) -> str:
    return f"第 {ends[0]}" if ends[0] == ends[1] else f"第 {ends[0]} 至 {ends[1]}"


def _said(each: _Firm, within: str) -> str:
    said = f"舍入前{_span(each.rounding)}"
    return f"{said}，分值{within}以内{_span(each.weights)}" if each.weights else said


def _title(rows: Sequence[_Firm], at: int | None, within: str) -> str:
    why = f"分值在{within}内调整时" if within else "按舍入前的得分"
    if at is not None:
        own = rows[at]
        ends = own.weights or own.rounding
        now = f"{shortened(own.district)}列第 {own.rank}"
        return f"{now}，{why}{'也不变' if ends[0] == ends[1] else f'，可能在{_span(ends)} 之间'}"
    spans = [each.weights or each.rounding for each in rows]
    fixed = sum(best == worst for best, worst in spans)
    kept = f"中 {fixed} 个名次不变" if fixed else "的名次都可能改变"
    lead = f"{why}，{len(rows)} 个评价对象{kept if fixed < len(rows) else '的名次都不变'}"
    most = max(worst - best for best, worst in spans)
    if most == 0:
        changed = sum(each.rounding[0] != each.rounding[1] for each in rows)
        return f"{lead}；四舍五入影响 {changed} 个"
    widest = [i for i, (best, worst) in enumerate(spans) if worst - best == most]
    names_of = "、".join(shortened(rows[i].district, 12) for i in widest[:2])
    several = f"等 {len(widest)} 个" if len(widest) > 2 else ""
    reach = _span(spans[widest[0]]) if len(widest) == 1 else f"跨 {most + 1} 个名次"
    return f"{lead}；{names_of}{several}可变动的范围最大（{reach}）"


def _subtitle(within: str, first: str) -> str:
    start = f"现名次与可能的最好、最差名次，{first}为第 1"
    return f"{start}；分值合计不变，两两比较得出，不是概率" if within else f"{start}；不是概率"
