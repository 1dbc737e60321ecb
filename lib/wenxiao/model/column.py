"""A column of a table: one field of every record, its figures as arrays, its addresses, and what it is of other columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wenxiao.model import arrow  # noqa: F401 - before the first array is made
from wenxiao.model.quantity import Missing
from wenxiao.model.units import NUMBER, Unit


@dataclass(frozen=True, eq=False)
class Column:
    """One field of every record of a table; arrays are as long as the table has records.

    key        the registry's key, or None where the header is unknown
    label      the flattened header as it stands in the sheet; `path` its levels
    position   the 1-based sheet column (the sheet row in a transposed table)
    unit       the unit of `numbers`, the field's own; `printed_unit` the one in the sheet
    numbers    pyarrow decimal128 (null where there is no number), or None for a column of text
    texts      pyarrow string: the text of the cells that hold text, null elsewhere; None where no cell does
    missing    int8: 0 where there is a value, else the code of `Missing`
    places     int8: the decimals a number was printed with, counted in `unit` (a percentage has two more)
    inferred   bool: the places come from the finest digit of the column (推定), not from the cell
    qualifiers record → 约, ≥, ≤ … or the words a number was read from (全部完工); only where there are any
    row_units  record → its unit where the rows of one column differ (a 单位 column, "128栋", "53.63%" among claims)
    spans      record → how many records its merged cell covers; those below are Missing.COVERED
    corrected  record → what its cell prints, where a confirmed correction says what is right
    heads      record → the record whose merged cell gives its figure, where one cell gives one to each it covers
    """

    key: str | None
    label: str
    position: int
    missing: NDArray[np.int8]
    path: tuple[str, ...] = ()
    unit: Unit = NUMBER
    printed_unit: Unit | None = None
    numbers: pa.Array | None = None
    texts: pa.Array | None = None
    places: NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, np.int8))
    inferred: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    qualifiers: Mapping[int, str] = field(default_factory=dict)
    row_units: Mapping[int, Unit] = field(default_factory=dict)
    spans: Mapping[int, int] = field(default_factory=dict)
    heads: Mapping[int, int] = field(default_factory=dict)
    corrected: Mapping[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.missing)

    @property
    def numeric(self) -> bool:
        """Whether the column holds figures."""
        return self.numbers is not None

    def number(self, record: int) -> Decimal | None:
        """The exact figure of one record in `unit`, or None."""
        if self.numbers is None:
            return None
        value: Decimal | None = self.numbers[record].as_py()
        return value

    @property
    def spread(self) -> Column:
        """The column with the figure of each merged cell for every record that it covers, as scores and ranks are meant."""
        heads = {each: first for first, size in self.spans.items() for each in range(first + 1, first + size)}
        if not heads:
            return self
        source = np.array([heads.get(record, record) for record in range(len(self))])
        return replace(
            self,
            missing=self.missing[source],
            numbers=None if self.numbers is None else self.numbers.take(pa.array(source)),
            texts=None if self.texts is None else self.texts.take(pa.array(source)),
            places=self.places[source] if len(self.places) else self.places,
            inferred=self.inferred[source] if len(self.inferred) else self.inferred,
            spans={},
            heads=heads,
            corrected={r: self.corrected[at] for r, at in enumerate(source.tolist()) if at in self.corrected},
        )

    @property
    def withheld(self) -> Column:
        """The column with no figure to count with, since it is open what the figures are."""
        numbers = None if self.numbers is None else pa.nulls(len(self), self.numbers.type)
        missing = np.where(self.missing == 0, int(Missing.WITHHELD), self.missing).astype(np.int8)
        return replace(self, numbers=numbers, missing=missing)

    def unit_of(self, record: int) -> Unit:
        """The unit of one record: its own where rows differ, else the column's."""
        return self.row_units.get(record, self.unit)

    def text(self, record: int) -> str:
        """The text of one record, empty where there is none."""
        if self.texts is None:
            return ""
        value: str | None = self.texts[record].as_py()
        return value or ""

    def missing_kind(self, record: int) -> Missing | None:
        """Why one record has no value, or None where it has one."""
        code = int(self.missing[record])
        return Missing(code) if code else None


def figures(
    values: Sequence[Decimal | Missing],
    *,
    key: str | None,
    label: str,
    position: int,
    unit: Unit = NUMBER,
    places: int | None = None,
) -> Column:
    """A numeric column from exact decimals, for tables made in code: each is taken as printed with its own digits.

    >>> from decimal import Decimal
    >>> figures([Decimal("93.08"), Missing.NOT_PROVIDED], key="score", label="得分", position=3).missing.tolist()
    [0, 2]
    """
    numbers = [value if isinstance(value, Decimal) else None for value in values]
    digits = [0 if value is None else max(0, -int(value.as_tuple().exponent)) for value in numbers]
    return Column(
        key=key,
        label=label,
        path=(label,),
        position=position,
        unit=unit,
        printed_unit=unit,
        numbers=pa.array(numbers, pa.decimal128(38, max([*digits, places or 0]))),
        missing=np.array([int(v) if isinstance(v, Missing) else 0 for v in values], np.int8),
        places=np.array([places if places is not None else d for d in digits], np.int8),
        inferred=np.zeros(len(numbers), np.bool_),
    )


def words(values: Sequence[str], *, key: str | None, label: str, position: int) -> Column:
    """A column of text; an empty string is 未提供."""
    return Column(
        key=key,
        label=label,
        path=(label,),
        position=position,
        texts=pa.array([value or None for value in values], pa.string()),
        missing=np.array([0 if value else int(Missing.NOT_PROVIDED) for value in values], np.int8),
    )


class RelationKind(Enum):
    """How a column follows from others of the same row; the label is how a reader is told."""

    RATIO = "两列之比"
    GROWTH = "两列之比减一"
    SHARE = "占合计之比"
    SUM = "各列之和"
    RUNNING = "逐行累计"
    RANK = "按大小的名次"

    @property
    def summable(self) -> bool:
        """Whether the figures of such a column may be added down the rows."""
        return self is RelationKind.SUM


@dataclass(frozen=True, slots=True)
class ColumnRelation:
    """One relation that holds in the rows of a table.

    result      the position of the column that follows from the others; `operands` their positions, in order
    scale       1, or 100 where the result is printed in per cent without its sign
    bits        the evidence beyond chance; `holds` rows agree, `exceptions` (records) do not
    """

    kind: RelationKind
    result: int
    operands: tuple[int, ...]
    scale: int
    bits: float
    holds: int
    exceptions: tuple[int, ...] = ()
