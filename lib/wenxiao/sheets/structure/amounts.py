"""The figures of a table as numbers that can be held against each other: in units of the last digit, with half a unit each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wenxiao.model import Column, Missing

MOST_BITS = 20.0
"""What one agreement is worth at most."""
_FINEST = 12
_TENS = 10.0 ** np.arange(_FINEST + 10)


@dataclass(frozen=True, eq=False)
class Amounts:
    """`k` columns of `n` records.

    values   float64[n, k] in units of the column's last printed digit, 0 where there is none
    half     float64[n, k] half a unit of each figure's own last digit; 0 for counts and where there is no figure
    unit     float64[n, k] what one of each figure's own last digit is, in the same units; 1 where there is no figure
    blank    bool[n, k] where there is no figure
    scale    float64[k] how many units of the last digit are one of the column's own unit
    columns  the columns they are of
    """

    values: NDArray[np.float64]
    half: NDArray[np.float64]
    unit: NDArray[np.float64]
    blank: NDArray[np.bool_]
    scale: NDArray[np.float64]
    columns: tuple[Column, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """How many records, how many columns."""
        return self.values.shape[0], self.values.shape[1]

    def only(self, chosen: Sequence[int]) -> Amounts:
        """The same records with some of the columns, by their places."""
        at = np.array(chosen, np.int64)
        columns = tuple(self.columns[index] for index in chosen)
        return Amounts(
            self.values[:, at], self.half[:, at], self.unit[:, at], self.blank[:, at], self.scale[at], columns
        )


def amounts_of(columns: Sequence[Column], count: int) -> Amounts:
    """The figures of columns in units of their last printed digit.

    A cell too small to print is 0 give or take a unit; a cell below a merged one is 0, as its figure stands above.
    """
    shape = (count, len(columns))
    scale = np.ones(len(columns))
    values, half = np.zeros(shape, order="F"), np.zeros(shape, order="F")
    unit, blank = np.ones(shape, order="F"), np.ones(shape, np.bool_, order="F")
    for index, column in enumerate(columns):
        if column.numbers is None:
            continue
        known = column.missing == 0
        finest = int(np.clip(column.places[known].max(initial=0), 0, _FINEST))
        scale[index] = 10.0**finest
        numbers = column.numbers.cast("float64").fill_null(0.0).to_numpy(zero_copy_only=False)
        values[:, index] = np.where(known, np.round(numbers * 10.0**finest, 3), 0.0)
        own = _TENS[finest - np.clip(column.places, -9, finest)]
        unit[:, index] = np.where(known, own, 1.0)
        exact = column.unit.counts & (column.places == 0)
        small = column.missing == int(Missing.TOO_SMALL)
        half[:, index] = np.where(small, 0.5, np.where(known & ~exact, own / 2, 0.0))
        blank[:, index] = ~(known | small | (column.missing == int(Missing.COVERED)))
    return Amounts(values, half, unit, blank, scale, tuple(columns))


def bits_of(
    difference: NDArray[np.float64],
    whole: NDArray[np.float64],
    unit: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The evidence of agreements in bits: −log₂((2·difference + unit) ÷ |whole|), 0 to MOST_BITS; `unit` is one of the last digit."""
    size = np.maximum(np.abs(whole), unit)
    return np.clip(-np.log2((2 * np.abs(difference) + unit) / size), 0.0, MOST_BITS)
