"""The Technology Achievement Index of 23 countries, the worked example of the OECD/JRC handbook.

Raw values: OECD/JRC, Handbook on Constructing Composite Indicators (2008), Table A.2, countries 1 to 23.
Goalposts: Saisana, Saltelli & Tarantola, J. R. Statist. Soc. A 168 (2005), Table 1. Telephones and electricity are logs.
An indicator's value lies between its goalposts; a value above the upper one (electricity) counts as full.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
from wenxiao.evaluation.robustness import Leaf, ScoreMatrix, matrix_of_integers
from wenxiao.model import half_up

COUNTRIES = (
    "Finland", "United States", "Sweden", "Japan", "Korea", "Netherlands", "United Kingdom", "Canada", "Australia",
    "Singapore", "Germany", "Norway", "Ireland", "Belgium", "New Zealand", "Austria", "France", "Israel", "Spain",
    "Italy", "Czech Republic", "Hungary", "Slovenia",
)  # fmt: skip

# Indicator, its dimension, goalposts, raw values in the order of COUNTRIES.
TABLE_A2 = (
    ("patents", "creation", "0", "994",
     "187 289 271 994 779 189 82 31 75 8 235 103 106 72 103 165 205 74 42 13 28 26 105"),
    ("royalties", "creation", "0", "272.6",
     "125.6 130 156.6 64.6 9.8 151.2 134 38.6 18.2 25.5 36.8 20.2 110.3 73.9 13 14.8 33.6 43.6 8.6 9.8 4.2 6.2 4"),
    ("internet", "recent innovations", "0", "232.4",
     "200.2 179.1 125.8 49 4.8 136 57.4 108 125.9 72.3 41.2 193.6 48.6 58.9 146.7 84.2 36.4 43.2 21 30.4 25 21.6 20.3"),
    ("exports", "recent innovations", "0", "80.8",
     "50.7 66.2 59.7 80.8 66.7 50.9 61.9 48.7 16.2 74.9 64.2 19 53.6 47.6 15.4 50.3 58.9 45 53.4 51 51.7 63.5 49.5"),
    ("telephones", "old innovations", "0", "2.95472",  # log10 of 1 and of 901
     "3.08 3.00 3.10 3.00 2.97 3.02 3.02 2.94 2.94 2.95 2.94 3.12 2.97 2.91 2.86 2.99 2.97 2.96 2.86 3.00 2.75 2.73 2.84"),
    ("electricity", "old innovations", "1.34242", "3.84317",  # log10 of 22 and of 6969
     "4.15 4.07 4.14 3.86 3.65 3.77 3.73 4.18 3.94 3.83 3.75 4.39 3.68 3.86 3.91 3.79 3.80 3.74 3.62 3.65 3.68 3.46 3.71"),
    ("schooling", "human skills", "0.8", "12.0",
     "10 12 11.4 9.5 10.8 9.4 9.4 11.6 10.9 7.1 10.2 11.9 9.4 9.3 11.7 8.4 7.9 9.6 7.3 7.2 9.5 9.1 7.1"),
    ("university", "human skills", "0.1", "27.4",
     "27.4 13.9 15.3 10 23.2 9.5 14.9 14.2 25.3 24.2 14.4 11.2 12.3 13.6 13.1 13.6 12.6 11 15.6 13 8.2 7.7 10.6"),
)  # fmt: skip

EQUAL = (Fraction(25, 2),) * 8
BUDGET_ALLOCATION = tuple(map(Fraction, (11, 11, 11, 18, 10, 6, 15, 18)))
"""Table 22, row BAP, in points of a hundred."""

# Table 23: ranks by weighting method, printed in this order of countries.
TABLE_23_COUNTRIES = (
    "Finland", "United States", "Sweden", "Japan", "Korea", "Netherlands", "United Kingdom", "Singapore", "Canada",
    "Australia", "Germany", "Norway", "Ireland", "Belgium", "New Zealand", "Austria", "France", "Israel", "Spain",
    "Italy", "Czech Republic", "Hungary", "Slovenia",
)  # fmt: skip
TABLE_23 = {
    "EW": tuple(range(1, 24)),
    "FA": (1, 2, 3, 4, 5, 6, 8, 11, 10, 7, 12, 9, 14, 15, 13, 16, 17, 18, 19, 20, 21, 23, 22),
    "BAP": (1, 2, 3, 5, 4, 8, 7, 6, 10, 11, 9, 13, 12, 14, 17, 15, 16, 18, 19, 21, 22, 20, 23),
    "AHP": (1, 3, 4, 5, 2, 11, 7, 6, 10, 9, 8, 16, 12, 13, 18, 15, 14, 17, 19, 21, 22, 20, 23),
}

# Table 41: ranks without telephones and electricity, and how far each country moves; in the order of COUNTRIES.
TABLE_41_SIX = (1, 2, 3, 4, 5, 6, 7, 9, 10, 8, 11, 12, 13, 14, 15, 16, 17, 18, 19, 22, 21, 20, 23)


def index(weights: tuple[Fraction, ...] = EQUAL) -> ScoreMatrix:
    """The index under some weights: each indicator's points are its weight times its value, to six decimals."""
    leaves = [Leaf((row[1], row[0]), weight) for row, weight in zip(TABLE_A2, weights, strict=True)]
    scores = [
        [int(half_up(weight * _value(raw, low, high) * 10**6, 0)) for raw in values.split()]
        for (_, _, low, high, values), weight in zip(TABLE_A2, weights, strict=True)
    ]
    return matrix_of_integers(COUNTRIES, leaves, np.array(scores).T, 6)


def _value(raw: str, low: str, high: str) -> Fraction:
    number, bottom, top = (Fraction(Decimal(text)) for text in (raw, low, high))
    return (min(number, top) - bottom) / (top - bottom)
