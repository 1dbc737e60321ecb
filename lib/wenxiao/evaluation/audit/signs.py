"""Columns of rates without their sign: 85 for 85% in every row is one thing to say, not an error a cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.constraint import Agreement, Constraint
from wenxiao.evaluation.audit.line_sum import lines_of
from wenxiao.model import Finding, Severity, quantity_text, value_of
from wenxiao.model.cells import column_letters
from wenxiao.model.units import RATIO

_FEWEST = 3
"""So many rates of one row are one line of a table that lies on its side."""


def without_sign(agreements: Iterable[Agreement]) -> tuple[list[Finding], list[Agreement]]:
    """A finding for each line of rates that agree once they are read as per cent, and the agreements of all others.

    A line is a column, or a row of a table that lies on its side; no cell of it has a sign, and no figure but 0 agrees
    as it stands.
    """
    every = list(agreements)
    lines: dict[tuple[str, str, str, int], list[Constraint]] = defaultdict(list)
    for each in every:
        if isinstance(each, Constraint) and each.printed.cell and each.printed.quantity:
            for line in lines_of(each.printed.cell) if each.printed.quantity.unit == RATIO else ():
                lines[line].append(each)
    found: list[Finding] = []
    settled: set[Constraint] = set()
    for line, group in sorted(lines.items(), key=lambda item: item[0][2] == "row"):
        broken = [each for each in group if not each.holds]
        enough = (
            broken and (line[2] == "column" or len(broken) >= _FEWEST) and not settled.intersection(broken)
        )
        if enough and all(map(_in_per_cent, broken)) and not any(map(_stands, group)):
            settled.update(group)
            found.append(_finding(broken))
    return found, [each for each in every if each not in settled]


def _stands(each: Constraint) -> bool:
    """Whether a rate has its sign, or agrees as it stands and would not without."""
    quantity, raw = each.printed.quantity, each.printed.raw
    return "%" in raw or "％" in raw or bool(each.holds and quantity is not None and quantity.value)


def _in_per_cent(each: Constraint) -> bool:
    quantity = each.printed.quantity
    assert quantity is not None
    shifted = replace(quantity, value=quantity.value.scaleb(-2), places=quantity.places + 2, exact=False)
    return replace(each, printed=replace(each.printed, content=shifted)).holds


def _finding(broken: list[Constraint]) -> Finding:
    first, cell = broken[0], broken[0].printed.cell
    assert cell is not None
    value, quantity = value_of(first.computed), first.printed.quantity
    assert isinstance(value, Fraction)
    assert quantity is not None
    text = quantity_text(value, RATIO, max(quantity.places, 4))
    return Finding(
        "rate-without-sign",
        Severity.HINT,
        first.subject,
        f"{cell.sheet} {column_letters(cell.column)} 列的比率没有百分号（如{first.subject} {first.printed.raw}），"
        f"按计算结果 {text} 应读作百分数，共 {len(broken)} 处。",
        printed=first.printed.raw,
        recomputed=text,
        cells=cells_of(*(each.printed for each in broken), first.computed),
        remedy="在这一列加上百分号，或在表头注明（%）",
    )


CHECKS = (
    Check(
        "rate-without-sign",
        "没有百分号的比率",
        "整列比率没有百分号、读作百分数才与计算相符的，作为这一列的一项提示",
    ),
)
