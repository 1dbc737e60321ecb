"""The law: every number of every returned form is in the merged set with its cell, or listed as not read with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from wenxiao.model import unit_named

from .figure import Written


@dataclass(frozen=True)
class Merged:
    """A value of the merged set: what was read of a cell, the text that stands there, the kind of table and the field."""

    number: Decimal | None
    unit: str
    raw: str
    kind: str = ""
    key: str = ""


@dataclass(frozen=True)
class Listed:
    """A line of what was not read: a cell or a range, a sheet, or a whole file, with the reason."""

    file: str
    sheet: str
    cell: str
    reason: str

    def covers(self, number: Written) -> bool:
        """Whether the line speaks of where a number stands."""
        if not self.sheet:
            return True
        if self.sheet != number.sheet:
            return False
        if not self.cell:
            return True
        left, top, right, bottom = range_boundaries(self.cell)
        letters, row = coordinate_from_string(number.cell)
        column = column_index_from_string(letters)
        return bool(left <= column <= right and top <= row <= bottom)


@dataclass(frozen=True)
class Verdict:
    """What became of a number: merged, kept as text, listed; else wrong or lost, which is against the law."""

    number: Written
    outcome: str
    why: str = ""


MERGED, AS_TEXT, BARE, LISTED, WRONG, LOST = (
    "merged", "merged as text", "merged under its own header", "listed", "wrong", "lost",
)  # fmt: skip
AGAINST = frozenset({WRONG, LOST})


def verdicts(
    numbers: Iterable[Written],
    merged: Mapping[tuple[str, str, str], Merged],
    listed: Sequence[Listed],
) -> list[Verdict]:
    """What became of each number."""
    by_file: dict[str, list[Listed]] = {}
    for line in listed:
        by_file.setdefault(line.file, []).append(line)
    found = []
    for number in numbers:
        value = merged.get((number.file, number.sheet, number.cell))
        if value is not None:
            found.append(_judged(number, value))
            continue
        line = next((line for line in by_file.get(number.file, ()) if line.covers(number)), None)
        if line is None:
            found.append(Verdict(number, LOST))
        else:
            found.append(Verdict(number, LISTED if line.reason else LOST, line.reason))
    return found


def _judged(number: Written, value: Merged) -> Verdict:
    if value.number is None:
        kept = _digits(str(number.figure.value)) <= _digits(value.raw) or _digits(number.text) <= _digits(
            value.raw
        )
        return Verdict(number, AS_TEXT if kept else WRONG, f"read as “{value.raw}”")
    if number.figure.place in ("own", "note"):
        return Verdict(number, MERGED)
    if not value.key:
        return Verdict(number, BARE)
    if (value.kind, value.key) != (number.figure.kind, number.figure.field):
        return Verdict(
            number, WRONG, f"{number.figure.kind}.{number.figure.field} read as {value.kind}.{value.key}"
        )
    said = number.figure.value
    ours, theirs = unit_named(number.figure.unit), unit_named(value.unit)
    if ours is not None and theirs is not None and ours != theirs:
        if ours.dimension != theirs.dimension:
            return Verdict(number, WRONG, f"{said} {number.figure.unit} read as {value.number} {value.unit}")
        factor = ours.factor_to(theirs)
        said = said * factor.numerator / factor.denominator
    # A number of a spreadsheet has fifteen digits.
    right = abs(said - value.number) <= abs(said) * Decimal("1e-14")
    return Verdict(
        number, MERGED if right else WRONG, "" if right else f"{said} read as {value.number} {value.unit}"
    )


def _digits(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def decimal_of(text: str) -> Decimal | None:
    """A number as the merged set writes it; None where it is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
