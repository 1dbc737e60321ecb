"""Certain ranks: what stays true of a ranking under any weights within ±δ of the declared ones. No random numbers.

Let g be the gaps of a pair by indicator (in points), w the weights, G = Σ g. Weights w(1 + δt) with t in [−1, 1] and
Σ w t = 0 change the gap by δ Σ g t. The least value of Σ g t is a fractional knapsack over the densities g/w, which is
solved by a threshold λ: t = −1 above it, +1 below it. So the least gap is G − δM and the greatest G + δM, with

    M = min over λ of Σ |g − λw|,   reached at the weighted median λ of the densities g/w.

M is a seminorm of the pair's difference, which gives bounds that settle clear pairs without a sort.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wenxiao.evaluation.robustness.integers import (
    EXACT_QUOTIENTS,
    fitted,
    largest,
    places_of,
)
from wenxiao.evaluation.robustness.matrix import ScoreMatrix
from wenxiao.fields.places import word_for
from wenxiao.model import Exact, Missing, ParameterError, Problem, decimal_text, shown

TOLERANCE = Fraction(1, 5)
"""±20% of every weight, where no profile says otherwise."""
_BLOCK = 1 << 13
"""How many pairs are worked on at once, so that they stay in the cache."""


@dataclass(frozen=True, slots=True)
class GapBounds:
    """The gap of two districts in points, and what it can become under any weights within ±δ.

    `holds_up_to` is the greatest δ (at most 1) up to which the order of the two does not turn round.
    """

    above: str
    below: str
    delta: Fraction
    gap: Fraction
    least: Fraction
    greatest: Fraction
    holds_up_to: Fraction

    @property
    def certain(self) -> bool:
        """Whether the first stays strictly above the second under all these weights."""
        return self.least > 0

    @property
    def sentence(self) -> str:
        """What it says, in Chinese."""
        percent = f"±{decimal_text(self.delta * 100)}%"
        low, high = shown(self.least, 2), shown(self.greatest, 2)
        verdict = "次序不变" if self.certain else "次序可能改变"
        return (
            f"{self.above}现比{self.below}高 {shown(self.gap, 2)} 分；各项分值在{percent}内调整时，"
            f"两者之差在 {low} 至 {high} 分之间，{verdict}。"
        )


@dataclass(frozen=True, slots=True)
class CertainRank:
    """The rank of one district, and the best and worst it can have under any weights within ±δ."""

    district: str
    rank: int
    best: int
    worst: int
    delta: Fraction

    @property
    def certain(self) -> bool:
        """Whether only one rank is left."""
        return self.best == self.worst

    @property
    def sentence(self) -> str:
        """What it says, in Chinese; never as a probability."""
        within = f"各项分值在±{decimal_text(self.delta * 100)}%内调整时（总分不变）"
        if self.certain:
            return f"{within}，{self.district}始终为第 {self.rank}。"
        return (
            f"{within}，{self.district}的名次不会超出第 {self.best} 至第 {self.worst}（现为第 {self.rank}）。"
        )


@dataclass(frozen=True, eq=False)
class RankCertainty:
    """What is certain of all ranks under any weights within ±`delta`.

    `signs[i, k]` is the sign of the least gap of district i over district k: 1 where i certainly beats k, 0 where i can
    be caught up with but not overtaken, −1 where k can be above i.
    """

    districts: tuple[str, ...]
    delta: Fraction
    signs: NDArray[np.int8]
    ranks: NDArray[np.int64]

    @cached_property
    def best(self) -> NDArray[np.int64]:
        """The best rank of each district: 1 + how many are certainly above it."""
        above: NDArray[np.int64] = np.count_nonzero(self.signs > 0, axis=0)
        return 1 + above

    @cached_property
    def worst(self) -> NDArray[np.int64]:
        """The worst rank of each district: n less those that under no weights come above it."""
        never_above: NDArray[np.int64] = np.count_nonzero(self.signs >= 0, axis=1) - 1
        return len(self.districts) - never_above

    @property
    def certain_pairs(self) -> Fraction | Missing:
        """The share of all pairs whose order is certain; 不适用 with fewer than two districts."""
        n = len(self.districts)
        if n < 2:
            return Missing.NOT_APPLICABLE
        return Fraction(int(np.count_nonzero(self.signs > 0)), n * (n - 1) // 2)

    @cached_property
    def places(self) -> tuple[CertainRank, ...]:
        """Every district with its ranks, in the matrix's order."""
        return tuple(
            CertainRank(name, int(rank), int(best), int(worst), self.delta)
            for name, rank, best, worst in zip(self.districts, self.ranks, self.best, self.worst, strict=True)
        )

    @property
    def sentence(self) -> str:
        """How much of the ranking is certain, in Chinese."""
        share = self.certain_pairs
        if isinstance(share, Missing):
            return f"不足两个{word_for(self.districts)}，没有名次可比。"
        fixed = sum(place.certain for place in self.places)
        return (
            f"各项分值在±{decimal_text(self.delta * 100)}%内调整时（总分不变），"
            f"{shown(share * 100, 1)}% 的两两次序不变，{len(self.districts)} 个{word_for(self.districts)}中 {fixed} 个名次不变。"
        )


def gap_bounds(matrix: ScoreMatrix, first: str, second: str, delta: Exact = TOLERANCE) -> GapBounds | Missing:
    """What the gap of two districts can become under any weights within ±δ; 未提供 where only totals are known."""
    tolerance = _checked(delta)
    if not matrix.detailed:
        return Missing.NOT_PROVIDED
    a, b = matrix.position(first), matrix.position(second)
    if matrix.totals[a] < matrix.totals[b]:
        first, second, a, b = second, first, b, a
    gaps = [int(x) - int(y) for x, y in zip(matrix.scores[a], matrix.scores[b], strict=True)]
    reach = _reach(gaps, [int(w) for w in matrix.weights]) / matrix.scale
    gap = matrix.points(int(matrix.totals[a]) - int(matrix.totals[b]))
    limit = Fraction(1) if reach <= gap else gap / reach
    return GapBounds(first, second, tolerance, gap, gap - tolerance * reach, gap + tolerance * reach, limit)


def _reach(gaps: list[int], weights: list[int]) -> Fraction:
    """M of one pair: min over λ of Σ |g − λw|, at the weighted median of g/w."""
    order = sorted(range(len(gaps)), key=lambda j: Fraction(gaps[j], weights[j]))
    half, passed = Fraction(sum(weights), 2), 0
    for j in order:
        passed += weights[j]
        if passed >= half:
            density = Fraction(gaps[j], weights[j])
            return sum((abs(g - density * w) for g, w in zip(gaps, weights, strict=True)), Fraction(0))
    raise AssertionError("weights are positive")


def rank_certainty(matrix: ScoreMatrix, delta: Exact = TOLERANCE) -> RankCertainty | Missing:
    """What is certain of the ranks under any weights within ±δ; 未提供 where only totals are known.

    A certainly beats B if their least gap is above 0; best = 1 + #{certainly above}, worst = n − #{never above}. The
    bounds hold for each pair by itself: a single set of weights need not reach all of them at once.
    """
    tolerance = _checked(delta)
    if not matrix.detailed:
        return Missing.NOT_PROVIDED
    order = np.argsort(-matrix.totals, kind="stable")
    signs = _Pairs(matrix, tolerance, order).signs()
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return RankCertainty(matrix.districts, tolerance, signs[np.ix_(back, back)], places_of(matrix.totals))


def _checked(delta: Exact) -> Fraction:
    tolerance = Fraction(delta)
    if not 0 <= tolerance <= 1:
        raise ParameterError(
            Problem(
                "分值的变动幅度超出范围",
                value=decimal_text(tolerance),
                rule="0 至 1 之间，0.2 表示每项分值上下各 20%",
                remedy="改正变动幅度",
            )
        )
    return tolerance


class _Pairs:
    """All pairs of districts in falling order of totals, decided by ever dearer bounds.

    Everything is compared as integers: with W the sum of weights and δ = p/q, a pair is certain if q·W·G > p·W·M.
    """

    def __init__(self, matrix: ScoreMatrix, delta: Fraction, order: NDArray[np.int64]) -> None:
        self.p, self.q = delta.numerator, delta.denominator
        weight = int(matrix.weights.sum())
        m = len(matrix.leaves)
        heaviest, top = largest(matrix.weights), max(largest(matrix.scores), 1)
        spread = 2 * top * m * weight
        bound = 4 * self.q * max(spread * m, 2 * top * m * heaviest) + 4 * self.p * spread * m
        bound += 4 * self.q * weight * largest(matrix.totals)
        self.weight = weight
        self.floats_decide = 2 * top * heaviest < EXACT_QUOTIENTS
        self.scores = fitted(matrix.scores[order], bound)
        self.totals = fitted(matrix.totals[order], bound)
        self.weights = fitted(matrix.weights, bound)
        sums = fitted(matrix.sums[order], bound)
        self.centred = self.scores * weight - sums[:, None] * self.weights

    def signs(self) -> NDArray[np.int8]:
        """The sign of the least gap of every pair, districts in falling order of totals."""
        n = len(self.totals)
        signs = np.full((n, n), -1, dtype=np.int8)
        np.fill_diagonal(signs, 0)
        middle = np.sort(self.centred, axis=0)[n // 2] if n else self.centred.sum(axis=0)
        far = np.abs(self.centred - middle).sum(axis=1)
        ahead = self.q * self.weight * self.totals
        waiting: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        held = 0
        for i in range(n - 1):
            # The distance of two districts is at most the sum of their distances to a third point.
            clear = ahead[i] - ahead[i + 1 :] > self.p * (far[i] + far[i + 1 :])
            signs[i, i + 1 :][clear] = 1
            rest = np.flatnonzero(~clear) + (i + 1)
            waiting.append((np.full(len(rest), i), rest))
            held += len(rest)
            if held >= _BLOCK or i == n - 2:
                a, b = (np.concatenate(part) for part in zip(*waiting, strict=True))
                for start in range(0, len(a), _BLOCK):
                    self._decide(a[start : start + _BLOCK], b[start : start + _BLOCK], signs)
                waiting, held = [], 0
        # Equal totals: neither is ahead, but twins cannot overtake each other, either way round.
        twins = (signs == 0) & ~np.eye(n, dtype=bool) & (self.totals[:, None] == self.totals)
        signs[twins.T] = 0
        return signs

    def _decide(self, a: NDArray[np.int64], b: NDArray[np.int64], signs: NDArray[np.int8]) -> None:
        lead = self.q * self.weight * (self.totals[a] - self.totals[b])
        apart = np.abs(self.centred[a] - self.centred[b])
        most = self.p * apart.sum(axis=1)
        # M lies between half the deviations from the mean density, and all of them.
        sure = lead > most
        signs[a[sure], b[sure]] = 1
        open_ = np.flatnonzero(~sure & (2 * lead >= most))
        if len(open_):
            signs[a[open_], b[open_]] = self._exact(a[open_], b[open_])

    def _exact(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int8]:
        """The sign of q·G − p·M by the weighted median itself."""
        gaps = self.scores[a] - self.scores[b]
        totals = self.totals[a] - self.totals[b]
        if not self.floats_decide:
            weights = [int(w) for w in self.weights]
            reach = [_reach([int(g) for g in row], weights) for row in gaps]
            least = [self.q * int(g) - self.p * m for g, m in zip(totals, reach, strict=True)]
            return np.array([(value > 0) - (value < 0) for value in least], dtype=np.int8)
        # Quotients of integers this small keep their order as floats; all that follows is in integers.
        order = np.argsort(gaps.astype(np.float64) / self.weights.astype(np.float64), axis=1)
        passed = 2 * np.cumsum(self.weights[order], axis=1) >= self.weight
        column = np.take_along_axis(order, passed.argmax(axis=1)[:, None], axis=1)
        w = self.weights[column]
        g = np.take_along_axis(gaps, column, axis=1)
        reach = np.abs(gaps * w - g * self.weights).sum(axis=1)
        signs: NDArray[np.int8] = np.sign(self.q * totals * w[:, 0] - self.p * reach).astype(np.int8)
        return signs
