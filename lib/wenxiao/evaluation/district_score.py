"""The scores of districts to rank by: which table gives them, whose take part, the score of each, and their means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from wenxiao.evaluation.scorecard_tables import IndicatorTable, indicators_in
from wenxiao.evaluation.years import year_slices
from wenxiao.fields import standard_registry
from wenxiao.fields.places import word_for
from wenxiao.model import (
    Constant,
    Expression,
    Given,
    Measure,
    Missing,
    Quantity,
    Table,
    decimal_text,
    difference,
    mean,
    product,
    quotient,
    total,
)
from wenxiao.model.units import POINTS
from wenxiao.project.place_names import PlaceNames
from wenxiao.project.profile import Profile
from wenxiao.project.project import Project

if TYPE_CHECKING:
    from wenxiao.evaluation.scorecard import Scorecard
    from wenxiao.evaluation.scorecard_tables import IndicatorTable
    from wenxiao.project.profile import Adjustment


def district_score(
    table: Table,
    record: int,
    name: str,
    indicators: IndicatorTable | None,
    cards: Mapping[str, Scorecard],
) -> Given:
    """A district's score: its cell, else the exact sum of its indicators, else the total of its scorecard.

    A total printed over indicators of which one has no score is none: it rests on a figure that is not there.
    """
    if not table.has("score") and indicators is None and name in cards:
        return _card_total(cards[name], name)
    if indicators is None or indicators.table is not table:
        return table.given(record, "score", f"{name}得分")
    parts = [table.given_in(record, column).quantity for column in indicators.columns]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return Given(f"{name}得分", Missing.UNSCORED, table.text_cell(record, "score"))
    if table.has("score"):
        return table.given(record, "score", f"{name}得分")
    added = sum((part.value for part in known), Decimal(0))
    return Given(f"{name}得分", Quantity(added, POINTS, max(part.places for part in known)))


def _card_total(card: Scorecard, name: str) -> Given:
    """The total of a district's scorecard: as printed where that is the exact sum, else the sum, which stands in no cell."""
    printed, number = card.printed_total, card.total.number
    if number is None:
        content = card.total.value
        return Given(f"{name}得分", content if isinstance(content, Missing) else Missing.UNSCORED)
    if printed is not None and printed.quantity is not None and Fraction(printed.quantity.value) == number:
        return replace(printed, label=f"{name}得分")
    places = max((leaf.score.quantity.places for leaf in card.leaves if leaf.score.quantity), default=2)
    return Given(f"{name}得分", Quantity(Decimal(decimal_text(number)), POINTS, places))


def alike(givens: list[Given]) -> list[Given]:
    """Totals of several sheets with as many places as the longest: each sheet has its own number format."""
    most = max((given.quantity.places for given in givens if given.quantity), default=0)
    return [
        replace(given, content=replace(given.quantity, places=most)) if given.quantity else given
        for given in givens
    ]


def adjusted_score(score: Given, adjustment: Adjustment | None) -> Measure | None:
    """The score that an adjustment of the profile leaves to rank by, with its reason; None without one."""
    if adjustment is None or score.quantity is None:
        return None
    points = Constant(Fraction(abs(adjustment.points)), adjustment.reason)
    lowered = adjustment.points < 0
    return Measure(
        f"adjusted_score/{adjustment.district}",
        "调整后得分",
        difference(score, points) if lowered else total([score, points]),
        POINTS,
        max(score.quantity.places, 0),
        subject=adjustment.district,
        basis=f"{adjustment.reason}，{'减' if lowered else '加'} {abs(adjustment.points)} 分",
    )


def ranked_content(score: Given, adjusted: Measure | None) -> Quantity | Missing:
    """The score to rank by: the adjusted one, with the precision of the printed one, else as it is given."""
    quantity = score.content
    if adjusted is None or adjusted.number is None or not isinstance(quantity, Quantity):
        return quantity
    # Scores and adjustments are decimals, so their sum is one.
    return replace(quantity, value=Decimal(decimal_text(adjusted.number)))


def evaluation_mode(table: Table, record: int) -> str:
    """评价方式 where the table has it, else a 备注 that names one."""
    note = table.text(record, "note")
    return table.text(record, "evaluation_mode") or (note if "现场" in note else "")


_FUNDS = ("budget", "allocated", "received", "paid", "spent", "planned", "invested")
"""What a mean may be weighted by, the first that the tables give by district."""


class Scored(Protocol):
    """What a mean needs to know of a place."""

    @property
    def district(self) -> str:
        """Its name."""
        ...

    @property
    def mode(self) -> str:
        """Its mode of evaluation."""
        ...

    @property
    def ranked_score(self) -> Expression:
        """The score that counts."""
        ...


def mean_of(mode: str, places: Sequence[Scored]) -> Measure:
    """The plain mean of the scores that count, of one mode of evaluation or of all."""
    key, basis = ("mean_score", "简单平均")
    word = word_for(place.district for place in places)
    return Measure(
        f"{key}/{mode}" if mode else key,
        f"{word}平均分",
        mean([place.ranked_score for place in places]),
        POINTS,
        subject=mode or f"全部{word}",
        basis=f"{basis}，{len(places)} 个",
    )


def means_by_mode(places: Sequence[Scored]) -> tuple[Measure, ...]:
    """The plain mean of each mode of evaluation, where there are several."""
    modes = dict.fromkeys(place.mode for place in places if place.mode)
    if len(modes) < 2:
        return ()
    return tuple(mean_of(mode, [place for place in places if place.mode == mode]) for mode in modes)


def mean_by_funds(project: Project, places: Sequence[Scored]) -> Measure | None:
    """The mean weighted by funds, 未提供 where a district's funds are; None where no table gives funds by district."""
    tables = project.of_kind("districts")
    key, table = next(((key, t) for key in _FUNDS for t in tables if t.has(key)), ("", None))
    column = None if table is None else table.column(key)
    if table is None or column is None or not places:
        return None
    records = {table.text(record, "district"): record for record in table.records()}
    funds = [
        table.given_in(records[place.district], column, f"{place.district}{column.label}")
        if place.district in records
        else Given(f"{place.district}{column.label}", Missing.NOT_PROVIDED)
        for place in places
    ]
    weighed = [product(place.ranked_score, fund) for place, fund in zip(places, funds, strict=True)]
    word = word_for(place.district for place in places)
    return Measure(
        f"mean_score/{key}",
        f"{word}平均分",
        quotient(total(weighed), total(funds)),
        POINTS,
        subject=f"全部{word}",
        basis=f"按{column.label}加权平均，{len(places)} 个",
    )


NOT_RANKED = "不参与排名"
IN_DOUBT = "暂不排名"
_SAID = re.compile(
    r"[不未](?:参与|参加|纳入|列入|计入|进入|予|作|进行)?(?:本次|此次|本年度?|当年)?(?:综合)?(?:排名|排序|评比)"
)
_ALL_BUT = re.compile(r"[除其]|外")
_DASH = re.compile(r"[-—–－―─/／*]+")
_CLAUSES = re.compile(r"[；;。\n]")


@dataclass(frozen=True, eq=False)
class ScoreTable:
    """The table that gives the scores to be ranked; `year` is '' where it does not matter, `years` are all that are given.

    `indicators` are its scores by indicator, where it has them.
    """

    table: Table
    year: str
    years: tuple[str, ...]
    indicators: IndicatorTable | None


def score_table(project: Project, profile: Profile) -> ScoreTable | None:
    """The first table of scores by district, of the year that the profile names, else of the latest; None without one.

    A table with a total goes before one with indicators only.
    """
    parts = [
        (part, indicators_in(part.table, profile))
        for part in year_slices(project.of_kind("districts"), standard_registry())
    ]
    scored = [(part, found) for part, found in parts if part.table.has("score") or found]
    years = tuple(sorted({part.year for part, _ in scored if part.year}))
    year = ""
    if len(years) > 1:
        year = str(profile.ranking_year) if str(profile.ranking_year) in years else years[-1]
        scored = [each for each in scored if each[0].year == year]
    if not scored:
        return None
    part, found = next((each for each in scored if each[0].table.has("score")), scored[0])
    indicators = found or next((other for _, other in scored if other), None)
    return ScoreTable(part.table, year, years if year else (), indicators)


def absences(project: Project, profile: Profile, table: Table) -> list[str]:
    """Of each record of a table the words for why it takes no part in the ranking, '' where it does.

    The profile says so, a remark or a note (不参与排名), or a dash where others have their rank printed.
    """
    names = [table.text(record, "district") for record in table.records()]
    out = set(profile.exclude) | {project.places.name(name) for name in profile.exclude}
    out |= set(_remarked(project))
    rank = table.column("rank")
    if rank is not None:
        said = [_printed(table, record) for record in table.records()]
        out |= {name for name, text in zip(names, said, strict=True) if _SAID.search(text)}
        if any(rank.number(record) is not None for record in table.records()):
            out |= {name for name, text in zip(names, said, strict=True) if _DASH.fullmatch(text)}
    return [NOT_RANKED if name in out else "" for name in names]


def in_doubt(names: Sequence[str], places: PlaceNames) -> frozenset[str]:
    """The names in one table that stand on several of its lines, or that may be one place with another in it."""
    times = Counter(names)
    return frozenset(
        name
        for name, count in times.items()
        if name and (count > 1 or any(rival in times for rival in places.rivals(name)))
    )


def _remarked(project: Project) -> Iterator[str]:
    for table in project.of_kind("districts"):
        records = [(record, table.text(record, "district")) for record in table.records()]
        if table.has("note"):
            yield from (name for record, name in records if _SAID.search(table.text(record, "note")))
        for clause in (part for note in table.notes for part in _CLAUSES.split(note)):
            if _SAID.search(clause) and not _ALL_BUT.search(clause):
                yield from (name for _, name in records if name and name in clause)


def _printed(table: Table, record: int) -> str:
    cell = table.text_cell(record, "rank")
    raw = None if cell is None else table.raw_at(cell)
    return "" if raw is None else "".join(str(raw).split())
