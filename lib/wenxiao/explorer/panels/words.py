"""Remarks by section and corrections of single cells, written to narrative.md and corrections.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets as widgets

from wenxiao.display import corrections_table
from wenxiao.explorer.pane import Pane, line, offer, quiet, told
from wenxiao.explorer.panel import Panel
from wenxiao.explorer.session import Session
from wenxiao.explorer.words import add_correction, save_narrative
from wenxiao.model import CellRef, Problem, ProjectError, WenxiaoError
from wenxiao.project.narrative import SECTIONS, load_narrative

_WIDE = widgets.Layout(width="60em", max_width="100%")


class WordsPanel(Panel):
    """A text box for each section of the narrative, and a form for one correction."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._project = ""
        self.sections = {
            name: widgets.Textarea(description=name, rows=4, layout=_WIDE, style={"description_width": "9em"})
            for name in SECTIONS
        }
        self.keep = widgets.Button(description="保存文字")
        self.file = widgets.Dropdown(description="文件")
        self.sheet = widgets.Dropdown(description="工作表")
        self.cell = widgets.Text(description="单元格", placeholder="D6")
        self.corrected = widgets.Text(description="更正为")
        self.reason = widgets.Text(description="原因", layout=_WIDE)
        self.sure = widgets.Checkbox(description="已确认")
        self.correct = widgets.Button(description="登记更正")
        self.message, self.known = widgets.HTML(), Pane()
        super().__init__(
            (
                *self.sections.values(),
                self.keep,
                self.message,
                line(self.file, self.sheet, self.cell),
                line(self.corrected, self.sure),
                self.reason,
                self.correct,
                self.known,
            )
        )
        self.keep.on_click(self._keep)
        self.correct.on_click(self._correct)
        self.file.observe(lambda _: self._sheets(), "value")
        session.listen(self.follow)

    def refresh(self) -> None:
        """Nothing; the boxes show another project's words, and leave what is being typed for the same one."""
        evaluation = self.session.evaluation
        if evaluation is None:
            return
        project = evaluation.project
        if self._project != self.session.state.project:
            self._project = self.session.state.project
            for name, box in self.sections.items():
                box.value = load_narrative(self.session.folder).section(name)
        offer(self.file, tuple(dict.fromkeys(table.origin.file for table in project.tables)))
        self._sheets()
        self.known.show(corrections_table(project))

    def _sheets(self) -> None:
        evaluation = self.session.evaluation
        tables = evaluation.project.tables if evaluation else ()
        named = (table.origin.sheet for table in tables if table.origin.file == self.file.value)
        offer(self.sheet, tuple(dict.fromkeys(named)))

    def _keep(self, button: Any) -> None:
        del button
        self._tried(
            lambda: save_narrative(
                self.session.folder, {name: box.value for name, box in self.sections.items()}
            )
        )

    def _correct(self, button: Any) -> None:
        del button
        evaluation = self.session.evaluation
        if evaluation is None:
            return

        def added() -> Path:
            try:
                cell = CellRef.at(
                    str(self.file.value), str(self.sheet.value), self.cell.value.strip().upper()
                )
            except ValueError:
                raise ProjectError(
                    Problem("单元格地址有误", value=self.cell.value, remedy="写成 D6 的样子")
                ) from None
            return add_correction(
                self.session.folder,
                evaluation.project,
                cell,
                self.corrected.value,
                self.reason.value,
                sure=self.sure.value,
            )

        self._tried(added)

    def _tried(self, written: Any) -> None:
        try:
            path = written()
        except WenxiaoError as error:
            self.message.value = told(tuple(str(problem) for problem in error.problems))
            return
        self.session.reread()
        self.message.value = quiet(f"已写入 {self.session.workspace.relative(path)}。") + told(
            self.session.problems
        )
