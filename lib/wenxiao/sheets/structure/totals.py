"""Totals against what they total: within the printed precision, wherever the total stands."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wenxiao.model import Column, Missing, Table
from wenxiao.model.units import RATIO

_NEVER_SUMMED = frozenset({"serial", "rank", "year", "printed_score"})
"""What is counted in whole numbers is not rounded, so that its totals must agree to the last digit."""
_RATED = ("率", "均", "比", "单价", "排名", "名次", "年份", "指数", "增长", "±", "增幅")


def additive(table: Table, column: Column) -> bool:
    """Whether the figures of a column may be added up: no rates, ranks, means or serials, one unit in all rows."""
    if column.numbers is None or column.unit == RATIO or column.row_units or column.key in _NEVER_SUMMED:
        return False
    if column.key == "score" and table.kind != "scorecard":
        return False
    if column.position in table.intensive or any(
        one.result == column.position and not one.kind.summable for one in table.relations
    ):
        return False
    return column.key is not None or not any(word in column.label for word in _RATED)


def _agrees(column: Column, total: int, parts: Iterable[int]) -> bool:
    """Whether the parts can add up to the total; also True where they cannot be compared."""
    printed = column.number(total)
    if printed is None:
        return True
    chosen = np.fromiter(parts, np.int64)
    covered = column.missing[chosen] == Missing.COVERED
    chosen = chosen[~covered]
    known = chosen[column.missing[chosen] == 0]
    small = int((column.missing[chosen] == Missing.TOO_SMALL).sum())
    absent = len(chosen) - len(known) - small
    if not len(known):
        return True
    summed = sum_of(column, known)
    unit = Fraction(10) ** -int(max(column.places[total], column.places[known].max()))
    rounded = Fraction(10) ** -int(column.places[total]) / 2
    counted = column.unit.counted and unit == 1
    slack = small * unit / 2 + (0 if counted else _slack(column.places[known]) + rounded)
    difference = Fraction(printed) - summed
    if absent:
        return difference >= -slack or _signed(column, known)
    return abs(difference) <= slack


def makes_up(column: Column, total: int, parts: Iterable[int]) -> bool:
    """Whether these parts, all of them known, add up to the total within the printed precision."""
    chosen = list(parts)
    known = bool(chosen) and not column.missing[chosen].any() and column.number(total) is not None
    return known and _agrees(column, total, chosen)


def sum_of(column: Column, records: NDArray[np.int64]) -> Fraction:
    """The exact sum of the figures of some records."""
    return Fraction(pc.sum(_figures(column, records)).as_py())


def _slack(places: NDArray[np.int8]) -> Fraction:
    """Half a unit in the last printed place of every part."""
    counts = np.unique(places, return_counts=True)
    return sum(
        (Fraction(10) ** -int(place) / 2 * int(count) for place, count in zip(*counts, strict=True)),
        Fraction(0),
    )


def _signed(column: Column, records: NDArray[np.int64]) -> bool:
    return bool(pc.min(_figures(column, records)).as_py() < 0)


def _figures(column: Column, records: NDArray[np.int64]) -> pa.Array:
    assert column.numbers is not None
    return column.numbers.take(pa.array(records))
