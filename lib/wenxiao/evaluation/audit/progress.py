"""Spending that goes on, as lists by month give it, against the shares that the rules want spent by then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.fields.wording import tidy
from wenxiao.model import Finding, Given, Severity, Table, quantity_text
from wenxiao.model.units import RATIO


def _behind(evaluation: Evaluation) -> Iterator[Finding]:
    """The projects that have spent less of their budget by the end of a month than the rules want, or may have."""
    for table in evaluation.project.of_kind("progress"):
        wanted = sorted(evaluation.profile.monitoring.spent_by.items())
        cumulative = _cumulative(table)
        unclear: list[Given] = []
        for record in table.records():
            budget = _number(table, record, "budget")
            if budget is None or budget <= 0:
                continue
            for month, least in wanted:
                spent = _spent_by(table, record, month)
                amounts = [each.quantity.value for each in spent if each.quantity is not None]
                if not spent or cumulative is None or len(amounts) < len(spent):
                    unclear += [each for each in spent if cumulative is None or each.quantity is None]
                    continue
                counted = spent[-1:] if cumulative else spent
                rate = Fraction(amounts[-1] if cumulative else sum(amounts)) / Fraction(budget)
                if rate < Fraction(least):
                    yield _lag(table.text(record, "project_name"), month, rate, Fraction(least), counted)
        if unclear:
            why = "有的月份没有数" if cumulative is not None else "看不出各列是当月数还是累计数"
            yield Finding(
                "progress-unclear",
                Severity.HINT,
                "序时进度",
                f"{table.name}{why}，没有与序时要求比较。",
                cells=tuple(dict.fromkeys(each.cell for each in unclear if each.cell is not None)),
                remedy="补齐各月支出数，并列出累计支出一列",
            )


def _lag(name: str, month: int, rate: Fraction, least: Fraction, spent: Sequence[Given]) -> Finding:
    asked = quantity_text(least, RATIO, 2)
    return Finding(
        "progress-behind",
        Severity.WARNING,
        name,
        f"{name}截至{month}月底支出 {quantity_text(rate, RATIO, 4)}，低于序时要求 {asked}。",
        printed=quantity_text(rate, RATIO, 4),
        recomputed=asked,
        cells=tuple(each.cell for each in spent if each.cell is not None),
        remedy="说明原因，按规定继续执行、调整或取消",
    )


def _spent_by(table: Table, record: int, month: int) -> list[Given]:
    """What stands in each month up to one, or in each quarter that ends with it; empty where the list has not all."""
    months = [f"spent_month_{n}" for n in range(1, month + 1)]
    quarters = [f"spent_quarter_{n}" for n in range(1, month // 3 + 1)] if month % 3 == 0 else []
    keys = next((each for each in (months, quarters) if each and all(map(table.has, each))), [])
    return [table.given(record, key) for key in keys]


def _cumulative(table: Table) -> bool | None:
    """Whether the amounts of months or quarters are sums up to their ends; None where the figures do not tell.

    Single amounts add up to 累计支出 in every row, or fall somewhere; sums up to a month never fall, and the last is 累计支出.
    """
    single = summed = True
    falls = False
    for record in table.records():
        keys = [
            c.key for c in table.columns if c.key and c.key.startswith(("spent_month_", "spent_quarter_"))
        ]
        amounts = [number for key in keys if (number := _number(table, record, key)) is not None]
        whole = _number(table, record, "spent")
        down = any(after < before for before, after in pairwise(amounts))
        falls = falls or down
        if whole is not None and amounts:
            single = single and sum(amounts) == whole
            summed = summed and not down and amounts[-1] == whole
        else:
            single, summed = single and down, summed and False
    if single or (falls and not summed):
        return False
    return True if summed else None


def _number(table: Table, record: int, key: str) -> Decimal | None:
    quantity = table.given(record, key).quantity
    return None if quantity is None else quantity.value


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
        "progress-behind",
        "序时进度",
        "各月底的支出不低于评价规则 monitoring 所定的预算比例；看不出是当月数还是累计数的不比较",
        find=_behind,
        also=("progress-unclear",),
    ),
)
