"""A form's blocks as tables of the kinds that all else speaks, with the addresses of their cells, and what was left unread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from wenxiao.fields.wording import year_in
from wenxiao.model import CellRef, Finding, Form, Role, Severity, Table, UnreadBlock
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Cell, Texture
from wenxiao.sheets.cells.wording import joined
from wenxiao.sheets.columns.assembly import assembled
from wenxiao.sheets.columns.heading import Heading, headings_of
from wenxiao.sheets.columns.stated_units import Surroundings
from wenxiao.sheets.columns.view import View
from wenxiao.sheets.forms.block import Block, has_figures, own_cells
from wenxiao.sheets.forms.heads import head_tables, title_of
from wenxiao.sheets.forms.pairs import Pair
from wenxiao.sheets.forms.points import POINTS_IN_NAME, side_by_side, with_points
from wenxiao.sheets.forms.scan import Filled, is_whole
from wenxiao.sheets.layout.segment import Segment
from wenxiao.sheets.layout.surroundings import around

if TYPE_CHECKING:
    from wenxiao.fields import Registry

_NAMES = ("project_name", "unit_name", "department")
"""Whose form it is, where its head says it: the project's, else that of a whole department."""
_NO_NAME = re.compile(r"^(\d{4}\s*年度?|附[件表]\s*\d*|[:：\s])+|(县级|市级|财政|预算|部门|绩效)$")
_Spots = set[tuple[int, int]]


def tables_of(grid: Grid, filled: Filled, registry: Registry, file: str) -> tuple[list[Table], list[Finding]]:
    """The tables of a form, and the findings of reading it; a block that was not understood is one of them."""
    reader = _Reader(grid, filled, registry, file)
    tables = [table for block in filled.blocks for table in reader.block(block)]
    heads, remarks = head_tables(grid, filled, registry, file)
    form = reader.form()
    findings = [*reader.findings, *remarks, *_unread(form)]
    return [replace(table, form=form) for table in (*heads, *tables)], findings


def _unread(form: Form) -> Iterator[Finding]:
    for block in form.unread:
        if block.figures:
            yield Finding(
                "form-block-unread",
                Severity.WARNING,
                block.words,
                f"{block}（“{block.words}”）没有认出是{form.label}的哪一部分，其中的数未采用，总分暂不计分。",
                cells=(block.first,),
                remedy="改用常用的表头，或在 parameters/forms 中写明这种表式",
            )


class _Reader:
    """The tables of one form in the making; `taken` are the cells that some table or line explains."""

    def __init__(self, grid: Grid, filled: Filled, registry: Registry, file: str) -> None:
        self.grid, self.filled, self.registry, self.file = grid, filled, registry, file
        self.findings: list[Finding] = []
        self.taken: _Spots = {
            (row, column)
            for row in (*filled.titles, *filled.metas, *filled.notes, *filled.headers)
            for column in range(grid.width)
        }
        self.taken |= set(filled.sides)
        self.taken |= {
            (pair.row, column) for pair in filled.pairs for column in (pair.name_column, pair.value_column)
        }

    # --- blocks ------------------------------------------------------------------------------------------------

    def block(self, block: Block) -> Iterator[Table]:
        """The table of a block; two where it stands twice side by side under one first level."""
        rows = tuple(sorted(set(block.body)))
        side = -1 if block.side is None else block.side[1]
        names = (
            []
            if not block.type.names or block.type.names in block.columns.values()
            else list(range(side + 1, block.first))
        )
        nameless = bool(block.type.names) and block.type.names not in block.columns.values()
        if nameless and not names:
            names = [max(block.first - 1, 0)]
        left = names[0] if names else block.first
        segment = Segment(
            left,
            self._right(block),
            block.header,
            rows,
            tuple(self.filled.metas),
            (),
            (),
            block.side,
        )
        kind = self.registry.kind(block.type.kind)
        headings = [each for each in headings_of(self.grid, segment) if each.position not in names]
        headings = [each for each in headings if each.path or self._holds(rows, each.position)]
        said: dict[tuple[int, int], Cell] = {}
        roles: dict[int, Role] = {}
        points: dict[int, tuple[Decimal, int]] = {}
        if nameless:
            headings.insert(0, Heading(names[-1], (self.registry.field(block.type.names, kind.key).label,)))
            said |= {(row, names[-1]): self._name(row, names, side) for row in rows}
            self._take(rows, names)
            self._take(rows, [side] if side >= 0 else [])
        if kind.key == "funds":
            roles = self._roles(
                block, rows, {row: str(said.get((row, names[-1] if names else 0), "")) for row in rows}
            )
        elif kind.key == "scorecard":
            roles = dict.fromkeys(self.filled.totals, Role.TOTAL)
            for row in self.filled.totals:
                first = own_cells(self.grid, row)[0]
                said[row, block.first] = self.grid.text(row, first)
                self.taken.add((row, first))
            level = next(
                (c for c in sorted(block.columns, reverse=True) if block.columns[c].startswith("level")),
                block.first,
            )
            if "weight" not in block.columns.values():
                for row in rows:
                    text = self.grid.text(row, level)
                    if row not in roles and (match := POINTS_IN_NAME.search(text)):
                        points[row] = (Decimal(match[1]), level)
                        said[row, level] = POINTS_IN_NAME.sub("", text).strip()
        if block.side is not None:
            self._take([r for r in rows if self.grid.text(r, side) == self.grid.text(*block.side)], [side])
            self._take(range(block.side[0], block.side[0] + 1), [side])
        surroundings, _ = around(self.grid, segment, self.file)
        if not surroundings.units:  # …表（单位：万元）
            stated, _ = around(
                self.grid, replace(segment, titles=tuple(self.filled.titles), side=None), self.file
            )
            surroundings = replace(surroundings, units=stated.units, unit=stated.unit)
        surroundings = replace(surroundings, roles=roles, title=self._title(block, surroundings))
        for group in side_by_side(block, headings):
            keys = [block.columns.get(each.position) if each.path else None for each in group]
            if nameless and group[0] is headings[0]:
                keys[0] = block.type.names
            fields = tuple(
                None if key is None or key in keys[:n] else self.registry.field(key, kind.key)
                for n, key in enumerate(keys)
            )
            self._take(rows, [each.position for each in group])
            lines = tuple(r for r in rows if any(self._holds((r,), each.position) for each in group))
            view = View(replace(segment, side=None), kind, lines, tuple(group), fields, said=said)
            table, remarks = assembled(self.grid, view, surroundings)
            if goals := self._goals(block) if kind.key == "scorecard" else {}:
                above = [
                    max((row for row in goals if row < line), default=-1) for line in table.lines.tolist()
                ]
                table = replace(table, sections=tuple(goals.get(row, "") for row in above))
            self.findings += remarks
            yield with_points(table, self._own_points(block, rows, roles, points))

    def _goals(self, block: Block) -> dict[int, str]:
        """The goals that the indicators of a block stand under, by the rows whose label gives their points (年度目标1（40分）)."""
        others = {r for each in self.filled.blocks if each is not block for r in each.header}
        rows = {*self.filled.headers, *(pair.row for pair in self.filled.pairs)} - others
        first = {row: self.grid.text(row, own_cells(self.grid, row)[0]) for row in rows}
        return {row: year_in(text)[1] for row, text in first.items() if POINTS_IN_NAME.search(text)}

    def _title(self, block: Block, surroundings: Surroundings) -> str:
        titles = [joined(self.grid.text(row, own_cells(self.grid, row)[0])) for row in self.filled.titles[:1]]
        return surroundings.title or next(iter(titles), block.type.kind)

    def _own_points(
        self,
        block: Block,
        rows: tuple[int, ...],
        roles: dict[int, Role],
        points: dict[int, tuple[Decimal, int]],
    ) -> dict[int, tuple[Decimal, int]]:
        """Points that stand in names: of indicators their own, of the block of money those of its label."""
        if (
            block.type.kind != "funds"
            or "weight" in block.columns.values()
            or "score" not in block.columns.values()
        ):
            return points
        cells = [
            (row, c) for row in range(block.header[0], block.header[1] + 1) for c in own_cells(self.grid, row)
        ]
        found = next(
            ((m, c) for row, c in cells if (m := POINTS_IN_NAME.search(self.grid.text(row, c)))), None
        )
        whole = next(
            (row for row in rows if roles.get(row) is Role.TOTAL), rows[0] if len(rows) == 1 else None
        )
        return {} if found is None or whole is None else {whole: (Decimal(found[0][1]), found[1])}

    def _roles(self, block: Block, rows: tuple[int, ...], names: dict[int, str]) -> dict[int, Role]:
        """The row that is the whole: by its points, else by its name; the first 其中 below it begins its parts."""
        scored = [c for c, key in block.columns.items() if key in ("weight", "score")]
        whole = next((row for row in rows if has_figures(self.grid, row, scored)), None) if scored else None
        if whole is None:
            whole = next((row for row in rows if is_whole(names[row], block.type)), None)
        if whole is None:
            return {}
        after = [row for row in rows if row > whole]
        return {whole: Role.TOTAL} | ({after[0]: Role.DATA} if after else {})

    def _name(self, row: int, names: list[int], side: int) -> str:
        """The name of a row: the words left of its figures, whichever column each stands in."""
        cells = [self.grid.text(row, column) for column in (*([] if side < 0 else [side]), *names)]
        if (side >= 0 and cells[0] and any(cells[1:])) or (
            side >= 0 and cells and row in self.filled.headers
        ):
            cells = cells[1:]
        words = list(dict.fromkeys(filter(None, cells)))
        return "".join(words) or f"第{row + 1}行（没有名称）"

    def _holds(self, rows: tuple[int, ...], column: int) -> bool:
        return any(self.grid.textures[row, column] not in (Texture.EMPTY, Texture.COVERED) for row in rows)

    def _right(self, block: Block) -> int:
        return max(
            block.last,
            *(c for row in range(block.header[0], block.header[1] + 1) for c in own_cells(self.grid, row)),
        )

    def _take(self, rows: object, columns: object) -> None:
        self.taken |= {(row, column) for row in rows for column in columns}  # type: ignore[attr-defined]

    # --- the form ----------------------------------------------------------------------------------------------

    def form(self) -> Form:
        """The form itself, with what nothing explains."""
        named = next((pair for key in _NAMES for pair in self.filled.pairs if self._key(pair) == key), None)
        of = self.filled.type
        project = self._titled() if named is None else named.inline or self._value(named)
        if of.purpose == "summary":
            project = ""
        return Form(
            of.key,
            of.label,
            of.source,
            of.seen,
            of.purpose,
            self._cell(self.filled.top, self.filled.left),
            self.filled.bottom + 1,
            self.grid.width,
            self.filled.titled,
            joined(project),
            None if named is None else self._cell(named.row, named.value_column),
            tuple(self._left()),
            of.rules,
            self._year(),
        )

    def _year(self) -> str:
        """The year (2023年度) that the head of the form names in a cell, its title or a line of its own; '' where none does."""
        of = self.filled
        head = sorted({*of.titles, *of.metas, *(row for row in of.notes if row < min(of.headers, default=0))})
        texts = [self._value(pair) for pair in of.pairs if self._key(pair) == "year"]
        lines = (self.grid.text(row, cell) for row in head for cell in own_cells(self.grid, row))
        texts += [text for text in lines if "年" in text]
        return next((year for t in texts if (year := year_in(t)[0]) and f"{year}〕" not in t), "")

    def _key(self, pair: Pair) -> str:
        found = self.registry.match(pair.label, "head")
        return "" if found is None else found.key

    def _value(self, pair: Pair) -> str:
        return self.grid.text(pair.row, pair.value_column)

    def _titled(self) -> str:
        """The project that a title names before the name of the form (道路养护项目支出绩效自评复核表); '' where it names none."""
        text = title_of(self.grid, self.filled)
        words = max((word for word in self.filled.type.titles if word in text), key=len, default="")
        before = text.partition(words)[0] if words else ""
        return _NO_NAME.sub("", before.strip())

    def _left(self) -> Iterator[UnreadBlock]:
        """The cells that nothing explains, a block of lines at a time."""
        left = {
            row: spots
            for row in range(self.filled.top, self.filled.bottom + 1)
            if (spots := [c for c in own_cells(self.grid, row) if (row, c) not in self.taken])
        }
        for _, run in groupby(enumerate(sorted(left)), lambda pair: pair[1] - pair[0]):
            rows = [row for _, row in run]
            columns = [column for row in rows for column in left[row]]
            words = next((w for row in rows for c in left[row] if (w := joined(self.grid.text(row, c)))), "")
            yield UnreadBlock(
                words[:40],
                self._cell(rows[0], min(columns)),
                self._cell(rows[-1], max(columns)),
                any(has_figures(self.grid, row, left[row]) for row in rows),
            )

    def _cell(self, row: int, column: int) -> CellRef:
        return CellRef(self.file, self.grid.name, row + 1, column + 1)
