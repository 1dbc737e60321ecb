"""Tables by year (分年度): which columns, rows or tables speak of one year, however a county writes its years.

Years stand in the headers (2021年 over 预算数), in a column 年度, in the names or group headings of rows, or in the title,
the sheet or the file of one table a year. What is given without a year is the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wenxiao.fields import Registry
from wenxiao.fields.wording import year_in
from wenxiao.model import Column, Missing, Role, Table, Unit
from wenxiao.model.rounding import shifted
from wenxiao.model.units import NUMBER

_NAMES = ("source", "district", "item", "group")


@dataclass(frozen=True, eq=False)
class YearSlice:
    """The part of a table that speaks of one year, as a table of its own; `year` is empty for what speaks of none.

    Cells keep their addresses. Records of other years are there with the role 注, so that positions hold.
    """

    year: str
    table: Table


def year_slices(tables: Sequence[Table], registry: Registry) -> tuple[YearSlice, ...]:
    """The tables of one kind by year; each as it is, without a year, where they do not give one field for two years.

    One year in a title is the year of the project; only where several tables give the same field for different years is
    it a year among others.
    """
    within = {id(table): tuple(_by_columns(table, registry)) or _by_rows(table) for table in tables}
    whole = {id(table): _named_year(table) for table in tables if not within[id(table)]}
    fields: dict[str, set[str]] = defaultdict(set)
    for table in tables:
        for column in table.columns:
            if column.numeric and column.key and whole.get(id(table)):
                fields[column.key].add(whole[id(table)])
    several = any(len(years) > 1 for years in fields.values())
    return tuple(
        part
        for table in tables
        for part in within[id(table)] or (YearSlice(whole[id(table)] if several else "", table),)
    )


def years_of_records(table: Table) -> tuple[str, ...]:
    """The year each record belongs to, '' where to none; empty where the rows of a table are not by year.

    A year in a merged cell, or above empty cells, holds for the rows below it. A 合计 without a year belongs to the year
    above it where another year follows, or where each year before had its own.
    """
    years = _rough(table)
    if len({year for year in years if year}) < 2:
        return ()
    return tuple(years)


def _by_rows(table: Table) -> tuple[YearSlice, ...]:
    years = years_of_records(table)
    order = [*dict.fromkeys(year for year in years if year), *([""] if "" in years else [])]
    return tuple(YearSlice(year, _of_year(table, years, year)) for year in order)


def _named_year(table: Table) -> str:
    """The one year all rows of a table, its title, its sheet or its file name."""
    rows = {year for year in _rough(table) if year}
    said = (year_in(name)[0] for name in (table.title, table.origin.sheet, table.origin.file))
    return rows.pop() if len(rows) == 1 else next((year for year in said if year), "")


# --- years in the headers ----------------------------------------------------------------------------------------


def _by_columns(table: Table, registry: Registry) -> Iterator[YearSlice]:
    dated: dict[str, dict[str, Column]] = defaultdict(dict)
    whole: dict[str, Column] = {}
    unknown: list[Column] = []
    for column in table.columns:
        if not column.numeric or column.key in ("serial", "year"):
            continue
        year, field = registry.dated(column.path, table.kind)
        if key := field.key if field else column.key:
            (dated[year] if year else whole).setdefault(key, _as_field(column, key, table, registry))
        else:
            unknown.append(column)
    counted = [key for each in dated.values() for key in each]
    if not any(counted.count(key) > 1 for key in counted):
        return
    shared = [column for column in table.columns if not column.numeric or column.key in ("serial", "year")]
    for year, columns in dated.items():
        yield YearSlice(year, replace(table, columns=(*shared, *columns.values())))
    if whole or unknown:
        yield YearSlice("", replace(table, columns=(*shared, *whole.values(), *unknown)))


def _as_field(column: Column, key: str, table: Table, registry: Registry) -> Column:
    """A column as the column of its field, in the field's unit; without a unit of its own it is taken to have that."""
    unit = registry.field(key, table.kind).unit
    if column.key == key or unit is None or column.unit == unit:
        return replace(column, key=key)
    if column.unit == NUMBER:
        return replace(column, key=key, unit=unit)
    return (
        _in_unit(column, key, unit) if column.unit.dimension == unit.dimension else replace(column, key=None)
    )


def _in_unit(column: Column, key: str, unit: Unit) -> Column:
    shift = column.unit.exponent - unit.exponent
    known = [column.number(record) for record in range(len(column))]
    numbers = [None if number is None else shifted(number, shift) for number in known]
    digits = [-int(number.as_tuple().exponent) for number in numbers if number is not None]
    return replace(
        column,
        key=key,
        unit=unit,
        numbers=pa.array(numbers, pa.decimal128(38, max([0, *digits]))),
        places=(column.places - shift).astype(np.int8),
    )


# --- years in the rows -------------------------------------------------------------------------------------------


def _rough(table: Table) -> list[str]:
    """The year of every record as the rows say it, whether or not there are several."""
    size, column = len(table), table.column("year")
    if column is None and not _names_years(table):
        return [""] * size
    years: list[str] = []
    totals: set[str] = set()
    current = ""
    for record in range(size):
        role, own = Role(int(table.roles[record])), _own_year(table, record)
        if own:
            current = own
        elif column is not None and column.text(record):
            current = ""  # 合计, 累计: of no year
        year = current if own or role is not Role.TOTAL else _year_of_total(table, record, current, totals)
        if role is Role.TOTAL:
            totals.add(year)
            current = year
        years.append(year)
    return years


def _names_years(table: Table) -> bool:
    """Whether any name or heading of the rows holds a year; large lists are not looked at row by row."""
    named = [column.texts for key in _NAMES if (column := table.column(key)) and column.texts is not None]
    return any(year_in(title)[0] for title in set(table.sections)) or any(
        pc.any(pc.match_substring_regex(texts, r"(19|20)\d\d")).as_py() for texts in named
    )


def _own_year(table: Table, record: int) -> str:
    """The year a record names itself: in its 年度, as its name, or in the heading it stands under."""
    texts = [table.text(record, "year"), *(table.text(record, key) for key in _NAMES)]
    for text in texts:
        year, rest = year_in(text)
        if year and rest in ("", "小计", "合计", "计"):
            return year
    named_total = table.roles[record] == Role.TOTAL  # 总计 below the last group is not that group's
    return "" if named_total else year_in(table.sections[record])[0]


def _year_of_total(table: Table, record: int, current: str, totals: set[str]) -> str:
    """The year of a total that names none."""
    column = table.column("year")
    if column is not None and column.missing_kind(record) is Missing.COVERED:
        return current
    later = any(_own_year(table, after) for after in range(record + 1, len(table)))
    return current if current and (later or (totals and current not in totals)) else ""


def _of_year(table: Table, years: Sequence[str], year: str) -> Table:
    """A table with the records of one year; a lone 小计, and a record that bears no name but the year, is its total."""
    mine = np.array([each == year for each in years])
    roles = np.where(mine, table.roles, np.int8(Role.NOTE)).astype(np.int8)
    if year:
        for record in np.flatnonzero(mine & (roles == Role.DATA)).tolist():
            if _bare(table, record):
                roles[record] = Role.TOTAL
        subtotals = np.flatnonzero(roles == Role.SUBTOTAL)
        if len(subtotals) == 1 and not (roles == Role.TOTAL).any():
            roles[subtotals] = Role.TOTAL
    return replace(table, roles=roles)


def _bare(table: Table, record: int) -> bool:
    """Whether a record has no name, or only that of its year."""
    names = [table.text(record, key) for key in _NAMES]
    return all(not name or year_in(name)[1] == "" for name in names)
