"""What a chart is as an editable one of an Office file: its form, its categories, its series with exact values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from wenxiao.model import Exact, Measure
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


def told_names(names: Sequence[str], measures: Sequence[Measure]) -> tuple[str, ...]:
    """The categories, each that has no figure with the word for its absence: no bar is not a bar of zero."""
    return tuple(
        name if measure.number is not None else f"{name}（{measure.text_with_unit}）"
        for name, measure in zip(names, measures, strict=True)
    )


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
