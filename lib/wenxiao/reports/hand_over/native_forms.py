"""Which editable form each chart of the report has."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wenxiao.charts import Chart
from wenxiao.evaluation import Evaluation
from wenxiao.reports.hand_over import native_districts, native_project
from wenxiao.reports.hand_over.native import NativeChart

_FORMS: Mapping[str, Callable[[Chart, Evaluation, str], NativeChart | None]] = {
    "funds_by_source": native_project.funds,
    "composition": native_project.composition,
    "plan_against_actual": native_project.outputs,
    "works_by_kind": native_project.works,
    "grade_bands": native_project.grades,
    "district_ranking": native_districts.ranking,
    "district_figure": native_districts.district_figure,
    "score_rates": native_project.score_rates,
    "lost_points": native_project.lost_points,
    "lost_by_district": native_districts.lost_by_district,
    "rank_intervals": native_districts.rank_intervals,
    "rates_to_mean": native_districts.rates_to_mean,
}


def native_of(chart: Chart, evaluation: Evaluation, highlight: str = "") -> NativeChart | None:
    """The editable form of a chart; None for one that has none."""
    key, _, rest = chart.key.partition("/")
    if key == "gap_bars":  # what stands behind its name is whom it compares with
        return native_districts.gaps(chart, evaluation, highlight)
    make = _FORMS.get(key)
    return make(chart, evaluation, rest or highlight) if make else None
