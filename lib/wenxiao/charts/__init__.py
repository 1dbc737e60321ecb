"""Charts: evaluation values to pictures that say what to see. Each function gives a chart, or None where the data has none."""

from wenxiao.charts.chart import Chart, Data, Datum, text_of
from wenxiao.charts.composition import composition
from wenxiao.charts.districts import district_figure, positions
from wenxiao.charts.funds import funds_by_source
from wenxiao.charts.grade import grade_bands
from wenxiao.charts.outputs import plan_against_actual
from wenxiao.charts.portfolio import execution_rates, project_scores
from wenxiao.charts.ranking import district_ranking
from wenxiao.charts.scorecard import lost_points, score_rates
from wenxiao.charts.works import works_by_kind

__all__ = [
    "Chart",
    "Data",
    "Datum",
    "composition",
    "district_figure",
    "district_ranking",
    "execution_rates",
    "funds_by_source",
    "grade_bands",
    "lost_points",
    "plan_against_actual",
    "positions",
    "project_scores",
    "score_rates",
    "text_of",
    "works_by_kind",
]
