"""One reading of the rows of a table in the making: which sums were found, and what else would have fitted."""

from __future__ import annotations

from dataclasses import dataclass, field

from wenxiao.model.row_tree import Support
from wenxiao.sheets.structure.row_evidence import Weight

Key = tuple[int, tuple[int, ...]]


@dataclass
class Node:
    """A sum in the making; `coarser` a second set of parts that fits as well and lies side by side with the first."""

    parts: list[int]
    weight: Weight
    support: Support
    coarser: list[int] = field(default_factory=list)
    rivals: list[tuple[int, ...]] = field(default_factory=list)


@dataclass
class Solution:
    """One reading of the rows: exhaustive sums, 其中 parts, and what else would have fitted.

    The 其中 parts of `meant` records do not add up to them, though the parts of others of their depth do.
    """

    sums: dict[int, Node] = field(default_factory=dict)
    of_which: dict[int, list[int]] = field(default_factory=dict)
    meant: set[int] = field(default_factory=set)
    rivals: list[Key] = field(default_factory=list)
    same: dict[int, int] = field(default_factory=dict)
    roots: list[int] = field(default_factory=list)

    def leaves(self, record: int) -> frozenset[int]:
        """The records that add up to one, down to those without parts of their own."""
        node = self.sums.get(record)
        if node is None:
            return frozenset([record])
        return frozenset().union(*(self.leaves(part) for part in node.parts))
