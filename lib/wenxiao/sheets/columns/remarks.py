"""What was wrong or doubtful in the cells of a column of figures, as findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wenxiao.model import CellRef, Finding, Role, Severity, Unit
from wenxiao.sheets.cells.digits import Trouble
from wenxiao.sheets.cells.figures import Figures
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.signs import ODD
from wenxiao.sheets.cells.texture import Cell, Texture
from wenxiao.sheets.cells.value import FORMULA_FAILED
from wenxiao.sheets.cells.wording import narrow, unescaped

if TYPE_CHECKING:
    from wenxiao.fields import Field

IGNORED = tuple(int(role) for role in (Role.GRADE, Role.NOTE, Role.SECTION, Role.TEMPLATE))
MOST_CELLS = 20
_PLAIN = r"[^\x20-\x7e\n\r\t\x{3000}-\x{303f}\x{3400}-\x{9fff}\x{ff01}-\x{ff5e}]|_x"
"""What is neither ASCII, nor Chinese, nor full-width: only columns that hold some are looked at text by text."""
_GROUPED = {
    "sheet-mark": ("写作“{}”等，数后的注号没有读入", "注号写到备注列，数字格只填数"),
    "sheet-zero-not-shown": ("的零按数字格式不显示，读作未提供", "是零的，改用能显示零的数字格式"),
}
"""What is said once a column: of what it is said, and the remedy."""


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
    heard = [trouble for trouble in figures.troubles if roles[trouble.record] not in IGNORED]
    for trouble in heard:
        if trouble.code not in _GROUPED:
            yield _trouble(place, of, trouble)
    for code, (what, remedy) in _GROUPED.items():
        alike = [trouble for trouble in heard if trouble.code == code]
        if alike:
            cells = tuple(place.cell(trouble.record) for trouble in alike[:MOST_CELLS])
            message = f"{_listed(cells, len(alike))}（{place.label}）{what.format(alike[0].text)}。"
            yield Finding(code, Severity.HINT, place.label, message, cells=cells, remedy=remedy)
    if (
        of is None
        or of.unit is None
        or declared is not None
        or not figures.bare.any()
        or of.unit.dimension != "money"
    ):
        return
    if any(roles[record] not in IGNORED for record in np.flatnonzero(figures.bare).tolist()):
        yield Finding(
            "sheet-unit-unknown",
            Severity.WARNING,
            place.label,
            f"“{place.label}”列没有标明金额单位，按{of.unit}读取。",
            cells=(place.header,),
            remedy=f"在表头或单位行写明单位，或在旁注 YAML 中写 unit: {of.unit}",
        )


def _listed(cells: tuple[CellRef, ...], count: int) -> str:
    """The cells of a finding in words: the first with its sheet, some by address, how many in all."""
    others = "".join(f"、{cell.address}" for cell in cells[1:5])
    return f"{cells[0]}{others}" + (f" 等 {count} 格" if count > 5 else "")


def grid_remarks(grid: Grid, file: str) -> Iterator[Finding]:
    """What a sheet as a whole has to say: its container's findings, text struck out or raised, signs that are not what they seem."""
    yield from grid.findings
    for code, places, what, remedy in (
        (
            "sheet-struck",
            [place for place, held in grid.struck.items() if narrow(str(grid.at(*place))) != narrow(held)],
            "有划去的或上标的文字，按看到的读取（划去的不读，上标不算作数字）",
            "删去划掉的文字；注号写到备注列",
        ),
        (
            "sheet-odd-signs",
            [
                (row, column)
                for column, cells in enumerate(grid.columns)
                for row in _odd(cells, grid.textures[:, column])
            ],
            "有看不见的或形近的字符（不可见字符、别种数字、部首字），按看到的样子读取",
            "重新录入这些格子",
        ),
    ):
        if places:
            cells = tuple(
                CellRef(file, grid.name, row + 1, column + 1) for row, column in sorted(places)[:MOST_CELLS]
            )
            message = f"{_listed(cells, len(places))}{what}。"
            yield Finding(code, Severity.HINT, grid.name, message, cells=cells, remedy=remedy)


def _odd(cells: Sequence[Cell], textures: NDArray[np.int8]) -> list[int]:
    """The places of a column's texts that hold signs worth saying."""
    rows = np.flatnonzero(np.isin(textures, (Texture.TEXT, Texture.FIGURE, Texture.MARK)))
    if not len(rows):
        return []
    first, after = int(rows[0]), int(rows[-1]) + 1
    texts = cells[first:after] if after - first == len(rows) else [cells[row] for row in rows.tolist()]
    if bool in set(map(type, texts)):
        texts = [None if type(text) is bool else text for text in texts]
    maybe = pc.match_substring_regex(pa.array(texts, pa.string()), _PLAIN).fill_null(False)
    odd = rows[maybe.to_numpy(zero_copy_only=False)].tolist()
    return [row for row in odd if ODD.search(unescaped(str(cells[row]))) is not None]


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
        case "sheet-number-format" | "sheet-formula-open":
            severity = Severity.WARNING if of is None else Severity.ERROR
            message = f"{where}存的是“{said}”，{trouble.why}，没有读入。"
            remedy = "把数字格式改为常规或数值，使看到的就是所存的数"
            if trouble.code == "sheet-formula-open":
                remedy = "用 Excel 或 WPS 打开，重新计算后保存"
        case _:
            severity = Severity.WARNING if of is None else Severity.ERROR
            message = f"{where}应为数字，现为“{said}”，{trouble.why}。"
            remedy = "填写数字；没有数字的留空，或写“未提供”“不适用”"
            if trouble.why == FORMULA_FAILED:
                remedy = "改正公式，用 Excel 或 WPS 重新计算后保存"
    return Finding(trouble.code, severity, place.label, message, printed=said, cells=(cell,), remedy=remedy)
