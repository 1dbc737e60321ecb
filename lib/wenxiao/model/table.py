"""A table as read from a sheet: records with roles, columns with declared fields, and the address of every value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wenxiao.model.cells import CellRef
from wenxiao.model.column import Column, ColumnRelation
from wenxiao.model.expression import Given
from wenxiao.model.form import Form
from wenxiao.model.quantity import Missing, Quantity
from wenxiao.model.row_tree import RowTree
from wenxiao.model.units import Unit

if TYPE_CHECKING:
    import pandas as pd


class Role(IntEnum):
    """What a record of the body is. Totals are never mixed with data."""

    DATA = 0
    TOTAL = 1
    SUBTOTAL = 2
    OF_WHICH = 3
    REGION_SUBTOTAL = 4
    NOTE = 5
    TEMPLATE = 6
    SECTION = 7
    ROUNDED_TOTAL = 8
    GRADE = 9
    WEIGHT = 10
    MEAN = 11
    OUTSIDE = 12

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.DATA: "数据",
    Role.TOTAL: "合计",
    Role.SUBTOTAL: "小计",
    Role.OF_WHICH: "其中",
    Role.REGION_SUBTOTAL: "地区小计",
    Role.NOTE: "注",
    Role.TEMPLATE: "模板行",
    Role.SECTION: "分组标题",
    Role.ROUNDED_TOTAL: "取整合计",
    Role.GRADE: "等级",
    Role.WEIGHT: "分值",
    Role.MEAN: "平均",
    Role.OUTSIDE: "未计入合计",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table stood: file, sheet, the 1-based first and last row and column it fills, headers included."""

    file: str
    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first = CellRef(self.file, self.sheet, self.top, self.left)
        return f"{first}:{CellRef(self.file, self.sheet, self.bottom, self.right).address}"


@dataclass(frozen=True, eq=False)
class Table:
    """A table with `n` records.

    kind       the registry's kind of table (funds, scorecard, …), `other` where unknown
    title      as it stands above the table; `unit` the unit of the unit row; `notes` the lines below
    origin     where it stood
    lines      int32[n]: the 1-based sheet row of each record (the sheet column where `transposed`)
    roles      int8[n]: `Role` of each record
    columns    the fields, in sheet order
    sections   n texts: the section title a record stands under, '' where there is none
    form       the form it is a block of, None where it stands by itself
    raw        gives the raw cell at a 1-based (row, column), as the container held it
    tree       which records add up to which; `relations` what columns are of each other, both found by arithmetic
    intensive  positions of columns whose totals lie among their parts: they are no amounts and have no sum
    proposed   whether its kind rests on names that were proposed, so that a table of that kind with known names outranks it
    parts      the tables that it was joined of, which stand beside each other or on several sheets; else none
    """

    kind: str
    title: str
    origin: Origin
    lines: NDArray[np.int32]
    roles: NDArray[np.int8]
    columns: tuple[Column, ...]
    sections: tuple[str, ...]
    raw: Callable[[int, int], object]
    unit: Unit | None = None
    notes: tuple[str, ...] = ()
    header: tuple[int, int] = (0, 0)
    transposed: bool = False
    tree: RowTree = field(default_factory=RowTree)
    relations: tuple[ColumnRelation, ...] = ()
    intensive: frozenset[int] = frozenset()
    form: Form | None = None
    proposed: bool = False
    parts: tuple[Table, ...] = ()

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def name(self) -> str:
        """What to call it in a sentence: its title, else its sheet."""
        return self.title or self.origin.sheet

    @cached_property
    def _by_key(self) -> dict[str, Column]:
        named: dict[str, Column] = {}
        for column in self.columns:
            if column.key is not None:
                named.setdefault(column.key, column)
        return named

    def has(self, key: str) -> bool:
        """Whether the table has a column for a field."""
        return key in self._by_key

    def column(self, key: str) -> Column | None:
        """The column of a field, or None."""
        return self._by_key.get(key)

    def records(self, *roles: Role) -> Iterator[int]:
        """The positions of the records with one of `roles` (data records where none is named), in sheet order."""
        wanted = [int(role) for role in roles or (Role.DATA,)]
        return iter(np.flatnonzero(np.isin(self.roles, wanted)).tolist())

    def cell(self, record: int, column: Column) -> CellRef:
        """The address of one value."""
        first = 0
        for part in self.parts:
            if record < first + len(part):
                places = [each.position for each in self.columns]
                return part.cell(record - first, part.columns[places.index(column.position)])
            first += len(part)
        line, position = int(self.lines[column.heads.get(record, record)]), column.position
        row, col = (position, line) if self.transposed else (line, position)
        return CellRef(self.origin.file, self.origin.sheet, row, col)

    def raw_at(self, cell: CellRef) -> object:
        """The raw cell at an address of the table, as the container held it."""
        for part in self.parts:
            if part.holds(cell):
                return part.raw(cell.row, cell.column)
        return self.raw(cell.row, cell.column)

    def holds(self, cell: CellRef) -> bool:
        """Whether a cell stands in the range that the table fills."""
        if self.parts:
            return any(part.holds(cell) for part in self.parts)
        at = self.origin
        return (
            (cell.file, cell.sheet) == (at.file, at.sheet)
            and at.top <= cell.row <= at.bottom
            and at.left <= cell.column <= at.right
        )

    def text(self, record: int, key: str) -> str:
        """The text of one value; empty where the field or the text is absent."""
        column = self.column(key)
        return "" if column is None else column.text(record)

    def text_cell(self, record: int, key: str) -> CellRef | None:
        """The address of one value by field, or None where the table has no such field."""
        column = self.column(key)
        return None if column is None else self.cell(record, column)

    def given(self, record: int, key: str, label: str = "") -> Given:
        """One figure with its cell, or 未提供 without one where the table has no such field."""
        column = self.column(key)
        if column is None:
            return Given(label or key, Missing.NOT_PROVIDED)
        return self.given_in(record, column, label)

    def given_in(self, record: int, column: Column, label: str = "") -> Given:
        """One figure of a column with its cell, precision and raw text; `label` defaults to the header."""
        cell = self.cell(record, column)
        raw = self.raw_at(cell)
        number = column.number(record)
        content: Quantity | Missing
        if number is None:
            content = column.missing_kind(record) or Missing.UNREADABLE
        else:
            unit, places = column.unit_of(record), int(column.places[record])
            qualifier = column.qualifiers.get(record, "")
            counted = unit.counts and places == 0 and not qualifier
            content = Quantity(number, unit, places, bool(column.inferred[record]), qualifier, counted)
        printed = column.corrected.get(record)
        return Given(label or column.label, content, cell, "" if raw is None else str(raw), printed)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """A tidy frame: one row a record, `role`, `section`, then a column a field.

        Column names are registry keys (headers where unknown, made unique by their sheet letter); figures are Arrow
        decimals in the field's unit, text is Arrow strings. The index is the sheet line of each record.
        """
        import pandas as pd  # noqa: PLC0415 - for those who want a frame

        data: dict[str, pd.Series] = {
            "role": pd.Series([Role(int(role)).label for role in self.roles], dtype="str"),
            "section": pd.Series(list(self.sections), dtype="str"),
        }
        for column in self.columns:
            name = column.key or column.label or f"列{column.position}"
            if name in data:
                name = f"{name}.{column.position}"
            values = column.numbers if column.numbers is not None else column.texts
            values = pa.nulls(len(self), pa.string()) if values is None else values
            data[name] = pd.Series(pd.arrays.ArrowExtensionArray(values))
        frame = pd.DataFrame(data)
        frame.index = pd.Index(self.lines, name="line")
        return frame
