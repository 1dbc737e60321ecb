"""A new project: a folder by name, with the workbooks dropped in, or with the template to fill in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from wenxiao.batch.run import is_safe
from wenxiao.collect import create_project
from wenxiao.explorer.dropped import ACCEPTED, keep_files, told_of
from wenxiao.explorer.pane import line, quiet, told
from wenxiao.explorer.panel import Panel
from wenxiao.explorer.session import Session
from wenxiao.model import WenxiaoError


class NewProjectPanel(Panel):
    """A name and workbooks; the button makes what `wenxiao new` makes and opens it."""

    def __init__(self, session: Session, made: Callable[[str], None]) -> None:
        self.session, self.made = session, made
        self.name = widgets.Text(description="新项目", placeholder="如 某县2025年老旧小区改造")
        self.upload = widgets.FileUpload(
            description="工作簿", accept=ACCEPTED, multiple=True, tooltip="不选则放入可填写的模板"
        )
        self.create = widgets.Button(description="新建")
        self.message = widgets.HTML()
        super().__init__((line(self.name, self.upload, self.create), self.message))
        self.create.on_click(self._create)

    def refresh(self) -> None:
        """Nothing; the panel shows nothing of the session."""

    def _create(self, button: Any) -> None:
        del button
        name = self.name.value.strip()
        folder = self.session.workspace.data / name
        if is_safe(name) and folder.exists():
            self.message.value = told((f"已有这个项目：{name}；换一个名称，或在上面选它。",))
            return
        added: list[str] = []
        refused: list[str] = []
        if is_safe(name) and "--" not in name:
            added, refused = keep_files(folder, self.upload.value)
        try:
            project = create_project(self.session.workspace, name)
        except WenxiaoError as error:
            self.message.value = told(tuple(str(problem) for problem in error.problems))
            return
        made = "、".join(self.session.workspace.relative(path) for path in project.made)
        self.message.value = quiet(told_of(added, refused) + f"已建 {made}。")
        self.upload.value = ()
        self.made(self.session.workspace.relative(folder))
