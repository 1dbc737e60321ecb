"""Totals against what they total: within the printed precision, wherever the total stands."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wenxiao.model import Column, Finding, Missing, Role, Severity, Table, shown
from wenxiao.model.units import RATIO
from wenxiao.sheets.cells.wording import compact

_NEVER_SUMMED = frozenset({"serial", "rank", "year", "printed_score"})
_COUNTED = frozenset({"households", "buildings", "neighbourhoods", "projects", "persons", "pieces"})
"""What is counted in whole numbers is not rounded, so that its totals must agree to the last digit."""
_RATED = ("率", "均", "比", "单价", "排名", "名次", "年份", "指数", "增长", "±", "增幅")


def additive(table: Table, column: Column) -> bool:
    """Whether the figures of a column may be added up: no rates, ranks, means or serials, one unit in all rows."""
    if column.numbers is None or column.unit == RATIO or column.row_units or column.key in _NEVER_SUMMED:
        return False
    if column.key == "score" and table.kind != "scorecard":
        return False
    return column.key is not None or not any(word in column.label for word in _RATED)


def check_totals(table: Table) -> tuple[Finding, ...]:
    """A finding for each total, subtotal or sum of regions that no values within the printed precision can satisfy.

    A total is held against the data rows, and against the subtotals or region subtotals where the table has them; a
    subtotal against the rows before it and the rows behind it, whichever it fits. Rows that are missing leave a total
    unchecked, except that it may not be less than the rest; a cell too small to print counts as less than half a unit.
    """
    findings: list[Finding] = []
    for column in table.columns:
        if not additive(table, column):
            continue
        for record in table.records(Role.TOTAL):
            if _is_mean(table, record):
                continue
            for roles, name in (
                ((Role.DATA,), "各行"),
                ((Role.SUBTOTAL,), "各小计"),
                ((Role.REGION_SUBTOTAL,), "各地区小计"),
            ):
                parts = list(table.records(*roles))
                if parts and not _agrees(column, record, parts):
                    findings.append(_finding(table, column, record, parts, name))
        for record in table.records(Role.SUBTOTAL):
            before, after = neighbours(table, record)
            groups = [parts for parts in (before, after) if parts]
            if groups and not any(_agrees(column, record, parts) for parts in groups):
                findings.append(_finding(table, column, record, groups[0], "所属各行"))
    return tuple(findings)


def of_which_is_data(table: Table, record: int) -> bool:
    """Whether 其中 right below a total begins the list of its parts: the data rows alone do not make up the total."""
    if record == 0 or table.roles[record - 1] != Role.TOTAL:
        return False
    data = list(table.records(Role.DATA))
    decided = [
        _agrees(column, record - 1, data, strict=True)
        for column in table.columns
        if additive(table, column) and column.number(record) is not None
    ]
    return not data or not decided or not any(decided)


def _agrees(column: Column, total: int, parts: Iterable[int], *, strict: bool = False) -> bool:
    """Whether the parts can add up to the total; also True where they cannot be compared, unless `strict`."""
    printed = column.number(total)
    if printed is None:
        return not strict
    chosen = np.fromiter(parts, np.int64)
    covered = column.missing[chosen] == Missing.COVERED
    chosen = chosen[~covered]
    known = chosen[column.missing[chosen] == 0]
    small = int((column.missing[chosen] == Missing.TOO_SMALL).sum())
    absent = len(chosen) - len(known) - small
    if not len(known):
        return not strict
    summed = _sum(column, known)
    unit = Fraction(10) ** -int(max(column.places[total], column.places[known].max()))
    rounded = Fraction(10) ** -int(column.places[total]) / 2
    counted = column.unit.dimension in _COUNTED and unit == 1
    slack = small * unit / 2 + (0 if counted else _slack(column.places[known]) + rounded)
    difference = Fraction(printed) - summed
    if absent and not strict:
        return difference >= -slack or _signed(column, known)
    return abs(difference) <= slack


def _sum(column: Column, records: NDArray[np.int64]) -> Fraction:
    return Fraction(pc.sum(_figures(column, records)).as_py())


def _slack(places: NDArray[np.int8]) -> Fraction:
    """Half a unit in the last printed place of every part."""
    counts = np.unique(places, return_counts=True)
    return sum(
        (Fraction(10) ** -int(place) / 2 * int(count) for place, count in zip(*counts, strict=True)),
        Fraction(0),
    )


def _signed(column: Column, records: NDArray[np.int64]) -> bool:
    return bool(pc.min(_figures(column, records)).as_py() < 0)


def _figures(column: Column, records: NDArray[np.int64]) -> pa.Array:
    assert column.numbers is not None
    return column.numbers.take(pa.array(records))


def neighbours(table: Table, record: int) -> tuple[list[int], list[int]]:
    """The data rows up to the subtotal or total before a record, and up to the next one behind it."""
    bounds = {int(Role.SUBTOTAL), int(Role.TOTAL), int(Role.REGION_SUBTOTAL)}
    before: list[int] = []
    for index in range(record - 1, -1, -1):
        if int(table.roles[index]) in bounds:
            break
        if table.roles[index] == Role.DATA:
            before.append(index)
    after: list[int] = []
    for index in range(record + 1, len(table)):
        if int(table.roles[index]) in bounds:
            break
        if table.roles[index] == Role.DATA:
            after.append(index)
    return before[::-1], after


def _is_mean(table: Table, record: int) -> bool:
    return any("平均" in compact(column.text(record)) for column in table.columns if column.texts is not None)


def _finding(table: Table, column: Column, record: int, parts: list[int], name: str) -> Finding:
    cell = table.cell(record, column)
    known = np.array([part for part in parts if column.missing[part] == 0], np.int64)
    places = max(int(column.places[record]), int(column.places[known].max()))
    printed, summed = column.number(record), _sum(column, known)
    assert printed is not None
    said, added = shown(printed, places), shown(summed, places)
    return Finding(
        "sheet-total-differs",
        Severity.WARNING,
        column.label,
        f"{cell}（{column.label}）印为 {said}，{name}相加为 {added}，差 {shown(Fraction(printed) - summed, places)}。",
        printed=said,
        recomputed=added,
        cells=(cell, *(table.cell(part, column) for part in parts[:60])),
        remedy="核对合计行和各行，改正其中有误的一处",
    )
