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
