"""What cells look like before anything is known of their table, a column at a time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from enum import IntEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wenxiao.sheets.cells.value import QUALIFIERS, reading
from wenxiao.sheets.cells.wording import MARKS, narrow

Cell = object
"""A raw cell: text, an int, a float, a bool, a date, a time or a duration; an empty text where there is nothing."""


class Texture(IntEnum):
    """What a cell looks like before anything is known of its table."""

    EMPTY = 0
    TEXT = 1
    NUMBER = 2
    FIGURE = 3
    """A text that reads as a number."""
    DATE = 4
    MARK = 5
    """A text that stands for the absence of a value."""
    COVERED = 6
    """Hidden beneath a merged cell."""


_MANY = 2000
_TOP = 64
"""Titles and headers stand in the first rows; below them a column is mostly of one kind, which is cheap to see."""
_OPENINGS = "|".join(re.escape(word) for word in sorted({*QUALIFIERS, *MARKS} - {""}, key=len, reverse=True))
_MAY_BE_FIGURE = rf"^[^\p{{Han}}A-Za-z]|^(?:{_OPENINGS})|^.{{0,2}}$|_x"
"""Texts that do not begin so are neither figures nor marks: in long columns only these are looked at one by one."""


def textures_of(cells: Sequence[Cell]) -> NDArray[np.int8]:
    """The texture of each cell of a column."""
    if len(cells) > 2 * _TOP:
        return np.concatenate([_textures(cells[:_TOP]), _textures(cells[_TOP:])])
    return _textures(cells)


def _textures(cells: Sequence[Cell]) -> NDArray[np.int8]:
    kinds = set(map(type, cells))
    if kinds <= {float, int}:
        return np.full(len(cells), int(Texture.NUMBER), np.int8)
    if kinds == {str}:
        return _textures_of_texts(cells)
    textures = np.full(len(cells), int(Texture.NUMBER), np.int8)
    words = [index for index, cell in enumerate(cells) if type(cell) is str]
    if words:
        textures[words] = _textures_of_texts([cells[index] for index in words])
    if not kinds <= {float, int, str}:
        for index, cell in enumerate(cells):
            if isinstance(cell, bool):
                textures[index] = Texture.TEXT
            elif isinstance(cell, (dt.date, dt.time, dt.timedelta)):
                textures[index] = Texture.DATE
    return textures


def texture_of(text: str) -> Texture:
    """The texture of one text.

    >>> texture_of("8,000.00 ").name, texture_of("—").name, texture_of("兰山区").name
    ('FIGURE', 'MARK', 'TEXT')
    """
    word = narrow(text)
    if not word:
        return Texture.EMPTY
    if word in MARKS:
        return Texture.MARK
    return Texture.FIGURE if reading(text).number is not None else Texture.TEXT


def _textures_of_texts(texts: Sequence[Cell]) -> NDArray[np.int8]:
    if len(texts) < _MANY:
        known = _Known()
        return np.fromiter(map(known.__getitem__, texts), np.int8, len(texts))
    encoded = pa.array(texts, pa.string()).dictionary_encode()
    distinct: pa.Array = encoded.dictionary
    kinds = np.full(len(distinct), int(Texture.TEXT), np.int8)
    doubtful = np.flatnonzero(
        pc.match_substring_regex(distinct, _MAY_BE_FIGURE).to_numpy(zero_copy_only=False)
    )
    for index, text in zip(doubtful.tolist(), distinct.take(pa.array(doubtful)).to_pylist(), strict=True):
        kinds[index] = texture_of(text)
    return np.asarray(kinds[encoded.indices.to_numpy(zero_copy_only=False)])


class _Known(dict[Cell, int]):
    """The texture of each distinct text, found once."""

    def __missing__(self, cell: Cell) -> int:
        texture = int(texture_of(str(cell)))
        self[cell] = texture
        return texture
