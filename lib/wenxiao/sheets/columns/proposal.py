"""Fields proposed for headers that no alias names: by what the column holds, or by the stem of the header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from wenxiao.fields.relations import standard_relations
from wenxiao.model import Column, Role, Table
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
        """Whether the column says so itself, a total or a relation with known columns holds, or a printed rate rests on it.

        A rate is not used but recomputed, where the table has what it is the rate of.
        """
        if self.certain:
            return True
        if self.field.type == "rate":
            return sum(column.unit.dimension == "money" for column in table.columns if column.key) > 1
        columns = [column for column in table.columns if column.numeric]
        own = next((column for column in columns if column.position == self.heading.position + 1), None)
        if own is not None and (_related(table, own) or _rated(table, own)):
            return True
        totals, data = list(table.records(Role.TOTAL)), list(table.records(Role.DATA))
        for column in columns if own is None else [own]:
            parts = [number for record in data if (number := column.number(record)) is not None]
            if len(parts) > 1 and any(column.number(record) == sum(parts, Decimal(0)) for record in totals):
                return True
        return False


def certain(table: Table, proposals: Sequence[Proposal]) -> Table:
    """The table without the figures of columns whose field is proposed and nothing confirms: they are withheld."""
    open_ = {
        each.heading.position + 1 for each in proposals if each.field.numeric and not each.confirmed(table)
    }
    columns = (column.withheld if column.position in open_ else column for column in table.columns)
    return replace(table, columns=tuple(columns)) if open_ else table


def _related(table: Table, own: Column) -> bool:
    """Whether a column adds up, or makes a rate, with one whose field is known."""
    known = {column.position for column in table.columns if column.key} - {own.position}
    places = ({one.result, *one.operands} for one in table.relations)
    return any(own.position in each and known & each for each in places)


def _rated(table: Table, own: Column) -> bool:
    """Whether the rates that a table prints are those of a column and of another, in every row that tells."""
    for rate in standard_relations().rates:
        above, printed = table.column(rate.above), table.column(rate.key)
        for below in map(table.column, (rate.below, *rate.others)):
            if above is None or below is None or printed is None or own not in (above, below):
                continue
            held = {
                _holds(above.number(n), below.number(n), printed.number(n), int(printed.places[n]))
                for n in range(len(table))
            }
            if True in held and False not in held:
                return True
    return False


def _holds(above: Decimal | None, below: Decimal | None, rate: Decimal | None, places: int) -> bool | None:
    """Whether a rate is a quotient to the places it is printed with; None where it says nothing."""
    if above is None or not below or rate is None or rate in (0, 1):
        return None
    return abs(above / below - rate) <= Decimal(1).scaleb(-int(places))


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
