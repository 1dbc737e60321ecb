"""Spending that goes on, as lists by month give it, against the shares that the rules want spent by then."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.monitoring import Checkpoint
from wenxiao.evaluation.spending_series import SpendingProgress
from wenxiao.fields.wording import tidy
from wenxiao.model import Finding, Severity, quantity_text
from wenxiao.model.units import RATIO


def _behind(evaluation: Evaluation) -> Iterator[Finding]:
    """The projects that have spent less of their budget by the end of a month than the rules want, and what cannot be told."""
    unclear: dict[str, list[SpendingProgress]] = {}
    for monitored in evaluation.monitoring:
        told: set[int] = set()
        for each in monitored.checkpoints if evaluation.profile.monitoring.spent_by else ():
            if each.lag is not None and (each.lag.number or 0) > 0 and each.due_month not in told:
                yield _lag(each)
            told.add(each.due_month)
        for words in monitored.progress.lacking:
            unclear.setdefault(words, []).append(monitored.progress)
    for words, among in unclear.items():
        cells = (given.cell for progress in among for given in progress.unclear)
        yield Finding(
            "progress-unclear",
            Severity.HINT,
            "序时进度",
            f"{'、'.join(each.project for each in among[:3])}{f'等 {len(among)} 个项目' if len(among) > 3 else ''}：{words}，有关的期没有判定。",
            cells=tuple(dict.fromkeys(cell for cell in cells if cell is not None)),
            remedy="补齐各期支出数，并列出累计支出一列",
        )


def _lag(checkpoint: Checkpoint) -> Finding:
    rate, asked = checkpoint.reached.rate, quantity_text(checkpoint.due or 0, RATIO, 2)
    name, month = rate.subject, checkpoint.reached.month
    of = "" if checkpoint.due_month == month else f"{checkpoint.due_month}月底的"
    return Finding(
        "progress-behind",
        Severity.WARNING,
        name,
        f"{name}截至{month}月底支出 {rate.text}，低于{of}序时要求 {asked}。",
        printed=rate.text,
        recomputed=asked,
        cells=checkpoint.reached.spent.cells,
        about=(rate.key,),
        remedy="说明原因，按规定继续执行、调整或取消",
    )


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
