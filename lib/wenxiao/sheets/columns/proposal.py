"""Fields proposed for headers that no alias names: by what the column holds, or by the stem of the header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from wenxiao.model import Role, Table
from wenxiao.sheets.cells.wording import has_full_marks
from wenxiao.sheets.columns.content import Content
from wenxiao.sheets.columns.heading import Heading

if TYPE_CHECKING:
    from wenxiao.fields import Field, Kind, Registry

LIKE_PLACES = "各行是不同的地名"
NAMES_ROWS = "是第一列文字，各行不同，其余各列与这类表相符"
SAME_STEM = "与这一字段的名称只差数、额、金额、实际之类的字"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A field that a header without an alias is read as, and why; `certain` where what the column holds settles it."""

    heading: Heading
    field: Field
    why: str
    certain: bool = False

    @property
    def names_rows(self) -> bool:
        """Whether it proposes the names of the rows without anything in them that says so."""
        return not self.field.numeric and not self.certain

    def confirmed(self, table: Table) -> bool:
        """Whether the column says so itself, or the total that the table prints is the sum of its rows.

        A rate is not used but recomputed, where the table has what it is the rate of.
        """
        if self.certain:
            return True
        if self.field.type == "rate":
            return sum(column.unit.dimension == "money" for column in table.columns if column.key) > 1
        columns = [column for column in table.columns if column.numeric]
        own = [column for column in columns if column.position == self.heading.position + 1]
        totals, data = list(table.records(Role.TOTAL)), list(table.records(Role.DATA))
        for column in own or columns:
            parts = [number for record in data if (number := column.number(record)) is not None]
            if len(parts) > 1 and any(column.number(record) == sum(parts, Decimal(0)) for record in totals):
                return True
        return False


def named_rows(
    headings: Sequence[Heading],
    fields: Sequence[Field | None],
    kind: Kind,
    contents: Mapping[int, Content],
    registry: Registry,
) -> Proposal | None:
    """The column proposed as the names of a kind that lacks only these: places where it is of places, else the first of texts."""
    open_ = [
        heading
        for heading, of in zip(headings, fields, strict=True)
        if of is None
        and heading.path
        and contents[heading.position].texts
        and not contents[heading.position].latin
    ]
    if kind.names_like:
        like = next((each for each in open_ if contents[each.position].named(kind.names_like)), None)
        if like is None:
            return None
        return Proposal(like, registry.field(kind.names[0], kind.key), LIKE_PLACES, certain=True)
    amounts = sum(of is not None and of.numeric for of in fields)
    first = next((n for n, each in enumerate(headings) if contents[each.position].numeric), len(headings))
    if kind.any_names and amounts > 1:
        texts = [each for each in open_ if each in headings[:first] and contents[each.position].named("")]
        if texts:
            return Proposal(texts[0], registry.field(kind.names[0], kind.key), NAMES_ROWS)
    return None


def alike(
    headings: Sequence[Heading],
    fields: Sequence[Field | None],
    kind: Kind,
    contents: Mapping[int, Content],
    registry: Registry,
) -> Iterator[Proposal]:
    """The fields of figures proposed for headers with the stem of an alias, each field at most once."""
    taken = {of.key for of in fields if of is not None}
    for heading, of in zip(headings, fields, strict=True):
        content = contents[heading.position]
        if (
            of is not None
            or not content.numeric
            or heading.part_of_year
            or any(map(has_full_marks, heading.path))
        ):
            continue
        found = registry.likely(heading.path, kind.key)
        if found is None or found.key in taken or not found.numeric:
            continue
        unit = heading.unit
        fits = unit is None or (found.unit is not None and unit.dimension == found.unit.dimension)
        if fits and (found.type == "rate" or not content.rated):
            taken.add(found.key)
            yield Proposal(heading, found, SAME_STEM)
