"""Leave one indicator out: which ranks rest on a single indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wenxiao.evaluation.robustness.integers import Integers, fitted, largest, places_of
from wenxiao.evaluation.robustness.matrix import ScoreMatrix
from wenxiao.fields.places import word_for
from wenxiao.model import Missing, Problem, ProjectError, decimal_text, shown

_NAMED = 5
"""A sentence names this many districts, those that move furthest first."""


@dataclass(frozen=True, slots=True)
class Move:
    """One district whose rank changes."""

    district: str
    before: int
    after: int

    @property
    def sentence(self) -> str:
        """What it says, in Chinese."""
        way = "升至" if self.after < self.before else "降至"
        return f"{self.district}由第 {self.before} {way}第 {self.after}"


@dataclass(frozen=True, eq=False)
class LeftOut:
    """The ranks without some indicators, the rest scaled up to the same full marks.

    `remaining` holds the totals of what is left, before scaling up, as integers of `scale`; `weight` the full marks left
    out. Points that the profile adds outside the indicators are the same after as before.
    """

    names: tuple[str, ...]
    weight: Fraction
    districts: tuple[str, ...]
    before: NDArray[np.int64]
    ranks: NDArray[np.int64]
    remaining: Integers
    full: Fraction
    scale: int

    def total(self, district: str) -> Fraction:
        """A district's total on the same full marks: 100 (T − s) ÷ (100 − w)."""
        rest = Fraction(int(self.remaining[self.districts.index(district)]), self.scale)
        return self.full * rest / (self.full - self.weight)

    @cached_property
    def mean_shift(self) -> Fraction:
        """The mean of |R − R(without)| over the districts."""
        return Fraction(int(np.abs(self.ranks - self.before).sum()), len(self.districts))

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """The districts whose rank changes, furthest first, source order among equals."""
        shift = np.abs(self.ranks - self.before)
        order = np.argsort(-shift, kind="stable")[: int(np.count_nonzero(shift))]
        return tuple(Move(self.districts[i], int(self.before[i]), int(self.ranks[i])) for i in order)

    @property
    def sentence(self) -> str:
        """What it says, in Chinese."""
        what = f"不计“{'”“'.join(self.names)}”（{decimal_text(self.weight)} 分）"
        if not self.moves:
            return f"{what}，各{word_for(self.districts)}名次不变。"
        listed = "，".join(move.sentence for move in self.moves[:_NAMED])
        more = "等" if len(self.moves) > _NAMED else ""
        return f"{what}，{len(self.moves)} 个{word_for(self.districts)}名次改变，平均变动 {shown(self.mean_shift, 2)} 位：{listed}{more}。"


def leave_out(matrix: ScoreMatrix, names: Sequence[str]) -> LeftOut | Missing:
    """The ranks without the indicators of these names; 未提供 where only totals are known, 不适用 where none is left.

    Names are those of `matrix.labels`, so `matrix.at(1)` leaves out whole first-level indicators.
    """
    if not matrix.detailed:
        return Missing.NOT_PROVIDED
    unknown = [name for name in names if name not in matrix.labels]
    if unknown:
        raise ProjectError(
            [
                Problem("没有这个指标", value=name, remedy=f"从以下指标中选择：{'、'.join(matrix.labels)}")
                for name in unknown
            ]
        )
    columns = sorted({matrix.labels.index(name) for name in names})
    if len(columns) == len(matrix.leaves) or not len(matrix):
        return Missing.NOT_APPLICABLE
    return _without(matrix, columns, places_of(matrix.totals))


def leave_one_out(matrix: ScoreMatrix) -> tuple[LeftOut, ...] | Missing:
    """The ranks without each indicator in turn, in source order; missing as for `leave_out`.

    Source: OECD/JRC Handbook (2008), step 7, "inclusion/exclusion of an indicator", and equation 38 for the mean shift.
    """
    if not matrix.detailed:
        return Missing.NOT_PROVIDED
    if len(matrix.leaves) < 2 or not len(matrix):
        return Missing.NOT_APPLICABLE
    before = places_of(matrix.totals)
    return tuple(_without(matrix, [column], before) for column in range(len(matrix.leaves)))


def _without(matrix: ScoreMatrix, columns: list[int], before: NDArray[np.int64]) -> LeftOut:
    # The factor 100 ÷ (100 − w) is the same for all, so the ranks are those of T − s.
    remaining, scale = matrix.sums - matrix.scores[:, columns].sum(axis=1), matrix.scale
    if matrix.offsets is not None:
        # Points outside the indicators are not scaled up: before scaling they count (100 − w) ÷ 100 of themselves.
        whole, left = matrix.whole, matrix.whole - sum(int(matrix.weights[c]) for c in columns)
        bound = 2 * whole * (largest(remaining) + largest(matrix.offsets))
        remaining = fitted(remaining, bound) * whole + fitted(matrix.offsets, bound) * left
        scale *= whole
    return LeftOut(
        tuple(matrix.labels[column] for column in columns),
        sum((matrix.leaves[column].weight for column in columns), Fraction(0)),
        matrix.districts,
        before,
        places_of(remaining),
        remaining,
        matrix.full,
        scale,
    )
