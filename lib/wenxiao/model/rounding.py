"""The one place that rounds: half up (四舍五入), on exact numbers, only for showing and for the profile's computed scores."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

Exact = Decimal | Fraction | int
"""An exact number: what was printed (`Decimal`), what was computed from it (`Fraction`), or a count."""

RECORD_DIGITS = 28


def half_up(value: Exact, places: int) -> Decimal:
    """`value` rounded to `places` decimals, a half going away from zero, as 四舍五入 does.

    Source: the field's rule (RULES, "Rounding"); never half-even, never on binary floats.

    >>> half_up(Decimal("2.345"), 2), half_up(Decimal("-0.5"), 0), half_up(Fraction(26, 36), 4)
    (Decimal('2.35'), Decimal('-1'), Decimal('0.7222'))
    >>> half_up(1234, -2)
    Decimal('1200')
    """
    # Whole numbers throughout: a report rounds thousands of figures, and a Fraction reduces itself at every step.
    numerator, denominator = value.as_integer_ratio()
    if places < 0:
        denominator *= 10**-places
    else:
        numerator *= 10**places
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    signed = -whole if numerator < 0 else whole
    return Decimal(signed * 10**-places) if places < 0 else shifted(Decimal(signed), -places)


def shifted(value: Decimal, exponent: int) -> Decimal:
    """`value` × 10^`exponent`, with every digit kept: decimal's own scaleb rounds to the context's 28.

    >>> shifted(Decimal("2062.67"), 4)
    Decimal('2.06267E+7')
    """
    sign, digits, own = value.as_tuple()
    return Decimal((sign, digits, int(own) + exponent))


def shown(value: Exact, places: int, *, thousands: bool = True) -> str:
    """`value` as people read it: half up, fixed decimals, thousands separated, a true minus sign.

    >>> shown(Decimal("19305.0612"), 2), shown(Fraction(-1, 3), 1), shown(2021, 0, thousands=False)
    ('19,305.06', '−0.3', '2021')
    """
    rounded = half_up(value, places)
    size = rounded.copy_abs()
    text = f"{size:,.{max(places, 0)}f}" if thousands else f"{size:.{max(places, 0)}f}"
    return f"−{text}" if rounded < 0 else text


def decimal_text(value: Exact) -> str:
    """`value` as a decimal string for records: exact where it terminates within 28 digits, else 28 digits, half up.

    >>> decimal_text(Fraction(1, 8)), decimal_text(Decimal("84.00")), decimal_text(Fraction(26, 36))
    ('0.125', '84.00', '0.7222222222222222222222222222')
    """
    if isinstance(value, Decimal):
        return f"{value:f}"
    fraction = Fraction(value)
    places = _terminating_places(fraction.denominator)
    if places is None or places > RECORD_DIGITS:
        return f"{half_up(fraction, RECORD_DIGITS):f}"
    return f"{half_up(fraction, places):f}"


def _terminating_places(denominator: int) -> int | None:
    """How many decimals 1/denominator needs, or None where it never ends."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None
