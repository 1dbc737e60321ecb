"""Arrays of exact integers: int64 where nothing can overflow, Python's own integers where something could."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import pyarrow as pa
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


def unscaled(numbers: pa.Array) -> Integers:
    """The figures of a decimal128 array in units of its scale; what stands where there is none means nothing.

    >>> from decimal import Decimal
    >>> unscaled(pa.array([Decimal("93.08"), Decimal("-1")], pa.decimal128(10, 2))).tolist()
    [9308, -100]
    """
    buffer = numbers.buffers()[1]
    if buffer is None or not len(numbers):
        return np.zeros(len(numbers), np.int64)
    words = np.frombuffer(buffer, np.dtype("<i8")).reshape(-1, 2)[
        numbers.offset : numbers.offset + len(numbers)
    ]
    low, high = words[:, 0], words[:, 1]
    present = np.asarray(numbers.is_valid())
    if np.all((high == low >> 63) | ~present):
        return np.where(present, low, 0)
    return np.array(
        [0 if v is None else int(v.scaleb(numbers.type.scale)) for v in numbers.to_pylist()], object
    )
