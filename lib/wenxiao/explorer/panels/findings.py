"""The findings, filtered, and the cells they rest on."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from wenxiao.explorer.pane import Pane, line, quiet
from wenxiao.explorer.panel import Panel
from wenxiao.explorer.session import Session
from wenxiao.model import CellRef, Finding, Severity

_ALL = "全部"
_MOST = 60


class FindingsPanel(Panel):
    """Findings by severity and by a word; one chosen shows its cells where they stand."""

    def __init__(self, session: Session, jump: Callable[[tuple[CellRef, ...]], None]) -> None:
        super().__init__(session)
        self.jump = jump
        self.severity = widgets.ToggleButtons(options=(_ALL, *(each.label for each in Severity)))
        self.word = widgets.Text(
            description="含", placeholder="县区、指标、单元格 …", continuous_update=False
        )
        self.chosen = widgets.Select(
            description="差异", rows=6, layout=widgets.Layout(width="60em", max_width="100%")
        )
        self.go = widgets.Button(description="到所在的单元格", layout=widgets.Layout(width="12em"))
        self.count, self.detail = widgets.HTML(), Pane()
        self.children = (
            self.message, self.severity, line(self.word, self.count), self.chosen, self.go, self.detail,
        )  # fmt: skip
        self._found: tuple[Finding, ...] = ()
        self.when(self.severity, lambda value: session.choose(severity=value))
        self.when(self.word, lambda value: session.choose(word=value))
        self.when(
            self.chosen, lambda i: session.choose(finding=None if i is None else self._found[i].message)
        )
        self.press(self.go, self._jump)

    def draw(self) -> None:
        """Lists what passes the filter, and shows the finding that is chosen."""
        evaluation, looked_at = self.session.evaluation, self.session.state.chosen
        findings = evaluation.findings if evaluation else ()
        self.severity.value = looked_at.get("severity", _ALL)
        self.word.value = looked_at.get("word", "")
        self._found = tuple(each for each in findings if self._passes(each))
        self.count.value = quiet(f"{len(self._found)} 项，共 {len(findings)} 项")
        options = [
            (f"{each.word}　{each.subject}　{each.message}"[:_MOST], i) for i, each in enumerate(self._found)
        ]
        if list(self.chosen.options) != options:
            self.chosen.options = options
        wanted = (i for i, each in enumerate(self._found) if each.message == looked_at.get("finding"))
        i = next(wanted, 0 if self._found else None)
        self.chosen.value = i
        self.detail.show(None if i is None else self._found[i])
        self.go.disabled = i is None or not self._found[i].cells

    def _passes(self, finding: Finding) -> bool:
        word = self.word.value.strip()
        text = " ".join((finding.subject, finding.message, *map(str, finding.cells)))
        return self.severity.value in (_ALL, finding.word) and word in text

    def _jump(self) -> None:
        i = self.chosen.value
        if i is not None and self._found[i].cells:
            self.jump(self._found[i].cells)
