"""Which project, which files: how each sheet was read, and where a new workbook goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from wenxiao.display import facts_table
from wenxiao.display.picture import picture_of
from wenxiao.explorer.dropped import ACCEPTED, keep_files, told_of
from wenxiao.explorer.pane import Pane, line, offer, quiet, told
from wenxiao.explorer.panel import Panel
from wenxiao.explorer.panels.new_project import NewProjectPanel
from wenxiao.explorer.session import Session
from wenxiao.fields import standard_registry
from wenxiao.model import CellRef, WenxiaoError
from wenxiao.sheets import read_workbook


class ProjectPanel(Panel):
    """The files of a project, one shown at a time as it was read; drop a workbook in to add it."""

    def __init__(self, session: Session, made: Callable[[str], None]) -> None:
        self.session = session
        self._cells: tuple[CellRef, ...] = ()
        self._offering = False
        self.file = widgets.Dropdown(description="文件", options=(), layout=widgets.Layout(width="26em"))
        self.upload = widgets.FileUpload(
            description="放入文件",
            accept=ACCEPTED,
            multiple=True,
            tooltip="复制到项目文件夹，同名的不覆盖",
        )
        self.again = widgets.Button(description="重新读取", tooltip="文件改动后按此")
        self.message, self.picture, self.facts = widgets.HTML(), Pane(), Pane()
        self.whole = widgets.Button(description="全部工作表", tooltip="不再只看所指的单元格")
        self.new = NewProjectPanel(session, made)
        super().__init__(
            (
                self.new,
                line(self.file, self.upload, self.again, self.whole),
                self.message,
                self.picture,
                self.facts,
            )
        )
        self.whole.on_click(lambda _: self.jump(()))
        self.file.observe(self._show_file, "value")
        self.upload.observe(self._dropped, "value")
        self.again.on_click(lambda _: self.session.reread())
        session.listen(self.follow)

    def refresh(self) -> None:
        """Nothing; the panel shows the session's project as it is now."""
        evaluation = self.session.evaluation
        names = tuple(each.name for each in evaluation.project.inputs) if evaluation else ()
        self._offering = True
        offer(self.file, names)
        self._offering = False
        self.facts.show(facts_table(evaluation.project) if evaluation else None)
        self._show_file()

    def jump(self, cells: tuple[CellRef, ...]) -> None:
        """Nothing; the file of the first cell is shown where the cells are, marked; of none, the whole file."""
        self._cells = cells
        if cells and cells[0].file in self.file.options and self.file.value != cells[0].file:
            self.file.value = cells[0].file
        else:
            self._show_file()

    def _show_file(self, change: Any = None) -> None:
        del change
        if self._offering:
            return
        name = self.file.value
        if not name:
            self.picture.value = ""
            return
        try:
            reading = read_workbook(self.session.folder / name, standard_registry(), name=name)
        except WenxiaoError as error:
            self.picture.value = told(tuple(str(problem) for problem in error.problems))
            return
        here = tuple(cell for cell in self._cells if cell.file == name)
        self.whole.layout.visibility = "visible" if here else "hidden"
        said = f"标出的是 {'、'.join(map(str, here))}。" if here else None
        self.picture.show(said, picture_of(reading, here), None if here else reading.findings)

    def _dropped(self, change: Any) -> None:
        """Each file dropped in is kept in the project's folder; one of that name there stays as it is."""
        del change
        added, refused = keep_files(self.session.folder, self.upload.value)
        if added:
            self.session.reread()
            self.file.value = added[-1] if added[-1] in self.file.options else self.file.value
        if said := told_of(added, refused):
            self.message.value = quiet(said)
            self.upload.value = ()
        if self.session.problems:
            self.message.value += told(self.session.problems)
