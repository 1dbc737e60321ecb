"""Closed intervals of exact numbers: what a printed figure can stand for, and what follows from that."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from wenxiao.model.rounding import Exact


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, both included; None at an end means without bound.

    Half-up rounding gives half-open intervals; the closed ones used here are wider by a single point, so that a check
    built on them never cries wolf.

    >>> Interval.around(Fraction("53.63"), 2)
    Interval(low=Fraction(429, 8), high=Fraction(10727, 200))
    """

    low: Fraction | None
    high: Fraction | None

    @classmethod
    def exactly(cls, value: Exact) -> Interval:
        """The interval that holds one number."""
        return cls(Fraction(value), Fraction(value))

    @classmethod
    def around(cls, value: Exact, places: int) -> Interval:
        """What a figure printed with `places` decimals can stand for: half a unit in its last place to each side."""
        half = Fraction(10) ** -places / 2
        return cls(Fraction(value) - half, Fraction(value) + half)

    @property
    def width(self) -> Fraction | None:
        """The distance between the ends; None without bound."""
        return None if self.low is None or self.high is None else self.high - self.low

    def holds(self, value: Exact) -> bool:
        """Whether `value` lies inside."""
        number = Fraction(value)
        return (self.low is None or self.low <= number) and (self.high is None or number <= self.high)

    def meets(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = self.low is not None and other.high is not None and self.low > other.high
        return not (below or above)

    def hull(self, *others: Interval) -> Interval:
        """The smallest interval that holds this one and the others."""
        lows = [each.low for each in (self, *others)]
        highs = [each.high for each in (self, *others)]
        return Interval(
            None if None in lows else min(end for end in lows if end is not None),
            None if None in highs else max(end for end in highs if end is not None),
        )

    def __add__(self, other: Interval) -> Interval:
        return Interval(_plus(self.low, other.low), _plus(self.high, other.high))

    def __neg__(self) -> Interval:
        return Interval(None if self.high is None else -self.high, None if self.low is None else -self.low)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        ends = (self.low, self.high, other.low, other.high)
        if any(end is None for end in ends):
            return EVERYTHING
        a, b, c, d = (end for end in ends if end is not None)
        products = (a * c, a * d, b * c, b * d)
        return Interval(min(products), max(products))

    def __truediv__(self, other: Interval) -> Interval:
        if other.low is None or other.high is None or other.holds(0):
            return EVERYTHING
        return self * Interval(1 / other.high, 1 / other.low)


EVERYTHING = Interval(None, None)


def _plus(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a + b
