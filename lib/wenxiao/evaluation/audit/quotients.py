"""Rates, shares and balances printed in a column against the columns they follow from, by source, district or any other row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.audit.derived_columns import Basis, Derived, derived_columns
from wenxiao.evaluation.audit.line_sum import record_name
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.model import (
    Finding,
    Missing,
    Severity,
    quantity_text,
    value_of,
)
from wenxiao.model.units import NUMBER, RATIO


@lru_cache(maxsize=2)
def _judged(evaluation: Evaluation) -> tuple[tuple[Derived, str, Basis], ...]:
    return tuple((found, *_verdict(found)) for found in derived_columns(evaluation))


def _verdict(found: Derived) -> tuple[str, Basis]:
    """How a column stands to its bases: it holds (or fails row by row), is on another basis, or on none."""
    first = found.bases[0]
    known, held = found.known(first), found.fitting(first)
    if found.code == "rate-differs" and known - held:
        if found.fitting(first, 2) >= known - held and _unsigned(found):
            return "holds", first
        for other in found.bases[1:]:
            if found.fitting(other) >= found.known(other) >= known and len(found.fitting(other)) > len(held):
                return "other", other
    upheld = {record for record in held if value_of(first.of(record)) not in (Fraction(0), Fraction(1))}
    if not found.sure:
        best = max(found.bases, key=lambda basis: len(found.fitting(basis)))
        if found.code == "rate-differs" and best is not first and len(found.fitting(best)) > len(held):
            return "holds", best
        if not upheld:
            return "unknown", first
    elif len(known) > 2 and not held:
        return "none", first
    return "holds", first


def _unsigned(found: Derived) -> bool:
    """Whether no cell of a column shows a sign, so that its figures may all be in hundredths."""
    raws = [found.printed(record).raw for record, *_ in found.rows]
    return not any("%" in raw or "％" in raw for raw in raws)


def _constraints(evaluation: Evaluation) -> Iterator[Constraint]:
    """Each figure of a derived column against what the others give, where its basis is known."""
    for found, verdict, basis in _judged(evaluation):
        if verdict != "holds":
            continue
        for record, printed, quantity in found.rows:
            if found.code != "balance-differs":
                if quantity.unit.dimension not in (RATIO.dimension, NUMBER.dimension):
                    continue
                printed = replace(printed, content=replace(quantity, unit=RATIO))  # noqa: PLW2901 - a bare number is a rate
            name = record_name(found.table, record)
            yield Constraint(
                found.code,
                f"{name}{found.label}",
                printed,
                basis.of(record),
                f"{name}的{found.label}列为 {{printed}}，按{basis.words}计算为 {{recomputed}}。",
                f"按{basis.words}重算{found.label}",
            )


def _columns(evaluation: Evaluation) -> Iterator[Finding]:
    """Whole columns that stand on another basis, and rates of rows that have no denominator."""
    for found, verdict, basis in _judged(evaluation):
        if not found.rows:
            continue
        if verdict in ("other", "none"):
            known = found.known(found.bases[0])
            record = next(r for r, *_ in found.rows if r in known and r not in found.fitting(found.bases[0]))
            own = _text(found, record, found.bases[0])
            said = f"{found.table.name}的“{found.label}”一列（如{found.printed(record).label} {found.printed(record).text}）"
            yield _finding(
                found,
                f"{said}只有按{basis.words}才成立；按{found.bases[0].words}为 {own}。"
                if verdict == "other"
                else f"{said}没有一个数等于{found.bases[0].words}（{own}），表中没有说明是按什么计算的。",
                basis,
                "写明比率的分母",
                record,
            )
        if found.code == "rate-differs":
            yield from _undefined(found)


def _undefined(found: Derived) -> Iterator[Finding]:
    for record, printed, quantity in found.rows:
        given = found.bases[0].of(record)
        if quantity.value == 0 or value_of(given) is not Missing.NOT_APPLICABLE:
            continue
        name = record_name(found.table, record)
        yield Finding(
            "rate-undefined",
            Severity.WARNING,
            f"{name}{found.label}",
            f"{name}的{found.label}列为 {printed.text}，但按{found.bases[0].words}，分母为 0，没有比率可言。",
            printed=printed.text,
            recomputed=Missing.NOT_APPLICABLE.label,
            cells=cells_of(printed, given),
            remedy="补报分母，或说明没有预算的支出从何而来",
        )


def _finding(found: Derived, message: str, basis: Basis, remedy: str, record: int) -> Finding:
    printed = found.printed(record)
    return Finding(
        "rate-basis",
        Severity.WARNING,
        f"{found.table.name}{found.label}",
        message,
        printed=printed.text,
        recomputed=_text(found, record, found.bases[0]),
        cells=cells_of(*(each for _, each, _ in found.rows), basis.of(record)),
        remedy=remedy,
    )


def _text(found: Derived, record: int, basis: Basis) -> str:
    value, quantity = value_of(basis.of(record)), found.printed(record).quantity
    assert quantity is not None
    return (
        quantity_text(value, RATIO, max(quantity.places, 4)) if isinstance(value, Fraction) else value.label
    )


CHECKS: Sequence[Check] = (
    Check("share-differs", "占比与金额之比", "占比等于各行的数除以合计", constrain=_constraints),
    Check(
        "rate-differs",
        "表中比率与两数之比",
        "执行率、到位率、完成率、开工率等等于表中两数之比；整列按另一口径、分母为 0 的各作一项",
        find=_columns,
        also=("rate-basis", "rate-undefined"),
    ),
    Check("balance-differs", "结余", "结余等于到位（或预算）减支出"),
)
