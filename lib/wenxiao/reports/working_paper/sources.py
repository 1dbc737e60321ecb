"""The source tables as read, one a sheet, every copied cell with its original address at the side and on top."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from wenxiao.evaluation.audience import INTERNAL, Audience
from wenxiao.model import CellRef, Column, Given, Missing, Quantity, Role, SheetCell, Table, column_letters
from wenxiao.model.units import WAN_YUAN
from wenxiao.reports.working_paper.book import INPUT, QUIET, Book, Sheet, unit_word
from wenxiao.reports.working_paper.text import number_format

WHOLE, WHOLE_BESIDE = 20_000, 2_000
"""A table of up to so many cells is copied whole; of a larger one only what formulas refer to, and its sheet says so."""
_SHOWN_AS = frozenset("约≥≤><") | {""}
_FIRST = 6
"""The first row of the copied table: title, source, way back, addresses, heads stand above it."""


class Sources:
    """The copied tables of one project; `needed` are the cells that formulas refer to.

    Tables, lines and columns that would name someone the `readers` must not see are left out.
    """

    def __init__(
        self,
        book: Book,
        tables: Collection[Table],
        needed: Collection[CellRef],
        readers: Audience = INTERNAL,
        prefix: str = "",
        most: int = WHOLE,
    ) -> None:
        asked: dict[tuple[str, str], set[CellRef]] = {}
        for ref in needed:
            asked.setdefault((ref.file, ref.sheet), set()).add(ref)
        self._copies: dict[tuple[str, str], list[_Copy]] = {}
        stood = [part for table in tables for part in table.parts or (table,)]
        for number, table in enumerate(stood, 1):
            origin = table.origin
            if not readers.sees(table.kind):
                continue
            if any(map(readers.names_a_peer, (origin.file, origin.sheet, table.title))):
                continue
            key = (origin.file, origin.sheet)
            name = book.name(f"源{prefix}{number} {table.title or origin.sheet}")
            self._copies.setdefault(key, []).append(_Copy(table, name, asked.get(key, set()), readers, most))

    def __iter__(self) -> Iterator[_Copy]:
        return (copy for copies in self._copies.values() for copy in copies)

    def cell(self, ref: CellRef) -> SheetCell | None:
        """Where a source cell was copied to."""
        found = (copy.cell(ref) for copy in self._copies.get((ref.file, ref.sheet), ()))
        return next((cell for cell in found if cell is not None), None)

    def holding(self, given: Given) -> SheetCell | None:
        """The copied cell of a figure, where it shows just this figure or its absence."""
        if given.cell is None:
            return None
        for copy in self._copies.get((given.cell.file, given.cell.sheet), ()):
            cell = copy.cell(given.cell)
            if cell is not None and copy.holds(given):
                return cell
        return None

    def write(self, book: Book) -> None:
        """Writes a sheet for each table."""
        for copy in self:
            copy.write(book)


class _Copy:
    """One table and where its lines and fields go; rows and columns keep the orientation of the source."""

    def __init__(
        self, table: Table, name: str, needed: set[CellRef], readers: Audience, most: int = WHOLE
    ) -> None:
        self.table, self.name, self.most = table, name, most
        self.whole = len(table) * len(table.columns) <= most
        records: Collection[int] = range(len(table))
        columns: Collection[Column] = table.columns
        if not self.whole:
            lines = {ref.column if table.transposed else ref.row for ref in needed}
            records = [r for r in records if int(table.lines[r]) in lines]
            wanted = {ref.row if table.transposed else ref.column for ref in needed}
            columns = [c for c in columns if c.position in wanted or c is self._naming]
        columns = [c for c in columns if readers.sees(table.kind, c.key)]
        if readers.peers:
            columns = [c for c in columns if not readers.names_a_peer(c.label)]
            records = [r for r in records if not any(map(readers.names_a_peer, self._texts(r)))]
        self.records, self.columns = tuple(records), tuple(columns)
        self._asked = self._records_asked(needed) if not self.whole else {}
        self._record_of = {int(table.lines[record]): record for record in self.records}
        self._column_of = {column.position: column for column in self.columns}
        offset = 2 if table.transposed else (3 if any(table.sections) else 2)
        self._line_at = {int(table.lines[r]): i for i, r in enumerate(self.records, _first(table, offset))}
        self._field_at = {
            c.position: i for i, c in enumerate(self.columns, _FIRST if table.transposed else offset + 1)
        }

    def _records_asked(self, needed: set[CellRef]) -> dict[int, set[int]]:
        """The records that formulas refer to, by the position of the field."""
        record_of = {int(self.table.lines[record]): record for record in self.records}
        asked: dict[int, set[int]] = {}
        for ref in needed:
            line, position = (ref.column, ref.row) if self.table.transposed else (ref.row, ref.column)
            if line in record_of:
                asked.setdefault(position, set()).add(record_of[line])
        return asked

    @property
    def _naming(self) -> Column | None:
        """The column that says what a line is about."""
        return next((column for column in self.table.columns if column.texts is not None), None)

    def cell(self, ref: CellRef) -> SheetCell | None:
        """Where a cell of the source stands in the copy."""
        line, position = (ref.column, ref.row) if self.table.transposed else (ref.row, ref.column)
        at, field = self._line_at.get(line), self._field_at.get(position)
        if at is None or field is None:
            return None
        return SheetCell(self.name, at, field) if self.table.transposed else SheetCell(self.name, field, at)

    def holds(self, given: Given) -> bool:
        """Whether the copied cell shows this figure, in its unit, or none where it is missing."""
        assert given.cell is not None
        line, position = given.cell.row, given.cell.column
        if self.table.transposed:
            line, position = position, line
        record, column = self._record_of[line], self._column_of[position]
        number = column.number(record)
        if isinstance(given.content, Quantity):
            return number == given.content.value and column.unit_of(record) == given.content.unit
        return number is None

    def write(self, book: Book) -> None:
        """The sheet of the table."""
        table = self.table
        about = f"来源：{table.origin}"
        if not self.whole:
            about += f"；原表 {len(table)} 行 {len(table.columns)} 列，超过 {self.most} 格，只抄录公式引用的格，在 {len(self.records)} 行 {len(self.columns)} 列中"
        sheet = book.sheet(self.name, table.name, about, heads=2)
        side = ["原列"] if table.transposed else ["原行", "行的性质"]
        heads = [_head(column) for column in self.columns]
        address = book.style(font_color=QUIET, align="center")
        if table.transposed:
            sheet.heads("原行", "项目", *(Role(int(table.roles[r])).label for r in self.records))
            sheet.text(4, 2, "原列", font_color=QUIET)
            for line, at in self._line_at.items():
                sheet.sheet.write_string(3, at - 1, column_letters(line), address)
            for column, name in zip(self.columns, heads, strict=True):
                at = self._field_at[column.position]
                sheet.sheet.write_number(at - 1, 0, column.position, address)
                sheet.text(at, 2, name, bold=True)
        else:
            sections = any(table.sections)
            sheet.heads(*side, *(["分组"] if sections else []), *heads)
            sheet.text(4, 2, "原列", font_color=QUIET)
            for position, at in self._field_at.items():
                sheet.sheet.write_string(3, at - 1, column_letters(position), address)
            for record in self.records:
                line = int(table.lines[record])
                at = self._line_at[line]
                sheet.sheet.write_number(at - 1, 0, line, address)
                role = Role(int(table.roles[record]))
                sheet.text(at, 2, role.label, font_color=QUIET)
                if sections:
                    sheet.text(at, 3, table.sections[record])
        for column in self.columns:
            self._write_column(sheet, column)

    def _write_column(self, sheet: Sheet, column: Column) -> None:
        numbers = column.numbers.to_pylist() if column.numbers is not None else None
        texts = column.texts.to_pylist() if column.texts is not None else None
        field = self._field_at[column.position]
        records: Iterable[int] = self.records
        if not self.whole and column is not self._naming:
            records = sorted(self._asked.get(column.position, ()))
        for record in records:
            at = self._line_at[int(self.table.lines[record])]
            row, place = (field, at) if self.table.transposed else (at, field)
            number = numbers[record] if numbers else None
            bold = int(self.table.roles[record]) in _TOTALS
            if number is not None:
                sheet.number(
                    row,
                    place,
                    float(number),
                    self._format(column, record, number),
                    font_color=INPUT,
                    bold=bold,
                )
            elif texts and texts[record]:
                sheet.text(row, place, texts[record], bold=bold)
            else:
                sheet.text(row, place, self._absent(column, record), font_color=QUIET)

    def _format(self, column: Column, record: int, number: Decimal) -> str:
        unit, places = column.unit_of(record), int(column.places[record])
        if unit.dimension == WAN_YUAN.dimension:
            places = min(places, max(-int(number.normalize().as_tuple().exponent), 2))
        if column.key in _PLAIN:
            return "0"
        qualifier = column.qualifiers.get(record, "")
        symbol = unit.symbol if record in column.row_units else ""
        return number_format(
            unit, places, qualifier=qualifier if qualifier in _SHOWN_AS else "", symbol=symbol
        )

    def _absent(self, column: Column, record: int) -> str:
        """What stands in a cell without a figure: its own words, else why there is none."""
        cell = self.table.cell(record, column)
        raw = self.table.raw(cell.row, cell.column)
        missing = column.missing_kind(record)
        return (
            str(raw)
            if raw is not None and missing is not Missing.COVERED
            else missing.label
            if missing
            else ""
        )

    def _texts(self, record: int) -> Iterator[str]:
        """Every text a line shows."""
        yield self.table.sections[record] if self.table.sections else ""
        for column in self.table.columns:
            yield column.text(record) or self._absent(column, record)


_TOTALS = frozenset(map(int, (Role.TOTAL, Role.SUBTOTAL, Role.REGION_SUBTOTAL, Role.ROUNDED_TOTAL)))
_PLAIN = frozenset({"serial", "year"})


def _first(table: Table, offset: int) -> int:
    return offset + 1 if table.transposed else _FIRST


def _head(column: Column) -> str:
    """The header with its unit, and with that of the source where the figures were converted."""
    unit = unit_word(column.unit) if column.numeric and column.key not in _PLAIN else ""
    printed = unit_word(column.printed_unit) if column.printed_unit else ""
    if not unit or column.row_units:
        return column.label
    return (
        f"{column.label}（{unit}；原表为{printed}）"
        if printed and printed != unit
        else f"{column.label}（{unit}）"
    )
