"""The smallest shift of weight that swaps a pair: how much would have to move from which indicator to which."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from wenxiao.evaluation.robustness.matrix import ScoreMatrix
from wenxiao.model import Missing, half_up, shown


@dataclass(frozen=True, slots=True)
class Swap:
    """What it takes to turn a pair round by moving full marks (分值) from one indicator to another.

    `amount` points moved from `giver` to `receiver` make the two equal; None where no single move does. More than that
    turns them round, unless `amount` is all the giver has (`overturns` is False). `dominated` says that no weights at all
    turn them round: the upper district is at least as good in every indicator (`everywhere`), or its lead by points that
    the profile adds outside the indicators is more than any weights can take.
    """

    above: str
    below: str
    gap: Fraction
    amount: Fraction | None
    giver: str
    receiver: str
    giver_weight: Fraction
    dominated: bool
    everywhere: bool = True

    @property
    def overturns(self) -> bool:
        """Whether a little more than `amount` puts the lower district above."""
        return self.amount is not None and not self.dominated and self.amount < self.giver_weight

    @property
    def sentence(self) -> str:
        """What it says, in Chinese, as one sentence."""
        lead = f"{self.above}比{self.below}高 {shown(self.gap, 2)} 分"
        if self.gap == 0:
            return f"{self.above}与{self.below}得分相同，分值稍有调整即可能分出先后。"
        if self.dominated:
            why = f"且各项得分率均不低于{self.below}" if self.everywhere else "计入得分调整后"
            return f"{lead}，{why}，无论分值如何设置，{self.below}都不会超过{self.above}。"
        if self.amount is None:
            return f"{lead}，把任何一项的分值移给另一项，都不足以使{self.below}追平。"
        about = "" if half_up(self.amount, 2) == self.amount else "约"
        shift = f"只要从“{self.giver}”移{about} {shown(self.amount, 2)} 分分值到“{self.receiver}”"
        end = f"，再多则{self.below}超过{self.above}" if self.overturns else ""
        return f"{lead}，{shift}，两者即持平{end}。"


def smallest_swap(matrix: ScoreMatrix, first: str, second: str) -> Swap | Missing:
    """The smallest single move of weight that makes two districts equal; 未提供 where only totals are known.

    Moving D points from p to q changes the gap by −D[(r_Ap − r_Bp) − (r_Aq − r_Bq)], r the score rates; D is at most w_p.
    Source: METHODS, "smallest change that swaps a pair"; compare Triantaphyllou & Sánchez (1997), who change one weight.
    """
    if not matrix.detailed:
        return Missing.NOT_PROVIDED
    a, b = matrix.position(first), matrix.position(second)
    if matrix.totals[a] < matrix.totals[b]:
        a, b = b, a
    return _swap(matrix, a, b)


def swaps(matrix: ScoreMatrix) -> tuple[Swap, ...] | Missing:
    """The smallest swap of each two neighbours in the ranking, from the top; 未提供 where only totals are known."""
    if not matrix.detailed:
        return Missing.NOT_PROVIDED
    order = np.argsort(-matrix.totals, kind="stable").tolist()
    return tuple(_swap(matrix, a, b) for a, b in pairwise(order))


def _swap(matrix: ScoreMatrix, a: int, b: int) -> Swap:
    weights = [int(w) for w in matrix.weights]
    gaps = [int(x) - int(y) for x, y in zip(matrix.scores[a], matrix.scores[b], strict=True)]
    gap = int(matrix.totals[a]) - int(matrix.totals[b])
    beside = gap - sum(gaps)  # points outside the indicators, which no weights move
    density = [Fraction(g, w) for g, w in zip(gaps, weights, strict=True)]
    q = min(range(len(density)), key=density.__getitem__)
    # A giver must have enough to give: D = gap ÷ (density_p − density_q) ≤ w_p.
    givers = [p for p, d in enumerate(density) if d > density[q] and weights[p] * (d - density[q]) >= gap]
    p = max(givers, key=lambda each: (density[each], weights[each]), default=None)
    return Swap(
        above=matrix.districts[a],
        below=matrix.districts[b],
        gap=matrix.points(gap),
        amount=None if p is None else Fraction(gap) / (density[p] - density[q]) / matrix.scale,
        giver="" if p is None else matrix.labels[p],
        receiver="" if p is None else matrix.labels[q],
        giver_weight=Fraction(0) if p is None else matrix.leaves[p].weight,
        dominated=density[q] * sum(weights) + beside >= 0,
        everywhere=min(gaps) >= 0,
    )
