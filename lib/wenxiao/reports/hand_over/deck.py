"""The paper of the slides: 16:9, our colours and Chinese faces in the theme, two layouts, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import islice
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Length, Pt

from wenxiao.charts.style import ACCENT, DEEP, GAIN, INK, REST, SECOND
from wenxiao.display.workbook import APPLICATION
from wenxiao.reports.hand_over.zipped import ordered, unzipped, zipped
from wenxiao.reports.working_paper.text import cell_text

FACE = "微软雅黑"
WIDE, HIGH = Inches(13.333), Inches(7.5)
LEFT, ACROSS = Inches(0.6), Inches(12.13)
TITLE_TOP, TITLE_HIGH = Inches(0.4), Inches(0.95)
BODY_TOP, BODY_HIGH = Inches(1.85), Inches(4.95)
_SUBTITLE_TOP, _FOOT_TOP = Inches(1.35), Inches(6.95)
_TITLE_ONLY, _COVER = 5, 0
BEGINNING = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the properties of a presentation carry no zone
_VIOLET = "#7b5ea7"
_MOST = 400
_SIZES = ((320, 20), (560, 16), (1200, 13))
"""So many characters have room on a slide in a size."""


def new_deck(title: str, subject: str) -> Deck:
    """An empty presentation on this paper."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    kept = {_TITLE_ONLY, _COVER}
    for number in sorted(set(range(len(deck.slide_layouts))) - kept, reverse=True):
        deck.slide_layouts.remove(deck.slide_layouts[number])
    cover, only = deck.slide_layouts[0], deck.slide_layouts[1]
    for owner in (deck.slide_master, cover, only):
        for shape in list(owner.placeholders):
            _placed(shape, cover=owner is cover)
    properties = deck.core_properties
    properties.title, properties.subject = text_of(title)[:250], text_of(subject)[:250]
    properties.author = properties.last_modified_by = properties.keywords = properties.comments = ""
    properties.created = properties.modified = BEGINNING
    properties.revision = 1
    return deck


def _placed(shape: BaseShape, *, cover: bool) -> None:
    """A placeholder of the template, which is for 4:3, where it stands on our paper; those for dates and numbers go."""
    kind = shape.placeholder_format.type
    name = str(kind)
    if "TITLE" in name and "SUBTITLE" not in name:
        top, high = (Inches(2.5), Inches(1.2)) if cover else (TITLE_TOP, TITLE_HIGH)
    elif "SUBTITLE" in name:
        top, high = Inches(3.8), Inches(1.2)
    elif "BODY" in name:
        top, high = BODY_TOP, BODY_HIGH
    else:
        element = shape._element
        element.getparent().remove(element)
        return
    shape.left, shape.top, shape.width, shape.height = LEFT, top, ACROSS, high


def cover_slide(deck: Deck, title: str, lines: str) -> None:
    """Adds a first slide with what the deck is and for whom."""
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    heading: Any = slide.shapes.title
    _words(heading.text_frame, title, 32 if len(title) <= 40 else 20, bold=True)
    _words(slide.placeholders[1].text_frame, lines, 16, colour=SECOND)


def chart_slide(deck: Deck, title: str, subtitle: str, source: str, mark: str, notes: str) -> Slide:
    """A slide with its title, what is shown, its source, the edition and the notes for whoever presents it."""
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[1])
    heading: Any = slide.shapes.title
    frame = heading.text_frame
    _words(frame, title, 24 if len(title) <= 44 else 20, bold=True)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _box(slide, _SUBTITLE_TOP, Inches(0.45), subtitle, 13)
    _box(slide, _FOOT_TOP, Inches(0.35), source, 10, wide=Inches(9.4))
    _box(slide, _FOOT_TOP, Inches(0.35), mark, 10, left=Inches(10.2), wide=Inches(2.53), right=True)
    spoken: Any = slide.notes_slide.notes_text_frame
    spoken.text = text_of(notes, 4000)
    return slide


def write_lines(slide: Slide, lines: Sequence[str]) -> None:
    """Writes paragraphs on the body of a slide, as large as they have room."""
    size = next((size for most, size in _SIZES if sum(map(len, lines)) <= most), _SIZES[-1][1])
    frame = slide.shapes.add_textbox(LEFT, BODY_TOP, ACROSS, BODY_HIGH).text_frame
    _words(frame, "\n".join(lines), size, most=_SIZES[-1][0])
    for paragraph in frame.paragraphs:
        paragraph.space_after = Pt(size * 0.6)


def in_sections(deck: Deck, counts: Mapping[str, int]) -> None:
    """Puts the slides into sections in their order, so many in each; programs list them by these names."""
    slides = iter(deck.slides._sldIdLst)
    listed = "".join(
        f'<p14:section name="{name}" id="{{{uuid5(NAMESPACE_URL, name)}}}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{each.id}"/>' for each in islice(slides, count))
        + "</p14:sldIdLst></p14:section>"
        for name, count in counts.items()
        if count
    )
    office = "http://schemas.microsoft.com/office/powerpoint/2010/main"
    deck.element.append(
        parse_xml(
            f'<p:extLst {nsdecls("p")}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
            f'<p14:sectionLst xmlns:p14="{office}">{listed}</p14:sectionLst></p:ext></p:extLst>'
        )
    )


def _box(
    slide: Slide,
    top: Length,
    high: Length,
    text: str,
    size: int,
    *,
    left: Length = LEFT,
    wide: Length = ACROSS,
    right: bool = False,
) -> None:
    frame = slide.shapes.add_textbox(left, top, wide, high).text_frame
    frame.margin_left = frame.margin_right = Emu(91440)
    _words(frame, text, size, colour=SECOND)
    if right:
        frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _words(
    frame: TextFrame, text: str, size: int, *, bold: bool = False, colour: str = INK, most: int = 400
) -> None:
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.text = text_of(text, most)
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(size), bold
            run.font.color.rgb = rgb(colour)


def rgb(colour: str) -> RGBColor:
    """A colour of ours as the library takes it."""
    red, green, blue = bytes.fromhex(colour.lstrip("#"))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call] # typed in part


def text_of(text: str, most: int = _MOST) -> str:
    """A text as a slide can hold it: no character that a file may not, none too many."""
    clean = re.sub(r"[\v\f\x1c-\x1f\x85\u2028\u2029]", " ", cell_text(text))
    return clean if len(clean) <= most else clean[: most - 1] + "…"


def described(shape: BaseShape, name: str, alt: str) -> None:
    """Gives a drawing its name in the list of objects and its alternative text."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", text_of(name, 80))
    properties.set("descr", text_of(alt, 2000))


def packed(deck: Deck) -> bytes:
    """The file: our theme and name in place of the template's, no picture of an empty page, nothing of the time."""
    for relations in (deck.part.package._rels, deck.part.rels):
        for relation in list(relations.values()):
            if relation.reltype in (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.PRINTER_SETTINGS):
                relations.pop(relation.rId)
    saved = BytesIO()
    deck.save(saved)
    parts = unzipped(saved.getvalue())
    themed = {name: _themed(part) for name, part in parts.items() if name.startswith("ppt/theme/")}
    return zipped(ordered(parts | themed | {"docProps/app.xml": APPLICATION}))


def _themed(theme: bytes) -> bytes:
    """A theme with our colours, and a face for Chinese in titles and text."""
    root: Any = parse_xml(theme)
    colours = (ACCENT, DEEP, GAIN, _VIOLET, REST, "#0d2238")
    for number, colour in enumerate(colours, 1):
        for element in root.iter(qn(f"a:accent{number}")):
            for child in list(element):
                element.remove(child)
            element.append(parse_xml(f'<a:srgbClr {nsdecls("a")} val="{colour.lstrip("#").upper()}"/>'))
    for fonts in (*root.iter(qn("a:majorFont")), *root.iter(qn("a:minorFont"))):
        for tag in ("a:latin", "a:ea"):
            for face in fonts.findall(qn(tag)):
                face.set("typeface", FACE)
        for face in fonts.findall(qn("a:font")):
            if face.get("script") == "Hans":
                face.set("typeface", FACE)
    return bytes(serialize_part_xml(root))
