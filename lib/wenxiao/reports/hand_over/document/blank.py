"""The empty document: a package with our styles, lists and settings and nothing of a template's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

import docx
from docx.document import Document
from markupsafe import Markup

from wenxiao.reports.hand_over.document.stylesheet import NAMESPACE, stylesheet

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("styles", "settings", "fontTable", "numbering")
_PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    # 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm; the page number 7 mm below it.
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="1247" w:footer="1304" w:gutter="0"/>'
)
WIDTH = 8844
"""The width of the text, in twentieths of a point: 156 mm."""
WIDTH_ACROSS = 12756
"""The same where the paper lies across: 225 mm."""

_SETTINGS = """<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>
<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:useFELayout/>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>"""

_HEADINGS = ("%1、", "（%2）", "%3.")
_ITEMS = ("%1.", "（%2）", "%3）")


def blank(title: str, subject: str, author: str) -> Document:
    """An empty A4 document. Its properties name what it is and whose, and no time: the same input makes the same file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in _files(title, subject, author).items():
            package.writestr(name, content)
    return docx.Document(made)


def _files(title: str, subject: str, author: str) -> Mapping[str, bytes]:
    sheet = stylesheet()
    return {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            (
                (f"{_OFFICE}/officeDocument", "word/document.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            )
        ),
        "docProps/core.xml": _properties(title, subject, author),
        "word/document.xml": _word("document", f"<w:body><w:sectPr>{_PAGE}</w:sectPr></w:body>"),
        "word/_rels/document.xml.rels": _relations((f"{_OFFICE}/{part}", f"{part}.xml") for part in _PARTS),
        "word/styles.xml": sheet.xml(),
        "word/fontTable.xml": sheet.font_table(),
        "word/settings.xml": _word("settings", _SETTINGS),
        "word/numbering.xml": _word("numbering", _lists()),
    }


def _word(root: str, content: str) -> bytes:
    return (Markup("<w:{0} {1}>{2}</w:{0}>").format(root, NAMESPACE, Markup(content))).encode()


def _types() -> bytes:
    overrides = Markup("").join(
        Markup('<Override PartName="/word/{}.xml" ContentType="{}.{}+xml"/>').format(part, _PART, kind)
        for part, kind in (("document", "document.main"), *((part, part) for part in _PARTS))
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        Markup(
            '<Types xmlns="{}/content-types"><Default Extension="rels" ContentType="{}"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            '{}<Override PartName="/docProps/core.xml" ContentType="{}"/></Types>'
        )
        .format(_PACKAGE, "application/vnd.openxmlformats-package.relationships+xml", overrides, core)
        .encode()
    )


def _relations(targets: Iterable[tuple[str, str]]) -> bytes:
    entries = Markup("").join(
        Markup('<Relationship Id="rId{}" Type="{}" Target="{}"/>').format(number, kind, target)
        for number, (kind, target) in enumerate(targets, 1)
    )
    return (
        Markup('<Relationships xmlns="{}/relationships">{}</Relationships>')
        .format(_PACKAGE, entries)
        .encode()
    )


def _properties(title: str, subject: str, author: str) -> bytes:
    return (
        Markup(
            '<cp:coreProperties xmlns:cp="{}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator><dc:language>zh-CN</dc:language>"
            "</cp:coreProperties>"
        )
        .format(_PACKAGE, title, subject, author)
        .encode()
    )


def _lists() -> str:
    """The lists: 1 of headings, 2 of annexes; those of the text are instances of the third (`Paper.begin_list`)."""
    headings = "".join(
        _level(level, "decimal" if level == 2 else "chineseCountingThousand", text, f"Heading{level + 1}")
        for level, text in enumerate(_HEADINGS)
    )
    items = "".join(_level(level, "decimal", text, "") for level, text in enumerate(_ITEMS))
    annexes = _level(0, "decimal", "附件%1\N{IDEOGRAPHIC SPACE}", "AnnexTitle")
    kinds = ((0, headings), (1, annexes), (2, items))
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        for key, levels in kinds
    )
    return abstract + "".join(
        f'<w:num w:numId="{key + 1}"><w:abstractNumId w:val="{key}"/></w:num>' for key in (0, 1)
    )


def _level(level: int, kind: str, text: str, style: str) -> str:
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{linked}<w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )
