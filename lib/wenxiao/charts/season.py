"""Charts of a season of self-evaluations: how scores and execution rates spread within each unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from wenxiao.charts.chart import Chart, Data
from wenxiao.charts.columns import names, numbers
from wenxiao.charts.labels import described, figure, reach, ticks
from wenxiao.charts.page import Page, Room
from wenxiao.charts.rows import Mark, Rows
from wenxiao.charts.style import ACCENT, FAINT, colour_of_grade
from wenxiao.model import Measure, shown
from wenxiao.project.profile import Profile
from wenxiao.season import FilledForm, UnitFigures

_MOST = 60
"""Of more units than this the table tells more than a chart."""


def unit_scores(units: Sequence[UnitFigures], profile: Profile) -> Chart | None:
    """The score of each form in the row of its unit, with the mean; None where fewer than two forms have one."""

    def score(form: FilledForm) -> Fraction | None:
        return Fraction(form.claimed.quantity.value) if form.claimed.quantity else None

    cuts = {float(band.lowest): band.label for band in profile.grades if band.lowest > 0}
    return _spread("unit_scores", "得分", "分", units, score, lambda each: each.mean, cuts)


def unit_rates(units: Sequence[UnitFigures]) -> Chart | None:
    """The execution rate of each form in the row of its unit, with that of the unit; None where fewer than two have one."""

    def rate(form: FilledForm) -> Fraction | None:
        return None if form.rate is None else form.rate * 100

    return _spread("unit_rates", "执行率", "%", units, rate, lambda each: each.rate, {})


def _spread(
    key: str,
    word: str,
    sign: str,
    units: Sequence[UnitFigures],
    value: Callable[[FilledForm], Fraction | None],
    middle: Callable[[UnitFigures], Measure],
    cuts: dict[float, str],
) -> Chart | None:
    rows = [each for each in units if each.forms]
    found = [[number for form in each.forms if (number := value(form)) is not None] for each in rows]
    every = [number for each in found for number in each]
    if len(every) < 2 or len(rows) > _MOST:
        return None
    low, high = reach([float(number) for number in every], from_zero=False)
    means = [middle(each) for each in rows]

    def draw(room: Room) -> Page:
        chart = Rows(
            room,
            [
                names([each.unit for each in rows]),
                numbers([str(len(each.forms)) for each in rows], [False] * len(rows), "份数"),
                numbers(
                    [figure(mean) for mean in means],
                    [mean.number is None for mean in means],
                    "平均" if sign == "分" else "合计",
                ),
            ],
            (low, high),
            ticks=ticks(low, high, suffix="%" if sign == "%" else ""),
            marks=[
                Mark(cut, f"{label} ≥ {cut:g}", colour_of_grade(label), False)
                for cut, label in sorted(cuts.items())
                if low < cut < high
            ],
            height=30,
        )
        for index, numbers_of in enumerate(found):
            chart.span(index, low, high, FAINT)
            for number in numbers_of:
                chart.dot(index, float(number), ACCENT)
        return chart.page

    least, most = min(every), max(every)
    return Chart(
        key,
        f"{len(every)} 份自评表的{word}在 {shown(least, 2)}{sign} 至 {shown(most, 2)}{sign} 之间",
        f"一点为一份自评表，单位：{sign}；横轴从 {ticks(low, high)[0].label} 起",
        described(
            f"点图：各单位自评表的{word}。",
            [
                f"{each.unit} {len(each.forms)} 份，{mean.label} {mean.text_with_unit}"
                for each, mean in zip(rows, means, strict=True)
            ],
        ),
        Data(
            ("单位", "份数", "最低", "最高", means[0].label),
            tuple(
                (
                    each.unit,
                    str(len(each.forms)),
                    f"{shown(min(own), 2)}{sign}" if own else "未提供",
                    f"{shown(max(own), 2)}{sign}" if own else "未提供",
                    mean,
                )
                for each, own, mean in zip(rows, found, means, strict=True)
            ),
        ),
        draw,
        f"各单位自评表的{word}",
    )
