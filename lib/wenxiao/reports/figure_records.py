"""The figures of `results.json` and how a value becomes one: exact decimals, kinds of missing, cells.

A record reads what it is made from by the names of its attributes (`XRecord.model_validate(value)`); a field that is called
otherwise there names its source as its alias.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from wenxiao.model import Given, Measure, Missing, Quantity, decimal_text
from wenxiao.model.units import Unit


def _exact_text(number: object) -> object:
    return decimal_text(number) if isinstance(number, Fraction | Decimal) else number


def _symbol(value: object) -> object:
    """The symbol of a unit or of the unit of a quantity, '' of a figure that is not there; a text as it is."""
    match value:
        case Quantity(unit=unit) | (Unit() as unit):
            return unit.symbol
        case Missing():
            return ""
    return value


KEY = BeforeValidator(lambda value: value.name.lower() if isinstance(value, Enum) else value)
"""A word of a closed list is recorded by its name."""
LABEL = BeforeValidator(lambda value: getattr(value, "label", value))
"""A grade is recorded by its Chinese word."""

Symbol = Annotated[str, BeforeValidator(_symbol)]
DecimalText = Annotated[str, BeforeValidator(_exact_text), Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
MissingKind = Annotated[
    Literal[
        "not_returned",
        "not_provided",
        "not_applicable",
        "unverifiable",
        "unscored",
        "withheld",
        "too_small",
        "covered",
        "unreadable",
    ],
    KEY,
]


class Record(BaseModel):
    """A part of the results; what it does not name is an error."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, from_attributes=True, validate_by_name=True, validate_by_alias=True
    )


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

    @model_validator(mode="before")
    @classmethod
    def _of(cls, figure: object) -> object:
        """The fields of a measure, of a figure in a cell or of one that is not there; anything else as it is."""
        match figure:
            case Measure(value=content, text_with_unit=text) | Given(content=content, text=text):
                pass
            case Missing(label=text):
                content = figure
            case _:
                return figure
        own = {name: getattr(figure, name, content) for name in cls.model_fields.keys() - _FIGURE}
        if isinstance(content, Missing):
            return {"value": None, "missing": content, "text": text, **own}
        number = content.value if isinstance(content, Quantity) else content
        return {"value": number, "missing": None, "text": text, **own}


_FIGURE = FigureRecord.model_fields.keys()


class InputRecord(FigureRecord):
    """A figure that stands in a cell: what it is called, its unit, the cell, the cell's own content."""

    label: str
    unit: Symbol
    cell: CellRecord | None
    raw: str


class IntervalRecord(Record):
    """All values the printed digits of the inputs allow; null at an end that has no bound."""

    low: DecimalText | None
    high: DecimalText | None
