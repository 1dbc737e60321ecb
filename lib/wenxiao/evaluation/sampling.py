"""What a sample says of everyone (抽样): Wilson intervals, and the counts behind printed percentages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from wenxiao.model import Quantity

NORMAL_QUANTILES = {
    90: Decimal("1.644853626951472714863848907992"),
    95: Decimal("1.959963984540054235524594430521"),
    99: Decimal("2.575829303548900760966124870178"),
}
"""Two-sided quantiles of the normal distribution by confidence in per cent."""

_DIGITS = 50


@dataclass(frozen=True, slots=True)
class SampleInterval:
    """A Wilson interval of a rate: its ends (exact to 40 digits and more) and the confidence in per cent."""

    low: Fraction
    high: Fraction
    confidence: int

    def hull(self, other: SampleInterval) -> SampleInterval:
        """The smallest interval that holds both."""
        return SampleInterval(min(self.low, other.low), max(self.high, other.high), self.confidence)


def wilson(satisfied: int, respondents: int, confidence: int = 95) -> SampleInterval:
    """The Wilson interval of a binary rate: the true rates that the sample does not contradict.

    (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) ÷ (1 + z²/n), p = satisfied ÷ n. `respondents` counts people, not answers.
    Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212. Raises ValueError for counts that cannot be.

    >>> from wenxiao.model import half_up
    >>> [half_up(end, 4) for end in (wilson(81, 263).low, wilson(81, 263).high)]
    [Decimal('0.2553'), Decimal('0.3662')]
    """
    if respondents < 1 or not 0 <= satisfied <= respondents:
        raise ValueError(f"{satisfied} of {respondents} respondents cannot be")
    z, n, p = Fraction(NORMAL_QUANTILES[confidence]), respondents, Fraction(satisfied, respondents)
    centre = p + z * z / (2 * n)
    half = z * _root(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = Fraction(0) if satisfied == 0 else (centre - half) / scale
    high = Fraction(1) if satisfied == n else (centre + half) / scale
    return SampleInterval(low, high, confidence)


def _root(value: Fraction) -> Fraction:
    with localcontext() as context:
        context.prec = _DIGITS
        return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())


def possible_counts(rate: Quantity, respondents: int) -> range:
    """The counts that a rate printed half up can come from, of so many respondents; empty where none can.

    >>> from wenxiao.model.units import RATIO
    >>> possible_counts(Quantity(Decimal("0.923"), RATIO, 3), 13), len(possible_counts(Quantity(Decimal("0.9"), RATIO, 3), 7))
    (range(12, 13), 0)
    """
    half = Fraction(10) ** -rate.places / 2
    low = max(0, _ceiling((Fraction(rate.value) - half) * respondents))
    high = min(respondents, _ceiling((Fraction(rate.value) + half) * respondents) - 1)
    return range(low, max(low, high + 1))


def _ceiling(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def possible_together(rates: Sequence[Quantity], respondents: int) -> bool:
    """Whether the shares of all answers to one question can come from counts that add up to the respondents."""
    ranges = [possible_counts(rate, respondents) for rate in rates]
    if not all(ranges):
        return False
    return sum(each[0] for each in ranges) <= respondents <= sum(each[-1] for each in ranges)
