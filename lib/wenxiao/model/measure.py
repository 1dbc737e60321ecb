"""A measure: a named figure with its derivation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property

from wenxiao.model.expression import Expression, Given
from wenxiao.model.formula import words_of
from wenxiao.model.interval import Interval
from wenxiao.model.missing import Missing
from wenxiao.model.quantity import quantity_text
from wenxiao.model.units import RATIO, Unit
from wenxiao.model.valuation import inputs_of, interval_of, value_of


class Standing(Enum):
    """How far a figure may be relied on.

    Computed from what was given; taken over as a report prints it, because nothing allows computing it; derived under a
    condition; made from changed rules.
    """

    COMPUTED = "计算"
    REPORTED = "报告数"
    DERIVED = "推算"
    WHAT_IF = "测算"


@dataclass(frozen=True)
class Measure:
    """A figure with its key, Chinese label, subject, unit and the tree it is computed by.

    `key` is stable and unique within an evaluation (`execution_rate` or `execution_rate/上级资金`); `subject` says whose
    figure it is; `basis` names the denominator or the way of averaging (支出÷预算, 汇总口径), because the same words mean
    different divisions in different offices; `places` counts decimals on the value, so 4 shows a rate with two.
    `condition` says when a derived figure holds.
    """

    key: str
    label: str
    expression: Expression
    unit: Unit
    places: int = 2
    subject: str = ""
    basis: str = ""
    standing: Standing = Standing.COMPUTED
    condition: str = ""

    @cached_property
    def value(self) -> Fraction | Missing:
        """The exact value in `unit`, never rounded, or why there is none."""
        return value_of(self.expression)

    @cached_property
    def interval(self) -> Interval | None:
        """All values the printed inputs allow; None where an input is missing."""
        return interval_of(self.expression)

    @property
    def formula(self) -> str:
        """The formula in words."""
        return words_of(self.expression)

    @cached_property
    def inputs(self) -> tuple[Given, ...]:
        """The cells it rests on, in reading order."""
        return tuple(inputs_of(self.expression))

    @property
    def given(self) -> bool:
        """Whether the figure stands in a cell as it is, without computing."""
        return isinstance(self.expression, Given)

    @property
    def number(self) -> Fraction | None:
        """The exact value, or None where it is missing; for comparing and charting."""
        return None if isinstance(self.value, Missing) else self.value

    @property
    def text(self) -> str:
        """The figure as people read it: rounded half up to `places`, with % but without another unit; or its absence."""
        if isinstance(self.value, Missing):
            return self.value.label
        return quantity_text(self.value, self.unit, self.places, with_unit=False)

    @property
    def text_with_unit(self) -> str:
        """The same with its unit."""
        if isinstance(self.value, Missing) or self.unit.dimension == RATIO.dimension:
            return self.text
        return f"{self.text}{self.unit.symbol}"
