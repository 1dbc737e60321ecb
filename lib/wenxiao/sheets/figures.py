"""A column of raw cells as exact decimals in one unit, with printed precision, qualifiers and kinds of missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wenxiao.model import Missing, Unit
from wenxiao.model.units import NUMBER, RATIO
from wenxiao.sheets.format import Format
from wenxiao.sheets.grid import Cell, Texture
from wenxiao.sheets.value import reading

MOST_PLACES = 18
SPREADSHEET_DIGITS = 15
"""A spreadsheet keeps and shows 15 significant digits; what a binary float holds beyond them was never printed."""

_COUNTS = frozenset({"pieces", "number"})
_COUNTED = frozenset({"neighbourhoods", "projects", "buildings", "households", "persons", "pieces", "number"})
_SIMPLE = r"^\s*[+-]?[0-9]{1,18}(\.[0-9]{1,14})?\s*$"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cell that could not be taken as it stands: which record, its text, what is wrong, and whether it is an error."""

    record: int
    text: str
    why: str
    code: str = "sheet-not-a-number"


@dataclass(frozen=True)
class Figures:
    """The arrays of a numeric column, as `Column` keeps them, and the cells that made trouble."""

    unit: Unit
    numbers: pa.Array
    texts: pa.Array | None
    missing: NDArray[np.int8]
    places: NDArray[np.int8]
    inferred: NDArray[np.bool_]
    qualifiers: dict[int, str]
    row_units: dict[int, Unit]
    troubles: list[Trouble] = field(default_factory=list)


@dataclass
class _Digits:
    """What stands in the cells, before units: plain decimal strings, printed places, units and words of their own."""

    strings: pa.Array
    places: NDArray[np.int16]
    units: dict[int, Unit]
    qualifiers: dict[int, str]
    missing: NDArray[np.int8]
    texts: dict[int, str]
    troubles: list[Trouble]


def figures_of(
    cells: Sequence[Cell],
    textures: NDArray[np.int8],
    formats: Mapping[int, Format],
    *,
    target: Unit | None,
    declared: Unit | None = None,
    percent: bool = False,
    row_units: Mapping[int, Unit] | None = None,
    words_allowed: bool = False,
) -> Figures:
    """The figures of a column.

    target     the unit of the field; amounts are converted to it
    declared   the unit that header or unit row give; `percent` where they say that plain numbers are per cent
    formats    record → its number format
    row_units  record → the unit a 单位 column or a row's name gives
    words_allowed  whether words are no error (报告数)
    """
    digits = _digits(cells, textures, words_allowed)
    count = len(cells)
    unit = target or declared or _shared(digits, count, row_units) or NUMBER
    own: dict[int, Unit] = dict(row_units or {})
    own.update(digits.units)
    shifts = np.zeros(count, np.int16)
    printed = digits.places.copy()
    shown = np.zeros(count, bool)
    if declared is not None and declared.dimension == unit.dimension:
        shifts[:] = declared.exponent - unit.exponent
    if percent:
        shifts[:] = -2
    styled = textures == Texture.NUMBER
    for style in set(formats.values()):
        records = np.array(
            [record for record, its in formats.items() if its == style and styled[record]], np.int64
        )
        _apply(style, records, printed, shown, shifts, own, unit)
    kept: dict[int, Unit] = {}
    for record, record_unit in own.items():
        if record_unit.dimension == unit.dimension:
            if record in digits.units or record in (row_units or {}):
                shifts[record] = record_unit.exponent - unit.exponent
        elif unit == NUMBER and target is None:
            kept[record], shifts[record] = record_unit, 0
        elif record_unit.dimension in _COUNTS and unit.dimension in _COUNTED:
            continue
        else:
            kept[record], shifts[record] = record_unit, 0
            if digits.missing[record] == 0:
                digits.troubles.append(
                    Trouble(record, str(cells[record]), f"单位“{record_unit.symbol}”与本列单位“{unit.symbol}”不符", "sheet-unit-contradiction")
                )  # fmt: skip
    numbers = _shifted(digits.strings, digits.places, shifts)
    finest, inferred = _finest(digits, styled & ~shown, kept, unit, shifts)
    printed = np.where(inferred, finest, printed - shifts).astype(np.int8)
    texts = _texts(digits.texts, count)
    return Figures(
        unit, numbers, texts, digits.missing, printed, inferred, digits.qualifiers,
        {record: of for record, of in kept.items() if digits.missing[record] == 0}, digits.troubles,
    )  # fmt: skip


def _apply(
    style: Format,
    records: NDArray[np.int64],
    printed: NDArray[np.int16],
    shown: NDArray[np.bool_],
    shifts: NDArray[np.int16],
    own: dict[int, Unit],
    unit: Unit,
) -> None:
    """Takes the printed precision, per cent and unit of a number format over to the records that have it."""
    shown[records] = True
    printed[records] = style.places + (2 if style.percent else 0)
    if style.percent:
        shifts[records] = 0
        if unit.dimension != RATIO.dimension:
            own.update(dict.fromkeys(records.tolist(), RATIO))
    elif style.unit is not None and style.unit != unit:
        own.update(dict.fromkeys(records.tolist(), style.unit))


def _digits(cells: Sequence[Cell], textures: NDArray[np.int8], words_allowed: bool) -> _Digits:
    count = len(cells)
    missing = np.zeros(count, np.int8)
    places = np.zeros(count, np.int16)
    strings: list[str | None] | pa.Array = [None] * count
    units: dict[int, Unit] = {}
    qualifiers: dict[int, str] = {}
    texts: dict[int, str] = {}
    troubles: list[Trouble] = []
    numeric = textures == Texture.NUMBER
    if numeric.all() and count:
        strings, places = _plain_numbers(list(cells))
    else:
        slots: list[str | None] = [None] * count
        indices = np.flatnonzero(numeric).tolist()
        if indices:
            written, decimals = _plain_numbers([cells[index] for index in indices])
            places[indices] = decimals
            for index, text in zip(indices, written.to_pylist(), strict=True):
                slots[index] = text
        for index in np.flatnonzero(~numeric).tolist():
            texture, cell = textures[index], cells[index]
            if texture == Texture.COVERED:
                missing[index] = Missing.COVERED
                continue
            if texture == Texture.EMPTY:
                missing[index] = Missing.NOT_PROVIDED
                continue
            text = str(cell)
            read = reading(text) if isinstance(cell, str) else None
            if read is None:
                missing[index] = Missing.UNREADABLE
                texts[index] = text
                troubles.append(
                    Trouble(index, text, "是日期，不是数字" if texture == Texture.DATE else "不是数字")
                )
            elif read.number is not None:
                slots[index] = str(read.number) if read.unit is not RATIO else f"{read.number:f}"
                places[index] = read.places
                if read.unit is not None:
                    units[index] = read.unit
                if read.qualifier:
                    qualifiers[index] = read.qualifier
                if read.why:
                    troubles.append(Trouble(index, text, read.why, "sheet-range"))
            else:
                missing[index] = read.missing or Missing.UNREADABLE
                if words_allowed and (read.qualifier or missing[index] == Missing.UNREADABLE):
                    texts[index], missing[index] = text.strip(), 0
                elif read.qualifier:
                    texts[index], qualifiers[index] = text.strip(), read.qualifier
                elif missing[index] == Missing.UNREADABLE:
                    texts[index] = text.strip()
                    troubles.append(Trouble(index, text, read.why))
        strings = pa.array(slots, pa.string())
    return _Digits(strings, places, units, qualifiers, missing, texts, troubles)


def _plain_numbers(values: list[object]) -> tuple[pa.Array, NDArray[np.int16]]:
    """Numeric cells as decimal strings of at most 15 significant digits, with the decimals each has."""
    floats = pa.array(values, pa.float64())
    strings = floats.cast(pa.string())
    lengths = pc.binary_length(strings).to_numpy(zero_copy_only=False)
    exponents = pc.match_substring(strings, "e").to_numpy(zero_copy_only=False)
    odd = np.flatnonzero((lengths > SPREADSHEET_DIGITS + 1) | exponents)
    if len(odd):
        listed = strings.to_pylist()
        for index in odd.tolist():
            listed[index] = _fifteen(values[index])
        strings = pa.array(listed, pa.string())
        lengths = pc.binary_length(strings).to_numpy(zero_copy_only=False)
    points = pc.find_substring(strings, ".").to_numpy(zero_copy_only=False)
    return strings, np.where(points < 0, 0, lengths - points - 1).astype(np.int16)


def _fifteen(value: object) -> str:
    """A number as its 15 significant digits, without an exponent and without idle zeros."""
    number = (
        Decimal(f"{float(value):.{SPREADSHEET_DIGITS}g}") if not isinstance(value, int) else Decimal(value)
    )  # type: ignore[arg-type]
    text = f"{number:.{MOST_PLACES}f}" if -int(number.as_tuple().exponent) > MOST_PLACES else f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _shared(digits: _Digits, count: int, row_units: Mapping[int, Unit] | None) -> Unit | None:
    """The unit that every figure of a column carries itself, where none is declared."""
    if row_units:
        return None
    present = (
        [index for index in range(count) if digits.missing[index] == 0 and index not in digits.texts]
        if digits.units
        else []
    )
    units = {digits.units.get(index) for index in present}
    return next(iter(units)) if len(units) == 1 else None


def _shifted(strings: pa.Array, places: NDArray[np.int16], shifts: NDArray[np.int16]) -> pa.Array:
    """The decimals times ten to the power of each record's shift, exactly, as one decimal128 array."""
    if not len(strings):
        return pa.array([], pa.decimal128(38, 0))
    valid = strings.is_valid().to_numpy(zero_copy_only=False)
    distinct = np.unique(shifts[valid]) if valid.any() else np.zeros(1, np.int16)
    scale = int(np.clip((places - shifts)[valid].max() if valid.any() else 0, 0, MOST_PLACES + 8))
    if len(distinct) == 1:
        return _moved(strings, int(places[valid].max()) if valid.any() else 0, int(distinct[0]), scale)
    parts, order = [], []
    for shift in distinct.tolist():
        chosen = np.flatnonzero((shifts == shift) | (~valid if shift == distinct[0] else False))
        parts.append(_moved(strings.take(pa.array(chosen)), int(places[chosen].max()), shift, scale))
        order.append(chosen)
    back = np.argsort(np.concatenate(order), kind="stable")
    return pa.concat_arrays(parts).take(pa.array(back))


def _moved(strings: pa.Array, places: int, shift: int, scale: int) -> pa.Array:
    digits = max(places, 0)
    exact = strings.cast(pa.decimal128(38, digits))
    if shift == 0:
        return exact if digits == scale else exact.cast(pa.decimal128(38, scale))
    moved = pa.Array.from_buffers(
        pa.decimal128(38, digits - shift), len(exact), exact.buffers(), exact.null_count
    )
    return moved if digits - shift == scale else moved.cast(pa.decimal128(38, scale))


def _finest(
    digits: _Digits,
    inferred: NDArray[np.bool_],
    kept: Mapping[int, Unit],
    unit: Unit,
    shifts: NDArray[np.int16],
) -> tuple[NDArray[np.int16], NDArray[np.bool_]]:
    """The finest printed decimal among the figures that share a unit, and which records take it (推定)."""
    own = digits.places - shifts
    valid = digits.strings.is_valid().to_numpy(zero_copy_only=False)
    inferred = inferred & valid
    finest = np.zeros(len(own), np.int16)
    apart = np.zeros(len(own), bool)
    for of in set(kept.values()):
        group = np.array([record for record, its in kept.items() if its == of])
        group = group[valid[group]]
        apart[group] = True
        if len(group):
            finest[group] = own[group].max()
    rest = valid & ~apart
    if rest.any():
        finest[rest] = own[rest].max()
    return finest, inferred


def _texts(texts: Mapping[int, str], count: int) -> pa.Array | None:
    if not texts:
        return None
    return pa.array([texts.get(index) for index in range(count)], pa.string())
