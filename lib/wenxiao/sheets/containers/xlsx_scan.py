"""One pass over the XML of an .xlsx sheet: the styles of its cells, and all that calamine leaves out of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from typing import BinaryIO
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from wenxiao.sheets.cells.raised import Run, shown

_CHUNK = 1 << 23
_PREFIX = re.compile(rb"<((?:\w+:)?)worksheet[\s>]")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^>]*)>")
_COLUMN_TAG = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["']\s*(\d{1,7})\s*["']""")
_ADDRESS = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{1,3})(\d{1,7})\s*["']""")
_STYLE = re.compile(rb"""\bs=["'](\d{1,5})["']""")
_HIDDEN = re.compile(rb"""\b(?:hidden=["'](?:1|true)["']|(?:ht|width)=["']0+(?:\.0*)?["'])""")
_BOUND = re.compile(rb"""\b(min|max)=["'](\d{1,5})["']""")
_KIND = re.compile(rb"""\bt=["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)<)")
_INLINE = re.compile(rb"<(?:\w+:)?is(?:\s[^>]*)?>.*</(?:\w+:)?is>", re.DOTALL)
_WITH_FORMULA = re.compile(rb"<(?:\w+:)?c\s([^>]*[^>/])>(\s*<(?:\w+:)?f[\s/>].*?)</(?:\w+:)?c>", re.DOTALL)
_SPECIAL = {
    kind: re.compile(
        rb"""<(?:\w+:)?c\s([^>]*\bt=["']""" + kind + rb"""["'][^>]*[^>/]|[^>]*\bt=["']""" + kind
        + rb"""["'])>(.*?)</(?:\w+:)?c>""",
        re.DOTALL,
    )
    for kind in (b"e", b"s", b"inlineStr")
} | {b"f": _WITH_FORMULA}  # fmt: skip
"""The cells that a stretch is gone through for once more, by what tells that it has some."""
_OPEN, _C, _R, _O, _S, _T, _E, _I, _F, _V, _BLANK, _EQUALS, _QUOTE, _SLASH, _CLOSE, _A, _Z, _ZERO, _NINE = (
    b'<crosteifv ="/>AZ09'
)
_LONGEST_TAG = 512
_PAD = bytes(32)


@dataclass
class SheetScan:
    """What one pass over a sheet found; places are 0-based.

    texts     cells whose text shows less than, or not the same as, its runs put together
    faults    the error values of formulas
    formulas  the cells a formula fills: its text where it has no stored result, else ''
    """

    marked: Mapping[int, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    _rows: list[NDArray[np.int32]] = field(default_factory=list)
    _columns: list[NDArray[np.int16]] = field(default_factory=list)
    _codes: list[NDArray[np.int32]] = field(default_factory=list)
    _next_row: int = 0

    def read(self, stream: BinaryIO) -> None:
        """Goes through a sheet's XML to its end, so that its checksum is verified too."""
        rest, row_tag, first = b"", b"<row", True
        while chunk := stream.read(_CHUNK):
            xml = rest + chunk
            if first:
                prefix = _PREFIX.search(xml)
                row_tag = b"<" + (prefix[1] if prefix is not None else b"") + b"row"
                self._head(xml.partition(b"sheetData")[0])
                first = False
            cut = max(xml.rfind(row_tag + b" "), 0)
            cut = max(xml.rfind(row_tag + b">", cut), cut)
            self._add(xml[:cut])
            rest = xml[cut:]
        self._add(rest)

    def table(self, height: int, width: int, known: int) -> NDArray[np.int16]:
        """The style of every cell; the first style, which cells have that name none, where nothing was said."""
        styles = np.zeros((height, width), np.int16)
        if self._rows:
            rows, columns = np.concatenate(self._rows), np.concatenate(self._columns)
            codes = np.concatenate(self._codes)
            inside = (rows < height) & (columns < width) & (codes < min(known, 32767))
            styles[rows[inside], columns[inside]] = codes[inside]
        return styles

    def styled(self, codes: Set[int]) -> Iterator[tuple[int, int]]:
        """The cells that have one of these styles."""
        if not codes:
            return
        for rows, columns, styles in zip(self._rows, self._columns, self._codes, strict=True):
            for index in np.flatnonzero(np.isin(styles, list(codes))).tolist():
                yield int(rows[index]), int(columns[index])

    # --- stretches of XML ---------------------------------------------------------------------------------------

    def _head(self, xml: bytes) -> None:
        for column in _COLUMN_TAG.finditer(xml):
            bounds = {name: int(number) for name, number in _BOUND.findall(column[1])}
            if _HIDDEN.search(column[1]) and bounds.keys() == {b"min", b"max"}:
                self.hidden_columns.update(range(bounds[b"min"] - 1, min(bounds[b"max"], 1 << 14)))

    def _add(self, xml: bytes) -> None:
        """Takes a stretch that begins with a row and ends before one, or holds no row at all."""
        if not (told := self._add_usual(np.frombuffer(xml + _PAD, np.uint8))):
            self._add_any(xml)
            return
        if b"hidden" in told:
            for row in _ROW.finditer(xml):
                if _HIDDEN.search(row[1]) and (number := _ROW_NUMBER.search(row[1])) is not None:
                    self.hidden_rows.add(int(number[1]) - 1)
        for pattern in (pattern for what, pattern in _SPECIAL.items() if what in told):
            for cell in pattern.finditer(xml):
                if (place := _ADDRESS.search(cell[1])) is not None:
                    self._cell(int(place[2]) - 1, _column(place[1]), cell[1], cell[2])

    def _cell(self, row: int, column: int, attributes: bytes, body: bytes) -> None:
        """Takes what is special about one cell."""
        of_kind = _KIND.search(attributes)
        kind = of_kind[1] if of_kind is not None else b"n"
        value = _VALUE.search(body)
        said = value[1].strip() if value is not None else b""
        if kind == b"e" and said:
            self.faults[row, column] = said.decode("utf-8", "replace")
        elif kind == b"s" and said.isdigit() and int(said) in self.marked:
            self.texts[row, column] = self.marked[int(said)]
        elif (
            kind == b"inlineStr"
            and (b"strike" in body or b"vertAlign" in body)
            and (inline := _INLINE.search(body)) is not None
        ):
            self.texts[row, column] = rich_text(ET.fromstring(_without_prefixes(inline[0])))
        if (formula := _FORMULA.search(body)) is not None:
            told = bool(said) or kind == b"str"
            text = unescape((formula[1] or b"").decode("utf-8", "replace"))
            self.formulas[row, column] = "" if told else f"={text}"

    def _add_usual(self, text: NDArray[np.uint8]) -> set[bytes]:
        """Takes rows and cells written `<row r="7"` and `<c r="B7" s="3" t="n"`, all at once.

        Gives what is special among them, by the keys of `_SPECIAL`; nothing at all where one is written otherwise.
        """
        opens = np.flatnonzero(text == _OPEN)
        first, second = text[opens + 1], text[opens + 2]
        cells = opens[(first == _C) & (second == _BLANK)]
        rows = np.flatnonzero((first == _R) & (second == _O))
        starts = opens[rows]
        if not len(cells) or not len(starts) or starts[0] > cells[0]:
            return set()
        if not (_reads(text, cells + 3, b'r="') and _reads(text, starts + 1, b'row r="')):
            return set()
        numbers, _ = _number(text, starts + 8)
        at = cells + 6
        if not ((text[at] >= _A) & (text[at] <= _Z)).all():
            return set()
        column = text[at].astype(np.int16) - 64
        for _ in range(2):
            letter = text[at + 1]
            more = (letter >= _A) & (letter <= _Z)
            if not more.any():
                break
            column = np.where(more, column * 26 + letter - 64, column)
            at += more
        counts = np.diff(np.append(np.searchsorted(cells, starts), len(cells)))
        digits = sum((numbers >= 10**power).astype(np.int64) for power in range(1, 7)) + 1
        at += 1 + np.repeat(digits, counts)
        if not (text[at] == _QUOTE).all():
            return set()
        styled = np.flatnonzero((text[at + 1] == _BLANK) & (text[at + 2] == _S) & (text[at + 3] == _EQUALS))
        codes, ends = _number(text, at[styled] + 5)
        at[styled] = ends
        typed = np.flatnonzero((text[at + 1] == _BLANK) & (text[at + 2] == _T) & (text[at + 3] == _EQUALS))
        word = at[typed] + 5
        length = np.select([text[word + each] == _QUOTE for each in (1, 3, 9)], [1, 3, 9], 0)
        at[typed] = word + length  # n, s, e, b, d; str; inlineStr
        if not np.isin(text[at + 1], (_SLASH, _CLOSE)).all():
            return set()
        self._rows.append((np.repeat(numbers, counts) - 1)[styled])
        self._columns.append(column[styled] - 1)
        self._codes.append(codes)
        self._next_row = int(numbers[-1])
        kinds = np.unique(text[word])
        longest = int(np.diff(np.append(opens, len(text)))[rows].max())
        heads = starts[:, None] + np.arange(min(longest, _LONGEST_TAG))
        told = text[np.minimum(heads, len(text) - 1)].tobytes()
        found = {
            b"hidden": b"hidden=" in told or b'ht="0' in told,
            b"e": _E in kinds,
            b"s": bool(self.marked) and _S in kinds,
            b"inlineStr": _I in kinds
            and bool((((first == _S) & (second == _T)) | ((first == _V) & (second == _E))).any()),
            b"f": bool((first == _F).any()),
        }
        return {b"usual"} | {what for what, there in found.items() if there}

    def _add_any(self, xml: bytes) -> None:
        """Takes rows and cells however they are written; one without a place follows the one before."""
        for row_tag, following_row in pairwise([*_ROW.finditer(xml), None]):
            assert row_tag is not None
            end = len(xml) if following_row is None else following_row.start()
            number = _ROW_NUMBER.search(row_tag[1])
            row = int(number[1]) - 1 if number is not None else self._next_row
            self._next_row = row + 1
            if _HIDDEN.search(row_tag[1]):
                self.hidden_rows.add(row)
            cells = list(_CELL.finditer(xml, row_tag.end(), end))
            styles: list[tuple[int, int]] = []
            column = -1
            for cell, following in pairwise([*cells, None]):
                assert cell is not None
                until = end if following is None else following.start()
                place = _ADDRESS.search(cell[1])
                column = _column(place[1]) if place is not None else column + 1
                if (style := _STYLE.search(cell[1])) is not None:
                    styles.append((column, int(style[1])))
                if not cell[1].endswith(b"/"):
                    self._cell(row, column, cell[1], xml[cell.end() : until])
            self._rows.append(np.full(len(styles), row, np.int32))
            self._columns.append(np.array([at for at, _ in styles], np.int16))
            self._codes.append(np.array([code for _, code in styles], np.int32))


def rich_text(element: ET.Element) -> str:
    """What the runs of a shared or inline string show."""
    runs = []
    for child in element:
        if local(child) == "t":
            runs.append(Run(child.text or ""))
        elif local(child) == "r":
            text = "".join(each.text or "" for each in child if local(each) == "t")
            looks = [look for each in child if local(each) == "rPr" for look in each]
            struck, script = look_of(looks)
            runs.append(Run(text, struck, script))
    return shown(runs)


def look_of(properties: list[ET.Element]) -> tuple[bool, int]:
    """Whether the properties of a font or run strike it out, and whether they raise (1) or lower (-1) it."""
    said = {local(each): each.get("val", "1") for each in properties}
    script = {"superscript": 1, "subscript": -1}.get(said.get("vertAlign", ""), 0)
    return said.get("strike", "0") not in ("0", "false"), script


def local(element: ET.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def _without_prefixes(xml: bytes) -> bytes:
    """A stretch of XML cut out of its document, whose prefixes are declared elsewhere."""
    return re.sub(rb"\s\w+:\w+=", b" x=", re.sub(rb"<(/?)\w+:", rb"<\1", xml))


def _reads(text: NDArray[np.uint8], at: NDArray[np.int64], word: bytes) -> bool:
    """Whether a word stands at every one of these places."""
    return all(bool((text[at + offset] == sign).all()) for offset, sign in enumerate(word))


def _number(text: NDArray[np.uint8], at: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The numbers of at most seven digits that begin at these places, and where each ends."""
    number = np.zeros(len(at), np.int32)
    end = at.copy()
    for _ in range(7):
        digit = text[end]
        more = (digit >= _ZERO) & (digit <= _NINE)
        if not more.any():
            break
        number = np.where(more, number * 10 + digit.astype(np.int32) - _ZERO, number)
        end += more
    return number, end


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
