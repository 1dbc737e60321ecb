"""What must agree: a printed figure and the expression the other figures make of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Protocol

from wenxiao.model import (
    CellRef,
    Count,
    Expression,
    Given,
    Interval,
    Named,
    Op,
    Operation,
    Quantity,
    Rounded,
    Severity,
    inputs_of,
    interval_of,
)
from wenxiao.model.interval import EVERYTHING


@dataclass(frozen=True, eq=False)
class Constraint:
    """One printed figure and its recomputation; `sentence` has places for {printed} and {recomputed}."""

    code: str
    subject: str
    printed: Given
    computed: Expression
    sentence: str
    remedy: str
    severity: Severity = Severity.ERROR
    about: tuple[str, ...] = ()

    @cached_property
    def holds(self) -> bool:
        """Whether some values inside the printed precision make both sides agree; a missing side breaks nothing."""
        recomputed = interval_of(self.computed)
        quantity = self.printed.quantity
        return quantity is None or recomputed is None or quantity.interval.meets(recomputed)

    @cached_property
    def figures(self) -> tuple[Given, ...]:
        """Every figure it rests on, the printed one first."""
        return (self.printed, *(g for g in inputs_of(self.computed) if g.cell != self.printed.cell))

    @cached_property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells of those figures."""
        return tuple(dict.fromkeys(g.cell for g in self.figures if g.cell is not None))

    def room_for(self, cells: frozenset[CellRef]) -> Interval:
        """The values the one figure that stands in `cells` may take for this constraint to hold; all where it may take any.

        The figure's own precision widens the room, because its new value would be printed with as many places.
        """
        quantity = self.printed.quantity
        if quantity is None:
            return EVERYTHING
        if self.printed.cell in cells:
            computed = interval_of(self.computed)
            return EVERYTHING if computed is None else computed + slack(quantity)
        figure = next((g.quantity for g in self.figures if g.cell in cells), None)
        if figure is None:
            return EVERYTHING
        return _solve(self.computed, quantity.interval, cells) + slack(figure)


class Agreement(Protocol):
    """What must agree, of whatever making: a `Constraint`, or a `LineSum`."""

    @property
    def code(self) -> str:
        """The code of its check."""
        ...

    @property
    def subject(self) -> str:
        """What it concerns."""
        ...

    @property
    def printed(self) -> Given:
        """The printed figure."""
        ...

    @property
    def computed(self) -> Expression:
        """What the others make of it."""
        ...

    @property
    def sentence(self) -> str:
        """The sentence, with places for {printed} and {recomputed}."""
        ...

    @property
    def remedy(self) -> str:
        """What to do."""
        ...

    @property
    def severity(self) -> Severity:
        """How much a difference weighs."""
        ...

    @property
    def about(self) -> tuple[str, ...]:
        """The keys of the measures it concerns."""
        ...

    @property
    def holds(self) -> bool:
        """Whether some values inside the printed precision make both sides agree."""
        ...

    @property
    def figures(self) -> tuple[Given, ...]:
        """Every figure it rests on, the printed one first."""
        ...

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells of those figures."""
        ...

    def room_for(self, cells: frozenset[CellRef]) -> Interval:
        """The values the one figure that stands in `cells` may take for this to hold."""
        ...


NOTHING = Interval(Fraction(1), Fraction(0))
"""No value at all: a count does not change with what stands in one of its cells."""


def slack(quantity: Quantity) -> Interval:
    """What a figure printed with as many places may hide."""
    return Interval.exactly(0) if quantity.exact else Interval.around(0, quantity.places)


def counted(node: Expression) -> frozenset[CellRef]:
    """The cells of the lists that an expression counts: an entry may be lacking there, whatever stands in them."""
    match node:
        case Count(cells=cells):
            return frozenset(cells)
        case Named(term=term) | Rounded(term=term):
            return counted(term)
        case Operation(terms=terms):
            return frozenset[CellRef]().union(*map(counted, terms))
        case _:
            return frozenset()


def _holds_any(node: Expression, cells: frozenset[CellRef]) -> bool:
    return any(given.cell in cells for given in inputs_of(node))


def _solve(node: Expression, target: Interval, cells: frozenset[CellRef]) -> Interval:
    """The values of the figure in `cells` that bring `node` into `target`, the other figures within their precision."""
    match node:
        case Given():
            return target
        case Count():
            return NOTHING
        case Named(term=term):
            return _solve(term, target, cells)
        case Rounded(term=term, places=places):
            return _solve(term, target + Interval.around(0, places), cells)
        case Operation(op=op, terms=terms):
            inside = [term for term in terms if _holds_any(term, cells)]
            others = [interval_of(term) for term in terms if not _holds_any(term, cells)]
            known = [other for other in others if other is not None]
            if len(inside) != 1 or len(known) != len(others):
                return EVERYTHING
            return _solve(inside[0], _undo(op, terms.index(inside[0]), target, known, len(terms)), cells)
        case _:
            return EVERYTHING


def _undo(op: Op, position: int, target: Interval, others: list[Interval], size: int) -> Interval:
    """The values of the term at `position` for which the operation gives `target`."""
    rest = sum(others, Interval.exactly(0))
    match op:
        case Op.SUM:
            return target - rest
        case Op.MEAN:
            return target * Interval.exactly(size) - rest
        case Op.DIFFERENCE:
            return target + others[0] if position == 0 else others[0] - target
        case Op.PRODUCT:
            return target / others[0]
        case Op.QUOTIENT:
            return target * others[0] if position == 0 else others[0] / target
        case _:
            return EVERYTHING


def common_room(constraints: Iterable[Agreement], cells: frozenset[CellRef]) -> Interval | None:
    """The values one figure may take so that all its constraints hold; None where there is no such value."""
    low: Fraction | None = None
    high: Fraction | None = None
    for constraint in constraints:
        room = constraint.room_for(cells)
        low = room.low if low is None or (room.low is not None and room.low > low) else low
        high = room.high if high is None or (room.high is not None and room.high < high) else high
    return None if low is not None and high is not None and low > high else Interval(low, high)
