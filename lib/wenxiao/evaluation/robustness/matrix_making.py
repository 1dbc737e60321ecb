"""Score matrices made of printed scores, of arrays of integers, or of totals alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from wenxiao.evaluation.robustness.integers import Integers, common_scale, fitted, largest, scaled
from wenxiao.evaluation.robustness.matrix import Leaf, ScoreMatrix
from wenxiao.model import Exact, Missing, Problem, ProjectError, Quantity, decimal_text

HUNDRED = Fraction(100)


def matrix_of_scores(
    districts: Sequence[str],
    leaves: Sequence[Leaf],
    scores: Mapping[str, Sequence[Quantity | Missing]],
    total_places: Mapping[str, int] | None = None,
) -> ScoreMatrix:
    """The matrix of scores by leaf; a district with an unscored leaf is left out as 暂不计分.

    A total is the exact sum of its scores. It is taken as printed to `total_places` where those are given, else to the
    finest place among its scores.
    """
    _check(districts, leaves)
    complete: dict[str, list[Quantity]] = {}
    for name in districts:
        given = [score for score in scores[name] if isinstance(score, Quantity)]
        if len(given) == len(leaves):
            complete[name] = given
    finest = {name: max(score.places for score in row) for name, row in complete.items()}
    finest |= {name: p for name, p in (total_places or {}).items() if name in complete}
    halves = {place: _half(place) for row in complete.values() for place in {s.places for s in row}}
    halves |= {place: _half(place) for place in finest.values()}
    exact = [[Fraction(score.value) for score in row] for row in complete.values()]
    weights = [leaf.weight for leaf in leaves]
    scale = common_scale([*weights, *halves.values(), *(value for row in exact for value in row)])
    n, m = len(complete), len(leaves)
    return _summed(
        tuple(complete),
        tuple(leaves),
        scale,
        scaled((value for row in exact for value in row), scale).reshape(n, m),
        scaled((halves[score.places] for row in complete.values() for score in row), scale).reshape(n, m),
        scaled((halves[finest[name]] for name in complete), scale),
        {name: Missing.UNSCORED for name in districts if name not in complete},
    )


def matrix_of_integers(
    districts: Sequence[str],
    leaves: Sequence[Leaf],
    scores: Integers,
    places: int,
    *,
    printed: Integers | None = None,
    total_places: Integers | None = None,
    unscored: Mapping[str, Missing] | None = None,
) -> ScoreMatrix:
    """The matrix of an n × m array of scores in units of the last printed place: 9308 with 2 places is 93.08.

    `printed` holds the places each score is printed with, and `total_places` those of each total, where they differ; they
    are at most `places`.

    >>> leaves = [Leaf(("产出",), Fraction(60)), Leaf(("效益",), Fraction(40))]
    >>> matrix_of_integers(["甲县"], leaves, np.array([[5250, 3600]]), 2).total("甲县")
    Fraction(177, 2)
    """
    _check((*districts, *(unscored or ())), leaves)
    if scores.shape != (len(districts), len(leaves)):
        raise ValueError(f"scores are {scores.shape}, not {(len(districts), len(leaves))}")
    half = _half(places)
    unit = 2 * half
    scale = common_scale([half, unit, *(leaf.weight for leaf in leaves)])
    factor, finest = int(unit * scale), int(half * scale)
    whole = fitted(scores, largest(scores) * factor * max(len(leaves), 1)) * factor
    fine = np.full(scores.shape, places) if printed is None else printed
    totals = fine.max(axis=1, initial=0) if total_places is None else total_places
    halves, ends = (finest * 10 ** (places - each.astype(np.int64)) for each in (fine, totals))
    return _summed(
        tuple(districts),
        tuple(leaves),
        scale,
        whole,
        halves.astype(whole.dtype),
        ends.astype(whole.dtype),
        unscored or {},
    )


def matrix_of_totals(
    districts: Sequence[str], totals: Mapping[str, Quantity | Missing], full: Exact = HUNDRED
) -> ScoreMatrix:
    """The matrix of districts of which only totals are published; those without one are left out, with the reason."""
    _check(districts, ())
    known = {name: total for name in districts if isinstance(total := totals[name], Quantity)}
    halves = [_half(total.places) for total in known.values()]
    exact = [Fraction(total.value) for total in known.values()]
    scale = common_scale([*halves, *exact])
    nothing = np.zeros((len(known), 0), np.int64)
    return ScoreMatrix(
        tuple(known),
        (),
        Fraction(full),
        scale,
        nothing,
        nothing,
        scaled(exact, scale),
        scaled(halves, scale),
        {name: kind for name in districts if isinstance(kind := totals[name], Missing)},
    )


def _half(places: int) -> Fraction:
    return Fraction(10) ** -places / 2


def _summed(
    districts: tuple[str, ...],
    leaves: tuple[Leaf, ...],
    scale: int,
    scores: Integers,
    halves: Integers,
    total_halves: Integers,
    unscored: Mapping[str, Missing],
) -> ScoreMatrix:
    exact = fitted(scores, largest(scores) * max(len(leaves), 1))
    full = sum((leaf.weight for leaf in leaves), Fraction(0))
    wide = fitted(halves, largest(halves) * max(len(leaves), 1))
    return ScoreMatrix(
        districts, leaves, full, scale, exact, wide, exact.sum(axis=1), total_halves, dict(unscored)
    )


def _check(districts: Sequence[str], leaves: Sequence[Leaf]) -> None:
    """ProjectError with every reason why these districts and leaves make no matrix."""
    problems = [
        Problem("同一县区出现两次", value=name, remedy="合并或改名后重新计算")
        for name, times in Counter(districts).items()
        if times > 1
    ]
    problems += [
        Problem("同一指标出现两次", value="—".join(path), remedy="核对指标名称和层级")
        for path, times in Counter(leaf.path for leaf in leaves).items()
        if times > 1
    ]
    problems += [
        Problem(
            "指标分值须大于 0",
            value=f"{'—'.join(leaf.path)} {decimal_text(leaf.weight)}",
            rule="得分率以分值为分母",
            remedy="填写分值，或删去不计分的指标",
        )
        for leaf in leaves
        if leaf.weight <= 0
    ]
    if problems:
        raise ProjectError(problems)
