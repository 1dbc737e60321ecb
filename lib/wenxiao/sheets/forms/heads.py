"""The particulars and texts of a form, each by what it is called, as tables of one record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from wenxiao.model import Finding, Table
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Cell
from wenxiao.sheets.cells.wording import joined
from wenxiao.sheets.columns.assembly import assembled
from wenxiao.sheets.columns.heading import Heading, unit_in
from wenxiao.sheets.columns.stated_units import Surroundings
from wenxiao.sheets.columns.view import View
from wenxiao.sheets.forms.block import own_cells
from wenxiao.sheets.forms.pairs import Pair, ticked
from wenxiao.sheets.forms.scan import Filled
from wenxiao.sheets.layout.segment import Segment
from wenxiao.sheets.layout.surroundings import around

if TYPE_CHECKING:
    from wenxiao.fields import Field, Registry


def head_tables(
    grid: Grid, filled: Filled, registry: Registry, file: str
) -> tuple[list[Table], list[Finding]]:
    """A table for each column of values, and what was wrong with its cells."""
    kind = registry.kind("head")
    tables: list[Table] = []
    findings: list[Finding] = []
    by_column: dict[int, list[tuple[Pair, Field | None]]] = {}
    for pair, of in _fields(filled, registry):
        by_column.setdefault(pair.value_column, []).append((pair, of))
    for column, pairs in sorted(by_column.items()):
        said: dict[tuple[int, int], Cell] = {}
        for pair, _ in pairs:
            text = grid.text(pair.row, column) if pair.inline is None else pair.inline
            chosen = ticked(text)
            if pair.inline is not None or chosen is not None:
                said[pair.row, column] = text if chosen is None else chosen
        rows = sorted({pair.row for pair, _ in pairs})
        segment = Segment(column, column, (rows[0], rows[0] - 1), tuple(rows), tuple(filled.titles[:1]))
        headings = tuple(
            Heading(pair.row, (joined(pair.label),), unit_in(pair.label) or unit_in(pair.side))
            for pair, _ in pairs
        )
        fields = tuple(of for _, of in pairs)
        units = around(grid, replace(segment, titles=tuple(filled.metas)), file)[0].units
        surroundings = Surroundings(file, title_of(grid, filled), units)
        view = View(segment, kind, (column,), headings, fields, True, said=said)
        table, remarks = assembled(grid, view, surroundings)
        findings += remarks
        tables.append(table)
    return tables, findings


def _fields(filled: Filled, registry: Registry) -> Iterator[tuple[Pair, Field | None]]:
    """The pairs with their fields; a name that stands twice goes by the whole above it too (年度资金总额：财政拨款)."""
    fields = [registry.line(pair.label, filled.type) for pair in filled.pairs]
    keys = [None if of is None else of.key for of in fields]
    wholes: dict[int, Pair] = {}
    taken: set[str] = set()
    for pair, of in zip(filled.pairs, fields, strict=True):
        before = wholes.get(pair.value_column)
        if before is None or before.side != pair.side or not pair.side:
            before = wholes[pair.value_column] = pair
        if of is None or (keys.count(of.key) > 1 and before is pair and of.key in taken):
            yield pair, None
        elif keys.count(of.key) == 1 or before is pair:
            taken.add(of.key)
            yield pair, of
        else:
            key = f"{joined(before.label)}：{of.key}"
            yield replace(pair, label=key), None if key in taken else replace(of, key=key)
            taken.add(key)


def title_of(grid: Grid, filled: Filled) -> str:
    """The title of a form as it stands, else what the form is called."""
    rows = filled.titles[:1]
    return joined(grid.text(rows[0], own_cells(grid, rows[0])[0])) if rows else filled.type.label
