"""The lines of a form that name a thing and give its value beside it or behind a colon: its head, its texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import compact
from wenxiao.sheets.forms.block import own_cells

if TYPE_CHECKING:
    from wenxiao.fields import FormType, Registry

_INLINE = re.compile(r"^\s*([^:：\n]{2,24}?)\s*[:：]\s*(\S[\s\S]*)$")
_OPEN = re.compile(r"[:：]\s*$")
_TICKED = re.compile(r"[☑☒√✓✔■]")
_BOX = re.compile(r"[□☐☑☒√✓✔■]")
_NUMBER = re.compile(r"^\s*\d{1,2}\s*[、.．]\s*")


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and where its value stands; `inline` is the value where both share a cell, `side` what stands before its block."""

    row: int
    label: str
    name_column: int
    value_column: int
    inline: str | None = None
    side: str = ""


def pairs_of(grid: Grid, row: int, form: FormType, registry: Registry, *, free: bool = False) -> list[Pair]:
    """The pairs of a row; `free` where its first text names something though nobody knows it."""
    held = own_cells(grid, row)
    found: list[Pair] = []
    index = 0
    while index < len(held):
        column = held[index]
        text = grid.text(row, column) if grid.textures[row, column] == Texture.TEXT else ""
        inline = _INLINE.match(text)
        if inline and (knows(inline[1], form, registry) or free) and not knows(text, form, registry):
            found.append(Pair(row, inline[1], column, column, inline[2].strip()))
            index += 1
            continue
        known = knows(text, form, registry)
        if not text or not (known or (free and (_OPEN.search(text) or not found))):
            index += 1
            continue
        after = _after(grid, row, column)
        following = held[index + 1] if index + 1 < len(held) else None
        named = following is not None and knows(grid.text(row, following), form, registry)
        label = _OPEN.sub("", text)
        if following is not None and not named:
            found.append(Pair(row, label, column, following))
            index += 2
        else:
            if after < grid.width and after != following and known:
                found.append(Pair(row, label, column, after))
            index += 1
    return found


def explains(pairs: list[Pair], held: list[int]) -> bool:
    """Whether every cell of a row is a name or the value beside one."""
    return set(held) <= {column for pair in pairs for column in (pair.name_column, pair.value_column)}


def knows(text: str, form: FormType, registry: Registry) -> bool:
    """Whether a text names a particular of a project, or a plain text of the form."""
    word = _OPEN.sub("", re.sub(r"^其中[:：、]?", "", compact(text)))
    return bool(word) and len(word) <= 24 and (registry.match(word, "head") is not None or form.gives(word))


def ticked(text: str) -> str | None:
    """What is ticked among check boxes, '' where none is; None where a text has none.

    >>> ticked("1、持续性项目□ 2、新增性项目☑"), ticked("☑常年性 □一次性"), ticked("□是 □否"), ticked("常年性")
    ('新增性项目', '常年性', '', None)
    """
    boxes = list(_BOX.finditer(text))
    if not boxes or not re.search("[□☐☑☒]", text):
        return None
    before = text[: boxes[0].start()].strip() == ""
    edges = [0, *(match.end() for match in boxes)]
    chosen = []
    for number, match in enumerate(boxes):
        if _TICKED.match(match[0]) is None:
            continue
        last = boxes[number + 1].start() if number + 1 < len(boxes) else len(text)
        option = text[match.end() : last] if before else text[edges[number] : match.start()]
        chosen.append(_NUMBER.sub("", option.strip(" \u3000,，;；、")).strip())
    return "、".join(filter(None, chosen))


def _after(grid: Grid, row: int, column: int) -> int:
    merge = grid.cover.get((row, column))
    return (merge.right if merge is not None else column) + 1
