"""What a part of a formula that has a name comes to, and the inputs it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Set
from fractions import Fraction

from wenxiao.model import (
    Choice,
    Count,
    Expression,
    Given,
    Missing,
    Named,
    Op,
    Operation,
    Rounded,
    Unit,
    inputs_of,
    quantity_text,
    value_of,
)
from wenxiao.model.units import RATIO

_FINE = 2
"""A mean or a product is shown with so many decimals at least."""


def worth(node: Expression) -> str:
    """What a named part comes to, where its unit is known without a rule of its own; '' elsewhere."""
    unit, value = _unit(node), value_of(node)
    if unit is None or isinstance(value, Missing):
        return ""
    quantities = [given.quantity for given in leaves(node) if given.quantity is not None]
    places = max(each.places for each in quantities if each.unit == unit)
    return quantity_text(Fraction(value), unit, places if _sums(node) else max(places, _FINE))


def _unit(node: Expression) -> Unit | None:
    """The unit of what is added up, averaged or multiplied by rates; None where it would take another."""
    match node:
        case Given(content=content):
            return None if isinstance(content, Missing) else content.unit
        case Named(term=term):
            return _unit(term)
        case Operation(op=op, terms=terms) if op is not Op.QUOTIENT:
            units = [_unit(term) for term in terms]
            if op is Op.PRODUCT:
                units = [unit for unit in units if unit is None or unit.dimension != RATIO.dimension]
                return units[0] if len(units) == 1 else None
            return units[0] if len(set(units)) == 1 else None
        case _:
            return None


def _sums(node: Expression) -> bool:
    """Whether a part has no more decimals than what it is made of."""
    match node:
        case Named(term=term):
            return _sums(term)
        case Operation(op=op, terms=terms):
            return op not in (Op.MEAN, Op.PRODUCT) and all(map(_sums, terms))
        case _:
            return True


def leaves(node: Expression, there: Set[Named] = frozenset()) -> Iterator[Given]:
    """The inputs of a formula as often as they stand in it, but for those of the parts that are told of elsewhere."""
    match node:
        case Given():
            yield node
        case Named() if node in there:
            return
        case Named(term=term) | Rounded(term=term):
            yield from leaves(term, there)
        case Operation(terms=terms):
            for term in terms:
                yield from leaves(term, there)
        case Choice(cases=cases, otherwise=otherwise):
            for case in cases:
                for condition in case.conditions:
                    yield from leaves(condition.left, there)
                    yield from leaves(condition.right, there)
                yield from leaves(case.result, there)
            if not isinstance(otherwise, Missing):
                yield from leaves(otherwise, there)
        case Count():
            yield from inputs_of(node)
        case _:
            return
