"""What stands inside a line: text, traceable figures, grades, figures beside their correction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wenxiao.model import CellRef, Given, Measure, Quantity, Standing, quantity_text


@dataclass(frozen=True, slots=True)
class Plain:
    """A figure in a table: without its unit, which the caption or a column names."""

    figure: Measure | Given


@dataclass(frozen=True, slots=True)
class GradeWord:
    """A grade, or a light of monitoring: the word, always written, with its colour."""

    label: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """Words in second ink: a denominator, a unit, what is not given."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to another page of the outputs, by its address from this one."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Shade:
    """A number on a ground that is darker with its step (0 to 5); the number says it all, the ground helps.

    It leads to the line of 计算底稿 of `column`, the figure that has this number's cell among its inputs: hundreds of cells
    with a popover each would weigh more than the rest of a page.
    """

    text: str
    step: int
    column: Measure | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Several parts in one line or one table cell."""

    parts: tuple[Inline, ...]


Inline = str | Measure | Given | Plain | GradeWord | Quiet | Link | Shade | Phrase
"""A part of a line. Text is text: whatever a spreadsheet holds is escaped when it is rendered."""


def phrase(*parts: Inline) -> Phrase:
    """The parts as one."""
    return Phrase(parts)


def listed(parts: Iterable[Inline], between: str = "、") -> Phrase:
    """The parts with a mark between each two.

    >>> plain_text(listed(["中央", "省级"]))
    '中央、省级'
    """
    joined: list[Inline] = []
    for part in parts:
        joined += [between, part] if joined else [part]
    return Phrase(tuple(joined))


def flattened(parts: Iterable[Inline]) -> Iterator[Inline]:
    """The parts with those of phrases among them in their place."""
    for part in parts:
        if isinstance(part, Phrase):
            yield from flattened(part.parts)
        else:
            yield part


def plain_text(part: Inline) -> str:
    """A part as people read it in a terminal."""
    match part:
        case str() as text:
            return text
        case Measure() as measure:
            return measure.text_with_unit + beside(measure)
        case Given() as given:
            return given.text + given.beside
        case Plain(figure=figure):
            return bare(figure) + beside(figure)
        case GradeWord(label=label):
            return label
        case Quiet(text=text) | Shade(text=text) | Link(text=text):
            return text
        case Phrase(parts=parts):
            return "".join(plain_text(each) for each in parts)


def beside(figure: Measure | Given) -> str:
    """What is said beside a corrected figure: what its cell prints."""
    expression = figure.expression if isinstance(figure, Measure) else figure
    return expression.beside if isinstance(expression, Given) else ""


def bare(figure: Measure | Given) -> str:
    """A figure without its unit; a rate keeps its %."""
    if isinstance(figure, Measure):
        return figure.text
    if isinstance(figure.content, Quantity):
        quantity = figure.content
        text = quantity_text(quantity.value, quantity.unit, quantity.places, with_unit=False)
        return quantity.qualifier + text
    return figure.content.label


def figures_in(part: Inline) -> Iterator[Measure | Given]:
    """The figures of a part, in reading order."""
    match part:
        case Measure() | Given():
            yield part
        case Plain(figure=figure):
            yield figure
        case Phrase(parts=parts):
            for each in parts:
                yield from figures_in(each)
        case _:
            return


def cells_of(figure: Measure | Given) -> tuple[CellRef, ...]:
    """The cells a figure rests on."""
    if isinstance(figure, Measure):
        return tuple(given.cell for given in figure.inputs if given.cell)
    return (figure.cell,) if figure.cell else ()


def cell_given(figure: Measure | Given) -> Given | None:
    """What stands in a cell as the figure shows it; None for a figure that is computed or holds under a condition."""
    if isinstance(figure, Measure):
        plain = figure.standing is Standing.COMPUTED and not figure.condition
        figure_in_cell = figure.expression if plain else None
    else:
        figure_in_cell = figure
    return figure_in_cell if isinstance(figure_in_cell, Given) and figure_in_cell.cell else None
