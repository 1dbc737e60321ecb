"""A view of a segment as a table: its records with roles, its columns with units, and what was wrong with its cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wenxiao.model import CellRef, Column, Finding, Missing, Origin, Role, Severity, Table, Unit, unit_named
from wenxiao.model.units import NUMBER, RATIO
from wenxiao.sheets.figures import Figures, figures_of
from wenxiao.sheets.format import Format
from wenxiao.sheets.grid import Cell, Grid, Texture
from wenxiao.sheets.heading import Heading
from wenxiao.sheets.recognition import View
from wenxiao.sheets.roles import Roles, roles_of
from wenxiao.sheets.totals import of_which_is_data
from wenxiao.sheets.wording import ALL_DONE, MARKS, compact, name_of, narrow

if TYPE_CHECKING:
    from wenxiao.fields import Field

_SCORES = ("score", "final_score", "reviewed_score", "initial_score", "self_score")
_UNIT_COLUMNS = ("measure_unit", "claim_unit")
_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})(?:\s*[月./-]\s*(\d{1,2})\s*日?|\s*月)?")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?度?")


@dataclass(frozen=True)
class Surroundings:
    """What stands around a table: its file, its title, the units of its unit row, its notes, the roles a person gave rows."""

    file: str
    title: str
    units: tuple[Unit, ...] = ()
    notes: tuple[str, ...] = ()
    unit: Unit | None = None
    roles: Mapping[int, Role] = field(default_factory=dict)


@dataclass
class Assembly:
    """Builds one table; `findings` fills while it does."""

    grid: Grid
    view: View
    around: Surroundings
    findings: list[Finding] = field(default_factory=list)

    def table(self) -> Table:
        """The table, with every cell that could not be taken as it stands among `findings`."""
        lines, headings = self.view.lines, self.view.headings
        cells = {heading.position: self._cells(heading.position) for heading in headings}
        textures = {heading.position: self._textures(heading.position) for heading in headings}
        self._reaching_in(cells, textures)
        roles = roles_of(self.grid, self.view, cells, textures)
        for record, line in enumerate(lines if self.around.roles else ()):
            roles.codes[record] = self.around.roles.get(line, roles.codes[record])
        self._grades(roles, cells, textures)
        row_units = self._row_units(cells)
        columns = [
            self._column(heading, of, cells[heading.position], textures[heading.position], roles, row_units)
            for heading, of in zip(headings, self.view.fields, strict=True)
        ]
        columns = self._completed(columns)
        segment = self.view.segment
        table = Table(
            kind=self.view.kind.key,
            title=self.around.title,
            origin=Origin(
                self.around.file,
                self.grid.name,
                segment.top + 1,
                segment.left + 1,
                segment.bottom + 1,
                segment.right + 1,
            ),
            lines=np.array([line + 1 for line in lines], np.int32),
            roles=roles.codes,
            columns=tuple(columns),
            sections=roles.sections,
            raw=self.grid.raw,
            unit=self.around.unit,
            notes=self.around.notes,
            header=(segment.header[0] + 1, segment.header[1] + 1),
            transposed=self.view.transposed,
        )
        of_which = [record for record in table.records(Role.OF_WHICH) if of_which_is_data(table, record)]
        if of_which:
            roles.codes[of_which] = Role.DATA
        return table

    # --- cells -------------------------------------------------------------------------------------------------

    def _cells(self, position: int) -> list[Cell]:
        if self.view.transposed:
            row = self.grid.rows[position]
            return [row[line] for line in self.view.lines]
        column, lines = self.grid.columns[position], self.view.lines
        if len(lines) == lines[-1] - lines[0] + 1 if lines else False:
            return list(column[lines[0] : lines[-1] + 1])
        return [column[line] for line in lines]

    def _textures(self, position: int) -> NDArray[np.int8]:
        lines = list(self.view.lines)
        got = (
            self.grid.textures[position, lines]
            if self.view.transposed
            else self.grid.textures[lines, position]
        )
        return np.array(got, np.int8)

    def _formats(self, position: int, textures: NDArray[np.int8]) -> Mapping[int, Format]:
        styles = self.grid.styles
        if styles is None or not (textures == Texture.NUMBER).any():
            return {}
        lines = list(self.view.lines)
        codes = styles[position, lines] if self.view.transposed else styles[lines, position]
        return {
            record: style
            for record, code in enumerate(codes.tolist())
            if code >= 0 and (style := self.grid.palette[code]) is not None
        }

    def _cell(self, record: int, position: int) -> CellRef:
        line = self.view.lines[record]
        row, column = (position, line) if self.view.transposed else (line, position)
        return CellRef(self.around.file, self.grid.name, row + 1, column + 1)

    def _reaching_in(self, cells: dict[int, list[Cell]], textures: dict[int, NDArray[np.int8]]) -> None:
        """Takes the name of a row from a merged cell that begins to the left of the table, as 总分 below 绩效指标 does."""
        segment = self.view.segment
        if segment.side is None or self.view.transposed or segment.left not in cells:
            return
        for record, line in enumerate(self.view.lines):
            merge = self.grid.cover.get((line, segment.left))
            if merge is not None and merge.left < segment.left and merge.top == line:
                cells[segment.left][record] = self.grid.at(merge.top, merge.left)
                textures[segment.left][record] = self.grid.textures[merge.top, merge.left]

    # --- records -----------------------------------------------------------------------------------------------

    def _grades(
        self, roles: Roles, cells: dict[int, list[Cell]], textures: dict[int, NDArray[np.int8]]
    ) -> None:
        """Moves the word of a 等级 row to the column of scores, wherever in the row it stands."""
        positions = {
            of.key: heading.position
            for heading, of in zip(self.view.headings, self.view.fields, strict=True)
            if of
        }
        target = next((positions[key] for key in _SCORES if key in positions), None)
        numeric = [
            heading.position
            for heading, of in zip(self.view.headings, self.view.fields, strict=True)
            if of is not None and of.numeric
        ]
        if target is None:
            return
        for record in np.flatnonzero(roles.codes == Role.GRADE).tolist():
            words = [
                cells[at][record]
                for at in numeric
                if textures[at][record] in (Texture.TEXT, Texture.FIGURE, Texture.NUMBER)
            ]
            for at in numeric:
                cells[at][record], textures[at][record] = "", Texture.EMPTY
            if words:
                cells[target][record], textures[target][record] = words[0], Texture.TEXT

    def _row_units(self, cells: Mapping[int, list[Cell]]) -> dict[int, Unit]:
        """The unit each record gives in a 单位 column."""
        for heading, of in zip(self.view.headings, self.view.fields, strict=True):
            if of is not None and of.key in _UNIT_COLUMNS:
                return {
                    record: unit_named(word) or Unit(word, word)
                    for record, cell in enumerate(cells[heading.position])
                    if isinstance(cell, str) and (word := narrow(cell)) and word not in MARKS
                }
        return {}

    # --- columns -----------------------------------------------------------------------------------------------

    def _column(
        self,
        heading: Heading,
        of: Field | None,
        cells: list[Cell],
        textures: NDArray[np.int8],
        roles: Roles,
        row_units: dict[int, Unit],
    ) -> Column:
        spans = self._spans(heading.position)
        kind = of.type if of is not None else _guessed(textures, roles)
        if kind in ("text", "date"):
            return self._words(heading, of, cells, textures, spans, dated=kind == "date")
        if kind == "year":
            return self._years(heading, of, cells, textures)
        declared, percent = self._declared(heading, of)
        units = (
            row_units
            if of is not None and (of.type == "figure" or of.unit is None) and of.type != "serial"
            else {}
        )
        figures = figures_of(
            cells,
            textures,
            self._formats(heading.position, textures),
            target=None if of is None else of.unit,
            declared=declared,
            percent=percent,
            row_units=units,
            words_allowed=kind in ("figure", "serial"),
        )
        self._told(heading, of, figures, roles, cells, textures, declared)
        missing = figures.missing
        for record in np.flatnonzero(roles.codes == Role.GRADE).tolist():
            missing[record] = 0 if textures[record] == Texture.TEXT else Missing.NOT_APPLICABLE
        return Column(
            key=None if of is None else of.key,
            label=heading.label or (of.label if of is not None else ""),
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

    def _declared(self, heading: Heading, of: Field | None) -> tuple[Unit | None, bool]:
        """The unit that the header or else the unit row gives a column, and whether plain numbers are per cent."""
        target = None if of is None else of.unit
        if heading.unit is not None:
            other = next(
                (unit for unit in self.around.units if unit.dimension == heading.unit.dimension), None
            )
            if other is not None and other != heading.unit:
                self._find(
                    "sheet-unit-contradiction", Severity.WARNING, heading.label,
                    f"“{heading.label}”列的表头标明单位为{heading.unit}，表上方的单位行却是{other}，按表头读取。",
                    (self._header_cell(heading),), "核对单位，必要时在旁注 YAML 中用 unit 指明",
                )  # fmt: skip
            return heading.unit, heading.percent
        for unit in self.around.units:
            if target is not None:
                if unit.dimension == target.dimension and unit != RATIO:
                    return unit, False
            elif (of is None or of.unit is not None) and not heading.counted:
                return unit, False
        return None, False

    def _told(
        self,
        heading: Heading,
        of: Field | None,
        figures: Figures,
        roles: Roles,
        cells: Sequence[Cell],
        textures: NDArray[np.int8],
        declared: Unit | None,
    ) -> None:
        """Turns the trouble of a column into findings."""
        label = heading.label or (of.label if of is not None else f"第{heading.position + 1}列")
        for trouble in figures.troubles:
            role = roles.codes[trouble.record]
            if role in (Role.GRADE, Role.NOTE, Role.SECTION, Role.TEMPLATE):
                continue
            cell = self._cell(trouble.record, heading.position)
            where = f"{cell}（{label}）"
            match trouble.code:
                case "sheet-range":
                    self._find(
                        trouble.code, Severity.HINT, label,
                        f"{where}写作“{trouble.text.strip()}”，{trouble.why}。", (cell,), "如读取有误，请在表中改写为一个数",
                    )  # fmt: skip
                case "sheet-unit-contradiction":
                    self._find(
                        trouble.code, Severity.WARNING, label,
                        f"{where}写作“{trouble.text.strip()}”，{trouble.why}，按所写单位读取。", (cell,), "核对单位",
                    )  # fmt: skip
                case _:
                    self._find(
                        trouble.code, Severity.ERROR if of is not None else Severity.WARNING, label,
                        f"{where}应为数字，现为“{trouble.text.strip()}”，{trouble.why}。", (cell,),
                        "填写数字；没有数字的留空，或写“未提供”“不适用”",
                    )  # fmt: skip
        if of is None or of.unit is None:
            return
        bare = [
            record
            for record in np.flatnonzero((textures == Texture.NUMBER) | (textures == Texture.FIGURE)).tolist()
            if figures.missing[record] == 0 and record not in figures.row_units
        ]
        formats = self._formats(heading.position, textures) if of.unit == RATIO else {}
        if of.unit.dimension == "money" and declared is None:
            bare = [record for record in bare if not _carries_unit(cells[record])]
            if bare:
                self._find(
                    "sheet-unit-unknown", Severity.WARNING, label,
                    f"“{label}”列没有标明金额单位，按{of.unit}读取。", (self._header_cell(heading),),
                    f"在表头或单位行写明单位，或在旁注 YAML 中写 unit: {of.unit}",
                )  # fmt: skip
        if of.unit == RATIO and declared is None:
            bare = [
                record
                for record in bare
                if not _carries_unit(cells[record]) and not (record in formats and formats[record].percent)
            ]
            if bare:
                self._find(
                    "sheet-rate-undeclared", Severity.HINT, label,
                    f"“{label}”列有 {len(bare)} 个数没有百分号，也没有百分比格式，按小数读取（0.5 即 50%）。",
                    tuple(self._cell(record, heading.position) for record in bare[:20]),
                    "设为百分比格式，或在表头写（%），或在旁注 YAML 中写 unit: \"%\"",
                )  # fmt: skip

    def _words(
        self,
        heading: Heading,
        of: Field | None,
        cells: Sequence[Cell],
        textures: NDArray[np.int8],
        spans: dict[int, int],
        *,
        dated: bool,
    ) -> Column:
        missing = np.zeros(len(cells), np.int8)
        texts: list[str | None] = []
        named = self._names(of)
        for record, (cell, texture) in enumerate(zip(cells, textures.tolist(), strict=True)):
            text: str | None = None
            if texture == Texture.COVERED:
                missing[record] = Missing.COVERED
            elif texture in (Texture.EMPTY, Texture.MARK):
                missing[record] = MARKS.get(narrow(str(cell)), Missing.NOT_PROVIDED)
            else:
                text = _date_text(cell) if dated else text_of(cell)
                text = name_of(text, numbered=self.view.kind.totals) if named else text
            texts.append(text)
        return Column(
            key=None if of is None else of.key,
            label=heading.label,
            path=heading.path,
            position=heading.position + 1,
            texts=pa.array(texts, pa.string()),
            missing=missing,
            spans=spans,
        )

    def _names(self, of: Field | None) -> bool:
        """Whether a column names the rows, so that blanks within the names, codes and numbers before them are dropped."""
        if of is not None:
            return of.key in self.view.kind.names
        return self.view.kind.key == "other"

    def _years(
        self, heading: Heading, of: Field | None, cells: Sequence[Cell], textures: NDArray[np.int8]
    ) -> Column:
        column = self._words(heading, of, cells, textures, {}, dated=False)
        years = [
            match[1] if (match := _YEAR.fullmatch(column.text(record))) else None
            for record in range(len(cells))
        ]
        return Column(
            key=column.key,
            label=column.label,
            path=column.path,
            position=column.position,
            numbers=pa.array(years, pa.string()).cast(pa.decimal128(38, 0)),
            texts=pa.array(
                [year or column.text(record) or None for record, year in enumerate(years)], pa.string()
            ),
            missing=column.missing,
            places=np.zeros(len(cells), np.int8),
            inferred=np.zeros(len(cells), np.bool_),
        )

    def _completed(self, columns: list[Column]) -> list[Column]:
        """The columns with 全部完工 read as the plan of the same row, or as 100% in a column of rates."""
        planned = next(
            (column for column in columns if column.key == "planned" and column.numbers is not None), None
        )
        return [_with_plan(column, planned) if column.numbers is not None else column for column in columns]

    def _spans(self, position: int) -> dict[int, int]:
        if not self.grid.merges:
            return {}
        order = {line: record for record, line in enumerate(self.view.lines)}
        spans: dict[int, int] = {}
        for merge in self.grid.merges:
            first, last, low, high = (
                (merge.left, merge.right, merge.top, merge.bottom)
                if self.view.transposed
                else (merge.top, merge.bottom, merge.left, merge.right)
            )
            if low <= position <= high and last > first and first in order:
                spans[order[first]] = sum(line in order for line in range(first, last + 1))
        return {record: count for record, count in spans.items() if count > 1}

    def _header_cell(self, heading: Heading) -> CellRef:
        segment = self.view.segment
        row, column = (
            (heading.position, segment.left)
            if self.view.transposed
            else (max(segment.header[1], 0), heading.position)
        )
        return CellRef(self.around.file, self.grid.name, row + 1, column + 1)

    def _find(
        self,
        code: str,
        severity: Severity,
        subject: str,
        message: str,
        cells: tuple[CellRef, ...],
        remedy: str,
    ) -> None:
        self.findings.append(Finding(code, severity, subject, message, cells=cells, remedy=remedy))


def text_of(cell: Cell) -> str:
    """A cell as text: numbers without an idle fraction, dates in ISO form, texts trimmed with their breaks.

    >>> text_of(2023.0), text_of(" 兰山区 ")
    ('2023', '兰山区')
    """
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, (dt.datetime, dt.date, dt.time)):
        return cell.isoformat()
    return narrow(str(cell)) if not isinstance(cell, str) else cell.replace("\u3000", " ").strip()


def _date_text(cell: Cell) -> str:
    """A date in ISO form, as far as it goes (2023-06); another text as it stands."""
    text = text_of(cell)
    match = _DATE.fullmatch(text)
    if match is None:
        return text
    parts = [match[1], match[2].zfill(2), *([match[3].zfill(2)] if match[3] else [])]
    return "-".join(parts)


def _guessed(textures: NDArray[np.int8], roles: Roles) -> str:
    """The type of an unknown column: figures where most of what it holds are figures."""
    bodies = np.isin(roles.codes, (Role.SECTION, Role.NOTE, Role.TEMPLATE), invert=True)
    figures = int((np.isin(textures, (Texture.NUMBER, Texture.FIGURE)) & bodies).sum())
    texts = int(((textures == Texture.TEXT) & bodies).sum())
    dates = int((textures == Texture.DATE).sum())
    if figures and figures >= texts + dates:
        return "number"
    return "date" if dates > texts else "text"


def _carries_unit(cell: Cell) -> bool:
    return isinstance(cell, str) and re.search(r"[^\d\s.,，．。+\-－]", narrow(cell)) is not None


def _with_plan(column: Column, planned: Column | None) -> Column:
    done = [
        record
        for record, words in column.qualifiers.items()
        if compact(words) in ALL_DONE and column.number(record) is None
    ]
    if not done or column.numbers is None or column is planned:
        return column
    numbers = column.numbers.to_pylist()
    missing, places, inferred = column.missing.copy(), column.places.copy(), column.inferred.copy()
    row_units = dict(column.row_units)
    for record in done:
        if column.unit == RATIO:
            numbers[record], missing[record], places[record] = 1, 0, 2
        elif planned is not None and (number := planned.number(record)) is not None:
            numbers[record], missing[record] = number, 0
            places[record], inferred[record] = planned.places[record], planned.inferred[record]
            if planned.unit_of(record) not in (column.unit, NUMBER):
                row_units[record] = planned.unit_of(record)
    scale = max(
        [
            column.numbers.type.scale,
            *([] if planned is None or planned.numbers is None else [planned.numbers.type.scale]),
        ]
    )
    return Column(
        column.key, column.label, column.position, missing, column.path, column.unit, column.printed_unit,
        pa.array(numbers, pa.decimal128(38, scale)), column.texts, places, inferred, column.qualifiers, row_units, column.spans,
    )  # fmt: skip
