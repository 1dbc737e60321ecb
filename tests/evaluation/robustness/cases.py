"""Small synthetic matrices, and how hypothesis draws them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st
from wenxiao.evaluation.robustness import Leaf, ScoreMatrix, matrix_of_integers, matrix_of_totals
from wenxiao.model import Quantity
from wenxiao.model.units import POINTS


def points(text: str) -> Quantity:
    """A printed score, with the digits it is printed with."""
    value = Decimal(text)
    return Quantity(value, POINTS, max(0, -int(value.as_tuple().exponent)))


def totals(*printed: str) -> ScoreMatrix:
    """Districts 甲, 乙, 丙 … of which only totals are printed."""
    names = NAMES[: len(printed)]
    return matrix_of_totals(names, {name: points(text) for name, text in zip(names, printed, strict=True)})


def matrix(weights: Sequence[int], *rows: Sequence[int]) -> ScoreMatrix:
    """Districts 甲, 乙, 丙 … with whole scores on leaves 指标1, 指标2 …."""
    leaves = [Leaf((f"指标{j}",), Fraction(w)) for j, w in enumerate(weights, start=1)]
    return matrix_of_integers(NAMES[: len(rows)], leaves, np.array(rows), 0)


NAMES = list("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥")


@st.composite
def trees(draw: st.DrawFn, most: int = 9) -> list[Leaf]:
    """The leaves of a random tree of one to three levels, weights in whole or half points."""
    weight = st.integers(1, 40).map(lambda halves: Fraction(halves, 2))
    leaves: list[Leaf] = []
    for first in range(draw(st.integers(1, 3))):
        for second in range(draw(st.integers(1, 3))):
            path = (f"一级{first}", f"二级{first}{second}")
            below = [(*path, f"三级{first}{second}{third}") for third in range(draw(st.integers(0, 2)))]
            leaves += [Leaf(leaf, draw(weight)) for leaf in below or [path]]
    return leaves[:most]


@st.composite
def matrices(draw: st.DrawFn, least: int = 1, most: int = 7) -> ScoreMatrix:
    """A random matrix: scores in tenths of a point, from 0 to full marks, with ties and twins among them."""
    leaves = draw(trees())
    coarse = draw(st.sampled_from([1, 5, 20]))
    rows = draw(
        st.lists(
            st.tuples(*(st.integers(0, int(leaf.weight * 10) // coarse) for leaf in leaves)),
            min_size=least,
            max_size=most,
        )
    )
    return matrix_of_integers(NAMES[: len(rows)], leaves, np.array(rows) * coarse, 1)


def rebuilt(
    original: ScoreMatrix, rows: Sequence[int], columns: Sequence[int], factor: int = 1
) -> ScoreMatrix:
    """The same matrix with rows and columns in another order, and all scores and weights times a factor."""
    leaves = [Leaf(original.leaves[c].path, original.leaves[c].weight * factor) for c in columns]
    names = [original.districts[r] for r in rows]
    integers = original.scores[np.ix_(rows, columns)] * 10 * factor // original.scale
    return matrix_of_integers(names, leaves, integers, 1)
