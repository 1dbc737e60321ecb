"""The editable forms of the charts of a project: funds, outputs, works, grades, scores."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from wenxiao.charts import Chart
from wenxiao.charts.style import (
    ACCENT,
    DEEP,
    GAIN,
    REST,
    SECOND,
    STAGE_COLOURS,
    colour_of_grade,
    tint,
)
from wenxiao.evaluation import STAGES, Evaluation
from wenxiao.reports.hand_over.native import (
    NativeChart,
    Series,
    figures_of,
    money_format,
    names_of,
    unit_of,
)


def funds(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    """Amounts by source, a series a stage; the rates beside."""
    funds = evaluation.funds
    assert funds is not None
    rows = [row for row in chart.data.rows if row[0] != "合计"]
    stages = {STAGES[stage]: stage for stage in funds.stages}
    amounts = {
        name: figures_of(rows, column) for column, name in enumerate(chart.data.headers) if name in stages
    }
    series = [
        Series(name, values, STAGE_COLOURS[stages[name]], money_format(values))
        for name, values in amounts.items()
        if any(value is not None for value in values)
    ]
    beside = [
        (name, figures_of(rows, column))
        for column, name in enumerate(chart.data.headers)
        if column and name not in stages
    ]
    if len(series) == 1:
        series = [replace(series[0], colour=ACCENT)]
    open_ends = any(value is None for each in series for value in each.values)
    subtitle = f"{chart.subtitle}{'；没有填列的没有条形' if open_ends else ''}"
    return NativeChart("bars", "资金来源", names_of(rows), tuple(series), tuple(beside), subtitle=subtitle)


def composition(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    """Shares of the sources as bars; the amounts beside."""
    del evaluation
    rows = chart.data.rows[:-1]
    shares, amounts = figures_of(rows, 2), figures_of(rows, 1)
    series = Series("占比", shares, ACCENT, "0.0%")
    head, name = chart.data.headers[0], chart.data.headers[1]
    return NativeChart("bars", head, names_of(rows), (series,), ((f"{name}（万元）", amounts),))


def outputs(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    """Completion rates, those below the plan marked; plan and actual beside."""
    rows = chart.data.rows
    rates = figures_of(rows, len(chart.data.headers) - 1)
    marked = {i: DEEP for i, rate in enumerate(rates) if rate is not None and rate < 1}
    units = tuple(unit_of(each.planned, each.actual) for each in evaluation.outputs)
    beside = [("单位", units), *((chart.data.headers[i], figures_of(rows, i)) for i in (1, 2))]
    series = Series("完成率", rates, ACCENT, "0.0%")
    subtitle = chart.subtitle.replace("实线为计划的 100%", "100% 为计划")
    return NativeChart("bars", "产出", names_of(rows), (series,), tuple(beside), marked, subtitle=subtitle)


def works(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    """Entries by kind of work, the most frequent marked."""
    del evaluation
    counts = figures_of(chart.data.rows, 1)
    series = Series("清单条目", counts, REST, "0")
    marked = {i: ACCENT for i, count in enumerate(counts) if count == counts[0]}
    return NativeChart("bars", "改造内容", names_of(chart.data.rows), (series,), marked=marked)


def grades(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    """The bands of grades as one stack, the score as a bar below them."""
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


def score_rates(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    """Score rates of the first level with the whole, the lowest marked."""
    del evaluation
    rows = chart.data.rows
    rates = figures_of(rows, 3)
    known = [rate for rate in rates[:-1] if rate is not None]
    marked = {i: ACCENT for i, rate in enumerate(rates[:-1]) if rate == min(known)}
    marked[len(rows) - 1] = SECOND
    series = Series("得分率", rates, REST, "0.0%")
    beside = tuple((chart.data.headers[i], figures_of(rows, i)) for i in (1, 2, 4))
    return NativeChart(
        "bars",
        "一级指标",
        names_of(rows),
        (series,),
        beside,
        marked,
        (0, 1),
        "各一级指标的得分率（得分÷分值），最下为合计",
    )


def lost_points(chart: Chart, evaluation: Evaluation, _: str) -> NativeChart | None:
    """The losses on each other's shoulders from zero up to their sum; a score above its 分值 goes down again."""
    del evaluation
    rows = chart.data.rows[:-1]
    losses = [loss for loss in figures_of(rows, 3) if loss is not None]
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
    beside = tuple((chart.data.headers[i], (*figures_of(rows, i), None)) for i in (1, 2))
    return NativeChart(
        "steps",
        "一级指标",
        (*names_of(rows), "失分合计"),
        tuple(each for each in series if any(value is not None for value in each.values)),
        beside,
        subtitle="各一级指标失去的分数（分值－得分），逐项累计为失分合计，单位：分",
    )
