"""Districts by indicators: the scores of all districts on one tree of indicators, as exact integers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np

from wenxiao.evaluation.robustness.integers import Integers, common_scale, fitted, largest, scaled
from wenxiao.model import Missing, Problem, ProjectError


@dataclass(frozen=True, slots=True)
class Leaf:
    """One indicator that is scored: its `path` from the first level down, and its full marks (分值) in points."""

    path: tuple[str, ...]
    weight: Fraction

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1]


@dataclass(frozen=True, eq=False)
class ScoreMatrix:
    """The scores of n districts on m leaves; all integers are `scale` times the points.

    districts    the names, in source order
    leaves       the m leaves in source order; empty where only totals are known
    full         full marks of the whole, in points
    scale        what the points are multiplied by
    scores       n × m integers
    halves       n × m integers: half a unit in the last printed place of each score
    totals       n integers: the exact sum of the scores, or the total as printed where that is all there is; with the
                 points of `offsets`
    total_halves n integers: half a unit in the last printed place of each total
    unscored     districts that are left out because they have no total, and why
    offsets      n integers: points added to (or, negative, taken from) each total outside the indicators, by the profile's
                 adjustments; None where there are none
    """

    districts: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    full: Fraction
    scale: int
    scores: Integers
    halves: Integers
    totals: Integers
    total_halves: Integers
    unscored: Mapping[str, Missing] = field(default_factory=dict)
    offsets: Integers | None = None

    def __len__(self) -> int:
        return len(self.districts)

    def __contains__(self, district: object) -> bool:
        return district in self._rows

    @property
    def detailed(self) -> bool:
        """Whether scores by indicator are known, not only totals."""
        return bool(self.leaves)

    @property
    def depth(self) -> int:
        """How many levels the tree has; 0 where only totals are known."""
        return max((len(leaf.path) for leaf in self.leaves), default=0)

    @cached_property
    def weights(self) -> Integers:
        """The m full marks as integers."""
        return scaled((leaf.weight for leaf in self.leaves), self.scale)

    @property
    def sums(self) -> Integers:
        """The n totals less their offsets: what the scores by indicator add up to."""
        return self.totals if self.offsets is None else self.totals - self.offsets

    @property
    def whole(self) -> int:
        """The full marks of all indicators as an integer."""
        return sum(int(w) for w in self.weights)

    def offset(self, row: int) -> Fraction:
        """The points added outside the indicators to the total in a row."""
        return Fraction(0) if self.offsets is None else self.points(self.offsets[row])

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What to call each leaf: its name, with its parents where two leaves share one."""
        names = [leaf.name for leaf in self.leaves]
        return tuple(
            name if names.count(name) == 1 else "—".join(leaf.path)
            for name, leaf in zip(names, self.leaves, strict=True)
        )

    def position(self, district: str) -> int:
        """The row of a district; ProjectError where it has no score or is not there."""
        row = self._rows.get(district)
        if row is None:
            kind = self.unscored.get(district)
            what = f"该县区{kind.label}，没有得分" if kind else "没有这个县区"
            raise ProjectError(
                Problem(what, value=district, remedy=f"从以下县区中选择：{'、'.join(self.districts)}")
            )
        return row

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.districts)}

    def points(self, integer: int) -> Fraction:
        """An integer of this matrix in points."""
        return Fraction(int(integer), self.scale)

    def total(self, district: str) -> Fraction:
        """The exact total of a district, in points."""
        return self.points(self.totals[self.position(district)])

    def only(self, districts: Sequence[str]) -> ScoreMatrix:
        """The matrix of some of its districts, in the matrix's order (one mode of evaluation, for instance)."""
        wanted = set(districts)
        rows = [row for row, name in enumerate(self.districts) if name in wanted]
        return ScoreMatrix(
            tuple(self.districts[row] for row in rows),
            self.leaves,
            self.full,
            self.scale,
            self.scores[rows],
            self.halves[rows],
            self.totals[rows],
            self.total_halves[rows],
            {name: kind for name, kind in self.unscored.items() if name in wanted},
            None if self.offsets is None else self.offsets[rows],
        )

    def adjusted(self, points: Mapping[str, Fraction]) -> ScoreMatrix:
        """The matrix with points added to the totals of some of its districts, outside the indicators.

        A profile may lower or raise a score before ranking; no indicator bears those points, so no shift of weight moves
        them. Districts that the matrix does not have are passed over.
        """
        known = {name: value for name, value in points.items() if value and name in self._rows}
        if not known:
            return self
        factor = common_scale([value * self.scale for value in known.values()])
        scale = self.scale * factor
        bound = factor * max(largest(self.scores) * max(len(self.leaves), 1), largest(self.totals))
        bound += sum(abs(int(value * scale)) for value in known.values())
        added = fitted(np.zeros(len(self), np.int64), bound)
        for name, value in known.items():
            added[self._rows[name]] = int(value * scale)
        scores, totals, halves, ends = (
            fitted(each, bound) * factor
            for each in (self.scores, self.totals, self.halves, self.total_halves)
        )
        before = added if self.offsets is None else added + fitted(self.offsets, bound) * factor
        return ScoreMatrix(
            self.districts,
            self.leaves,
            self.full,
            scale,
            scores,
            halves,
            totals + added,
            ends,
            self.unscored,
            before,
        )

    def without(self, districts: Sequence[str]) -> ScoreMatrix:
        """The matrix less some districts (those that take no part)."""
        left_out = set(districts)
        known = (*self.districts, *self.unscored)
        return self.only([name for name in known if name not in left_out])

    def at(self, level: int) -> ScoreMatrix:
        """The same scores added up to a level of the tree (1 is 一级); leaves above that level stay as they are."""
        if not self.detailed or level >= self.depth:
            return self
        groups: dict[tuple[str, ...], list[int]] = {}
        for column, leaf in enumerate(self.leaves):
            groups.setdefault(leaf.path[: max(level, 1)], []).append(column)
        return ScoreMatrix(
            self.districts,
            tuple(
                Leaf(path, sum((self.leaves[c].weight for c in columns), Fraction(0)))
                for path, columns in groups.items()
            ),
            self.full,
            self.scale,
            np.stack([self.scores[:, columns].sum(axis=1) for columns in groups.values()], axis=1),
            np.stack([self.halves[:, columns].sum(axis=1) for columns in groups.values()], axis=1),
            self.totals,
            self.total_halves,
            self.unscored,
            self.offsets,
        )
