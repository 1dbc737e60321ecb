"""What the cells of a column hold, for telling its field where the header leaves it open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wenxiao.model import Role, unit_named
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Cell, Texture
from wenxiao.sheets.cells.wording import compact, is_latin, narrow, role_of
from wenxiao.sheets.columns.heading import Heading

MOST_LINES = 200
"""How many records are looked at; a ledger's 220,000 say nothing more."""


@dataclass(frozen=True)
class Content:
    """What the first records of a column hold: the texts of its data (totals and the like left out), and how many figures."""

    texts: tuple[str, ...]
    figures: int
    percents: int

    @property
    def numeric(self) -> bool:
        """Whether the column holds more figures than texts."""
        return self.figures > len(self.texts)

    @property
    def rated(self) -> bool:
        """Whether most figures are written in per cent."""
        return self.percents * 2 > self.figures

    @property
    def latin(self) -> bool:
        """Whether the texts are in Latin letters, as those of a translation are."""
        return bool(self.texts) and all(map(is_latin, self.texts))

    @property
    def of_units(self) -> bool:
        """Whether most texts are units rather than names: known ones, or a lone character."""
        units = sum(len(text) == 1 or unit_named(text) is not None for text in self.texts)
        return units * 2 >= len(self.texts)

    def named(self, like: str) -> bool:
        """Whether the texts name the records, each another one, and most are like a pattern."""
        told = self.texts
        distinct = 0 < len(set(told)) == len(told)
        return distinct and sum(re.search(like, text) is not None for text in told) * 5 >= len(told) * 3


def contents_of(
    grid: Grid, headings: Iterable[Heading], lines: Sequence[int], *, transposed: bool = False
) -> Mapping[int, Content]:
    """What the column of each heading holds, by its position; its row where the table is on its side."""
    return {
        heading.position: _content(grid, heading.position, lines[:MOST_LINES], transposed=transposed)
        for heading in headings
    }


def _content(grid: Grid, position: int, lines: Sequence[int], *, transposed: bool) -> Content:
    at = np.array(lines, np.int64)
    textures = grid.textures[position, at] if transposed else grid.textures[at, position]

    def cells(texture: Texture) -> list[Cell]:
        chosen = at[textures == texture].tolist()
        return [grid.at(position, line) if transposed else grid.at(line, position) for line in chosen]

    words = [compact(narrow(str(cell))) for cell in cells(Texture.TEXT)]
    figures = cells(Texture.FIGURE)
    return Content(
        tuple(word for word in words if word and role_of(word) is Role.DATA),
        len(figures) + int((textures == Texture.NUMBER).sum()),
        sum(str(cell).rstrip().endswith(("%", "％")) for cell in figures),
    )
