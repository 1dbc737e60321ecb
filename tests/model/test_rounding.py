"""Rounding: half up, exact, for showing only."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.model import decimal_text, half_up, shown

decimals = st.decimals(-(10**9), 10**9, places=6)


@given(decimals, st.integers(0, 5))
def test_half_up_agrees_with_the_decimal_module(value: Decimal, places: int) -> None:
    """The one rounding place rounds as decimal's ROUND_HALF_UP does."""
    assert half_up(value, places) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("value", "places", "text"), [("89.995", 2, "90.00"), ("0.125", 2, "0.13"), ("2.5", 0, "3")]
)
def test_a_half_goes_up(value: str, places: int, text: str) -> None:
    """A half is rounded away from zero, never to even."""
    assert str(half_up(Decimal(value), places)) == text


@given(st.integers(-(10**6), 10**6), st.integers(1, 999))
def test_decimal_text_is_exact_or_near(numerator: int, denominator: int) -> None:
    """A terminating fraction keeps all its digits; another is within half a unit of the 28th decimal."""
    value = Fraction(numerator, denominator)
    assert abs(Fraction(decimal_text(value)) - value) <= Fraction(1, 2 * 10**28)


def test_shown_has_thousands_and_a_true_minus() -> None:
    """Figures are shown with separated thousands and a minus sign, not a hyphen."""
    assert shown(Fraction(-23763), 2) == "−23,763.00"
