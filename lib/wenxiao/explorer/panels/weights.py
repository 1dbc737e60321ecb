"""Weights by slider, the sum kept: where the project and its districts would then stand (测算)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import ipywidgets as widgets

from wenxiao.display.trial import trial_places_table, trial_shifts_table
from wenxiao.evaluation.what_if import balanced
from wenxiao.explorer.pane import Pane, quiet
from wenxiao.explorer.panel import Panel
from wenxiao.explorer.session import WHOLE, Session

_STEP = 0.5


class WeightsPanel(Panel):
    """A slider for each 一级指标; moving one shrinks or grows the others in proportion."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._showing = False
        self.sliders = widgets.VBox()
        self.back = widgets.Button(description="恢复原分值")
        self.words, self.places = Pane(), Pane()
        super().__init__((widgets.HBox((self.sliders, self.back)), self.words, self.places))
        self.back.on_click(lambda _: session.try_weights(session.real_weights))
        session.listen(self.refresh, self.redraw)
        self.refresh()

    def refresh(self) -> None:
        """Nothing; there is a slider for each weight that can be tried."""
        names = list(self.session.real_weights)
        whole = float(sum(self.session.real_weights.values(), Fraction(0)))
        if [each.description for each in self.sliders.children] != names or any(
            each.max != whole for each in self.sliders.children
        ):
            self.sliders.children = tuple(
                widgets.FloatSlider(
                    description=name, min=0, max=whole, step=_STEP, readout_format=".2f",
                    layout=widgets.Layout(width="34em"), style={"description_width": "12em"},
                )
                for name in names
            )  # fmt: skip
            for each in self.sliders.children:
                each.observe(self._moved, "value")
        self.redraw()

    def redraw(self) -> None:
        """Nothing; sliders and tables show the tried weights."""
        self._showing = True
        try:
            for each in self.sliders.children:
                each.value = float(self.session.weights.get(each.description, 0))
        finally:
            self._showing = False
        trial, evaluation = self.session.trial, self.session.evaluation
        self.back.disabled = self.session.weights == self.session.real_weights
        if trial is None or evaluation is None:
            self.words.value = quiet("资料没有分项得分，分值无从测算。")
            self.places.value = ""
            return
        own = trial.places[0].district == WHOLE
        self.words.show(trial.sentence, trial_shifts_table(trial))
        self.places.show(trial_places_table(trial, evaluation.project, whole=own))

    def _moved(self, change: Any) -> None:
        if self._showing:
            return
        name, value = change["owner"].description, Fraction(str(change["new"]))
        self.session.try_weights(balanced(self.session.weights, name, value))
