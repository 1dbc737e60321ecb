"""Totals and subtotals of rows against what they sum; parts of rows; in every table that prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.constraint import Agreement, Constraint
from wenxiao.evaluation.audit.line_sum import Lines, LineSum, Spot, in_print, record_name
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.scorecard import execution_beside
from wenxiao.evaluation.scoring.rows import paths_of, score_key, score_rows
from wenxiao.evaluation.years import years_of_records
from wenxiao.fields.relations import standard_relations
from wenxiao.model import (
    Column,
    Expression,
    Finding,
    Given,
    Missing,
    Role,
    Severity,
    Table,
    interval_of,
    quantity_text,
    total,
    value_of,
)
from wenxiao.model.row_tree import RowSum, Support
from wenxiao.sheets.structure.totals import additive

_COVERED = int(Missing.COVERED)


@dataclass(frozen=True, eq=False, slots=True)
class _Sum:
    """One total or subtotal (`whole`) in one column: the records it sums, of which some may have no figure."""

    code: str
    table: Table
    whole: int
    column: Column
    index: int
    parts: NDArray[np.int64]

    @property
    def absent(self) -> NDArray[np.int64]:
        """The parts of which nothing is known: no figure, not even one too small to print."""
        found: NDArray[np.int64] = self.parts[~in_print(self.column.missing[self.parts])]
        return found


def _sums_of(table: Table, columns: list[Column]) -> Iterator[_Sum]:
    """Every printed sum of rows: as the tree of the rows has them, else each 合计 of the rows of its year."""
    if table.tree.sums:
        chosen = [
            (one.whole, index, code, parts)
            for one in table.tree.by_whole.values()
            if one.support is not Support.TIED
            for index, column in enumerate(columns)
            for code, parts in _of_tree(table, column, one)
        ]
        chosen += [
            (one.whole, index, "subtotal-differs", list(one.parts))
            for one in table.tree.sums
            if not one.exhaustive and one.support is Support.REFUTED
            for index in range(len(columns))
        ]
    else:
        every, years = np.array(_rows(table), np.int64), np.array(years_of_records(table))
        chosen = [
            (record, index, "total-differs", list(rows))
            for record in table.records(Role.TOTAL)
            for rows in [every[years[every] == years[record]] if len(years) and years[record] else every]
            for index in range(len(columns))
        ]
    for whole, index, code, parts in chosen:
        column, data = columns[index], np.array(parts, np.int64)
        data = data[column.missing[data] != _COVERED]
        if not column.missing[whole] and len(data):
            yield _Sum(code, table, whole, column, index, data)


def _of_tree(table: Table, column: Column, one: RowSum) -> Iterator[tuple[str, list[int]]]:
    """What one record sums in a column: of a total the lowest rows, and its subtotals where it has any."""
    lost = _unnumbered(table, column, one.whole)
    direct, leaves = _known_parts(table, column, one), sorted(table.tree.leaves(one.whole))
    total_row = table.roles[one.whole] == Role.TOTAL
    if one.also or direct != leaves or not total_row:
        yield "subtotal-differs", [*(one.also or direct), *lost]
    if total_row:
        yield "total-differs", [*leaves, *lost]


def _unnumbered(table: Table, column: Column, whole: int) -> list[int]:
    """The records among the parts of a sum that have no figure in a column and are no part of anything: it may hold them."""
    parts = table.tree.leaves(whole)
    known = {*table.tree.by_whole, *table.tree.whole_of}
    return [
        record
        for record in range(min((whole, *parts)), max((whole, *parts)) + 1)
        if record not in known
        and table.roles[record] == Role.DATA
        and column.missing[record] not in (0, _COVERED)
    ]


def _known_parts(table: Table, column: Column, one: RowSum) -> list[int]:
    """The parts of a sum in one column: where a part has no figure there, its own parts; none below a merged cell."""
    found: list[int] = []
    for part in one.parts:
        below = table.tree.by_whole.get(part)
        if column.missing[part] == _COVERED:
            continue
        found += _known_parts(table, column, below) if column.missing[part] and below is not None else [part]
    return found


def _rows(table: Table) -> list[int]:
    """The records a total sums: the rows; of a scorecard that has parents among them, the lowest or the first level."""
    if table.kind != "scorecard":
        return list(table.records())
    paths, leaves = paths_of(table), [row.record for row in score_rows(table)]
    weight, score = table.column("weight"), table.column(score_key(table))
    known = all(c is None or not c.missing[leaves].any() for c in (weight, score))
    first = {path[0]: record for record, path in paths if len(path) == 1}
    return list(first.values()) if not known and first.keys() >= {path[0] for _, path in paths} else leaves


def sums_in(table: Table, *, blank_is_nothing: bool = False) -> Iterator[LineSum]:
    """The totals and subtotals of a table of which every part is known; of the parts that are, where a blank adds nothing."""
    columns = [column for column in table.columns if additive(table, column)]
    sums = [one for one in _sums_of(table, columns) if one.code in standard_relations().by_code]
    exact = () if table.tree.sums else ("weight",)
    lines = Lines(table, columns if sums else (), exact=exact)
    for one in sums:
        parts = one.parts[in_print(one.column.missing[one.parts])]
        if not len(parts) or (len(parts) < len(one.parts) and not blank_is_nothing):
            continue
        yield LineSum(
            one.code,
            table,
            (one.whole, one.column),
            tuple((int(part), one.column) for part in parts),
            lines.down(one.index, one.whole, parts),
            lines.scale,
            _figure_name,
            _total_wording if one.code == "total-differs" else _subtotal_wording,
            weights=one.column.key in exact,
        )


@lru_cache(maxsize=2)
def _sums(evaluation: Evaluation) -> tuple[LineSum, ...]:
    """The sums of all tables; the total of a scorecard in parts sums more than the rows of its own table."""
    card = evaluation.scorecard
    parts = card.tables[: card.parts] if card and card.parts > 1 else ()
    return tuple(
        one
        for table in evaluation.project.tables
        for one in sums_in(table)
        if one.code != "total-differs" or table not in parts
    )


def _of_code(code: str) -> Callable[[Evaluation], Iterator[Agreement]]:
    return lambda evaluation: (
        one if one.holds and not _whole_form(evaluation, one) else _with_execution(evaluation, one)
        for one in _sums(evaluation)
        if one.code == code
    )


def _whole_form(evaluation: Evaluation, score: LineSum) -> bool:
    """Whether a total of scores stands in the row whose 分值 are the whole form's, with those of 预算执行率: it lacks its score."""
    return any(
        one.code == score.code
        and one.table is score.table
        and one.printed_at[0] == score.printed_at[0]
        and one.weights
        and not one.holds
        for one in _sums(evaluation)
        if score.printed_at[1].key == "score"
    )


def _with_execution(evaluation: Evaluation, own: LineSum) -> Agreement:
    """The total of a form together with 预算执行率, which 10号 附1 scores in the block of funds; it is what its 总分 sums."""
    card, main = evaluation.scorecard, own.table
    alone = main.kind != "scorecard" or (main.form is None and not (card and main is card.tables[0]))
    execution = None if alone else execution_beside(evaluation.project, main)
    if execution is None or own.printed_at[1].key not in ("weight", "score"):
        return own
    parts = total([*own.figures[1:], execution.weight if own.weights else execution.score])
    return Constraint(own.code, own.subject, own.printed, parts, own.sentence, own.remedy)


def _below_parts(evaluation: Evaluation) -> Iterator[Finding]:
    """Totals with a part missing that are less than the parts that are known: no figure for the missing one explains them."""
    for table in evaluation.project.tables:
        for one in _sums_of(table, [column for column in table.columns if additive(table, column)]):
            # What cannot be read may be negative.
            if len(one.absent) and (one.column.missing[one.absent] != int(Missing.UNREADABLE)).all():
                yield from _less(one)


def _less(one: _Sum) -> Iterator[Finding]:
    table, column = one.table, one.column
    known = figures_in(table, column, one.parts)
    printed = table.given_in(one.whole, column, _figure_name(table, (one.whole, column)))
    signed = any(each.quantity is not None and each.quantity.value < 0 for each in known)
    if not known or signed or printed.quantity is None or not exceeds(total(known), printed):
        return
    value = value_of(total(known))
    assert isinstance(value, Fraction)
    text = quantity_text(value, printed.quantity.unit, max(e.quantity.places for e in known if e.quantity))
    names = "、".join(record_name(table, int(each)) for each in one.absent[:4])
    kind = column.missing_kind(int(one.absent[0]))
    whole = "合计" if table.roles[one.whole] == Role.TOTAL else record_name(table, one.whole)
    yield Finding(
        "total-below-parts",
        Severity.ERROR,
        f"{table.name}“{column.label}”{whole}",
        f"{table.name}的“{column.label}”{whole}列为 {printed.text}，{names}{kind.label if kind else ''}，"
        f"其余各行相加已为 {text}，{whole}不可能更小。",
        printed=printed.text,
        recomputed=f"≥{text}",
        cells=cells_of(printed, *known),
        remedy="核对合计和各行，补报缺少的数",
    )


def figures_in(table: Table, column: Column, records: Iterable[int]) -> list[Given]:
    """The figures of some records in one column, of those that have one."""
    return [
        table.given_in(int(record), column, _figure_name(table, (int(record), column)))
        for record in records
        if not column.missing[record]
    ]


def exceeds(part: Expression, whole: Expression) -> bool:
    """Whether a part is more than its whole, whatever rounding hides."""
    low, high = interval_of(part), interval_of(whole)
    return bool(low and high and low.low is not None and high.high is not None and low.low > high.high)


def _figure_name(table: Table, spot: Spot) -> str:
    record, column = spot
    whole = table.roles[record] == Role.TOTAL
    return f"{'合计' if whole else record_name(table, record)}{column.label}"


def _total_wording(table: Table, spot: Spot) -> tuple[str, str, str]:
    label, parts = spot[1].label, standard_relations().added("total-differs")
    return (
        f"{table.name}“{label}”合计",
        f"{table.name}的“{label}”合计列为 {{printed}}，{parts}相加为 {{recomputed}}。",
        "核对合计行和各行，改正其中有误的一处",
    )


def _subtotal_wording(table: Table, spot: Spot) -> tuple[str, str, str]:
    name, label = record_name(table, spot[0]), spot[1].label
    whole = table.roles[spot[0]] == Role.TOTAL
    parts = "各小计" if whole else standard_relations().added("subtotal-differs")
    return (
        f"{table.name}{name}“{label}”",
        f"{table.name}的{name}“{label}”列为 {{printed}}，{parts}相加为 {{recomputed}}。",
        f"核对{name}和{parts}，改正其中有误的一处",
    )


CHECKS = (
    Check(
        "total-differs", constrain=_of_code("total-differs"), find=_below_parts, also=("total-below-parts",)
    ),
    Check("subtotal-differs", constrain=_of_code("subtotal-differs")),
)
