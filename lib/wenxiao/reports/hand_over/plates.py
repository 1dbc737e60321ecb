"""The charts of a hand-over: those of the report in its order, then those that only slides and files have; as readers may see them."""

from __future__ import annotations

from collections.abc import Iterator

from wenxiao import charts
from wenxiao.charts import Chart
from wenxiao.display.chart import ChartBlock
from wenxiao.display.districts import district_word
from wenxiao.display.release import for_audience
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.filled import blocks_in_order


def charts_of(delivery: Delivery) -> tuple[Chart, ...]:
    """Every chart the data supports and the readers may see, each once."""
    found: dict[str, Chart] = {}
    for chart in (*_of_report(delivery), *_beside(delivery)):
        found.setdefault(chart.key, chart)
    return tuple(found.values())


def _of_report(delivery: Delivery) -> Iterator[Chart]:
    for block in blocks_in_order(delivery):
        if isinstance(block, ChartBlock) and isinstance(block.chart, Chart):
            yield block.chart


def _beside(delivery: Delivery) -> Iterator[Chart]:
    """What the report has no room for: each figure by district, where points were lost, how firm the ranks are."""
    evaluation, own = delivery.evaluation, delivery.district or None
    word = district_word(delivery.project)
    made = [
        *(
            charts.district_figure(each, own, word)
            for each in evaluation.district_figures
            if each.key != "score"
        ),
        charts.score_rates(evaluation.district_cards.get(own)) if own else None,
        charts.lost_by_district(evaluation.robustness, own, word),
        charts.rank_intervals(evaluation.robustness, own, word),
    ]
    for chart in made:
        if chart is not None and for_audience(ChartBlock(chart), delivery.audience) is not None:
            yield chart
