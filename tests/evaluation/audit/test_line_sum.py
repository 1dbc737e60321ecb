"""Sums along lines, held against the same sums as expressions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.audit.line_sum import Lines, LineSum, Spot
from wenxiao.model import CellRef, Given, Interval, Quantity, Role, Table, mean, total
from wenxiao.model.units import HOUSEHOLDS, NUMBER, WAN_YUAN

from tests.evaluation.made import evaluated, made

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


@pytest.mark.parametrize(
    ("printed", "holds"), [("85.2", True), ("85.3", True), ("85.4", False), ("85.1", False)]
)
def test_a_mean_row_is_held_within_its_own_last_place(printed: str, holds: bool) -> None:
    """The mean of 80.1 and 90.4 is 85.25, give or take half a unit of the figures and of the mean, not twice that."""
    values = {"district": ["甲县", "乙县", "平均"], "开工小区": ["80.1", "90.4", printed]}
    table = made("districts", values, [Role.DATA, Role.DATA, Role.MEAN])
    found = [each for each in evaluated(table).findings if each.code == "mean-row-differs"]
    assert (not found) is holds


def test_the_figure_that_a_mean_asks_for() -> None:
    """Where a row of the mean is wrong, undoing the mean gives what that row must be: 2 × 60 − 50."""
    parts = [
        Given(f"{n}县", Quantity(Decimal(v), NUMBER, 0, exact=True), CellRef("表", "表", n, 2))
        for n, v in ((1, 50), (2, 64))
    ]
    printed = Given("平均", Quantity(Decimal(60), NUMBER, 0, exact=True), CellRef("表", "表", 3, 2))
    one = Constraint("mean-row-differs", "平均", printed, mean(parts), "", "")
    assert one.room_for(frozenset({CellRef("表", "表", 2, 2)})) == Interval.exactly(70)
