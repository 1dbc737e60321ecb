"""What one column of a table is of others, as found by arithmetic: a ratio, a share, a sum across, a rank."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class RelationKind(Enum):
    """How a column follows from others of the same row; the label is how a reader is told."""

    RATIO = "两列之比"
    GROWTH = "两列之比减一"
    SHARE = "占合计之比"
    SUM = "各列之和"
    RUNNING = "逐行累计"
    RANK = "按大小的名次"

    @property
    def summable(self) -> bool:
        """Whether the figures of such a column may be added down the rows."""
        return self is RelationKind.SUM


@dataclass(frozen=True, slots=True)
class ColumnRelation:
    """One relation that holds in the rows of a table.

    result      the position of the column that follows from the others; `operands` their positions, in order
    scale       1, or 100 where the result is printed in per cent without its sign
    bits        the evidence beyond chance; `holds` rows agree, `exceptions` (records) do not
    """

    kind: RelationKind
    result: int
    operands: tuple[int, ...]
    scale: int
    bits: float
    holds: int
    exceptions: tuple[int, ...] = ()
