"""Totals in a column (合计, 总分) against the columns they add up, in every table that has one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.audit.constraint import Agreement
from wenxiao.evaluation.audit.line_sum import Lines, LineSum, Spot, cell_name, record_name
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.scorecard_tables import indicators_in
from wenxiao.fields.relations import standard_relations
from wenxiao.model import Column, Role, Table
from wenxiao.sheets.structure.totals import additive

_ROLES = {int(role) for role in (Role.DATA, Role.TOTAL, Role.SUBTOTAL, Role.REGION_SUBTOTAL)}


def _row_sums(evaluation: Evaluation) -> Iterator[Agreement]:
    """Every total in a column against the columns of its unit before or behind it.

    A header does not say which columns a total adds up, so that the figures must: it is held against a run of columns only
    where two in three rows of data, and two at least, agree: an error in one of them is carried on into the total below.
    """
    for table in evaluation.project.tables:
        if table.kind in ("scorecard", "claims") or indicators_in(table, evaluation.profile) is not None:
            continue
        columns = [column for column in table.columns if additive(table, column) and not column.spans]
        for at, column in enumerate(columns):
            if _is_total(column.path[-1] if column.path else column.label):
                yield from _held(table, columns, at)


def _is_total(header: str) -> bool:
    """Whether a header is that of a sum of others: 合计, or 资金合计; 小计 and 总额 only by themselves."""
    words, name = standard_relations().words, header.strip()
    return name in words.alone or name.endswith(words.total)


def _held(table: Table, columns: Sequence[Column], at: int) -> Iterator[Agreement]:
    for run in (range(at), range(at + 1, len(columns))):
        parts = [i for i in run if columns[i].unit.dimension == columns[at].unit.dimension]
        parts = [i for i in parts if not _is_total(columns[i].label)]
        if len(parts) < 2:
            continue
        sums = list(_sums(table, columns, at, parts))
        own = [each for each in sums if table.roles[each.printed_at[0]] == Role.DATA] or sums
        agree = sum(each.holds for each in own)
        if agree >= 2 and 3 * agree >= 2 * len(own):
            yield from sums
            return


def _sums(table: Table, columns: Sequence[Column], at: int, parts: Sequence[int]) -> Iterator[LineSum]:
    chosen = [*(columns[i] for i in parts), columns[at]]
    lines = Lines(table, chosen)
    empty = np.all([column.missing != 0 for column in chosen], axis=0)
    for record, sums in lines.across(len(parts), range(len(parts))):
        if int(table.roles[record]) in _ROLES and not empty[record]:
            yield LineSum(
                "row-sum-differs",
                table,
                (record, chosen[-1]),
                tuple((record, column) for column in chosen[:-1]),
                sums,
                lines.scale,
                cell_name,
                _wording,
            )


def _wording(table: Table, spot: Spot) -> tuple[str, str, str]:
    name, label, parts = (
        record_name(table, spot[0]),
        spot[1].label,
        standard_relations().added("row-sum-differs"),
    )
    return (
        f"{name}{label}",
        f"{table.name}中{name}的“{label}”列为 {{printed}}，{parts}相加为 {{recomputed}}。",
        f"核对{name}一行各数和“{label}”",
    )


def _indicators(evaluation: Evaluation) -> Iterator[Agreement]:
    """The score of each district against the sum of its scores by indicator."""
    found = evaluation.indicators
    if found is None or found.total is None:
        return
    lines = Lines(found.table, (*found.columns, found.total))
    wanted = {int(Role.DATA), int(Role.WEIGHT), int(Role.TOTAL)}
    for record, sums in lines.across(len(found.columns), range(len(found.columns))):
        # 权重 in per cent, a total in points
        shared = any(record in column.row_units for column in found.columns)
        if int(found.table.roles[record]) in wanted and not shared:
            yield LineSum(
                "indicators-sum-differs",
                found.table,
                (record, found.total),
                tuple((record, column) for column in found.columns),
                sums,
                lines.scale,
                cell_name,
                _indicator_wording,
            )


def _indicator_wording(table: Table, spot: Spot) -> tuple[str, str, str]:
    name, label = record_name(table, spot[0]), spot[1].label
    parts = standard_relations().added("indicators-sum-differs")
    return (
        f"{name}{label}",
        f"{name}的{label}列为 {{printed}}，{parts}相加为 {{recomputed}}。",
        f"核对{name}各项得分和{label}",
    )


CHECKS = (
    Check("row-sum-differs", constrain=_row_sums),
    Check("indicators-sum-differs", constrain=_indicators),
)
