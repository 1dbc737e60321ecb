"""What if the weights were others (测算): the same score rates on changed 分值, exact, beside the evaluation and never in its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from wenxiao.evaluation.grade import Grade, grade_of
from wenxiao.evaluation.ranking import rank_number, ranks
from wenxiao.evaluation.robustness.integers import common_scale, fitted, largest
from wenxiao.evaluation.robustness.margins import RankInterval, rank_intervals
from wenxiao.evaluation.robustness.matrix import Leaf, ScoreMatrix
from wenxiao.model import Exact, Problem, ProfileError, decimal_text, shown
from wenxiao.model.errors import nearest
from wenxiao.project.profile import Profile


@dataclass(frozen=True, slots=True)
class Shift:
    """One indicator whose 分值 is tried at another value; `path` is its place in the tree."""

    path: tuple[str, ...]
    before: Fraction
    after: Fraction

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class TrialPlace:
    """One district (or the project itself) under the tried weights, beside what it is under the real ones."""

    district: str
    before: Fraction
    after: Fraction
    rank_before: Fraction
    rank: Fraction
    tied: bool
    interval: RankInterval
    grade_before: Grade
    grade: Grade

    @property
    def moved(self) -> Fraction:
        """How many places it rises; negative where it falls."""
        return self.rank_before - self.rank

    @property
    def rank_text(self) -> str:
        """The tried rank as people read it."""
        number = rank_number(self.rank)
        return f"{number}（并列）" if self.tied else number


@dataclass(frozen=True, eq=False)
class WhatIf:
    """A trial of other weights: what was shifted, and where every district then stands.

    `matrix` holds the scores on the tried weights: each score times tried ÷ real weight, exact. Every figure made from it
    is 测算.
    """

    shifts: tuple[Shift, ...]
    matrix: ScoreMatrix
    places: tuple[TrialPlace, ...]

    @cached_property
    def _by_district(self) -> dict[str, TrialPlace]:
        return {place.district: place for place in self.places}

    def place(self, district: str) -> TrialPlace | None:
        """The place of one district; None where it has no score by indicator."""
        return self._by_district.get(district)

    @property
    def ranked(self) -> tuple[TrialPlace, ...]:
        """The places by tried rank, source order inside a tie."""
        return tuple(sorted(self.places, key=lambda place: place.rank))

    @property
    def sentence(self) -> str:
        """What was tried and what it moves, in Chinese."""
        said = "、".join(
            f"{shift.name}由 {_points(shift.before)} 分改为 {_points(shift.after)} 分"
            for shift in self.shifts
        )
        if not self.shifts:
            return "分值未改动。"
        moved = sum(place.moved != 0 for place in self.places)
        regraded = sum(place.grade.label != place.grade_before.label for place in self.places)
        if len(self.places) == 1:
            only = self.places[0]
            change = "不变" if not regraded else f"由“{only.grade_before.label}”变为“{only.grade.label}”"
            return f"测算：{said}，得分由 {shown(only.before, 2)} 分变为 {shown(only.after, 2)} 分，等级{change}。"
        return f"测算：{said}，{moved} 个名次变动，{regraded} 个等级变动。"


def _points(weight: Fraction) -> str:
    """A weight as people write it: 22, 13.5, and to two decimals what has more."""
    return decimal_text(weight) if (weight * 100).denominator == 1 else shown(weight, 2)


def what_if(matrix: ScoreMatrix, weights: Mapping[str, Exact], profile: Profile) -> WhatIf:
    """The trial of other weights on the districts of a matrix.

    `weights` go by the name of an indicator at any level (or its path, — between); those below it keep their proportions, and
    what is not named keeps its weight. A score becomes score ÷ weight × tried weight: its score rate stays. Raises
    ProfileError with everything wrong: an unknown name with the nearest one, a name of several indicators, weights below 0,
    one indicator named twice by different levels, a sum that is not that of the full marks.
    """
    shifts, tried = _tried(matrix, weights)
    changed = _reweighted(matrix, tried)
    return WhatIf(shifts, changed, _places(matrix, changed, profile))


def _tried(
    matrix: ScoreMatrix, weights: Mapping[str, Exact]
) -> tuple[tuple[Shift, ...], tuple[Fraction, ...]]:
    """What is shifted, and the tried weight of every leaf."""
    known = _named(matrix)
    problems: list[Problem] = []
    shifts: list[Shift] = []
    tried = [leaf.weight for leaf in matrix.leaves]
    taken: dict[int, str] = {}
    for name, weight in weights.items():
        paths = known.get(name, ())
        if len(paths) != 1:
            problems.append(_unknown(name, known, several=len(paths) > 1))
            continue
        columns = [i for i, leaf in enumerate(matrix.leaves) if leaf.path[: len(paths[0])] == paths[0]]
        before, after = sum((matrix.leaves[i].weight for i in columns), Fraction(0)), Fraction(weight)
        if after < 0:
            problems.append(
                Problem("分值小于 0", value=f"{name} {decimal_text(after)}", remedy="填 0 或正数")
            )
        twice = next((taken[i] for i in columns if i in taken), None)
        if twice is not None:
            problems.append(
                Problem(
                    f"“{name}”与“{twice}”有共同的下级指标", rule="每项指标只改一次", remedy="删去其中一个"
                )
            )
        for i in columns:
            taken[i] = name
            tried[i] = matrix.leaves[i].weight * after / before
        if after != before:
            shifts.append(Shift(paths[0], before, after))
    full, whole = sum((leaf.weight for leaf in matrix.leaves), Fraction(0)), sum(tried, Fraction(0))
    if not problems and whole != full:
        problems.append(
            Problem(
                "改动后的分值合计不是满分",
                value=f"{decimal_text(whole)} 分",
                rule=f"合计 {decimal_text(full)} 分",
                remedy="调整其余指标的分值，使合计不变",
            )
        )
    if problems:
        raise ProfileError(problems)
    return tuple(shifts), tuple(tried)


def _named(matrix: ScoreMatrix) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The paths that a name can mean, at any level."""
    paths: dict[str, dict[tuple[str, ...], None]] = {}
    for leaf in matrix.leaves:
        for level in range(1, len(leaf.path) + 1):
            path = leaf.path[:level]
            paths.setdefault(path[-1], {})[path] = None
            paths.setdefault("—".join(path), {})[path] = None
    return {name: tuple(found) for name, found in paths.items()}


def _unknown(name: str, known: Mapping[str, object], *, several: bool) -> Problem:
    if several:
        return Problem("有几个指标都叫这个名称", value=name, remedy="写出上级，如 产出—产出数量")
    if not known:
        return Problem("没有分项得分，分值无从测算", value=name, remedy="放入分项得分表，或删去测算的分值")
    like = nearest(name, known)
    return Problem("没有这个指标", value=name, remedy=f"是否为“{like}”" if like else "改正名称")


def _reweighted(matrix: ScoreMatrix, weights: tuple[Fraction, ...]) -> ScoreMatrix:
    """The matrix on other weights: the integers of every column times one whole number, at a common scale."""
    factors = [tried / leaf.weight for tried, leaf in zip(weights, matrix.leaves, strict=True)]
    common = common_scale(factors)
    scale = common_scale([Fraction(1, matrix.scale * common), *weights])
    grown = scale // matrix.scale
    whole = [int(factor * grown) for factor in factors]
    most = max([grown, *whole])
    bound = max(largest(matrix.scores), largest(matrix.halves), largest(matrix.totals)) * most
    bound *= max(len(whole), 1)
    times = fitted(np.array(whole, object), bound)
    scores, halves = fitted(matrix.scores, bound) * times, fitted(matrix.halves, bound) * times
    totals = scores.sum(axis=1)
    offsets = None
    if matrix.offsets is not None:
        offsets = fitted(matrix.offsets, bound) * grown
        totals = totals + offsets
    return ScoreMatrix(
        matrix.districts,
        tuple(Leaf(leaf.path, tried) for leaf, tried in zip(matrix.leaves, weights, strict=True)),
        matrix.full,
        scale,
        scores,
        halves,
        totals,
        halves.sum(axis=1),
        matrix.unscored,
        offsets,
    )


def _places(before: ScoreMatrix, after: ScoreMatrix, profile: Profile) -> tuple[TrialPlace, ...]:
    old, new = [[matrix.points(total) for total in matrix.totals] for matrix in (before, after)]
    old_ranks, new_ranks = ranks(old, profile.ties), ranks(new, profile.ties)
    times: dict[Fraction, int] = {}
    for total in new:
        times[total] = times.get(total, 0) + 1
    return tuple(
        TrialPlace(
            name, old[i], new[i], old_ranks[i], new_ranks[i], times[new[i]] > 1, interval,
            grade_of(old[i], profile), grade_of(new[i], profile),
        )
        for i, (name, interval) in enumerate(zip(after.districts, rank_intervals(after), strict=True))
    )  # fmt: skip


def balanced(
    weights: Mapping[str, Fraction], name: str, weight: Exact, locked: Collection[str] = ()
) -> dict[str, Fraction]:
    """The weights with one of them set, the others shrunk or grown in proportion so that the sum stays.

    It is what a slider does. `locked` weights stay, and the one that is set goes no further than the others can give; with
    all others at 0 they share what is left equally.

    >>> four = dict(zip("甲乙丙丁", map(Fraction, (20, 20, 40, 20)), strict=True))
    >>> [float(weight) for weight in balanced(four, "甲", 30).values()]
    [30.0, 17.5, 35.0, 17.5]
    >>> [float(weight) for weight in balanced(four, "甲", 30, {"丙"}).values()]
    [30.0, 15.0, 40.0, 15.0]
    """
    free = {other: value for other, value in weights.items() if other != name and other not in locked}
    if not free:
        return dict(weights)
    rest = sum(free.values(), Fraction(0))
    most = weights[name] + rest
    set_to = min(max(Fraction(weight), Fraction(0)), most)
    left = most - set_to
    found = {other: value * left / rest if rest else left / len(free) for other, value in free.items()}
    return {**weights, name: set_to, **found}
