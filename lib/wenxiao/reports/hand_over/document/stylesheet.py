"""The named styles of the document, read from `styles.yaml`: fonts with what stands in for them, sizes, paragraphs, tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from markupsafe import Markup
from pydantic import BaseModel, ConfigDict

from wenxiao.model.errors import ProfileError
from wenxiao.model.yaml_text import load_yaml

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACE = Markup(f'xmlns:w="{WORD}"')
TABLE = "ReportTable"
"""The table style: thin rules everywhere, the header repeated by the table itself."""

_LANGUAGE = Markup('<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>')


class Font(BaseModel):
    """An East Asian face, the faces to take instead, in order, and its family for programs that have none of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    face: str
    instead: tuple[str, ...]
    family: Literal["roman", "swiss", "modern"]


class Style(BaseModel):
    """A paragraph style, or where only fonts are said a character style."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    name: str
    based: str = "Normal"
    next: str = ""
    font: str = ""
    size: str = ""
    bold: bool = False
    align: Literal["", "both", "left", "center", "right"] = ""
    indent: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    line: float | None = None
    before: float = 0
    after: float = 0
    keep: bool = False
    outline: int | None = None
    leader: bool = False
    across: bool = False
    """Whether a tab leads to the right margin, and a rule stands below: the header of a sheet."""
    break_: bool = False


@dataclass(frozen=True)
class Stylesheet:
    """All styles, fonts and sizes."""

    fonts: Mapping[str, Font]
    latin: str
    sizes: Mapping[str, float]
    styles: tuple[Style, ...]
    characters: tuple[Style, ...]

    def size_of(self, style: Style) -> float:
        """The size of a style in points, its own or that of the style it is based on."""
        if style.size:
            return self.sizes[style.size]
        base = next((each for each in self.styles if each.id == style.based and each is not style), None)
        return self.size_of(base) if base else self.sizes["三号"]

    def xml(self) -> bytes:
        """`word/styles.xml`."""
        normal = self.styles[0]
        defaults = Markup(
            "<w:docDefaults><w:rPrDefault>{}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ).format(self._run(normal, _LANGUAGE))
        parts = [defaults, *(self._paragraph(each) for each in self.styles)]
        parts += [self._character(each) for each in self.characters]
        parts += [Markup(_TABLES)]
        whole = Markup("<w:styles {}>{}</w:styles>").format(NAMESPACE, Markup("").join(parts))
        return _xml(whole)

    def font_table(self) -> bytes:
        """`word/fontTable.xml`: what Word takes where a face is not on the machine."""
        entries = Markup("").join(
            Markup(
                '<w:font w:name="{}"><w:altName w:val="{}"/><w:charset w:val="86"/><w:family w:val="{}"/></w:font>'
            ).format(font.face, ",".join(font.instead), font.family)
            for font in self.fonts.values()
        )
        return _xml(Markup("<w:fonts {}>{}</w:fonts>").format(NAMESPACE, entries))

    def _paragraph(self, style: Style) -> Markup:
        first = style is self.styles[0]
        head = Markup('<w:name w:val="{}"/>').format(style.name)
        head += Markup("") if first else Markup('<w:basedOn w:val="{}"/>').format(style.based)
        head += Markup('<w:next w:val="{}"/>').format(style.next) if style.next else Markup("")
        default = Markup(' w:default="1"') if first else Markup("")
        return Markup(
            '<w:style w:type="paragraph"{} w:styleId="{}">{}<w:qFormat/><w:pPr>{}</w:pPr>{}</w:style>'
        ).format(default, style.id, head, Markup("").join(self._properties(style)), self._run(style))

    def _character(self, style: Style) -> Markup:
        return Markup(
            '<w:style w:type="character" w:styleId="{}"><w:name w:val="{}"/><w:qFormat/>{}</w:style>'
        ).format(style.id, style.name, self._run(style))

    def _properties(self, style: Style) -> Iterator[Markup]:
        """What is said of a paragraph, in the order that the schema wants."""
        if style.keep:
            yield Markup("<w:keepNext/><w:keepLines/>")
        if style.break_:
            yield Markup("<w:pageBreakBefore/>")
        if style.outline is not None:
            yield numbering_of(style)
        if style.across:
            yield Markup('<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>')
        if style.leader or style.across:
            leader = "dot" if style.leader else "none"
            yield Markup('<w:tabs><w:tab w:val="right" w:leader="{}" w:pos="8844"/></w:tabs>').format(leader)
        if style.line is not None or style.before or style.after:
            yield self._spacing(style)
        yield self._indent(style)
        if style.align:
            yield Markup('<w:jc w:val="{}"/>').format(style.align)
        if style.outline is not None:
            yield Markup('<w:outlineLvl w:val="{}"/>').format(style.outline)

    def _spacing(self, style: Style) -> Markup:
        around = Markup(' w:before="{}" w:after="{}"').format(
            _twentieths(style.before), _twentieths(style.after)
        )
        if style.line is None:
            return Markup("<w:spacing{}/>").format(around)
        if not style.line:
            return Markup('<w:spacing{} w:line="240" w:lineRule="auto"/>').format(around)
        return Markup('<w:spacing{} w:line="{}" w:lineRule="exact"/>').format(around, _twentieths(style.line))

    def _indent(self, style: Style) -> Markup:
        """Indents in characters, and in points for programs that do not know characters."""
        if not (style.indent or style.left or style.right or style.hanging):
            return Markup("")
        size = self.size_of(style)
        sides = (
            ("left", style.left),
            ("right", style.right),
            ("firstLine", style.indent),
            ("hanging", style.hanging),
        )
        said = Markup("").join(
            Markup(' w:{}Chars="{}" w:{}="{}"').format(
                side, round(most * 100), side, _twentieths(most * size)
            )
            for side, most in sides
            if most or side in ("left", "right")
        )
        return Markup("<w:ind{}/>").format(said)

    def _run(self, style: Style, language: Markup = Markup("")) -> Markup:  # noqa: B008 - immutable
        parts = Markup("")
        if style.font:
            parts += Markup(
                '<w:rFonts w:hint="eastAsia" w:ascii="{0}" w:eastAsia="{1}" w:hAnsi="{0}" w:cs="{0}"/>'
            ).format(self.latin, self.fonts[style.font].face)
        if style.bold:
            parts += Markup("<w:b/>")
        if style.size:
            half = round(self.sizes[style.size] * 2)
            parts += Markup('<w:sz w:val="{0}"/><w:szCs w:val="{0}"/>').format(half)
        parts += language
        return Markup("<w:rPr>{}</w:rPr>").format(parts)


def numbering_of(style: Style) -> Markup:
    """The list that numbers a heading: 一、（一）1. for the body, 附件1 for annexes."""
    if style.id == "AnnexTitle":
        return Markup('<w:numPr><w:numId w:val="2"/></w:numPr>')
    return Markup('<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>').format(style.outline)


@cache
def stylesheet() -> Stylesheet:
    """The styles that ship with the package."""
    text = files(__package__).joinpath("styles.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = load_yaml(text, ProfileError, "styles.yaml")
    return Stylesheet(
        fonts={name: Font(**font) for name, font in data["fonts"].items()},
        latin=data["latin"],
        sizes=data["sizes"],
        styles=tuple(_style(each) for each in data["styles"]),
        characters=tuple(_style(each) for each in data["characters"]),
    )


def _style(said: dict[str, Any]) -> Style:
    # `break` is a word of Python.
    return Style(**{("break_" if key == "break" else key): value for key, value in said.items()})


def _twentieths(points: float) -> int:
    return round(points * 20)


def _xml(markup: Markup) -> bytes:
    return markup.encode()


_TABLES = f"""
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:styleId="{TABLE}"><w:name w:val="报告表格"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
<w:tblPr><w:jc w:val="center"/><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="0" w:color="auto"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="4" w:space="0" w:color="auto"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="auto"/>
</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>
<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>
"""
