"""Weights by slider or typed, the sum kept: where the project and its districts would then stand (测算)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

import ipywidgets as widgets

from wenxiao.display.trial import trial_pair_table, trial_places_table, trial_shifts_table
from wenxiao.evaluation.trial import WHOLE
from wenxiao.explorer.breakdown import breakdown
from wenxiao.explorer.panel import Pane, Panel, line, quiet, told
from wenxiao.explorer.session import Session
from wenxiao.explorer.weights import Path, Weights
from wenxiao.model import shown

_STEPS = (Fraction(1, 2), Fraction(1, 10))
_FINEST = Fraction(1, 100)


class Control(widgets.HBox):  # type: ignore[misc]  # ipywidgets has no types
    """A slider for one indicator, its number to be typed, and a lock."""

    def __init__(self, part: Path, real: Fraction, whole: Fraction) -> None:
        self.part = part
        self.step = step_of(real)
        self.slider = widgets.FloatSlider(
            description=part[-1], min=0, max=float(whole), step=float(self.step), readout=False,
            tooltip="—".join(part), layout=widgets.Layout(width="21em", min_width="12em", flex="1 1 12em"),
            style={"description_width": "9em"},
        )  # fmt: skip
        self.number = widgets.Text(continuous_update=False, layout=widgets.Layout(width="5.5em"))
        self.lock = widgets.ToggleButton(
            description="锁定", tooltip="移动其他指标时这项分值不变", layout=widgets.Layout(width="4.5em")
        )
        super().__init__((self.slider, self.number, self.lock))

    def draw(self, weight: Fraction, *, locked: bool) -> None:
        """Shows a weight, rounded for the eye alone: the slider to its step, the number to two decimals."""
        self.slider.value = shown_at(weight, self.step)
        self.number.value = shown(weight, 2)
        self.lock.value, self.slider.disabled, self.number.disabled = locked, locked, locked


class WeightsPanel(Panel):
    """A control for each indicator of a group; moving one shrinks or grows the others in proportion."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.group = widgets.Dropdown(
            description="指标", layout=widgets.Layout(width="26em", max_width="100%")
        )
        self.sliders = widgets.VBox()
        self.back = widgets.Button(description="恢复原分值")
        self.aside = widgets.Button(description="留作对照", tooltip="留下这组分值，与接着试的一组并列")
        self.forget = widgets.Button(description="去掉对照")
        self.words, self.bars, self.places, self.pair = Pane(), widgets.HTML(), Pane(), Pane()
        controls = widgets.VBox(
            (self.group, self.sliders, line(self.back, self.aside, self.forget), self.words),
            layout=widgets.Layout(
                flex="1 1 30em", max_width="36em", min_width="20em", align_self="flex-start"
            ),
        )
        results = widgets.VBox(
            (self.places, self.pair, self.bars), layout=widgets.Layout(flex="2 1 30em", min_width="20em")
        )
        self.children = (self.message, line(controls, results))
        self.when(self.group, session.weigh)
        self.press(self.back, session.restore_weights)
        self.press(self.aside, session.set_aside)
        self.press(self.forget, lambda: session.set_aside(kept=False))

    def draw(self) -> None:
        """Sets the controls, words, tables and bars to the tried weights."""
        weights, trial, evaluation = self.session.weights, self.session.trial, self.session.evaluation
        self.group.disabled = self.back.disabled = self.aside.disabled = weights is None
        if weights is None or trial is None or evaluation is None:
            self.sliders.children = ()
            self.words.value = "" if evaluation is None else quiet("资料没有分项得分，分值无从测算。")
            self.places.value = self.bars.value = self.pair.value = ""
            self.forget.layout.display = "none"
            return
        self._draw_controls(weights)
        self.back.disabled = weights.tried == weights.real
        own = trial.places[0].district == WHOLE
        other = self.session.other_trial
        self.forget.layout.display = "none" if other is None else None
        self.words.show(trial.sentence, trial_shifts_table(trial))
        self.bars.value = str(breakdown(trial))
        self.places.show(trial_places_table(trial, evaluation.project, whole=own) if other is None else None)
        self.pair.show(
            None if other is None else trial_pair_table(trial, other, evaluation.project, whole=own)
        )

    draw_trial = draw

    def _draw_controls(self, weights: Weights) -> None:
        groups = weights.groups
        options = [("—".join(group) or "一级指标", group) for group in groups]
        if list(self.group.options) != options:
            self.group.options = options
        group = self.session.state.group if self.session.state.group in groups else ()
        self.group.value = group
        parts = weights.parts(group)
        whole = weights.weight(group)
        if [(each.part, each.slider.max) for each in self.sliders.children] != [
            (part, float(whole)) for part in parts
        ]:
            self.sliders.children = tuple(self._control(part, weights, whole) for part in parts)
        for each in self.sliders.children:
            each.draw(weights.weight(each.part), locked=each.part in self.session.state.locked)

    def _control(self, part: Path, weights: Weights, whole: Fraction) -> Control:
        real = sum(
            (weight for leaf, weight in weights.real.items() if leaf[: len(part)] == part), Fraction(0)
        )
        control = Control(part, real, whole)
        self.when(control.slider, lambda value: self._moved(control, value))
        self.when(control.number, lambda value: self._typed(control, value))
        self.when(control.lock, lambda value: self.session.lock(part, locked=value))
        return control

    def _moved(self, control: Control, value: float) -> None:
        """Gives an indicator what its slider says; the place a slider snaps to by itself is no move."""
        weights = self.session.weights
        if weights is not None and shown_at(weights.weight(control.part), control.step) != value:
            whole = weights.weight(control.part[:-1])
            self._set(control, whole if value == control.slider.max else Fraction(str(value)))

    def _typed(self, control: Control, text: str) -> None:
        weights = self.session.weights
        if weights is None or text == shown(weights.weight(control.part), 2):
            return
        try:
            weight = Decimal(text.strip())
        except InvalidOperation:
            weight = Decimal("NaN")
        whole = weights.weight(control.part[:-1])
        if not weight.is_finite() or not 0 <= weight <= whole:
            limit = shown(whole, 2)
            what = f"{control.part[-1]}的分值应为 0 至 {limit} 的数（现为“{text}”）。处理：改正后再填。"
            self.say(told((what,)))
        else:
            self._set(control, Fraction(weight))

    def _set(self, control: Control, weight: Fraction) -> None:
        self.session.move(control.part, weight)
        now = self.session.weights
        if now is not None and now.weight(control.part) != weight:
            name, real = control.part[-1], shown(now.weight(control.part), 2)
            self.say(told((f"{name}只能改为 {real} 分：其余指标已锁定。处理：要改得更多，先取消锁定。",)))


def step_of(weight: Fraction) -> Fraction:
    """The step of a slider: the coarsest that the real weight is a whole number of."""
    return next((step for step in _STEPS if (weight / step).denominator == 1), _FINEST)


def shown_at(weight: Fraction, step: Fraction) -> float:
    """Where a slider stands for a weight: at the nearest step, as the browser would put it and send back else.

    >>> shown_at(Fraction(35, 2), Fraction(1, 2)), shown_at(Fraction(210, 13), Fraction(1, 2))
    (17.5, 16.0)
    """
    units = weight / step
    return float(((2 * units.numerator + units.denominator) // (2 * units.denominator)) * step)
