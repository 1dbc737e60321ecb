"""Every row that came back, with its county: a table the project reads where its kind knows counties, else a list of details."""

from __future__ import annotations

from collections.abc import Sequence

from wenxiao.collect.form import FormSheet
from wenxiao.collect.merged_table import EMPTY, MergedCell, MergedTable, cell_of, field_of, header_of, words
from wenxiao.collect.row import Row, rows_of
from wenxiao.collect.value import Value
from wenxiao.fields import Registry

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
