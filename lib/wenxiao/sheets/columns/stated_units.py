"""The unit of each column and row of a table, as header, label, unit row and 单位 column state it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from wenxiao.model import CellRef, Finding, Role, Severity, Unit
from wenxiao.model.units import PIECES, POINTS, RATIO, unit_stated
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import MARKS, narrow
from wenxiao.sheets.columns.heading import Heading, unit_in
from wenxiao.sheets.columns.strip import Strip
from wenxiao.sheets.columns.view import UNIT_COLUMNS, View

if TYPE_CHECKING:
    from wenxiao.fields import Field

_ANY = ("money", "area", "length")
"""Dimensions whose field takes another unit where the sheet states one; a count, a rate or a score is what it is."""


@dataclass(frozen=True)
class Surroundings:
    """What stands around a table: its file, its title, the units of its unit row, its notes, the roles a person gave."""

    file: str
    title: str
    units: tuple[Unit, ...] = ()
    notes: tuple[str, ...] = ()
    unit: Unit | None = None
    roles: Mapping[int, Role] = field(default_factory=dict)


class StatedUnits:
    """The units that a view states; `findings` has what contradicts them."""

    def __init__(self, grid: Grid, view: View, strips: dict[int, Strip], around: Surroundings) -> None:
        self.grid, self.view, self.strips, self.around = grid, view, strips, around
        self.findings: list[Finding] = []
        self.row_units = self._row_units()
        self.units = (*self._units_of_names(), *around.units)

    def _row_units(self) -> dict[int, Unit]:
        """The unit each record gives in a 单位 column, else in brackets behind its name (改造面积（万平方米）)."""
        pairs = list(zip(self.view.headings, self.view.fields, strict=True))
        for heading, of in pairs:
            if of is not None and of.key in UNIT_COLUMNS:
                return {
                    record: unit_stated(word)
                    for record, cell in enumerate(self.strips[heading.position].cells)
                    if isinstance(cell, str) and (word := narrow(cell)) and word not in MARKS
                }
        open_ = any(of is not None and of.unit is None and of.type in ("number", "figure") for _, of in pairs)
        for heading, of in pairs:
            if open_ and of is not None and of.key in self.view.kind.names and self.view.kind.totals:
                return {
                    record: unit
                    for record, cell in enumerate(self.strips[heading.position].cells)
                    if isinstance(cell, str) and (unit := unit_in(cell)) is not None
                }
        return {}

    def _units_of_names(self) -> tuple[Unit, ...]:
        """The unit beside the label of the names (项目资金（元）, or 单位：元 in the corner): that of the columns without their own."""
        return tuple(
            heading.unit
            for heading, of in zip(self.view.headings, self.view.fields, strict=True)
            if heading.unit is not None and of is not None and of.key in self.view.kind.names
        )

    def _by_row(self, heading: Heading, of: Field | None) -> bool:
        """Whether the units of a 单位 column hold for a column: not for one that has its own, or is a rate or a score."""
        if of is None:
            return heading.unit is None and not heading.rated
        return of.type == "figure" or (of.type == "number" and (of.unit is None or _takes_any(of.unit)))

    def _declared(self, heading: Heading, of: Field | None, strip: Strip) -> tuple[Unit | None, bool]:
        """The unit of a column's header, else of the label's head, else of the unit row; whether plain numbers are per cent."""
        if heading.unit is not None:
            rival = next((u for u in self.units if u.dimension == heading.unit.dimension), heading.unit)
            if rival != heading.unit:
                self._contradicted(heading, heading.unit, rival, of)
            if of is not None and of.unit == POINTS and heading.percent:
                return None, False
            if of is not None and of.unit is not None and of.unit.counts and heading.unit == PIECES:
                return of.unit, False  # 小区数（个） counts neighbourhoods
            return heading.unit, heading.percent
        target = None if of is None else of.unit
        same = next((unit for unit in self.units if target and unit.dimension == target.dimension), None)
        if same is not None:
            return same, same == RATIO
        if heading.measure_word and (target is None or _takes_any(target)):
            return unit_stated(heading.measure_word), False
        stated = next(iter(self.units), None)
        if stated is None or (self.row_units and self._by_row(heading, of)):
            return None, False
        if of is None and not heading.rated and not _in_percent(strip):
            several = len({unit.dimension for unit in self.units}) > 1
            return (None, False) if several else (stated, stated == RATIO)
        if target is not None and _takes_any(target) and stated.dimension not in ("ratio", "points"):
            return stated, False  # 单位：处 over 下达数: what is stated stays
        return None, False

    def _contradicted(self, heading: Heading, declared: Unit, rival: Unit, of: Field | None) -> None:
        """Says that a header and the unit row, or the unit stated and the field's own, are not the same."""
        other = next((unit for unit in self.units if unit == rival), None)
        if heading.unit is None:
            what = f"“{heading.label}”列的单位是所写的“{declared}”，不作为“{of.label if of else ''}”"
            needed = of is not None and any(of.key in group for group in self.view.kind.requires)
            severity = Severity.WARNING if needed else Severity.HINT
        elif other is not None:
            severity = Severity.WARNING
            what = f"“{heading.label}”列的表头标明单位为{declared}，表上方的单位行却是{rival}，按表头读取"
        else:
            severity = Severity.WARNING
            what = f"“{heading.label}”列的单位标为{declared}，而这一字段的单位应是{rival}，按表头读取"
        self.findings.append(
            Finding(
                "sheet-unit-contradiction",
                severity,
                heading.label,
                f"{what}。",
                cells=(self._header_cell(heading),),
                remedy="核对单位，必要时在旁注 YAML 的 units 中指明",
            )
        )

    def _header_cell(self, heading: Heading) -> CellRef:
        segment = self.view.segment
        row, column = (
            (heading.position, segment.left)
            if self.view.transposed
            else (max(segment.header[1], 0), heading.position)
        )
        return CellRef(self.around.file, self.grid.name, row + 1, column + 1)


def _takes_any(unit: Unit) -> bool:
    return unit.dimension in _ANY


def _in_percent(strip: Strip) -> bool:
    """Whether most figures of a column are written in per cent, so that a unit row does not mean it."""
    written = np.flatnonzero(strip.is_(Texture.FIGURE)).tolist()
    signs = sum(str(strip.cells[record]).rstrip().endswith(("%", "％")) for record in written)
    return signs * 2 > len(written) + int(strip.is_(Texture.NUMBER).sum())
