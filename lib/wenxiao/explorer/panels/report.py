"""Keeping a state as parameters, and making its report."""

from __future__ import annotations

import asyncio
from typing import Any

import ipywidgets as widgets
from markupsafe import escape

from wenxiao.explorer.address import address_of
from wenxiao.explorer.making import make_report
from wenxiao.explorer.pane import line, quiet, told
from wenxiao.explorer.panel import Panel
from wenxiao.explorer.session import Session
from wenxiao.model import WenxiaoError

_NOTEBOOKS = {"项目报告": "project_report", "县区排名": "district_ranking"}
_SHARING = "district_ranking"
"""The notebook that shows how money is shared out."""


class ReportPanel(Panel):
    """A name, a button that writes the parameter files, and one that runs them with a bar and links the report."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.name = widgets.Text(description="名称", placeholder="如 linyi-测算1")
        self.notebook = widgets.Dropdown(description="笔记", options=_NOTEBOOKS)
        self.keep = widgets.Button(description="保存为参数")
        self.make = widgets.Button(description="生成报告", button_style="primary")
        self.bar = widgets.IntProgress(
            min=0, max=1, value=0, layout=widgets.Layout(width="24em", visibility="hidden")
        )
        self.message = widgets.HTML()
        super().__init__(
            (
                line(self.name, self.notebook),
                line(self.keep, self.make, self.bar),
                self.message,
            )
        )
        self.task: asyncio.Task[None] | None = None
        self.keep.on_click(self._keep)
        self.make.on_click(self._make)

    def refresh(self) -> None:
        """Nothing; the panel keeps whatever the session is when a button is pressed."""

    def _keep(self, button: Any) -> bool:
        del button
        try:
            files = self.session.state.save(
                self.session.workspace, self.name.value.strip(), self.notebook.value
            )
        except (WenxiaoError, OSError) as error:
            problems = error.problems if isinstance(error, WenxiaoError) else (error,)
            self.message.value = told(tuple(str(problem) for problem in problems))
            return False
        said = f"已保存 {'、'.join(files)}；wenxiao run {self.name.value.strip()} 可重新生成。"
        if "scheme" in self.session.state.changes and self.notebook.value != _SHARING:
            said += "资金分配写在“县区排名”里，不在项目报告里；需要时换一个名称，笔记选“县区排名”。"
        self.message.value = quiet(said)
        return True

    def _make(self, button: Any) -> None:
        if self._keep(button) and (self.task is None or self.task.done()):
            self.task = asyncio.ensure_future(self._run(f"{self.notebook.value}/{self.name.value.strip()}"))

    async def _run(self, run: str) -> None:
        self.make.disabled, self.bar.layout.visibility, self.bar.value = True, "visible", 0
        self.message.value = quiet("正在生成 ……")
        try:
            problems = await make_report(self.session.workspace, run, self._reached)
            self.message.value = told(problems) if problems else self._link(run)
        finally:
            self.make.disabled = False
            self.bar.layout.visibility = "hidden"

    def _reached(self, cell: int, cells: int) -> None:
        self.bar.max, self.bar.value = cells, cell
        self.message.value = quiet(f"正在生成：第 {cell} 格，共 {cells} 格")

    def _link(self, run: str) -> str:
        path = self.session.workspace.outputs / run / "report.html"
        name, address = self.session.workspace.relative(path), address_of(path, self.session.workspace.root)
        if not address:
            return quiet(f"报告已生成：{name}")
        return (
            f'<div class="wx"><p>报告已生成：<a href="{escape(address)}" target="_blank" rel="noopener">'
            f"{escape(name)}</a></p></div>"
        )
