"""The districts' scores by indicator as figures with their cells, and what is computed of them: rates, gaps, losses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.ranking import Place
from wenxiao.evaluation.robustness import ScoreMatrix, by_path, source_of
from wenxiao.evaluation.scorecard import Indicator
from wenxiao.evaluation.scorecard_tables import IndicatorTable
from wenxiao.model import (
    CellRef,
    Column,
    Constant,
    Expression,
    Given,
    Measure,
    Named,
    decimal_text,
    difference,
    mean,
    quotient,
    total,
    value_of,
)
from wenxiao.model.units import POINTS, RATIO

MEAN = "平均分"
_NAMED = 200
"""A mean of more districts is a figure of the matrix, its cells given as a range: thousands of inputs explain nothing."""


@dataclass(frozen=True, eq=False)
class GapLine:
    """One indicator of a gap: its path and label, 分值, the district's score, the other's, and own − other."""

    path: tuple[str, ...]
    label: str
    weight: Fraction
    own: Measure
    other: Measure
    difference: Measure


@dataclass(frozen=True, eq=False)
class DistrictScores:
    """The scores of `matrix` (the districts that take part), each with where it stands; `source` is the table or cards."""

    evaluation: Evaluation
    matrix: ScoreMatrix
    source: Mapping[str, Mapping[tuple[str, ...], Indicator]] | IndicatorTable

    def score(self, district: str, path: tuple[str, ...]) -> Expression:
        """A district's score on an indicator of any level, as given or as the sum of what is below it."""
        leaves = [leaf for leaf in self.matrix.leaves if leaf.path[: len(path)] == path]
        terms = [self._given(district, leaf.path) for leaf in leaves]
        return terms[0] if len(terms) == 1 else Named(f"{district}{path[-1]}得分", total(terms))

    def mean_score(self, path: tuple[str, ...], districts: Sequence[str] = ()) -> Expression:
        """The plain mean of the districts' scores on an indicator."""
        names = districts or self.matrix.districts
        label = f"{len(names)} 个{path[-1]}得分的平均"
        if len(names) > _NAMED:
            columns = [c for c, leaf in enumerate(self.matrix.leaves) if leaf.path[: len(path)] == path]
            rows = [self.matrix.position(name) for name in names]
            added = sum(int(self.matrix.scores[row, column]) for row in rows for column in columns)
            return Constant(self.matrix.points(added) / len(names), label)
        return Named(label, mean([self.score(name, path) for name in names]))

    def rate(self, path: tuple[str, ...], weight: Fraction) -> Measure:
        """The mean score rate of an indicator over all districts: mean score ÷ 分值."""
        return Measure(
            f"mean_rate/{'/'.join(path)}",
            f"{path[-1]}平均得分率",
            quotient(self.mean_score(path), Constant(weight, f"分值 {decimal_text(weight)}分")),
            RATIO,
            3,
            subject="各地区",
            basis="得分的平均÷分值",
        )

    @cached_property
    def cells(self) -> tuple[CellRef, ...]:
        """The first and the last cell of each indicator's scores: the corners of where the scores stand."""
        names = self.matrix.districts
        if isinstance(self.source, IndicatorTable):
            names = (*names[:1], *names[-1:])
        givens = (self._given(name, leaf.path) for name in names for leaf in self.matrix.leaves)
        return tuple(given.cell for given in givens if given.cell is not None)

    def gap(self, district: str, against: str = "", level: int | None = None) -> tuple[GapLine, ...]:
        """The gap of a district to another, or to the mean, by indicator; its differences sum to the gap.

        Points that the profile adds outside the indicators are a line of their own.
        """
        view = self.matrix if level is None else self.matrix.at(level)
        lines = [
            self._line(
                district, against, leaf.path, label, leaf.weight, *self._sides(district, against, leaf.path)
            )
            for leaf, label in zip(view.leaves, view.labels, strict=True)
        ]
        if view.offsets is not None:
            sides = self._points(district), self._points(against) if against else self._mean_points()
            if any(value_of(side) for side in sides):
                name = "得分调整"
                lines.append(self._line(district, against, (name,), name, Fraction(0), *sides))
        return tuple(lines)

    def _sides(self, district: str, against: str, path: tuple[str, ...]) -> tuple[Expression, Expression]:
        return self.score(district, path), self.score(against, path) if against else self.mean_score(path)

    def _line(
        self,
        district: str,
        against: str,
        path: tuple[str, ...],
        label: str,
        weight: Fraction,
        own: Expression,
        other: Expression,
    ) -> GapLine:
        key, than = "/".join(path), against or MEAN

        def points(kind: str, subject: str, what: str, expression: Expression, basis: str) -> Measure:
            printed = expression.quantity if isinstance(expression, Given) else None
            places = printed.places if printed else 2
            return Measure(f"{kind}/{key}", what, expression, POINTS, places, subject, basis)

        return GapLine(
            path,
            label,
            weight,
            points(f"indicator_score/{district}", district, f"{label}得分", own, ""),
            points(f"indicator_score/{than}", than, f"{label}得分", other, "" if against else "简单平均"),
            points(
                f"gap/{district}/{than}", district, f"{label}得分差", difference(own, other), f"与{than}之差"
            ),
        )

    def _points(self, district: str) -> Expression:
        row = self.matrix.position(district)
        place = self.evaluation.ranking.place(district) if self.evaluation.ranking else None
        return Constant(self.matrix.offset(row), place.reason if place and place.reason else "没有调整")

    def _mean_points(self) -> Expression:
        return Named("得分调整的平均", mean([self._points(name) for name in self.matrix.districts]))

    def _given(self, district: str, path: tuple[str, ...]) -> Given:
        if not isinstance(self.source, IndicatorTable):
            return self.source[district][path].score
        column = self._columns[path]
        return self.source.table.given_in(self._records[district], column, f"{district}{path[-1]}得分")

    @cached_property
    def _records(self) -> dict[str, int]:
        assert isinstance(self.source, IndicatorTable)
        table = self.source.table
        return {table.text(record, "district"): record for record in table.records()}

    @cached_property
    def _columns(self) -> dict[tuple[str, ...], Column]:
        assert isinstance(self.source, IndicatorTable)
        return {
            leaf.path: column for leaf, column in zip(self.source.leaves, self.source.columns, strict=True)
        }


def district_scores(evaluation: Evaluation) -> DistrictScores | None:
    """The scores by indicator of the districts that take part in the ranking; None where only totals are known."""
    firm = evaluation.robustness
    source = source_of(evaluation.district_cards, evaluation.indicators)
    if firm is None or source is None or not firm.matrix.detailed:
        return None
    return DistrictScores(
        evaluation, firm.matrix, source if isinstance(source, IndicatorTable) else by_path(source)
    )


@dataclass(frozen=True, eq=False)
class Lacking:
    """What a district is short of: the points to the place before it and to the next grade, and where it lost most.

    `before` is the district next above in the ranking, `grade` the next better grade; both are empty for the best. `lost`
    holds the indicators with points lost, most first; empty where only totals are known.
    """

    district: str
    before: str
    to_place: Measure | None
    grade: str
    to_grade: Measure | None
    lost: tuple[tuple[str, Fraction], ...]


@lru_cache(maxsize=8)
def lacking(evaluation: Evaluation) -> tuple[Lacking, ...]:
    """What each district that takes part is short of, by rank; empty without a ranking. Worked out once for all."""
    ranking, firm = evaluation.ranking, evaluation.robustness
    if ranking is None:
        return ()
    bands = evaluation.profile.grades
    found: list[Lacking] = []
    above: Place | None = None
    tied: Place | None = None
    for place in ranking.ranked:
        if place.rank is None or place.excluded:
            continue
        own = value_of(place.ranked_score)
        assert isinstance(own, Fraction)
        if tied is not None and value_of(tied.ranked_score) != own:
            above = tied
        higher = [band for band in bands if own < Fraction(band.lowest)]
        target = higher[-1] if higher else None
        found.append(
            Lacking(
                place.district,
                above.district if above else "",
                _short(place.district, "距前一名", above.ranked_score, place.ranked_score, above.district)
                if above
                else None,
                target.label if target else "",
                _short(
                    place.district,
                    "距上一等级",
                    Constant(
                        Fraction(target.lowest),
                        f"“{target.label}”的分数线 {decimal_text(Fraction(target.lowest))}分",
                    ),
                    place.ranked_score,
                    f"“{target.label}”",
                )
                if target
                else None,
                _lost(firm.matrix, place.district) if firm else (),
            )
        )
        tied = place
    return tuple(found)


def _short(district: str, label: str, aim: Expression, own: Expression, what: str) -> Measure:
    kind = "to_place" if label == "距前一名" else "to_grade"
    return Measure(
        f"{kind}/{district}",
        label,
        difference(aim, own),
        POINTS,
        subject=district,
        basis=f"{what}－{district}",
    )


def _lost(matrix: ScoreMatrix, district: str) -> tuple[tuple[str, Fraction], ...]:
    if not matrix.detailed or district not in matrix:
        return ()
    row = matrix.scores[matrix.position(district)]
    lost = [
        (label, leaf.weight - matrix.points(score))
        for label, leaf, score in zip(matrix.labels, matrix.leaves, row, strict=True)
    ]
    return tuple(sorted((each for each in lost if each[1] > 0), key=lambda each: -each[1]))
