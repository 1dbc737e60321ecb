"""The explorer: its panels in tabs, one session behind them."""

from __future__ import annotations

import ipywidgets as widgets

from wenxiao.display import style
from wenxiao.explorer.panel import Panel, choose, line, quiet
from wenxiao.explorer.panels.allocation import AllocationPanel
from wenxiao.explorer.panels.findings import FindingsPanel
from wenxiao.explorer.panels.project import ProjectPanel
from wenxiao.explorer.panels.ranking import RankingPanel, SummaryPanel
from wenxiao.explorer.panels.report import ReportPanel
from wenxiao.explorer.panels.rules import RulesPanel
from wenxiao.explorer.panels.weights import WeightsPanel
from wenxiao.explorer.panels.words import WordsPanel
from wenxiao.explorer.parameter_set import ParameterSet
from wenxiao.explorer.session import Session
from wenxiao.model import CellRef
from wenxiao.project import Workspace

_READING = 0
_TITLES = ("读取", "结论", "评价规则", "分值测算", "名次", "资金分配", "核对差异", "文字与更正", "报告")
_NARROW = (
    "<style>.wx-tabs > .lm-TabBar > .lm-TabBar-content { flex-wrap: wrap }"
    ".wx-tabs { --jp-widgets-horizontal-tab-width: auto }"
    ".wx-tabs > .lm-TabBar .lm-TabBar-tab { min-width: max-content }"
    ".wx-tabs .widget-html-content { min-width: 0 }</style>"
)
"""In a narrow window the tabs stand in several rows, each name whole, and lines break, wide tables scrolling by themselves."""


class Explorer(Panel):
    """A project explored: choose, look, change the rules, ask, keep the state, make the report.

    `project` is the path or the name of its folder, `profile` the name of rules; without a project the first one of the workspace is opened.
    """

    def __init__(
        self, project: str = "", profile: str = "national", workspace: Workspace | None = None
    ) -> None:
        place = workspace or Workspace.find()
        first = next(iter(place.projects), "data")
        named = place.relative(place.project_folder(project)) if project else first
        super().__init__(Session(place, ParameterSet(named, profile)))
        self.project = widgets.Dropdown(description="项目", layout=widgets.Layout(width="26em"))
        self.undo = widgets.Button(description="撤销", layout=widgets.Layout(width="5em"))
        self.redo = widgets.Button(description="重做", layout=widgets.Layout(width="5em"))
        self.state = widgets.HTML()
        self.tabs = widgets.Tab()
        self.tabs.add_class("wx-tabs")
        self._opened = ""
        self.children = (
            widgets.HTML(str(style().html) + _NARROW),
            line(self.project, self.undo, self.redo, self.state),
            self.message,
            self.tabs,
        )
        self.when(self.project, self.session.open)
        self.press(self.undo, self.session.undo)
        self.press(self.redo, self.session.redo)
        self.tabs.observe(lambda _: self._turned(), "selected_index")
        self.show(shown=True)

    def draw(self) -> None:
        """Sets the line above the tabs to what the session is, with new panels where another project was opened."""
        session, parameters = self.session, self.session.state.parameters
        if self._opened != parameters.project:
            self._opened = parameters.project
            self._renew()
        projects = session.workspace.projects
        choose(self.project, projects, parameters.project if parameters.project in projects else None)
        self.undo.disabled, self.redo.disabled = (not steps for steps in session.steps)
        said = (
            f"{'测算：' if parameters.tried else ''}改动了{parameters.said}"
            if parameters.changes
            else "按原评价规则"
        )
        self.state.value = quiet(said)

    draw_trial = draw

    def _renew(self) -> None:
        """Makes the panels of another project; those of the one that is left hear nothing more of their controls."""
        old, at = self.tabs.children, self.tabs.selected_index or 0
        self.reading = ProjectPanel(self.session, self._made)
        self.summary = SummaryPanel(self.session)
        self.tabs.children = (
            self.reading,
            self.summary,
            RulesPanel(self.session),
            WeightsPanel(self.session),
            RankingPanel(self.session),
            AllocationPanel(self.session),
            FindingsPanel(self.session, self._jump),
            WordsPanel(self.session),
            ReportPanel(self.session),
        )
        self.tabs.titles, self.tabs.selected_index = (
            _TITLES,
            at,
        )  # a Tab keeps no more titles than it has children
        for panel in old:
            panel.leave()
        self._turned()

    def _turned(self) -> None:
        for at, panel in enumerate(self.tabs.children):
            panel.show(shown=at == self.tabs.selected_index)

    def _made(self, project: str, said: str) -> None:
        self.session.open(project)
        self.reading.new.say(said)

    def _jump(self, cells: tuple[CellRef, ...]) -> None:
        self.session.choose(file=cells[0].file, cells=cells)
        self.tabs.selected_index = _READING
