"""Tables with what a project's confirmed corrections say is right, each figure with what its cell prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wenxiao.model import Column, Problem, ProjectError, Table
from wenxiao.model.rounding import shifted
from wenxiao.model.units import NUMBER
from wenxiao.project.corrections import CONFIRMED, Correction
from wenxiao.sheets.cells.value import reading


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
