"""A table of the report in the document: caption, unit, header repeated on every page, rows kept whole, notes, source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.table import Table, _Row
from markupsafe import Markup

from wenxiao.model.written_text import half_widths
from wenxiao.reports.hand_over.document.blank import WIDTH, WIDTH_ACROSS
from wenxiao.reports.hand_over.document.paper import Paper, keep
from wenxiao.reports.hand_over.document.sheet import lies_across, turn
from wenxiao.reports.hand_over.document.stylesheet import NAMESPACE, TABLE
from wenxiao.reports.hand_over.printed import PrintedRow, PrintedTable

_ALONE = 15
"""A table of so many rows is kept on one page."""

_UNSPLIT = 400
"""A row whose cells hold no more characters is not parted by the end of a page; a longer one might not fit on any."""

_HALF, _SMALL, _TINY, _INSIDE = 105, 90, 75, 200
"""Twentieths of a point: half a 五号, a 小五 and a 六号 character, and the margins inside a cell."""

_WIDEST, _NARROWEST, _DATE = 60, 8, 10
"""Half characters: what a column of words asks for at most, and what it is given at least, a date in it at that."""

_LATIN = re.compile(r"[A-Za-z\d-]+")


@dataclass(frozen=True, slots=True)
class _Shape:
    """The widths of a table's columns, `Small` or `Tiny` where it takes smaller type, whether it takes paper across."""

    widths: list[int]
    small: str
    across: bool


def write_table(paper: Paper, table: PrintedTable) -> None:
    """Adds the table to the document, numbered where it has a title; one too wide goes on landscape pages."""
    texts = [_texts(row) for row in table.rows]
    heads = [column.head for column in table.columns]
    words = [column.words for column in table.columns]
    shape = _shape(heads, texts, words)
    turned = shape.across and not lies_across(paper)
    if turned:
        turn(paper, across=True)
    _write(paper, table, texts, shape)
    if turned:
        turn(paper, across=False)


def _write(paper: Paper, table: PrintedTable, texts: Sequence[Sequence[str]], shape: _Shape) -> None:
    if table.title:
        paper.caption("附表" if table.annex else "表", "TableCaption", table.title)
    else:
        paper.paragraph("TableEnd")
    if table.unit:
        paper.paragraph("TableUnit", f"单位：{table.unit}")
    made = paper.document.add_table(len(texts) + 1, len(table.columns))
    _lay_out(made, shape.widths)
    first, *rows = made.rows
    words = [column.words for column in table.columns]
    for cell, column in zip(first.cells, table.columns, strict=True):
        paper.cell(cell, f"TableHead{shape.small}", column.head)
    _keep_row(first, header=True)
    for number, (line, row, shown) in enumerate(zip(rows, table.rows, texts, strict=True), 1):
        last = number == len(texts)
        kept = bool(table.below) if last else len(texts) <= _ALONE
        _write_row(paper, line, row, shown, words, small=shape.small, kept=kept)
    _merge(made, texts, table.merged)
    for number, text in enumerate(table.below, 1):
        note = paper.paragraph("TableNote", text)
        if number < len(table.below):
            keep(note)
    paper.paragraph("TableEnd")


def _write_row(
    paper: Paper,
    line: _Row,
    row: PrintedRow,
    shown: Sequence[str],
    words: Sequence[bool],
    *,
    small: str,
    kept: bool,
) -> None:
    total = row.kind in ("summary", "group")
    cells = line.cells
    if len(shown) == 1 and len(cells) > 1:
        cells = (cells[0].merge(cells[-1]),)
    for cell, text, word in zip(cells, shown, words, strict=False):
        style = "TableText" if word else "TableFigure"
        if total:
            style = "TableTotal" if word else "TableTotalFigure"
        paragraph = paper.cell(cell, style + small, text)
        if kept:
            keep(paragraph)
    if max(map(len, shown), default=0) <= _UNSPLIT:
        _keep_row(line)


def _texts(row: PrintedRow) -> list[str]:
    """The cells of a row as they are printed, levels of indicators set in by blanks."""
    texts = [each if isinstance(each, str) else each.text for each in row.cells]
    return ["\N{IDEOGRAPHIC SPACE}" * row.level + texts[0], *texts[1:]]


def _merge(table: Table, texts: Sequence[Sequence[str]], columns: int) -> None:
    """Merges each empty cell of the first columns with the cell above it."""
    for column in range(columns):
        top = 0
        for number, row in enumerate(texts, 1):
            last = number == len(texts)
            if last or (column < len(row) and row[column]):
                end = number if last and not row[column] else number - 1
                if end > top > 0:
                    _joined(table, column, top, end)
                top = number


def _joined(table: Table, column: int, top: int, end: int) -> None:
    for number in range(top, end + 1):
        cell: Any = table.rows[number]._tr.tc_lst[column]
        cell.vMerge = "restart" if number == top else "continue"


def _shape(heads: Sequence[str], rows: Sequence[Sequence[str]], words: Sequence[bool]) -> _Shape:
    """Columns as wide together as the text, figures unbroken: by small type and paper across where that takes them."""
    wanted, least = [], []
    for column, name in enumerate(heads):
        cells = [_room(row[column]) for row in rows if column < len(row) and len(row) > 1]
        longest = max(cells, default=0)
        # One long cell among short ones does not take the room of the other columns.
        usual = sorted(cells)[len(cells) * 9 // 10] if cells else 0
        most = max(min(longest, usual * 2), min(_room(name), 12), 4)
        wanted.append(min(most, _WIDEST))
        texts = [name, *(row[column] for row in rows if column < len(row))]
        unbroken = min(max((len(each) for text in texts for each in _LATIN.findall(text)), default=0), _DATE)
        least.append(
            max(min(most, _NARROWEST), unbroken)
            if words[column]
            else max(min(longest, _WIDEST), min(_room(name), 6))
        )
    ways = (
        ("", _HALF, WIDTH),
        ("Small", _SMALL, WIDTH),
        ("Small", _SMALL, WIDTH_ACROSS),
        ("Tiny", _TINY, WIDTH_ACROSS),
    )
    inside = len(heads) * _INSIDE
    small, half, width = next(
        (each for each in ways if sum(least) <= (each[2] - inside) / each[1]),
        ways[-1] if len(heads) > 6 else ways[1],
    )
    room = (width - inside) / half
    spare = room - sum(wanted)
    if spare >= 0:
        widths = [each + spare * each / sum(wanted) for each in wanted]
    else:
        tight = max(room - sum(least), 0)
        extra = [max(want - low, 0) for want, low in zip(wanted, least, strict=True)]
        widths = [low + tight * more / max(sum(extra), 1) for low, more in zip(least, extra, strict=True)]
    scale = width / sum(each * half + _INSIDE for each in widths)
    return _Shape([round((each * half + _INSIDE) * scale) for each in widths], small, width == WIDTH_ACROSS)


def _room(text: str) -> int:
    """The half characters that the longest line of a text takes."""
    # A minus sign is as wide as a Chinese character in the faces of a report.
    return max((half_widths(line) + line.count("−") for line in text.splitlines()), default=0)


def _lay_out(table: Table, widths: Sequence[int]) -> None:
    """Gives the table its style and these widths, whatever its content."""
    element: Any = table._tbl
    properties = element.tblPr
    for child in list(properties):
        properties.remove(child)
    for xml in (
        Markup('<w:tblStyle {} w:val="{}"/>').format(NAMESPACE, TABLE),
        Markup('<w:tblW {} w:w="{}" w:type="dxa"/>').format(NAMESPACE, sum(widths)),
        Markup('<w:jc {} w:val="center"/>').format(NAMESPACE),
        Markup('<w:tblLayout {} w:type="fixed"/>').format(NAMESPACE),
    ):
        properties.append(parse_xml(xml))
    name = f"{{{element.nsmap['w']}}}w"
    for column, width in zip(element.tblGrid, widths, strict=True):
        column.set(name, str(width))
    for row in table.rows:
        for cell, width in zip(row._tr.tc_lst, widths, strict=True):
            each: Any = cell
            each.get_or_add_tcPr().get_or_add_tcW().type = "dxa"
            each.tcPr.tcW.set(name, str(width))


def _keep_row(row: _Row, *, header: bool = False) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(parse_xml(Markup("<w:cantSplit {}/>").format(NAMESPACE)))
    if header:
        properties.append(parse_xml(Markup("<w:tblHeader {}/>").format(NAMESPACE)))
