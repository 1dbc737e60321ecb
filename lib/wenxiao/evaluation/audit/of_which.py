"""其中 parts held against the row that they are part of."""

from __future__ import annotations

from collections.abc import Iterator

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.line_sum import record_name
from wenxiao.evaluation.audit.sums import exceeds, figures_in
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.model import Column, Finding, Measure, Severity, Table, total
from wenxiao.model.row_tree import RowSum
from wenxiao.sheets.structure.totals import additive


def _of_which(evaluation: Evaluation) -> Iterator[Finding]:
    """其中 parts that are together more than the row they are part of."""
    for table in evaluation.project.tables:
        for one in table.tree.sums:
            for column in table.columns if not one.exhaustive else ():
                if additive(table, column) and not column.missing[one.whole]:
                    yield from _above_whole(table, column, one)


def _above_whole(table: Table, column: Column, one: RowSum) -> Iterator[Finding]:
    (whole,), parts = figures_in(table, column, [one.whole]), figures_in(table, column, one.parts)
    if not parts or not exceeds(total(parts), whole):
        return
    name, names = record_name(table, one.whole), "、".join(record_name(table, part) for part in one.parts)
    added = Measure("", "", total(parts), column.unit, int(column.places[one.whole])).text_with_unit
    yield Finding(
        "part-above-whole",
        Severity.ERROR,
        f"{name}{column.label}",
        f"{table.name}的“{column.label}”中，{name}为 {whole.text}，其中{names}为 {added}，其中数大于总数。",
        printed=whole.text,
        cells=cells_of(*parts, whole),
        remedy="核对其中数和总数，改正其中有误的一处",
    )


CHECKS = (Check("part-above-whole", find=_of_which),)
