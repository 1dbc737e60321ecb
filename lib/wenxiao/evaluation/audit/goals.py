"""Goals in words against the figures they name: copied plans, other figures than the indicators, money that is no amount."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.audit.judged_indicators import Judged, judged_rows
from wenxiao.evaluation.audit.spending import amount_of, spending_finding
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.scoring.rows import figure_in
from wenxiao.fields.wording import tidy
from wenxiao.model import (
    Finding,
    Severity,
    Table,
)
from wenxiao.model.units import WAN_YUAN

_FIGURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([㎡%％\u4e00-\u9fff]{1,4})")
_DIGITS = re.compile(r"\d+")
_CLAUSE = re.compile(r"[，,。；;、\n]")
_SPENT = ("支出", "执行", "使用资金", "支付资金")


def _goals(evaluation: Evaluation) -> Iterator[Finding]:
    """Goals in words: copied from the plan, or with another figure than the indicator they name."""
    rows = judged_rows(evaluation)
    for table in evaluation.project.of_kind("goals"):
        for record in table.records():
            expected, achieved = table.text(record, "expected"), table.text(record, "achieved")
            if _copied(expected, achieved):
                yield Finding(
                    "goals-copied",
                    Severity.HINT,
                    "实际完成情况",
                    f"实际完成情况照抄预期目标：“{achieved[:30]}”。",
                    printed=achieved,
                    recomputed=expected,
                    cells=tuple(
                        cell for key in ("achieved", "expected") if (cell := table.text_cell(record, key))
                    ),
                    remedy="按实际完成的情况填写",
                )
            yield from _money_in(evaluation, table, record, achieved)
            for key, word, text in (("expected", "target", expected), ("achieved", "actual", achieved)):
                yield from _figures(table, record, key, word, text, rows)


def _copied(expected: str, achieved: str) -> bool:
    """Whether what was done is what was planned, word for word but for a word or two before or after it."""
    plan, done = ("".join(c for c in tidy(text) if c.isalnum()) for text in (expected, achieved))
    return len(plan) > 8 and plan in done and len(done) - len(plan) <= 4


def _money_in(evaluation: Evaluation, table: Table, record: int, text: str) -> Iterator[Finding]:
    """Money that the goals say was spent, which is no amount of the form."""
    spent, cell = amount_of(evaluation, "spent"), table.text_cell(record, "achieved")
    funds = evaluation.funds
    if spent is None or spent.interval is None or cell is None or funds is None:
        return
    known = [amount for line in (*funds.lines, funds.total) for amount in line.amounts.values()]
    for clause in _CLAUSE.split(text):
        for match in _FIGURE.finditer(clause):
            stated = figure_in(match[0], clause[: match.end()], cell).quantity
            if stated is None or stated.unit.dimension != WAN_YUAN.dimension:
                continue
            before = clause[: match.start()].strip("共计了合为约全年：: ")
            if not before.endswith(_SPENT) or any(
                amount.interval is not None and amount.interval.meets(stated.to(amount.unit).interval)
                for amount in known
            ):
                continue
            yield spending_finding(
                evaluation,
                "goals-differ",
                Severity.HINT,
                "实际完成情况与支出",
                f"“{clause.strip()}”与表中支出 {spent.text_with_unit}不同，也不是表中别的金额。",
                (spent,),
                (),
                "文字与表中的数写一致",
                (cell,),
            )


def _figures(
    table: Table, record: int, key: str, word: str, text: str, rows: list[Judged]
) -> Iterator[Finding]:
    cell = table.text_cell(record, key)
    for clause in _CLAUSE.split(text):
        for match in _FIGURE.finditer(clause):
            given = figure_in(match[0], clause[: match.end()], cell)
            stated = given.quantity
            if stated is None or stated.unit.symbol == "" or cell is None:
                continue
            named = [
                (each, quantity)
                for each in rows
                if (quantity := (each.row.actual if word == "actual" else each.row.target).quantity)
                is not None
                and quantity.unit.dimension == stated.unit.dimension
                and _alike(each.row.name, clause[: match.start()])
            ]
            if not named or any(
                quantity.interval.meets(stated.to(quantity.unit).interval) for _, quantity in named
            ):
                continue
            each, quantity = named[0]
            label = "完成值" if word == "actual" else "指标值"
            yield Finding(
                "goals-differ",
                Severity.WARNING,
                each.row.name,
                f"“{clause.strip()}”与{each.row.name}的{label} {quantity.text}不同。",
                printed=stated.text,
                recomputed=quantity.text,
                cells=(cell, *each.cells),
                remedy="文字与表中的数写一致",
            )


def _alike(name: str, words: str) -> bool:
    """Whether the words before a figure name an indicator: two characters in a row that both have."""
    return any(name[i : i + 2] in words for i in range(len(name) - 1))


CHECKS = (
    Check(
        "goals-differ",
        "目标文字与指标",
        "总体目标和完成情况里的数与所指的指标相同；完成情况不照抄目标",
        find=_goals,
        also=("goals-copied",),
    ),
)
