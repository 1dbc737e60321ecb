"""Cells in words: the addresses a figure or a table rests on, grouped by file and sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wenxiao.model import CellRef, Table, column_letters

_SHOWN = 12


def sheet_name(file: str, sheet: str) -> str:
    """A sheet by file and name; a file of one table has none."""
    return f"{file}［{sheet}］" if sheet else file


def addresses(cells: Iterable[CellRef], named: Callable[[str, str], str] = sheet_name) -> str:
    """Cells in reading order, each once, grouped by sheet, `named` by file and sheet; a long list ends in 等 with its number.

    >>> addresses([CellRef("资金.xlsx", "资金", 5, 3), CellRef("资金.xlsx", "资金", 6, 3)])
    '资金.xlsx［资金］C5、C6'
    """
    sheets: dict[tuple[str, str], dict[str, None]] = {}
    for cell in cells:
        sheets.setdefault((cell.file, cell.sheet), {})[cell.address] = None
    return "；".join(f"{named(file, sheet)}{_list(list(found))}" for (file, sheet), found in sheets.items())


def ranges(cells: Iterable[CellRef]) -> str:
    """The rectangle the cells fill on each sheet, for the source note of a table.

    >>> ranges([CellRef("资金.xlsx", "资金", 5, 3), CellRef("资金.xlsx", "资金", 8, 2)])
    '资金.xlsx［资金］B5:C8'
    """
    sheets: dict[tuple[str, str], list[CellRef]] = {}
    for cell in cells:
        sheets.setdefault((cell.file, cell.sheet), []).append(cell)
    return "；".join(
        f"{sheet_name(file, sheet)}{_rectangle(found)}" for (file, sheet), found in sheets.items()
    )


def origins(tables: Iterable[Table]) -> str:
    """The files and sheets of tables, each once."""
    return "；".join(dict.fromkeys(sheet_name(table.origin.file, table.origin.sheet) for table in tables))


def _list(found: list[str]) -> str:
    if len(found) <= _SHOWN:
        return "、".join(found)
    return f"{'、'.join(found[:_SHOWN])} 等 {len(found)} 格"


def _rectangle(cells: list[CellRef]) -> str:
    rows, columns = [cell.row for cell in cells], [cell.column for cell in cells]
    first = f"{column_letters(min(columns))}{min(rows)}"
    last = f"{column_letters(max(columns))}{max(rows)}"
    return first if first == last else f"{first}:{last}"
