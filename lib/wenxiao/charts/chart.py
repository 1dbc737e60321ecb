"""A chart: what it says, what it is, a text alternative, its figures as a table, and the picture as SVG or PNG."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from PIL import Image, ImageOps

from wenxiao.charts.page import Heading, Page
from wenxiao.charts.style import styled
from wenxiao.charts.svg import svg_of
from wenxiao.model import Given, Measure

Datum = str | Measure | Given
"""A cell of a data table: words, or a figure that can be traced to its cells."""

_MARGIN = 16.0  # pixels of white around a picture, which a page gives by itself
_SCREEN = 96
_HEAVIER = 0.045  # stroke of emboldened text, in em: the face has one weight


@dataclass(frozen=True)
class Data:
    """The figures of a chart as rows; figures stay measures or given values, so that each can be traced."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Datum, ...], ...]

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The rows as plain text, figures with their units."""
        return tuple(tuple(text_of(datum) for datum in row) for row in self.rows)


def text_of(datum: Datum) -> str:
    """A cell of a data table as plain text."""
    if isinstance(datum, Measure):
        return datum.text_with_unit
    return datum.text if isinstance(datum, Given) else datum


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart.

    `title` says what to see, with figures; `subtitle` what it is and its unit; `alt` is the text alternative. On a page
    title and subtitle are text above the SVG, which does not repeat them; a PNG stands alone and carries them.
    """

    key: str
    title: str
    subtitle: str
    alt: str
    data: Data
    draw: Callable[[float], Page] = field(repr=False)
    """Draws the chart on a new page below so many pixels."""

    @cached_property
    def svg(self) -> str:
        """The chart as one inline SVG element, the same bytes each time."""
        with styled():
            return svg_of(self.draw(0).figure, self.key, self.title, self.alt)

    def png(self, dpi: int = 144) -> bytes:
        """The chart as a PNG with its title and subtitle, on white; 96 dpi draws it at its size on the page."""
        with styled():
            return _png(self.figure(), dpi)

    def figure(self) -> Figure:
        """The chart as a matplotlib figure with its title and subtitle, for a PNG or a reader's own format."""
        with styled():
            heading = Heading.of(self.title, self.subtitle)
            page = self.draw(heading.height)
            heading.draw(page)
            return page.figure


def _png(figure: Figure, dpi: int) -> bytes:
    FigureCanvasAgg(figure)
    for text in figure.texts:
        if text.get_fontweight() == "bold":
            stroke = withStroke(linewidth=_HEAVIER * float(text.get_fontsize()), foreground=text.get_color())
            text.set_path_effects([stroke])
    drawn, framed = io.BytesIO(), io.BytesIO()
    scale = dpi / _SCREEN
    figure.savefig(drawn, format="png", dpi=figure.dpi * scale, facecolor="white")
    picture = Image.open(drawn).convert("RGB")
    ImageOps.expand(picture, round(_MARGIN * scale), "white").save(
        framed, "png", dpi=(dpi, dpi), optimize=True
    )
    return framed.getvalue()


def rows_of(rows: Sequence[Sequence[Datum]]) -> tuple[tuple[Datum, ...], ...]:
    """Rows of a data table, frozen."""
    return tuple(tuple(row) for row in rows)
