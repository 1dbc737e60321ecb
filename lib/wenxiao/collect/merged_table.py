"""A table of the merged workbook before it is written: its cells, and the returned values behind each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from wenxiao.collect.row import Row
from wenxiao.collect.value import Value
from wenxiao.fields import Registry
from wenxiao.fields.registry import Field
from wenxiao.model import Unit
from wenxiao.model.units import RATIO, WAN_YUAN


@dataclass(frozen=True, eq=False)
class MergedCell:
    """What one cell holds: a figure in the column's unit, or words; '' where there is nothing.

    `figure` is what it adds to a sum, also where it stands as words (约 12); None where it adds nothing. `sources` are the
    returned values it is made of; `parts` the cells of this workbook that it adds up.
    """

    content: Decimal | str
    figure: Decimal | None = None
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
    own = field.unit if field is not None else None
    rate = value.unit == RATIO.symbol
    foreign = own is not None and value.unit not in ("", own.symbol)
    if value.qualifier or foreign:
        digits = (
            f"{(number * 100).normalize():f}%" if rate else f"{value.text}{value.unit if foreign else ''}"
        )
        adds = None if foreign else number
        return MergedCell(f"{value.qualifier}{digits}", adds, value.places, rate, (value,))
    return MergedCell(number, number, _places(number, value), rate, (value,))


def _places(number: Decimal, value: Value) -> int:
    """The decimals of a figure; an amount converted from 元 has as many as it needs, two at least: 5,678.90, not 5,678.900000."""
    if value.unit != WAN_YUAN.symbol:
        return value.places
    needed = -int(number.normalize().as_tuple().exponent)
    return min(value.places, max(needed, 2))


def added(cells: Iterable[MergedCell]) -> MergedCell:
    """The exact sum of the figures of cells, printed as finely as the finest of them; empty without any."""
    parts = [(cell, cell.figure) for cell in cells if cell.figure is not None]
    if not parts:
        return EMPTY
    total = sum((figure for _, figure in parts), Decimal(0))
    places = max(cell.places for cell, _ in parts)
    sources = tuple(source for cell, _ in parts for source in cell.sources)
    return MergedCell(total, total, places, parts[0][0].percent, sources, tuple(cell for cell, _ in parts))


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
