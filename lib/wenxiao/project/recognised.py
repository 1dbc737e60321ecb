"""What becomes of the tables that were read: merged scores spread, proposed twins set aside, unknown ones named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from wenxiao.model import CellRef, Finding, Severity, Table
from wenxiao.model.finding import NotUsed, UnusedRange

_OF_EACH = ("score", "rank", "printed_grade")
"""What one merged cell says of each place it covers; an amount it says of all together."""


def scores_of_each(table: Table) -> Table:
    """A table of districts in which a merged score, rank or grade is that of each district it covers."""
    if table.kind != "districts" or not any(column.spans for column in table.columns):
        return table
    columns = (column.spread if column.key in _OF_EACH else column for column in table.columns)
    return replace(table, columns=tuple(columns))


def set_aside(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables, those whose kind is only proposed set aside where another of that kind stands: they may give its money again."""
    listed = tuple(tables)
    counts = Counter(table.kind for table in listed)
    return tuple(
        replace(table, kind="other", columns=tuple(replace(column, key=None) for column in table.columns))
        if table.proposed and counts[table.kind] > 1
        else table
        for table in listed
    )


def unused_of(tables: Iterable[Table]) -> Iterator[UnusedRange]:
    """The numbers of the tables that were set aside, by column, for the list 未采用."""
    for table in tables:
        for column in table.columns if table.proposed and table.kind == "other" else ():
            count = int((column.missing == 0).sum()) if column.numeric else 0
            if count:
                first, last = table.cell(0, column), table.cell(len(table) - 1, column)
                yield UnusedRange(first, last, count, NotUsed.KIND_UNKNOWN, column.label)


def not_recognised(tables: tuple[Table, ...]) -> Iterator[Finding]:
    """A table that was delivered and is of no known kind: its figures are not in the evaluation, and that is said."""
    for table in tables:
        if table.kind == "other" and len(table):
            headers = "、".join(column.label for column in table.columns[:8] if column.label)
            why = "像是已有的另一张表的又一种列法" if table.proposed else "没有认出是哪一类"
            yield Finding(
                "table-not-recognised",
                Severity.WARNING,
                table.name,
                f"{table.origin} 的表{why}（表头：{headers}），其中的数没有进入评价。",
                cells=(CellRef(table.origin.file, table.origin.sheet, table.origin.top, table.origin.left),),
                remedy=f"改用常用的表头，或在 {table.origin.file}.yaml 中写明类别和字段",
            )
