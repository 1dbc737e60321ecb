"""A table as it stands in a report on paper: caption, unit, columns, figures at fixed decimals, words, notes, source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wenxiao.display.inline import GradeWord, Inline, Link, Phrase, Plain, Quiet, Shade, cells_of, plain_text
from wenxiao.display.official import SCORE_PLACES
from wenxiao.display.tables import Head, ReportTable, Row, RowKind
from wenxiao.model import CellRef, Exact, Given, Measure, Missing, Quantity, Unit, half_up, quantity_text
from wenxiao.model.units import POINTS

if TYPE_CHECKING:
    from wenxiao.contents import Part

_LISTS = ("清单", "表")
_ABSENT = ("", *(kind.label for kind in Missing))
_SHEETS = 3
"""More sheets of one file are counted, not named."""
_ADDRESSES = "单元格"
"""The column of cell addresses, which the page has for those who check; paper names the sheet below the table."""


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of a printed table: exact, with the decimals it is shown with (counted on the value: 4 for 86.77%)."""

    value: Exact
    unit: Unit
    places: int
    qualifier: str = ""

    @property
    def rounded(self) -> Exact:
        """The figure as printed, half up."""
        return half_up(self.value, self.places)

    @property
    def text(self) -> str:
        """The figure as people read it, without its unit; a rate keeps its %."""
        return self.qualifier + quantity_text(self.value, self.unit, self.places, with_unit=False)


Content = str | Number
"""What stands in a cell: words, or a figure."""


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A column: its header, with the unit where columns differ, and whether words or figures stand below it."""

    head: str
    words: bool


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row: its cells, whether it sums others or heads a group, how deep its first cell is indented."""

    cells: tuple[Content, ...]
    kind: RowKind = "data"
    level: int = 0


@dataclass(frozen=True)
class PrintedTable:
    """A table of the report.

    `number` counts the tables of the text (表 1) and those of the annex (附表 1) apart. In the first `merged` columns an
    empty cell belongs to the one above it.
    """

    title: str
    columns: tuple[PrintedColumn, ...]
    rows: tuple[PrintedRow, ...]
    unit: str = ""
    notes: tuple[str, ...] = ()
    source: str = ""
    annex: bool = False
    number: int = 0
    merged: int = 0

    @property
    def label(self) -> str:
        """What the text refers to it by."""
        return f"{'附表' if self.annex else '表'} {self.number}"

    @property
    def caption(self) -> str:
        """What stands above it."""
        return f"{self.label}　{self.title}"

    @property
    def below(self) -> tuple[str, ...]:
        """What stands below it, a line each."""
        notes = [f"注：{note}" for note in self.notes]
        if len(notes) > 1:
            notes = [f"{'注：' if n == 1 else '　　'}{n}. {note}" for n, note in enumerate(self.notes, 1)]
        return (*notes, f"资料来源：{self.source}") if self.source else tuple(notes)


def printed(table: ReportTable, part: Part, *, annex: bool = False, number: int = 0) -> PrintedTable:
    """A table as it stands on paper, in the way its content declares.

    A column of figures of one unit has the same decimals throughout. Of a column left out a note says so. A list has 序号
    before each line.
    """
    title = part.title or table.title
    if title and not title.endswith(_LISTS):
        title = f"{title}表"
    table = _counted(table, part.counted) if part.counted else table
    heads = (table.stub, *table.heads)
    every = [(row.stub, *row.cells) for row in table.rows]
    kept = [i for i, head in enumerate(heads) if head.name != _ADDRESSES]
    contents = [[content(cells[i]) for i in kept if i < len(cells)] for cells in every]
    columns = [
        PrintedColumn(
            f"{heads[i].name}（{heads[i].unit}）" if heads[i].unit else heads[i].name, heads[i].words
        )
        for i in kept
    ]
    empty = [
        j
        for j, column in enumerate(columns)
        if j and part.lean and not column.words and all(row[j] in _ABSENT for row in contents if len(row) > j)
    ]
    notes = [plain_text(note) for note in table.notes]
    if empty and len(empty) < sum(not column.words for column in columns):
        notes.append(f"{'、'.join(columns[j].head for j in empty)}资料未提供，未列。")
        columns = [column for j, column in enumerate(columns) if j not in empty]
        contents = [[each for j, each in enumerate(row) if j not in empty] for row in contents]
    if part.aligned:
        contents = _aligned(contents, [column.head for column in columns])
    rows = tuple(_row(row, cells) for row, cells in zip(table.rows, contents, strict=True))
    return PrintedTable(
        title,
        tuple(columns),
        rows,
        table.unit,
        tuple(notes),
        table.source or sources_of(cell for figure in table.figures() for cell in cells_of(figure)),
        annex,
        number,
        part.merged,
    )


def _counted(table: ReportTable, name: str) -> ReportTable:
    """The list with 序号 before each line, beginning anew in each group."""
    rows: list[Row] = []
    number = 0
    for row in table.rows:
        number = 0 if row.kind == "group" else number + 1
        line = replace(row, stub=str(number), cells=(row.stub, *row.cells))
        rows.append(row if row.kind == "group" else line)
    heads = (Head(name, words=True), *table.heads)
    return replace(table, stub=Head("序号", words=True), heads=heads, rows=tuple(rows))


def content(part: Inline) -> Content:
    """What a part of a page is on paper: the figure where it is one, else its words."""
    match part:
        case Plain(figure=figure) | ((Measure() | Given()) as figure):
            return _figure(figure)
        case str():
            return part
        case GradeWord() | Quiet() | Link() | Shade() | Phrase():
            return plain_text(part)


def _figure(figure: Measure | Given) -> Content:
    if isinstance(figure, Measure):
        value = figure.value
        return value.label if isinstance(value, Missing) else Number(value, figure.unit, figure.places)
    quantity = figure.content
    if not isinstance(quantity, Quantity):
        return quantity.label
    return Number(quantity.value, quantity.unit, quantity.places, quantity.qualifier)


def _row(row: Row, cells: list[Content]) -> PrintedRow:
    return PrintedRow(tuple(cells), row.kind, row.level)


def _aligned(contents: list[list[Content]], heads: list[str]) -> list[list[Content]]:
    """The cells with the most decimals of their column, where all its figures are of one unit; scores have two at least."""
    rows = [list(row) for row in contents]
    for column in range(max(map(len, rows), default=0)):
        numbers = [cell for row in rows if column < len(row) and isinstance(cell := row[column], Number)]
        if len({number.unit for number in numbers}) != 1:
            continue
        score = numbers[0].unit == POINTS and "分值" not in heads[column]
        places = max(SCORE_PLACES if score else 0, *(number.places for number in numbers))
        for row in rows:
            if column < len(row) and isinstance(cell := row[column], Number):
                row[column] = replace(cell, places=places)
    return rows


def sources_of(cells: Iterable[CellRef]) -> str:
    """The files and sheets of cells, each once; of many sheets of a file their number.

    >>> sources_of([CellRef("底稿.xlsx", f"{n}县", 1, 1) for n in "甲乙丙丁"])
    '底稿.xlsx（4 张表）'
    """
    files: dict[str, dict[str, None]] = {}
    for cell in cells:
        files.setdefault(cell.file, {})[cell.sheet] = None
    return "；".join(
        f"{file}（{len(sheets)} 张表）"
        if len(sheets) > _SHEETS
        else "；".join(f"{file}［{sheet}］" if sheet else file for sheet in sheets)
        for file, sheets in files.items()
    )
