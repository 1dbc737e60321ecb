"""A table of the report in the document: caption, unit, header repeated on every page, rows kept whole, notes, source."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from docx.oxml import parse_xml
from docx.table import Table, _Row
from markupsafe import Markup

from wenxiao.display.cells import ranges
from wenxiao.display.inline import Inline, cells_of, plain_text
from wenxiao.display.tables import ReportTable, Row
from wenxiao.reports.hand_over.document.blank import WIDTH
from wenxiao.reports.hand_over.document.paper import Paper
from wenxiao.reports.hand_over.document.stylesheet import NAMESPACE, TABLE

_ALONE = 12
"""A table of so many rows is kept on one page."""

_UNSPLIT = 400
"""A row whose cells hold no more characters is not parted by the end of a page; a longer one might not fit on any."""

_HALF, _INSIDE = 105, 200
"""Twentieths of a point: half a 五号 character, and the margins inside a cell."""


def write_table(paper: Paper, table: ReportTable, *, addresses: bool = False) -> None:
    """Nothing; the table stands in the document, with its column of cells only where these are what it is about."""
    table = table if addresses else _without_addresses(table)
    if table.title:
        paper.caption("表", "TableCaption", table.title)
    if table.unit:
        paper.paragraph("TableUnit", f"单位：{table.unit}")
    texts = [_texts(row) for row in table.rows]
    heads = [table.stub.name, *(f"{h.name}（{h.unit}）" if h.unit else h.name for h in table.heads)]
    made = paper.document.add_table(len(texts) + 1, len(heads))
    _style(made, _widths(heads, texts, [True, *(head.words for head in table.heads)]))
    rows = made.rows
    for cell, name in zip(rows[0].cells, heads, strict=True):
        paper.cell(cell, "TableHead", name)
    _keep_row(rows[0], header=True)
    words = [True, *(head.words for head in table.heads)]
    for number, (line, row, shown) in enumerate(zip(list(rows)[1:], table.rows, texts, strict=True)):
        kept = len(texts) <= _ALONE and number < len(texts) - 1
        _write_row(paper, line, row, shown, words, kept=kept)
    _foot(paper, table)


def _without_addresses(table: ReportTable) -> ReportTable:
    """The table without its column of cells: on paper the source note names them."""
    kept = [place for place, head in enumerate(table.heads) if head.name != "单元格"]
    if len(kept) == len(table.heads):
        return table
    rows = (
        replace(row, cells=tuple(row.cells[place] for place in kept if place < len(row.cells)))
        for row in table.rows
    )
    return replace(table, heads=tuple(table.heads[place] for place in kept), rows=tuple(rows))


def _write_row(
    paper: Paper, line: _Row, row: Row, shown: Sequence[str], words: Sequence[bool], *, kept: bool
) -> None:
    total = row.kind in ("summary", "group")
    cells = line.cells
    if row.kind == "group" and not row.cells:
        cells = (cells[0].merge(cells[-1]),)
    for cell, text, word in zip(cells, shown, words, strict=False):
        style = "TableText" if word else "TableFigure"
        if total:
            style = "TableTotal" if word else "TableTotalFigure"
        paragraph = paper.cell(cell, style, text)
        if kept:
            paragraph._p.get_or_add_pPr().get_or_add_keepNext()
    if max(map(len, shown), default=0) <= _UNSPLIT:
        _keep_row(line)


def _texts(row: Row) -> list[str]:
    """The cells of a row as they are printed; levels of indicators by blanks, the reader's own row by a word."""
    stub = "\N{IDEOGRAPHIC SPACE}" * row.level + plain_text(row.stub) + ("（本地）" if row.own else "")
    return [stub, *map(plain_text, row.cells)]


def _foot(paper: Paper, table: ReportTable) -> None:
    source = table.source or ranges(cell for figure in table.figures() for cell in cells_of(figure))
    said: list[Inline] = [f"注：{plain_text(note)}" for note in table.notes]
    if source:
        said.append(f"资料来源：{source}")
    for line in said:
        paper.paragraph("TableNote", plain_text(line))
    paper.paragraph("TableEnd")


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], words: Sequence[bool]) -> list[int]:
    """The widths of the columns, together that of the text: figures unbroken, the rest by what is in it."""
    wanted, least = [], []
    for column, name in enumerate(heads):
        cells = [row[column] for row in rows if column < len(row) and len(row) > 1]
        longest = max((_room(text) for text in cells), default=0)
        header = _room(name)
        most = max(longest, min(header, 12))
        wanted.append(min(most, 60))
        least.append(min(most, 8 if words[column] else 40))
    room = WIDTH / _HALF - len(heads) * _INSIDE / _HALF
    spare = room - sum(wanted)
    if spare >= 0:
        widths = [each + spare * each / max(sum(wanted), 1) for each in wanted]
    else:
        tight = max(room - sum(least), 0)
        extra = [max(want - low, 0) for want, low in zip(wanted, least, strict=True)]
        widths = [low + tight * more / max(sum(extra), 1) for low, more in zip(least, extra, strict=True)]
    scale = WIDTH / sum(width * _HALF + _INSIDE for width in widths)
    return [round((width * _HALF + _INSIDE) * scale) for width in widths]


def _room(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _style(table: Table, widths: Sequence[int]) -> None:
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
    for column, width in zip(element.tblGrid, widths, strict=True):
        column.set(f"{{{element.nsmap['w']}}}w", str(width))
    for row in table.rows:
        for cell, width in zip(row._tr.tc_lst, widths, strict=True):
            each: Any = cell
            each.get_or_add_tcPr().get_or_add_tcW().type = "dxa"
            each.tcPr.tcW.set(f"{{{element.nsmap['w']}}}w", str(width))


def _keep_row(row: _Row, *, header: bool = False) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(parse_xml(Markup("<w:cantSplit {}/>").format(NAMESPACE)))
    if header:
        properties.append(parse_xml(Markup("<w:tblHeader {}/>").format(NAMESPACE)))
