"""A column of raw cells as exact decimals in one unit, with printed precision, qualifiers and kinds of missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wenxiao.model import Missing, Unit
from wenxiao.model.units import NUMBER, POINTS, RATIO
from wenxiao.sheets.cells.digits import Digits, Trouble, digits_of
from wenxiao.sheets.cells.number_format import Format
from wenxiao.sheets.cells.texture import Cell, Texture

_COUNTS = frozenset({"pieces", "number"})
_MOST_INT64 = 9 * 10**18


@dataclass(frozen=True, slots=True)
class Styles:
    """The number formats of a column: for each record an index into `palette`, below 0 where unknown."""

    codes: NDArray[np.int16]
    palette: tuple[Format | None, ...]

    def groups(
        self, numeric: NDArray[np.bool_], cells: Sequence[Cell]
    ) -> Iterator[tuple[Format, NDArray[np.int64]]]:
        """Each format that says something, with the numeric records that it shows."""
        for code in np.unique(self.codes[numeric]).tolist():
            style = self.palette[code] if code >= 0 else None
            if style is None:
                continue
            records = np.flatnonzero((self.codes == code) & numeric)
            if not style.others:
                yield style, records
                continue
            shown = [style.of(float(cast("float", cells[record]))) for record in records.tolist()]
            for form in dict.fromkeys(shown):
                if form is not None:
                    yield form, records[[each == form for each in shown]]


@dataclass(frozen=True)
class Meaning:
    """What is known of a column before its cells are read.

    target     the unit of the field; amounts are converted to it
    declared   the unit that the header or the unit row give; `percent` where it says that plain numbers are per cent
    row_units  record → the unit that a 单位 column gives
    words_allowed  whether a text that is no number is no error
    """

    target: Unit | None = None
    declared: Unit | None = None
    percent: bool = False
    row_units: Mapping[int, Unit] | None = None
    words_allowed: bool = False


@dataclass(frozen=True)
class Figures:
    """The arrays of a numeric column, as `Column` keeps them.

    `bare` are the figures that carry no unit or per cent of their own; `troubles` the cells that made trouble.
    """

    unit: Unit
    numbers: pa.Array
    texts: pa.Array | None
    missing: NDArray[np.int8]
    places: NDArray[np.int8]
    inferred: NDArray[np.bool_]
    qualifiers: dict[int, str]
    row_units: dict[int, Unit]
    bare: NDArray[np.bool_]
    troubles: tuple[Trouble, ...]


def figures_of(
    cells: Sequence[Cell], textures: NDArray[np.int8], styles: Styles | None, meaning: Meaning
) -> Figures:
    """The figures of a column: amounts in the field's unit, rates as fractions, every digit as printed.

    A weight or score in per cent is points out of a hundred.
    A unit behind the digits outranks the row's, the row's the header's; a number format in per cent outranks a header
    or a row that says so. A figure whose unit cannot become the column's keeps its own in `row_units`.
    """
    digits = digits_of(cells, textures, words_allowed=meaning.words_allowed)
    unit = meaning.target or meaning.declared or _shared(digits, meaning) or NUMBER
    own: dict[int, Unit] = {**(meaning.row_units or {}), **digits.units}
    in_percent = {n for n, its in (meaning.row_units or {}).items() if its == RATIO} - digits.units.keys()
    shifts = np.zeros(len(cells), np.int16)
    if meaning.declared is not None and meaning.declared.dimension == unit.dimension:
        shifts[:] = meaning.declared.exponent - unit.exponent
    if meaning.percent:
        shifts[:] = -2
    printed, shown = digits.places.copy(), np.zeros(len(cells), np.bool_)
    numeric = textures == int(Texture.NUMBER)
    bare = digits.valid.copy()
    scales = np.zeros(len(cells), np.int16)
    for style, records in styles.groups(numeric, cells) if styles is not None else ():
        if style.unclear:
            _unclear(digits, records, cells, style)
            continue
        scales[records] = style.scale
        if style.places is not None:
            shown[records] = True
            printed[records] = style.places + style.scale + (2 if style.percent else 0)
        if style.percent:
            shifts[records], bare[records] = 0, False
            in_percent.difference_update(records.tolist())
            own.update(dict.fromkeys(records.tolist(), RATIO) if unit != RATIO else {})
        elif style.unit is not None:
            bare[records] = False
            own.update(dict.fromkeys(records.tolist(), style.unit))
    bare[list(own)] = False
    bare &= digits.valid
    kept: dict[int, Unit] = {}
    for record, its in own.items():
        if its.dimension == unit.dimension:
            shifts[record] = its.exponent - unit.exponent
        elif unit == POINTS and its == RATIO:
            shifts[record] = 2
        elif unit == NUMBER and meaning.target is None:
            kept[record], shifts[record] = its, 0
        elif not (its.dimension in _COUNTS and (unit.counted or unit.dimension in _COUNTS)):
            kept[record], shifts[record] = its, 0
            if digits.valid[record]:
                why = f"单位“{its.symbol}”与本列单位“{unit.symbol}”不符"
                digits.troubles.append(Trouble(record, str(cells[record]), why, "sheet-unit-contradiction"))
    shifts[sorted(in_percent & kept.keys())] = -2  # 90 in a row whose unit is %
    shifts -= scales
    inferred = numeric & ~shown & digits.valid
    if inferred.any():
        printed = np.where(inferred, _finest(digits, kept, shifts) + shifts, printed)
    return Figures(
        unit,
        decimals(digits, shifts),
        _texts(digits.texts, len(cells)),
        digits.missing,
        (printed - shifts).astype(np.int8),
        inferred,
        digits.qualifiers,
        {record: its for record, its in kept.items() if digits.valid[record]},
        bare,
        tuple(digits.troubles),
    )


def _unclear(digits: Digits, records: NDArray[np.int64], cells: Sequence[Cell], style: Format) -> None:
    """Refuses the cells whose number format shows something else than their value; a zero may be left blank."""
    for record in records.tolist():
        zero = cells[record] == 0
        digits.valid[record] = False
        digits.missing[record] = Missing.NOT_PROVIDED if zero else Missing.UNREADABLE
        why = f"单元格的数字格式{style.unclear}，看到的不是所存的数"
        digits.troubles.append(
            Trouble(
                record, str(cells[record]), why, "sheet-zero-not-shown" if zero else "sheet-number-format"
            )
        )


def decimals(digits: Digits, shifts: NDArray[np.int16]) -> pa.Array:
    """The numbers times ten to the power of each record's shift, exactly, as one decimal128 array."""
    count, valid = len(digits.whole), digits.valid
    places = digits.places - shifts
    scale = max(0, int(places[valid].max())) if valid.any() else 0
    up = np.where(valid, scale - places, 0)
    room = np.abs(digits.whole.astype(np.float64)) * 10.0 ** up.astype(np.float64) < _MOST_INT64
    if digits.large or not room.all():
        values = [
            digits.large.get(n, Decimal(int(digits.whole[n])).scaleb(-int(digits.places[n]))).scaleb(
                int(shifts[n])
            )
            if valid[n]
            else None
            for n in range(count)
        ]
        return pa.array(values, pa.decimal128(38, scale))
    low = np.where(valid, digits.whole, 0) * 10 ** up.astype(np.int64)
    words = np.empty((count, 2), np.int64)
    words[:, 0], words[:, 1] = low, low >> 63
    bitmap = None if valid.all() else pa.py_buffer(np.packbits(valid, bitorder="little").tobytes())
    return pa.Array.from_buffers(pa.decimal128(38, scale), count, [bitmap, pa.py_buffer(words.tobytes())])


def _shared(digits: Digits, meaning: Meaning) -> Unit | None:
    """The unit that the figures of a column carry themselves, the most frequent where they are of one dimension."""
    if meaning.row_units or not digits.units:
        return None
    units = Counter(digits.units.get(record) for record in np.flatnonzero(digits.valid).tolist())
    if None in units or len({unit.dimension for unit in units if unit is not None}) != 1:
        return None
    return units.most_common(1)[0][0]


def _finest(digits: Digits, kept: Mapping[int, Unit], shifts: NDArray[np.int16]) -> NDArray[np.int16]:
    """For each record the finest printed decimal among the figures of the column that share its unit (推定)."""
    own = digits.places - shifts
    finest = np.zeros(len(own), np.int16)
    apart = np.zeros(len(own), np.bool_)
    for unit in set(kept.values()):
        group = np.array(
            [record for record, its in kept.items() if its == unit and digits.valid[record]], np.int64
        )
        apart[group] = True
        finest[group] = own[group].max() if len(group) else 0
    rest = digits.valid & ~apart
    for shift in np.unique(shifts[rest]).tolist():
        alike = rest & (shifts == shift)
        finest[alike] = own[alike].max()
    return finest


def _texts(texts: Mapping[int, str], count: int) -> pa.Array | None:
    return pa.array([texts.get(record) for record in range(count)], pa.string()) if texts else None
