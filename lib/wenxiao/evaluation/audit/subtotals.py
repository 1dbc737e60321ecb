"""Subtotals (小计, 地区小计) against the rows they sum, and totals against their subtotals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from wenxiao.evaluation.audit.constraint import Agreement
from wenxiao.evaluation.audit.line_sum import Lines, LineSum, Spot, record_name
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.model import Role, Table
from wenxiao.sheets.structure.totals import additive, neighbours


def subtotals(evaluation: Evaluation) -> Iterator[Agreement]:
    """Every subtotal against the rows before it or those behind it, whichever it fits, and totals against all subtotals.

    Which of the two it sums is one for a whole row: where no figure of it fits either, the rows before it are taken. A
    total is only held against subtotals that cover every row.
    """
    for table in evaluation.project.tables:
        records = list(table.records(Role.SUBTOTAL, Role.REGION_SUBTOTAL))
        if not records or table.kind == "scorecard":
            continue
        columns = [index for index, column in enumerate(table.columns) if additive(table, column)]
        lines = Lines(table, [table.columns[index] for index in columns])
        covered: list[int] = []
        for record in records:
            groups = [part for part in neighbours(table, record) if part]
            sums = [list(_sums(table, lines, record, group)) for group in groups]
            if not sums:
                continue
            best = max(range(len(sums)), key=lambda i: sum(each.holds for each in sums[i]))
            covered += groups[best]
            yield from sums[best]
        if sorted(covered) == list(table.records()):
            for record in table.records(Role.TOTAL):
                yield from _sums(table, lines, record, records)


def _sums(table: Table, lines: Lines, record: int, parts: Sequence[int]) -> Iterator[LineSum]:
    chosen = np.array(parts, np.int64)
    for index, column in enumerate(lines.columns):
        if not column.missing[record] and not column.missing[chosen].any():
            yield LineSum(
                "subtotal-differs",
                table,
                (record, column),
                tuple((int(part), column) for part in chosen),
                lines.down(index, record, chosen),
                lines.scale,
                _figure,
                _wording,
            )


def _figure(table: Table, spot: Spot) -> str:
    return f"{record_name(table, spot[0])}{spot[1].label}"


def _wording(table: Table, spot: Spot) -> tuple[str, str, str]:
    name, label = record_name(table, spot[0]), spot[1].label
    whole = table.roles[spot[0]] == Role.TOTAL
    parts = "各小计" if whole else "所属各行"
    return (
        f"{table.title}{name}“{label}”",
        f"{table.title}的{name}“{label}”印为 {{printed}}，{parts}相加为 {{recomputed}}。",
        f"核对{name}和{parts}，改正其中有误的一处",
    )
