"""A picture of a sheet: its cells where they stand, coloured and marked by what each part was taken for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from wenxiao.display.blocks import Block, Group
from wenxiao.display.rendering import Rendering
from wenxiao.model import Given, Measure, Role, Table, column_letters
from wenxiao.sheets import Grid, Reading

ROWS, COLUMNS, LETTERS = 60, 30, 40
"""What a picture shows at most: rows, columns, characters of a cell. The reading itself is never cut."""

_TITLE, _HEADER, _NOTE = "标题", "表头", "注"
_CLASSES = {_TITLE: "title", _HEADER: "header", _NOTE: "note", Role.DATA.label: "data"}


@dataclass(frozen=True, eq=False)
class SheetPicture:
    """One sheet with its tables; each cell carries the word for its part, so that colour is never alone."""

    grid: Grid
    tables: tuple[Table, ...]
    internal: bool = False

    def html(self, rendering: Rendering) -> Markup:  # noqa: ARG002 - a picture has no figures to trace
        """The sheet as an HTML table with row numbers and column letters, and a legend."""
        parts = self._parts()
        width = min(self.grid.width, COLUMNS)
        head = Markup("").join(
            Markup("<th scope=col>{}</th>").format(column_letters(i + 1)) for i in range(width)
        )
        rows = Markup("").join(self._row(row, width, parts) for row in range(min(self.grid.height, ROWS)))
        words = dict.fromkeys(parts.values())
        legend = Markup("").join(
            Markup('<span class="wx-part wx-part-{}">{}</span>').format(_class(word), word) for word in words
        )
        cut = self.grid.height > ROWS or self.grid.width > COLUMNS
        note = (
            f"共 {self.grid.height} 行 {self.grid.width} 列，只画前 {ROWS} 行 {COLUMNS} 列。" if cut else ""
        )
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

    def _row(self, row: int, width: int, parts: dict[tuple[int, int], str]) -> Markup:
        cells = self.grid.rows[row]
        drawn = Markup("").join(
            _cell(cells[column] if column < len(cells) else "", parts.get((row + 1, column + 1), ""))
            for column in range(width)
        )
        return Markup("<tr><th scope=row>{}</th>{}</tr>").format(row + 1, drawn)

    def _parts(self) -> dict[tuple[int, int], str]:
        """The part of every cell of a table, by 1-based row and column."""
        parts: dict[tuple[int, int], str] = {}
        for table in self.tables:
            origin = table.origin
            for row in range(origin.top, min(origin.bottom, ROWS) + 1):
                for column in range(origin.left, min(origin.right, COLUMNS) + 1):
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


def _cell(value: object, word: str) -> Markup:
    text = _written(value)
    short = text if len(text) <= LETTERS else text[:LETTERS] + "…"
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


def picture_of(reading: Reading) -> Block:
    """The pictures of a file's sheets, those passed over left out."""
    named = {
        grid.name: tuple(t for t in reading.tables if t.origin.sheet == grid.name) for grid in reading.grids
    }
    return Group(tuple(SheetPicture(grid, named[grid.name]) for grid in reading.grids if named[grid.name]))
