"""Means of the districts' scores, each named: plain, by mode of evaluation, weighted by funds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from wenxiao.fields.places import word_for
from wenxiao.model import Expression, Given, Measure, Missing, mean, product, quotient, total
from wenxiao.model.units import POINTS
from wenxiao.project.project import Project

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
