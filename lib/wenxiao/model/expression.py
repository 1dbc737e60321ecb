"""A figure as a tree over cells: its value, its interval, its formula in words and in a spreadsheet are read off one tree.

Given        a leaf that stands in a cell
Constant     a leaf that stands in a rule (a weight, a cut-off, a conversion)
Operation    sum, difference, product, quotient, mean, least, greatest, rounding of other nodes
Choice       the first of several cases that holds: a rule in steps
Named        a node with a name of its own, which formulas above it show instead of its parts
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from functools import cached_property

from wenxiao.model.cells import CellRef
from wenxiao.model.quantity import Missing, Quantity
from wenxiao.model.rounding import decimal_text


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

    def __hash__(self) -> int:
        return hash((self.label, self.cell))  # which tell them apart; a mean of all districts counts hundreds

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


@dataclass(frozen=True)
class Named:
    """A node that formulas above it show by its name. Its value is worked out once: a mean of all districts stands in a formula of each."""

    label: str
    term: Expression

    def __hash__(self) -> int:
        return hash(self.label)  # its parts may be hundreds

    @cached_property
    def value(self) -> Fraction | Missing:
        """The exact value of the node, or why there is none."""
        from wenxiao.model.valuation import value_of  # noqa: PLC0415 - which knows the kinds of nodes

        return value_of(self.term)


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


_SHORT = 4
"""A sum of more terms than this is written as 合计 with its count: nobody reads twelve names in a formula."""


def _label(leaf: Given | Named) -> str:
    return leaf.label


def words_of(node: Expression, said: Callable[[Given | Named], str] = _label) -> str:
    """The formula in Chinese words, each part as it is `said`: by default by its name as it stands in the sheets.

    Of a sum of many parts only the names of the first and the last stand in it, and `said` is not asked.

    >>> from wenxiao.model import Missing, quotient
    >>> words_of(quotient(Given("支出", Missing.NOT_PROVIDED), Given("预算", Missing.NOT_PROVIDED)))
    '支出 ÷ 预算'
    >>> from fractions import Fraction
    >>> from wenxiao.model import Case, Comparison, Condition
    >>> full, rate, at_least = Constant(Fraction(10)), Given("执行率", Missing.NOT_PROVIDED), Comparison.AT_LEAST
    >>> words_of(Choice((Case((Condition(rate, at_least, Constant(Fraction(4, 5), "80%")),), full),), Missing.NOT_APPLICABLE))
    '分档（执行率 ≥ 80%：10；其余：不适用）'
    """
    return _words(node.term if isinstance(node, Named) else node, said, top=True)


def _words(node: Expression, said: Callable[[Given | Named], str], *, top: bool = False) -> str:
    match node:
        case Given() | Named():
            return said(node)
        case Count(label=label, cells=cells):
            return f"计数（{label}，{len(cells)} 条）"
        case Constant(number=number, label=label):
            return label or decimal_text(number)
        case Rounded(term=term, places=places):
            return f"四舍五入（{_words(term, said, top=True)}，{places} 位小数）"
        case Operation(op=op, terms=terms):
            if op in (Op.MEAN, Op.LEAST, Op.GREATEST) or (op is Op.SUM and len(terms) > _SHORT):
                name = "合计" if op is Op.SUM else op.sign
                if len(terms) > _SHORT:
                    first, last = (_words(end, _label, top=True) for end in (terms[0], terms[-1]))
                    if first == last:
                        return f"{len(terms)} 项{_words(terms[0], _label)}的{name}"
                    return f"{len(terms)} 项{name}（{first} … {last}）"
                return f"{name}（{'、'.join(_words(term, said) for term in terms)}）"
            text = f" {op.sign} ".join(_words(term, said) for term in terms)
            return text if top or len(terms) == 1 else f"（{text}）"
        case Choice(cases=cases, otherwise=otherwise):
            lines = [
                f"{'且'.join(_condition(c, said) for c in each.conditions)}：{_words(each.result, said, top=True)}"
                for each in cases
            ]
            rest = otherwise.label if isinstance(otherwise, Missing) else _words(otherwise, said, top=True)
            return f"分档（{'；'.join([*lines, f'其余：{rest}'])}）"
    raise TypeError(f"not an expression: {node!r}")


def _condition(condition: Condition, said: Callable[[Given | Named], str]) -> str:
    left, right = _words(condition.left, said), _words(condition.right, said)
    return f"{left} {condition.comparison.value} {right}"
