"""Grades (等级): the band an exact score falls in, and how far the nearest cut-off is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from wenxiao.model import Exact, half_up
from wenxiao.project.profile import Profile


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade: its `label`, the band's `lowest` score, the nearest cut-off and the signed distance to it.

    `margin` is positive above the cut-off (0.02 above 90) and negative below it (0.07 short of 90).
    """

    label: str
    lowest: Fraction
    cut_off: Fraction
    margin: Fraction
    close: bool


def grade_of(score: Exact, profile: Profile) -> Grade:
    """The grade of an exact score under a profile's bands, read half-open: 89.995 is not 90.

    Source: 财预〔2020〕10号 第十八条, or the profile's own bands.

    >>> from wenxiao.project.profile import load_profile
    >>> grade = grade_of(Fraction("90.02"), load_profile("national"))
    >>> grade.label, grade.margin
    ('优', Fraction(1, 50))
    """
    exact = Fraction(score)
    band = next(b for b in profile.grades if exact >= b.lowest or b is profile.grades[-1])
    cut_offs = [Fraction(b.lowest) for b in profile.grades if b.lowest > 0]
    nearest = min(cut_offs, key=lambda cut: (abs(exact - cut), -cut))
    margin = exact - nearest
    return Grade(
        band.label, Fraction(band.lowest), nearest, margin, abs(margin) <= profile.flags.grade_margin
    )


def places_of(score: Exact, profile: Profile) -> int:
    """The decimals a score is shown with so that what is shown has its grade: 89.997 beside a cut-off of 90, not 90.00.

    >>> from wenxiao.project.profile import load_profile
    >>> rules = load_profile("national")
    >>> [places_of(Fraction(score), rules) for score in ("89.997", "89.99", "90.02")]
    [3, 2, 2]
    """
    own = grade_of(score, profile).label
    return next((n for n in range(2, 12) if grade_of(half_up(score, n), profile).label == own), 2)
