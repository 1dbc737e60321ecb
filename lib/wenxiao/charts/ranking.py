"""The chart of a ranking: every place in rank order at its score, with ties, grades, cut-offs and the mean."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from wenxiao.charts.chart import Chart, Data
from wenxiao.charts.columns import Column, density, names
from wenxiao.charts.labels import described, reach, ticks
from wenxiao.charts.lettering import shortened
from wenxiao.charts.native import NativeChart, Series, round_below
from wenxiao.charts.page import Page, Room, Words
from wenxiao.charts.rows import Mark, Rows
from wenxiao.charts.style import ACCENT, FAINT, INK, REST, SECOND, colour_of_grade
from wenxiao.evaluation.district_figure import neighbours, said
from wenxiao.evaluation.ranking import Place, Ranking
from wenxiao.model import Quantity, shown

_MOST = 400


def district_ranking(
    ranking: Ranking | None, highlight: str | None = None, word: str = "地区"
) -> Chart | None:
    """Every place as a dot at its score, best first; None where fewer than two have a score, or more than one can see.

    The places of `highlight` stand out, of many with their neighbours and the first and last; those that take no
    part come last with a hollow dot, those without a score with the word for its absence.
    """
    if ranking is None:
        return None
    everyone = ranking.ranked
    own = next((i for i, place in enumerate(everyone) if place.district == highlight), None)
    places = tuple(everyone[i] for i in neighbours(len(everyone), own))
    scores = [_score(place) for place in places]
    known = [score for score in scores if score is not None]
    if not 2 <= len(known) <= _MOST:
        return None
    cuts = _cut_offs(places)
    low, high = reach([float(s) for s in known] + [float(ranking.mean.number or known[0])], from_zero=False)
    at = next((i for i, place in enumerate(places) if place.district == highlight), None)

    def draw(room: Room) -> Page:
        marks = [
            Mark(float(cut), f"{label} ≥ {_points(cut)}", colour_of_grade(label), dashed=False)
            for cut, label in cuts
            if low < cut < high
        ]
        if ranking.mean.number is not None:
            marks.append(Mark(float(ranking.mean.number), f"平均 {ranking.mean.text}"))
        chart = Rows(
            room, _columns(places, at), (low, high), ticks=ticks(low, high), marks=marks, highlight=at
        )
        for index, (place, score) in enumerate(zip(places, scores, strict=True)):
            chart.span(index, low, high, FAINT)
            if score is not None:
                colour = ACCENT if at in (None, index) else REST
                chart.dot(index, float(score), colour, hollow=place.rank is None)
        return chart.page

    cut = f"；{said(len(everyone), '评价对象').rstrip('。')}" if len(places) < len(everyone) else ""
    counts = "、".join(f"{label} {count} 个" for label, count in ranking.grade_counts if count)
    data = Data(
        ("评价对象", "名次", "得分", "等级", "备注"),
        tuple(
            (
                p.district,
                p.rank_text,
                p.adjusted or p.score,
                p.grade.label if p.grade else "",
                p.reason or p.note,
            )
            for p in places
        ),
    )
    what = f"按{f' {ranking.year} 年' if ranking.year else ''}得分由高到低，单位：分；{counts}"
    return Chart(
        "district_ranking",
        _title(ranking, everyone, highlight),
        f"{what}；横轴从 {ticks(low, high)[0].label} 分起{cut}",
        described(
            f"点图：{len(everyone)} 个评价对象按得分排名，平均 {ranking.mean.text} 分。",
            [f"{place.rank_text} {place.district} {_plain(place)}{_word(place)}" for place in places],
        ),
        data,
        draw,
        f"各{word}综合得分",
        _native(places, data, at, what + cut),
    )


def _native(places: Sequence[Place], data: Data, own: int | None, what: str) -> NativeChart:
    """Scores as dots in rank order, from a round number below the last."""
    scores = tuple(_score(place) for place in places)
    series: tuple[Series, ...] = (Series("得分", scores, ACCENT, "0.00"),)
    if own is not None:  # a series of its own: not every program draws a single dot in another colour
        alone = tuple(score if i == own else None for i, score in enumerate(scores))
        others = tuple(None if i == own else score for i, score in enumerate(scores))
        name = places[own].district
        series = (Series(name, alone, ACCENT, "0.00"), Series("其他", others, REST, "0.00"))
    least = round_below(min(score for score in scores if score is not None))
    return NativeChart(
        "dots",
        "评价对象",
        tuple(
            place.district if score is not None else f"{place.district}（{_plain(place)}）"
            for place, score in zip(places, scores, strict=True)
        ),
        series,
        data.columns("名次", "等级", "备注"),
        limits=(least, None),
        subtitle=f"{what}；纵轴从 {least:g} 分起",
    )


def _score(place: Place) -> Fraction | None:
    """The score that counts, adjusted where the profile says so."""
    return Fraction(place.content.value) if isinstance(place.content, Quantity) else None


def _title(ranking: Ranking, places: Sequence[Place], highlight: str | None) -> str:
    own = ranking.place(highlight) if highlight else None
    ranked = [place for place in places if place.rank is not None]
    if own is not None:
        where = f"位列第 {own.rank_text}，共 {len(ranked)} 个" if own.rank is not None else own.rank_text
        score = f"得 {_plain(own)} 分{_word(own)}，" if _score(own) is not None else ""
        mean = f"；平均 {ranking.mean.text} 分" if ranking.mean.number is not None else ""
        return f"{shortened(own.district)}{score}{where}{mean}"
    if not ranked:
        if ranking.mean.number is None:
            return f"{len(places)} 个评价对象的名次待定"
        return f"{len(places)} 个评价对象均不参与排名，平均 {ranking.mean.text} 分"
    best = [p for p in ranked if p.rank == ranked[0].rank]
    worst = [p for p in ranked if p.rank == ranked[-1].rank]
    if best[0].rank == worst[0].rank:
        return f"{len(ranked)} 个评价对象得分相同，均为 {_plain(best[0])} 分"
    return f"{_several(best)}居首（{_plain(best[0])} 分），{_several(worst)}居末（{_plain(worst[0])} 分）"


def _several(places: Sequence[Place]) -> str:
    text = "、".join(shortened(place.district, 12) for place in places[:2])
    return text if len(places) <= 2 else f"{text}等 {len(places)} 个"


def _plain(place: Place) -> str:
    content = place.content
    return shown(content.value, content.places) if isinstance(content, Quantity) else content.label


def _word(place: Place) -> str:
    return f"（{place.grade.label}）" if place.grade else ""


def _columns(places: Sequence[Place], at: int | None) -> list[Column]:
    """Rank, name, score, grade; a long list has no room for 并列 and grades: equal ranks and the cut-offs tell them."""
    dense = density(len(places))
    numbers = [Words(_rank(p, dense.long), _ink(p.rank), dense.size, i == at) for i, p in enumerate(places)]
    scores = [Words(_plain(p), _ink(_score(p)), dense.size, i == at) for i, p in enumerate(places)]
    columns = [
        Column(numbers, "名次", "right", 84),
        names([place.district for place in places], highlight=at),
        Column(scores, "得分", "right"),
    ]
    return columns if dense.long else [*columns, Column([_grade(place) for place in places], "等级")]


def _ink(value: Fraction | None) -> str:
    return SECOND if value is None else INK


def _rank(place: Place, long: bool) -> str:
    if place.rank is None:
        return place.absent.removesuffix("排名") or "—"
    return place.rank_text.replace("（并列）", "" if long else " 并列")


def _grade(place: Place) -> Words:
    return Words(place.grade.label, colour_of_grade(place.grade.label)) if place.grade else Words("")


def _points(cut: Fraction) -> str:
    return shown(cut, 0 if cut.denominator == 1 else 2)


def _cut_offs(places: Sequence[Place]) -> list[tuple[Fraction, str]]:
    """The lowest score of each grade that is met, and its label."""
    found = {
        place.grade.lowest: place.grade.label for place in places if place.grade and place.grade.lowest > 0
    }
    return sorted(found.items())
