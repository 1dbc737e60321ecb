"""Whose form a returned file is: what its mark, its cells, its titles and its name say, and whether they agree."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from wenxiao.collect.roster import County
from wenxiao.collect.sending import COUNTY_MARK
from wenxiao.model import Problem
from wenxiao.sheets import Reading

_MOST_XML = 1 << 20
_PARTS = ("docProps/custom.xml", "meta.xml")
_SUFFIX = re.compile(
    r"(特别行政区|自治县|自治旗|经济技术开发区|经济开发区|高新技术产业开发区|新区|林区|街道办事处|街道|地区|市|区|县|旗|镇|乡)$"
)
_SHORTEST = 2
BY_MARK, BY_CELL, BY_TITLE, BY_NAME = "样表标记", "县区单元格", "表题", "文件名"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that names counties: where it stands, its text, the counties of the roster it names."""

    source: str
    text: str
    counties: tuple[str, ...]
    where: str = ""

    def __str__(self) -> str:
        at = f"{self.where} " if self.where else ""
        said = "、".join(self.counties) or "名册里没有的县区"
        return f"{self.source}（{at}“{self.text[:40]}”）为{said}"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose a file is: '' where that is for a person to decide; what was found; what is doubtful about it."""

    county: str
    evidence: tuple[Evidence, ...]
    doubt: str = ""

    @property
    def named(self) -> str:
        """Where the county's name was found."""
        return "、".join(each.source for each in self.evidence if each.counties == (self.county,))


def identify(reading: Reading, data: bytes, file: str, counties: Iterable[County]) -> Identity:
    """Whose form a file is by its mark, its 县区 cell, its titles and its name, in that order.

    Where they name different counties it is nobody's until a person decides, but for a file name or a title that mark
    and cell together contradict. A name is never taken for another that is only like it.
    """
    names = tuple(county.name for county in counties)
    found = tuple(_evidence(reading, data, file, names))
    telling = [each for each in found if len(each.counties) == 1]
    strangers = [each for each in found if not each.counties and each.source in (BY_MARK, BY_CELL)]
    said = list(dict.fromkeys(each.counties[0] for each in telling))
    listed = "；".join(map(str, found))
    if not said:
        return Identity(
            "", found, f"没有一处写明是名册里的哪个县区（{listed}）" if found else "没有一处写明县区"
        )
    strong = [each for each in telling if each.source in (BY_MARK, BY_CELL)]
    agreed = len(strong) > 1 and len({each.counties for each in strong}) == 1
    if agreed:
        county = strong[0].counties[0]
        return Identity(county, found, "" if len(said) == 1 else f"标记和单元格一致，另有一处不同：{listed}")
    if len(said) > 1 or strangers:
        return Identity("", found, f"各处写的县区不一致：{listed}")
    return Identity(said[0], found)


def problem_of(identity: Identity, file: str, digest: str) -> Problem:
    """The problem of a file that is nobody's yet, with the line that decides it."""
    return Problem(
        identity.doubt,
        file=file,
        remedy=f"核实后在 collect/register.yaml 的 decisions 写：- {{sha256: {digest[:8]}, county: 县区名, reason: 理由}}",
    )


def marks_of(data: bytes) -> dict[str, str]:
    """The custom document properties of an xlsx, docx or ods by name; none where a file has none or is none of these.

    >>> marks_of(b"")
    {}
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
            wanted = [name for name in _PARTS if 0 < parts.get(name, 0) <= _MOST_XML]
            return {name: text for part in wanted for name, text in _properties(archive.read(part))}
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, NotImplementedError, RuntimeError):
        return {}


def counties_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The counties that a text names, in full, else without 县、区、市; longer names before those they contain.

    >>> counties_in("沂水县（补报）.xlsx", ["沂水县", "沂南县"]), counties_in("平邑表", ["平邑县"])
    (('沂水县',), ('平邑县',))
    """
    line = "".join(text.split())
    known = {"".join(name.split()): name for name in names}
    return _contained(line, known) or _contained(line, _short(known))


def _contained(line: str, known: dict[str, str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in sorted(filter(None, known), key=len, reverse=True):
        if word in line:
            found[known[word]] = None
            line = line.replace(word, "\0")
    return tuple(found)


def _short(known: dict[str, str]) -> dict[str, str]:
    """The names without their last word, where that leaves two characters and one county."""
    short: dict[str, list[str]] = {}
    for word, name in known.items():
        bare = _SUFFIX.sub("", word)
        if len(bare) >= _SHORTEST:
            short.setdefault(bare, []).append(name)
    return {bare: of[0] for bare, of in short.items() if len(of) == 1}


def _evidence(reading: Reading, data: bytes, file: str, names: tuple[str, ...]) -> Iterator[Evidence]:
    if mark := marks_of(data).get(COUNTY_MARK, ""):
        yield Evidence(BY_MARK, mark, tuple(name for name in names if name == mark))
    cells = list(_cells(reading, names))
    yield from cells
    if not cells:
        titles = [
            text for table in reading.tables for text in (table.title, table.origin.sheet, *table.notes)
        ]
        said = dict.fromkeys(each for text in titles for each in counties_in(text, names))
        if said:
            shown = next(text for text in titles if counties_in(text, names))
            yield Evidence(BY_TITLE, shown, tuple(said))
    if said_by_name := counties_in(file, names):
        yield Evidence(BY_NAME, file, said_by_name)


def _cells(reading: Reading, names: tuple[str, ...]) -> Iterator[Evidence]:
    """What the 县区 cells of the heads say; a place in words (某省某市某县) names the county it ends with."""
    for table in reading.tables:
        if table.kind != "head" or not len(table):
            continue
        cell, text = table.text_cell(0, "place"), table.text(0, "place").strip()
        if cell is not None and text:
            whole = tuple(name for name in names if name == text) or counties_in(text, names)
            yield Evidence(BY_CELL, text, whole, f"［{cell.sheet}］{cell.address}")


def _properties(xml: bytes) -> Iterator[tuple[str, str]]:
    try:
        root = ET.fromstring(xml)
    except ET.ParseError:
        return
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "property" and element.get("name"):
            yield element.get("name", ""), "".join(element.itertext()).strip()
        elif tag == "user-defined":
            name = next((value for key, value in element.attrib.items() if key.endswith("}name")), "")
            yield name, "".join(element.itertext()).strip()
