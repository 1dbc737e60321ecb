"""The editable forms of the charts of districts: scores, figures, losses, ranks."""

from __future__ import annotations

from fractions import Fraction

from wenxiao.charts import Chart
from wenxiao.charts.gaps import level_shown
from wenxiao.charts.style import (
    ACCENT,
    DEEP,
    REST,
    SECOND,
    SHADES,
    stack_colours,
)
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.robustness import GapPart, RankCertainty
from wenxiao.evaluation.robustness.gap import ADJUSTMENT
from wenxiao.model import Missing
from wenxiao.reports.hand_over.native import (
    NativeChart,
    Series,
    figures_of,
    format_of,
    round_below,
    told_names,
)

_STACKED = 5
"""More parts of a stack are not told apart by their colours."""
_ROOM = 0.045
"""A part of a stack smaller than this share of the longest has no room for its figure."""
_LONG = 16
"""More categories stand below each other as columns: names beside bars would grow too small."""


def ranking(chart: Chart, evaluation: Evaluation, highlight: str) -> NativeChart | None:
    """Scores as dots in rank order, from a round number below the last."""
    del evaluation
    rows = chart.data.rows
    scores = figures_of(rows, 2)
    known = [score for score in scores if score is not None]
    own = [bool(highlight) and row[0] == highlight for row in rows]
    series: tuple[Series, ...] = (Series("得分", scores, ACCENT, "0.00"),)
    if any(own):  # a series of its own: not every program draws a single dot in another colour
        others = tuple(None if mine else score for score, mine in zip(scores, own, strict=True))
        alone = tuple(score if mine else None for score, mine in zip(scores, own, strict=True))
        series = (Series(highlight, alone, ACCENT, "0.00"), Series("其他", others, REST, "0.00"))
    beside = tuple((chart.data.headers[i], tuple(str(row[i]) for row in rows)) for i in (1, 3, 4))
    least = round_below(min(known))
    subtitle = f"{chart.subtitle.partition('；横轴')[0]}；纵轴从 {least:g} 分起"
    return NativeChart(
        "dots", "评价对象", told_names(rows, 2), series, beside, limits=(least, None), subtitle=subtitle
    )


def district_figure(chart: Chart, evaluation: Evaluation, key: str) -> NativeChart | None:
    """One figure by district, in administrative order."""
    found = next((each for each in evaluation.district_figures if each.key == key), None)
    if found is None:
        return None
    rows = chart.data.rows[: len(found.values)]
    values = figures_of(rows, 1)
    series = Series(found.label, values, ACCENT, format_of(found.unit, values))
    return NativeChart("bars" if len(rows) <= _LONG else "columns", "地区", told_names(rows, 1), (series,))


def lost_by_district(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    """What each district lost, stacked by indicator, in rank order."""
    firm = evaluation.robustness
    if firm is None:
        return None
    matrix = firm.matrix.at(1)
    order = sorted(range(len(matrix)), key=lambda i: firm.intervals[i].rank)
    lost = [
        tuple(leaf.weight - matrix.points(matrix.scores[i, column]) for i in order)
        for column, leaf in enumerate(matrix.leaves)
    ]
    labels = list(matrix.labels)
    if matrix.offsets is not None:  # points that no indicator bears
        labels.append(ADJUSTMENT)
        lost.append(tuple(-matrix.offset(i) for i in order))
    whole = max(sum(max(part[row], Fraction(0)) for part in lost) for row in range(len(order)))
    labels, lost = _fewer(labels, lost)
    single = len(lost) - labels[-1].startswith("其余 ")
    most = max(range(single), key=lambda column: sum(lost[column]))
    least = f"{float(whole) * _ROOM:.2f}"  # a part that its figure does not fit into has none
    series = [
        Series(label, values, colour, f'[<{least}]"";0.00', labelled=len(order) <= _LONG)
        for label, values, colour in zip(labels, lost, stack_colours(len(lost), most), strict=True)
    ]
    scores = tuple(matrix.points(matrix.totals[i]) for i in order)
    return NativeChart(
        "stack",
        "评价对象",
        tuple(matrix.districts[i] for i in order),
        tuple(series),
        (("得分", scores),),
        limits=(0 if min(min(values) for values in lost) >= 0 else None, None),
        subtitle=chart.subtitle,
    )


def _fewer(
    labels: list[str], lost: list[tuple[Fraction, ...]]
) -> tuple[list[str], list[tuple[Fraction, ...]]]:
    """The parts that cost most, in their order, and the sum of the others: as many as colours tell apart."""
    if len(lost) <= _STACKED:
        return labels, lost
    kept = sorted(sorted(range(len(lost)), key=lambda part: -sum(lost[part]))[: _STACKED - 1])
    others = [values for part, values in enumerate(lost) if part not in kept]
    rest = tuple(sum(each, Fraction(0)) for each in zip(*others, strict=True))
    return [*(labels[part] for part in kept), f"其余 {len(others)} 项"], [
        *(lost[part] for part in kept),
        rest,
    ]


def rank_intervals(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    """The best and the worst possible rank of each district, and the present one between."""
    firm = evaluation.robustness
    if firm is None:
        return None
    places = firm.certainty.places if isinstance(firm.certainty, RankCertainty) else [None] * len(firm.matrix)
    rows = sorted(zip(firm.intervals, places, strict=True), key=lambda pair: pair[0].rank)
    best = tuple(min(each.best, place.best) if place else each.best for each, place in rows)
    worst = tuple(max(each.worst, place.worst) if place else each.worst for each, place in rows)
    return NativeChart(
        "ranges",
        "评价对象",
        tuple(each.district for each, _ in rows),
        (
            Series("可能的最好名次", best, SHADES[1], "0", labelled=False),
            Series("现名次", tuple(each.rank for each, _ in rows), ACCENT, "0"),
            Series("可能的最差名次", worst, REST, "0", labelled=False),
        ),
        limits=(1, float(max(worst))),
        subtitle=chart.subtitle.replace("横轴左端为第 1", "纵轴顶端为第 1"),
    )


def rates_to_mean(chart: Chart, evaluation: Evaluation, district: str) -> NativeChart | None:
    """A district's score rates beside their means, furthest behind first."""
    parts = sorted(
        (part for part in _parts(evaluation, district) if part.weight),
        key=lambda part: part.difference / part.weight,
    )
    if not parts:
        return None
    own = Series(district, tuple(part.own / part.weight for part in parts), ACCENT, "0.0%")
    mean = Series("平均", tuple(part.other / part.weight for part in parts), REST, "0.0%")
    weights = tuple(part.weight for part in parts)
    labels = tuple(part.label for part in parts)
    subtitle = chart.subtitle.partition("；横轴")[0]
    return NativeChart("bars", "指标", labels, (own, mean), (("分值", weights),), subtitle=subtitle)


def gaps(chart: Chart, evaluation: Evaluation, district: str) -> NativeChart | None:
    """What a district has over the mean or is behind by indicator, and the sum of it."""
    del chart
    moved = sorted(
        (part for part in _parts(evaluation, district) if part.difference), key=lambda part: -part.difference
    )
    if not moved:
        return None
    differences = tuple(part.difference for part in moved)
    marked = {i: DEEP for i, each in enumerate(differences) if each < 0}
    marked[len(moved)] = SECOND
    series = Series("相差", (*differences, sum(differences, Fraction(0))), ACCENT, "+0.00;-0.00;0")
    beside = (
        (district, (*(part.own for part in moved), None)),
        ("平均", (*(part.other for part in moved), None)),
    )
    return NativeChart(
        "bars",
        "指标",
        (*(part.label for part in moved), "合计"),
        (series,),
        beside,
        marked,
        (None, None),
        f"{district}与平均分之差，单位：分；向右为较高，向左为较低",
    )


def _parts(evaluation: Evaluation, district: str) -> tuple[GapPart, ...]:
    """The parts of a district's gap to the mean; none where only totals are known."""
    firm = evaluation.robustness
    if firm is None or not firm.matrix.detailed or district not in firm.matrix:
        return ()
    gap = firm.gap_to_mean(district, level_shown(firm))
    return () if isinstance(gap.parts, Missing) else tuple(gap.parts)
