"""Tables of the merged workbook before it is written: every row that came back, sums over counties, the values behind each cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wenxiao.collect.form import FormSheet
from wenxiao.collect.value import Row, Value, rows_of
from wenxiao.fields import Registry
from wenxiao.fields.registry import Field
from wenxiao.model import Unit
from wenxiao.model.units import RATIO, WAN_YUAN
from wenxiao.sheets.cells.wording import compact


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


HEADS = "各县区基本情况"
_LEFT_OUT = ("district", "serial")


def detail_table(sheet: FormSheet, values: Sequence[Value], registry: Registry) -> MergedTable | None:
    """The rows of a sheet of the form from all counties, one below the other; None where nothing came back.

    Columns that a county added follow those of the form, under the county's own header.
    """
    kind = registry.kind(sheet.kind)
    head = kind.layout == "head"
    left_out = (*_LEFT_OUT, "place") if head else _LEFT_OUT
    rows = [row for row in rows_of(values, sheet.kind) if row.data]
    rows = _one_a_county(rows) if head else rows
    if not rows:
        return None
    by_county = not head and "district" in {
        field.key for field in registry.fields if sheet.kind in field.kinds
    }
    given = dict.fromkeys(key for row in rows for key in row.values)
    keys = [key for key in dict.fromkeys((*sheet.fields, *given)) if key not in left_out]
    lines = []
    for row in rows:
        cells = {key: _cell(row, key, sheet.kind, registry) for key in keys if key in row.values}
        lines.append((row, cells))
    return MergedTable(
        sheet=HEADS if head else sheet.sheet if by_county else f"{sheet.sheet}明细",
        title=HEADS if head else f"{sheet.title}（各县区）",
        headers=("县区", *(_header(key, sheet, registry) for key in keys)),
        rows=tuple((words(row.county), *(cells.get(key, EMPTY) for key in keys)) for row, cells in lines),
        kind=sheet.kind if by_county else "",
        lines=tuple(lines),
    )


def _one_a_county(rows: list[Row]) -> list[Row]:
    """The heads of a county as one row; what is said first stands."""
    found: dict[str, Row] = {}
    for row in rows:
        before = found.get(row.county)
        merged = row if before is None else Row(row.county, "", row.role, {**row.values, **before.values})
        found[row.county] = merged
    return list(found.values())


def _cell(row: Row, key: str, kind: str, registry: Registry) -> MergedCell:
    return cell_of(row.values[key], field_of(key, kind, registry))


def _header(key: str, sheet: FormSheet, registry: Registry) -> str:
    field = field_of(key, sheet.kind, registry)
    return key if field is None else header_of(field, sheet.labels.get(key, ""))


SUMMED = ("funds", "outputs")
_UNIT = "measure_unit"
_Lines = Sequence[tuple[Row, dict[str, MergedCell]]]


def sum_table(sheet: FormSheet, detail: MergedTable, registry: Registry) -> MergedTable:
    """The table of funds or outputs of the whole project: a row a source or an output of one unit, summed over the counties.

    A remark says where a county that has the row does not give the figure.
    """
    name = sheet.fields[0]
    counted = [
        key
        for key in sheet.fields
        if (field := field_of(key, sheet.kind, registry)) is not None and field.type == "number"
    ]
    unit = [_UNIT] if _UNIT in sheet.fields else []
    asked = [(compact(row[0]), compact(row[1]) if unit and len(row) > 1 else "") for row in sheet.rows]
    groups: dict[tuple[str, str], list[tuple[Row, dict[str, MergedCell]]]] = {key: [] for key in asked}
    for row, cells in detail.lines:
        groups.setdefault((compact(row.name), _unit_of(row)), []).append((row, cells))
    groups = {
        key: lines
        for key, lines in groups.items()
        if any(row.number(field) is not None for row, _ in lines for field in counted)
    }
    body = []
    for lines in groups.values():
        first = lines[0][0]
        sums = [added(cells[key] for _, cells in lines if key in cells) for key in counted]
        heads = [words(first.name), *([words(_said(first, _UNIT))] if unit else [])]
        body.append((*heads, *sums, words(_remark(lines, counted, sheet.kind, registry))))
    total = sheet.total and sheet.kind == "funds" and bool(body)
    if total:
        columns = list(zip(*body, strict=True))[1:-1]
        body.append((words("合计"), *(added(column) for column in columns), EMPTY))
    labels = [
        header_of(field, sheet.labels.get(key, ""))
        for key in (name, *unit, *counted)
        if (field := field_of(key, sheet.kind, registry))
    ]
    return MergedTable(sheet.sheet, sheet.title, (*labels, "备注"), tuple(body), sheet.kind, total=total)


def _said(row: Row, key: str) -> str:
    value = row.values.get(key)
    return "" if value is None else value.text


def _unit_of(row: Row) -> str:
    return compact(_said(row, _UNIT))


def _remark(lines: _Lines, counted: Sequence[str], kind: str, registry: Registry) -> str:
    """Which counties have the row and not the figure, where others have it, and which give it as 约 or in another unit."""
    said = []
    for key in counted:
        label = registry.field(key, kind).label
        given = [(row.county, cells.get(key, EMPTY)) for row, cells in lines]
        without = [county for county, cell in given if cell.figure is None]
        rough = [
            county for county, cell in given if cell.figure is not None and isinstance(cell.content, str)
        ]
        if without and len(without) < len(given):
            said.append(f"{label}未含{'、'.join(dict.fromkeys(without))}")
        if rough:
            said.append(f"{label}含约数：{'、'.join(dict.fromkeys(rough))}")
    return "；".join(said)
