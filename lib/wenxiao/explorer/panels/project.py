"""Which project, which files: how each sheet was read, and where a new workbook goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets as widgets

from wenxiao.display import facts_table
from wenxiao.explorer.pane import Pane, quiet, told
from wenxiao.explorer.panel import Panel
from wenxiao.explorer.session import Session
from wenxiao.fields import standard_registry
from wenxiao.model import CellRef, WenxiaoError
from wenxiao.project.project import SUFFIXES
from wenxiao.sheets import read_workbook


class ProjectPanel(Panel):
    """The files of a project, one shown at a time as it was read; drop a workbook in to add it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.file = widgets.Dropdown(description="文件", options=(), layout=widgets.Layout(width="26em"))
        self.upload = widgets.FileUpload(
            description="放入文件",
            accept=",".join(SUFFIXES),
            multiple=True,
            tooltip="复制到项目文件夹，同名的不覆盖",
        )
        self.again = widgets.Button(description="重新读取", tooltip="文件改动后按此")
        self.message, self.picture, self.facts = widgets.HTML(), Pane(), Pane()
        super().__init__(
            (widgets.HBox((self.file, self.upload, self.again)), self.message, self.facts, self.picture)
        )
        self.file.observe(self._show_file, "value")
        self.upload.observe(self._dropped, "value")
        self.again.on_click(lambda _: self.session.reread())
        session.listen(self.refresh)
        self.refresh()

    @property
    def folder(self) -> Path:
        """The folder of the project."""
        return self.session.workspace.resolve(self.session.state.project)

    def refresh(self) -> None:
        """Nothing; the panel shows the session's project as it is now."""
        evaluation = self.session.evaluation
        names = tuple(each.name for each in evaluation.project.inputs) if evaluation else ()
        if names != self.file.options:
            self.file.options = names
        if self.file.value is None and names:
            self.file.value = names[0]
        self.facts.show(facts_table(evaluation.project) if evaluation else None)
        self._show_file()

    def jump(self, cell: CellRef) -> None:
        """Nothing; the file of a cell is shown."""
        if cell.file in self.file.options:
            self.file.value = cell.file

    def _show_file(self, change: Any = None) -> None:
        del change
        name = self.file.value
        if not name:
            self.picture.value = ""
            return
        try:
            reading = read_workbook(self.folder / name, standard_registry(), name=name)
        except WenxiaoError as error:
            self.picture.value = told(tuple(str(problem) for problem in error.problems))
            return
        self.picture.show(reading, reading.findings)

    def _dropped(self, change: Any) -> None:
        """Each file dropped in is kept in the project's folder; one of that name there stays as it is."""
        del change
        added, refused = [], []
        for given in self.upload.value:
            name = Path(str(given["name"]).replace("\\", "/")).name
            target = self.folder / name
            if not name or name.startswith(".") or target.suffix.lower() not in SUFFIXES or target.exists():
                refused.append(name)
                continue
            target.write_bytes(bytes(given["content"]))
            added.append(name)
        if added:
            self.session.reread()
            self.file.value = added[-1] if added[-1] in self.file.options else self.file.value
        said = [f"已放入 {'、'.join(added)}"] if added else []
        said += [f"没有放入 {'、'.join(refused)}：同名文件已在，或不是表格"] if refused else []
        if said:
            self.message.value = quiet("；".join(said) + "。")
            self.upload.value = ()
        if self.session.problems:
            self.message.value += told(self.session.problems)
