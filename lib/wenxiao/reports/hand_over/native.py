"""What a chart of the report is as an editable chart of a slide: its form, its categories, its series with exact values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from wenxiao.charts import Datum, text_of
from wenxiao.model import Exact, Given, Measure, Quantity
from wenxiao.model.units import POINTS, RATIO, Unit

Form = Literal["bars", "columns", "stack", "steps", "dots", "ranges"]
"""Bars from the left, columns from below, stacked bars, columns on invisible ones, dots, dots joined from best to worst."""

Beside = str | Exact | None


@dataclass(frozen=True, slots=True)
class Series:
    """A series: its values in the order of the categories, None where one is missing; no colour is not drawn."""

    name: str
    values: tuple[Exact | None, ...]
    colour: str
    number_format: str = "#,##0.00"
    labelled: bool = True
    named: bool = False
    """The label is the name of the series, not the value."""


@dataclass(frozen=True)
class NativeChart:
    """A chart that the program which opens the slides draws itself, from the workbook in it.

    `head` names the categories; `marked` gives single points of the first series a colour of their own; `beside` are
    columns that stand in the workbook next to the values and are not drawn; `subtitle` replaces that of the chart where
    the form differs.
    """

    form: Form
    head: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    beside: tuple[tuple[str, tuple[Beside, ...]], ...] = ()
    marked: Mapping[int, str] = field(default_factory=dict)
    limits: tuple[float | None, float | None] = (0, None)
    subtitle: str = ""


def names_of(rows: Sequence[Sequence[object]]) -> tuple[str, ...]:
    """The first column of a chart's data: its categories."""
    return tuple(str(row[0]) for row in rows)


def told_names(rows: Sequence[Sequence[Datum]], column: int) -> tuple[str, ...]:
    """The categories, each that has no figure in a column with the word for its absence: no bar is not a bar of zero."""
    return tuple(
        str(row[0]) if number_of(row[column]) is not None else f"{row[0]}（{text_of(row[column])}）"
        for row in rows
    )


def figures_of(rows: Sequence[Sequence[object]], column: int) -> tuple[Exact | None, ...]:
    """The exact figures of a column of a chart's data; None for words."""
    return tuple(number_of(row[column]) for row in rows)


def number_of(datum: object) -> Exact | None:
    """The exact figure of a datum; None for words."""
    if isinstance(datum, Measure):
        return datum.number
    if isinstance(datum, Given) and isinstance(datum.content, Quantity):
        return datum.content.value
    return None


def unit_of(*figures: Given) -> str:
    """The unit of the first figure that is given."""
    return next((each.quantity.unit.symbol for each in figures if each.quantity), "")


def money_format(values: Sequence[Exact | None]) -> str:
    """The number format of amounts: no decimals where all are whole."""
    return (
        "#,##0" if all(value is None or Fraction(value).denominator == 1 for value in values) else "#,##0.0"
    )


def format_of(unit: Unit, values: Sequence[Exact | None]) -> str:
    """The number format of figures of a unit."""
    if unit.dimension == RATIO.dimension:
        return "0.0%"
    return "0.00" if unit.dimension == POINTS.dimension else money_format(values)


def round_below(least: Exact) -> float:
    """A round number below the least score, where an axis of dots may begin."""
    return float((int(Fraction(least)) - 1) // 5 * 5)
