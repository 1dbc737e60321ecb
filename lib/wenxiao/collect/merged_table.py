"""A table of the merged workbook before it is written: its cells, and the returned values behind each of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from wenxiao.collect.row import Row
from wenxiao.collect.value import Value
from wenxiao.fields import Registry
from wenxiao.fields.registry import Field
from wenxiao.model import Unit, unit_named
from wenxiao.model.units import RATIO


@dataclass(frozen=True, eq=False)
class MergedCell:
    """What one cell holds: a figure in the column's unit, or words; '' where there is nothing.

    `sources` are the returned values it is made of; `parts` the cells of this workbook that it adds up.
    """

    content: Decimal | str
    places: int = 0
    percent: bool = False
    sources: tuple[Value, ...] = ()
    parts: tuple[MergedCell, ...] = ()


@dataclass(frozen=True, eq=False)
class MergedTable:
    """One sheet: its name, title, header, rows and the notes below; `kind` that the project reads it as, '' for none.

    `rows` stand in the order of `lines`, the returned rows they are of, where a row is one county's.
    """

    sheet: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[MergedCell, ...], ...]
    kind: str = ""
    notes: tuple[str, ...] = ()
    total: bool = False
    lines: tuple[tuple[Row, dict[str, MergedCell]], ...] = ()


EMPTY = MergedCell("")


def words(text: str) -> MergedCell:
    """A cell of words of our own."""
    return MergedCell(text)


def cell_of(value: Value, field: Field | None) -> MergedCell:
    """The cell of one returned value, in its field's unit; a figure with 约 or in a foreign unit stays words with both."""
    number = value.number
    if number is None:
        return MergedCell(value.text or value.raw.strip(), sources=(value,))
    unit = unit_named(value.unit) if value.unit else None
    own = field.unit if field is not None else None
    rate = value.unit == RATIO.symbol
    foreign = own is not None and value.unit not in ("", own.symbol)
    if value.qualifier or foreign:
        digits = f"{number * 100:f}%" if rate else f"{number:f}{value.unit if foreign and unit else ''}"
        return MergedCell(f"{value.qualifier}{digits}", sources=(value,))
    return MergedCell(number, value.places, rate, (value,))


def added(cells: list[MergedCell]) -> MergedCell:
    """The exact sum of cells that hold figures, printed as finely as the finest of them; empty without any."""
    numbers = [cell.content for cell in cells if isinstance(cell.content, Decimal)]
    if not numbers:
        return EMPTY
    sources = tuple(source for cell in cells for source in cell.sources)
    places = max(cell.places for cell in cells)
    return MergedCell(sum(numbers, Decimal(0)), places, cells[0].percent, sources, tuple(cells))


def header_of(field: Field, label: str = "") -> str:
    """A field's header, with its unit where one belongs to it."""
    name = label or field.label
    unit: Unit | None = field.unit
    return name if unit is None or unit.dimension == RATIO.dimension else f"{name}（{unit.symbol}）"


def field_of(key: str, kind: str, registry: Registry) -> Field | None:
    """The field of a key in a kind of table; None for a header that the registry does not know."""
    try:
        return registry.field(key, kind)
    except KeyError:
        return None
