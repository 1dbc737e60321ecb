"""What a check is: a code, a name, what it compares, and the function that finds the differences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.model import (
    CellRef,
    Expression,
    Finding,
    Given,
    Interval,
    Quantity,
    Severity,
    half_up,
    inputs_of,
    interval_of,
    quantity_text,
    value_of,
)


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the audit (勾稽核对); `title` and `rule` make up its line in the documentation."""

    code: str
    title: str
    rule: str
    find: Callable[[Evaluation], Iterable[Finding]]


def cells_of(*parts: Expression | None) -> tuple[CellRef, ...]:
    """The cells the given figures rest on, each once, in reading order."""
    found: dict[CellRef, None] = {}
    for part in parts:
        if part is not None:
            for given in inputs_of(part):
                if given.cell is not None:
                    found.setdefault(given.cell)
    return tuple(found)


def differs(printed: Given, computed: Expression) -> bool:
    """Whether no values inside the printed precision make the figure and its recomputation agree."""
    if printed.quantity is None:
        return False
    recomputed = interval_of(computed)
    return recomputed is not None and not printed.quantity.interval.meets(recomputed)


def shown_like(value: Fraction, quantity: Quantity) -> str:
    """A recomputed value at the precision of the printed one, so that the two can be held side by side."""
    return quantity_text(half_up(value, quantity.places), quantity.unit, quantity.places)


def tolerance_of(printed: Quantity, recomputed: Interval | None) -> str:
    """What the printed precision allows between the two, as ±."""
    width = printed.interval.width or Fraction(0)
    if recomputed is not None and recomputed.width is not None:
        width += recomputed.width
    places = max(printed.places, 0) + 1
    return "±" + quantity_text(half_up(width / 2, places), printed.unit, places)


def mismatch(
    code: str,
    subject: str,
    printed: Given,
    computed: Expression,
    message: str,
    remedy: str,
    *,
    severity: Severity = Severity.ERROR,
    about: tuple[str, ...] = (),
) -> Iterator[Finding]:
    """The finding that a printed figure differs from its recomputation, if it does."""
    if not differs(printed, computed) or printed.quantity is None:
        return
    value = value_of(computed)
    if not isinstance(value, Fraction):
        return
    recomputed = shown_like(value, printed.quantity)
    yield Finding(
        code=code,
        severity=severity,
        subject=subject,
        message=message.format(printed=printed.quantity.text, recomputed=recomputed),
        printed=printed.quantity.text,
        recomputed=recomputed,
        tolerance=tolerance_of(printed.quantity, interval_of(computed)),
        cells=cells_of(printed, computed),
        about=about,
        remedy=remedy,
    )
