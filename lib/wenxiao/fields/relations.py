"""Relations between figures as data: sums, parts, means, weighted scores, copies, rates, balances, shares (`relations.yaml`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache, cached_property
from importlib import resources
from itertools import pairwise
from typing import Literal

from pydantic import BaseModel, ConfigDict

from wenxiao.model.errors import ProfileError
from wenxiao.model.yaml_text import load_yaml


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)


class Relation(_Declared):
    """A relation whose failing is a finding of `code`; `title` and `rule` say what is checked."""

    code: str
    title: str = ""
    rule: str = ""


class Sum(Relation):
    """A whole that is the sum of `parts`, along the rows or columns of a table, the levels of a scorecard or the years."""

    along: Literal["rows", "columns", "levels", "years"]
    parts: str


class Parts(Relation):
    """Rows that are 其中 of another; or fields of which none is above the whole, else above the one before it."""

    whole: str = ""
    fields: tuple[str, ...] = ()

    def pairs(self, fields: Collection[str]) -> tuple[tuple[str, str], ...]:
        """Each of the fields a table has, with the one that it must not be above.

        >>> parts = Parts(code="", fields=("issued", "returned", "respondents"))
        >>> parts.pairs({"issued", "respondents"})
        (('respondents', 'issued'),)
        """
        known = [key for key in self.fields if key in fields]
        if self.whole:
            return tuple((key, self.whole) for key in known) if self.whole in fields else ()
        return tuple((small, large) for large, small in pairwise(known))


class Mean(Relation):
    """A printed mean of rows, in tables of these kinds."""

    kinds: tuple[str, ...]


class Weighted(Relation):
    """The score of an indicator that is its weight times a rate."""

    indicator: str
    rate: str


class Copy(Relation):
    """One quantity in two places; a `pair` of figures of the head and of the funds has a sentence and a remedy."""

    pair: tuple[str, ...] = ()
    sentence: str = ""
    remedy: str = ""


class Rate(_Declared):
    """A rate: `above` ÷ `below`; `others` are denominators that practice uses as well, `kinds` the tables that print it."""

    key: str
    label: str
    above: str
    below: str
    others: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    always: bool = False


class Balance(_Declared):
    """What is left of one of `wholes` after one of `less`, in a column whose header has one of `words`."""

    label: str
    words: tuple[str, ...]
    wholes: tuple[str, ...]
    less: tuple[str, ...]


class Shares(_Declared):
    """The words that end the header of a share, and the kinds of table whose shares are of their own column."""

    words: tuple[str, ...]
    kinds: tuple[str, ...]


class Counted(_Declared):
    """What a claim counts, by the words of an output's name, and the field (and dimension) of the same by district."""

    item: str
    words: tuple[str, ...]
    field: str = ""


class Words(_Declared):
    """What headers without a field are told by: a sum across, the end of a rate, what is never added, what it is divided by."""

    total: tuple[str, ...]
    alone: tuple[str, ...]
    rate: tuple[str, ...]
    rated: tuple[str, ...]
    plan: tuple[str, ...]


class Relations(_Declared):
    """Every relation between figures."""

    sums: tuple[Sum, ...]
    parts: tuple[Parts, ...]
    means: tuple[Mean, ...]
    weighted: tuple[Weighted, ...]
    copies: tuple[Copy, ...]
    rates: tuple[Rate, ...]
    balances: tuple[Balance, ...]
    shares: Shares
    words: Words
    counted: tuple[Counted, ...]
    instead: Mapping[str, str]
    bounded: tuple[str, ...]
    free: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]

    @cached_property
    def by_code(self) -> Mapping[str, Relation]:
        """The relations by the finding that says they fail."""
        every = (*self.sums, *self.parts, *self.means, *self.weighted, *self.copies)
        return {each.code: each for each in every}

    def added(self, code: str) -> str:
        """What the parts of a sum are called; empty for a sum that is not declared."""
        return next((each.parts for each in self.sums if each.code == code), "")

    def bounds(self, fields: Collection[str]) -> tuple[tuple[str, str], ...]:
        """Of the fields of one table, each that must not be above another, with that."""
        return tuple(dict.fromkeys(pair for each in self.parts for pair in each.pairs(fields)))

    def rate(self, key: str) -> Rate | None:
        """The rate of a key, or None."""
        return next((rate for rate in self.rates if rate.key == key), None)

    def denominator(self, chosen: str, has: Callable[[str], bool]) -> str:
        """The field to divide by: the chosen one, or what stands for it where only that is given.

        >>> standard_relations().denominator("budget", {"initial_budget"}.__contains__)
        'initial_budget'
        """
        other = self.instead.get(chosen, chosen)
        return other if not has(chosen) and has(other) else chosen


@cache
def standard_relations() -> Relations:
    """The relations that ship with the package, `fields/relations.yaml`."""
    return Relations.model_validate(load_yaml(_text(), ProfileError, "relations.yaml"))


def _text() -> str:
    return resources.files("wenxiao.fields").joinpath("relations.yaml").read_text("utf-8")
