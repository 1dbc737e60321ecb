"""The rules: what rates are divided by, grade bands, ties, who takes no part, how far weights may move."""

from __future__ import annotations

from decimal import Decimal

import ipywidgets as widgets

from wenxiao.display import denominators, grading
from wenxiao.explorer.panel import Pane, Panel, line
from wenxiao.explorer.session import Session
from wenxiao.project import profile_names
from wenxiao.project.profile import Profile

_STAGES = {
    "计划": "planned",
    "预算": "budget",
    "下达": "allocated",
    "到位": "received",
    "拨付": "paid",
    "支出": "spent",
}
_TIES = {
    "并列顺延 1、2、2、4": "competition",
    "并列不空缺 1、2、2、3": "dense",
    "并列取平均 1、2.5、2.5、4": "average",
    "连续编号 1、2、3、4": "consecutive",
}
_WIDE = widgets.Layout(width="24em")
_STYLE = {"description_width": "7em"}


class RulesPanel(Panel):
    """The rules of a session, each to be changed; a change that they refuse is told and taken back."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.profile = widgets.Dropdown(description="评价规则", layout=_WIDE, style=_STYLE)
        self.execution = widgets.Dropdown(
            description="执行率＝支出÷", options=_STAGES, layout=_WIDE, style=_STYLE
        )
        self.arrival = widgets.Dropdown(
            description="到位率＝到位÷", options=_STAGES, layout=_WIDE, style=_STYLE
        )
        self.ties = widgets.Dropdown(description="同分", options=_TIES, layout=_WIDE, style=_STYLE)
        self.exclude = widgets.SelectMultiple(description="不参与排名", rows=5, layout=_WIDE, style=_STYLE)
        self.tolerance = widgets.BoundedFloatText(
            description="分值幅度 ±%", min=1, max=99, step=1, layout=_WIDE, style=_STYLE
        )
        self.bands = widgets.VBox()
        self.back = widgets.Button(description="恢复原规则")
        self.words = Pane()
        choices = widgets.VBox(
            (self.profile, self.execution, self.arrival, self.ties, self.exclude, self.tolerance)
        )
        bands = widgets.VBox((widgets.HTML("等级的分数线"), self.bands, self.back))
        self.children = (self.message, line(choices, bands), self.words)
        self.when(self.profile, session.start_from)
        self.when(self.execution, lambda _: self._denominators())
        self.when(self.arrival, lambda _: self._denominators())
        self.when(self.ties, lambda value: session.change(ties=value))
        self.when(self.exclude, lambda names: session.change(exclude=list(names) or None))
        self.when(self.tolerance, self._flags)
        self.press(self.back, lambda: session.change(**dict.fromkeys(session.state.parameters.changes)))

    def draw(self) -> None:
        """Sets the controls to the session's rules; those of a change that was refused go back."""
        evaluation = self.session.evaluation
        names = profile_names(self.session.workspace.profiles)
        if self.profile.options != names:
            self.profile.options = names
        profile = self.session.state.parameters.profile
        self.profile.value = profile if profile in names else None
        if evaluation is None:
            self.words.value = ""
            return
        rules = evaluation.profile
        self.execution.value, self.arrival.value = (
            rules.denominators.execution_rate,
            rules.denominators.arrival_rate,
        )
        self.ties.value = rules.ties
        districts = evaluation.project.districts
        if tuple(self.exclude.options) != districts:
            self.exclude.options = districts
        self.exclude.value = tuple(name for name in rules.exclude if name in districts)
        self.tolerance.value = float(rules.flags.weight_tolerance * 100)
        self._show_bands(rules)
        self.words.show(grading(rules, evaluation), denominators(rules, evaluation))

    def _show_bands(self, rules: Profile) -> None:
        labels = [band.label for band in rules.grades]
        if [each.description for each in self.bands.children] != labels:
            self.bands.children = tuple(
                widgets.BoundedFloatText(
                    description=label, min=0, max=1000, step=0.5, layout=widgets.Layout(width="12em")
                )
                for label in labels
            )
            for each in self.bands.children:
                self.when(each, lambda _: self._grades())
        for each, band in zip(self.bands.children, rules.grades, strict=True):
            each.value = float(band.lowest)
            each.disabled = band is rules.grades[-1]

    def _denominators(self) -> None:
        chosen = {"execution_rate": self.execution.value, "arrival_rate": self.arrival.value}
        self.session.change(denominators=chosen)

    def _flags(self, percent: float) -> None:
        evaluation = self.session.evaluation
        if evaluation is not None:
            flags = evaluation.profile.flags.model_dump(mode="json")
            flags["weight_tolerance"] = str(Decimal(str(percent)) / 100)
            self.session.change(flags=flags)

    def _grades(self) -> None:
        evaluation = self.session.evaluation
        if evaluation is None:
            return
        bands = [
            {"label": band.label, "from": str(Decimal(str(control.value))), "aliases": list(band.aliases)}
            for band, control in zip(evaluation.profile.grades, self.bands.children, strict=True)
        ]
        self.session.change(grades=bands)
