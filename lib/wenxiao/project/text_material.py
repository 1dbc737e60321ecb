"""The words of a report from sheets of 文字材料 (章节, 内容), joined with those of `narrative.md`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from wenxiao.model import CellRef, Finding, Severity, Table
from wenxiao.project.narrative import SECTIONS, Narrative, heading_of
from wenxiao.project.nearest import nearest

_MARKED = re.compile(r"([\\`*_\[\]<>&~])")
_BEGINS = re.compile(r"^(\s*)([#+\-=|>]|\d+[.)](?=\s))")


@dataclass(frozen=True, slots=True)
class Text:
    """One row of a sheet: the section it is for, its words, their cell."""

    section: str
    words: str
    cell: CellRef


def with_material(narrative: Narrative, tables: Iterable[Table]) -> tuple[Narrative, tuple[Finding, ...]]:
    """The narrative with the words of the sheets after its own, in the order of files, sheets and rows; what is to be said.

    A section that both give is kept whole from both, and pointed out: the words may contradict or repeat one another. Words
    for a section that no report has, or for none, are in no report, and that is a finding.
    """
    found = [text for table in tables if table.kind == "texts" for text in _rows(table)]
    sections = dict(narrative.sections)
    given: dict[str, list[Text]] = {}
    findings: list[Finding] = []
    for text in found:
        if text.section not in SECTIONS:
            findings.append(_nowhere(text))
            continue
        given.setdefault(text.section, []).append(text)
    for section, texts in given.items():
        own = sections.get(section, "")
        if own:
            findings.append(_twice(section, texts))
        words = [markdown_of(text.words) for text in texts]
        sections[section] = "\n\n".join([own, *words] if own else words)
    return Narrative(MappingProxyType(sections)), tuple(findings)


def markdown_of(text: str) -> str:
    r"""Plain words as Markdown that shows them as they are, a paragraph a line.

    >>> markdown_of("=1+1\n1. 一是*加快*")
    '\\=1+1\n\n1\\. 一是\\*加快\\*'
    """
    lines = (_MARKED.sub(r"\\\1", line.strip()) for line in text.splitlines())
    return "\n\n".join(_BEGINS.sub(_escaped, line) for line in lines if line)


def _escaped(found: re.Match[str]) -> str:
    mark = found[2]
    return f"{found[1]}{mark[:-1]}\\{mark[-1]}"


def _rows(table: Table) -> Iterator[Text]:
    """The rows with words; an empty 章节 goes on with the one above it, as merged cells and lists are written."""
    section = ""
    for record in table.records():
        named = table.text(record, "section")
        section = heading_of(named) if named else section
        cell = table.text_cell(record, "content")
        if cell is None:
            continue
        raw = table.raw(cell.row, cell.column)
        words = raw if isinstance(raw, str) else table.text(record, "content")
        if words.strip():
            yield Text(section, words, cell)


def _nowhere(text: Text) -> Finding:
    like = nearest(text.section, SECTIONS) if text.section else None
    named = f"章节“{text.section}”" if text.section else "没有写明章节"
    return Finding(
        "text-without-place",
        Severity.WARNING,
        text.section or "文字材料",
        f"{text.cell}：文字材料{named}，报告中没有它的位置，文字没有写入报告。",
        cells=(text.cell,),
        remedy=f"是否为“{like}”" if like else f"章节写作 {'、'.join(SECTIONS)} 之一",
    )


def _twice(section: str, texts: list[Text]) -> Finding:
    return Finding(
        "text-in-two-places",
        Severity.HINT,
        section,
        f"“{section}”在 narrative.md 和文字材料中都有，报告先印 narrative.md，再印文字材料，两处都没有删改。",
        cells=tuple(text.cell for text in texts),
        remedy="核对两处是否重复或矛盾，只留一处",
    )
