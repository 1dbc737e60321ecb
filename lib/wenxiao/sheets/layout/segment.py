"""One table within a sheet: which rows are its title, header, body and notes, and which columns it fills."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Segment:
    """One table within a sheet: 0-based rows and columns, both ends included.

    header     first and last header row; first > last where the table has none
    numbering  the header rows that only number the columns
    side       the cell to the left that names the whole block (绩效指标 beside its rows)
    """

    left: int
    right: int
    header: tuple[int, int]
    body: tuple[int, ...]
    titles: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    numbering: tuple[int, ...] = ()
    side: tuple[int, int] | None = None

    @property
    def headed(self) -> bool:
        """Whether the table has a header."""
        return self.header[0] <= self.header[1]

    @property
    def header_rows(self) -> range:
        """The header rows, those that only number the columns included."""
        return range(self.header[0], self.header[1] + 1)

    @property
    def columns(self) -> range:
        """The columns."""
        return range(self.left, self.right + 1)

    @cached_property
    def top(self) -> int:
        """The first row that is part of the table, its title included."""
        return min(
            int(row) for row in (*self.titles[:1], *self.header_rows[:1], *self.body[:1], *self.notes[:1])
        )

    @cached_property
    def bottom(self) -> int:
        """The last row that is part of the table, its notes included."""
        return max(
            int(row) for row in (*self.titles[-1:], *self.header_rows[-1:], *self.body[-1:], *self.notes[-1:])
        )
