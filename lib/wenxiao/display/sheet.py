"""A table as it was read, for looking at: its fields, the role of each record, figures with their cells; and the numbers no figure rests on (未采用)."""

from __future__ import annotations

from collections import Counter

from wenxiao.display.inline import Inline, Plain, Quiet
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.fields import standard_registry
from wenxiao.model import Column, Role, Table
from wenxiao.project import Project

_SHOWN = 60


def sheet_table(table: Table) -> ReportTable:
    """The records of a table in sheet order, with line and role; a long one is cut, and says so."""
    records = range(min(len(table), _SHOWN))
    rows = tuple(
        Row(
            str(int(table.lines[record])),
            (
                Quiet(Role(int(table.roles[record])).label),
                *(_cell(table, record, each) for each in table.columns),
            ),
        )
        for record in records
    )
    heads = (Head("性质", words=True), *(_head(column) for column in table.columns))
    kind = standard_registry().kind(table.kind).label
    shown = ReportTable(f"{table.title or table.origin.sheet}（{kind}）", Head("行", words=True), heads, rows)
    shown = shown.with_notes(*table.notes)
    return shown.with_notes(f"共 {len(table)} 行，只列前 {_SHOWN} 行。") if len(table) > _SHOWN else shown


def _head(column: Column) -> Head:
    unit = column.unit.symbol if column.numeric and not column.row_units else ""
    return Head(column.label, unit, words=not column.numeric)


def _cell(table: Table, record: int, column: Column) -> Inline:
    if column.number(record) is not None:
        return Plain(table.given_in(record, column))
    text = column.text(record)
    if text:
        return text
    kind = column.missing_kind(record)
    return Quiet(kind.label) if kind else ""


_MOST_ROWS = 40


def unused_table(project: Project) -> ReportTable | None:
    """The ranges whose numbers are not used, the largest first; None where every number of the sheets is."""
    if not project.unused:
        return None
    heads = (Head("单元格"), Head("个数"), Head("原因", words=True), Head("所属", words=True))
    ordered = sorted(project.unused, key=lambda one: -one.count)
    rows = tuple(
        Row(
            f"{one.first.file}［{one.first.sheet}］",
            (one.address, str(one.count), one.reason.value, one.about),
        )
        for one in ordered[:_MOST_ROWS]
    )
    counts = Counter[str]()
    for one in project.unused:
        counts[one.reason.value] += one.count
    said = "；".join(f"{reason} {count} 个" for reason, count in counts.most_common())
    table = ReportTable("未采用的数", Head("工作表", words=True), heads, rows, internal=True)
    rest = len(ordered) - _MOST_ROWS
    notes = (
        f"共 {sum(counts.values())} 个：{said}。",
        *((f"另有 {rest} 处未逐一列出。",) if rest > 0 else ()),
    )
    return table.with_notes(*notes)
