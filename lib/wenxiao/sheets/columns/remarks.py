"""What was wrong or doubtful in the cells of a column of figures, as findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wenxiao.model import CellRef, Finding, Role, Severity, Unit
from wenxiao.model.units import RATIO
from wenxiao.sheets.cells.digits import Trouble
from wenxiao.sheets.cells.figures import Figures

if TYPE_CHECKING:
    from wenxiao.fields import Field

_IGNORED = tuple(int(role) for role in (Role.GRADE, Role.NOTE, Role.SECTION, Role.TEMPLATE))
MOST_CELLS = 20


@dataclass(frozen=True)
class Place:
    """Where a column of figures stands, for its findings: how it is called, and the address of each of its cells."""

    label: str
    header: CellRef
    at: CellRef
    down: bool
    lines: tuple[int, ...]

    def cell(self, record: int) -> CellRef:
        """The address of one record's cell."""
        line = self.lines[record] + 1
        row, column = (line, self.at.column) if self.down else (self.at.row, line)
        return CellRef(self.at.file, self.at.sheet, row, column)


def remarks_on(
    place: Place,
    of: Field | None,
    figures: Figures,
    roles: NDArray[np.int8],
    declared: Unit | None,
) -> Iterator[Finding]:
    """The findings about a column of figures."""
    for trouble in figures.troubles:
        if roles[trouble.record] not in _IGNORED:
            yield _trouble(place, of, trouble)
    if (
        of is None
        or of.unit is None
        or declared is not None
        or not figures.bare.any()
        or of.unit.dimension not in ("money", "ratio")
    ):
        return
    bare = [record for record in np.flatnonzero(figures.bare).tolist() if roles[record] not in _IGNORED]
    if bare and of.unit == RATIO:
        yield Finding(
            "sheet-rate-undeclared",
            Severity.HINT,
            place.label,
            f"“{place.label}”列有 {len(bare)} 个数没有百分号，也没有百分比格式，按小数读取（0.5 即 50%）。",
            cells=tuple(place.cell(record) for record in bare[:MOST_CELLS]),
            remedy="设为百分比格式，或在表头写（%），或在旁注 YAML 的 units 中写 %",
        )
    elif bare:
        yield Finding(
            "sheet-unit-unknown",
            Severity.WARNING,
            place.label,
            f"“{place.label}”列没有标明金额单位，按{of.unit}读取。",
            cells=(place.header,),
            remedy=f"在表头或单位行写明单位，或在旁注 YAML 中写 unit: {of.unit}",
        )


def _trouble(place: Place, of: Field | None, trouble: Trouble) -> Finding:
    cell = place.cell(trouble.record)
    where, said = f"{cell}（{place.label}）", trouble.text.strip()
    match trouble.code:
        case "sheet-range":
            severity, message = Severity.HINT, f"{where}写作“{said}”，{trouble.why}。"
            remedy = "如读取有误，请在表中改写为一个数"
        case "sheet-unit-contradiction":
            severity, message = Severity.WARNING, f"{where}写作“{said}”，{trouble.why}，按所写单位读取。"
            remedy = "核对单位"
        case _:
            severity = Severity.WARNING if of is None else Severity.ERROR
            message = f"{where}应为数字，现为“{said}”，{trouble.why}。"
            remedy = "填写数字；没有数字的留空，或写“未提供”“不适用”"
    return Finding(trouble.code, severity, place.label, message, printed=said, cells=(cell,), remedy=remedy)
