"""Remarks by section and corrections of single cells, written to narrative.md and corrections.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import ipywidgets as widgets

from wenxiao.display import corrections_table
from wenxiao.explorer.panel import Pane, Panel, choose, line, one_of, quiet, versions
from wenxiao.explorer.parameter_set import Draft
from wenxiao.explorer.session import Session
from wenxiao.explorer.words import add_correction, save_narrative
from wenxiao.model import CellRef, Problem, ProjectError
from wenxiao.project.narrative import SECTIONS, load_narrative

_WIDE = widgets.Layout(width="60em", max_width="100%")


class WordsPanel(Panel):
    """A text box for each section of the narrative, and a form for one correction."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.sections = {
            name: widgets.Textarea(
                description=name,
                rows=4,
                layout=_WIDE,
                style={"description_width": "9em"},
                continuous_update=False,
            )
            for name in SECTIONS
        }
        self.keep = widgets.Button(description="保存文字", button_style="primary")
        self.unsaved = widgets.HTML()
        self.mine = widgets.Button(description="用我写的", tooltip="文件中的文字由我写的代替")
        self.theirs = widgets.Button(description="用文件里的", tooltip="放弃我写的，留下文件中的文字")
        self.conflicts = widgets.HTML()
        self.choice = widgets.VBox((self.conflicts, line(self.mine, self.theirs)))
        self.file = widgets.Dropdown(description="文件")
        self.sheet = widgets.Dropdown(description="工作表")
        self.cell = widgets.Text(description="单元格", placeholder="D6")
        self.corrected = widgets.Text(description="更正为")
        self.reason = widgets.Text(description="原因", layout=_WIDE)
        self.sure = widgets.Checkbox(description="已确认")
        self.correct = widgets.Button(description="登记更正")
        self.known = Pane()
        self._others: dict[str, str] = {}
        self.children = (
            self.message,
            self.choice,
            *self.sections.values(),
            line(self.keep, self.unsaved),
            line(self.file, self.sheet, self.cell),
            line(self.corrected, self.sure),
            self.reason,
            self.correct,
            self.known,
        )
        for name, box in self.sections.items():
            self.when(box, partial(self._typed, name))
        self.press(self.keep, self._keep)
        self.press(self.mine, lambda: self._settle(mine=True))
        self.press(self.theirs, lambda: self._settle(mine=False))
        self.press(self.correct, self._correct)
        self.when(self.file, lambda name: session.choose(corrected_file=name))
        self.when(self.sheet, lambda name: session.choose(corrected_sheet=name))

    @property
    def drafts(self) -> Mapping[str, Draft]:
        """The words typed for this project and not yet written, by heading."""
        state = self.session.state
        return {
            heading: draft for (project, heading), draft in state.words.items() if project == state.project
        }

    def draw(self) -> None:
        """Shows the words of the file with those being edited over them, and the corrections there are."""
        written, drafts = load_narrative(self.session.folder), self.drafts
        for name, box in self.sections.items():
            box.value = drafts[name].typed if name in drafts else written.section(name)
        self.unsaved.value = quiet(f"还没有保存：{'、'.join(drafts)}") if drafts else ""
        self._others = {name: words for name, words in self._others.items() if name in drafts}
        self.choice.layout.display = None if self._others else "none"
        self.conflicts.value = versions(
            {name: (drafts[name].typed, words) for name, words in self._others.items()}
        )
        evaluation = self.session.evaluation
        tables = evaluation.project.tables if evaluation else ()
        chosen = self.session.state.chosen
        files = tuple(dict.fromkeys(table.origin.file for table in tables))
        file = one_of(files, chosen.get("corrected_file"))
        sheets = tuple(dict.fromkeys(table.origin.sheet for table in tables if table.origin.file == file))
        choose(self.file, files, file)
        choose(self.sheet, sheets, one_of(sheets, chosen.get("corrected_sheet")))
        self.known.show(corrections_table(evaluation.project) if evaluation else None)

    def _typed(self, heading: str, text: str) -> None:
        self.session.type(heading, load_narrative(self.session.folder).section(heading), text)

    def _keep(self) -> None:
        drafts = self.drafts
        if not drafts:
            self.say(quiet("文字没有改动。"))
            return
        self._others = save_narrative(self.session.folder, drafts)
        self.session.written(*(name for name in drafts if name not in self._others))
        self.session.reread()
        said = [f"已写入 {self.session.workspace.relative(self.session.folder / 'narrative.md')}。"]
        if self._others:
            written = len(drafts) > len(self._others)
            said = [
                *(said if written else ()),
                f"他人已改动 {'、'.join(self._others)}，未写入：请在下面两种文字中选择。",
            ]
        self.message.value = quiet("".join(said)) + self.message.value
        self._drawn(self.draw)

    def _settle(self, *, mine: bool) -> None:
        """Takes one of two versions: the words typed over those of the file, or the file's."""
        others, drafts = self._others, self.drafts
        self._others = {}
        if mine:
            taken = {
                name: replace(drafts[name], before=words) for name, words in others.items() if name in drafts
            }
            self._others = save_narrative(self.session.folder, taken)
        self.session.written(*(name for name in others if name not in self._others))
        self.session.reread()
        self._drawn(self.draw)

    def _correct(self) -> None:
        evaluation = self.session.evaluation
        if evaluation is None:
            return
        try:
            cell = CellRef.at(str(self.file.value), str(self.sheet.value), self.cell.value.strip().upper())
        except ValueError:
            raise ProjectError(
                Problem("单元格地址有误", value=self.cell.value, remedy="写成 D6 的样子")
            ) from None
        path = add_correction(
            self.session.folder,
            evaluation.project,
            cell,
            self.corrected.value,
            self.reason.value,
            sure=self.sure.value,
        )
        self.session.reread()
        self.message.value = quiet(f"已写入 {self.session.workspace.relative(path)}。") + self.message.value
