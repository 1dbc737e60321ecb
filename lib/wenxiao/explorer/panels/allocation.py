"""Money shared out by a formula of the rules (测算): the scheme, the amount, the weights and the coefficients."""

from __future__ import annotations

import re

import ipywidgets as widgets

from wenxiao.display import allocation_table, allocation_words
from wenxiao.explorer.panel import Pane, Panel, quiet
from wenxiao.explorer.session import Session
from wenxiao.project.allocation_scheme import Scheme

_NONE = "（不分配）"
_WIDE = widgets.Layout(width="34em", max_width="100%")
_STYLE = {"description_width": "10em"}


class AllocationPanel(Panel):
    """A scheme of the session's rules with its numbers to be set; the button shares the money out on trial."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.scheme = widgets.Dropdown(description="分配办法", layout=_WIDE, style=_STYLE)
        self.amount = widgets.Text(description="总额（万元）", layout=_WIDE, style=_STYLE)
        self.weights, self.values = widgets.VBox(), widgets.VBox()
        self.share = widgets.Button(description="测算", button_style="primary")
        self.result = Pane()
        self._offered: object = None
        self.children = (
            self.message, self.scheme, self.amount, self.weights, self.values, self.share, self.result,
        )  # fmt: skip
        self.when(self.scheme, self._chosen)
        self.press(self.share, self._share)

    def draw(self) -> None:
        """Offers the schemes of the session's rules, fills in their numbers, and shows the result."""
        evaluation = self.session.evaluation
        if evaluation is None:
            self.result.value = ""
            return
        names = (_NONE, *evaluation.profile.allocation)
        if tuple(self.scheme.options) != names:
            self.scheme.options = names
        asked = str(self.session.state.chosen.get("scheme", evaluation.profile.scheme or _NONE))
        self.scheme.value = asked if asked in names else _NONE
        if self._offered != (asked, self.chosen):  # what is being typed stays until the scheme is another
            self._offered = (asked, self.chosen)
            self._offer()
        if evaluation.allocation is None:
            self.result.value = quiet("选择分配办法，填写总额，按“测算”。结果是测算，不是下达数。")
        else:
            self.result.show(allocation_words(evaluation), allocation_table(evaluation))

    @property
    def chosen(self) -> Scheme | None:
        """The scheme chosen, as the rules have it."""
        evaluation = self.session.evaluation
        return evaluation.profile.allocation.get(self.scheme.value) if evaluation else None

    def _chosen(self, name: str) -> None:
        if name == _NONE:
            self.session.change(scheme=None, allocation=None)
        self.session.choose(scheme=name)

    def _offer(self) -> None:
        """A box for each weight and each coefficient of the scheme."""
        rule = self.chosen
        self.amount.value = str(rule.amount) if rule and rule.amount is not None else ""
        self.weights.children = tuple(
            widgets.Text(
                description=f"{factor.label} %", value="" if factor.weight is None else str(factor.weight),
                placeholder="权重", layout=_WIDE, style=_STYLE,
            )
            for part in (rule.parts.values() if rule else ()) for factor in part.factors.values()
        )  # fmt: skip
        self.values.children = tuple(
            widgets.Textarea(
                description=label, rows=4, layout=_WIDE, style=_STYLE,
                placeholder="一行一个：县区 数值；留空则取表中的数",
                value="\n".join(f"{place} {value}" for place, value in rule.values.get(key, {}).items()),
            )
            for key, label in (rule.coefficients.items() if rule is not None else ()) if rule is not None and key in rule.keys
        )  # fmt: skip
        self.share.disabled = rule is None

    def _share(self) -> None:
        rule = self.chosen
        if rule is None:
            return
        data = rule.model_dump(mode="json", exclude_none=False)
        data["amount"] = self.amount.value.strip() or None
        boxes = iter(self.weights.children)
        for part in data["parts"].values():
            part["share"] = str(part["share"])
            for factor in part["factors"].values():
                factor["weight"] = next(boxes).value.strip() or None
        keys = [key for key in rule.coefficients if key in rule.keys]
        values = {key: dict(_lines(box.value)) for key, box in zip(keys, self.values.children, strict=True)}
        data["values"] = {**data["values"], **{key: given for key, given in values.items() if given}}
        self.session.change(scheme=self.scheme.value, allocation={self.scheme.value: data})


def _lines(text: str) -> list[tuple[str, str]]:
    """Place and value of every line: 兰山区 1.05, 兰山区：1.05 or with a tab from a sheet."""
    found = (re.fullmatch(r"\s*(.+?)[\s：:，,=]+(\S+)\s*", line) for line in text.splitlines())
    return [(match[1], match[2]) for match in found if match]
