"""Spending that goes on, as lists by month give it, against the shares that the rules want spent by then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.fields.wording import tidy
from wenxiao.model import Finding, Given, Severity, Table, quantity_text
from wenxiao.model.units import RATIO


def _behind(evaluation: Evaluation) -> Iterator[Finding]:
    """The projects that have spent less of their budget by the end of a month than the rules want."""
    for table in evaluation.project.of_kind("progress"):
        for record in table.records():
            budget, name = table.given(record, "budget").quantity, table.text(record, "project_name")
            for month, wanted in sorted(evaluation.profile.monitoring.spent_by.items()):
                spent = _spent_by(table, record, month)
                amounts = [each.quantity.value for each in spent if each.quantity is not None]
                if budget is None or budget.value <= 0 or not spent or len(amounts) < len(spent):
                    continue
                rate = Fraction(sum(amounts)) / Fraction(budget.value)
                if rate >= Fraction(wanted):
                    continue
                least = quantity_text(wanted, RATIO, 2)
                yield Finding(
                    "progress-behind",
                    Severity.WARNING,
                    name,
                    f"{name}截至{month}月底支出 {quantity_text(rate, RATIO, 4)}，低于序时要求 {least}。",
                    printed=quantity_text(rate, RATIO, 4),
                    recomputed=least,
                    cells=tuple(each.cell for each in spent if each.cell is not None),
                    remedy="说明原因，按规定继续执行、调整或取消",
                )


def _spent_by(table: Table, record: int, month: int) -> list[Given]:
    """What was spent in each month up to one, or in each quarter that ends with it; empty where the list has not all."""
    months = [f"spent_month_{n}" for n in range(1, month + 1)]
    quarters = [f"spent_quarter_{n}" for n in range(1, month // 3 + 1)] if month % 3 == 0 else []
    keys = next((each for each in (months, quarters) if each and all(map(table.has, each))), [])
    return [table.given(record, key) for key in keys]


_WITHIN = re.compile(
    r"(?:截至|截止)?(?:\d{4}年)?(?<!\d)(?!12月)\d{1,2}月(?:底|末|\d{1,2}日)"
    r"|(?:\d{4}年)?(?<!\d)1[-—–~～至]{1,2}(?!12月)\d{1,2}月|上半年|前?[一二三]季度"
)
"""An end within the year: 截至6月底, 1—6月, 上半年."""


def _to_date(evaluation: Evaluation) -> Iterator[Finding]:
    """An execution rate whose spending ends within the year, by its header, the title or the name of the sheet."""
    rate = evaluation.execution
    if rate.number is None:
        return
    spent = {given.cell for given in rate.inputs if given.cell}
    for table in (*evaluation.project.of_kind("funds"), *evaluation.project.of_kind("districts")):
        for column in table.columns if spent else ():
            if column.key is None or column.key.partition("/")[0] not in ("spent", "paid", "invested"):
                continue
            words = tidy(f"{'/'.join(column.path)} {table.title} {table.origin.sheet}")
            end = _WITHIN.search(words)
            cells = tuple(cell for n in range(len(table)) if (cell := table.cell(n, column)) in spent)
            if end and cells:
                yield Finding(
                    "spent-to-date",
                    Severity.HINT,
                    rate.label,
                    f"{rate.label} {rate.text_with_unit}按“{column.label}”计算，支出只到{end[0].removeprefix('截至')}，是当时的进度，不是全年的执行率。",
                    printed=rate.text_with_unit,
                    cells=cells,
                    about=(rate.key,),
                    remedy="评价全年的，补充年末的支出数；评价进度的，在报告中写明时点",
                )


CHECKS = (
    Check("spent-to-date", "执行率的时点", "支出数截至年中的，执行率只是当时的进度，须说明", find=_to_date),
    Check(
        "progress-behind", "序时进度", "各月底的支出不低于评价规则 monitoring 所定的预算比例", find=_behind
    ),
)
