"""One figure for every district: values, sum, places, and where each stands between the least and the most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from wenxiao.evaluation.ranking import ranks
from wenxiao.model import (
    Given,
    Measure,
    Missing,
    Unit,
)


@dataclass(frozen=True, eq=False)
class DistrictFigure:
    """One figure for every district: the label and unit, the value of each district, the sum, the printed total.

    `values` keeps the districts in administrative order, with 未提供 for those the tables leave out; `summable` is False
    for scores and rates, whose sum means nothing, and where a merged cell spans several districts.
    """

    key: str
    label: str
    unit: Unit
    places: int
    values: Mapping[str, Measure]
    sum: Measure | None
    printed_total: Given | None
    summable: bool

    @cached_property
    def shared(self) -> bool:
        """Whether one figure stands for several districts, in a merged cell, so that none of them has its own."""
        return any(measure.value is Missing.COVERED for measure in self.values.values())

    def rank(self, district: str) -> tuple[int, int] | None:
        """A district's place and the number of places, largest first; None where it has no value."""
        place = self.places_of_all.get(district)
        return None if place is None else (place, len(self.places_of_all))

    def tied(self, district: str) -> bool:
        """Whether another district has the same value, so that both share a place; False without a value."""
        place = self.places_of_all.get(district)
        return place is not None and self._shared_places[place] > 1

    @cached_property
    def places_of_all(self) -> Mapping[str, int]:
        """The place of every district that has a value, largest first, worked out once for all of them."""
        known = {name: measure.number for name, measure in self.values.items()}
        numbers = {name: number for name, number in known.items() if number is not None}
        return {name: int(rank) for name, rank in zip(numbers, ranks(list(numbers.values())), strict=True)}

    @cached_property
    def ends(self) -> tuple[Measure, Measure] | None:
        """The smallest and the largest value, the first of equal ones; None where no district has one."""
        known = [measure for measure in self.values.values() if measure.number is not None]
        if not known:
            return None
        return min(known, key=lambda each: each.number or 0), max(known, key=lambda each: each.number or 0)

    @cached_property
    def across(self) -> tuple[float, ...]:
        """Where each known value stands between the smallest (0) and the largest (1), 0.5 where they are one; for charts."""
        return tuple(
            self.stands(measure.number) for measure in self.values.values() if measure.number is not None
        )

    def stands(self, number: Fraction) -> float:
        """Where a value stands between the smallest and the largest; see `across`."""
        if self.ends is None or (low := self.ends[0].number) is None or (high := self.ends[1].number) is None:
            return 0.5
        return 0.5 if low == high else float((number - low) / (high - low))

    @cached_property
    def _shared_places(self) -> Counter[int]:
        return Counter(self.places_of_all.values())


MOST = 60
"""So many are shown whole."""
_ENDS, _SIDES = 3, 6


def neighbours(count: int, own: int | None) -> tuple[int, ...]:
    """The positions to show of `count` in a row, around `own`; all where nobody is in the middle or they are few.

    >>> neighbours(5, 2), neighbours(100, None) == tuple(range(100)), neighbours(100, 50)
    ((0, 1, 2, 3, 4), True, (0, 1, 2, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 97, 98, 99))
    """
    if own is None or count <= MOST:
        return tuple(range(count))
    shown = {*range(_ENDS), *range(own - _SIDES, own + _SIDES + 1), *range(count - _ENDS, count)}
    return tuple(sorted(place for place in shown if 0 <= place < count))


def said(count: int, word: str) -> str:
    """What was left out, in words, for a note; '' where all are shown."""
    return f"共 {count} 个{word}，只列首末各 {_ENDS} 个和本地区前后各 {_SIDES} 个。" if count > MOST else ""
