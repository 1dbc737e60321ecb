"""What an expression is worth: its exact value, the interval its printed inputs allow, and those inputs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from wenxiao.model.expression import (
    Choice,
    Comparison,
    Condition,
    Constant,
    Count,
    Expression,
    Given,
    Named,
    Op,
    Operation,
    Rounded,
)
from wenxiao.model.interval import EVERYTHING, Interval
from wenxiao.model.quantity import Missing, Quantity
from wenxiao.model.rounding import half_up
from wenxiao.model.units import NUMBER


def value_of(node: Expression) -> Fraction | Missing:
    """The exact value, or why there is none: the first missing input decides.

    >>> from wenxiao.model.expression import quotient
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
        case Named():
            return node.value
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
        case Choice(cases=cases, otherwise=otherwise):
            for each in cases:
                held = _holds(each.conditions)
                if isinstance(held, Missing):
                    return held
                if held:
                    return value_of(each.result)
            return otherwise if isinstance(otherwise, Missing) else value_of(otherwise)
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


def _holds(conditions: tuple[Condition, ...]) -> bool | Missing:
    """Whether all conditions hold. One that does not settles it, even where another cannot be told."""
    unknown: Missing | None = None
    for condition in conditions:
        left, right = value_of(condition.left), value_of(condition.right)
        if isinstance(left, Missing):
            unknown = unknown or left
        elif isinstance(right, Missing):
            unknown = unknown or right
        elif not _compare(condition.comparison, left, right):
            return False
    return True if unknown is None else unknown


def _compare(comparison: Comparison, left: Fraction, right: Fraction) -> bool:
    match comparison:
        case Comparison.AT_LEAST:
            return left >= right
        case Comparison.ABOVE:
            return left > right
        case Comparison.AT_MOST:
            return left <= right
        case Comparison.BELOW:
            return left < right
        case Comparison.EQUAL:
            return left == right


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
        case Choice():
            return None if isinstance(value_of(node), Missing) else _interval_of_choice(node)
    raise TypeError(f"not an expression: {node!r}")


def _interval_of_choice(node: Choice) -> Interval:
    """The hull of every case that the printed precision leaves possible."""
    possible: list[Interval | None] = []
    for each in node.cases:
        verdicts = [_possible(condition) for condition in each.conditions]
        if False in verdicts:
            continue
        possible.append(interval_of(each.result))
        if all(verdicts):
            break
    else:
        possible.append(None if isinstance(node.otherwise, Missing) else interval_of(node.otherwise))
    known = [interval for interval in possible if interval is not None]
    if len(known) < len(possible):
        return EVERYTHING
    return known[0].hull(*known[1:])


def _possible(condition: Condition) -> bool | None:
    """Whether a condition holds for all, for none (False) or for some (None) of the values its sides can stand for."""
    left, right = interval_of(condition.left), interval_of(condition.right)
    if left is None or right is None:
        return None
    gap = left - right
    low, high = gap.low, gap.high
    match condition.comparison:
        case Comparison.AT_LEAST:
            return _settled(low is not None and low >= 0, high is not None and high < 0)
        case Comparison.ABOVE:
            return _settled(low is not None and low > 0, high is not None and high <= 0)
        case Comparison.AT_MOST:
            return _settled(high is not None and high <= 0, low is not None and low > 0)
        case Comparison.BELOW:
            return _settled(high is not None and high < 0, low is not None and low >= 0)
        case Comparison.EQUAL:
            return _settled(low == 0 == high, not gap.holds(0))


def _settled(always: bool, never: bool) -> bool | None:
    return True if always else False if never else None


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
            case Choice(cases=cases, otherwise=otherwise):
                if not isinstance(otherwise, Missing):
                    stack.append(otherwise)
                for each in reversed(cases):
                    stack.append(each.result)
                    for condition in reversed(each.conditions):
                        stack.extend((condition.right, condition.left))
            case Constant():
                pass
