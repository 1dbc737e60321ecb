"""The tables of a Word document (.docx), cell by cell from its own XML; text stays text, merged cells are merges.

A sheet a table, 表1, 表2 …; a table inside a cell is 表1.1. The first three rows of a sheet are for the lines of text right
above the table (its title, its unit), so that row 1 of the table is row 4 of the sheet. What stands outside of tables is kept
in sheets of its own that are not read as tables: 正文, 页眉页脚和脚注.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from wenxiao.sheets.cells.grid import Grid, Merge, grid_of
from wenxiao.sheets.cells.raised import Run, shown
from wenxiao.sheets.cells.texture import Cell
from wenxiao.sheets.containers.container import refused
from wenxiao.sheets.containers.package import verify

ABOVE = 3
"""The rows of a sheet before the first of its table."""
BODY, MARGINS = "正文", "页眉页脚和脚注"
MOST_XML = 64 << 20
MOST_COLUMNS = 256
MOST_CELLS = 1_000_000
MOST_DEPTH = 8
_LONGEST_TITLE = 60
_PLAIN = Run("")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "smartTag", "customXml", "ins", "moveTo", "AlternateContent", "Choice"}
)
_DROPPED = frozenset({"del", "moveFrom", "Fallback"})
_MARGIN_PARTS = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
_BROKEN = (
    ET.ParseError,
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def document_grids(data: bytes, file: str) -> tuple[Grid, ...]:
    """A grid for every table of a document, then its other text; SheetError where it cannot be read or is too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            verify(archive, _large(archive))
            root = _part(archive, "word/document.xml", file)
            margins = [
                _part(archive, name, file)
                for name in sorted(archive.namelist())
                if _MARGIN_PARTS.fullmatch(name)
            ]
    except _BROKEN as error:
        raise refused(
            file, f"Word 文档不完整或已损坏（{error}）", "用 Word 或 WPS 打开后另存为 .docx 再试"
        ) from error
    reading = _Document(file)
    body = next((element for element in root if _name(element) == "body"), root)
    reading.block(body, "表", 0)
    reading.end()
    for margin in margins:
        reading.margins += [
            text for element in margin.iter() if _name(element) == "p" and (text := _text(element))
        ]
    outside = [
        grid_of(name, [[line] for line in lines], hidden=True)
        for name, lines in ((BODY, reading.outside), (MARGINS, reading.margins))
        if lines
    ]
    return (*reading.grids, *outside)


@dataclass
class _Document:
    """What was found so far: grids, text outside of tables, the lines that may be the title of the next table."""

    file: str
    grids: list[Grid] = field(default_factory=list)
    outside: list[Cell] = field(default_factory=list)
    margins: list[Cell] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    cells: int = 0
    tables: int = 0

    def block(self, parent: ET.Element, prefix: str, depth: int) -> None:
        """Takes the paragraphs and tables of a body in their order."""
        for element in _children(parent):
            if _name(element) == "tbl":
                self.tables += 1
                self.table(element, f"{prefix}{self.tables}", self._title(), depth)
            elif _name(element) == "p":
                if text := _text(element):
                    self.waiting.append(text)
                # A text box stands inside of a paragraph; its text and its tables are the document's.
                for box in _boxes(element):
                    self.end()
                    self.block(box, prefix, depth)

    def end(self) -> None:
        """The lines that wait are no title: they stand outside of tables."""
        self.outside += self.waiting
        self.waiting = []

    def _title(self) -> list[str]:
        """The last short lines that wait, at most as many as there is room for; the others stand outside."""
        taken: list[str] = []
        while self.waiting and len(taken) < ABOVE and _title_like(self.waiting[-1]):
            taken.insert(0, self.waiting.pop())
        self.end()
        return taken

    def table(self, element: ET.Element, name: str, title: list[str], depth: int) -> None:
        """Takes one table, and those inside of its cells after it."""
        if depth > MOST_DEPTH:
            raise refused(
                self.file, "表中套表的层数太多，拒绝读取", "核实文件来源，把表格复制到 Excel 另存", sheet=name
            )
        cells: dict[tuple[int, int], Cell] = {
            (ABOVE - len(title) + line, 0): text for line, text in enumerate(title)
        }
        merges: list[Merge] = []
        open_: dict[int, tuple[int, int]] = {}
        inner: list[ET.Element] = []
        row = ABOVE - 1
        for row, line in enumerate((each for each in _children(element) if _name(each) == "tr"), start=ABOVE):
            column = _number(_property(line, "trPr", "gridBefore"), 0)
            for cell in (each for each in _children(line) if _name(each) == "tc"):
                across = max(1, _number(_property(cell, "tcPr", "gridSpan"), 1))
                self._count(across, column, name)
                merged = _property(cell, "tcPr", "vMerge")
                nested = [each for each in _children(cell) if _name(each) == "tbl"]
                inner += nested
                if merged is not None and _value(merged) != "restart":
                    # What stands below a merged cell is not seen; it stays where it is, for the account of what was read.
                    cells[row, column] = _cell_text(cell)
                else:
                    self._close(open_, merges, column, row - 1)
                    cells[row, column] = _cell_text(cell)
                    if merged is not None:
                        open_[column] = (row, across)
                    elif across > 1:
                        merges.append(Merge(row, column, row, column + across - 1))
                column += across
            for start in [
                start for start, (top, _) in open_.items() if (row, start) not in cells and top < row
            ]:
                self._close(open_, merges, start, row - 1)
        for start in list(open_):
            self._close(open_, merges, start, row)
        height, width = row + 1, max((column for _, column in cells), default=-1) + 1
        width = max([width, *(merge.right + 1 for merge in merges)])
        rows = [[cells.get((at, column), "") for column in range(width)] for at in range(height)]
        self.grids.append(grid_of(name, rows, merges))
        for number, table in enumerate(inner, start=1):
            self.table(table, f"{name}.{number}", [], depth + 1)

    def _close(
        self, open_: dict[int, tuple[int, int]], merges: list[Merge], column: int, bottom: int
    ) -> None:
        top, across = open_.pop(column, (bottom, 1))
        if bottom > top or across > 1:
            merges.append(Merge(top, column, max(top, bottom), column + across - 1))

    def _count(self, across: int, column: int, name: str) -> None:
        self.cells += across
        if column + across > MOST_COLUMNS or self.cells > MOST_CELLS:
            raise refused(
                self.file, "表格大得反常，拒绝读取", "核实文件来源，把表格复制到 Excel 另存", sheet=name,
                rule=f"不超过 {MOST_COLUMNS} 列、{MOST_CELLS // 10_000} 万格",
            )  # fmt: skip


def _large(archive: zipfile.ZipFile) -> set[str]:
    """The parts that are not unpacked at all, being too large."""
    return {part.filename for part in archive.infolist() if part.file_size > MOST_XML}


def _part(archive: zipfile.ZipFile, name: str, file: str) -> ET.Element:
    if archive.getinfo(name).file_size > MOST_XML:
        raise refused(
            file,
            "文档大得反常，拒绝读取",
            "核实文件来源，把表格复制到 Excel 另存",
            rule=f"不超过 {MOST_XML >> 20} MB",
        )
    xml = archive.read(name)
    if b"<!ENTITY" in xml or b"<!DOCTYPE" in xml:
        raise refused(
            file, "文档里有不该有的声明，拒绝读取", "核实文件来源，用 Word 或 WPS 打开后另存为 .docx"
        )
    return ET.fromstring(xml)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _children(parent: ET.Element) -> Iterator[ET.Element]:
    """The children of an element, those inside of content controls and of insertions too, without what was deleted."""
    for element in parent:
        name = _name(element)
        if name in _WRAPPERS:
            yield from _children(element)
        elif name not in _DROPPED:
            yield element


def _text(paragraph: ET.Element) -> str:
    """What a paragraph shows, without its text boxes, what was deleted, struck out or hidden."""
    return shown(_runs(paragraph, _PLAIN)).strip()


def _runs(element: ET.Element, look: Run) -> Iterator[Run]:
    for child in element:
        name = _name(child)
        if name == "t":
            yield replace(look, text=child.text or "")
        elif name in ("tab", "ptab"):
            yield replace(look, text=" ")
        elif name in ("br", "cr"):
            yield replace(look, text="\n")
        elif name == "noBreakHyphen":
            yield replace(look, text="-")
        elif name == "r":
            yield from _runs(child, _look(child))
        elif name not in _DROPPED and name not in ("txbxContent", "pPr", "rPr"):
            yield from _runs(child, look)


def _look(run: ET.Element) -> Run:
    """A run without its text: struck out or hidden, raised or lowered."""
    said = {
        name: _property(run, "rPr", name)
        for name in ("strike", "dstrike", "vanish", "webHidden", "vertAlign")
    }
    script = said.pop("vertAlign")
    gone = any(each is not None and _value(each) not in ("0", "false", "off") for each in said.values())
    raised = {"superscript": 1, "subscript": -1}.get("" if script is None else _value(script), 0)
    return Run("", gone, raised)


def _boxes(paragraph: ET.Element) -> Iterator[ET.Element]:
    for child in paragraph:
        if _name(child) == "txbxContent":
            yield child
        elif _name(child) not in _DROPPED:
            yield from _boxes(child)


def _cell_text(cell: ET.Element) -> str:
    """What a cell says, a line a paragraph; a table inside of it speaks for itself."""
    said = [_text(each) for each in _children(cell) if _name(each) == "p"]
    said += [
        _text(each)
        for one in _children(cell)
        if _name(one) == "p"
        for box in _boxes(one)
        for each in box.iter()
        if _name(each) == "p"
    ]
    return "\n".join(text for text in said if text)


def _property(element: ET.Element, group: str, name: str) -> ET.Element | None:
    for properties in element:
        if _name(properties) == group:
            return next((each for each in properties if _name(each) == name), None)
    return None


def _value(element: ET.Element) -> str:
    return element.get(f"{_W}val") or element.get(f"{_STRICT}val") or ""


def _number(element: ET.Element | None, default: int) -> int:
    text = "" if element is None else _value(element)
    return int(text) if text.isdecimal() and len(text) < 6 else default


def _title_like(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and "\n" not in text and not text.endswith(("。", "；", ";"))
