"""The chart of a grade: the score's place on the bands of the profile."""

from __future__ import annotations

from fractions import Fraction

from wenxiao.charts.chart import Chart, Data
from wenxiao.charts.labels import described
from wenxiao.charts.native import NativeChart, Series
from wenxiao.charts.page import Label, Page, Room, Words, tiers
from wenxiao.charts.style import BODY, INK, SECOND, SMALL, colour_of_grade, tint
from wenxiao.evaluation.evaluation import Verdict
from wenxiao.model import Exact, shown
from wenxiao.project.profile import Band, Profile

_TOP = 100
_BAR = 26.0
_SIDE = 12.0


def grade_bands(verdict: Verdict, profile: Profile) -> Chart | None:
    """The score on the bands of the profile; None where there is no score or no grade."""
    score, grade = verdict.score.number, verdict.grade
    if score is None or grade is None:
        return None
    bands = profile.grades[::-1]
    ends = [Fraction(band.lowest) for band in bands] + [Fraction(_TOP)]
    end = max(float(_TOP), float(score))

    def draw(room: Room) -> Page:
        def x(points: Exact) -> float:
            return _SIDE + float(points) / end * (room.width - 2 * _SIDE)

        own_band = [band.label == grade.label for band in bands]
        inside = [
            Words(band.label, "white" if own else SECOND, BODY, own)
            for band, own in zip(bands, own_band, strict=True)
        ]
        cuts = tiers([Label(x(cut), Words(_points(cut), SECOND, SMALL)) for cut in ends], 0, room.width)
        foot = 20.0 * (1 + max(tier for tier, _, _ in cuts))
        page = room.page(34 + _BAR + foot)
        bar = room.top + 34
        for index, band in enumerate(bands):
            left, right = x(ends[index]), x(ends[index + 1])
            colour = colour_of_grade(band.label)
            page.box(
                left + 0.5, bar, max(right - left - 1, 1), _BAR, colour if own_band[index] else tint(colour)
            )
            if inside[index].width < right - left - 6:
                page.text((left + right) / 2, bar + _BAR / 2, inside[index], "center")
        for tier, at, words in cuts:
            page.text(at, bar + _BAR + 12 + 20 * tier, words, "center")
        at = x(max(score, Fraction(0)))
        own = Words(f"{verdict.score.text} 分 · {grade.label}", INK, BODY, True)
        page.text(min(max(at, own.width / 2), room.width - own.width / 2), room.top + 9, own, "center")
        page.line([(at, room.top + 19), (at, bar + _BAR + 3)], "#ffffff", 5)
        page.line([(at, room.top + 19), (at, bar + _BAR + 3)], INK, 2)
        return page

    side = "高出" if grade.margin >= 0 else "低于"
    distance = shown(abs(grade.margin), verdict.score.places)
    line = f"{_points(grade.cut_off)} 分线"
    title = f"{verdict.score.text} 分，等级{grade.label}，" + (
        f"恰在 {line}上" if grade.margin == 0 else f"{'仅' if grade.close else ''}{side} {line} {distance} 分"
    )
    printed = verdict.printed_grade
    if printed and printed != grade.label:
        title += f"（原报告为“{printed}”）"
    subtitle = f"综合得分在等级区间中的位置，单位：分；评价规则 {profile.title}"
    return Chart(
        "grade_bands",
        title,
        subtitle,
        described(
            f"等级区间图：得分 {verdict.score.text} 分，等级{grade.label}。",
            [_range(bands, index) for index in range(len(bands) - 1, -1, -1)],
        ),
        Data(
            ("等级", "区间"),
            (
                *((bands[i].label, _range(bands, i).split(" ", 1)[1]) for i in range(len(bands) - 1, -1, -1)),
                (f"本次：{grade.label}", verdict.score),
            ),
        ),
        draw,
        "综合得分与等级",
        _native(verdict, grade.label, profile, subtitle),
    )


def _native(verdict: Verdict, grade: str, profile: Profile, subtitle: str) -> NativeChart:
    """The bands of grades as one stack, the score as a bar below them."""
    bands = profile.grades[::-1]
    ends = [Fraction(band.lowest) for band in bands] + [Fraction(profile.weights_total)]
    series = [
        Series(band.label, (high - low, None), tint(colour_of_grade(band.label), 0.45), "0", named=True)
        for band, low, high in zip(bands, ends, ends[1:], strict=False)
    ]
    score = Series("综合得分", (None, verdict.score.number), colour_of_grade(grade), "0.00")
    heads = ("等级区间", f"综合得分（{grade}）")
    limits = (0, float(ends[-1]))
    return NativeChart("stack", "项目", heads, (*series, score), limits=limits, subtitle=subtitle)


def _points(cut: Exact) -> str:
    exact = Fraction(cut)
    return shown(exact, 0 if exact.denominator == 1 else 2)


def _range(bands: tuple[Band, ...], index: int) -> str:
    if index + 1 < len(bands):
        return f"{bands[index].label} [{_points(bands[index].lowest)}, {_points(bands[index + 1].lowest)})"
    return f"{bands[index].label} [{_points(bands[index].lowest)}, {_TOP}]"
