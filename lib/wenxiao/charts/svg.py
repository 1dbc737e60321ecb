"""A figure as inline SVG: one element for a page, small, the same bytes each time, nothing that reaches outside it."""

from __future__ import annotations

import hashlib
import io
import re
from xml.etree import ElementTree as ET

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from wenxiao.charts.lettering import clean
from wenxiao.charts.style import BODY, SANS

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.\d+")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_ROUNDED = ("d", "x", "y", "width", "height", "transform", "points")


def svg_of(figure: Figure, key: str, title: str, description: str) -> str:
    """The SVG of a figure, ready to stand in HTML.

    No prolog, metadata or style sheet; text as text in the page's sans fonts; width 100% by the view box; a title and
    description for those who do not see it; every id begins with the key and a digest of the picture, so that any
    number of charts share a page.
    """
    FigureCanvasSVG(figure)
    buffer = io.StringIO()
    figure.savefig(
        buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
    )
    root = ET.fromstring(buffer.getvalue())
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
    _prune(root)
    for element in root.iter():
        _slim(element)
    digest = hashlib.sha256(ET.tostring(root) + title.encode()).hexdigest()[:8]
    prefix = f"{re.sub(r'[^a-z0-9]+', '-', key.lower()).strip('-') or 'chart'}-{digest}"
    _rename(root, prefix)
    _dress(root, prefix, clean(title), clean(description))
    return ET.tostring(root, encoding="unicode")


def _prune(element: ET.Element) -> None:
    """Drop metadata and style sheets, and groups that say nothing."""
    kept: list[ET.Element] = []
    for child in element:
        if child.tag in ("metadata", "style"):
            continue
        _prune(child)
        if (child.tag in ("defs", "g") and len(child) == 0) or child.get("style") == "fill: none":
            continue
        if child.tag == "g" and not set(child.keys()) - {"id"}:
            kept.extend(child)
        else:
            kept.append(child)
    for child in list(element):
        element.remove(child)
    element.extend(kept)
    element.text = element.text if element.tag == "text" else None
    element.tail = None


def _slim(element: ET.Element) -> None:
    """Two decimals are a hundredth of a pixel; styles as attributes; the font is said once, at the root."""
    for name in _ROUNDED:
        if name in element.attrib:
            element.set(name, _NUMBER.sub(_two_decimals, element.attrib[name]))
    if "d" in element.attrib:
        element.set("d", " ".join(element.attrib["d"].split()))
    if _HREF in element.attrib:
        element.set("href", element.attrib.pop(_HREF))
    if element.get("transform", "").startswith("rotate(-0"):
        del element.attrib["transform"]
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if value and name.strip() != "font-family":
            element.set(name.strip(), value.strip().removesuffix("px"))
    if element.get("font-size") == f"{BODY:g}":
        del element.attrib["font-size"]


def _two_decimals(match: re.Match[str]) -> str:
    return f"{float(match[0]):.2f}".rstrip("0").rstrip(".")


def _rename(root: ET.Element, prefix: str) -> None:
    """Number the ids that something refers to under `prefix`, and drop the others."""
    used: dict[str, str] = {}
    for element in root.iter():
        links = [element.get("href", "").removeprefix("#")]
        for value in element.attrib.values():
            links += _REFERENCE.findall(value)
        for link in filter(None, links):
            used.setdefault(link, f"{prefix}-{len(used) + 1}")
    for element in root.iter():
        identity = element.attrib.pop("id", "")
        if identity in used:
            element.set("id", used[identity])
        if element.get("href", "")[1:] in used:
            element.set("href", "#" + used[element.get("href", "")[1:]])
        for name, value in element.attrib.items():
            element.set(name, _REFERENCE.sub(lambda m: f"url(#{used[m[1]]})", value))


def _dress(root: ET.Element, prefix: str, title: str, description: str) -> None:
    box = root.get("viewBox", "")
    root.attrib.clear()
    names = {"title": title, "desc": description}
    for name, value in {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": box,
        "width": "100%",
        "role": "img",
        "aria-labelledby": " ".join(f"{prefix}-{name}" for name in names),
        "style": f"font-family:{SANS};font-variant-numeric:tabular-nums;font-size:{BODY:g}px",
    }.items():
        root.set(name, value)
    for position, (name, text) in enumerate(names.items()):
        element = ET.Element(name, {"id": f"{prefix}-{name}"})
        element.text = text
        root.insert(position, element)
