"""How well a record is made up of others: the agreements of all columns in bits, against chance and what fails."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wenxiao.model import Column
from wenxiao.sheets.structure.amounts import Amounts, bits_of

BAR_OF_FIGURES = 10.0
"""The bits beyond chance from which figures alone make a sum: no false tree in 3,000 random tables."""
BAR_OF_A_WORD = 6.0
"""The same where a word names the total, and its parts stand anywhere."""
BAR_OF_A_SEGMENT = 3.0
"""The same where they are the rows up to the next total, or those below 其中, or of the next level."""
_PILLARS = 4


@dataclass(frozen=True, slots=True)
class Weight:
    """What speaks for a sum: `net` bits beyond chance, `holds` columns, `failing` ones, those that look like a mean."""

    net: float
    holds: int
    failing: tuple[int, ...]
    intensive: tuple[int, ...]

    def enough(self, bar: float, *, named: bool) -> bool:
        """Whether the evidence reaches a bar: columns that hold outnumber those that fail (a word may leave them even)."""
        if (
            self.holds < 1
            or len(self.failing) > self.holds
            or (len(self.failing) == self.holds and not named)
        ):
            return False
        return self.net >= bar


def _is_amount(column: Column) -> bool:
    """Whether a column's field or unit says that its figures add up, so that a whole that does not is wrong."""
    return (
        column.key is not None or column.unit.counts or column.unit.dimension in ("money", "area", "length")
    )


class RowEvidence:
    """The columns of a table that may add up, as evidence for sums of its records."""

    def __init__(self, amounts: Amounts) -> None:
        self.amounts = amounts
        self.open = frozenset(index for index, column in enumerate(amounts.columns) if not _is_amount(column))
        self.values, self.half, self.unit, self.blank = (
            amounts.values,
            amounts.half,
            amounts.unit,
            amounts.blank,
        )
        self.columns = [index for index in range(amounts.shape[1]) if np.any(amounts.values[:, index])]
        distinct: dict[bytes, int] = {}
        for index in self.columns:
            distinct.setdefault(
                np.where(self.blank[:, index], np.nan, self.values[:, index]).tobytes(), index
            )
        self.counted = frozenset(distinct.values())  # equal columns are one piece of evidence
        strength = {
            index: float(np.median(np.abs(known)) * len(known)) if len(known := self._known(index)) else 0.0
            for index in self.counted
        }
        self.pillars = sorted(strength, key=lambda index: -strength[index])[:_PILLARS]

    def _known(self, column: int) -> NDArray[np.float64]:
        values = self.values[:, column]
        return np.asarray(values[~self.blank[:, column] & (values != 0)])

    def potential(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """The most bits that the figures of each of some records can give."""
        bits = np.zeros(len(rows))
        for column in self.counted:
            figures = self.values[rows, column]
            bits += bits_of(np.zeros(len(rows)), figures, self.unit[rows, column])
        return bits

    def weigh(self, whole: int, parts: Sequence[int], trials: float) -> Weight:
        """What speaks for `parts` adding up to `whole`, of so many sets that were tried.

        A blank among the parts is 0 where the sum then holds, else nothing is known. A whole within the range of its
        parts is no sum but a mean or an intensity, in a column of which neither field nor unit says that it is an amount.
        """
        chosen = list(parts)
        bits, holds = 0.0, 0
        failing: list[int] = []
        intensive: list[int] = []
        for column in self.columns:
            if self.blank[whole, column]:
                continue
            target, figures = self.values[whole, column], self.values[chosen, column]
            added = figures.sum()
            slack = self.half[whole, column] + self.half[chosen, column].sum() + abs(target) * 1e-9
            if abs(target - added) <= slack:
                enough = np.count_nonzero(figures) >= min(2, len(chosen))
                if target != 0 and enough and column in self.counted:
                    coarsest = max(self.unit[whole, column], self.unit[chosen, column].max())
                    worth = float(
                        bits_of(np.array([target - added]), np.array([target]), np.array([coarsest]))[0]
                    )
                    bits += worth
                    holds += worth >= 1
                continue
            absent = self.blank[chosen, column]
            if absent.all() or (absent.any() and target > added):
                continue
            known = figures[~absent]
            within = column in self.open and len(known) >= 2 and target < added
            if within and known.min() - slack <= target <= known.max() + slack:
                intensive.append(column)
            else:
                failing.append(column)
        cost = len(failing) * (math.log2(max(2, len(self.columns))) + 1)
        return Weight(bits - math.log2(max(1.0, trials)) - cost, holds, tuple(failing), tuple(intensive))

    def within(self, whole: int, parts: Sequence[int]) -> bool:
        """Whether parts can lie within a whole: in no column more than it."""
        chosen = list(parts)
        return all(
            self.blank[whole, column]
            or self.values[chosen, column].sum()
            <= self.values[whole, column] + self.half[whole, column] + self.half[chosen, column].sum()
            for column in self.columns
        )
