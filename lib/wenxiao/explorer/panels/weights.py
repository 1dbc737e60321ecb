"""Weights by slider, the sum kept: where the project and its districts would then stand (测算)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import ipywidgets as widgets

from wenxiao.display.trial import trial_places_table, trial_shifts_table
from wenxiao.evaluation.what_if import balanced
from wenxiao.explorer.breakdown import breakdown
from wenxiao.explorer.pane import Pane, line, quiet
from wenxiao.explorer.panel import Panel
from wenxiao.explorer.session import WHOLE, Session

_STEPS = (Fraction(1, 2), Fraction(1, 10))
_FINEST = Fraction(1, 100)


class WeightsPanel(Panel):
    """A slider for each 一级指标; moving one shrinks or grows the others in proportion."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._showing = False
        self._step = _FINEST
        self.sliders = widgets.VBox()
        self.back = widgets.Button(description="恢复原分值")
        self.words, self.bars, self.places = Pane(), widgets.HTML(), Pane()
        super().__init__((line(self.sliders, self.back), self.words, self.bars, self.places))
        self.back.on_click(lambda _: session.try_weights(session.real_weights))
        session.listen(self.follow, self.follow_trial)

    def refresh(self) -> None:
        """Nothing; there is a slider for each weight that can be tried."""
        self._step = step_of(self.session.real_weights)
        names = list(self.session.real_weights)
        whole = float(sum(self.session.real_weights.values(), Fraction(0)))
        if [each.description for each in self.sliders.children] != names or any(
            each.max != whole for each in self.sliders.children
        ):
            self.sliders.children = tuple(
                widgets.FloatSlider(
                    description=name, min=0, max=whole, step=float(self._step), readout_format=".2f",
                    layout=widgets.Layout(width="34em", max_width="100%"), style={"description_width": "12em"},
                )
                for name in names
            )  # fmt: skip
            for each in self.sliders.children:
                each.observe(self._moved, "value")
        self.redraw()

    def follow_trial(self) -> None:
        """Nothing; the tried weights are shown, now or when the panel is."""
        if self._shown:
            self.redraw()
        else:
            self._stale = True

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
            self.places.value = self.bars.value = ""
            return
        own = trial.places[0].district == WHOLE
        self.words.show(trial.sentence, trial_shifts_table(trial))
        self.bars.value = str(breakdown(trial))
        self.places.show(trial_places_table(trial, evaluation.project, whole=own))

    def _moved(self, change: Any) -> None:
        if self._showing:
            return
        name, value = change["owner"].description, Fraction(str(change["new"]))
        weights = balanced(self.session.weights, name, value)
        self.session.try_weights(on_steps(weights, name, self._step))


def step_of(weights: Mapping[str, Fraction]) -> Fraction:
    """The step of the sliders: the coarsest that all weights are whole numbers of."""
    fitting = (s for s in _STEPS if all((weight / s).denominator == 1 for weight in weights.values()))
    return next(fitting, _FINEST)


def on_steps(weights: Mapping[str, Fraction], name: str, step: Fraction) -> dict[str, Fraction]:
    """The weights in whole steps with their sum kept; all but `name` take the rest by the largest remainders.

    A slider shows no value between two steps: it would snap to one, and the browser would send that back as a move.

    >>> thirds = {"甲": Fraction(40), "乙": Fraction("40.3"), "丙": Fraction("19.7")}
    >>> [float(weight) for weight in on_steps(thirds, "甲", Fraction(1, 2)).values()]
    [40.0, 40.5, 19.5]
    """
    units = {each: weight / step for each, weight in weights.items()}
    whole = {each: Fraction(value.numerator // value.denominator) for each, value in units.items()}
    rest = sum(units.values(), Fraction(0)) - sum(whole.values(), Fraction(0))
    others = sorted((each for each in units if each != name), key=lambda each: whole[each] - units[each])
    for each in others[: int(rest)]:
        whole[each] += 1
    result = {each: value * step for each, value in whole.items()}
    left = sum(weights.values(), Fraction(0)) - sum(result.values(), Fraction(0))
    if left and others:  # a sum that is no whole number of steps
        result[others[0]] += left
    return result
