"""A new project: a folder by name, with the workbooks dropped in, or with the template to fill in."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from wenxiao.batch.run import is_safe
from wenxiao.collect import create_project
from wenxiao.explorer.files import ACCEPTED, Kept, keep_files
from wenxiao.explorer.pane import line, quiet, told
from wenxiao.explorer.panel import Panel
from wenxiao.explorer.session import Session


class NewProjectPanel(Panel):
    """A name and workbooks; the button makes what `wenxiao new` makes and opens it."""

    def __init__(self, session: Session, made: Callable[[str, str], None]) -> None:
        super().__init__(session)
        self.made = made
        self.name = widgets.Text(description="新项目", placeholder="如 某县2025年道路养护")
        self.upload = widgets.FileUpload(
            description="工作簿", accept=ACCEPTED, multiple=True, tooltip="不选则放入可填写的模板"
        )
        self.create = widgets.Button(description="新建")
        self.children = (line(self.name, self.upload, self.create), self.message)
        self.press(self.create, self._create)

    def draw(self) -> None:
        """Leaves everything as it is: the panel shows nothing of the session."""

    def follow(self) -> None:
        """Leaves the panel's own message standing: what happens to the session is no news of a new project."""

    def _create(self) -> None:
        name = self.name.value.strip()
        folder = self.session.workspace.data / name
        if is_safe(name) and folder.exists():
            self.say(told((f"已有这个项目：{name}；换一个名称，或在上面选它。",)))
            return
        kept = Kept()
        if is_safe(name) and "--" not in name:
            kept = keep_files(self.session.workspace, folder, self.upload.value)
        if kept.refused:
            self.say(told(tuple(kept.refused)))
            if not kept.added:
                return
        project = create_project(self.session.workspace, name)
        made = "、".join(self.session.workspace.relative(path) for path in project.made)
        said = told(tuple(kept.refused)) + quiet(kept.said + f"已建 {made}。")
        self.made(self.session.workspace.relative(folder), said)
