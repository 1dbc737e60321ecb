"""Axes of the charts that an office program draws."""

from __future__ import annotations

from fractions import Fraction

import pytest
from wenxiao.charts.native import round_below


@pytest.mark.parametrize(
    ("least", "begins"), [("86.3", 85), ("85", 80), ("85.01", 80), ("0.5", -5), ("91", 90)]
)
def test_an_axis_begins_below_the_least_score(least: str, begins: int) -> None:
    """A round number that no dot stands left of."""
    assert round_below(Fraction(least)) == begins < Fraction(least)
