"""Rates without a sign: as fractions or in per cent, as the columns they are the quotient of decide, else as they can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

import pyarrow as pa

from wenxiao.fields.relations import standard_relations
from wenxiao.model import CellRef, Column, Finding, Missing, Severity

_MOST_FOLD = 10
"""The most that a rate written without a sign may be as a fraction; no plan is fulfilled more than ten times over."""
_USUAL_FOLD = 2
"""Above it a rate is as likely in per cent."""
_ONE = Decimal(1)
_AS_FRACTIONS, _IN_PER_CENT = "按小数读取（0.5 即 50%）", "按百分数读取（50 即 50%）"
MOST_CELLS = 20


@dataclass(frozen=True)
class BareRates:
    """The figures of a column of rates that carry no sign: `records` of them, as fractions in `column`."""

    column: Column
    records: Sequence[int]
    cell: Callable[[int], CellRef]

    def settled(self, columns: Sequence[Column]) -> tuple[Column, Finding]:
        """The column with each of them as it is read beside the other columns of the table, and what is said of it."""
        numbers = {record: abs(number) for record in self.records if (number := self._number(record))}
        scales = {
            record: scale for record in numbers if (scale := self._by_quotient(record, columns)) is not None
        }
        open_ = [record for record in numbers if record not in scales]
        decided = set(scales.values())
        if len(decided) == 1:
            scales |= dict.fromkeys(open_, *decided)
            return self._read(scales), self._said(
                Severity.HINT, f"与同一行两列之比相符，{_word(decided.pop())}"
            )
        signed = [abs(n) for r in range(len(self.column)) if r not in self.records and (n := self._number(r))]
        doubts: list[int] = []
        if signed:
            middle = median(signed)
            scales |= {r: -2 if numbers[r] / middle > 10 else 0 for r in open_}
            read = "部分有百分号，按与之相近的读取"
            severity = Severity.WARNING if open_ else Severity.HINT
        elif max([numbers[r] for r in open_], default=_ONE) > _MOST_FOLD:
            scales |= dict.fromkeys(open_, -2)
            doubts = [record for record in open_ if numbers[record] <= 1]
            severity = Severity.WARNING if doubts else Severity.HINT
            read = _IN_PER_CENT
            read += f"；其中 {self._listed(doubts)}不大于 1，可能是按小数填的" if doubts else ""
        else:
            most = max([numbers[r] for r in open_], default=_ONE)
            whole = all(numbers[r] == int(numbers[r]) for r in open_)
            if most > _USUAL_FOLD or (whole and most > 1):
                said = self._said(
                    Severity.WARNING,
                    "可能是百分数（5 即 5%），也可能是倍数（5 即 500%），没有两列之比可以判断，暂不计算",
                )
                return self._read(scales, open_), said
            severity, read = Severity.HINT, _AS_FRACTIONS
        return self._read(scales), self._said(severity, read)

    def _number(self, record: int) -> Decimal | None:
        return self.column.number(record)

    def _by_quotient(self, record: int, columns: Sequence[Column]) -> int | None:
        """The power of ten by which a figure is the quotient of two columns, None where none or both are."""
        printed, step = self._number(record), _half(self.column, record)
        fitting = {
            scale
            for wanted, slack in _quotients(self.column, columns, record)
            for scale in (0, -2)
            if printed is not None
            and abs(printed.scaleb(scale) - wanted)
            <= step.scaleb(scale) + slack + abs(wanted) * Decimal("1e-9")
        }
        return fitting.pop() if len(fitting) == 1 else None

    def _read(self, scales: dict[int, int], withheld: Sequence[int] = ()) -> Column:
        column = self.column
        assert column.numbers is not None
        down = [record for record, scale in scales.items() if scale]
        numbers, missing, places = column.numbers.to_pylist(), column.missing.copy(), column.places.copy()
        for record in down:
            numbers[record] = numbers[record].scaleb(-2)
            places[record] += 2
        for record in withheld:
            numbers[record], missing[record] = None, Missing.WITHHELD
        kind = pa.decimal128(38, column.numbers.type.scale + (2 if down else 0))
        return replace(column, numbers=pa.array(numbers, kind), missing=missing, places=places)

    def _said(self, severity: Severity, read: str) -> Finding:
        return Finding(
            "sheet-rate-undeclared",
            severity,
            self.column.label,
            f"“{self.column.label}”列有 {len(self.records)} 个数没有百分号，也没有百分比格式，{read}。",
            cells=tuple(map(self.cell, self.records[:MOST_CELLS])),
            remedy="设为百分比格式，或在表头写（%），或在旁注 YAML 的 units 中写 %",
        )

    def _listed(self, records: Sequence[int]) -> str:
        more = f" 等 {len(records)} 格" if len(records) > 5 else ""
        return f"{self.cell(records[0])}" + "".join(f"、{self.cell(r).address}" for r in records[1:5]) + more


def _word(scale: int) -> str:
    return _IN_PER_CENT if scale else _AS_FRACTIONS


def _half(column: Column, record: int) -> Decimal:
    """Half a unit of the last printed digit of a figure."""
    return Decimal("0.5").scaleb(-int(column.places[record]))


def _quotients(column: Column, columns: Sequence[Column], record: int) -> Iterator[tuple[Decimal, Decimal]]:
    """What the figures of a row make of a rate, by each denominator that practice knows, with what rounding hides."""
    by_key = {each.key: each for each in columns if each.numeric and each.key}
    for rate in standard_relations().rates:
        above = by_key.get(rate.above) if rate.key == column.key else None
        for below in map(by_key.get, (rate.below, *rate.others)):
            if above is None or below is None:
                continue
            top, bottom = above.number(record), below.number(record)
            if top is not None and bottom:
                wanted = top / bottom
                yield wanted, (_half(above, record) + abs(wanted) * _half(below, record)) / abs(bottom)
