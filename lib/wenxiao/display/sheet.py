"""A table as it was read, for looking at: its fields, the role of each record, figures with their cells; and the numbers no figure rests on (未采用)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from wenxiao.display.inline import Inline, Plain, Quiet
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.fields import standard_registry
from wenxiao.model import Column, Role, Table
from wenxiao.model.finding import UnusedRange
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


_MOST_ROWS, _MOST_PLACES = 40, 3


def unused_table(project: Project) -> ReportTable | None:
    """The numbers that are not used, by sheet, reason and what they belong to, most first; None where every number is."""
    if not project.unused:
        return None
    heads = (Head("单元格", words=True), Head("个数"), Head("原因", words=True), Head("所属", words=True))
    alike: defaultdict[tuple[str, str, str], list[UnusedRange]] = defaultdict(list)
    for one in project.unused:
        alike[f"{one.first.file}［{one.first.sheet}］", one.reason.value, one.about].append(one)
    ordered = sorted(alike.items(), key=lambda each: -sum(one.count for one in each[1]))
    rows = tuple(
        Row(sheet, (_places(ranges), str(sum(one.count for one in ranges)), reason, about))
        for (sheet, reason, about), ranges in ordered[:_MOST_ROWS]
    )
    counts = Counter[str]()
    for one in project.unused:
        counts[one.reason.value] += one.count
    said = "；".join(f"{reason} {count} 个" for reason, count in counts.most_common())
    table = ReportTable("未采用的数", Head("工作表", words=True), heads, rows, internal=True)
    rest = len(ordered) - _MOST_ROWS
    notes = (
        f"共 {sum(counts.values())} 个：{said}。",
        *((f"另有 {rest} 类未逐一列出。",) if rest > 0 else ()),
    )
    return table.with_notes(*notes)


def _places(ranges: Sequence[UnusedRange]) -> str:
    """The ranges of one kind, the first ones by name."""
    named = "、".join(one.address for one in ranges[:_MOST_PLACES])
    return named if len(ranges) <= _MOST_PLACES else f"{named} 等 {len(ranges)} 处"
