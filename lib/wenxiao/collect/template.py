"""A form as a workbook to fill in: drop-down lists, units, notes, protected headers, an example row, checks as formulas."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from wenxiao.collect.form import Form, FormSheet
from wenxiao.collect.template_checks import mark_doubts, write_check, write_total
from wenxiao.display.workbook import OutputWorkbook
from wenxiao.fields import Registry
from wenxiao.fields.registry import Field

_TOP = 1  # title, then the header
_DATE = "yyyy-mm-dd"
_WIDE = {"text": 22, "date": 13, "year": 10}
_GUIDE_WIDTH = 96
_MOST_MESSAGE = 255
_PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
}


Text = str | Decimal
"""What stands in a cell from the start: words, or a figure with the digits it is to show."""
Lines = tuple[tuple[Text, ...], ...]


@dataclass(frozen=True)
class SheetOf:
    """One of several sheets that a form's sheet makes: its name, its title, what stands in it."""

    name: str
    title: str
    rows: Lines


@dataclass(frozen=True)
class _Styles:
    title: Format
    header: Format
    name: Format
    text: Format
    number: Format
    date: Format
    total: Format
    example: Format
    note: Format
    guide: Format
    fixed: Format
    fixed_number: Format
    open_number: Format
    doubt: Format


def write_template(
    form: Form,
    registry: Registry,
    *,
    rows: Mapping[str, Lines] | None = None,
    copies: Mapping[str, tuple[SheetOf, ...]] | None = None,
    properties: Mapping[str, str] | None = None,
) -> bytes:
    """The bytes of the workbook of a form (xlsx), the same each time.

    `rows` are what stands in a sheet from the start, by kind, in place of the form's own; `copies` are the sheets that one
    sheet of the form makes, by kind, in place of the one; `properties` are kept in
    the file beside its sheets (custom document properties). Sheets are protected without a password: white cells are to
    be filled in, everything else can be unlocked by whoever must.
    """
    held = io.BytesIO()
    with OutputWorkbook(held, {"title": form.title}) as book:
        for name, value in (properties or {}).items():
            book.set_custom_property(name, value, "text")
        styles = _styles(book)
        _guide(book.add_worksheet("填报说明"), form, styles)
        for sheet in form.sheets:
            write = _head if registry.kind(sheet.kind).layout == "head" else _table
            one = SheetOf(sheet.sheet, sheet.title, (rows or {}).get(sheet.kind, sheet.rows))
            for each in (copies or {}).get(sheet.kind, (one,)):
                own = sheet.model_copy(update={"title": each.title})
                write(book.add_worksheet(each.name), own, each.rows, registry, styles)
    return held.getvalue()


def _styles(book: xlsxwriter.Workbook) -> _Styles:
    base: dict[str, Any] = {"font_size": 11, "valign": "vcenter"}
    cell = {**base, "border": 1, "border_color": "#D0D7DE"}
    grey = {"bg_color": "#F0F2F5"}
    return _Styles(
        title=book.add_format({**base, "bold": True, "font_size": 14}),
        header=book.add_format({**cell, **grey, "bold": True, "text_wrap": True, "align": "center"}),
        name=book.add_format({**cell, "locked": False, "text_wrap": True}),
        text=book.add_format({**cell, "locked": False, "text_wrap": True}),
        number=book.add_format({**cell, "locked": False, "align": "right"}),
        date=book.add_format({**cell, "locked": False, "num_format": _DATE}),
        total=book.add_format({**cell, **grey, "bold": True, "align": "right"}),
        example=book.add_format(
            {**cell, "locked": False, "italic": True, "font_color": "#57606A", "text_wrap": True}
        ),
        note=book.add_format({**base, "font_color": "#57606A"}),
        guide=book.add_format({**base, "text_wrap": True}),
        fixed=book.add_format({**cell, **grey, "text_wrap": True}),
        fixed_number=book.add_format({**cell, **grey, "align": "right", "num_format": "0.00"}),
        open_number=book.add_format({**cell, "locked": False, "align": "right", "num_format": "0.00"}),
        doubt=book.add_format({"bg_color": "#FFF1D6"}),
    )


def _guide(page: Worksheet, form: Form, styles: _Styles) -> None:
    page.set_column(0, 0, _GUIDE_WIDTH)
    page.set_row(0, 26)
    page.write_string(0, 0, form.title, styles.title)
    for number, line in enumerate(form.guide, start=1):
        text = f"说明：{number}. {line}"
        # Two columns of width a Chinese character; not every program finds the height of wrapped text by itself.
        page.set_row(number, 18 * (1 + 2 * len(text) // _GUIDE_WIDTH))
        page.write_string(number, 0, text, styles.guide)
    _finish(page)


def _head(page: Worksheet, sheet: FormSheet, rows: Lines, registry: Registry, styles: _Styles) -> None:
    """A row a field: its name, and the cell to fill in."""
    given = {row[0]: str(row[1]) for row in rows if len(row) > 1}
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 46)
    page.set_row(0, 26)
    page.write_string(0, 0, sheet.title, styles.title)
    for column, header in enumerate(("事项", "填写内容")):
        page.write_string(_TOP, column, header, styles.header)
    for line, (key, header) in enumerate(
        zip(sheet.fields, sheet.headers(registry), strict=True), start=_TOP + 1
    ):
        field = registry.field(key, sheet.kind)
        page.write_string(line, 0, header, styles.header)
        style = styles.date if field.type == "date" else styles.text
        style = styles.fixed if key in sheet.fixed else style
        if key in given:
            page.write_string(line, 1, given[key], style)
        else:
            page.write_blank(line, 1, None, style)
        _ask(page, (line, 1, line, 1), sheet, field)
    page.freeze_panes(_TOP + 1, 1)
    _finish(page)


def _table(page: Worksheet, sheet: FormSheet, rows: Lines, registry: Registry, styles: _Styles) -> None:
    fields = [registry.field(key, sheet.kind) for key in sheet.fields]
    page.set_row(0, 26)
    page.write_string(0, 0, sheet.title, styles.title)
    for column, (field, header) in enumerate(zip(fields, sheet.headers(registry), strict=True)):
        page.write_string(_TOP, column, header, styles.header)
        page.set_column(column, column, sheet.widths.get(field.key, _WIDE.get(field.type, 13)))
    page.set_row(_TOP, 32)
    first = _TOP + 1
    if sheet.example:
        for column, text in enumerate(sheet.example):
            page.write_string(first, column, text, styles.example)
        first += 1
    last = first + len(rows) + sheet.blank - 1
    for line in range(first, last + 1):
        names = rows[line - first] if line - first < len(rows) else ()
        if sheet.row_height:
            page.set_row(line, sheet.row_height)
        for column in range(len(fields)):
            own = names[column] if column < len(names) else ""
            _fill(page, (line, column), own, sheet, fields, styles, given=bool(names))
    for column, field in enumerate(fields):
        if field.key not in sheet.formulas:
            _ask(page, (first, column, last, column), sheet, field)
    mark_doubts(page, (first, last), sheet, fields, styles.doubt)
    below = last + 1
    if sheet.total:
        write_total(page, below, (first, last), sheet, fields, styles.total)
        below += 1
    write_check(page, below, (first, last), sheet, fields, styles.note)
    page.freeze_panes(_TOP + 1, sheet.frozen)
    _finish(page, sheet.paper, sheet.pages_wide)
    if sheet.pages_wide > 1:
        page.repeat_columns(0, sheet.frozen - 1)


def _fill(
    page: Worksheet,
    cell: tuple[int, int],
    own: Text,
    sheet: FormSheet,
    fields: list[Field],
    styles: _Styles,
    *,
    given: bool,
) -> None:
    """One cell of a table's body: what is given, the formula of its field, or nothing yet."""
    line, column = cell
    field = fields[column]
    locked = given and field.key in sheet.fixed
    style = styles.fixed if locked else _style(field, styles)
    if field.key in sheet.formulas:
        columns = {each.key: f"{xl_col_to_name(i)}{line + 1}" for i, each in enumerate(fields)}
        style = styles.fixed_number if field.key in sheet.fixed else styles.open_number
        page.write_formula(line, column, f"={sheet.formulas[field.key].format(**columns)}", style, "")
    elif isinstance(own, Decimal):
        page.write_number(line, column, float(own), styles.fixed_number if locked else styles.open_number)
    elif own:
        page.write_string(line, column, own, style)
    else:
        page.write_blank(line, column, None, style)


def _finish(page: Worksheet, paper: str = "A4", wide: int = 1) -> None:
    """Protected without a password, and printed a page wide (or so many) with its header on each."""
    page.protect("", _PROTECTION)
    page.set_landscape()
    page.set_paper(8 if paper == "A3" else 9)
    page.fit_to_pages(wide, 0)
    page.repeat_rows(0, _TOP)


def _style(field: Field, styles: _Styles) -> Format:
    if field.type == "date":
        return styles.date
    return styles.number if field.numeric else styles.text


def _ask(page: Worksheet, area: tuple[int, int, int, int], sheet: FormSheet, field: Field) -> None:
    """What a cell offers and says when it is entered: a list, or a number, with the note of its field."""
    options: dict[str, Any] = {"validate": "any"}
    note = sheet.notes.get(field.key, "")
    if field.key in sheet.choices:
        options = {"validate": "list", "source": list(sheet.choices[field.key]), "error_type": "warning"}
    elif field.type in ("number", "rate"):
        options = {"validate": "decimal", "criteria": ">=", "value": 0, "error_type": "warning"}
        options |= {"error_title": "不是数字", "error_message": "这里应填数字；没有的数请留空。"}
    if note:
        options |= {"input_title": field.label[:32], "input_message": note[:_MOST_MESSAGE]}
    if len(options) > 1:
        page.data_validation(*area, options)
