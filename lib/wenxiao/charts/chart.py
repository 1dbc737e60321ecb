"""A chart: what it says, what it is, a text alternative, its figures as a table, and the picture as SVG or PNG."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from wenxiao.charts.native import NativeChart
from wenxiao.charts.page import Heading, Page, Room
from wenxiao.charts.style import PHONE
from wenxiao.charts.svg import phone_svg_of, svg_of
from wenxiao.model import Exact, Given, Measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Datum = str | Measure | Given
"""A cell of a data table: words, or a figure that can be traced to its cells."""


@dataclass(frozen=True)
class Data:
    """The figures of a chart as rows; figures stay measures or given values, so that each can be traced."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Datum, ...], ...]

    def column(self, name: str) -> tuple[Exact | str | None, ...]:
        """The exact figures of a column by its name, None where one is missing; its words where it holds words."""
        place = self.headers.index(name)
        return tuple(_exact(row[place]) for row in self.rows)

    def figures(self, name: str) -> tuple[Exact | None, ...]:
        """The exact figures of a column by its name; None for a word."""
        return tuple(None if isinstance(each, str) else each for each in self.column(name))

    def columns(self, *names: str) -> tuple[tuple[str, tuple[Exact | str | None, ...]], ...]:
        """Columns by their names, as they stand beside what a native chart draws."""
        return tuple((name, self.column(name)) for name in names)

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The rows as plain text, figures with their units."""
        return tuple(tuple(text_of(datum) for datum in row) for row in self.rows)


def _exact(datum: Datum) -> Exact | str | None:
    if isinstance(datum, Measure):
        return datum.number
    if isinstance(datum, Given):
        return datum.quantity.value if datum.quantity else None
    return datum or None


def text_of(datum: Datum) -> str:
    """A cell of a data table as plain text."""
    if isinstance(datum, Measure):
        return datum.text_with_unit
    return datum.text if isinstance(datum, Given) else datum


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart.

    `title` says what to see, with figures; `subtitle` what it is and its unit; `alt` is the text alternative. On a page
    title and subtitle are text above the SVG, which does not repeat them; a PNG stands alone and carries them. `caption`
    names the chart in lists and file names; `native` is its form in an Office file, None where its data stand there.
    """

    key: str
    title: str
    subtitle: str
    alt: str
    data: Data
    draw: Callable[[Room], Page] = field(repr=False)
    """Draws the chart on a new page, below so many pixels and so wide."""
    caption: str
    native: NativeChart | None = None

    @cached_property
    def svg(self) -> str:
        """The chart as one inline SVG element, the same bytes each time."""
        return svg_of(self.draw(Room()), self.key, self.title, self.alt)

    @cached_property
    def phone_svg(self) -> str:
        """The chart drawn as narrow as a phone, without words for those who do not see it."""
        return phone_svg_of(self.draw(Room(width=PHONE)))

    def png(self, dpi: int = 144) -> bytes:
        """The chart as a PNG with its title and subtitle, on white; 96 dpi draws it at its size on the page."""
        from wenxiao.charts.picture import png_of  # noqa: PLC0415  a report needs no picture, and loads none

        return png_of(self.figure(), dpi)

    def print(self, millimetres: float = 150, dpi: int = 300, *, heading: bool = True) -> bytes:
        """The chart as a PNG for paper, so many millimetres wide; without its heading where a caption says it."""
        from wenxiao.charts.picture import figure_of, print_of  # noqa: PLC0415

        return print_of(figure_of(self.page() if heading else self.draw(Room())), millimetres, dpi)

    def figure(self) -> Figure:
        """The chart as a matplotlib figure with its title and subtitle, for a PNG or a reader's own format."""
        from wenxiao.charts.picture import figure_of  # noqa: PLC0415

        return figure_of(self.page())

    def page(self) -> Page:
        """The chart laid out below its title and subtitle."""
        heading = Heading.of(self.title, self.subtitle)
        page = self.draw(Room(heading.height))
        heading.draw(page)
        return page
