"""The explorer: its panels in tabs, one session behind them."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from wenxiao.display import style
from wenxiao.explorer.pane import line, quiet, told
from wenxiao.explorer.panel import Panel
from wenxiao.explorer.panels.allocation import AllocationPanel
from wenxiao.explorer.panels.findings import FindingsPanel
from wenxiao.explorer.panels.project import ProjectPanel
from wenxiao.explorer.panels.ranking import RankingPanel
from wenxiao.explorer.panels.report import ReportPanel
from wenxiao.explorer.panels.rules import RulesPanel
from wenxiao.explorer.panels.summary import SummaryPanel
from wenxiao.explorer.panels.weights import WeightsPanel
from wenxiao.explorer.panels.words import WordsPanel
from wenxiao.explorer.parameter_set import ParameterSet
from wenxiao.explorer.session import Session
from wenxiao.model import CellRef
from wenxiao.project import Workspace

_READING = 0
_NARROW = (
    "<style>.wx-tabs > .lm-TabBar > .lm-TabBar-content { flex-wrap: wrap }"
    ".wx-tabs { --jp-widgets-horizontal-tab-width: auto }"
    ".wx-tabs > .lm-TabBar .lm-TabBar-tab { min-width: max-content }"
    ".wx-tabs .widget-html-content { min-width: 0 }</style>"
)
"""In a narrow window the tabs stand in several rows, each name whole, and lines break, wide tables scrolling by themselves."""


class Explorer(Panel):
    """A project explored: choose, look, change the rules, ask, keep the state, make the report.

    `project` and `profile` are as parameters name them; without a project the first one of the workspace is opened.
    """

    def __init__(
        self, project: str = "", profile: str = "national", workspace: Workspace | None = None
    ) -> None:
        place = workspace or Workspace.find()
        projects = place.projects
        self.project = widgets.Dropdown(
            description="项目", options=projects, value=project if project in projects else None,
            layout=widgets.Layout(width="26em"),
        )  # fmt: skip
        self.session = Session(place, ParameterSet(project or (projects[0] if projects else "data"), profile))
        self.state = widgets.HTML()
        reading = ProjectPanel(self.session, self._made)
        self.summary = SummaryPanel(self.session)
        self.tabs = widgets.Tab(
            (
                reading,
                self.summary,
                RulesPanel(self.session),
                WeightsPanel(self.session),
                RankingPanel(self.session),
                AllocationPanel(self.session),
                FindingsPanel(self.session, self._jump),
                WordsPanel(self.session),
                ReportPanel(self.session),
            ),
            titles=(
                "读取",
                "结论",
                "评价规则",
                "分值测算",
                "名次",
                "资金分配",
                "核对差异",
                "文字与更正",
                "报告",
            ),
        )
        self.tabs.add_class("wx-tabs")
        self.reading = reading
        super().__init__(
            (widgets.HTML(str(style().html) + _NARROW), line(self.project, self.state), self.tabs)
        )
        self.project.value = self.session.state.project if self.session.state.project in projects else None
        self.project.observe(self._chosen, "value")
        self.session.listen(self.refresh, self.refresh)
        reading.show(shown=True)
        self.tabs.observe(self._turned, "selected_index")
        self.refresh()

    def refresh(self) -> None:
        """Nothing; the line above the tabs says what was changed of the rules."""
        state = self.session.state
        said = f"{'测算：' if state.tried else ''}改动了{state.said}" if state.changes else "按原评价规则"
        self.state.value = quiet(said) + told(self.session.problems)

    def _chosen(self, change: Any) -> None:
        if change["new"]:
            self.session.open(change["new"])

    def _turned(self, change: Any) -> None:
        for at, panel in enumerate(self.tabs.children):
            panel.show(shown=at == change["new"])

    def _made(self, project: str) -> None:
        self.project.options = self.session.workspace.projects
        self.project.value = project

    def _jump(self, cells: tuple[CellRef, ...]) -> None:
        self.tabs.selected_index = _READING
        self.reading.jump(cells)
