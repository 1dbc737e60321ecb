"""The ranking of districts (县区排名) on exact scores, ties marked, exclusions and adjustments as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from wenxiao.evaluation.district_score import (
    IN_DOUBT,
    ScoreTable,
    absences,
    adjusted_score,
    alike,
    district_score,
    evaluation_mode,
    in_doubt,
    mean_by_funds,
    mean_of,
    means_by_mode,
    ranked_content,
)
from wenxiao.evaluation.grade import Grade, grade_of
from wenxiao.model import (
    Expression,
    Given,
    Measure,
    Missing,
    Quantity,
    Table,
    decimal_text,
)
from wenxiao.model.units import POINTS
from wenxiao.project.profile import Profile
from wenxiao.project.project import Project

if TYPE_CHECKING:
    from wenxiao.evaluation.scorecard import Scorecard


@dataclass(frozen=True, eq=False)
class Place:
    """One district in a ranking: its score, rank (None where it takes no part or has no score), 并列, grade, 备注.

    `score` is as published; `adjusted` is what the profile makes of it before ranking, for `reason`, else None. Rank and
    grade are those of the adjusted score. `mode` is the mode of evaluation (现场, 非现场) where the table gives one, with
    the rank among those of the same mode. `absent` says why it has no rank though it may have a score: 不参与排名, or 暂不排名 while it
    is open which names are one place.
    """

    district: str
    score: Given
    rank: Fraction | None
    tied: bool
    grade: Grade | None
    note: str
    absent: str = ""
    adjusted: Measure | None = None
    reason: str = ""
    mode: str = ""
    rank_in_mode: Fraction | None = None
    tied_in_mode: bool = False

    @property
    def excluded(self) -> bool:
        """Whether it takes no part."""
        return bool(self.absent)

    @property
    def rank_text(self) -> str:
        """The rank as people read it."""
        return self._text(self.rank, self.tied)

    @property
    def rank_in_mode_text(self) -> str:
        """The rank within its mode of evaluation as people read it; empty where the table gives no modes."""
        return self._text(self.rank_in_mode, self.tied_in_mode) if self.mode else ""

    @property
    def ranked_score(self) -> Expression:
        """The score that counts: adjusted where the profile says so, else as published."""
        return self.adjusted.expression if self.adjusted else self.score

    @property
    def content(self) -> Quantity | Missing:
        """The score that counts, with the precision the published one was printed with, or why there is none."""
        return ranked_content(self.score, self.adjusted)

    def _text(self, rank: Fraction | None, tied: bool) -> str:
        if rank is None:
            return self.absent or self.score.text
        number = rank_number(rank)
        return f"{number}（并列）" if tied else number


@dataclass(frozen=True, eq=False)
class Ranking:
    """A ranking: `places` in administrative (source) order; the mean of the scores; the means by mode of evaluation.

    `weighted_mean` is the mean weighted by the districts' funds, None where the tables give none; `order` is how the profile
    wants the districts listed; `unmatched` are districts that the profile excludes or adjusts and no table lists. `year` is
    the one whose scores are ranked where there are several, `years` are all of them.

    >>> import pandas as pd, wenxiao as wx
    >>> ranking = wx.rank(pd.DataFrame({"县区": ["甲县", "乙县"], "得分": ["88.50", "91.25"]}))
    >>> [(place.district, place.rank_text, place.grade.label) for place in ranking.places], ranking.mean.text
    ([('甲县', '2', '良'), ('乙县', '1', '优')], '89.88')
    """

    places: tuple[Place, ...]
    ties: str
    table: Table
    mean: Measure
    means_by_mode: tuple[Measure, ...]
    grade_counts: tuple[tuple[str, int], ...]
    weighted_mean: Measure | None = None
    order: str = "administrative"
    unmatched: tuple[str, ...] = ()
    year: str = ""
    years: tuple[str, ...] = ()

    @cached_property
    def ranked(self) -> tuple[Place, ...]:
        """The places by rank, source order inside a tie, those without a rank last."""
        return tuple(sorted(self.places, key=lambda place: (place.rank is None, place.rank or 0)))

    @property
    def listed(self) -> tuple[Place, ...]:
        """The places in the order the profile asks for."""
        return self.ranked if self.order == "ranked" else self.places

    @property
    def modes(self) -> tuple[str, ...]:
        """The modes of evaluation, in source order; empty where the table gives none."""
        return tuple(dict.fromkeys(place.mode for place in self.places if place.mode))

    def place(self, district: str) -> Place | None:
        """The place of one district."""
        return self._by_district.get(district)

    @cached_property
    def _by_district(self) -> Mapping[str, Place]:
        return {place.district: place for place in reversed(self.places)}


def rank_number(rank: Fraction) -> str:
    """A rank as people read it: whole, or with a half where tied scores take the average.

    >>> rank_number(Fraction(2)), rank_number(Fraction(5, 2))
    ('2', '2.5')
    """
    return decimal_text(rank)


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


def ranking_of(
    project: Project,
    profile: Profile,
    scores: ScoreTable | None,
    cards: Mapping[str, Scorecard] | None = None,
) -> Ranking | None:
    """The ranking of a project's districts by their scores, or None where no table gives scores by district.

    Where scores stand by indicator only, or in the scorecards of the districts (`cards`), a district's score is their
    exact sum. While names in the table may be one place, they have no rank, nor has any district below the highest of them.
    """
    listed = project.of_kind("districts")[:1] if cards else ()
    if scores is None and not listed:
        return None
    table = scores.table if scores else listed[0]
    indicators = scores.indicators if scores else None
    records = list(table.records())
    names = [table.text(record, "district") for record in records]
    givens = [
        district_score(table, record, name, indicators, cards or {})
        for record, name in zip(records, names, strict=True)
    ]
    if not table.has("score") and indicators is None:
        givens = alike(givens)
    changes = {project.places.name(name): each for name, each in profile.adjustments.items()}
    adjusted = [adjusted_score(given, changes.get(name)) for given, name in zip(givens, names, strict=True)]
    contents = [ranked_content(given, measure) for given, measure in zip(givens, adjusted, strict=True)]
    modes = [evaluation_mode(table, record) for record in records]
    absent = absences(project, profile, table)
    all_scores = {
        i: Fraction(content.value)
        for i, content in enumerate(contents)
        if isinstance(content, Quantity) and not absent[i]
    }
    doubtful = in_doubt(names, project.places)
    limit = max((score for i, score in all_scores.items() if names[i] in doubtful), default=None)
    for i, score in all_scores.items():
        if names[i] in doubtful or (limit is not None and score < limit):
            absent[i] = IN_DOUBT
    counted = {i: score for i, score in all_scores.items() if not absent[i]}
    overall = _placed(counted, profile.ties)
    within = {
        i: place
        for mode in dict.fromkeys(modes)
        for i, place in _placed({i: counted[i] for i in counted if modes[i] == mode}, profile.ties).items()
    }
    places = tuple(
        Place(
            district=names[i],
            score=given,
            rank=overall.get(i, _NO_PLACE)[0],
            tied=overall.get(i, _NO_PLACE)[1],
            grade=grade_of(content.value, profile) if isinstance(content := contents[i], Quantity) else None,
            note=table.text(records[i], "note"),
            absent=absent[i],
            adjusted=adjusted[i],
            reason=changes[names[i]].reason if adjusted[i] else "",
            mode=modes[i],
            rank_in_mode=within.get(i, _NO_PLACE)[0] if modes[i] else None,
            tied_in_mode=within.get(i, _NO_PLACE)[1] and bool(modes[i]),
        )
        for i, given in enumerate(givens)
    )
    scored = [place for place in places if place.score.quantity and not place.excluded]
    open_names = limit is not None
    ruled = dict.fromkeys(project.places.name(name) for name in (*profile.exclude, *profile.adjustments))
    return Ranking(
        places,
        profile.ties,
        table,
        _WITHHELD if open_names else mean_of("", scored),
        () if open_names else means_by_mode(scored),
        _counts(scored, profile),
        None if open_names else mean_by_funds(project, scored),
        profile.ranking_order,
        tuple(name for name in ruled if name not in names),
        scores.year if scores else "",
        scores.years if scores else (),
    )


_WITHHELD = Measure(
    "mean_score", "平均分", Given("得分", Missing.UNVERIFIABLE), POINTS, basis="简单平均，地名待定"
)
"""The mean of scores of which it is open whether two are one place's."""
_NO_PLACE: tuple[Fraction | None, bool] = (None, False)


def _placed(scores: Mapping[int, Fraction], ties: str) -> dict[int, tuple[Fraction, bool]]:
    """The rank of each and whether it is shared."""
    times = Counter(scores.values())
    placed = ranks(list(scores.values()), ties)
    return {i: (rank, times[scores[i]] > 1) for i, rank in zip(scores, placed, strict=True)}


def _counts(places: Sequence[Place], profile: Profile) -> tuple[tuple[str, int], ...]:
    return tuple(
        (band.label, sum(1 for place in places if place.grade and place.grade.label == band.label))
        for band in profile.grades
    )
