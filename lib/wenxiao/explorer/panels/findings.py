"""The findings, filtered, and the cells they rest on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
        self.session, self.jump = session, jump
        self.severity = widgets.ToggleButtons(options=(_ALL, *(each.label for each in Severity)))
        self.word = widgets.Text(
            description="含", placeholder="县区、指标、单元格 …", continuous_update=False
        )
        self.chosen = widgets.Select(
            description="差异", rows=6, layout=widgets.Layout(width="60em", max_width="100%")
        )
        self.go = widgets.Button(description="到所在的单元格", layout=widgets.Layout(width="12em"))
        self.count, self.detail = widgets.HTML(), Pane()
        super().__init__((self.severity, line(self.word, self.count), self.chosen, self.go, self.detail))
        self._found: tuple[Finding, ...] = ()
        self.severity.observe(lambda _: self.refresh(), "value")
        self.word.observe(lambda _: self.refresh(), "value")
        self.chosen.observe(self._show, "value")
        self.go.on_click(self._jump)
        session.listen(self.follow)

    def refresh(self) -> None:
        """Nothing; the list holds what passes the filter."""
        evaluation = self.session.evaluation
        findings = evaluation.findings if evaluation else ()
        self._found = tuple(each for each in findings if self._passes(each))
        self.count.value = quiet(f"{len(self._found)} 项，共 {len(findings)} 项")
        self.chosen.options = [
            (f"{each.severity.label}　{each.subject}　{each.message}"[:_MOST], i)
            for i, each in enumerate(self._found)
        ]
        self.chosen.value = 0 if self._found else None
        self._show()

    def _passes(self, finding: Finding) -> bool:
        word = self.word.value.strip()
        text = " ".join((finding.subject, finding.message, *map(str, finding.cells)))
        return self.severity.value in (_ALL, finding.severity.label) and word in text

    def _show(self, change: Any = None) -> None:
        del change
        i = self.chosen.value
        self.detail.show(self._found[i] if i is not None and i < len(self._found) else None)
        self.go.disabled = i is None

    def _jump(self, button: Any) -> None:
        del button
        i = self.chosen.value
        if i is not None and i < len(self._found) and self._found[i].cells:
            self.jump(self._found[i].cells)
