"""A template filled in as it should be: seeded values in the cells that the form asks for."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from wenxiao.collect import Form, FormSheet
from wenxiao.fields import Registry
from wenxiao.fields.registry import Field

from .figure import Figure
from .page import Cell, Formula, Page

Value = Decimal | str | None
Rows = Sequence[Mapping[str, Value]]
Values = Mapping[str, Rows]
"""What a county has to say: for each kind of table its records, each by field; a head has one record."""

_WORDS = ("改造基本完成", "正在办理结算", "施工单位已进场", "已通过竣工验收", "资料待补齐", "按计划推进")
_NAMES = ["梧桐", "银杏", "海棠", "松柏", "紫藤", "芙蓉", "丁香", "玉兰", "石榴", "白桦"]


def values_of(
    form: Form, registry: Registry, county: str, dice: random.Random
) -> dict[str, list[dict[str, Value]]]:
    """Seeded values for every sheet of a form, as one county might have them; one in eight is not given."""
    values: dict[str, list[dict[str, Value]]] = {}
    for sheet in form.sheets:
        head = registry.kind(sheet.kind).layout == "head"
        room = len(sheet.rows) + min(sheet.blank, 6)
        count = 1 if head else max(len(sheet.rows), dice.randint(min(1, room), room))
        rows = []
        for index in range(count):
            given = sheet.rows[index] if index < len(sheet.rows) and not head else ()
            rows.append(_record(sheet, registry, county, given, index, dice))
        values[sheet.kind] = rows
    return values


def _record(
    sheet: FormSheet, registry: Registry, county: str, given: tuple[str, ...], index: int, dice: random.Random
) -> dict[str, Value]:
    record: dict[str, Value] = {}
    for number, key in enumerate(sheet.fields):
        field = registry.field(key, sheet.kind)
        if number < len(given):
            record[key] = given[number]
        elif number == 0 and not field.numeric:
            record[key] = county if key in ("district", "place") else f"{dice.choice(_NAMES)}苑{index + 1}号"
        else:
            record[key] = None if dice.random() < 0.125 else _value(sheet, field, county, dice)
    return record


def _value(sheet: FormSheet, field: Field, county: str, dice: random.Random) -> Value:
    if field.key in sheet.choices:
        return dice.choice(sheet.choices[field.key])
    if field.key in ("district", "place"):
        return county
    if field.type == "date":
        return f"2025-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    if field.type == "year":
        return "2025"
    if field.type == "rate":
        return Decimal(dice.randint(5000, 10000)) / 10000
    if field.type == "number":
        whole = field.unit is not None and field.unit.symbol not in ("万元", "万㎡", "分")
        return Decimal(dice.randint(1, 4000)) if whole else Decimal(dice.randint(1, 500_000)) / 100
    if field.type == "figure":
        return f"{dice.randint(60, 100)}%"
    return dice.choice(_WORDS)


def filled(template: bytes, form: Form, registry: Registry, values: Values) -> list[Page]:
    """The sheets of a template with the values in their cells, each number marked; the guide is there too."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    of_name = {sheet.sheet: sheet for sheet in form.sheets}
    pages = []
    for sheet in book.worksheets:
        page = _page(sheet)
        if sheet.title in of_name:
            of = of_name[sheet.title]
            page.kind = of.kind
            write = _fill_head if registry.kind(of.kind).layout == "head" else _fill_table
            write(page, of, registry, values.get(of.kind, ()))
        pages.append(page)
    return pages


def marks_of(template: bytes) -> dict[str, str]:
    """The custom document properties of a template, which an office program keeps."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    return {str(each.name): str(each.value) for each in book.custom_doc_props.props}


def _page(sheet: Worksheet) -> Page:
    page = Page(sheet.title, hidden=sheet.sheet_state != "visible")
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None and not cell.has_style:
                continue
            content = cell.value
            if isinstance(content, str) and content.startswith("="):
                content = Formula(content, None)
            elif isinstance(content, (int, float)):
                content = Decimal(repr(content))
            at = (cell.row - 1, cell.column - 1)
            page.cells[at] = Cell(content, None, cell.number_format)
    page.merges = [
        (m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells.ranges
    ]
    page.widths = {
        openpyxl.utils.column_index_from_string(letter) - 1: size.width
        for letter, size in sheet.column_dimensions.items()
        if size.width
    }
    return page


def _fill_head(page: Page, sheet: FormSheet, registry: Registry, rows: Rows) -> None:
    record = rows[0] if rows else {}
    headers = dict(zip(sheet.headers(registry), sheet.fields, strict=True))
    for (row, column), cell in sorted(page.cells.items()):
        key = headers.get(str(cell.content))
        if key is None:
            continue
        page.cells[row, column] = replace(cell, style="header")
        value = record.get(key)
        if value is not None:
            figure = _figure(registry.field(key, sheet.kind), value, "head", sheet, "")
            page.put(row, column + 1, value, figure)


def _fill_table(page: Page, sheet: FormSheet, registry: Registry, rows: Rows) -> None:
    headers = sheet.headers(registry)
    top = next(
        row
        for row in range(page.height)
        if [str(page.cells[row, c].content) if (row, c) in page.cells else "" for c in range(len(headers))]
        == list(headers)
    )
    page.header = top
    page.columns = {key: column for column, key in enumerate(sheet.fields)}
    for column in range(len(headers)):
        page.cells[top, column] = replace(page.cells[top, column], style="header")
    page.first = top + 1 + bool(sheet.example)
    page.last = page.first + len(sheet.rows) + sheet.blank - 1
    total = page.last + 1
    page.total = total if sheet.total else None
    for _ in range(len(rows) - (page.last - page.first + 1)):
        page.insert_rows(page.last)
    for line, record in enumerate(rows, start=page.first):
        for key, column in page.columns.items():
            value = record.get(key)
            if value is not None:
                field = registry.field(key, sheet.kind)
                page.put(
                    line,
                    column,
                    value,
                    _figure(field, value, "table", sheet, str(record.get(sheet.fields[0])), record),
                )
                if field.type == "rate":
                    page.cells[line, column] = replace(page.cells[line, column], pattern="0.00%")
    _calculated(page, sheet, registry)


def _figure(
    field: Field,
    value: Value,
    place: str,
    sheet: FormSheet,
    record: str,
    row: Mapping[str, Value] | None = None,
) -> Figure | None:
    """The number a value is, so many hundredths in a row of per cent; None for words."""
    if isinstance(value, str):
        if field.type != "figure" or not (found := re.fullmatch(r"(\d+)%", value)):
            return None
        return Figure(Decimal(found[1]) / 100, "%", place, sheet.kind, record, field.key)  # type: ignore[arg-type]
    assert value is not None
    unit = field.unit.symbol if field.unit is not None else ""
    if row is not None and row.get("measure_unit") == "%" and unit in ("", "个"):
        value, unit = value / 100, "%"
    return Figure(value, unit, place, sheet.kind, record, field.key)  # type: ignore[arg-type]


def _calculated(page: Page, sheet: FormSheet, registry: Registry) -> None:
    """What the formulas of the template show once it is filled in: the totals; the check below says nothing here."""
    keys = {column: key for key, column in page.columns.items()}
    for (row, column), cell in list(page.cells.items()):
        if not isinstance(cell.content, Formula):
            continue
        if row != page.total or "SUM(" not in cell.content.text:
            page.cells[row, column] = replace(cell, content=cell.content._replace(shows="注：填表核对通过。"))
            continue
        parts = [
            found.figure.value
            for line in range(page.first, page.last + 1)
            if (found := page.cells.get((line, column))) is not None and found.figure is not None
        ]
        if not parts:
            page.cells[row, column] = replace(cell, content=cell.content._replace(shows=""))
            continue
        field = registry.field(keys[column], sheet.kind)
        whole = sum(parts, Decimal(0))
        page.cells[row, column] = replace(
            cell, content=cell.content._replace(shows=whole),
            figure=_figure(field, whole, "total", sheet, "合计"),
        )  # fmt: skip
