"""The ranking of districts (县区排名) on exact scores, ties marked, exclusions as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.evaluation.grade import Grade, grade_of
from wenxiao.model import Given, Measure, Table, mean
from wenxiao.model.units import POINTS
from wenxiao.project.profile import Profile
from wenxiao.project.project import Project


@dataclass(frozen=True, eq=False)
class Place:
    """One district in a ranking: its score, rank (None where it takes no part or has no score), 并列, grade, 备注."""

    district: str
    score: Given
    rank: Fraction | None
    tied: bool
    grade: Grade | None
    note: str
    excluded: bool = False

    @property
    def rank_text(self) -> str:
        """The rank as people read it."""
        if self.rank is None:
            return "不参与排名" if self.excluded else self.score.text
        number = str(self.rank.numerator) if self.rank.denominator == 1 else f"{float(self.rank):.1f}"
        return f"{number}（并列）" if self.tied else number


@dataclass(frozen=True, eq=False)
class Ranking:
    """A ranking: `places` in administrative (source) order; the mean of the scores; the means by mode of evaluation."""

    places: tuple[Place, ...]
    ties: str
    table: Table
    mean: Measure
    means_by_mode: tuple[Measure, ...]
    grade_counts: tuple[tuple[str, int], ...]

    @property
    def ranked(self) -> tuple[Place, ...]:
        """The places by rank, source order inside a tie, those without a rank last."""
        return tuple(sorted(self.places, key=lambda place: (place.rank is None, place.rank or 0)))

    def place(self, district: str) -> Place | None:
        """The place of one district."""
        return next((place for place in self.places if place.district == district), None)


def ranks(scores: Sequence[Fraction], ties: str = "competition") -> list[Fraction]:
    """The rank of each score, highest first, by a tie policy.

    competition 1, 2, 2, 4 · dense 1, 2, 2, 3 · average 1, 2½, 2½, 4 · consecutive 1, 2, 3, 4 (source order).
    Source: METHODS.md; the national default is competition.

    >>> [int(rank) for rank in ranks([Fraction(9), Fraction(8), Fraction(9), Fraction(7)])]
    [1, 3, 1, 4]
    """
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    result = [Fraction(0)] * len(scores)
    start = dense = 0
    while start < len(order):
        end = start
        while end < len(order) and scores[order[end]] == scores[order[start]]:
            end += 1
        dense += 1
        for offset, index in enumerate(order[start:end]):
            result[index] = {
                "competition": Fraction(start + 1),
                "dense": Fraction(dense),
                "average": Fraction(start + 1 + end, 2),
                "consecutive": Fraction(start + offset + 1),
            }[ties]
        start = end
    return result


def ranking_of(project: Project, profile: Profile) -> Ranking | None:
    """The ranking of a project's districts by their scores, or None where no table gives scores by district."""
    table = next((t for t in project.of_kind("districts") if t.has("score")), None)
    if table is None:
        return None
    records = list(table.records())
    givens = [table.given(record, "score", f"{table.text(record, 'district')}得分") for record in records]
    names = [table.text(record, "district") for record in records]
    eligible = [i for i, given in enumerate(givens) if given.quantity and names[i] not in profile.exclude]
    exact = {i: Fraction(quantity.value) for i in eligible if (quantity := givens[i].quantity) is not None}
    placed = dict(zip(eligible, ranks([exact[i] for i in eligible], profile.ties), strict=True))
    places = tuple(
        Place(
            district=names[i],
            score=given,
            rank=placed.get(i),
            tied=i in exact and sum(value == exact[i] for value in exact.values()) > 1,
            grade=grade_of(given.quantity.value, profile) if given.quantity else None,
            note=table.text(records[i], "note"),
            excluded=names[i] in profile.exclude,
        )
        for i, given in enumerate(givens)
    )
    scored = [place for place in places if place.score.quantity and not place.excluded]
    return Ranking(places, profile.ties, table, _mean("", scored), _by_mode(scored), _counts(scored, profile))


def _mean(mode: str, places: Sequence[Place]) -> Measure:
    key, basis = ("mean_score", "简单平均")
    return Measure(
        f"{key}/{mode}" if mode else key,
        "县区平均分",
        mean([place.score for place in places]),
        POINTS,
        subject=mode or "全部县区",
        basis=f"{basis}，{len(places)} 个",
    )


def _by_mode(places: Sequence[Place]) -> tuple[Measure, ...]:
    modes = dict.fromkeys(place.note for place in places if place.note)
    if len(modes) < 2:
        return ()
    return tuple(_mean(mode, [place for place in places if place.note == mode]) for mode in modes)


def _counts(places: Sequence[Place], profile: Profile) -> tuple[tuple[str, int], ...]:
    return tuple(
        (band.label, sum(1 for place in places if place.grade and place.grade.label == band.label))
        for band in profile.grades
    )
