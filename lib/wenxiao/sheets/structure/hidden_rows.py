"""Rows that a sheet hides: left out, unless the total that is seen holds only with them; then nothing rests on either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pyarrow as pa

from wenxiao.model import CellRef, Column, Finding, Missing, Role, Severity, Table, shown
from wenxiao.sheets.structure.totals import additive, makes_up, sum_of

_MOST_NAMED = 20


def without_hidden(whole: Table, seen: Table, hidden: Sequence[int]) -> tuple[Table, list[Finding]]:
    """The table of the rows that are seen, and what is to be said of the `hidden` records of the whole one.

    A column whose printed total holds with the hidden rows and not without them gives no figure: 无法核实.
    """
    open_ = list(_only_with(whole, seen))
    columns = tuple(
        _withheld(column) if any(column.position == each.position for each, *_ in open_) else column
        for column in seen.columns
    )
    cells = tuple(whole.cell(record, whole.columns[0]) for record in hidden[:_MOST_NAMED])
    lines = "、".join(str(cell.column if whole.transposed else cell.row) for cell in cells)
    more = "等" if len(hidden) > _MOST_NAMED else ""
    where = f"{whole.origin.file}［{whole.origin.sheet}］隐藏的第 {lines} {more}{'列' if whole.transposed else '行'}"
    if not open_:
        confirmed = any(_agree(seen, column) for column in seen.columns if additive(seen, column))
        why = "看得见的合计不含它们" if confirmed else "看得见的行里没有合计可以印证"
        severity = Severity.HINT if confirmed else Severity.WARNING
        return seen, [
            Finding(
                "sheet-hidden-rows", severity, whole.origin.sheet, f"{where}没有读入：{why}。", cells=cells,
                remedy="要报的取消隐藏，不要的删除",
            )
        ]  # fmt: skip
    findings = [
        Finding(
            "sheet-hidden-rows", Severity.WARNING, column.label,
            f"{where}没有读入，而“{column.label}”的合计 {printed} 只有连同隐藏的行才对得上"
            f"（看得见的各行相加为 {visible}，连同隐藏的行为 {both}），这一列暂不采用。",
            printed=printed, recomputed=visible, cells=(total, *cells),
            remedy="要报的取消隐藏；不要的删除，并改正合计",
        )
        for column, total, printed, visible, both in open_
    ]  # fmt: skip
    return replace(seen, columns=columns), findings


def _only_with(whole: Table, seen: Table) -> Iterator[tuple[Column, CellRef, str, str, str]]:
    """The columns whose total holds only with the hidden rows: its cell, the total, the sum without and with them."""
    for column in seen.columns:
        full = next((each for each in whole.columns if each.position == column.position), None)
        if full is None or not additive(seen, column):
            continue
        for record in seen.records(Role.TOTAL):
            at = next((n for n, line in enumerate(whole.lines) if line == seen.lines[record]), None)
            parts, all_parts = list(seen.records(Role.DATA)), list(whole.records(Role.DATA))
            if at is None or len(parts) == len(all_parts):
                continue
            if makes_up(column, record, parts) or not makes_up(full, at, all_parts):
                continue
            number = column.number(record)
            assert number is not None
            places = int(column.places[record])
            sums = [
                shown(_sum_of(each, records), places)
                for each, records in ((column, parts), (full, all_parts))
            ]
            yield column, seen.cell(record, column), shown(number, places), sums[0], sums[1]
            break


def _sum_of(column: Column, records: Sequence[int]) -> Fraction:
    known = np.array([record for record in records if column.missing[record] == 0], np.int64)
    return sum_of(column, known) if len(known) else Fraction(0)


def _agree(table: Table, column: Column) -> bool:
    parts = list(table.records(Role.DATA))
    return any(makes_up(column, record, parts) for record in table.records(Role.TOTAL))


def _withheld(column: Column) -> Column:
    assert column.numbers is not None
    missing = np.where(column.missing == 0, int(Missing.UNVERIFIABLE), column.missing).astype(np.int8)
    return replace(column, numbers=pa.nulls(len(missing), column.numbers.type), missing=missing)
