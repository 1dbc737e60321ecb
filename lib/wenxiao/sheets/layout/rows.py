"""What the rows of a block of columns look like, one by one: blank, one text, words, figures, a unit line, years."""

from __future__ import annotations

from enum import IntEnum
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from wenxiao.model import unit_named
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Cell, Texture
from wenxiao.sheets.cells.wording import (
    compact,
    is_caption,
    is_meta,
    is_note,
    is_numbering,
    is_period_label,
    is_section,
    is_series_label,
    is_unit_label,
    role_of,
)
from wenxiao.sheets.layout.periods import follow, is_period, is_year
from wenxiao.sheets.layout.vocabulary import Vocabulary

LOOK_BELOW = 200
_BELOW = 12
"""How many rows below a row of years are looked at."""


class Line(IntEnum):
    """What a row looks like within a block of columns."""

    BLANK = 0
    LONE = 1
    """One text and nothing else: a title, a note, a heading of a group, or a row whose figures are absent."""
    WORDS = 2
    """Texts only: a header, or a row of a table of texts."""
    DATA = 3


class Rows:
    """The rows of a block of columns; those outside `rows` count as blank."""

    def __init__(
        self, grid: Grid, left: int, right: int, known: Vocabulary, rows: tuple[int, int] | None = None
    ) -> None:
        self.grid, self.left, self.right, self.known = grid, left, right, known
        self.columns = range(left, right + 1)
        self.textures: NDArray[np.int8] = grid.textures[:, left : right + 1]
        own = (self.textures != Texture.EMPTY) & (self.textures != Texture.COVERED)
        self.filled: NDArray[np.int64] = own.sum(axis=1)
        self.texts: NDArray[np.int64] = (self.textures == Texture.TEXT).sum(axis=1)
        self.lines = np.full(grid.height, Line.DATA, np.int8)
        words = self.texts == self.filled
        self.lines[words] = Line.WORDS
        self.lines[words & (self.filled == 1)] = Line.LONE
        self.lines[self.filled == 0] = Line.BLANK
        if rows is not None:
            self.lines[: rows[0]] = Line.BLANK
            self.lines[rows[1] + 1 :] = Line.BLANK
        held = np.flatnonzero((self.textures != Texture.EMPTY).any(axis=0))
        self._first = int(held[0]) if len(held) else 0

    def held(self, start: int, end: int | None = None, most: int | None = None) -> list[int]:
        """The rows from `start` to before `end` that hold anything, at most `most` of them."""
        found: list[int] = (np.flatnonzero(self.lines[start:end]) + start)[:most].tolist()
        return found

    def cells(self, row: int) -> list[Cell]:
        """The cells of a row that hold anything of their own."""
        return [
            self.grid.at(row, column)
            for column in self.columns
            if self.textures[row, column - self.left] not in (Texture.EMPTY, Texture.COVERED)
        ]

    def words(self, row: int) -> list[str]:
        """The texts of a row."""
        return [text for column in self.columns if (text := self.grid.text(row, column))]

    def names(self, row: int) -> tuple[str, ...]:
        """The texts of a row by place, without blanks."""
        return tuple(compact(self.grid.text(row, column)) for column in self.columns)

    def first_text(self, row: int) -> str:
        """The first text of a row, empty where there is none."""
        return next(iter(self.words(row)), "")

    def spread(self, row: int) -> int:
        """How many columns the cells of a row cover, merged ones with their width."""
        return int((self.textures[row] != Texture.EMPTY).sum())

    def first_free(self, row: int) -> bool:
        """Whether the first column that the block uses is free in a row, as below the corner of a header."""
        return self.textures[row, self._first] in (Texture.EMPTY, Texture.COVERED)

    def is_first(self, column: int) -> bool:
        """Whether a column of the sheet is the first that the block uses."""
        return column == self.left + self._first

    def repeats_above(self, row: int) -> bool:
        """Whether a row begins with the text above it and goes on otherwise, as a header whose merged cells were filled."""
        here, above = self.names(row), self.names(row - 1)
        return bool(here[self._first]) and here[self._first] == above[self._first] and here != above

    def hits(self, row: int) -> int:
        """How many cells of a row the registry knows as headers of one kind."""
        return self.known.hits(self.words(row))

    def named(self, row: int) -> bool:
        """Whether the registry knows most cells of a row as headers of one kind of table."""
        words = self.words(row)
        hits = self.known.hits(words)
        return hits >= 2 and hits * 5 >= len(words) * 3

    def particulars(self, row: int) -> int:
        """How many cells of a row name a particular of a project."""
        if self.filled[row] > 8:
            return 0
        return sum(isinstance(cell, str) and self.known.is_particular(cell) for cell in self.cells(row))

    def meta(self, row: int) -> bool:
        """Whether a row tells the unit, who filled the table in, its date or its page, and nothing else."""
        words = self.words(row)
        if sum(map(is_period, words)) > 1:
            return False  # years across are a header
        return bool(words) and len(words) == self.filled[row] and all(is_meta(word) for word in words)

    def captioned(self, row: int) -> bool:
        """Whether a row holds the title of a table, and beside it nothing but its unit, who filled it in, or its date."""
        words = self.words(row)
        others = [word for word in words if not is_meta(word)]
        if len(words) < 2 or len(words) != self.filled[row] or len(others) != 1:
            return False
        return is_caption(others[0]) or not self.hits(row)

    def noted(self, row: int) -> bool:
        """Whether a row is a note, a source or a signature."""
        return is_note(self.first_text(row))

    def title_like(self, row: int) -> bool:
        """Whether a row reads like the title of a table."""
        text = self.first_text(row)
        return is_caption(text) and not is_section(text)

    def titles(self, row: int) -> bool:
        """Whether a row holds nothing but titles of tables that stand side by side."""
        words = self.words(row)
        if len(words) < 2 or len(words) != self.filled[row] or self.known.hits(words):
            return False
        return len(set(words)) == 1 or all(
            word.endswith(("表", "续", "单")) or "续表" in word for word in words
        )

    def data(self, row: int) -> bool:
        """Whether a row holds figures that are no years of a header and no numbers of its columns."""
        return self.lines[row] == Line.DATA and not (self.years(row) or self.meta(row) or self.describes(row))

    def years(self, row: int) -> bool:
        """Whether the figures of a row are years or dates as a header has them.

        They follow each other, or the label of a header stands before them, and the figures below are no years: amounts
        of 2021 and 2020 (万元) look like years too.
        """
        places = np.flatnonzero(np.isin(self.textures[row], (Texture.NUMBER, Texture.FIGURE, Texture.DATE)))
        if not len(places) or self.filled[row] != self.texts[row] + len(places):
            return False
        cells = [self.grid.at(row, self.left + place) for place in places.tolist()]
        if not all(map(is_year, cells)) or is_note(self.first_text(row)):
            return False
        if self._sums_below(row, places):
            return False  # a total without a name
        ordered, alike = follow(cells), self._years_below(row, places)
        if self.first_free(row) or (
            self.known.kinds_of(label := self.first_text(row)) and not role_of(label)
        ):
            return ordered or not alike
        opens = row == 0 or self.meta(row - 1) or self.lines[row - 1] in (Line.BLANK, Line.LONE)
        if role_of(label) or self.known.names_a_record(label):
            return False
        return not alike and (ordered or (opens and len(places) > 1))

    def _sums_below(self, row: int, places: NDArray[np.int64]) -> bool:
        """Whether each figure of a row is the sum of those right below it."""
        below = list(
            takewhile(lambda line: self.lines[line] == Line.DATA, self.held(row + 1, most=LOOK_BELOW))
        )
        columns = [
            [self.grid.at(line, self.left + place) for line in [row, *below]] for place in places.tolist()
        ]
        return len(below) > 1 and all(
            all(isinstance(cell, (int, float)) for cell in cells) and round(sum(cells[1:]) - cells[0], 6) == 0  # type: ignore[arg-type, operator]
            for cells in columns
        )

    def _years_below(self, row: int, places: NDArray[np.int64]) -> bool:
        """Whether most figures in the next rows, in these columns, look like years too."""
        below = [line for line in self.held(row + 1, most=_BELOW) if self.lines[line] == Line.DATA]
        figures = [
            self.grid.at(line, self.left + place)
            for line in below
            for place in places.tolist()
            if self.textures[line, place] in (Texture.NUMBER, Texture.FIGURE)
        ]
        return sum(map(is_year, figures)) * 2 > len(figures)

    def describes(self, row: int) -> bool:
        """Whether a row below a header describes its columns as statistical series do: 频度, 单位, 来源."""
        label, *others = self.words(row) or [""]
        if self.first_free(row) or np.isin(self.textures[row], (Texture.NUMBER, Texture.FIGURE)).any():
            return False
        if is_unit_label(label):
            return sum(only_unit(word) or len(compact(word)) == 1 for word in others) * 2 > len(others)
        return is_series_label(label)

    def numbering(self, row: int) -> bool:
        """Whether a row only numbers the columns (甲 乙 1 2 3=1+2) or counts the quarters or months of the year above."""
        cells = self.cells(row)
        if len(cells) > 3 and isinstance(cells[0], str) and is_period_label(cells[0]):
            cells = cells[1:]
        if len(cells) < 3:
            return False
        digits: list[int] = []
        for cell in cells:
            if isinstance(cell, (int, float)) and float(cell).is_integer():
                digits.append(int(cell))
            elif isinstance(cell, str) and is_numbering(cell):
                word = compact(cell).partition("=")[0].strip("()")
                digits.extend([int(word)] if word.isdigit() else [])
            else:
                return False
        return (
            len(digits) >= 2 and digits == list(range(digits[0], digits[0] + len(digits))) and digits[0] <= 1
        )

    def names_a_row(self, row: int, body: list[int]) -> bool:
        """Whether a lone text names a row whose figures are absent: short, and standing where the names stand."""
        text = self.first_text(row)
        if len(text) > 20 or is_note(text) or is_caption(text) or any(sign in text for sign in "。；：:"):
            return False
        column = int(np.flatnonzero(self.textures[row] == Texture.TEXT)[0])
        merge = self.grid.cover.get((row, self.left + column))
        if (merge is not None and merge.wide) or not body:
            return False
        return float((self.textures[body, column] == Texture.TEXT).mean()) > 0.5


def only_unit(text: str) -> bool:
    """Whether a header cell says a unit, or something in brackets, and nothing else."""
    word = compact(text)
    return (word.startswith("(") and word.endswith(")")) or unit_named(word) is not None
