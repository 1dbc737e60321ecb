"""What a constraint leaves for one figure: the operation undone, within the precision of all others."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.model import CellRef, Expression, Given, Quantity, difference, mean, product, quotient, total
from wenxiao.model.units import NUMBER


def given(row: int, value: str) -> Given:
    """An exact figure in a cell of its own."""
    return Given(
        f"数{row}", Quantity(Decimal(value), NUMBER, 0, exact=True), CellRef("表.xlsx", "表", row, 1)
    )


PARTS = [given(1, "6"), given(2, "4"), given(3, "2")]


@pytest.mark.parametrize(
    ("computed", "printed", "room"),
    [
        (total(PARTS), "15", 9),
        (mean(PARTS), "5", 9),
        (difference(PARTS[0], PARTS[1]), "5", 9),
        (difference(PARTS[1], PARTS[0]), "5", -1),
        (product(PARTS[0], PARTS[1]), "12", 3),
        (quotient(PARTS[0], PARTS[1]), "2", 8),
        (quotient(PARTS[1], PARTS[0]), "2", 2),
    ],
)
def test_the_one_value_that_makes_it_agree(computed: Expression, printed: str, room: int) -> None:
    """Of the first figure, with the others as they stand."""
    found = Constraint("code", "对象", given(9, printed), computed, "", "").room_for(
        frozenset([CellRef("表.xlsx", "表", 1, 1)])
    )
    assert (found.low, found.high) == (Fraction(room), Fraction(room))
