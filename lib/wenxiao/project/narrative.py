"""The analyst's words (问题, 原因, 经验, 建议), by section, from `narrative.md` and sheets of 文字材料; never written by code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from wenxiao.model import CellRef, Finding, Problem, ProjectError, Severity, Table
from wenxiao.model.errors import nearest
from wenxiao.model.written_text import text_of

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"^ {0,3}(#{1,6})([ \t\u3000]*)(\S.*?)[ \t]*#*$", re.MULTILINE)
_LEVEL = 2
SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "项目概况": ("概况", "项目背景", "项目背景及概况", "立项背景", "项目概况和立项背景"),
        "绩效目标": ("项目绩效目标", "总体目标", "总体绩效目标", "年度绩效目标"),
        "评价工作": ("评价工作开展情况", "绩效评价工作开展情况", "绩效自评工作开展情况", "评价基本情况"),
        "评价结论": ("综合评价结论", "综合评价情况及评价结论", "自评结论"),
        "指标分析": ("绩效分析", "绩效评价指标分析", "指标得分分析"),
        "主要经验": ("经验", "经验做法", "主要经验及做法", "经验及做法"),
        "存在的问题": ("问题", "存在问题", "主要问题", "存在的主要问题"),
        "原因分析": ("原因", "问题原因", "存在问题的原因"),
        "有关建议": ("建议", "意见建议", "相关建议", "改进建议"),
        "其他需要说明的问题": ("其他", "其他说明", "其他问题"),
        "差异说明": ("核对差异说明", "勾稽核对说明"),
    }
)
"""The headings a report has a place for, and the other words offices use for them.

差异说明 explains findings and stands in the internal edition only.
"""

_NAMED = {word: heading for heading, others in SECTIONS.items() for word in (heading, *others)}
_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*")


@dataclass(frozen=True)
class Narrative:
    """Markdown by section heading; `section` gives '' where the analyst wrote nothing."""

    sections: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def section(self, heading: str) -> str:
        """The Markdown under a heading, or ''."""
        return self.sections.get(heading, "")


def parse_narrative(text: str) -> Narrative:
    r"""The sections of a Markdown text by its headings (`headings_in`).

    What stands before the first, and comments, are notes to the writer.

    >>> parse_narrative("x\n## 主要经验\n<!-- 一条一行 -->\n- 党建引领\n").section("主要经验")
    '- 党建引领'
    """
    text = COMMENT.sub("", text)
    found = headings_in(text)
    ends = [*(match.start() for match in found[1:]), len(text)]
    parts: dict[str, str] = {}
    for match, end in zip(found, ends, strict=False):
        heading = heading_of(match[3])
        body = text[match.end() : end].strip()
        if body:
            parts[heading] = f"{parts[heading]}\n\n{body}" if heading in parts else body
    return Narrative(MappingProxyType(parts))


def headings_in(text: str) -> list[re.Match[str]]:
    """The headings that begin a section: of level two, and of the level at which the first words of a section stand.

    One with the words of a section counts without a blank after its signs too; one below a section is part of its text.
    """
    found = [match for match in _HEADING.finditer(text) if match[2] or heading_of(match[3]) in SECTIONS]
    levels = [len(match[1]) for match in found if heading_of(match[3]) in SECTIONS]
    top = min(levels, default=_LEVEL)
    return [
        match
        for match in found
        if len(match[1]) == top
        or (len(match[1]) == _LEVEL and (top > _LEVEL or heading_of(match[3]) in SECTIONS))
    ]


def heading_of(words: str) -> str:
    """The section a heading means; the words themselves where it means none.

    >>> heading_of("五、存在问题"), heading_of("建议"), heading_of("附录")
    ('存在的问题', '有关建议', '附录')
    """
    plain = _NUMBER.sub("", words.strip())
    return _NAMED.get(plain, plain)


def load_narrative(folder: Path) -> Narrative:
    """The narrative of a project folder; an absent file is an empty one.

    Raises ProjectError for words that no report has a place for: a text without a heading, or under an unknown one.
    """
    path = folder / "narrative.md"
    if not path.is_file():
        return Narrative()
    text = text_of(path, ProjectError)
    narrative = parse_narrative(text)
    rule = f"可用的标题有 {'、'.join(SECTIONS)}"
    problems = [
        Problem(
            "文字所在的标题在报告中没有位置",
            file=path.name,
            value=f"## {heading}",
            rule=rule,
            remedy=_hint(heading),
        )
        for heading in narrative.sections
        if heading not in SECTIONS
    ]
    if text.strip() and not narrative.sections and not headings_in(text):
        problems = [
            Problem(
                "文字没有标题，不知写入哪一部分",
                file=path.name,
                rule=rule,
                remedy="在文字前加一行，如“## 有关建议”",
            )
        ]
    if problems:
        raise ProjectError(problems)
    return narrative


def _hint(heading: str) -> str:
    like = nearest(heading, _NAMED)
    return f"是否为“## {_NAMED[like]}”" if like else "改用其中一个标题"


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
        raw = table.raw_at(cell)
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
