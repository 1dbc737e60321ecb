"""The account of a collection: every number of every returned file is in a merged value with its cell, or on the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wenxiao.collect.collection import Collection
from wenxiao.collect.merged import Merged, read_collection
from wenxiao.collect.roster import County
from wenxiao.collect.sending import TemplateText, template_text
from wenxiao.collect.template_checks import is_own_formula
from wenxiao.collect.unread import Unread
from wenxiao.collect.value import has_number, raw_text
from wenxiao.fields import Registry, standard_registry
from wenxiao.model import CellRef, SheetError
from wenxiao.sheets import Grid
from wenxiao.sheets.containers.opening import opened


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the numbers of one returned file.

    `numbers` cells hold a digit, or are a number or a date; `merged` of them are in a value that quotes them as they stand,
    `listed` on the list of what was not read, `template` what the template itself says; `lost` are none of these, and there must be none.
    """

    county: str
    file: str
    version: str
    numbers: int
    merged: int
    listed: int
    template: int
    lost: tuple[CellRef, ...]


def accounting(
    collection: Collection, merged: Merged | None = None, registry: Registry | None = None
) -> tuple[Account, ...]:
    """The account of every file of the register, in its order, of `merged`, else of what `read_collection` gives.

    The files are opened anew, as raw cells: nothing is taken over from how their tables were read. Raises as
    `read_collection`.
    """
    known = standard_registry() if registry is None else registry
    of = read_collection(collection, known) if merged is None else merged
    people = {county.name: county for county in of.counties}
    values: dict[tuple[str, str], set[tuple[str, str, str]]] = {}
    for value in of.values:
        values.setdefault((value.file, value.version), set()).add((value.sheet, value.cell, value.raw))
    lines: dict[tuple[str, str], list[Unread]] = {}
    for line in of.unread:
        lines.setdefault((line.file, line.version), []).append(line)
    found = []
    for entry in of.register.entries:
        key = (entry.file, entry.version)
        listed = lines.get(key, [])
        grids: Iterable[Grid] = ()
        if entry.kept:
            try:
                grids = opened((collection.folder / entry.kept).read_bytes(), entry.file).grids
            except (OSError, SheetError):
                grids = ()
        template = template_text(of.form, people.get(entry.county, County(entry.county)), known)
        found.append(
            _account(
                (entry.county, *key),
                grids,
                values.get(key, set()),
                listed,
                template,
                readable=bool(entry.kept),
            )
        )
    return tuple(found)


def _account(
    of: tuple[str, str, str],
    grids: Iterable[Grid],
    values: set[tuple[str, str, str]],
    lines: list[Unread],
    template: TemplateText,
    *,
    readable: bool,
) -> Account:
    county, file, version = of
    whole = any(not line.sheet and not line.cell for line in lines)
    if not readable:
        return Account(county, file, version, 0, 0, 0, 0, () if whole else (CellRef(file, "", 1, 1),))
    numbers = merged = listed = own = 0
    lost = []
    cover = _Cover(lines)
    for grid in grids:
        for row, column in _numbers(grid):
            numbers += 1
            at = CellRef(file, grid.name, row + 1, column + 1)
            if (grid.name, at.address, raw_text(grid.at(row, column))) in values:
                merged += 1
            elif whole or cover.has(at):
                listed += 1
            elif template.has(grid.rows[row], grid.at(row, column)):
                own += 1
            else:
                lost.append(at)
        for (row, column), formula in grid.formulas.items():
            at = CellRef(file, grid.name, row, column)
            if formula and not is_own_formula(formula):
                numbers += 1
                if whole or cover.has(at):
                    listed += 1
                else:
                    lost.append(at)
    return Account(county, file, version, numbers, merged, listed, own, tuple(lost))


def _numbers(grid: Grid) -> Iterator[tuple[int, int]]:
    """The places of the cells that are a number or a date, or whose text has a digit or a numeral."""
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if has_number(cell):
                yield row, column


class _Cover:
    """The cells that the lines of a file cover: one each, a range, or a whole sheet."""

    def __init__(self, lines: Iterable[Unread]) -> None:
        self.sheets = {line.sheet for line in lines if line.sheet and not line.cell}
        self.cells = {(line.sheet, line.cell) for line in lines if line.cell and ":" not in line.cell}
        self.areas = [(line.sheet, *_area(line)) for line in lines if ":" in line.cell]

    def has(self, at: CellRef) -> bool:
        """Whether a cell is covered."""
        return (
            at.sheet in self.sheets
            or (at.sheet, at.address) in self.cells
            or any(
                sheet == at.sheet and top <= at.row <= bottom and left <= at.column <= right
                for sheet, top, left, bottom, right in self.areas
            )
        )


def _area(line: Unread) -> tuple[int, int, int, int]:
    first, _, last = line.cell.partition(":")
    start, end = CellRef.at(line.file, line.sheet, first), CellRef.at(line.file, line.sheet, last)
    return start.row, start.column, end.row, end.column
