"""Arrays of exact integers: int64 where nothing can overflow, Python's own integers where something could."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[Any]
"""An array of int64, or of Python integers (dtype object): both exact."""

INT64 = 2**63 - 1
EXACT_QUOTIENTS = 2**52
"""Below this product, two different quotients of integers are different as floats, and in the same order."""


def fitted(values: Integers, bound: int) -> Integers:
    """`values` as int64 where results up to `bound` (in size) fit, else as Python integers.

    >>> fitted(np.array([1, 2]), 10**30).dtype
    dtype('O')
    """
    return values.astype(np.int64 if bound <= INT64 else object)


def largest(values: Integers) -> int:
    """The greatest size among the values; 0 where there are none."""
    return max(int(values.max()), -int(values.min())) if values.size else 0


def common_scale(numbers: Iterable[Fraction]) -> int:
    """The smallest whole number that makes all `numbers` whole.

    >>> common_scale([Fraction("0.25"), Fraction("93.1")])
    20
    """
    return lcm(*{number.denominator for number in numbers})


def scaled(numbers: Iterable[Fraction], scale: int) -> Integers:
    """The numbers times `scale`, which must make them whole."""
    whole = [number.numerator * (scale // number.denominator) for number in numbers]
    bound = max(map(abs, whole), default=0)
    return np.array(whole, dtype=np.int64 if bound <= INT64 else object)


def places_of(totals: Integers) -> NDArray[np.int64]:
    """The rank of each total, highest first: 1 + how many are higher (METHODS, "rank").

    >>> places_of(np.array([9, 8, 9, 7])).tolist()
    [1, 3, 1, 4]
    """
    higher = len(totals) - np.searchsorted(np.sort(totals), totals, side="right")
    return higher.astype(np.int64) + 1
