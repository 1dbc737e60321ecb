"""The tables of a project that knows no counties: each source of funds, each output, summed over the counties that gave it."""

from __future__ import annotations

from collections.abc import Sequence

from wenxiao.collect.form import FormSheet
from wenxiao.collect.merged_table import EMPTY, MergedCell, MergedTable, added, field_of, header_of, words
from wenxiao.collect.row import Row
from wenxiao.fields import Registry
from wenxiao.sheets.cells.wording import compact

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
