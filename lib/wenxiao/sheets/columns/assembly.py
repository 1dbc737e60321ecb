"""A view of a segment as a table: its records with roles, its columns with units, and what was wrong with its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from wenxiao.model import (
    CellRef,
    Column,
    Finding,
    Missing,
    Origin,
    Role,
    Table,
    column_number,
)
from wenxiao.model.units import RATIO
from wenxiao.sheets.cells.digits import Trouble
from wenxiao.sheets.cells.figures import Meaning, figures_of
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import narrow, role_of
from wenxiao.sheets.columns.bare_rates import BareRates
from wenxiao.sheets.columns.heading import Heading
from wenxiao.sheets.columns.plan import with_plan
from wenxiao.sheets.columns.remarks import IGNORED, Place, remarks_on
from wenxiao.sheets.columns.stated_units import StatedUnits, Surroundings
from wenxiao.sheets.columns.strip import Strip, strips_of, styles_of
from wenxiao.sheets.columns.view import View
from wenxiao.sheets.columns.words import word_column, year_column
from wenxiao.sheets.structure.full_marks import without_rates
from wenxiao.sheets.structure.hidden_rows import without_hidden
from wenxiao.sheets.structure.row_roles import Roles, roles_of
from wenxiao.sheets.structure.structure import structured

if TYPE_CHECKING:
    from wenxiao.fields import Field

_PLACES = re.compile(r"\$?\b([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_TOO_SMALL = re.compile(r"([-—–－─]+)[”\"’')）]?\s*(?:表示|代表|指|为)[^。；;]*(?:不足|[过太]小|小于|低于)")
"""A note that says what a dash means: less than half of the last digit printed."""
_SCORES = ("score", "final_score", "reviewed_score", "initial_score", "self_score")


def assembled(grid: Grid, view: View, around: Surroundings) -> tuple[Table, list[Finding]]:
    """The table of a view, and a finding for every cell that could not be taken as it stands."""
    assembly = _Assembly(grid, view, around)
    table = assembly.table()
    away = grid.hidden_columns if view.transposed else grid.hidden_rows
    hidden = [record for record, line in enumerate(view.lines) if line in away] if away else []
    if not hidden or len(hidden) == len(view.lines):
        return table, assembly.findings
    visible = replace(view, lines=tuple(line for line in view.lines if line not in away))
    assembly = _Assembly(grid, visible, around)
    seen, findings = without_hidden(table, assembly.table(), hidden)
    return seen, assembly.findings + findings


class _Assembly(StatedUnits):
    """One table in the making; `findings` fill while it is made."""

    def __init__(self, grid: Grid, view: View, around: Surroundings) -> None:
        self.grid, self.around = grid, around
        strips = strips_of(grid, view)
        self.bare: list[BareRates] = []
        self.roles = self._roles(view, strips)
        super().__init__(grid, without_rates(view, strips, self.roles.codes), strips, around)

    def table(self) -> Table:
        view, segment = self.view, self.view.segment
        read = [self._column(heading, of) for heading, of in zip(view.headings, view.fields, strict=True)]
        columns = self._rates_read(read)
        top, left, bottom, right = segment.top + 1, segment.left + 1, segment.bottom + 1, segment.right + 1
        table = Table(
            kind=view.kind.key,
            title=self.around.title,
            origin=Origin(self.around.file, self.grid.name, top, left, bottom, right),
            lines=(np.array(view.lines, np.int64) + 1).astype(np.int32),
            roles=self.roles.codes,
            columns=with_plan(columns),
            sections=self.roles.sections,
            raw=self.grid.raw,
            unit=self.around.unit,
            notes=self.around.notes,
            header=(segment.header[0] + 1, segment.header[1] + 1),
            transposed=view.transposed,
            proposed=any(each.names_rows for each in view.proposals),
        )
        return structured(
            table,
            self._labels(),
            frozenset(view.lines.index(line) for line in self.around.roles if line in view.lines),
            self._unsaid(columns),
        )

    def _unsaid(self, columns: Sequence[Column]) -> frozenset[int]:
        """The columns whose header speaks of no money and which have the unit row's, where it is that of others for certain."""
        money = {column.position for column in columns if column.unit.dimension == "money"}
        said = {
            heading.position + 1
            for heading, of in zip(self.view.headings, self.view.fields, strict=True)
            if of is not None or heading.unit is not None or heading.monetary
        }
        said &= money
        for (
            heading
        ) in self.view.headings:  # 合计 behind or before the amounts, 其中 behind what it is part of
            role = role_of(heading.path[-1]) if heading.path else Role.DATA
            beside = {heading.position, heading.position + (2 if role is not Role.OF_WHICH else 0)} & said
            if beside and role in (Role.TOTAL, Role.SUBTOTAL, Role.OF_WHICH):
                said.add(heading.position + 1)
        return frozenset(money - said if said else ())

    def _labels(self) -> list[str]:
        """The names of the records as their cells hold them, blanks in front and numbering included."""
        pairs = list(zip(self.view.headings, self.view.fields, strict=True))
        by_key = {of.key: heading.position for heading, of in pairs if of is not None}
        named = next((by_key[key] for key in self.view.kind.names if key in by_key), None)
        if named is None:
            texts = (heading.position for heading, of in pairs if of is None or of.type == "text")
            named = next((at for at in texts if self.strips[at].is_(Texture.TEXT).any()), None)
        if named is None:
            return [""] * len(self.view.lines)
        cells = self.strips[named].cells
        return [cell if type(cell) is str else "" for cell in cells]

    # --- records -----------------------------------------------------------------------------------------------

    def _roles(self, view: View, strips: dict[int, Strip]) -> Roles:
        """The roles of the records, and the word of a 等级 row in the column of scores, wherever in the row it stands."""
        roles = roles_of(self.grid, view, strips)
        if self.around.roles:
            for record, line in enumerate(view.lines):
                roles.codes[record] = self.around.roles.get(line, roles.codes[record])
        pairs = list(zip(view.headings, view.fields, strict=True))
        by_key = {of.key: strips[heading.position] for heading, of in pairs if of is not None}
        target = next((by_key[key] for key in _SCORES if key in by_key), None)
        if target is None:
            return roles
        numeric = [strips[heading.position] for heading, of in pairs if of is not None and of.numeric]
        said = (Texture.TEXT, Texture.FIGURE, Texture.NUMBER)
        for record in np.flatnonzero(roles.codes == Role.GRADE).tolist():
            words = [strip.cells[record] for strip in numeric if strip.textures[record] in said]
            for strip in numeric:
                strip.put(record, "", Texture.EMPTY)
            if words:
                target.put(record, str(words[0]), Texture.TEXT)
        return roles

    def _spans(self, position: int) -> dict[int, int]:
        """Record → how many records its merged cell covers."""
        order: dict[int, int] = {}
        spans: dict[int, int] = {}
        for merge in self.grid.merges:
            first, last, low, high = (
                (merge.left, merge.right, merge.top, merge.bottom)
                if self.view.transposed
                else (merge.top, merge.bottom, merge.left, merge.right)
            )
            if low <= position <= high and last > first:
                order = order or {line: record for record, line in enumerate(self.view.lines)}
                covered = sum(line in order for line in range(first, last + 1)) if first in order else 0
                if covered > 1:
                    spans[order[first]] = covered
        return spans

    # --- columns -----------------------------------------------------------------------------------------------

    def _column(self, heading: Heading, of: Field | None) -> Column:
        strip = self.strips[heading.position]
        kind = of.type if of is not None else "text" if self._coded(strip) else self._guessed(strip)
        spans = self._spans(heading.position)
        if of is not None and kind == "year":
            return year_column(heading, of, strip)
        if kind in ("text", "date"):
            names = self.view.kind.key == "other" if of is None else of.key in self.view.kind.names
            return word_column(heading, of, strip, spans, named=names, numbered=self.view.kind.totals)
        return self._figures(heading, of, strip, spans)

    def _figures(self, heading: Heading, of: Field | None, strip: Strip, spans: dict[int, int]) -> Column:
        declared, percent = self._declared(heading, of, strip)
        styles = styles_of(self.grid, self.view, heading.position)
        target = None if of is None else of.unit
        if target is not None and declared is not None and declared.dimension != target.dimension:
            self._contradicted(heading, declared, target, of)
            if target.dimension == "money":
                of = None  # what is given in 处 is not the money that the field is
            target = None
        meaning = Meaning(
            target=target,
            declared=declared,
            percent=percent,
            row_units=self.row_units if self._by_row(heading, of) else None,
            words_allowed=of is not None and of.type in ("figure", "serial"),
        )
        figures = figures_of(strip.cells, strip.textures, styles, meaning)
        place = self._place(heading, of)
        open_ = self._open_formulas(place, strip, of)
        for trouble in open_:
            figures.missing[trouble.record] = Missing.UNREADABLE
        figures = replace(figures, troubles=(*figures.troubles, *open_))
        self.findings += remarks_on(place, of, figures, self.roles.codes, declared)
        missing = figures.missing
        for sign in (match[1] for note in self.around.notes if (match := _TOO_SMALL.search(note))):
            for record in np.flatnonzero(strip.is_(Texture.MARK)).tolist():
                if narrow(str(strip.cells[record])) == sign:
                    missing[record] = Missing.TOO_SMALL
        for record in np.flatnonzero(self.roles.codes == int(Role.GRADE)).tolist():
            missing[record] = 0 if strip.textures[record] == Texture.TEXT else Missing.NOT_APPLICABLE
        column = Column(
            key=None if of is None else of.key,
            label=heading.label or ("" if of is None else of.label),
            path=heading.path,
            position=heading.position + 1,
            unit=figures.unit,
            printed_unit=declared or figures.unit,
            numbers=figures.numbers,
            texts=figures.texts,
            missing=missing,
            places=figures.places,
            inferred=figures.inferred,
            qualifiers=figures.qualifiers,
            row_units=figures.row_units,
            spans=spans,
        )
        bare = [n for n in np.flatnonzero(figures.bare).tolist() if self.roles.codes[n] not in IGNORED]
        if bare and column.unit == RATIO and declared is None and not percent:
            self.bare.append(BareRates(column, bare, place.cell))
        return column

    def _rates_read(self, columns: list[Column]) -> list[Column]:
        """The columns with their rates without a sign as the other columns settle them."""
        for each in self.bare:
            column, finding = each.settled(columns)
            columns[columns.index(each.column)] = column
            self.findings.append(finding)
        return columns

    def _open_formulas(self, place: Place, strip: Strip, of: Field | None) -> list[Trouble]:
        """The formulas of a column that were never worked out; sums and differences lose nothing, which their parts give."""
        if not self.grid.formulas or (of is not None and of.key in ("deviation", "deduction")):
            return []
        found = []
        for record in np.flatnonzero(strip.is_(Texture.EMPTY)).tolist():
            cell = place.cell(record)
            formula = self.grid.formulas.get((cell.row, cell.column))
            summed = self.roles.codes[record] != int(Role.DATA) and formula and "SUM(" in formula.upper()
            if formula and not summed and self._fed(formula):
                found.append(Trouble(record, formula, "是公式，文件里没有存下计算结果", "sheet-formula-open"))
        return found

    def _fed(self, formula: str) -> bool:
        """Whether something is lost: a cell of this sheet that a formula names holds something, all where it may give a blank."""
        may_be_blank = '""' in formula
        if "!" in formula:
            return not may_be_blank
        if not (places := _PLACES.findall(formula)):
            return True
        held = [
            self.grid.at(row, column) != ""
            for left, top, right, bottom in places
            for row in range(int(top) - 1, min(int(bottom or top), self.grid.height))
            for column in range(column_number(left) - 1, min(column_number(right or left), self.grid.width))
        ]
        return all(held) if may_be_blank else any(held)

    def _coded(self, strip: Strip) -> bool:
        """Whether an unknown column shows digits with zeros in front: codes, put as they are shown."""
        styles = styles_of(self.grid, self.view, strip.position)
        numeric = strip.is_(Texture.NUMBER)
        for style, records in styles.groups(numeric, strip.cells) if styles is not None else ():
            if style.width > 1 and not style.places and not style.scale:
                shown = {n: f"{strip.cells[n]:0{style.width}.0f}" for n in records.tolist()}
                strip.put_all(shown, Texture.FIGURE)
        if not strip.is_(Texture.FIGURE).any():
            return False
        zeros = pc.match_substring_regex(strip.texts, r"^0[0-9]+$")
        return bool(pc.any(zeros).as_py())

    def _guessed(self, strip: Strip) -> str:
        """The type of an unknown column: figures where most of what it holds are figures."""
        codes = self.roles.codes
        bodies = (codes != int(Role.SECTION)) & (codes != int(Role.NOTE)) & (codes != int(Role.TEMPLATE))
        figures = int((strip.is_(Texture.NUMBER, Texture.FIGURE) & bodies).sum())
        texts = int((strip.is_(Texture.TEXT) & bodies).sum())
        dates = int(strip.is_(Texture.DATE).sum())
        if figures and figures >= texts + dates:
            return "number"
        return "date" if dates > texts else "text"

    def _place(self, heading: Heading, of: Field | None) -> Place:
        label = heading.label or (of.label if of is not None else f"第{heading.position + 1}列")
        at = CellRef(self.around.file, self.grid.name, heading.position + 1, heading.position + 1)
        return Place(label, self._header_cell(heading), at, not self.view.transposed, self.view.lines)
