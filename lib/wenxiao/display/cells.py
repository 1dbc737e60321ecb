"""Cells in words: the addresses a figure or a table rests on, grouped by file and sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from wenxiao.model import CellRef, column_letters

_SHOWN = 12
_RUN = 3
_CIRCLED = 20
"""So many numbers have a circle in every font."""


class SheetMarks:
    """Sheets, each by a mark (①): many figures come from a handful of them."""

    def __init__(self) -> None:
        self._marks: dict[tuple[str, str], str] = {}

    def __call__(self, file: str, sheet: str) -> str:
        """The mark of a sheet."""
        return self._marks.setdefault((file, sheet), _mark(len(self._marks)))

    def address(self, cell: CellRef) -> str:
        """A cell by the mark of its sheet and its address."""
        return f"{self(cell.file, cell.sheet)}{cell.address}"

    def __str__(self) -> str:
        """Which mark stands for which sheet."""
        return "；".join(f"{mark} {sheet_name(*sheet)}" for sheet, mark in self._marks.items())


def _mark(number: int) -> str:
    return chr(ord("①") + number) if number < _CIRCLED else f"({number + 1})"


def bare_address(cell: CellRef) -> str:
    """A cell by its address alone, where its sheet is named once for several."""
    return cell.address


def sheet_name(file: str, sheet: str) -> str:
    """A sheet by file and name; a file of one table has none."""
    return f"{file}［{sheet}］" if sheet else file


def addresses(cells: Iterable[CellRef], named: Callable[[str, str], str] = sheet_name) -> str:
    """Cells in reading order, each once, grouped by sheet, `named` by file and sheet; a long list ends in 等 with its number.

    >>> addresses([CellRef("资金.xlsx", "资金", 5, 3), CellRef("资金.xlsx", "资金", 6, 3)])
    '资金.xlsx［资金］C5、C6'
    """
    sheets: dict[tuple[str, str], dict[CellRef, None]] = {}
    for cell in cells:
        sheets.setdefault((cell.file, cell.sheet), {})[cell] = None
    return "；".join(f"{named(file, sheet)}{_list(list(found))}" for (file, sheet), found in sheets.items())


def ranges(cells: Iterable[CellRef]) -> str:
    """The rectangle the cells fill on each sheet, for the source note of a table; sheets alike by the first.

    >>> ranges([CellRef("资金.xlsx", "资金", 5, 3), CellRef("资金.xlsx", "资金", 8, 2)])
    '资金.xlsx［资金］B5:C8'
    """
    return _together(cells, _rectangle)


def at_a_glance(cells: Sequence[CellRef], known: Iterable[str] = ()) -> str:
    """Cells as runs, of many sheets alike the first for all; a sheet that is `known` is not named again.

    >>> at_a_glance([CellRef("资金.xlsx", "资金", row, 3) for row in range(5, 9)], ["资金.xlsx［资金］"])
    'C5:C8'
    >>> at_a_glance([CellRef("评分.xlsx", place, 20, 11) for place in ("甲县", "乙县", "丙县")])
    '评分.xlsx［甲县］等 3 张表 K20'
    """
    return _together(
        sorted(cells, key=lambda cell: (cell.column, cell.row)), lambda found: "、".join(_runs(found)), known
    )


def _together(
    cells: Iterable[CellRef], where: Callable[[list[CellRef]], str], known: Iterable[str] = ()
) -> str:
    """Where cells stand, sheet by sheet; sheets of a file with the same places by the first and their number."""
    sheets: dict[tuple[str, str], list[CellRef]] = {}
    for cell in cells:
        sheets.setdefault((cell.file, cell.sheet), []).append(cell)
    alike: dict[tuple[str, str], list[str]] = {}
    for (file, sheet), found in sheets.items():
        alike.setdefault((file, where(found)), []).append(sheet_name(file, sheet))
    named = set(known)
    return "；".join(
        f"{names[0]}等 {len(names)} 张表 {places}"
        if len(names) > 1
        else f"{'' if names[0] in named else names[0]}{places}"
        for (_, places), names in alike.items()
    )


def _list(found: list[CellRef]) -> str:
    runs = _runs(found)
    if len(runs) <= _SHOWN:
        return "、".join(runs)
    return f"{'、'.join(runs[:_SHOWN])} 等 {len(found)} 格"


def _runs(cells: Iterable[CellRef]) -> list[str]:
    """Addresses in reading order; three and more that follow each other in a row or a column as a range."""
    runs: list[list[CellRef]] = []
    for cell in cells:
        if runs and _follows(runs[-1], cell):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return [text for run in runs for text in _run(run)]


def _follows(run: list[CellRef], cell: CellRef) -> bool:
    step = (cell.row - run[-1].row, cell.column - run[-1].column)
    before = (run[-1].row - run[-2].row, run[-1].column - run[-2].column) if len(run) > 1 else step
    return step == before and step in ((1, 0), (0, 1))


def _run(run: list[CellRef]) -> list[str]:
    if len(run) < _RUN:
        return [cell.address for cell in run]
    return [f"{run[0].address}:{run[-1].address}"]


def _rectangle(cells: list[CellRef]) -> str:
    rows, columns = [cell.row for cell in cells], [cell.column for cell in cells]
    first = f"{column_letters(min(columns))}{min(rows)}"
    last = f"{column_letters(max(columns))}{max(rows)}"
    return first if first == last else f"{first}:{last}"
