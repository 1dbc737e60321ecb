"""A measure: a named figure with its derivation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property

from wenxiao.model.cells import CellRef
from wenxiao.model.expression import Constant, Expression, Given, Named, Op, Operation, words_of
from wenxiao.model.interval import Interval
from wenxiao.model.quantity import Missing, quantity_text
from wenxiao.model.units import NUMBER, RATIO, Unit
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

    Measures add, subtract, multiply and divide, with each other and with exact numbers; the result is a measure that keeps
    its cells. `float()` leaves the exact world; a missing figure is nan there.

    >>> from wenxiao.model import Quantity
    >>> from wenxiao.model.units import WAN_YUAN
    >>> spent, budget = (
    ...     Measure(name, name, Given(name, Quantity(Decimal(figure), WAN_YUAN, 0), CellRef.at("资金.xlsx", "资金", cell)), WAN_YUAN)
    ...     for name, figure, cell in (("支出", "95", "C4"), ("预算", "150", "B4"))
    ... )
    >>> rate = spent / budget
    >>> rate.text, rate.formula, [cell.address for cell in rate.cells], float(budget - spent)
    ('63.33%', '支出 ÷ 预算', ['C4', 'B4'], 55.0)
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

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The addresses of the cells it rests on, each once."""
        return tuple(dict.fromkeys(given.cell for given in self.inputs if given.cell is not None))

    def __float__(self) -> float:
        return float("nan") if isinstance(self.value, Missing) else float(self.value)

    def __add__(self, other: Operand) -> Measure:
        return self._with(Op.SUM, other)

    def __radd__(self, other: Operand) -> Measure:
        return self if other == 0 else self._with(Op.SUM, other)  # sum() begins with 0

    def __sub__(self, other: Operand) -> Measure:
        return self._with(Op.DIFFERENCE, other)

    def __mul__(self, other: Operand) -> Measure:
        return self._with(Op.PRODUCT, other)

    __rmul__ = __mul__

    def __truediv__(self, other: Operand) -> Measure:
        return self._with(Op.QUOTIENT, other)

    def _with(self, op: Op, other: Operand) -> Measure:
        """The measure of an operation on this one and another, or on this one and a number of its unit."""
        if isinstance(other, bool) or not isinstance(other, Measure | int | Decimal | Fraction):
            return NotImplemented  # type: ignore[no-any-return]  # Python then says that the types do not go together
        if not isinstance(other, Measure):
            number = Constant(Fraction(other))
            return replace(
                self, key=f"{self.key}{op.sign}{other}", label=f"{self.label}{op.sign}{other}", basis="",
                expression=Operation(op, (self._named, number)),
            )  # fmt: skip
        unit, factor = _unit_of(op, self.unit, other.unit)
        term = other._named if factor == 1 else Operation(Op.PRODUCT, (other._named, Constant(factor)))
        ranked = list(Standing)
        return Measure(
            f"{self.key}{op.sign}{other.key}",
            f"{self.label}{op.sign}{other.label}",
            Operation(op, (self._named, term)),
            unit,
            4 if unit == RATIO else max(self.places, other.places),
            self.subject if self.subject == other.subject else "",
            "",
            max(self.standing, other.standing, key=ranked.index),
            "；".join(dict.fromkeys(filter(None, (self.condition, other.condition)))),
        )

    @property
    def _named(self) -> Expression:
        """Its tree as a part of another: by its name, unless it stands in a cell."""
        return self.expression if self.given else Named(self.label, self.expression)


Operand = Measure | int | Decimal | Fraction
"""What a measure is reckoned with: exact numbers only, so that no figure loses digits unseen."""


def _unit_of(op: Op, one: Unit, other: Unit) -> tuple[Unit, Fraction]:
    """The unit of a result, and what the second figure is multiplied by before; ValueError where units do not go together."""
    plain = {RATIO.dimension, NUMBER.dimension}
    if op in (Op.SUM, Op.DIFFERENCE):
        return one, other.factor_to(one)
    if op is Op.PRODUCT:
        if other.dimension in plain:
            return one, Fraction(1)
        if one.dimension in plain:
            return other, Fraction(1)
        raise ValueError(f"{one.symbol} × {other.symbol} has no unit")
    if other.dimension in plain:
        return one, Fraction(1)
    if one.dimension == other.dimension:
        return RATIO, other.factor_to(one)
    return one.per(other), Fraction(1)
