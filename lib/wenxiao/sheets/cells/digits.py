"""The digits that stand in a column, exactly and before any unit: a whole number and how many of its digits are decimals."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wenxiao.model import Missing, Unit
from wenxiao.sheets.cells.texture import Cell, Texture
from wenxiao.sheets.cells.value import Reading, reading

SPREADSHEET_DIGITS = 15
"""A spreadsheet keeps and shows 15 significant digits; what a binary float holds beyond them was never printed."""
MOST_EXACT = 2**53
"""Whole numbers below this are exact as a container keeps them, with all their digits."""
MOST_PLACES = 18
MOST_WHOLE = 10**18
MOST = 1e18
"""No amount of money, area or people in any unit is as large."""
_PLAIN = r"^[+-]?([0-9]{1,17}|[0-9]{1,3}(,[0-9]{3}){1,5})(\.[0-9]{1,4})?$"
_MANY = 2000


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cell that could not be taken as it stands: which record, its text, what is wrong, and the finding's code."""

    record: int
    text: str
    why: str
    code: str = "sheet-not-a-number"


@dataclass
class Digits:
    """What stands in the cells of a column.

    whole, places  the number is whole × 10^-places; `valid` where there is one; `large` where whole does not fit
    units          record → the unit behind the digits; qualifiers record → 约, ≥ or the words
    missing        the code of `Missing`, 0 where there is a value or words that are allowed
    """

    whole: NDArray[np.int64]
    places: NDArray[np.int16]
    valid: NDArray[np.bool_]
    missing: NDArray[np.int8]
    large: dict[int, Decimal] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)
    qualifiers: dict[int, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    def put(self, record: int, number: Decimal, places: int) -> None:
        """Sets the number of one record."""
        whole = int(number.scaleb(places))
        self.valid[record], self.places[record] = True, places
        if abs(whole) < MOST_WHOLE:
            self.whole[record] = whole
        else:
            self.large[record] = number


def digits_of(cells: Sequence[Cell], textures: NDArray[np.int8], *, words_allowed: bool) -> Digits:
    """The digits of a column of cells; `words_allowed` where a text that is no number is no error (报告数)."""
    count = len(cells)
    digits = Digits(
        np.zeros(count, np.int64),
        np.zeros(count, np.int16),
        np.zeros(count, np.bool_),
        np.zeros(count, np.int8),
    )
    digits.missing[textures == Texture.COVERED] = Missing.COVERED
    digits.missing[textures == Texture.EMPTY] = Missing.NOT_PROVIDED
    numeric = np.flatnonzero(textures == Texture.NUMBER)
    if len(numeric):
        _numbers(digits, cells if len(numeric) == count else [cells[n] for n in numeric.tolist()], numeric)
    figures = np.flatnonzero(textures == Texture.FIGURE)
    plain = _plain(digits, cells, figures) if len(figures) >= _MANY else np.zeros(len(figures), np.bool_)
    for record in figures[~plain].tolist():
        _text(digits, record, str(cells[record]), reading(str(cells[record])), words_allowed)
    for record in np.flatnonzero(np.isin(textures, (Texture.TEXT, Texture.MARK))).tolist():
        _text(digits, record, str(cells[record]), reading(str(cells[record])), words_allowed)
    for record in np.flatnonzero(textures == Texture.DATE).tolist():
        _refuse(digits, record, str(cells[record]), "是日期，不是数字")
    return digits


def _text(digits: Digits, record: int, text: str, read: Reading, words_allowed: bool) -> None:
    """Takes what one text stands for."""
    if read.number is not None and abs(read.number) >= MOST:
        _refuse(digits, record, text, "大得不可能是真的")
        return
    if read.number is not None:
        digits.put(record, read.number, read.places)
        if read.unit is not None:
            digits.units[record] = read.unit
        if read.qualifier:
            digits.qualifiers[record] = read.qualifier
        if read.why:
            digits.troubles.append(Trouble(record, text, read.why, read.code))
        return
    unreadable = read.missing in (None, Missing.UNREADABLE)
    if words_allowed and (read.qualifier or unreadable):
        digits.texts[record] = text.strip()
    elif unreadable:
        _refuse(digits, record, text, read.why, read.code)
    else:
        digits.missing[record] = read.missing or Missing.UNREADABLE
        if read.qualifier:
            digits.texts[record], digits.qualifiers[record] = text.strip(), read.qualifier


def _refuse(digits: Digits, record: int, text: str, why: str, code: str = "sheet-not-a-number") -> None:
    digits.missing[record] = Missing.UNREADABLE
    digits.texts[record] = text.strip()
    digits.troubles.append(Trouble(record, text.strip(), why, code))


def _numbers(digits: Digits, cells: Sequence[Cell], records: NDArray[np.int64]) -> None:
    """Takes numeric cells: the fewest decimals whose float is the cell, else its 15 significant digits."""
    floats = np.array(array("d", cast("Sequence[float]", cells)))
    whole = np.zeros(len(floats), np.int64)
    places = np.zeros(len(floats), np.int16)
    open_ = np.flatnonzero(np.abs(floats) < MOST)
    for decimals in range(SPREADSHEET_DIGITS + 1):
        if not len(open_):
            break
        tens = 10.0**decimals
        value = floats[open_]
        rounded = np.rint(value * tens)
        exact = (np.abs(rounded) < 10.0**SPREADSHEET_DIGITS) & (rounded / tens == value)
        hit = open_[exact]
        whole[hit] = rounded[exact].astype(np.int64)
        places[hit] = decimals
        open_ = open_[~exact]
    digits.whole[records], digits.places[records] = whole, places
    readable = np.abs(floats) < MOST
    digits.valid[records] = readable
    for index in open_.tolist():
        number = _fifteen(cells[index])
        digits.put(int(records[index]), number, max(0, -int(number.as_tuple().exponent)))
    for index in np.flatnonzero(~readable).tolist():
        _refuse(digits, int(records[index]), str(cells[index]), "大得不可能是真的")


def _fifteen(cell: Cell) -> Decimal:
    """A number as its 15 significant digits, without idle zeros, to at most 18 decimals."""
    if isinstance(cell, int) or (isinstance(cell, float) and cell.is_integer() and abs(cell) < MOST_EXACT):
        return Decimal(int(cell))
    number = Decimal(f"{cell:.{SPREADSHEET_DIGITS}g}").normalize()
    if -int(number.as_tuple().exponent) > MOST_PLACES:
        number = number.quantize(Decimal(1).scaleb(-MOST_PLACES), ROUND_HALF_UP).normalize()
    return number if int(number.as_tuple().exponent) <= 0 else Decimal(int(number))


def _plain(digits: Digits, cells: Sequence[Cell], records: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Takes texts that are nothing but digits, all at once; says which those are."""
    texts = pc.utf8_trim_whitespace(pa.array([cells[record] for record in records.tolist()], pa.string()))
    plain = pc.match_substring_regex(texts, _PLAIN).to_numpy(zero_copy_only=False)
    bare = pc.replace_substring(texts.filter(pa.array(plain)), ",", "")
    points = pc.find_substring(bare, ".").to_numpy(zero_copy_only=False)
    lengths = pc.binary_length(bare).to_numpy(zero_copy_only=False)
    unsigned = pc.utf8_ltrim(pc.replace_substring(bare, ".", ""), "+")
    small = pc.less_equal(pc.binary_length(unsigned), SPREADSHEET_DIGITS + 3).to_numpy(zero_copy_only=False)
    taken = records[plain][small]
    digits.whole[taken] = unsigned.filter(pa.array(small)).cast(pa.int64()).to_numpy(zero_copy_only=False)
    digits.places[taken] = np.where(points < 0, 0, lengths - points - 1)[small]
    digits.valid[taken] = True
    plain[np.flatnonzero(plain)[~small]] = False
    return np.asarray(plain, np.bool_)
