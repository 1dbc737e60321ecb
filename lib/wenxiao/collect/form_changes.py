"""How a returned form differs from the template that was sent: sheets, headers, columns, rows and units changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wenxiao.collect.form import Form, FormSheet
from wenxiao.collect.identity import marks_of
from wenxiao.collect.roster import County
from wenxiao.collect.sending import FORM_MARK
from wenxiao.collect.version import Version
from wenxiao.fields import Registry
from wenxiao.model import Table, column_letters
from wenxiao.sheets import Container
from wenxiao.sheets.cells.wording import compact

_GUIDE = "填报说明"


@dataclass(frozen=True, slots=True)
class FormChange:
    """One thing that is not as it was sent; `place` the sheet, and the cell where it is one."""

    county: str
    file: str
    version: str
    place: str
    what: str


def changes_of(
    version: Version, county: County, form: Form, digest: str, registry: Registry
) -> Iterator[FormChange]:
    """What differs from the template, in the order of its sheets; one line for a file that is no filled template."""
    entry = version.entry
    names = [grid.name for grid in version.reading.grids if not grid.hidden]
    mark = marks_of(version.data).get(FORM_MARK, "")
    asked = [sheet.sheet for sheet in form.sheets]

    def change(place: str, what: str) -> FormChange:
        return FormChange(entry.county, entry.file, entry.version, place, what)

    if not mark and sum(name in names for name in asked) * 2 < len(asked):
        yield change("", f"不是样表填的（{version.reading.container.label}），按内容读取")
        return
    if mark and mark != digest:
        yield change("", "是按旧样表填的，样表后来改过")
    for sheet in form.sheets:
        tables = [table for table in version.reading.tables if table.kind == sheet.kind]
        if not tables:
            gone = sheet.sheet not in names
            if gone or version.reading.container is not Container.XLSX or sheet.kind != "head":
                yield change(
                    sheet.sheet,
                    "这张工作表删去了"
                    if gone
                    else f"没有认出{registry.kind(sheet.kind).label}，表头可能改过",
                )
            continue
        for place, what in _of_table(tables[0], sheet, registry):
            yield change(place, what)
    for name in names:
        if name not in (*asked, _GUIDE):
            yield change(name, "样表里没有这张工作表")
    head = next((table for table in version.reading.tables if table.kind == "head" and len(table)), None)
    mode = head.text(0, "evaluation_mode") if head is not None else ""
    if mode and county.mode and mode != county.mode:
        yield change("项目基本情况", f"评价方式填为“{mode}”，名册为“{county.mode}”")


def _of_table(table: Table, sheet: FormSheet, registry: Registry) -> Iterator[tuple[str, str]]:
    if registry.kind(sheet.kind).layout == "head":
        return
    labels = {key: sheet.labels.get(key) or registry.field(key, sheet.kind).label for key in sheet.fields}
    given = [column for column in table.columns if column.label or column.key]
    place = table.origin.sheet
    for column in given:
        at = place if table.transposed else f"{place} {column_letters(column.position)} 列"
        if column.key not in labels:
            yield at, f"多了“{column.label}”一列"
            continue
        if compact(column.label) != compact(labels[column.key]):
            yield at, f"表头“{labels[column.key]}”改成了“{column.label}”"
        unit = registry.field(column.key, sheet.kind).unit
        printed = column.printed_unit
        if unit and printed and printed != unit and printed.dimension == unit.dimension:
            yield (
                at,
                f"“{labels[column.key]}”的单位改成了{printed.symbol}，已换算成{unit.symbol}",
            )
    keys = [column.key for column in given if column.key in labels]
    for key, label in labels.items():
        if key not in keys:
            yield place, f"缺“{label}”一列"
    if [key for key in labels if key in keys] != keys:
        yield place, "各列的次序变了"
    rows = {compact(table.text(record, sheet.fields[0])) for record in table.records()}
    missing = [row[0] for row in sheet.rows if compact(row[0]) not in rows]
    if missing:
        yield (
            place,
            f"缺{'、'.join(f'“{name}”' for name in missing)}{'一行' if len(missing) == 1 else ' 各行'}",
        )
