"""A segment looked at as records and fields: upright, on its side, or as the head of a project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Cell
from wenxiao.sheets.cells.wording import joined
from wenxiao.sheets.columns.heading import Heading, unit_in
from wenxiao.sheets.columns.proposal import Proposal
from wenxiao.sheets.layout.segment import Segment

if TYPE_CHECKING:
    from wenxiao.fields import Field, Kind

COMMON = frozenset({"serial", "note"})
"""Fields that any table may have, which say nothing of its kind."""
UNIT_COLUMNS = ("measure_unit", "claim_unit")
"""Fields that hold the unit of their row."""


@dataclass(frozen=True)
class View:
    """A segment looked at as records and fields: upright (a row a record), on its side, or as a head (one record).

    `said` is what is read at a place instead of the whole cell: the value behind 单位名称：, the name of a row that stands
    further left.
    """

    segment: Segment
    kind: Kind
    lines: tuple[int, ...]
    headings: tuple[Heading, ...]
    fields: tuple[Field | None, ...]
    transposed: bool = False
    score: int = 0
    rivals: tuple[str, ...] = ()
    twice: tuple[tuple[str, str], ...] = field(default=())
    proposals: tuple[Proposal, ...] = field(default=())
    said: Mapping[tuple[int, int], Cell] = field(default_factory=dict)


def side_heading(grid: Grid, row: int, column: int) -> Heading:
    """The heading of a row that its cell in some column names."""
    text = grid.text(row, column)
    return Heading(row, (joined(text),) if text else (), unit_in(text))
