"""The tables of a web page that calls itself a workbook, cell by cell, with row and column spans as merges."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from wenxiao.sheets.cells.grid import Grid, Merge, grid_of
from wenxiao.sheets.cells.texture import Cell

MOST_SPAN = 1000


def markup_grids(text: str, name: str) -> tuple[Grid, ...]:
    """A grid for every outermost table of a page, named as the file, numbered from the second on."""
    page = BeautifulSoup(text, "html.parser")
    tables = [table for table in page.find_all("table") if table.find_parent("table") is None]
    return tuple(
        _grid(table, name if not index else f"{name} {index + 1}") for index, table in enumerate(tables)
    )


def _grid(table: Tag, name: str) -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    merges: list[Merge] = []
    lines = [line for line in table.find_all("tr") if line.find_parent("table") is table]
    for row, line in enumerate(lines):
        column = 0
        for cell in line.find_all(["td", "th"], recursive=False):
            while (row, column) in cells:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for below in range(row, min(row + down, len(lines))):
                for right in range(column, column + across):
                    cells[below, right] = ""
            cells[row, column] = cell.get_text().replace("\xa0", " ").strip()
            if down > 1 or across > 1:
                merges.append(Merge(row, column, min(row + down, len(lines)) - 1, column + across - 1))
            column += across
    height = len(lines)
    width = max((column for _, column in cells), default=-1) + 1
    rows = [[cells.get((row, column), "") for column in range(width)] for row in range(height)]
    return grid_of(name, rows, merges)


def _span(cell: Tag, name: str) -> int:
    text = str(cell.get(name, "1"))
    return max(1, min(int(text), MOST_SPAN)) if text.isdigit() else 1
