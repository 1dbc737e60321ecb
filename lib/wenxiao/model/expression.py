"""A figure as a tree over cells: its value, its interval, its formula in words and in a spreadsheet are read off one tree.

Given        a leaf that stands in a cell
Constant     a leaf that stands in a rule (a weight, a cut-off, a conversion)
Operation    sum, difference, product, quotient, mean, least, greatest, rounding of other nodes
Choice       the first of several cases that holds: a rule in steps
Named        a node with a name of its own, which formulas above it show instead of its parts
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from wenxiao.model.cells import CellRef
from wenxiao.model.missing import Missing
from wenxiao.model.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Given:
    """A value as a cell gives it: what it is called, the figure or why there is none, the cell, the raw text.

    `printed` is what the cell prints where a confirmed correction says what is right, else None.
    """

    label: str
    content: Quantity | Missing
    cell: CellRef | None = None
    raw: str = ""
    printed: str | None = None

    @property
    def beside(self) -> str:
        """What is said beside a corrected figure: what its cell prints; empty beside others."""
        return "" if self.printed is None else f"（已更正，原 {self.printed or '空白'}）"

    @property
    def quantity(self) -> Quantity | None:
        """The figure, or None where it is missing."""
        return self.content if isinstance(self.content, Quantity) else None

    @property
    def exact(self) -> Given:
        """The same figure taken as not rounded, for what a rule sets (a weight)."""
        quantity = self.quantity
        return self if quantity is None else replace(self, content=replace(quantity, exact=True))

    @property
    def text(self) -> str:
        """The figure with its unit, or the word for its absence."""
        return self.content.text if isinstance(self.content, Quantity) else self.content.label


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that comes from a rule, not from a cell; `label` names it in words where it has a name."""

    number: Fraction
    label: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries a list has: the cells counted, each once; `label` names what is counted."""

    label: str
    cells: tuple[CellRef, ...]


class Op(Enum):
    """What an operation does: its sign in words and its function in a spreadsheet ('' where it is infix)."""

    SUM = ("＋", "SUM")
    DIFFERENCE = ("－", "")
    PRODUCT = ("×", "")
    QUOTIENT = ("÷", "")
    MEAN = ("平均值", "AVERAGE")
    LEAST = ("较小者", "MIN")
    GREATEST = ("较大者", "MAX")

    @property
    def sign(self) -> str:
        """The sign or name used in words."""
        return self.value[0]

    @property
    def function(self) -> str:
        """The spreadsheet function; empty where the operation is written between its terms."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation on one or more nodes."""

    op: Op
    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Rounded:
    """A node rounded half up to `places`, where the rules ask for it (a computed third-level score)."""

    term: Expression
    places: int


@dataclass(frozen=True, slots=True)
class Named:
    """A node that formulas above it show by its name."""

    label: str
    term: Expression


class Comparison(Enum):
    """How the two sides of a condition are compared."""

    AT_LEAST = "≥"
    ABOVE = "＞"
    AT_MOST = "≤"
    BELOW = "＜"
    EQUAL = "＝"


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of two nodes."""

    left: Expression
    comparison: Comparison
    right: Expression


@dataclass(frozen=True, slots=True)
class Case:
    """What holds where all its conditions do."""

    conditions: tuple[Condition, ...]
    result: Expression


@dataclass(frozen=True, slots=True)
class Choice:
    """The result of the first case that holds; `otherwise` where none does, or why a rule then gives nothing."""

    cases: tuple[Case, ...]
    otherwise: Expression | Missing


Expression = Given | Constant | Count | Operation | Rounded | Choice | Named


def total(terms: Sequence[Expression]) -> Operation:
    """The sum of the terms."""
    return Operation(Op.SUM, tuple(terms))


def difference(a: Expression, b: Expression) -> Operation:
    """a − b."""
    return Operation(Op.DIFFERENCE, (a, b))


def product(a: Expression, b: Expression) -> Operation:
    """a × b."""
    return Operation(Op.PRODUCT, (a, b))


def quotient(a: Expression, b: Expression) -> Operation:
    """a ÷ b; a zero denominator makes the result 不适用."""
    return Operation(Op.QUOTIENT, (a, b))


def mean(terms: Sequence[Expression]) -> Operation:
    """The plain mean of the terms."""
    return Operation(Op.MEAN, tuple(terms))


def least(terms: Sequence[Expression]) -> Operation:
    """The smallest of the terms."""
    return Operation(Op.LEAST, tuple(terms))


def greatest(terms: Sequence[Expression]) -> Operation:
    """The largest of the terms."""
    return Operation(Op.GREATEST, tuple(terms))
