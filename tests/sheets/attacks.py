"""Files made to bring a reader down, each small: `python tests/sheets/attacks.py FOLDER` writes them."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODS = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
_ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>县区</t></is></c><c r="B1" t="inlineStr"><is><t>得分</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>甲县</t></is></c><c r="B2"><v>90.5</v></c></row>'
)


def packed(parts: Mapping[str, str]) -> bytes:
    """A zip archive of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def xlsx(rows: str = _ROWS, styles: str = "", strings: str = "") -> bytes:
    """A workbook of one sheet with these rows; `strings` and `styles` are whole parts."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships {_RELS}><Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets><sheet name="表" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships {_RELS}><Relationship Id="s" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="t" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="u" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>",
    }
    if styles:
        parts["xl/styles.xml"] = styles
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    return packed(parts)


def ods(rows: str) -> bytes:
    """An OpenDocument spreadsheet of one sheet with these rows."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "content.xml": f"<office:document-content {_ODS}><office:body><office:spreadsheet>"
            f'<table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
        }
    )


def docx(cells: str, beside: Mapping[str, str] | None = None) -> bytes:
    """A Word document of one table with a row of these cells, and other parts beside it."""
    document = f"<w:document {_WORD}><w:body><w:tbl><w:tr>{cells}</w:tr></w:tbl></w:body></w:document>"
    return packed({"word/document.xml": document, **(beside or {})})


def html(rows: str) -> bytes:
    """A page of one table with these rows."""
    return f"<html><meta charset='utf-8'><table>{rows}</table></html>".encode()


def understated(data: bytes, part: str, size: int) -> bytes:
    """An archive that states another size of a part, wherever it states it."""
    made = bytearray(data)
    name = part.encode()
    for signature, offset, named in ((b"PK\3\4", 22, 30), (b"PK\1\2", 24, 46)):
        at = made.find(signature)
        while at >= 0:
            if made[at + named : at + named + len(name)] == name:
                made[at + offset : at + offset + 4] = struct.pack("<I", size)
            at = made.find(signature, at + 4)
    return bytes(made)


def _word(text: str) -> str:
    return f"<w:tc><w:p>{text}</w:p></w:tc>"


def _nested(tag: str, depth: int, inside: str) -> str:
    return f"<{tag}>" * depth + inside + f"</{tag}>" * depth


def _ods_cell(text: str, repeated: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def _headers(count: int, size: int) -> dict[str, str]:
    paragraph = "<w:p><w:r><w:t>页眉</w:t></w:r></w:p>"
    body = paragraph * (size // len(paragraph.encode()))
    return {f"word/header{at}.xml": f"<w:hdr {_WORD}>{body}</w:hdr>" for at in range(1, count + 1)}


_STYLES = f"<styleSheet {_MAIN}><cellXfs>" + "<xf/>" * 1_500_000 + "</cellXfs></styleSheet>"

ATTACKS: Mapping[str, Callable[[], bytes]] = {
    "last-row-no-addresses.xlsx": lambda: xlsx(f'<row r="1048576">{"<c><v>1</v></c>" * 16_384}</row>'),
    "unique-count.xlsx": lambda: xlsx(
        strings=f'<sst {_MAIN} count="1" uniqueCount="{2**31}"><si><t>甲</t></si></sst>'
    ),
    "unique-count-larger.xlsx": lambda: xlsx(strings=f'<sst {_MAIN} uniqueCount="{2**62}"><si/></sst>'),
    "spaces-in-address.xlsx": lambda: xlsx('<row r=" 1048576 "><c r=" XFD1048576 "><v>1</v></c></row>'),
    "lower-case-address.xlsx": lambda: xlsx('<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>'),
    "address-too-long.xlsx": lambda: xlsx('<row r="1"><c r="AAAAAAAAAAAAAA99999999999"><v>1</v></c></row>'),
    "larger-than-stated.xlsx": lambda: understated(
        xlsx(_ROWS + " " * 20_000_000), "xl/worksheets/sheet1.xml", 2_000
    ),
    "styles.xlsx": lambda: xlsx(styles=_STYLES),
    "text-repeated.ods": lambda: ods(
        f'<table:table-row table:number-rows-repeated="1000000">{_ods_cell("很长的文字" * 100, 16_384)}</table:table-row>'
    ),
    "spaces-repeated.ods": lambda: ods(
        f"<table:table-row>{_ods_cell('甲<text:s text:c=' + chr(34) + '2000000000' + chr(34) + '/>乙')}</table:table-row>"
    ),
    "nested-elements.ods": lambda: ods(
        f"<table:table-row>{_ods_cell(_nested('text:span', 100_000, '甲'))}</table:table-row>"
    ),
    "nested-runs.docx": lambda: docx(_word(_nested("w:ins", 3_000, "<w:r><w:t>甲</w:t></w:r>"))),
    "nested-controls.docx": lambda: docx(
        _word(
            "<w:sdt><w:sdtContent>" * 3_000 + "<w:r><w:t>甲</w:t></w:r>" + "</w:sdtContent></w:sdt>" * 3_000
        )
    ),
    "nested-run.docx": lambda: docx(_word(_nested("w:r", 3_000, "<w:t>甲</w:t>"))),
    "grid-span.docx": lambda: docx(
        '<w:tc><w:tcPr><w:gridSpan w:val="²"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>'
    ),
    "headers.docx": lambda: docx(_word("<w:r><w:t>甲</w:t></w:r>"), _headers(30, 2_000_000)),
    "colspan-superscript.html": lambda: html("<tr><td colspan='²'>甲<td rowspan='²'>乙</tr>"),
    "colspan-long.html": lambda: html(f"<tr><td colspan='{'9' * 5_000}'>甲</tr>"),
    "spans.html": lambda: html("<tr><td colspan='1000' rowspan='1000'>甲</td></tr>" * 1_000),
    "many-rows.html": lambda: html("<tr><td rowspan='60000'>甲<td>1</tr>" * 60_000),
    "nested-tables.html": lambda: html("<tr><td><table>" * 20_000),
}
"""The attacks by their file names."""


def written(folder: Path) -> Iterator[Path]:
    """The attacks, written to a folder one after the other."""
    for name, made in ATTACKS.items():
        path = folder / name
        path.write_bytes(made())
        yield path


if __name__ == "__main__":
    for one in written(Path(sys.argv[1])):
        sys.stdout.write(f"{one.stat().st_size:>9,} {one.name}\n")
