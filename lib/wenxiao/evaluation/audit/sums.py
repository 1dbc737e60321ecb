"""Sums against printed totals, shares and rates against their division, in every table that prints both."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.constraint import Agreement, Constraint
from wenxiao.evaluation.audit.line_sum import Lines, LineSum, Spot, cell_name, in_print, record_name
from wenxiao.evaluation.audit.tree_sums import above_their_whole, subtotals, totals, unnumbered
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.scorecard import EXECUTION
from wenxiao.evaluation.scoring.rows import paths_of, score_key, score_rows
from wenxiao.evaluation.years import years_of_records
from wenxiao.fields.places import word_for
from wenxiao.model import (
    Finding,
    Given,
    Missing,
    Role,
    Severity,
    Table,
    interval_of,
    quantity_text,
    quotient,
    total,
    value_of,
)
from wenxiao.sheets.structure.totals import additive


def _totals(evaluation: Evaluation) -> Iterator[Agreement]:
    """Every total of every column against its rows; a total is checked where every part is known."""
    yield from totals(evaluation)
    for table in evaluation.project.tables:
        if table.tree.sums:
            continue
        records = list(table.records(Role.TOTAL))
        columns = [column for column in table.columns if additive(table, column)]
        if not records or not columns:
            continue
        lines = Lines(table, columns, exact=("weight",))
        every = np.array(_parts(table), np.int64)
        years = np.array(years_of_records(table))
        for record in records:
            own_year = len(years) and years[record]
            data = every[years[every] == years[record]] if own_year else every
            for index, column in enumerate(columns):
                parts = data[column.missing[data] != int(Missing.COVERED)]
                if column.missing[record] or not len(parts) or not in_print(column.missing[parts]).all():
                    continue
                own = LineSum(
                    "total-differs",
                    table,
                    (record, column),
                    tuple((int(part), column) for part in parts),
                    lines.down(index, record, parts),
                    lines.scale,
                    _figure_name,
                    _total_wording,
                    weights=column.key == "weight",
                )
                yield own if own.holds else _with_execution(evaluation, own)


def _below_parts(evaluation: Evaluation) -> Iterator[Finding]:
    """Totals with a part missing that are less than the parts that are known: no figure for the missing one explains them."""
    for table in evaluation.project.tables:
        every, years = np.array(_parts(table), np.int64), np.array(years_of_records(table))
        for record in table.records(Role.TOTAL):
            rows = every[years[every] == years[record]] if len(years) and years[record] else every
            for column in table.columns:
                if not additive(table, column) or column.missing[record]:
                    continue
                own = table.tree.by_whole.get(record)
                lost = unnumbered(table, column, record) if own else []
                data = np.array([*table.tree.leaves(record), *lost], np.int64) if own else rows
                kinds = column.missing[data]
                absent = data[~in_print(kinds) & (kinds != int(Missing.COVERED))]
                if (column.missing[absent] == int(Missing.UNREADABLE)).any():
                    continue  # what cannot be read may be negative
                known = [
                    table.given_in(int(r), column, _figure_name(table, (int(r), column)))
                    for r in data[kinds == 0]
                ]
                printed = table.given_in(record, column, _figure_name(table, (record, column)))
                if len(absent) and known and printed.quantity is not None:
                    yield from _less(table, (record, column), printed, known, [int(r) for r in absent])


def _less(
    table: Table, spot: Spot, printed: Given, known: list[Given], absent: list[int]
) -> Iterator[Finding]:
    column, added = spot[1], total(known)
    least, most = interval_of(added), printed.quantity.interval.high if printed.quantity else None
    signed = any(each.quantity is not None and each.quantity.value < 0 for each in known)
    value = value_of(added)
    if (
        least is None
        or least.low is None
        or most is None
        or least.low <= most
        or signed
        or printed.quantity is None
    ):
        return
    assert isinstance(value, Fraction)
    text = quantity_text(value, printed.quantity.unit, max(e.quantity.places for e in known if e.quantity))
    names = "、".join(record_name(table, each) for each in absent[:4])
    kind = column.missing_kind(absent[0])
    yield Finding(
        "total-below-parts",
        Severity.ERROR,
        f"{table.name}“{column.label}”合计",
        f"{table.name}的“{column.label}”合计印为 {printed.text}，{names}{kind.label if kind else ''}，"
        f"其余各行相加已为 {text}，合计不可能更小。",
        printed=printed.text,
        recomputed=f"≥{text}",
        cells=cells_of(printed, *known),
        remedy="核对合计和各行，补报缺少的数",
    )


def _parts(table: Table) -> list[int]:
    """The records a total sums: the rows; of a scorecard that has parents among them, the lowest or the first level."""
    if table.kind != "scorecard":
        return list(table.records())
    paths = paths_of(table)
    leaves = [row.record for row in score_rows(table)]
    weight, score = table.column("weight"), table.column(score_key(table))
    known = all(c is None or not c.missing[leaves].any() for c in (weight, score))
    return leaves if known else [record for record, path in paths if len(path) == 1]


def _with_execution(evaluation: Evaluation, own: LineSum) -> Agreement:
    """The total of a form together with 预算执行率, which 10号 附1 scores in the block of funds; it is what its 总分 sums."""
    card = evaluation.scorecard
    execution = card.indicator(EXECUTION) if card and own.table is card.tables[0] else None
    if execution is None or own.printed_at[1].key not in ("weight", "score"):
        return own
    beside = execution.weight if own.weights else execution.score
    return Constraint(
        own.code,
        own.subject,
        own.printed,
        total([*(own.figures[1:]), beside]),
        own.sentence,
        own.remedy,
    )


def _means(evaluation: Evaluation) -> Iterator[Agreement]:
    """Every printed mean of the districts (平均) against the plain mean of their figures."""
    for table in evaluation.project.of_kind("districts"):
        records = list(table.records(Role.MEAN))
        columns = [c for c in table.columns if c.numbers is not None and c.key not in ("serial", "rank")]
        lines = Lines(table, columns) if records else None
        data = np.fromiter(table.records(), np.int64)
        for record in records if lines else ():
            for index, column in enumerate(columns):
                if column.missing[record] or not len(data) or column.missing[data].any() or lines is None:
                    continue
                printed, half, added, halves = lines.down(index, record, data)
                yield LineSum(
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


def _mean_wording(table: Table, spot: Spot) -> tuple[str, str, str]:
    label = spot[1].label
    word = word_for(table.text(record, "district") for record in table.records())
    return (
        f"{table.name}“{label}”平均",
        f"{table.name}的“{label}”平均印为 {{printed}}，各{word}简单平均为 {{recomputed}}。",
        "核对平均数，或说明是否加权",
    )


def _figure_name(table: Table, spot: Spot) -> str:
    record, column = spot
    whole = table.roles[record] == Role.TOTAL
    return f"{'合计' if whole else record_name(table, record)}{column.label}"


def _total_wording(table: Table, spot: Spot) -> tuple[str, str, str]:
    label = spot[1].label
    return (
        f"{table.name}“{label}”合计",
        f"{table.name}的“{label}”合计印为 {{printed}}，各行相加为 {{recomputed}}。",
        "核对合计行和各行，改正其中有误的一处",
    )


def _across(evaluation: Evaluation) -> Iterator[Agreement]:
    """The score of each district against the sum of its scores by indicator."""
    found = evaluation.indicators
    if found is None or found.total is None:
        return
    lines = Lines(found.table, (*found.columns, found.total))
    parts = range(len(found.columns))
    wanted = {int(Role.DATA), int(Role.WEIGHT), int(Role.TOTAL)}
    for record, sums in lines.across(len(found.columns), parts):
        shared = any(
            record in column.row_units for column in found.columns
        )  # 权重 in per cent, a total in points
        if int(found.table.roles[record]) in wanted and not shared:
            yield LineSum(
                "indicators-sum-differs",
                found.table,
                (record, found.total),
                tuple((record, column) for column in found.columns),
                sums,
                lines.scale,
                cell_name,
                _across_wording,
            )


def _across_wording(table: Table, spot: Spot) -> tuple[str, str, str]:
    name, label = record_name(table, spot[0]), spot[1].label
    return (
        f"{name}{label}",
        f"{name}的{label}印为 {{printed}}，各项指标得分相加为 {{recomputed}}。",
        f"核对{name}各项得分和{label}",
    )


def _contributions(evaluation: Evaluation) -> Iterator[Constraint]:
    """Printed shares of residents' contributions against the investment, where the table gives both."""
    for table in evaluation.project.of_kind("contributions"):
        whole = next(
            (c for c in table.columns if c.numbers is not None and c.key != "share" and "总投资" in c.label),
            None,
        )
        amount = table.column("amount")
        if whole is None or amount is None or whole.unit.dimension != amount.unit.dimension:
            continue
        for record in table.records(Role.DATA, Role.TOTAL) if table.has("share") else ():
            name = record_name(table, record)
            yield Constraint(
                "contribution-share-differs",
                f"{name}出资占比",
                table.given(record, "share", f"{name}出资占比"),
                quotient(
                    table.given_in(record, amount, f"{name}居民出资"),
                    table.given_in(record, whole, f"{name}{whole.label}"),
                ),
                f"{name}出资占比印为 {{printed}}，按居民出资÷{whole.label}为 {{recomputed}}。",
                "按两数之比重算占比",
            )


CHECKS = (
    Check(
        "total-differs",
        "合计与各行之和",
        "每张表每个数值列的合计等于各数据行之和，容差取自印出的位数；有缺数的，合计不小于其余各行之和",
        _totals,
        find=_below_parts,
        also=("total-below-parts",),
    ),
    Check(
        "subtotal-differs",
        "小计与所属各行、合计与各小计",
        "小计、地区小计和由其他行相加而成的行等于所属各行之和；各行都有小计的，合计等于各小计之和",
        subtotals,
    ),
    Check("part-above-whole", "其中数与总数", "其中各行之和不大于所属的一行", find=above_their_whole),
    Check(
        "indicators-sum-differs",
        "县区得分与各项之和",
        "分县区、分指标的得分表中，每个县区的总分等于各项得分之和",
        _across,
    ),
    Check("mean-row-differs", "平均行", "分县区表的平均行等于各县区的简单平均", _means),
    Check(
        "contribution-share-differs",
        "居民出资占比",
        "居民出资占比等于出资除以总投资",
        _contributions,
    ),
)
