"""What columns are of each other, by arithmetic."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import pytest
from wenxiao.model.column import ColumnRelation, RelationKind
from wenxiao.model.units import NUMBER
from wenxiao.sheets.structure.amounts import amounts_of
from wenxiao.sheets.structure.column_relations import column_relations

from tests.sheets.structure.made import columns_of


def found(rows: Sequence[Sequence[str]], rated: Sequence[int] = ()) -> tuple[ColumnRelation, ...]:
    """The relations of columns under headers that mean nothing; `rated` are the places of those called rates."""
    width = len(rows[0])
    return column_relations(
        amounts_of(columns_of(rows, NUMBER), len(rows)),
        range(len(rows)),
        [at in rated for at in range(width)],
        [False] * width,
    )


def test_a_ratio_is_found_without_a_word() -> None:
    """C is 100 · B ÷ A, whatever the headers."""
    rows = [
        ["1200.5", "960.4", "80.00"],
        ["833.25", "512.1", "61.46"],
        ["412.08", "409.7", "99.42"],
        ["95.6", "31.2", "32.64"],
    ]
    (one,) = found(rows)
    assert (one.kind, one.result, one.operands, one.scale) == (RelationKind.RATIO, 4, (3, 2), 100)


def test_a_row_that_does_not_fit_is_an_exception() -> None:
    """One wrong rate among many is named by its record."""
    rows = [[str(200 + 37 * n), str(150 + 23 * n), _rate(150 + 23 * n, 200 + 37 * n)] for n in range(8)]
    rows[5][2] = "11.11"
    (one,) = [each for each in found(rows) if each.kind is RelationKind.RATIO]
    assert one.exceptions == (5,)


def test_a_sum_across_is_found() -> None:
    """The third column is the first and the second, in every row."""
    rows = [
        ["80.5", "45.25", "125.75"],
        ["70.1", "35.2", "105.3"],
        ["25.4", "15.3", "40.7"],
        ["11.2", "8.9", "20.1"],
    ]
    assert RelationKind.SUM in {one.kind for one in found(rows)}


def test_amounts_of_a_sum_are_no_shares() -> None:
    """10, 20, 30, 40 are tenths of their neighbours' sum as well; as parts of a sum they stay amounts."""
    rows = [["10", "1", "11"], ["20", "2", "22"], ["30", "3", "33"], ["40", "4", "44"], ["55", "7", "62"]]
    assert {one.kind for one in found(rows)} <= {RelationKind.SUM}


@pytest.mark.parametrize("seed", range(25))
def test_random_columns_have_no_relation(seed: int) -> None:
    """Figures that have nothing to do with each other are related in no way."""
    chance = random.Random(seed)
    count, width = chance.randint(3, 25), chance.randint(2, 6)
    assert found([[str(chance.randint(1, 5000)) for _ in range(width)] for _ in range(count)]) == ()


def _rate(part: int, whole: int) -> str:
    return str((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP))
