"""Sums against printed totals, shares and rates against their division, in every table that prints both."""

from __future__ import annotations

from collections.abc import Iterator

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.model import Column, Given, Missing, Role, Table, quotient, total
from wenxiao.model.units import RATIO

_NOT_ADDITIVE = {"score_rate", "execution_rate", "arrival_rate", "completion_rate", "rate", "serial"}


def _totals(evaluation: Evaluation) -> Iterator[Constraint]:
    for table in evaluation.project.tables:
        for record in table.records(Role.TOTAL):
            for column in table.columns:
                if column.numeric and column.key not in _NOT_ADDITIVE:
                    yield from _total(table, record, column)


def _total(table: Table, record: int, column: Column) -> Iterator[Constraint]:
    """A total is checked where every part is known; a merged cell counts once."""
    printed = table.given_in(record, column, f"合计{column.label}")
    parts = [
        table.given_in(r, column, f"{_name(table, r)}{column.label}")
        for r in table.records()
        if column.missing_kind(r) is not Missing.COVERED
    ]
    if column.key == "weight":
        printed, parts = printed.exact, [part.exact for part in parts]
    if printed.quantity is None or not parts or any(part.quantity is None for part in parts):
        return
    yield Constraint(
        "total-differs",
        f"{table.title}“{column.label}”合计",
        printed,
        total(parts),
        f"{table.title}的“{column.label}”合计印为 {{printed}}，各行相加为 {{recomputed}}。",
        "核对合计行和各行，改正其中有误的一处",
    )


def _name(table: Table, record: int) -> str:
    texts = [column.text(record) for column in table.columns if not column.numeric and column.key != "serial"]
    return next((text for text in texts if text), f"第 {int(table.lines[record])} 行")


def _shares(evaluation: Evaluation) -> Iterator[Constraint]:
    """Printed shares of funds (占比) against part ÷ total."""
    for table in evaluation.project.of_kind("funds"):
        stage = next((s for s in ("planned", "budget", "received", "spent") if table.has(s)), "")
        if not table.has("share") or not stage:
            continue
        whole = [table.given(r, stage, f"{_name(table, r)}金额") for r in table.records()]
        for record in table.records():
            source = _name(table, record)
            yield Constraint(
                "share-differs",
                f"{source}占比",
                table.given(record, "share", f"{source}占比"),
                quotient(table.given(record, stage, f"{source}金额"), total(whole)),
                f"{source}占比印为 {{printed}}，按金额计算为 {{recomputed}}。",
                "按金额重算占比",
            )


_RATES = {
    "funds": (
        ("execution_rate", "执行率", "spent", "budget"),
        ("arrival_rate", "到位率", "received", "budget"),
    ),
    "outputs": (("completion_rate", "完成率", "actual", "planned"),),
}


def _rates(evaluation: Evaluation) -> Iterator[Constraint]:
    """Rates printed in tables of funds and outputs against their division."""
    for kind, checks in _RATES.items():
        for table in evaluation.project.of_kind(kind):
            for key, label, above, below in checks:
                if table.has(key) and table.has(above) and table.has(below):
                    for record in table.records(Role.DATA, Role.TOTAL):
                        yield from _rate(table, record, key, label, above, below)


def _rate(table: Table, record: int, key: str, label: str, above: str, below: str) -> Iterator[Constraint]:
    name = _name(table, record)
    printed = table.given(record, key, f"{name}{label}")
    if printed.quantity is None or printed.quantity.unit.dimension != RATIO.dimension:
        return
    yield Constraint(
        "rate-differs",
        f"{name}{label}",
        printed,
        quotient(_side(table, record, above), _side(table, record, below)),
        f"{name}的{label}印为 {{printed}}，按表中数计算为 {{recomputed}}。",
        f"按两数之比重算{label}",
    )


def _side(table: Table, record: int, key: str) -> Given:
    column = table.column(key)
    assert column is not None
    return table.given_in(record, column, f"{_name(table, record)}{column.label}")


CHECKS = (
    Check(
        "total-differs",
        "合计与各行之和",
        "每张表每个数值列的合计等于各数据行之和，容差取自印出的位数",
        _totals,
    ),
    Check("share-differs", "占比与金额之比", "占比等于该来源金额除以合计", _shares),
    Check("rate-differs", "表中比率与两数之比", "执行率、到位率、完成率等于表中两数之比", _rates),
)
