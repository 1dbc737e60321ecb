"""A page as a matplotlib figure and as PNG: for slides, for word processors and for a reader's own format."""

from __future__ import annotations

import io
import zlib

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Affine2D
from PIL import Image, ImageOps

from wenxiao.charts.page import BASELINE, Box, Dot, Page, Shape, Stroke, Style
from wenxiao.charts.style import WIDTH, styled

_DOTS = 72  # one point is one pixel of the SVG's view box
_SCREEN = 96
_INCH = 25.4
_HAIRLINE = 2.0  # on paper the page around it is white
_MARGIN = 16.0  # pixels of white around a picture, which a page gives by itself
_PACKED = {"compress_level": 6, "compress_type": zlib.Z_DEFAULT_STRATEGY}
"""Pillow's `optimize` looks for what photographs have: a chart takes it four times as long, and comes out larger."""
_HEAVIER = 0.045  # stroke of emboldened text, in em: the face has one weight


def figure_of(page: Page) -> Figure:
    """The page as a matplotlib figure, one artist a style, one text a line."""
    with styled():
        figure = Figure(figsize=(page.width / _DOTS, page.height / _DOTS), dpi=_DOTS)
        pixels = Affine2D().scale(1 / page.width, -1 / page.height).translate(0, 1) + figure.transFigure
        for order, (style, shapes) in enumerate(page.shapes):
            artist = _artist(style, shapes)
            artist.set_transform(pixels)
            artist.set_zorder(order)
            figure.add_artist(artist)
        for line in page.lines:
            words = line.words
            figure.text(
                line.x / page.width,
                1 - (line.y + BASELINE * words.size) / page.height,
                words.text,
                ha=line.anchor,
                va="baseline",
                color=words.colour,
                fontsize=words.size,
                fontweight="bold" if words.bold else "normal",
                zorder=1000,
            )
        return figure


def _artist(style: Style, shapes: list[Shape]) -> Artist:
    dots = [(shape.x, shape.y) for shape in shapes if isinstance(shape, Dot)]
    if dots:
        xs, ys = zip(*dots, strict=True)
        line = Line2D(xs, ys, linestyle="none", marker="o", markersize=style.across)
        line.set_markerfacecolor(style.fill)
        line.set_markeredgecolor(style.edge or style.fill)
        line.set_markeredgewidth(style.thick)
        return line
    boxes = [_outline(shape) for shape in shapes if isinstance(shape, Box)]
    if boxes:
        return PathPatch(Path.make_compound_path(*boxes), fc=style.fill, lw=0)
    dashes = (0, (4 / style.thick, 3 / style.thick)) if style.dashed else "-"
    strokes = [Path(shape.points) for shape in shapes if isinstance(shape, Stroke)]
    path = Path.make_compound_path(*strokes)
    return PathPatch(path, fill=False, ec=style.edge, lw=style.thick, ls=dashes, capstyle="butt")


def _outline(box: Box) -> Path:
    right, bottom = box.x + box.wide, box.y + box.high
    return Path(
        [(box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom), (box.x, box.y)], closed=True
    )


def png_of(figure: Figure, dpi: int) -> bytes:
    """The figure as a PNG with a margin, on white; 96 dpi draws it at its size on the page."""
    scale = dpi / _SCREEN
    return _drawn(figure, scale, round(_MARGIN * scale), dpi)


def print_of(figure: Figure, millimetres: float, dpi: int) -> bytes:
    """The figure as a PNG for paper: so wide at its resolution, which the file states, with a hairline of margin.

    The letters of 13 px come out at 7.7 pt on 150 mm: the size (六号) that Chinese reports print in their figures.
    """
    across = round(millimetres / _INCH * dpi)
    margin = round(_HAIRLINE * across / WIDTH)
    # A trifle more than the pixels wanted, because matplotlib cuts off what is behind the point.
    return _drawn(figure, (across - 2 * margin + 0.01) / WIDTH, margin, dpi)


def _drawn(figure: Figure, scale: float, margin: int, dpi: int) -> bytes:
    """`scale` pixels of the picture to one of the page, the margin in pixels of the picture."""
    with styled():
        FigureCanvasAgg(figure)
        for text in figure.texts:
            if text.get_fontweight() == "bold":
                heavier = _HEAVIER * float(text.get_fontsize())
                text.set_path_effects([withStroke(linewidth=heavier, foreground=text.get_color())])
        drawn, framed = io.BytesIO(), io.BytesIO()
        # Raw pixels: a PNG of them would only be read again, and the picture packed twice.
        figure.savefig(drawn, format="raw", dpi=figure.dpi * scale, facecolor="white")
        across = int(figure.get_figwidth() * figure.dpi * scale)
        pixels = drawn.getvalue()
        picture = Image.frombytes("RGBA", (across, len(pixels) // (4 * across)), pixels).convert("RGB")
        ImageOps.expand(picture, margin, "white").save(framed, "png", dpi=(dpi, dpi), **_PACKED)
        return framed.getvalue()
