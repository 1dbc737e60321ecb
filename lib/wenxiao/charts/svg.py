"""A page as inline SVG: one element, small, the same bytes each time, nothing that reaches outside it.

All shapes of one style are one path and all texts of one style one group: what converts a page later works tag by tag.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from wenxiao.charts.lettering import clean
from wenxiao.charts.page import BASELINE, Box, Dot, Line, Page, Shape, Stroke, Style
from wenxiao.charts.style import BODY, INK, SANS

_ANCHORS = {"center": "middle", "right": "end"}
_COLUMN = 4
"""So many texts below each other are shorter moved together than each by itself."""


def svg_of(page: Page, key: str, title: str, description: str) -> str:
    """The SVG of a page, ready to stand in HTML.

    Text is text in the page's sans fonts; the width is 100% by the view box; title and description are for those who do
    not see it; their ids begin with the key and a digest of the picture, so that any number of charts share a page.
    """
    body = _body(page)
    name, words = escape(clean(title)), escape(clean(description))
    digest = hashlib.sha256(f"{body}{name}{words}".encode()).hexdigest()[:8]
    prefix = f"{re.sub(r'[^a-z0-9]+', '-', key.lower()).strip('-') or 'chart'}-{digest}"
    root = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": _view(page),
        "width": "100%",
        "role": "img",
        "aria-labelledby": f"{prefix}-title {prefix}-desc",
        "style": f"font-family:{SANS};font-variant-numeric:tabular-nums;font-size:{BODY:g}px",
        "fill": INK,
    }
    return (
        f"<svg{_attributes(root)}>"
        f'<title id="{prefix}-title">{name}</title><desc id="{prefix}-desc">{words}</desc>{body}</svg>'
    )


def phone_svg_of(page: Page) -> str:
    """The SVG of a page drawn as narrow as a phone, for the eye only: a wider one beside it has title and description."""
    return (
        f'<svg aria-hidden="true" class="wx-phone" viewBox="{_view(page)}" fill="{INK}" font-size="{BODY:g}">'
        f"{_body(page)}</svg>"
    )


def _body(page: Page) -> str:
    return "".join((*(_drawn(style, shapes) for style, shapes in page.shapes), *_texts(page.lines)))


def _view(page: Page) -> str:
    return f"0 0 {page.width:g} {_number(page.height)}"


def _number(value: float) -> str:
    """A tenth of a pixel is finer than any screen shows and any printer needs."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _attributes(values: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items() if value)


def _drawn(style: Style, shapes: Iterable[Shape]) -> str:
    if style.kind == "dot" and not style.edge:
        # The round ends of a line of no length: a tenth of a circle's bytes, of which a chart has hundreds.
        values = {"stroke": style.fill, "stroke-width": f"{style.across:g}", "stroke-linecap": "round"}
        path = "".join(
            f"M{_number(shape.x)} {_number(shape.y)}h0" for shape in shapes if isinstance(shape, Dot)
        )
        return f"<path{_attributes({'d': path, **values})}/>"
    values = {
        "fill": "none" if style.kind == "stroke" else style.fill,
        "stroke": style.edge,
        "stroke-width": f"{style.thick:g}" if style.edge and style.thick != 1 else "",
        "stroke-dasharray": "4 3" if style.dashed else "",
    }
    path = "".join(_path(shape, style.across / 2) for shape in shapes)
    return f"<path{_attributes({'d': path, **values})}/>"


def _path(shape: Shape, radius: float) -> str:
    match shape:
        case Box(x, y, wide, high):
            left, right = _number(x), _number(x + wide)
            return f"M{left} {_number(y)}H{right}V{_number(y + high)}H{left}z"
        case Stroke(points):
            return _line([(_number(x), _number(y)) for x, y in points])
        case Dot(x, y):
            # One arc all the way round but for a hundredth of a pixel.
            return f"M{_number(x - radius)} {_number(y)}a{radius:g} {radius:g} 0 1 1 0 .01z"


def _line(points: Sequence[tuple[str, str]]) -> str:
    """A line through points; most run along an axis."""
    path = [f"M{points[0][0]} {points[0][1]}"]
    for (before_x, before_y), (x, y) in pairwise(points):
        path.append(f"H{x}" if y == before_y else f"V{y}" if x == before_x else f"L{x} {y}")
    return "".join(path)


def _texts(lines: Iterable[Line]) -> Iterator[str]:
    """The texts of one style as a group, and a column of them as a group that is moved to its place."""
    groups: dict[tuple[str, str, str, str], dict[str, list[str]]] = {}
    for line in lines:
        words = line.words
        style = (
            "" if words.colour == INK else words.colour,
            "" if words.size == BODY else f"{words.size:g}",
            "700" if words.bold else "",
            _ANCHORS.get(line.anchor, ""),
        )
        y = _number(line.y + BASELINE * words.size)
        text = f' y="{y}">{escape(words.text)}</text>'
        groups.setdefault(style, {}).setdefault(_number(line.x), []).append(text)
    names = ("fill", "font-size", "font-weight", "text-anchor")
    for style, columns in groups.items():
        body = "".join(_column(x, texts) for x, texts in columns.items())
        yield f"<g{_attributes(dict(zip(names, style, strict=True)))}>{body}</g>"


def _column(x: str, texts: Sequence[str]) -> str:
    """Texts at one distance from the left, each beginning with its height."""
    if len(texts) < _COLUMN or x == "0":
        place = "" if x == "0" else f' x="{x}"'
        return "".join(f"<text{place}{text}" for text in texts)
    column = "".join(f"<text{text}" for text in texts)
    return f'<g transform="translate({x})">{column}</g>'
