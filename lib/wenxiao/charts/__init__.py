"""Charts: evaluation values to pictures that say what to see. Each function gives a chart, or None where the data has none.

>>> import wenxiao as wx
>>> chart = wx.charts.district_ranking(wx.evaluate("linyi-2021").ranking)
>>> chart.title, chart.svg.startswith("<svg")
('罗庄区居首（93.54 分），平邑县居末（84.00 分）', True)
"""

from wenxiao.charts.chart import Chart, Data, Datum, text_of
from wenxiao.charts.composition import composition
from wenxiao.charts.districts import district_figure, positions
from wenxiao.charts.funds import funds_by_source
from wenxiao.charts.gaps import gap_bars, gap_of_pair, gap_to_mean, rates_to_mean
from wenxiao.charts.grade import grade_bands
from wenxiao.charts.losses import lost_by_district
from wenxiao.charts.outputs import plan_against_actual, works_by_kind
from wenxiao.charts.portfolio import execution_rates, project_scores
from wenxiao.charts.progress import spending_lines
from wenxiao.charts.rank_intervals import rank_intervals
from wenxiao.charts.ranking import district_ranking
from wenxiao.charts.scorecard import lost_points, score_rates
from wenxiao.charts.season import unit_rates, unit_scores

__all__ = [
    "Chart",
    "Data",
    "Datum",
    "composition",
    "district_figure",
    "district_ranking",
    "execution_rates",
    "funds_by_source",
    "gap_bars",
    "gap_of_pair",
    "gap_to_mean",
    "grade_bands",
    "lost_by_district",
    "lost_points",
    "plan_against_actual",
    "positions",
    "project_scores",
    "rank_intervals",
    "rates_to_mean",
    "score_rates",
    "spending_lines",
    "text_of",
    "unit_rates",
    "unit_scores",
    "works_by_kind",
]
