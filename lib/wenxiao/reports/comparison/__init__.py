"""Two runs, or two folders of them, side by side: what moved, with exact differences."""

from wenxiao.reports.comparison.change import Change, Kind, Part
from wenxiao.reports.comparison.compared import Comparison, RunComparison, compare
from wenxiao.reports.comparison.terminal import comparison_lines, comparison_page

__all__ = [
    "Change",
    "Comparison",
    "Kind",
    "Part",
    "RunComparison",
    "compare",
    "comparison_lines",
    "comparison_page",
]
