"""Known errors of a source kept as data: what is printed, what is right, why; and a project's tables with them put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from wenxiao.model import CellRef, Column, Problem, ProjectError, Table
from wenxiao.model.rounding import shifted
from wenxiao.model.units import NUMBER
from wenxiao.model.written_text import text_of
from wenxiao.model.yaml_text import load_yaml
from wenxiao.sheets.cells.value import reading

CONFIRMED, CORRECTED = "已确认", "已更正"


class Correction(BaseModel):
    """One known error: the cell, what it prints, what is right, the reason. Raw files are never edited.

    One that is 已确认 enters the computation (已更正); one that is 待核实 is a note.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    file: str
    sheet: str
    cell: str
    field: str
    printed: str
    corrected: str
    reason: str
    status: Literal["已确认", "待核实"]

    @property
    def effect(self) -> str:
        """What becomes of it, in the word that reports use."""
        return CORRECTED if self.status == CONFIRMED else "未更正，待核实"

    @property
    def ref(self) -> CellRef:
        """The cell it concerns."""
        return CellRef.at(self.file, self.sheet, self.cell)


_LIST = TypeAdapter(tuple[Correction, ...])


def parse_corrections(text: str, file: str) -> tuple[Correction, ...]:
    """The corrections that the text of a file lists; ProjectError where it is no YAML or an entry is malformed."""
    said = load_yaml(text, ProjectError, file)
    try:
        return _LIST.validate_python(said or ())
    except ValidationError as error:
        raise ProjectError([_malformed(file, item) for item in error.errors()]) from None


def load_corrections(folder: Path, tables: tuple[Table, ...], only: str = "") -> tuple[Correction, ...]:
    """The corrections of a project folder, or of one file `only`, each checked against the cell it guards.

    Raises ProjectError with every problem: a malformed entry, a cell that is not in any table, a source that changed.
    """
    path = folder / "corrections.yaml"
    if not path.is_file():
        return ()
    entries = parse_corrections(text_of(path, ProjectError), path.name)
    entries = tuple(entry for entry in entries if not only or entry.file == only)
    problems = [problem for entry in entries for problem in _check(entry, tables)]
    if problems:
        raise ProjectError(problems)
    return entries


_WORDS = {"missing": "没有填写", "extra_forbidden": "不是更正清单的项", "literal_error": "不在可选之列"}


def _malformed(file: str, item: ErrorDetails) -> Problem:
    """One malformed entry in Chinese: which entry, which key, what is wrong with it."""
    place, *keys = [*item["loc"], ""]
    entry = f"第 {place + 1} 条" if isinstance(place, int) else ""
    key = str(keys[0])
    what = (
        f"更正清单{entry}的“{key}”{_WORDS.get(item['type'], '写法不对')}"
        if key
        else "更正清单应是一条一条的列表"
    )
    value = "" if isinstance(item["input"], dict | list) else str(item["input"])
    rule = f"每条写明 {'、'.join(Correction.model_fields)}；status 为已确认或待核实"
    return Problem(what, file=file, value=value, rule=rule, remedy="补齐或改正这一项")


def _check(entry: Correction, tables: tuple[Table, ...]) -> list[Problem]:
    rule = "更正只对登记时的原数有效"
    try:
        cell = entry.ref
    except ValueError:
        return [
            Problem(
                "更正的单元格地址有误", file="corrections.yaml", value=entry.cell, remedy="写成 C5 的样子"
            )
        ]
    table = next((t for t in tables if (t.origin.file, t.origin.sheet) == (cell.file, cell.sheet)), None)
    if table is None:
        return [Problem.at(cell, "更正所指的工作表没有读到", rule=rule, remedy="核对文件名和工作表名")]
    found = table.raw(cell.row, cell.column)
    if _same(found, entry.printed):
        return []
    what = f"更正登记的原数是“{entry.printed}”，来源已变"
    shown = str(int(found)) if isinstance(found, float) and found.is_integer() else str(found)
    return [Problem.at(cell, what, value=shown, rule=rule, remedy="核实后改写或删去这条更正")]


def _same(found: object, printed: str) -> bool:
    """Whether the raw cell is what was registered; 0.6389 in a cell and 63.89% in the list are the same figure."""
    if found is None:
        return not printed
    text = str(found).strip()
    if text == printed.strip():
        return True
    if isinstance(found, int | float):
        number = printed.strip().removesuffix("%").replace(",", "")
        try:
            value = float(number) / (100 if printed.strip().endswith("%") else 1)
        except ValueError:
            return False
        return abs(value - float(found)) < 1e-9
    return False


def corrected(tables: Iterable[Table], corrections: Sequence[Correction]) -> tuple[Table, ...]:
    """The tables with the corrections that are 已确认; the others are notes.

    Raises ProjectError with every correction of a figure that is no figure, or is one of another kind of unit.
    """
    confirmed = [each for each in corrections if each.status == CONFIRMED]
    problems: list[Problem] = []
    found = []
    for table in tables:
        here = [e for e in confirmed if (e.file, e.sheet) == (table.origin.file, table.origin.sheet)]
        columns = list(table.columns)
        for entry in here:
            for at, column in enumerate(columns):
                for record in _records(table, column, entry):
                    try:
                        columns[at] = _with(columns[at], record, entry)
                    except ValueError as error:
                        problems.append(
                            Problem.at(
                                entry.ref,
                                f"更正为“{entry.corrected}”，{error}",
                                rule="已确认的更正进入计算，数字列只能更正为数字",
                                remedy="改写 corrected，或把 status 改为待核实",
                            )
                        )
        found.append(replace(table, columns=tuple(columns)) if here else table)
    if problems:
        raise ProjectError(problems)
    return tuple(found)


def _records(table: Table, column: Column, entry: Correction) -> list[int]:
    """The record of a column that stands in the corrected cell, if any."""
    ref = entry.ref
    line, position = (ref.column, ref.row) if table.transposed else (ref.row, ref.column)
    if column.position != position:
        return []
    return [int(i) for i in np.flatnonzero(table.lines == line)]


def _with(column: Column, record: int, entry: Correction) -> Column:
    """The column with another content of one record; ValueError with the reason where that cannot be."""
    marks = {**column.corrected, record: entry.printed}
    if column.numbers is None:
        return replace(
            column,
            texts=_texts(column, record, entry.corrected),
            missing=_set(column.missing, record, 0 if entry.corrected else 2),
            corrected=marks,
        )
    read = reading(entry.corrected)
    if read.number is None:
        raise ValueError(read.why or "不是数字")
    unit = column.unit_of(record)
    value, places, row_units = read.number, read.places, dict(column.row_units)
    source = read.unit or (None if record in row_units else column.printed_unit)
    if source is not None and source.dimension == unit.dimension:
        shift = source.exponent - unit.exponent
        value, places = shifted(value, shift), places - shift
    elif read.unit is not None and unit == NUMBER:
        row_units[record] = read.unit
    elif read.unit is not None:
        raise ValueError(f"单位“{read.unit.symbol}”与本列单位“{unit.symbol}”不符")
    numbers = _numbers(column.numbers, record, value)
    return replace(
        column,
        numbers=numbers,
        missing=_set(column.missing, record, 0),
        places=_set(column.places, record, places),
        inferred=_set(column.inferred, record, 0),
        qualifiers={key: word for key, word in column.qualifiers.items() if key != record}
        | ({record: read.qualifier} if read.qualifier else {}),
        row_units=row_units,
        corrected=marks,
    )


def _set(array: NDArray[Any], record: int, value: int) -> NDArray[Any]:
    changed = array.copy()
    changed[record] = value
    return changed


def _texts(column: Column, record: int, text: str) -> pa.Array:
    held = [None] * len(column) if column.texts is None else column.texts.to_pylist()
    held[record] = text or None
    return pa.array(held, pa.string())


def _numbers(array: pa.Array, record: int, value: Decimal) -> pa.Array:
    scale = max(array.type.scale, -int(value.as_tuple().exponent), 0)
    held = array.to_pylist()
    held[record] = value
    return pa.array(held, pa.decimal128(38, scale))
