"""What words, numbering and indents propose about the rows of a table; arithmetic decides about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wenxiao.fields.places import level_of
from wenxiao.model import Role
from wenxiao.sheets.cells.wording import name_of, narrow

_LEVELS = (
    re.compile(r"[一二三四五六七八九十]+\s*[、.．]"),
    re.compile(r"[（(][一二三四五六七八九十]+[)）]"),
    re.compile(r"\d{1,3}\s*[.、．](?!\d)"),
    re.compile(r"[（(]\d{1,3}[)）]"),
    re.compile(r"[①-⑳]"),
)
_TELLING = frozenset(
    "一二三四五六七八九十（(0123456789０１２３４５６７８９其# \t\u3000\xa0①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
)
"""What a name with a number or an indent begins with; of 220,000 names most do not."""
_WORD_BEFORE = re.compile(r"^(其中|#)\s*[:：,，、]?\s*")


@dataclass(frozen=True)
class RowWords:
    """What each record's name says: a total, a sum of a group, 其中, a mean; its level of numbering (0 none), its indent, its level as a place."""

    total: NDArray[np.bool_]
    group: NDArray[np.bool_]
    of_which: NDArray[np.bool_]
    mean: NDArray[np.bool_]
    level: NDArray[np.int8]
    indent: NDArray[np.int8]
    place: NDArray[np.int8]
    figures: NDArray[np.bool_]
    """Where a record takes part at all: no heading, note, template, grade or row of full marks."""

    @cached_property
    def sums(self) -> NDArray[np.bool_]:
        """Where a name says that a record sums others."""
        return np.asarray(self.total | self.group)


_TAKING_PART = np.array(
    [int(role) for role in (Role.DATA, Role.TOTAL, Role.SUBTOTAL, Role.OF_WHICH, Role.REGION_SUBTOTAL)]
)


def row_words(labels: Sequence[str], roles: NDArray[np.int8], *, of_places: bool = False) -> RowWords:
    """What the names of records propose; `labels` as they stand in the cells, blanks in front included."""
    level, indent = np.zeros(len(labels), np.int8), np.zeros(len(labels), np.int8)
    for record in [record for record, label in enumerate(labels) if label[:1] in _TELLING]:
        level[record], indent[record] = _place(labels[record])
    places = {label: level_of(name_of(label)) for label in (set(labels) if of_places else ())}
    return RowWords(
        total=(roles == int(Role.TOTAL)) | (roles == int(Role.SUBTOTAL)),
        group=roles == int(Role.REGION_SUBTOTAL),
        of_which=roles == int(Role.OF_WHICH),
        mean=roles == int(Role.MEAN),
        level=level,
        indent=indent,
        place=np.array([places.get(label, 0) for label in labels], np.int8),
        figures=np.isin(roles, _TAKING_PART),
    )


def _place(label: str) -> tuple[int, int]:
    """The level of numbering of a name (0 where it has none) and how far it is indented."""
    bare = label.lstrip(" \t\u3000\xa0")
    indent = sum(2 if sign in "\u3000\t" else 1 for sign in label[: len(label) - len(bare)])
    line = _WORD_BEFORE.sub("", narrow(bare))
    level = next((n for n, pattern in enumerate(_LEVELS, start=1) if pattern.match(line)), 0)
    return level, min(indent, 120)
