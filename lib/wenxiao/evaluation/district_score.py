"""The score of a district to rank by: as its table gives it, the sum of its indicators, or the total of its scorecard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from wenxiao.model import Constant, Given, Measure, Missing, Quantity, Table, decimal_text, difference, total
from wenxiao.model.units import POINTS

if TYPE_CHECKING:
    from wenxiao.evaluation.indicator_table import IndicatorTable
    from wenxiao.evaluation.scorecard import Scorecard
    from wenxiao.project.profile import Adjustment


def district_score(
    table: Table,
    record: int,
    name: str,
    indicators: IndicatorTable | None,
    cards: Mapping[str, Scorecard],
) -> Given:
    """A district's score: its cell, else the exact sum of its indicators, else the total of its scorecard.

    A total printed over indicators of which one has no score is none: it rests on a figure that is not there.
    """
    if not table.has("score") and indicators is None and name in cards:
        return _card_total(cards[name], name)
    if indicators is None or indicators.table is not table:
        return table.given(record, "score", f"{name}得分")
    parts = [table.given_in(record, column).quantity for column in indicators.columns]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return Given(f"{name}得分", Missing.UNSCORED, table.text_cell(record, "score"))
    if table.has("score"):
        return table.given(record, "score", f"{name}得分")
    added = sum((part.value for part in known), Decimal(0))
    return Given(f"{name}得分", Quantity(added, POINTS, max(part.places for part in known)))


def _card_total(card: Scorecard, name: str) -> Given:
    """The total of a district's scorecard: as printed where that is the exact sum, else the sum, which stands in no cell."""
    printed, number = card.printed_total, card.total.number
    if number is None:
        content = card.total.value
        return Given(f"{name}得分", content if isinstance(content, Missing) else Missing.UNSCORED)
    if printed is not None and printed.quantity is not None and Fraction(printed.quantity.value) == number:
        return replace(printed, label=f"{name}得分")
    places = max((leaf.score.quantity.places for leaf in card.leaves if leaf.score.quantity), default=2)
    return Given(f"{name}得分", Quantity(Decimal(decimal_text(number)), POINTS, places))


def alike(givens: list[Given]) -> list[Given]:
    """Totals of several sheets with as many places as the longest: each sheet has its own number format."""
    most = max((given.quantity.places for given in givens if given.quantity), default=0)
    return [
        replace(given, content=replace(given.quantity, places=most)) if given.quantity else given
        for given in givens
    ]


def adjusted_score(score: Given, adjustment: Adjustment | None) -> Measure | None:
    """The score that an adjustment of the profile leaves to rank by, with its reason; None without one."""
    if adjustment is None or score.quantity is None:
        return None
    points = Constant(Fraction(abs(adjustment.points)), adjustment.reason)
    lowered = adjustment.points < 0
    return Measure(
        f"adjusted_score/{adjustment.district}",
        "调整后得分",
        difference(score, points) if lowered else total([score, points]),
        POINTS,
        max(score.quantity.places, 0),
        subject=adjustment.district,
        basis=f"{adjustment.reason}，{'减' if lowered else '加'} {abs(adjustment.points)} 分",
    )


def ranked_content(score: Given, adjusted: Measure | None) -> Quantity | Missing:
    """The score to rank by: the adjusted one, with the precision of the printed one, else as it is given."""
    quantity = score.content
    if adjusted is None or adjusted.number is None or not isinstance(quantity, Quantity):
        return quantity
    # Scores and adjustments are decimals, so their sum is one.
    return replace(quantity, value=Decimal(decimal_text(adjusted.number)))


def evaluation_mode(table: Table, record: int) -> str:
    """评价方式 where the table has it, else a 备注 that names one."""
    note = table.text(record, "note")
    return table.text(record, "evaluation_mode") or (note if "现场" in note else "")
