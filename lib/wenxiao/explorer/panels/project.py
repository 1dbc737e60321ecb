"""Which project, which files: how each sheet was read, and where a new workbook goes."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from wenxiao.batch.run import is_safe
from wenxiao.collect import create_project
from wenxiao.display import facts_table
from wenxiao.display.picture import picture_of
from wenxiao.explorer.files import (
    ACCEPTED,
    Kept,
    files_of,
    keep_files,
    remove_file,
    removed_files,
    restore_file,
)
from wenxiao.explorer.panel import Pane, Panel, choose, line, one_of, quiet, told
from wenxiao.explorer.panels.findings import MendingPanel
from wenxiao.explorer.session import Session
from wenxiao.fields import standard_registry
from wenxiao.model import CellRef
from wenxiao.sheets import read_workbook


class ProjectPanel(Panel):
    """The files of a project, one shown at a time as it was read; drop a workbook in to add or replace it."""

    def __init__(self, session: Session, made: Callable[[str, str], None]) -> None:
        super().__init__(session)
        self.file = widgets.Dropdown(description="文件", options=(), layout=widgets.Layout(width="26em"))
        self.upload = widgets.FileUpload(
            description="放入文件", accept=ACCEPTED, multiple=True, tooltip="能读的才放入项目文件夹"
        )
        self.replace = widgets.Checkbox(
            description="同名的替换", indent=False, layout=widgets.Layout(width="8em")
        )
        self.again = widgets.Button(description="重新读取", tooltip="文件改动后按此")
        self.remove = widgets.Button(description="移出文件", tooltip="移到 data/.removed，可以放回")
        self.removed = widgets.Dropdown(description="已移出", layout=widgets.Layout(width="26em"))
        self.restore = widgets.Button(description="放回")
        self.whole = widgets.Button(description="全部工作表", tooltip="不再只看所指的单元格")
        self.back = line(self.removed, self.restore)
        self.picture, self.facts = Pane(), Pane()
        self.new, self.mending = NewProjectPanel(session, made), MendingPanel(session)
        self.children = (
            self.new,
            line(self.file, self.upload, self.replace, self.again, self.remove, self.whole),
            self.back,
            self.message,
            self.mending,
            self.picture,
            self.facts,
        )
        self.when(self.file, lambda name: session.choose(file=name, cells=()))
        self.when(self.upload, lambda _: self._dropped())
        self.press(self.again, session.reread)
        self.press(self.remove, self._remove)
        self.press(self.restore, self._restore)
        self.press(self.whole, lambda: session.choose(cells=()))

    def draw(self) -> None:
        """Offers the files of the folder, also of a project that cannot be read, and shows the one that is chosen."""
        evaluation, chosen = self.session.evaluation, self.session.state.chosen
        files = files_of(self.session.folder)
        choose(self.file, files, one_of(files, chosen.get("file")))
        self.remove.disabled = not files
        removed = removed_files(self.session.workspace, self.session.folder)
        choose(self.removed, removed, one_of(removed, self.removed.value))
        self.back.layout.display = None if removed else "none"
        self.facts.show(facts_table(evaluation.project) if evaluation else None)
        self._draw_file(self.file.value)

    def _draw_file(self, name: str | None) -> None:
        self.whole.layout.visibility = "hidden"
        self.picture.value = ""
        self.mending.read(None)
        if name is None:
            return
        reading = read_workbook(self.session.folder / name, standard_registry(), name=name)
        self.mending.read(reading)
        cells = self.session.state.chosen.get("cells", ())
        here = tuple(
            cell
            for cell in (cells if isinstance(cells, tuple) else ())
            if isinstance(cell, CellRef) and cell.file == name
        )
        self.whole.layout.visibility = "visible" if here else "hidden"
        said = f"标出的是 {'、'.join(map(str, here))}。" if here else None
        self.picture.show(said, picture_of(reading, here), None if here else reading.findings)

    def _dropped(self) -> None:
        """Keeps what was dropped in, and says what was refused and why."""
        given = self.upload.value
        if not given:
            return
        kept = keep_files(self.session.workspace, self.session.folder, given, replace=self.replace.value)
        if kept.added or kept.replaced:
            self.session.choose(file=(*kept.added, *kept.replaced)[-1], cells=())
            self.session.reread()
        self.message.value = (
            quiet(kept.said) * bool(kept.said) + told(tuple(kept.refused)) + self.message.value
        )
        self.upload.value = ()

    def _remove(self) -> None:
        name = self.file.value
        remove_file(self.session.workspace, self.session.folder, name)
        self.session.reread()
        self.message.value = quiet(f"已移出 {name}，可以放回。") + self.message.value

    def _restore(self) -> None:
        name = restore_file(self.session.workspace, self.session.folder, self.removed.value)
        self.session.choose(file=name, cells=())
        self.session.reread()
        self.message.value = quiet(f"已放回 {name}。") + self.message.value


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
