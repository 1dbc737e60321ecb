"""The charts of a hand-over in the order of the report, each with the words a caption calls it by; as readers may see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wenxiao import charts
from wenxiao.charts import Chart
from wenxiao.display.chart import ChartBlock
from wenxiao.display.districts import district_word
from wenxiao.display.release import for_audience
from wenxiao.reports.hand_over.delivery import Delivery


@dataclass(frozen=True, eq=False)
class Plate:
    """A chart of the hand-over: what it is, in words for a caption and a file name; what it says is the chart's title."""

    name: str
    chart: Chart


def plates(delivery: Delivery) -> tuple[Plate, ...]:
    """Every chart the data supports and the readers may see, in the order of the report's outline."""
    return tuple(
        Plate(name, chart)
        for name, chart in _all(delivery)
        if chart is not None and for_audience(ChartBlock(chart), delivery.audience) is not None
    )


def _all(delivery: Delivery) -> Iterator[tuple[str, Chart | None]]:
    evaluation, own = delivery.evaluation, delivery.district or None
    word = district_word(delivery.project)
    yield "资金来源与使用情况", charts.funds_by_source(evaluation.funds)
    yield "资金来源构成", charts.composition(evaluation.funds)
    yield "产出完成情况", charts.plan_against_actual(evaluation.outputs)
    yield "改造内容分类", charts.works_by_kind(evaluation.works)
    yield "综合得分与等级", charts.grade_bands(evaluation.verdict, evaluation.profile)
    yield f"各{word}综合得分", charts.district_ranking(evaluation.ranking, own)
    for figure in evaluation.district_figures:
        if figure.key != "score":  # the ranking shows it
            yield f"各{word}{figure.label}", charts.district_figure(figure, own)
    yield "一级指标得分率", charts.score_rates(evaluation.scorecard)
    yield "一级指标失分", charts.lost_points(evaluation.scorecard)
    yield f"各{word}失分", charts.lost_by_district(evaluation.robustness, own)
    yield f"各{word}可能的位次", charts.rank_intervals(evaluation.robustness, own)
