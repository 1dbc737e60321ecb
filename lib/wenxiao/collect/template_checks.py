"""What a template works out of what is filled in: its totals, the line that says whether it agrees, coloured doubts."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from wenxiao.collect.form import FormSheet
from wenxiao.fields.registry import Field

PASSED = "注：填表核对通过。"
_SUM = "=IF(COUNT("


def is_own_formula(formula: str) -> bool:
    """Whether a formula is one that a template has from the start: its 合计, or its check."""
    return formula.startswith(_SUM) or PASSED in formula


def mark_doubts(
    page: Worksheet, body: tuple[int, int], sheet: FormSheet, fields: list[Field], doubt: Format
) -> None:
    """Colours what the check below finds: a figure above its limit, a cell that another one asks for."""
    place = {field.key: index for index, field in enumerate(fields)}
    at = {key: f"${xl_col_to_name(index)}{body[0] + 1}" for key, index in place.items()}
    rules = [
        (small, f"AND(ISNUMBER({at[small]}),ISNUMBER({at[large]}),{at[small]}>{at[large]})")
        for small, large in sheet.bounds
    ]
    rules += [
        (wanted, f"AND(ISNUMBER({at[cause]}),N({at[cause]})>0,LEN({at[wanted]})=0)")
        for cause, wanted in sheet.wanted
    ]
    for key, rule in rules if sheet.wanted else ():
        area = (body[0], place[key], body[1], place[key])
        page.conditional_format(*area, {"type": "formula", "criteria": f"={rule}", "format": doubt})


def write_total(
    page: Worksheet, line: int, body: tuple[int, int], sheet: FormSheet, fields: list[Field], style: Format
) -> None:
    """The row 合计: a sum where a column holds a figure, else empty, since nothing given is not 0."""
    page.write_string(line, 0, "合计", style)
    for column, field in enumerate(fields[1:], start=1):
        if field.type != "number" or field.key in sheet.not_added or sheet.kind == "outputs":
            page.write_blank(line, column, None, style)
            continue
        cells = _cells(column, body)
        page.write_formula(line, column, f'{_SUM}{cells})=0,"",SUM({cells}))', style, "")


def write_check(
    page: Worksheet, line: int, body: tuple[int, int], sheet: FormSheet, fields: list[Field], style: Format
) -> None:
    """A line below the table that says whether what was filled in agrees; it reads as a note of the table."""
    place = {field.key: index for index, field in enumerate(fields)}
    label = {field.key: field.label for field in fields}
    parts = []
    for small, large in sheet.bounds:
        low, high = _cells(place[small], body), _cells(place[large], body)
        count = f"SUMPRODUCT(ISNUMBER({low})*ISNUMBER({high})*({low}>{high}))"
        what = f"行的“{label[small]}”大于“{label[large]}”；"
        # A text beside a number would compare as greater: only pairs of numbers count.
        parts.append(f'IF({count}>0,{count}&"{what}","")')
    for cause, wanted in sheet.wanted:
        high, blank = _cells(place[cause], body), _cells(place[wanted], body)
        count = f"SUMPRODUCT(ISNUMBER({high})*({high}>0)*(LEN({blank})=0))"
        what = f"行有“{label[cause]}”没有“{label[wanted]}”；"
        parts.append(f'IF({count}>0,{count}&"{what}","")')
    for key, whole in sheet.sums_to.items():
        cells = _cells(place[key], body)
        what = f"“{label[key]}”合计不是 {whole}；"
        parts.append(f'IF(AND(COUNT({cells})>0,ABS(SUM({cells})-{whole})>0.000001),"{what}","")')
    if not parts:
        return
    found = "&".join(parts)
    formula = f'=IF({found}="","{PASSED}","注：填表核对："&{found})'
    page.write_formula(line, 0, formula, style, PASSED)


def _cells(column: int, body: tuple[int, int]) -> str:
    name = xl_col_to_name(column)
    return f"{name}{body[0] + 1}:{name}{body[1] + 1}"
