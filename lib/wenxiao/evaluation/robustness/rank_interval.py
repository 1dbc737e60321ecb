"""Rank intervals from rounding: the ranks that the digits behind the printed ones could still give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wenxiao.evaluation.robustness.integers import fitted, largest, places_of
from wenxiao.evaluation.robustness.matrix import ScoreMatrix


@dataclass(frozen=True, slots=True)
class RankInterval:
    """The rank of one district on the printed scores, and the best and worst that rounding allows."""

    district: str
    rank: int
    best: int
    worst: int

    @property
    def certain(self) -> bool:
        """Whether rounding leaves only one rank."""
        return self.best == self.worst

    @property
    def sentence(self) -> str:
        """What it says, in Chinese."""
        if self.certain:
            return f"{self.district}的名次为第 {self.rank}，不受得分取整影响。"
        return (
            f"{self.district}的名次为第 {self.rank}；得分是取整后印出的，"
            f"按取整前的得分可能在第 {self.best} 至第 {self.worst} 之间。"
        )


def rank_intervals(matrix: ScoreMatrix, *, rounded_scores: bool = False) -> tuple[RankInterval, ...]:
    """The rank interval of every district, in the matrix's order.

    A printed total x stands for [x − u/2, x + u/2), u the unit of its last printed place; best = 1 + #{k : loₖ ≥ hiᵢ},
    worst = n − #{k : hiₖ ≤ loᵢ}. With `rounded_scores` each indicator's score stands for such an interval and a total for
    the sum of them; otherwise the scores are exact by rule and only the total is taken as rounded.
    Source: Rising, Uncertainty in Ranking (2021), with half-open intervals, which is how half up rounds.
    """
    halves = matrix.total_halves
    if rounded_scores and matrix.detailed:
        halves = matrix.halves.sum(axis=1)
    bound = largest(matrix.totals) + largest(halves)
    totals, halves = fitted(matrix.totals, bound), fitted(halves, bound)
    low, high = totals - halves, totals + halves
    n = len(matrix)
    best = 1 + n - np.searchsorted(np.sort(low), high, side="left")
    worst = n - np.searchsorted(np.sort(high), low, side="right")
    return tuple(
        RankInterval(name, int(rank), int(top), int(bottom))
        for name, rank, top, bottom in zip(matrix.districts, places_of(totals), best, worst, strict=True)
    )
