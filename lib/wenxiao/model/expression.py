"""A figure as a tree over cells: its value, its interval, its formula in words and in a spreadsheet are read off one tree.

Given        a leaf that stands in a cell
Constant     a leaf that stands in a rule (a weight, a cut-off, a conversion)
Operation    sum, difference, product, quotient, mean, least, greatest, rounding of other nodes
Named        a node with a name of its own, which formulas above it show instead of its parts
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from wenxiao.model.cells import CellRef
from wenxiao.model.interval import Interval
from wenxiao.model.missing import Missing
from wenxiao.model.quantity import Quantity
from wenxiao.model.rounding import decimal_text, half_up
from wenxiao.model.units import NUMBER


@dataclass(frozen=True, slots=True)
class Given:
    """A value as a cell gives it: what it is called, the figure or why there is none, the cell, the raw text."""

    label: str
    content: Quantity | Missing
    cell: CellRef | None = None
    raw: str = ""

    @property
    def quantity(self) -> Quantity | None:
        """The figure, or None where it is missing."""
        return self.content if isinstance(self.content, Quantity) else None

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


_INFIX = {Op.DIFFERENCE: "-", Op.PRODUCT: "*", Op.QUOTIENT: "/"}
_SHORT = 4
"""A sum of more terms than this is written as 合计 with its count: nobody reads twelve names in a formula."""


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


Expression = Given | Constant | Count | Operation | Rounded | Named


def total(terms: tuple[Expression, ...] | list[Expression]) -> Operation:
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


def mean(terms: tuple[Expression, ...] | list[Expression]) -> Operation:
    """The plain mean of the terms."""
    return Operation(Op.MEAN, tuple(terms))


def value_of(node: Expression) -> Fraction | Missing:
    """The exact value, or why there is none: the first missing input decides.

    >>> from decimal import Decimal
    >>> from wenxiao.model.units import WAN_YUAN
    >>> spent = Given("支出", Quantity(Decimal("1965.3"), WAN_YUAN, 1))
    >>> budget = Given("预算", Quantity(Decimal("3664.68"), WAN_YUAN, 2))
    >>> half_up(value_of(quotient(spent, budget)), 4)
    Decimal('0.5363')
    """
    match node:
        case Given(content=Quantity() as quantity):
            return Fraction(quantity.value)
        case Given(content=Missing() as missing):
            return missing
        case Constant(number=number):
            return number
        case Count(cells=cells):
            return Fraction(len(cells))
        case Named(term=term):
            return value_of(term)
        case Rounded(term=term, places=places):
            value = value_of(term)
            return value if isinstance(value, Missing) else Fraction(half_up(value, places))
        case Operation(op=op, terms=terms):
            values: list[Fraction] = []
            for term in terms:
                value = value_of(term)
                if isinstance(value, Missing):
                    return value
                values.append(value)
            return _apply(op, values)
    raise TypeError(f"not an expression: {node!r}")


def _apply(op: Op, values: list[Fraction]) -> Fraction | Missing:
    match op:
        case Op.SUM:
            return sum(values, Fraction(0))
        case Op.DIFFERENCE:
            return values[0] - values[1]
        case Op.PRODUCT:
            return values[0] * values[1]
        case Op.QUOTIENT:
            return Missing.NOT_APPLICABLE if values[1] == 0 else values[0] / values[1]
        case Op.MEAN:
            return sum(values, Fraction(0)) / len(values) if values else Missing.NOT_APPLICABLE
        case Op.LEAST:
            return min(values)
        case Op.GREATEST:
            return max(values)


def interval_of(node: Expression) -> Interval | None:
    """All values the printed inputs can stand for, or None where an input is missing.

    A cell that stands twice in the tree is taken as two independent figures: wider than the truth, never narrower.
    """
    match node:
        case Given(content=Quantity() as quantity):
            return quantity.interval
        case Given():
            return None
        case Constant(number=number):
            return Interval.exactly(number)
        case Count(cells=cells):
            return Interval.exactly(len(cells))
        case Named(term=term):
            return interval_of(term)
        case Rounded(term=term, places=places):
            inner = interval_of(term)
            return None if inner is None else inner + Interval.around(0, places)
        case Operation(op=op, terms=terms):
            intervals: list[Interval] = []
            for term in terms:
                inner = interval_of(term)
                if inner is None:
                    return None
                intervals.append(inner)
            return _apply_interval(op, intervals)
    raise TypeError(f"not an expression: {node!r}")


def _apply_interval(op: Op, parts: list[Interval]) -> Interval:
    match op:
        case Op.SUM | Op.MEAN:
            added = sum(parts, Interval.exactly(0))
            return added / Interval.exactly(len(parts)) if op is Op.MEAN else added
        case Op.DIFFERENCE:
            return parts[0] - parts[1]
        case Op.PRODUCT:
            return parts[0] * parts[1]
        case Op.QUOTIENT:
            return parts[0] / parts[1]
        case Op.LEAST | Op.GREATEST:
            choose = min if op is Op.LEAST else max
            lows = [part.low for part in parts]
            highs = [part.high for part in parts]
            low = None if None in lows else choose(end for end in lows if end is not None)
            high = None if None in highs else choose(end for end in highs if end is not None)
            return Interval(low, high)


def inputs_of(node: Expression) -> Iterator[Given]:
    """The cells the figure rests on, in reading order, each once."""
    seen: set[Given] = set()
    stack: list[Expression] = [node]
    while stack:
        match stack.pop():
            case Given() as given:
                if given not in seen:
                    seen.add(given)
                    yield given
            case Operation(terms=terms):
                stack.extend(reversed(terms))
            case Rounded(term=term) | Named(term=term):
                stack.append(term)
            case Count(label=label, cells=cells):
                entries = (Given(label, Quantity(Decimal(1), NUMBER, 0), cell) for cell in cells)
                yield from (entry for entry in entries if entry not in seen)
            case Constant():
                pass


def words_of(node: Expression) -> str:
    """The formula in Chinese words, the names of its parts as they stand in the sheets.

    >>> words_of(quotient(Given("支出", Missing.NOT_PROVIDED), Given("预算", Missing.NOT_PROVIDED)))
    '支出 ÷ 预算'
    """
    return _words(node.term if isinstance(node, Named) else node, top=True)


def _words(node: Expression, *, top: bool = False) -> str:
    match node:
        case Given(label=label) | Named(label=label):
            return label
        case Count(label=label, cells=cells):
            return f"计数（{label}，{len(cells)} 条）"
        case Constant(number=number, label=label):
            return label or decimal_text(number)
        case Rounded(term=term, places=places):
            return f"四舍五入（{_words(term, top=True)}，{places} 位小数）"
        case Operation(op=op, terms=terms):
            if op in (Op.MEAN, Op.LEAST, Op.GREATEST) or (op is Op.SUM and len(terms) > _SHORT):
                name = "合计" if op is Op.SUM else op.sign
                if len(terms) > _SHORT:
                    first, last = _words(terms[0]), _words(terms[-1])
                    return f"{len(terms)} 项{name}（{first} … {last}）"
                return f"{name}（{'、'.join(_words(term) for term in terms)}）"
            text = f" {op.sign} ".join(_words(term) for term in terms)
            return text if top or len(terms) == 1 else f"（{text}）"
    raise TypeError(f"not an expression: {node!r}")


def spreadsheet_of(node: Expression, place: Callable[[Given | Named | CellRef], str | None]) -> str:
    """The formula for a spreadsheet, without the leading =; `place` gives the address of a cell or named node, or None.

    A node without a place of its own is written out: a named one by its parts, a given one by its value.
    """
    match node:
        case Given(content=content):
            address = place(node)
            if address is not None:
                return address
            return f"{content.value:f}" if isinstance(content, Quantity) else "NA()"
        case Constant(number=number):
            if number.denominator == 1:
                return str(number.numerator)
            return f"({number.numerator}/{number.denominator})"
        case Count(cells=cells):
            places = [place(cell) for cell in cells]
            named = [address for address in places if address is not None]
            return f"COUNTA({','.join(named)})" if len(named) == len(cells) else str(len(cells))
        case Named(term=term):
            return place(node) or f"({spreadsheet_of(term, place)})"
        case Rounded(term=term, places=places):
            return f"ROUND({spreadsheet_of(term, place)},{places})"
        case Operation(op=op, terms=terms):
            parts = [spreadsheet_of(term, place) for term in terms]
            if op.function:
                return f"{op.function}({','.join(parts)})"
            return "(" + _INFIX[op].join(parts) + ")"
    raise TypeError(f"not an expression: {node!r}")
