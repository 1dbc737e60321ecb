"""The analyst's words (问题, 原因, 经验, 建议), by section, from `narrative.md`; never written by code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADING = re.compile(r"^##[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
SECTIONS = ("主要经验", "存在的问题", "原因分析", "有关建议", "其他需要说明的问题")


@dataclass(frozen=True)
class Narrative:
    """Markdown by section heading; `section` gives '' where the analyst wrote nothing."""

    sections: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def section(self, heading: str) -> str:
        """The Markdown under a heading, or ''."""
        return self.sections.get(heading, "")


def parse_narrative(text: str) -> Narrative:
    r"""The sections of a Markdown text by its level-two headings; what stands before the first is a note to the writer.

    >>> parse_narrative("x\n## 主要经验\n- 党建引领\n").section("主要经验")
    '- 党建引领'
    """
    found = list(_HEADING.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    parts = {m[1].strip(): text[m.end() : end].strip() for m, end in zip(found, ends, strict=True)}
    return Narrative(MappingProxyType({heading: body for heading, body in parts.items() if body}))


def load_narrative(folder: Path) -> Narrative:
    """The narrative of a project folder; an absent file is an empty one."""
    path = folder / "narrative.md"
    return parse_narrative(path.read_text(encoding="utf-8-sig")) if path.is_file() else Narrative()
