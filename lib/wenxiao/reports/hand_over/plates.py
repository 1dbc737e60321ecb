"""The charts of a hand-over: those of the report in its order, then those that only slides and files have; as readers may see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wenxiao import charts
from wenxiao.charts import Chart
from wenxiao.display.chart import ChartBlock
from wenxiao.display.districts import district_word
from wenxiao.display.release import for_audience
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.filled import blocks_in_order

_NAMES = {
    "funds_by_source": "资金来源与使用情况",
    "composition": "资金来源构成",
    "plan_against_actual": "产出完成情况",
    "works_by_kind": "改造内容分类",
    "grade_bands": "综合得分与等级",
    "district_ranking": "各{word}综合得分",
    "district_figure": "各{word}{figure}",
    "score_rates": "一级指标得分率",
    "lost_points": "一级指标失分",
    "lost_by_district": "各{word}失分",
    "rank_intervals": "各{word}可能的位次",
    "rates_to_mean": "各项得分率与平均",
    "gap_bars": "得分与平均的差距",
    "positions": "在各{word}中的位置",
}


@dataclass(frozen=True, eq=False)
class Plate:
    """A chart of the hand-over: what it is, in words for a caption and a file name; what it says is the chart's title."""

    name: str
    chart: Chart


def plates(delivery: Delivery) -> tuple[Plate, ...]:
    """Every chart the data supports and the readers may see, each once."""
    found: dict[str, Chart] = {}
    for chart in (*_of_report(delivery), *_beside(delivery)):
        found.setdefault(chart.key, chart)
    return tuple(Plate(_name(chart, delivery), chart) for chart in found.values())


def _of_report(delivery: Delivery) -> Iterator[Chart]:
    for block in blocks_in_order(delivery):
        if isinstance(block, ChartBlock) and isinstance(block.chart, Chart):
            yield block.chart


def _beside(delivery: Delivery) -> Iterator[Chart]:
    """What the report has no room for: each figure by district, where points were lost, how firm the ranks are."""
    evaluation, own = delivery.evaluation, delivery.district or None
    made = [
        *(charts.district_figure(each, own) for each in evaluation.district_figures if each.key != "score"),
        charts.score_rates(evaluation.district_cards.get(own)) if own else None,
        charts.lost_by_district(evaluation.robustness, own),
        charts.rank_intervals(evaluation.robustness, own),
    ]
    for chart in made:
        if chart is not None and for_audience(ChartBlock(chart), delivery.audience) is not None:
            yield chart


def _name(chart: Chart, delivery: Delivery) -> str:
    key, _, rest = chart.key.partition("/")
    figures = {each.key: each.label for each in delivery.evaluation.district_figures}
    name = _NAMES.get(key, chart.title)
    return name.format(word=district_word(delivery.project), figure=figures.get(rest, rest))
