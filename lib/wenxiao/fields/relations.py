"""Relations between fields as data: rates with their denominators, balances, shares; `relations.yaml` declares each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from wenxiao.model.errors import ProfileError
from wenxiao.model.yaml_text import load_yaml


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)


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


class Words(_Declared):
    """What headers without a field are told by: the end of a rate, the beginning of what it is divided by."""

    rate: tuple[str, ...]
    plan: tuple[str, ...]


class Relations(_Declared):
    """Every relation between fields."""

    rates: tuple[Rate, ...]
    balances: tuple[Balance, ...]
    shares: Shares
    words: Words
    instead: Mapping[str, str]
    bounded: tuple[str, ...]
    free: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]

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
    text = resources.files("wenxiao.fields").joinpath("relations.yaml").read_text("utf-8")
    return Relations.model_validate(load_yaml(text, ProfileError, "relations.yaml"))
