"""A value that a county returned, with the place it stands in, and a row of such values by field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from wenxiao.fields import Registry
from wenxiao.model import Column, Missing, Role, Table

_MOST_PLACES = 18
_DIGIT = re.compile(r"[0-9０-９一二三四五六七八九十百千零〇]")  # a bare 万 is a unit
_TAKEN = frozenset(Role) - {Role.TEMPLATE, Role.NOTE, Role.SECTION}


@dataclass(frozen=True, slots=True)
class Value:
    """One cell of a returned form as it was read.

    county, table, row, field   whose it is and what it is called, as people read it
    text       the figure as exact digits in `unit` (a rate as a fraction), else the words
    raw        what the cell holds; `missing` why there is no figure where one should be
    file, version, sheet, cell  where it stands
    kind, key  the registry's; `key` '' for a header it does not know
    record     the row's number in its table, `line` its line in the sheet; `role` what the row is
    places     the decimals the figure was printed with; `qualifier` 约, ≥ …
    formula    whether a formula gave it: the cached value, never worked out anew; `headed` whether its column has a header
    """

    county: str
    table: str
    row: str
    field: str
    text: str
    raw: str
    unit: str
    file: str
    version: str
    sheet: str
    cell: str
    kind: str
    key: str
    record: int
    line: int
    role: str
    number: Decimal | None = None
    places: int = 0
    qualifier: str = ""
    missing: str = ""
    formula: bool = False
    headed: bool = True

    @property
    def figure(self) -> bool:
        """Whether it is a number."""
        return self.number is not None


class Source(Protocol):
    """Where values come from: a file of a county, which is a version."""

    @property
    def county(self) -> str:
        """Whose it is."""

    @property
    def file(self) -> str:
        """Its name."""

    @property
    def version(self) -> str:
        """What it is called among the returns of its county."""


def values_of(
    table: Table, of: Source, registry: Registry, formulas: Container[tuple[int, int]] = ()
) -> Iterator[Value]:
    """Every cell of a table that holds anything, by row; `formulas` are the places (row, column) that a formula fills.

    Rows that are an example, a note or the heading of a group are no values.
    """
    kind = registry.kind(table.kind)
    label = kind.label if table.kind != "other" else f"其他表（{table.name}）"
    for record in table.records(*_TAKEN):
        row = "" if kind.layout == "head" else _name(table, record, kind.names)
        for column in table.columns:
            at = table.cell(record, column)
            raw = table.raw(at.row, at.column)
            if raw is not None:
                yield _value(table, record, column, raw, (label, row), of, (at.row, at.column) in formulas)


def raw_text(raw: object) -> str:
    """What a cell holds, as text: a number with the fifteen digits a spreadsheet keeps, a date as people write it.

    >>> raw_text(1200.0), raw_text(0.1), raw_text(" 约12 ")
    ('1200', '0.1', ' 约12 ')
    """
    if isinstance(raw, bool) or raw is None:
        return "" if raw is None else str(raw)
    if isinstance(raw, float):
        return f"{raw:.15g}"
    if isinstance(raw, dt.datetime):
        return raw.date().isoformat() if raw.time() == dt.time() else raw.isoformat(" ")
    return raw.isoformat() if isinstance(raw, (dt.date, dt.time)) else str(raw)


def has_number(raw: object) -> bool:
    """Whether a cell is a number or a date, or its text has a digit or a numeral.

    >>> has_number("其中12户"), has_number("二十户"), has_number(3.5), has_number("备注")
    (True, True, True, False)
    """
    return _DIGIT.search(raw) is not None if isinstance(raw, str) else raw is not None


def _value(
    table: Table,
    record: int,
    column: Column,
    raw: object,
    called: tuple[str, str],
    of: Source,
    formula: bool,
) -> Value:
    at = table.cell(record, column)
    number, missing = column.number(record), column.missing_kind(record)
    unit = column.unit_of(record)
    places = int(column.places[record]) if number is not None else 0
    text = column.text(record) if number is None else _digits(number, places, column, record)
    return Value(
        county=of.county,
        table=called[0],
        row=called[1],
        field=column.label or f"第{column.position}列",
        text=text,
        raw=raw_text(raw),
        unit="" if number is None else unit.symbol,
        file=of.file,
        version=of.version,
        sheet=at.sheet,
        cell=at.address,
        kind=table.kind,
        key=column.key or "",
        record=record,
        line=int(table.lines[record]),
        role=Role(int(table.roles[record])).label,
        number=number,
        places=places,
        qualifier=column.qualifiers.get(record, ""),
        missing=missing.label if isinstance(missing, Missing) else "",
        formula=formula,
        headed=bool(column.label),
    )


def _digits(number: Decimal, places: int, column: Column, record: int) -> str:
    """The figure with the digits that are printed; with its own alone where the sheet does not tell them (推定)."""
    if not column.inferred[record] and 0 <= places <= _MOST_PLACES:
        return f"{number:.{places}f}" if number == round(number, places) else f"{number:f}"
    plain = number.normalize()
    return f"{plain:f}"


def _name(table: Table, record: int, names: tuple[str, ...]) -> str:
    """What a row is called: by the fields that name records of its kind, else its first text, else its line."""
    for key in names:
        if text := table.text(record, key):
            return text
    first = next((text for column in table.columns if (text := column.text(record))), "")
    return first or f"第{int(table.lines[record])}行"


_DATA = Role.DATA.label
TOTAL = Role.TOTAL.label


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one county's table: what it is called, its values by the registry's field, or by header where unknown."""

    county: str
    name: str
    role: str
    values: Mapping[str, Value]

    def number(self, key: str) -> Decimal | None:
        """The figure of a field, None where there is none."""
        value = self.values.get(key)
        return None if value is None else value.number

    @property
    def data(self) -> bool:
        """Whether it is a record, not a total or a part of another row."""
        return self.role == _DATA


def rows_of(values: Iterable[Value], kind: str) -> list[Row]:
    """The rows of all tables of a kind, in the order of the values."""
    found: dict[tuple[str, str, str, str, int], dict[str, Value]] = {}
    for value in values:
        if value.kind == kind:
            place = (value.county, value.file, value.version, value.sheet, value.line)
            found.setdefault(place, {}).setdefault(value.key or value.field, value)
    return [
        Row(first.county, first.row, first.role, by_field)
        for by_field in found.values()
        for first in [next(iter(by_field.values()))]
    ]
