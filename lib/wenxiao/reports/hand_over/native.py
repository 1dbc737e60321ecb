"""What a chart of the report is as an editable chart of a slide: its form, its categories, its series with exact values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from wenxiao.charts import Chart
from wenxiao.charts.style import (
    ACCENT,
    DEEP,
    GAIN,
    REST,
    SECOND,
    SHADES,
    STAGE_COLOURS,
    colour_of_grade,
    stack_colours,
    tint,
)
from wenxiao.evaluation import STAGES, Evaluation
from wenxiao.evaluation.robustness import RankCertainty
from wenxiao.evaluation.robustness.gap import ADJUSTMENT
from wenxiao.model import Exact, Given, Measure, Quantity
from wenxiao.model.units import POINTS, RATIO, Unit

Form = Literal["bars", "columns", "stack", "steps", "dots", "ranges"]
"""Bars from the left, columns from below, stacked bars, columns on invisible ones, dots, dots joined from best to worst."""

Beside = str | Exact | None
_STACKED = 5
"""More parts of a stack are not told apart by their colours."""
_LONG = 16
"""More categories stand below each other as columns: names beside bars would grow too small."""


@dataclass(frozen=True, slots=True)
class Series:
    """A series: its values in the order of the categories, None where one is missing; no colour is not drawn."""

    name: str
    values: tuple[Exact | None, ...]
    colour: str
    number_format: str = "#,##0.00"
    labelled: bool = True
    named: bool = False
    """The label is the name of the series, not the value."""


@dataclass(frozen=True)
class NativeChart:
    """A chart that the program which opens the slides draws itself, from the workbook in it.

    `head` names the categories; `marked` gives single points of the first series a colour of their own; `beside` are
    columns that stand in the workbook next to the values and are not drawn; `subtitle` replaces that of the chart where
    the form differs.
    """

    form: Form
    head: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    beside: tuple[tuple[str, tuple[Beside, ...]], ...] = ()
    marked: Mapping[int, str] = field(default_factory=dict)
    limits: tuple[float | None, float | None] = (0, None)
    subtitle: str = ""


def native_of(chart: Chart, evaluation: Evaluation, highlight: str = "") -> NativeChart | None:
    """The editable form of a chart; None for one that has none."""
    key, _, rest = chart.key.partition("/")
    make = _FORMS.get(key)
    return make(chart, evaluation, rest or highlight) if make else None


def _funds(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    funds = evaluation.funds
    assert funds is not None
    rows = [row for row in chart.data.rows if row[0] != "合计"]
    stages = {STAGES[stage]: stage for stage in funds.stages}
    amounts = {
        name: _column(rows, column) for column, name in enumerate(chart.data.headers) if name in stages
    }
    series = [
        Series(name, values, STAGE_COLOURS[stages[name]], _money(values))
        for name, values in amounts.items()
        if any(value is not None for value in values)
    ]
    beside = [
        (name, _column(rows, column))
        for column, name in enumerate(chart.data.headers)
        if column and name not in stages
    ]
    if len(series) == 1:
        series = [replace(series[0], colour=ACCENT)]
    open_ends = any(value is None for each in series for value in each.values)
    subtitle = f"{chart.subtitle}{'；没有填列的没有条形' if open_ends else ''}"
    return NativeChart("bars", "资金来源", _names(rows), tuple(series), tuple(beside), subtitle=subtitle)


def _composition(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    del evaluation
    rows = chart.data.rows[:-1]
    shares, amounts = _column(rows, 2), _column(rows, 1)
    series = Series("占比", shares, ACCENT, "0.0%")
    head, name = chart.data.headers[0], chart.data.headers[1]
    return NativeChart("bars", head, _names(rows), (series,), ((f"{name}（万元）", amounts),))


def _outputs(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    rows = chart.data.rows
    rates = _column(rows, len(chart.data.headers) - 1)
    marked = {i: DEEP for i, rate in enumerate(rates) if rate is not None and rate < 1}
    units = tuple(_unit(each.planned, each.actual) for each in evaluation.outputs)
    beside = [("单位", units), *((chart.data.headers[i], _column(rows, i)) for i in (1, 2))]
    series = Series("完成率", rates, ACCENT, "0.0%")
    subtitle = chart.subtitle.replace("实线为计划的 100%", "100% 为计划")
    return NativeChart("bars", "产出", _names(rows), (series,), tuple(beside), marked, subtitle=subtitle)


def _works(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    del evaluation
    counts = _column(chart.data.rows, 1)
    series = Series("清单条目", counts, REST, "0")
    marked = {i: ACCENT for i, count in enumerate(counts) if count == counts[0]}
    return NativeChart("bars", "改造内容", _names(chart.data.rows), (series,), marked=marked)


def _grades(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    verdict, bands = evaluation.verdict, evaluation.profile.grades[::-1]
    assert verdict.grade is not None
    ends = [Fraction(band.lowest) for band in bands] + [Fraction(evaluation.profile.weights_total)]
    series = [
        Series(
            band.label,
            (high - low, None),
            tint(colour_of_grade(band.label), 0.45),
            "0",
            named=True,
        )
        for band, low, high in zip(bands, ends, ends[1:], strict=False)
    ]
    score = Series("综合得分", (None, verdict.score.number), colour_of_grade(verdict.grade.label), "0.00")
    head = ("等级区间", f"综合得分（{verdict.grade.label}）")
    return NativeChart(
        "stack", "项目", head, (*series, score), limits=(0, float(ends[-1])), subtitle=chart.subtitle
    )


def _ranking(chart: Chart, evaluation: Evaluation, highlight: str) -> NativeChart | None:
    del evaluation
    rows = chart.data.rows
    scores = _column(rows, 2)
    known = [score for score in scores if score is not None]
    marked = {i: ACCENT for i, row in enumerate(rows) if highlight and row[0] == highlight}
    series = Series("得分", scores, REST if marked else ACCENT, "0.00")
    beside = tuple((chart.data.headers[i], tuple(str(row[i]) for row in rows)) for i in (1, 3, 4))
    least = _below(min(known))
    subtitle = f"{chart.subtitle.partition('；横轴')[0]}；纵轴从 {least:g} 分起"
    return NativeChart("dots", "评价对象", _names(rows), (series,), beside, marked, (least, None), subtitle)


def _district(chart: Chart, evaluation: Evaluation, key: str) -> NativeChart | None:
    found = next((each for each in evaluation.district_figures if each.key == key), None)
    if found is None:
        return None
    rows = chart.data.rows[: len(found.values)]
    values = _column(rows, 1)
    series = Series(found.label, values, ACCENT, _format(found.unit, values))
    return NativeChart("bars" if len(rows) <= _LONG else "columns", "地区", _names(rows), (series,))


def _rates(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    del evaluation
    rows = chart.data.rows
    rates = _column(rows, 3)
    known = [rate for rate in rates[:-1] if rate is not None]
    marked = {i: ACCENT for i, rate in enumerate(rates[:-1]) if rate == min(known)}
    marked[len(rows) - 1] = SECOND
    series = Series("得分率", rates, REST, "0.0%")
    beside = tuple((chart.data.headers[i], _column(rows, i)) for i in (1, 2, 4))
    return NativeChart(
        "bars",
        "一级指标",
        _names(rows),
        (series,),
        beside,
        marked,
        (0, 1),
        "各一级指标的得分率（得分÷分值），最下为合计",
    )


def _lost(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    """The losses on each other's shoulders from zero up to their sum; a score above its 分值 goes down again."""
    del evaluation
    rows = chart.data.rows[:-1]
    losses = [loss for loss in _column(rows, 3) if loss is not None]
    reached = [sum((Fraction(each) for each in losses[:i]), Fraction(0)) for i in range(len(losses) + 1)]
    if min(reached) < 0:
        return None
    base = [min(a, b) for a, b in pairwise(reached)]
    fall = [Fraction(loss) if loss >= 0 else None for loss in losses]
    rise = [-Fraction(loss) if loss < 0 else None for loss in losses]
    series = [
        Series("起点", (*base, None), "", labelled=False),
        Series("失分", (*fall, None), DEEP, "0.00"),
        Series("超过分值", (*rise, None), GAIN, "0.00"),
        Series("失分合计", (*(None for _ in losses), reached[-1]), ACCENT, "0.00"),
    ]
    beside = tuple((chart.data.headers[i], (*_column(rows, i), None)) for i in (1, 2))
    return NativeChart(
        "steps",
        "一级指标",
        (*_names(rows), "失分合计"),
        tuple(each for each in series if any(value is not None for value in each.values)),
        beside,
        subtitle="各一级指标失去的分数（分值－得分），逐项累计为失分合计，单位：分",
    )


def _lost_by_district(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
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
    labels, lost = _fewer(labels, lost)
    most = max(range(len(lost)), key=lambda column: sum(lost[column]))
    series = [
        Series(label, values, colour, "0.00", labelled=len(order) <= _LONG)
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


def _intervals(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
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


_FORMS: Mapping[str, Callable[[Chart, Evaluation, str], NativeChart | None]] = {
    "funds_by_source": _funds,
    "composition": _composition,
    "plan_against_actual": _outputs,
    "works_by_kind": _works,
    "grade_bands": _grades,
    "district_ranking": _ranking,
    "district_figure": _district,
    "score_rates": _rates,
    "lost_points": _lost,
    "lost_by_district": _lost_by_district,
    "rank_intervals": _intervals,
}


def _names(rows: Sequence[Sequence[object]]) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in rows)


def _column(rows: Sequence[Sequence[object]], column: int) -> tuple[Exact | None, ...]:
    """The exact figures of a column of a chart's data; None for words."""
    return tuple(_number(row[column]) for row in rows)


def _number(datum: object) -> Exact | None:
    if isinstance(datum, Measure):
        return datum.number
    if isinstance(datum, Given) and isinstance(datum.content, Quantity):
        return datum.content.value
    return None


def _unit(*figures: Given) -> str:
    return next((each.quantity.unit.symbol for each in figures if each.quantity), "")


def _money(values: Sequence[Exact | None]) -> str:
    return (
        "#,##0" if all(value is None or Fraction(value).denominator == 1 for value in values) else "#,##0.0"
    )


def _format(unit: Unit, values: Sequence[Exact | None]) -> str:
    if unit.dimension == RATIO.dimension:
        return "0.0%"
    return "0.00" if unit.dimension == POINTS.dimension else _money(values)


def _below(least: Exact) -> float:
    """A round number below the least score, where an axis of dots may begin."""
    return float((int(Fraction(least)) - 1) // 5 * 5)
