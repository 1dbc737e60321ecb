"""The XML spreadsheet of Excel 2002 and 2003 (SpreadsheetML 2003), which many systems still export under the name .xls."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from wenxiao.sheets.cells.grid import Grid, Merge
from wenxiao.sheets.cells.number_format import format_of
from wenxiao.sheets.cells.raised import Run, shown
from wenxiao.sheets.cells.texture import Cell
from wenxiao.sheets.containers.container import refused
from wenxiao.sheets.containers.extent import check
from wenxiao.sheets.containers.supplement import Supplement

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NAMED = {
    "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Currency": '"¥"#,##0.00', "Scientific": "0.00E+00",
}  # fmt: skip
_STRUCK, _RAISED = frozenset({"s", "del", "strike"}), {"sup": 1, "sub": -1}


@dataclass
class _Sheet:
    """One worksheet in the making; places are 0-based."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    styles: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)  # 1-based
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def spreadsheet_grids(text: str, file: str) -> tuple[Grid, ...]:
    """The worksheets of an XML spreadsheet; SheetError where it is damaged."""
    if "<!ENTITY" in text or "<!DOCTYPE" in text:
        raise refused(file, "文件里有不该有的声明，拒绝读取", "用 Excel 或 WPS 打开后另存为 .xlsx")
    try:
        root = ET.fromstring(_DECLARATION.sub("", text).strip().strip("\0"))
        return tuple(_grids(root, file))
    except (ET.ParseError, ValueError, OverflowError) as error:
        raise refused(
            file, f"文件不完整或已损坏（{error}）", "用 Excel 或 WPS 打开后另存为 .xlsx 再试"
        ) from error


def _grids(root: ET.Element, file: str) -> Iterator[Grid]:
    codes: dict[str, str] = {}
    struck: set[str] = set()
    for style in root.iter(f"{_SS}Style"):
        key, parent = style.get(f"{_SS}ID", ""), style.get(f"{_SS}Parent", "")
        form, font = style.find(f"{_SS}NumberFormat"), style.find(f"{_SS}Font")
        code = codes.get(parent, "") if form is None else form.get(f"{_SS}Format", "")
        codes[key] = _NAMED.get(code, code)
        if (font is not None and font.get(f"{_SS}StrikeThrough") == "1") or (
            font is None and parent in struck
        ):
            struck.add(key)
    order = {key: index for index, key in enumerate(codes)}
    palette = tuple(format_of(code) for code in codes.values())
    for worksheet in root.iter(f"{_SS}Worksheet"):
        name = worksheet.get(f"{_SS}Name", "")
        sheet = _read(worksheet, name, file)
        height = max((row for row, _ in sheet.cells), default=-1) + 1
        width = max((column for _, column in sheet.cells), default=-1) + 1
        check(height, width, name, file)
        rows = [[sheet.cells.get((row, column), "") for column in range(width)] for row in range(height)]
        visible = worksheet.find(f"{_X}WorksheetOptions/{_X}Visible")
        supplement = Supplement(
            texts=sheet.texts,
            struck=[
                place for place, key in sheet.styles.items() if key in struck and place not in sheet.texts
            ],
            hidden_rows=sheet.hidden_rows,
            hidden_columns=sheet.hidden_columns,
            style_of=partial(_styles, sheet, order, height, width),
            formulas_of=partial(dict, sheet.formulas),
        )
        hidden = visible is not None and (visible.text or "").strip() in ("SheetHidden", "SheetVeryHidden")
        yield supplement.grid(name, rows, sheet.merges, palette, hidden=hidden)


def _styles(sheet: _Sheet, order: dict[str, int], height: int, width: int) -> NDArray[np.int16]:
    styles = np.full((height, width), -1, np.int16)
    for place, key in sheet.styles.items():
        if place[0] < height and place[1] < width:
            styles[place] = order.get(key, -1)
    return styles


def _read(worksheet: ET.Element, name: str, file: str) -> _Sheet:
    """The cells of a worksheet; a row or cell without an index follows the one before, behind what that spans."""
    sheet = _Sheet()
    table = worksheet.find(f"{_SS}Table")
    column = 0
    for line in table.findall(f"{_SS}Column") if table is not None else ():
        column = _number(line, "Index", column + 1)
        span = _number(line, "Span", 0)
        if line.get(f"{_SS}Hidden") == "1" or line.get(f"{_SS}Width") == "0":
            sheet.hidden_columns.update(range(column - 1, min(column + span, 1 << 14)))
        column += span
    row = 0
    for line in table.findall(f"{_SS}Row") if table is not None else ():
        row = _number(line, "Index", row + 1)
        span = _number(line, "Span", 0)
        if line.get(f"{_SS}Hidden") == "1":
            sheet.hidden_rows.update(range(row - 1, min(row + span, 1 << 20)))
        column = 0
        for cell in line.findall(f"{_SS}Cell"):
            column = _number(cell, "Index", column + 1)
            check(row, column, name, file)
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            place = (row - 1, column - 1)
            if across or down:
                sheet.merges.append(Merge(*place, row - 1 + down, column - 1 + across))
            if (key := cell.get(f"{_SS}StyleID", line.get(f"{_SS}StyleID"))) is not None:
                sheet.styles[place] = key
            data = cell.find(f"{_SS}Data")
            told = data is not None and "".join(data.itertext()).strip() != ""
            if data is not None and told:
                runs = list(_runs(data, struck=False, script=0))
                sheet.cells[place] = _value(data, "".join(run.text for run in runs))
                if (text := shown(runs)) != "".join(run.text for run in runs):
                    sheet.texts[place] = text
            if (formula := cell.get(f"{_SS}Formula")) is not None:
                sheet.formulas[row, column] = "" if told else formula
            column += across
        row += span
    return sheet


def _runs(parent: ET.Element, *, struck: bool, script: int) -> Iterator[Run]:
    yield Run(parent.text or "", struck, script)
    for child in parent:
        name = child.tag.rpartition("}")[2].lower()
        yield from _runs(child, struck=struck or name in _STRUCK, script=_RAISED.get(name, script))
        yield Run(child.tail or "", struck, script)


def _value(data: ET.Element, text: str) -> Cell:
    kind = data.get(f"{_SS}Type", "String")
    if kind == "Number":
        return float(text)
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        return dt.datetime.fromisoformat(text.strip())
    return text


def _number(element: ET.Element, name: str, default: int) -> int:
    text = element.get(f"{_SS}{name}", "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,7}", text) else default
