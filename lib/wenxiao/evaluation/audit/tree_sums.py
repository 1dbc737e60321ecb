"""Totals and subtotals against their parts, as the tree of the rows of each table has them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wenxiao.evaluation.audit.check import cells_of
from wenxiao.evaluation.audit.constraint import Agreement
from wenxiao.evaluation.audit.line_sum import Lines, LineSum, Spot, cell_name, in_print, record_name
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.model import Column, Finding, Measure, Missing, Role, Severity, Table, interval_of, total
from wenxiao.model.row_tree import RowSum, Support
from wenxiao.sheets.structure.totals import additive


def totals(evaluation: Evaluation) -> Iterator[Agreement]:
    """Every total (合计) of a table against the records it sums."""
    return _sums(evaluation, whole=True)


def subtotals(evaluation: Evaluation) -> Iterator[Agreement]:
    """Every other record that sums others (小计, 地区小计, a county above its towns) against them."""
    return _sums(evaluation, whole=False)


def _sums(evaluation: Evaluation, *, whole: bool) -> Iterator[Agreement]:
    for table in evaluation.project.tables:
        chosen = [
            one for one in table.tree.by_whole.values() if bool(table.roles[one.whole] == Role.TOTAL) is whole
        ]
        columns = [column for column in table.columns if additive(table, column)]
        if not chosen or not columns:
            continue
        lines = Lines(table, columns)
        for one in chosen:
            if one.support is Support.TIED:
                continue
            for index, column in enumerate(columns):
                direct = _known_parts(table, column, one)
                leaves = sorted(table.tree.leaves(one.whole))
                if unnumbered(table, column, one.whole):
                    continue
                sets = {"total-differs" if whole else "subtotal-differs": leaves}
                if direct != leaves:
                    sets = {"subtotal-differs": direct} | (sets if whole else {})
                if one.also:
                    sets["subtotal-differs"] = list(one.also)
                for code, parts in sets.items():
                    chosen_parts = np.array(parts, np.int64)
                    absent = column.missing[chosen_parts]
                    chosen_parts = chosen_parts[absent != int(Missing.COVERED)]
                    if (
                        column.missing[one.whole]
                        or not len(chosen_parts)
                        or not in_print(column.missing[chosen_parts]).all()
                    ):
                        continue
                    yield LineSum(
                        code,
                        table,
                        (one.whole, column),
                        tuple((int(part), column) for part in chosen_parts),
                        lines.down(index, one.whole, chosen_parts),
                        lines.scale,
                        _figure_name,
                        _total_wording if code == "total-differs" else _subtotal_wording,
                    )


def unnumbered(table: Table, column: Column, whole: int) -> list[int]:
    """The records among the parts of a sum that have no figure in a column and are no part of anything: it may hold them."""
    parts = table.tree.leaves(whole)
    span = range(min((whole, *parts)), max((whole, *parts)) + 1)
    known = {*table.tree.by_whole, *table.tree.whole_of}
    return [
        record
        for record in span
        if record not in known
        and table.roles[record] == Role.DATA
        and column.missing[record] not in (0, int(Missing.COVERED))
    ]


def _known_parts(table: Table, column: Column, one: RowSum) -> list[int]:
    """The parts of a sum in one column: where a part has no figure there, its own parts; none below a merged cell."""
    found: list[int] = []
    for part in one.parts:
        below = table.tree.by_whole.get(part)
        if column.missing[part] == int(Missing.COVERED):
            continue
        found += _known_parts(table, column, below) if column.missing[part] and below is not None else [part]
    return found


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


def _subtotal_wording(table: Table, spot: Spot) -> tuple[str, str, str]:
    name, label = record_name(table, spot[0]), spot[1].label
    parts = "各小计" if table.roles[spot[0]] == Role.TOTAL else "所属各行"
    return (
        f"{table.name}{name}“{label}”",
        f"{table.name}的{name}“{label}”印为 {{printed}}，{parts}相加为 {{recomputed}}。",
        f"核对{name}和{parts}，改正其中有误的一处",
    )


def above_their_whole(evaluation: Evaluation) -> Iterator[Finding]:
    """其中 parts that are together more than the row they are part of, whatever rounding hides."""
    for table in evaluation.project.tables:
        for one in table.tree.sums:
            for column in table.columns if not one.exhaustive else ():
                if additive(table, column) and not column.missing[one.whole]:
                    yield from _above(table, column, one)


def _above(table: Table, column: Column, one: RowSum) -> Iterator[Finding]:
    whole = table.given_in(one.whole, column, cell_name(table, (one.whole, column)))
    parts = [
        table.given_in(part, column, cell_name(table, (part, column)))
        for part in one.parts
        if not column.missing[part]
    ]
    low, high = interval_of(total(parts)) if parts else None, interval_of(whole)
    if low is None or high is None or low.low is None or high.high is None or low.low <= high.high:
        return
    names = "、".join(record_name(table, part) for part in one.parts)
    added = Measure("", "", total(parts), column.unit, int(column.places[one.whole])).text_with_unit
    sentence = (
        f"{table.name}的“{column.label}”中，{record_name(table, one.whole)}为 {whole.text}，其中{names}为 {added}，"
        "其中数大于总数。"
    )
    yield Finding(
        "part-above-whole",
        Severity.ERROR,
        f"{record_name(table, one.whole)}{column.label}",
        sentence,
        printed=whole.text,
        cells=cells_of(*parts, whole),
        remedy="核对其中数和总数，改正其中有误的一处",
    )
