"""What is handed over: one evaluation, for its readers, as one edition; every part of the hand-over is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from wenxiao.contents import Subject
from wenxiao.display.facts import report_kind, year_of
from wenxiao.evaluation import INTERNAL, Audience, Evaluation
from wenxiao.project import Project

EDITIONS = ("征求意见稿", "内部审核稿", "正式稿")
"""The editions in the order they pass (RULES: 征求意见稿 → 内部审核稿 → 正式稿)."""

_MADE_UP = ("虚构示例", "合成数据", "虚构")


@dataclass(frozen=True, eq=False)
class Delivery:
    """One edition of the hand-over.

    `audience` says what its readers may see, in every file alike; `run` is the name of the run whose folder it goes to;
    `district` is set where the report is about one district of the project.
    """

    evaluation: Evaluation
    audience: Audience = INTERNAL
    edition: str = "内部审核稿"
    district: str = ""
    run: str = ""

    @cached_property
    def subject(self) -> Subject:
        """What it is about."""
        return Subject((self.evaluation,), self.district)

    @property
    def project(self) -> Project:
        """The project that was evaluated."""
        return self.evaluation.project

    @property
    def kind(self) -> str:
        """The kind of report as the head names it (单位自评, 部门评价, 财政评价, 全周期跟踪问效); '' where it does not."""
        return report_kind(self.project)

    @property
    def year(self) -> str:
        """The year in words (2021 年度); '' where the head names none."""
        return year_of(self.project)

    @property
    def title(self) -> str:
        """What the report is called, without its kind."""
        title = self.project.title
        return f"{title}（{self.district}）" if self.district else title

    @property
    def mark(self) -> str:
        """What stands at the head of every file: the edition, and for whom it is; first of all that its data are made up.

        That is what the project's title says: a title with 虚构示例 or 合成数据 labels every page.
        """
        readers = "公开" if self.audience.release else "内部使用"
        made_up = next((word for word in _MADE_UP if word in self.project.title), "")
        return " · ".join(filter(None, (made_up, self.edition, readers)))
