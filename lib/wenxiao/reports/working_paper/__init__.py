"""The working paper (工作底稿): a workbook in which every figure is a live formula over copies of the source cells.

Documented in docs/working-paper.md.
"""

from wenxiao.reports.working_paper.output import WorkingPaper, lift_working_paper, working_paper

__all__ = ["WorkingPaper", "lift_working_paper", "working_paper"]
