"""Money shared out by a formula of the rules (测算): the scheme, the amount, the weights and the coefficients."""

from __future__ import annotations

import re
from typing import Any

import ipywidgets as widgets

from wenxiao.display import allocation_table, allocation_words
from wenxiao.explorer.pane import Pane, quiet, told
from wenxiao.explorer.panel import Panel
from wenxiao.explorer.session import Session
from wenxiao.project.allocation_scheme import Scheme

_NONE = "（不分配）"
_WIDE = widgets.Layout(width="34em", max_width="100%")
_STYLE = {"description_width": "10em"}


class AllocationPanel(Panel):
    """A scheme of the session's rules with its numbers to be set; the button shares the money out on trial."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._offering = False
        self.scheme = widgets.Dropdown(description="分配办法", layout=_WIDE, style=_STYLE)
        self.amount = widgets.Text(description="总额（万元）", layout=_WIDE, style=_STYLE)
        self.weights, self.values = widgets.VBox(), widgets.VBox()
        self.share = widgets.Button(description="测算", button_style="primary")
        self.message, self.result = widgets.HTML(), Pane()
        super().__init__(
            (self.scheme, self.amount, self.weights, self.values, self.share, self.message, self.result)
        )
        self.scheme.observe(self._chosen, "value")
        self.share.on_click(self._share)
        session.listen(self.follow)

    def refresh(self) -> None:
        """Nothing; the schemes are those of the session's rules, the result that of the session."""
        evaluation = self.session.evaluation
        if evaluation is None:
            self.message.value, self.result.value = told(self.session.problems), ""
            return
        names = (_NONE, *evaluation.profile.allocation)
        if tuple(self.scheme.options) != names:
            self._offering = True
            self.scheme.options = names
            self.scheme.value = evaluation.profile.scheme or _NONE
            self._offering = False
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

    def _chosen(self, change: Any) -> None:
        del change
        if self._offering:
            return
        self._offer()
        if self.scheme.value == _NONE:
            self.message.value = ""
            self.session.change(scheme=None, allocation=None)

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

    def _share(self, button: Any) -> None:
        del button
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
        self.message.value = told(self.session.problems)


def _lines(text: str) -> list[tuple[str, str]]:
    """Place and value of every line: 兰山区 1.05, 兰山区：1.05 or with a tab from a sheet."""
    found = (re.fullmatch(r"\s*(.+?)[\s：:，,=]+(\S+)\s*", line) for line in text.splitlines())
    return [(match[1], match[2]) for match in found if match]
