"""Long tables in less room: what all rows have in common is told once, below the table or above a group of rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wenxiao.display.inline import Quiet, phrase, plain_text
from wenxiao.display.tables import ReportTable, Row

_LONG = 15
"""More rows than this are grouped."""


def condensed(table: ReportTable, by: str = "") -> ReportTable:
    """The table without columns of words that are alike in all rows, which a note tells; a long one grouped.

    Rows are grouped by the column `by`, groups in the order of their first rows. The head of a group gives its word, what
    else its rows have in common, and their number. Figures always stay in their rows. A table that is grouped stays so.

    >>> from wenxiao.display.tables import Head
    >>> heads = (Head("名称", words=True), Head("页码", words=True))
    >>> rows = (Row("E1", ("记录", "1")), Row("E2", ("照片", "1")))
    >>> print(condensed(ReportTable("证据清单", Head("编号", words=True), heads, rows)).text())
    证据清单
    编号  名称
    E1    记录
    E2    照片
    各行页码：1。
    """
    if any(not row.cells for row in table.rows):
        return table
    table = _common_below(table)
    names = [head.name for head in table.heads]
    return _grouped(table, names.index(by)) if by in names and len(table.rows) > _LONG else table


def _common_below(table: ReportTable) -> ReportTable:
    """The table with what is alike in all rows in a note."""
    alike = _alike(table, [table.rows]) if len(table.rows) > 1 else []
    if not alike:
        return table
    said = "；".join(f"{table.heads[i].name}：{_word(table.rows[0], i)}" for i in alike)
    return _without(table, alike, table.rows).with_notes(f"各行{said}。")


def _grouped(table: ReportTable, column: int) -> ReportTable:
    """The table with its rows in groups by a column."""
    groups: dict[str, list[Row]] = {}
    for row in table.rows:
        groups.setdefault(_word(row, column), []).append(row)
    if not 1 < len(groups) <= len(table.rows) // 2:
        return table
    alike = [column, *(i for i in _alike(table, groups.values()) if i != column)]
    rows: list[Row] = []
    for word, members in groups.items():
        told = [f"{table.heads[i].name}：{_word(members[0], i)}" for i in alike[1:]]
        aside = "；".join([f"{len(members)} 项", *told])
        rows += [Row(phrase(word, Quiet(f"（{aside}）")), (), "group"), *members]
    return _without(table, alike, rows)


def _alike(table: ReportTable, groups: Iterable[Iterable[Row]]) -> list[int]:
    """The columns of words that have one word a group, whether the same in all groups or not."""
    words = [i for i, head in enumerate(table.heads) if head.words]
    each = [list(group) for group in groups]
    return [i for i in words if all(len({_word(row, i) for row in rows}) == 1 for rows in each)]


def _without(table: ReportTable, columns: list[int], rows: Iterable[Row]) -> ReportTable:
    kept = [i for i in range(len(table.heads)) if i not in columns]
    fewer = (replace(row, cells=tuple(row.cells[i] for i in kept)) if row.cells else row for row in rows)
    return replace(table, heads=tuple(table.heads[i] for i in kept), rows=tuple(fewer))


def _word(row: Row, column: int) -> str:
    return plain_text(row.cells[column])
