"""A picture of a sheet: its cells where they stand, coloured and marked by what each part was taken for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wenxiao.display.blocks import Block, Group
from wenxiao.display.rendering import Rendering
from wenxiao.model import CellRef, Given, Measure, Role, Table, column_letters
from wenxiao.sheets import Grid, Reading

ROWS, COLUMNS, LETTERS = 60, 30, 40
"""What a picture shows at most: rows, columns, characters of a cell. The reading itself is never cut."""

_TITLE, _HEADER, _NOTE = "标题", "表头", "注"
_CLASSES = {_TITLE: "title", _HEADER: "header", _NOTE: "note", Role.DATA.label: "data"}


@dataclass(frozen=True, eq=False)
class SheetPicture:
    """One sheet with its tables; each cell carries the word for its part, so that colour is never alone.

    `marked` cells (1-based row and column) stand out; where they lie beyond what a picture shows, it begins near them.
    """

    grid: Grid
    tables: tuple[Table, ...]
    marked: frozenset[tuple[int, int]] = frozenset()
    internal: bool = False

    def html(self, rendering: Rendering) -> Markup:  # noqa: ARG002 - a picture has no figures to trace
        """The sheet as an HTML table with row numbers and column letters, and a legend."""
        parts = self._parts()
        above, left = (_first(at, most) for at, most in zip(self._reached, (ROWS, COLUMNS), strict=True))
        columns = range(left, min(self.grid.width, left + COLUMNS))
        head = Markup("").join(Markup("<th scope=col>{}</th>").format(column_letters(i + 1)) for i in columns)
        lines = range(above, min(self.grid.height, above + ROWS))
        rows = Markup("").join(self._row(row, columns, parts) for row in lines)
        words = dict.fromkeys(parts.values())
        legend = Markup("").join(
            Markup('<span class="wx-part wx-part-{}">{}</span>').format(_class(word), word) for word in words
        )
        cut = self.grid.height > ROWS or self.grid.width > COLUMNS
        shown = f"第 {above + 1} 行起 {ROWS} 行" if above else f"前 {ROWS} 行"
        shown += f"、第 {left + 1} 列起 {COLUMNS} 列" if left else f" {COLUMNS} 列"
        note = f"共 {self.grid.height} 行 {self.grid.width} 列，只画{shown}。" if cut else ""
        return Markup(
            '<figure class="wx-picture"><figcaption><b>［{}］</b>{}</figcaption>'
            '<div class="wx-scroll" tabindex="0" role="region" aria-label="{}"><table><thead><tr><td></td>{}</tr></thead>'
            "<tbody>{}</tbody></table></div><p class=wx-note>{}</p></figure>"
        ).format(self.grid.name, legend, f"工作表 {self.grid.name} 的样子", head, rows, note)

    def text(self) -> str:
        """The parts of the sheet in words."""
        lines = [f"［{self.grid.name}］{self.grid.height} 行 {self.grid.width} 列"]
        lines += [f"{table.origin} {table.title}" for table in self.tables]
        return "\n".join(lines)

    def figures(self) -> Iterator[Measure | Given]:
        """None: the picture is of cells, not of figures."""
        return iter(())

    @property
    def _reached(self) -> tuple[int, int]:
        """The first marked row and column; the upper left where none is."""
        return min(self.marked, default=(1, 1))

    def _row(self, row: int, columns: range, parts: dict[tuple[int, int], str]) -> Markup:
        cells = self.grid.rows[row]
        drawn = Markup("").join(
            _cell(
                cells[column] if column < len(cells) else "",
                parts.get((row + 1, column + 1), ""),
                marked=(row + 1, column + 1) in self.marked,
            )
            for column in columns
        )
        return Markup("<tr><th scope=row>{}</th>{}</tr>").format(row + 1, drawn)

    def _parts(self) -> dict[tuple[int, int], str]:
        """The part of every cell of a table, by 1-based row and column."""
        row, column = self._reached
        last, right = row + ROWS, column + COLUMNS
        parts: dict[tuple[int, int], str] = {}
        for table in self.tables:
            origin = table.origin
            for row in range(origin.top, min(origin.bottom, last) + 1):
                for column in range(origin.left, min(origin.right, right) + 1):
                    parts[row, column] = _part(table, row, column)
        return parts


def _part(table: Table, row: int, column: int) -> str:
    """What a cell was taken for; in a transposed table a record is a column and a field a row."""
    line = column if table.transposed else row
    first, last = table.header
    if table.transposed and row < min(each.position for each in table.columns):
        return _HEADER if first <= row <= last else _TITLE
    for record, at in enumerate(table.lines.tolist()):
        if at == line:
            return Role(int(table.roles[record])).label
    if table.transposed or first <= row <= last:
        return _HEADER
    return _TITLE if row < first else _NOTE


def _class(word: str) -> str:
    return _CLASSES.get(word, "total")


def _first(reached: int, most: int) -> int:
    """The first row or column drawn, from 0: the first of all, unless what is marked would not be reached."""
    return 0 if reached <= most else reached - most // 2


def _cell(value: object, word: str, *, marked: bool = False) -> Markup:
    text = _written(value)
    short: str | Markup = text if len(text) <= LETTERS else text[:LETTERS] + "…"
    if marked:
        short = Markup("<mark>{}</mark>").format(short or "（空）")
    classes = [f"wx-part-{_class(word)}"] if word else []
    classes += ["wx-part-number"] if isinstance(value, int | float) else []
    named = Markup(' class="{}"').format(" ".join(classes)) if classes else ""
    titled = Markup(' title="{}"').format(word) if word else ""
    return Markup("<td{}{}>{}</td>").format(named, titled, short)


def _written(value: object) -> str:
    """A raw cell as it would be typed: a whole number without the .0 that the container's float has."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def picture_of(reading: Reading, cells: Sequence[CellRef] = ()) -> Block:
    """The pictures of a file's sheets, those passed over left out; with `cells`, of the sheets they are in, marked there."""
    named = {
        grid.name: tuple(t for t in reading.tables if t.origin.sheet == grid.name) for grid in reading.grids
    }
    marked = {
        grid.name: frozenset(
            (c.row, c.column) for c in cells if (c.file, c.sheet) == (reading.file, grid.name)
        )
        for grid in reading.grids
    }
    wanted = [name for name in named if marked[name]] or [name for name in named if named[name]]
    return Group(
        tuple(
            SheetPicture(grid, named[grid.name], marked[grid.name])
            for grid in reading.grids
            if grid.name in wanted
        )
    )
