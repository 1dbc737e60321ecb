"""What the rows of a table are to each other: which is the sum of which, and which is only a part (其中) of which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property


class Support(Enum):
    """What a sum of rows rests on."""

    UPHELD = "相加相符"
    NAMED = "按名称"
    REFUTED = "按名称，但相加不符"
    TIED = "有两种读法"


@dataclass(frozen=True, slots=True)
class RowSum:
    """One record that is made up of others.

    whole       the record that holds the others
    parts       the records below it; `exhaustive` where they add up to it, else they are 其中, which need not, but for
                those `REFUTED`: the parts of rows beside it do
    support     what it rests on; `bits` the evidence of the figures beyond chance
    exceptions  the columns (by position) in which the figures do not add up
    also        a second set of parts that adds up to it as well: regions beside the provinces they are made of
    rivals      other sets of parts that fit the same whole as well (`Support.TIED`)
    """

    whole: int
    parts: tuple[int, ...]
    exhaustive: bool
    support: Support
    bits: float = 0.0
    exceptions: tuple[int, ...] = ()
    also: tuple[int, ...] = ()
    rivals: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class RowTree:
    """The sums of a table, each record the whole of at most one exhaustive sum and a part of at most one.

    A record can have both an exhaustive sum and 其中 parts. `outside` are records that no upheld total holds though
    one should (they are never added up).
    """

    sums: tuple[RowSum, ...] = ()
    outside: tuple[int, ...] = ()

    @cached_property
    def by_whole(self) -> Mapping[int, RowSum]:
        """The exhaustive sum of each record that has one."""
        return {each.whole: each for each in self.sums if each.exhaustive}

    @cached_property
    def whole_of(self) -> Mapping[int, int]:
        """Of each part, the record it is a part of."""
        return {part: each.whole for each in self.sums for part in each.parts}

    @cached_property
    def of_which(self) -> frozenset[int]:
        """The records that are 其中 of another, with all below them: they are never added up beside their whole."""
        found: set[int] = set()
        waiting = [part for each in self.sums if not each.exhaustive for part in each.parts]
        while waiting:
            record = waiting.pop()
            if record not in found:
                found.add(record)
                waiting += [part for each in self.sums if each.whole == record for part in each.parts]
        return frozenset(found)

    @property
    def doubts(self) -> Iterator[RowSum]:
        """The sums that can be read in two ways."""
        return (each for each in self.sums if each.support is Support.TIED)

    def leaves(self, record: int) -> frozenset[int]:
        """The records that add up to one, down to those without parts of their own."""
        own = self.by_whole.get(record)
        if own is None:
            return frozenset([record])
        return frozenset().union(*(self.leaves(part) for part in own.parts))
