"""Printed means of rows (平均) against the plain mean of the figures, in tables by district."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.audit.constraint import Agreement
from wenxiao.evaluation.audit.derived_columns import derived_columns
from wenxiao.evaluation.audit.line_sum import Lines, LineSum, Spot, cell_name
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.fields.places import word_for
from wenxiao.fields.relations import standard_relations
from wenxiao.model import Role, Table, interval_of


def _means(evaluation: Evaluation) -> Iterator[Agreement]:
    """Every printed mean of the districts (平均) against the plain mean of their figures; not of rates that are pooled."""
    kinds = {kind for each in standard_relations().means for kind in each.kinds}
    for table in evaluation.project.tables:
        records = list(table.records(Role.MEAN)) if table.kind in kinds else []
        columns = [c for c in table.columns if c.numbers is not None and c.key not in ("serial", "rank")]
        lines = Lines(table, columns if records else ())
        data = np.fromiter(table.records(), np.int64)
        for record in records:
            for index, column in enumerate(columns):
                if column.missing[record] or not len(data) or column.missing[data].any():
                    continue
                printed, half, added, halves = lines.down(index, record, data)
                own = LineSum(
                    "mean-row-differs",
                    table,
                    (record, column),
                    tuple((int(part), column) for part in data),
                    (printed * len(data), half * len(data), added, halves),
                    lines.scale,
                    cell_name,
                    _mean_wording,
                    times=len(data),
                )
                if own.holds or not _pooled(evaluation, own):
                    yield own


def _pooled(evaluation: Evaluation, own: LineSum) -> bool:
    """Whether a printed mean of rates is that of the mean row's own amounts (汇总口径), which is another number, not a wrong one."""
    (record, column), quantity = own.printed_at, own.printed.quantity
    return quantity is not None and any(
        room is not None and room.low is not None and room.meets(quantity.interval)
        for found in derived_columns(evaluation)
        if found.table.origin == own.table.origin and found.column.position == column.position
        for basis in found.bases
        for room in [interval_of(basis.of(record))]
    )


def _mean_wording(table: Table, spot: Spot) -> tuple[str, str, str]:
    label = spot[1].label
    word = word_for(table.text(record, "district") for record in table.records())
    return (
        f"{table.name}“{label}”平均",
        f"{table.name}的“{label}”平均列为 {{printed}}，各{word}简单平均为 {{recomputed}}。",
        "核对平均数，或说明是否加权",
    )


CHECKS = (Check("mean-row-differs", constrain=_means),)
