"""Tables that are one: folded side by side on a sheet, or gone on with on another sheet (续表)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from wenxiao.fields.wording import year_in
from wenxiao.model import Column, Role, Table
from wenxiao.sheets.structure.structure import structured
from wenxiao.sheets.structure.totals import additive

_KINDS = frozenset({"districts", "funds"})
_CONTINUED = "续"


def joined_tables(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables, those of one file that go on with each other as one; what they were joined of are its `parts`.

    They have the same columns and no row in common, and none before the last has a 合计. That they are one is said by
    standing side by side under the same header, by 续 in title or sheet name, or by a 合计 that sums the rows of all and not
    its own. A 合计 of its own rows ends its table.
    """
    done: list[list[Table]] = []
    for table in tables:
        if done and _goes_on(done[-1], table):
            done[-1].append(table)
        else:
            done.append([table])
    return tuple(_joined(group) if len(group) > 1 else group[0] for group in done)


def _goes_on(before: Sequence[Table], table: Table) -> bool:
    first, last = before[0], before[-1]
    if table.kind not in _KINDS or not _alike(first, table) or any(_totals(each) for each in before):
        return False
    names = {name for each in before for name in _names(each)}
    if names & set(_names(table)):
        return False
    own = _sums(table, [table])
    if own is True:
        return False
    if _sums(table, [*before, table]) is True:
        return True
    said = _CONTINUED in f"{table.title}{table.origin.sheet}"
    return said or _beside(last, table)


def _alike(one: Table, other: Table) -> bool:
    """Whether two tables of a file have the same columns in the same units, and speak of the same year."""
    if (one.kind, one.origin.file, one.transposed) != (other.kind, other.origin.file, other.transposed):
        return False
    if one.form is not None or other.form is not None or not one.columns:
        return False
    years = {year_in(text)[0] for each in (one, other) for text in (each.title, each.origin.sheet)} - {""}
    columns = [
        [(c.key, c.label, c.unit, c.printed_unit, c.numeric) for c in each.columns] for each in (one, other)
    ]
    return len(years) < 2 and columns[0] == columns[1]


def _beside(left: Table, right: Table) -> bool:
    """Whether a table stands right of another under the same header, without a title of its own."""
    return (
        left.origin.sheet == right.origin.sheet
        and left.header == right.header
        and left.origin.right < right.origin.left
        and right.title in ("", left.title)
    )


def _names(table: Table) -> list[str]:
    naming = next((column for column in table.columns if column.texts is not None), None)
    return [] if naming is None else [naming.text(record) for record in table.records()]


def _totals(table: Table) -> list[int]:
    return list(table.records(Role.TOTAL))


def _sums(table: Table, parts: Sequence[Table]) -> bool | None:
    """Whether the 合计 of a table sums the rows of the parts in each column that adds up; None without one, or figures."""
    total = next(iter(_totals(table)), None)
    if total is None:
        return None
    compared = False
    for index, column in enumerate(table.columns):
        whole = column.number(total) if additive(table, column) else None
        if whole is None:
            continue
        figures = [part.columns[index].number(record) for part in parts for record in part.records()]
        if any(each is None for each in figures):
            continue
        compared = True
        room = Decimal(1).scaleb(-int(column.places[total])) * (len(figures) + 1) / 2
        if abs(sum((each for each in figures if each is not None), Decimal(0)) - whole) > room:
            return False
    return compared or None


def _joined(parts: Sequence[Table]) -> Table:
    first = parts[0]
    starts = np.cumsum([0, *(len(part) for part in parts)]).tolist()
    columns = tuple(
        _column([part.columns[index] for part in parts], starts) for index in range(len(first.columns))
    )
    table = replace(
        first,
        lines=np.concatenate([part.lines for part in parts]),
        roles=np.concatenate([part.roles for part in parts]),
        columns=columns,
        sections=tuple(section for part in parts for section in part.sections),
        notes=tuple(note for part in parts for note in part.notes),
        unit=next((part.unit for part in parts if part.unit), None),
        parts=tuple(parts),
    )
    naming = next((column for column in columns if column.texts is not None), None)
    return structured(table, ["" if naming is None else naming.text(n) for n in range(len(table))])


def _column(parts: Sequence[Column], starts: Sequence[int]) -> Column:
    first = parts[0]

    def moved(named: str) -> dict[int, Any]:
        pairs = zip(parts, starts, strict=False)
        return {start + key: value for part, start in pairs for key, value in getattr(part, named).items()}

    def filled(named: str) -> np.ndarray:
        arrays = [getattr(part, named) for part in parts]
        return np.concatenate(
            [a if len(a) else np.zeros(len(p), a.dtype) for a, p in zip(arrays, parts, strict=True)]
        )

    return replace(
        first,
        missing=filled("missing"),
        numbers=_numbers(parts),
        texts=_texts(parts),
        places=filled("places"),
        inferred=filled("inferred"),
        qualifiers=moved("qualifiers"),
        row_units=moved("row_units"),
        spans=moved("spans"),
        heads={
            start + record: start + head
            for part, start in zip(parts, starts, strict=False)
            for record, head in part.heads.items()
        },
        corrected=moved("corrected"),
    )


def _numbers(parts: Sequence[Column]) -> pa.Array | None:
    numbers = [part.numbers for part in parts if part.numbers is not None]
    if not numbers:
        return None
    scale = max(each.type.scale for each in numbers)
    return pa.concat_arrays([each.cast(pa.decimal128(38, scale)) for each in numbers])


def _texts(parts: Sequence[Column]) -> pa.Array | None:
    if all(part.texts is None for part in parts):
        return None
    return pa.concat_arrays(
        [pa.nulls(len(part), pa.string()) if part.texts is None else part.texts for part in parts]
    )
