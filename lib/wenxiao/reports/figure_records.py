"""The figures of `results.json` and how a value becomes one: exact decimals, kinds of missing, cells."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from wenxiao.model import CellRef, Given, Interval, Measure, Missing, decimal_text

DecimalText = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
MissingKind = Literal[
    "not_returned",
    "not_provided",
    "not_applicable",
    "unverifiable",
    "unscored",
    "withheld",
    "too_small",
    "covered",
    "unreadable",
]
_MISSING: dict[Missing, MissingKind] = {
    Missing.NOT_RETURNED: "not_returned",
    Missing.NOT_PROVIDED: "not_provided",
    Missing.NOT_APPLICABLE: "not_applicable",
    Missing.UNVERIFIABLE: "unverifiable",
    Missing.UNSCORED: "unscored",
    Missing.WITHHELD: "withheld",
    Missing.TOO_SMALL: "too_small",
    Missing.COVERED: "covered",
    Missing.UNREADABLE: "unreadable",
}


class Record(BaseModel):
    """A part of the results; what it does not name is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CellRecord(Record):
    """A cell: the file within the project's folder, the sheet, the address in A1 form."""

    file: str
    sheet: str
    address: str


class FigureRecord(Record):
    """A figure: its exact value or why there is none, and the text a reader sees."""

    value: DecimalText | None
    missing: MissingKind | None
    text: str


class InputRecord(FigureRecord):
    """A figure that stands in a cell: what it is called, its unit, the cell, the cell's own content."""

    label: str
    unit: str
    cell: CellRecord | None
    raw: str


class IntervalRecord(Record):
    """All values the printed digits of the inputs allow; null at an end that has no bound."""

    low: DecimalText | None
    high: DecimalText | None


def figure_record(measure: Measure) -> FigureRecord:
    """The record of a computed figure."""
    if isinstance(measure.value, Missing):
        return absent_record(measure.value)
    return FigureRecord(value=decimal_text(measure.value), missing=None, text=measure.text_with_unit)


def absent_record(missing: Missing) -> FigureRecord:
    """The record of a figure that is not there."""
    return FigureRecord(value=None, missing=_MISSING[missing], text=missing.label)


def plain_record(record: InputRecord) -> FigureRecord:
    """A figure without where it stands."""
    return FigureRecord(value=record.value, missing=record.missing, text=record.text)


def input_record(given: Given) -> InputRecord:
    """The record of a figure that stands in a cell."""
    quantity = given.quantity
    return InputRecord(
        label=given.label,
        value=None if quantity is None else decimal_text(quantity.value),
        missing=_MISSING[given.content] if isinstance(given.content, Missing) else None,
        text=given.text,
        unit="" if quantity is None else quantity.unit.symbol,
        cell=cell_record(given.cell) if given.cell else None,
        raw=given.raw,
    )


def cell_record(cell: CellRef) -> CellRecord:
    """The record of an address."""
    return CellRecord(file=cell.file, sheet=cell.sheet, address=cell.address)


def interval_record(interval: Interval | None) -> IntervalRecord | None:
    """The record of the values that printed digits allow; None where an input is missing."""
    if interval is None:
        return None
    return IntervalRecord(low=_end(interval.low), high=_end(interval.high))


def _end(number: Fraction | None) -> str | None:
    return None if number is None else decimal_text(number)
