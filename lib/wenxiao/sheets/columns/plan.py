"""全部完工 read as what was planned: the words are kept, the number is the plan's, or 100% in a column of rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from wenxiao.model import Column
from wenxiao.model.units import RATIO
from wenxiao.sheets.cells.wording import ALL_DONE, compact


def with_plan(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with such words read against the 计划 of the same record; without a plan they stay words."""
    planned = next((column for column in columns if column.key == "planned" and column.numeric), None)
    return tuple(column if column is planned else _read(column, planned) for column in columns)


def _read(column: Column, planned: Column | None) -> Column:
    done = [
        record
        for record, words in column.qualifiers.items()
        if compact(words) in ALL_DONE and column.number(record) is None
    ]
    if not done or column.numbers is None:
        return column
    numbers = column.numbers.to_pylist()
    missing, places, inferred = column.missing.copy(), column.places.copy(), column.inferred.copy()
    units = dict(column.row_units)
    scale = column.numbers.type.scale
    for record in done:
        if column.unit == RATIO:
            numbers[record], missing[record], places[record] = 1, 0, 2
        elif planned is not None and (number := planned.number(record)) is not None:
            numbers[record], missing[record] = number, 0
            places[record], inferred[record] = planned.places[record], planned.inferred[record]
            scale = max(scale, -int(number.as_tuple().exponent))
            if planned.unit_of(record) != column.unit:
                units[record] = planned.unit_of(record)
    return replace(
        column,
        numbers=pa.array(numbers, pa.decimal128(38, scale)),
        missing=missing,
        places=places,
        inferred=inferred,
        row_units=units,
    )
