"""A number that a county wrote, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Place = Literal["table", "head", "total", "own", "note"]
"""Where a number stands: in a table of the form, its head, a total, a table or column of the county's own, a note."""


@dataclass(frozen=True)
class Figure:
    """A number of a form before it is written down: exact, in `unit`, which a mess may exchange in the sheet."""

    value: Decimal
    unit: str
    place: Place
    kind: str = ""
    record: str = ""
    field: str = ""


@dataclass(frozen=True)
class Written:
    """A number as it stands in a returned file; `sheet` is empty and `cell` a phrase where the file has none."""

    file: str
    sheet: str
    cell: str
    text: str
    figure: Figure
