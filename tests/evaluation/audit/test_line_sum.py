"""Sums along lines, held against the same sums as expressions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.audit.line_sum import Lines, LineSum, Spot
from wenxiao.model import Role, Table, total
from wenxiao.model.units import HOUSEHOLDS, WAN_YUAN

from tests.evaluation.made import made

numbers = st.decimals(-10_000, 10_000, places=3, allow_nan=False).flatmap(
    lambda d: st.sampled_from([d, d.quantize(Decimal("0.1")), d.quantize(Decimal(1))])
)


def sum_of(parts: list[Decimal], printed: Decimal, counted: bool) -> tuple[LineSum, Constraint]:
    """One total as a sum along a column and as an expression."""
    key = "households" if counted else "budget"
    table = made(
        "districts",
        {
            "district": [f"县{i}" for i in range(len(parts))] + ["合计"],
            key: [str(p) for p in [*parts, printed]],
        },
        [Role.DATA] * len(parts) + [Role.TOTAL],
    )
    column = table.column(key)
    assert column is not None
    assert column.unit in (HOUSEHOLDS, WAN_YUAN)
    lines = Lines(table, [column])
    records = np.arange(len(parts))
    spots = tuple((int(r), column) for r in records)
    fast = LineSum(
        "total-differs", table, (len(parts), column), spots,
        lines.down(0, len(parts), records), lines.scale, _name, lambda _t, _s: ("", "", ""),
    )  # fmt: skip
    slow = Constraint(
        "",
        "",
        table.given_in(len(parts), column),
        total([table.given_in(r, column) for r, _ in spots]),
        "",
        "",
    )
    return fast, slow


def _name(table: Table, spot: Spot) -> str:
    return table.text(spot[0], "district")


@given(st.lists(numbers, min_size=1, max_size=8), st.integers(-30, 30), st.booleans())
def test_a_sum_along_a_line_is_the_sum(parts: list[Decimal], off: int, counted: bool) -> None:
    """It holds where the expression holds, and leaves every figure the same room."""
    printed = sum(parts, Decimal(0)) + Decimal(off) / 10
    fast, slow = sum_of(parts, printed, counted)
    assert fast.holds == slow.holds
    assert fast.cells == slow.cells
    for cell in fast.cells:
        assert fast.room_for(frozenset({cell})) == slow.room_for(frozenset({cell}))


def test_large_figures_stay_exact() -> None:
    """Beyond 64 bits the integers are Python's own."""
    parts = [Decimal("9" * 24 + ".01"), Decimal("0.02")]
    fast, _ = sum_of(parts, sum(parts, Decimal(0)), counted=False)
    assert fast.holds
    assert Fraction(fast.sums[0], fast.scale) == Fraction("9" * 24 + ".03")
