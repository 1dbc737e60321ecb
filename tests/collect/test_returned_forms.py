"""Returned forms with random mess: every number is merged with its cell, or listed with the reason (a slice of `make fuzz`)."""

from decimal import Decimal
from pathlib import Path

import pytest

from scripts.returned_forms.campaign import BATCH, city_of
from scripts.returned_forms.figure import Figure
from scripts.returned_forms.law import Listed, Merged, Written, verdicts


@pytest.mark.parametrize("first", range(0, 40, BATCH))
def test_no_number_is_lost(first: int, tmp_path: Path) -> None:
    """Ten counties return a form each, in any mess: nothing raises, nothing is lost or misread, nothing is live."""
    account = city_of(first, tmp_path / "某市")
    assert account.against == []
    assert account.outcomes["merged"] > 100


@pytest.mark.parametrize(
    ("merged", "listed", "outcome"),
    [
        ({"C4": Merged(Decimal("12.5"), "万元", "125000", "funds", "budget")}, [], "merged"),
        ({"C4": Merged(Decimal("12.6"), "万元", "126000", "funds", "budget")}, [], "wrong"),
        ({"C4": Merged(Decimal("12.5"), "万元", "125000", "funds", "spent")}, [], "wrong"),
        ({}, [Listed("甲.xlsx", "资金", "A1:D9", "待定")], "listed"),
        ({}, [Listed("甲.xlsx", "", "", "")], "lost"),
        ({}, [Listed("甲.xlsx", "资金", "D4", "在表外")], "lost"),
        ({}, [], "lost"),
    ],
)
def test_the_law_is_no_formality(merged: dict[str, Merged], listed: list[Listed], outcome: str) -> None:
    """A wrong value, a wrong field, another cell, a line without a reason are all against it."""
    number = Written(
        "甲.xlsx", "资金", "C4", "125000", Figure(Decimal("12.5"), "万元", "table", "funds", "中央", "budget")
    )
    values = {("甲.xlsx", "资金", cell): value for cell, value in merged.items()}
    assert [verdict.outcome for verdict in verdicts([number], values, listed)] == [outcome]
