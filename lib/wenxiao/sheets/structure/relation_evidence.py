"""How well a relation of columns holds: the rows that agree in bits, against chance and the rows that do not."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from wenxiao.model.column import ColumnRelation, RelationKind
from wenxiao.sheets.structure.amounts import Amounts

BAR_OF_FIGURES = 10.0
"""The bits beyond chance that a relation needs without a word: none was false in 3,000 random tables."""
BAR_OF_A_WORD = 2.0
_MOST_COLUMNS = 30
_MOST_BITS = 12.0
_SAMPLE = 24
_FEWEST_NAMED = 3

Numbers = NDArray[np.float64]
Chosen = NDArray[np.int64] | slice
ALL = slice(None)


def taken(wanted: Numbers, slack: Numbers, rows: Chosen) -> tuple[Numbers, Numbers]:
    """Some rows of what is wanted of a column, with what each may be off by."""
    return wanted[rows], slack[rows]


class RelationEvidence:
    """The figures of a table's columns by row, and what speaks for a relation among them."""

    def __init__(
        self, amounts: Amounts, records: NDArray[np.int64], rated: Sequence[bool], added: Sequence[bool]
    ) -> None:
        self.records, self.rated, self.added = records, rated, added
        self.columns = amounts.columns
        self.step = 1.0 / amounts.scale
        rows = ALL if len(records) == amounts.shape[0] else records
        self.values: Numbers = np.asfortranarray((amounts.values / amounts.scale)[rows])
        self.sample = np.argsort(-np.abs(self.values).sum(axis=1), kind="stable")[:_SAMPLE]
        self.values[amounts.blank[rows]] = np.nan
        self.half: Numbers = np.asfortranarray((amounts.half / amounts.scale)[rows])
        self.live = [index for index in range(amounts.shape[1]) if not np.isnan(self.values[:, index]).all()][
            :_MOST_COLUMNS
        ]
        self.unknown = [index for index in self.live if amounts.columns[index].key is None]

    def _promising(
        self, made: Callable[[Chosen], tuple[Numbers, Numbers]], operands: set[int], *, unknown: bool = True
    ) -> list[int]:
        """The columns that agree with what is wanted in half of the largest rows; only unknown ones unless an operand is."""
        results = [index for index in (self.unknown if unknown else self.live) if index not in operands]
        if not results:
            return []
        rows = self.sample
        wanted, slack = made(rows)
        figures = self.values[np.ix_(rows, np.array(results))]
        close = (
            np.abs(wanted[:, None] - figures)
            <= slack[:, None] + self.half[np.ix_(rows, np.array(results))] + 1e-9
        )
        both = ~np.isnan(wanted)[:, None] & ~np.isnan(figures)
        hits, most = close.sum(axis=0), both.sum(axis=0)
        return [results[n] for n in np.flatnonzero((most > 0) & (hits >= np.maximum(1, most / 2))).tolist()]

    def _upheld(
        self,
        kind: RelationKind,
        result: int,
        operands: tuple[int, ...],
        scale: int,
        made: tuple[Numbers, Numbers],
        telling: NDArray[np.bool_],
        trials: float,
        *,
        named: bool,
        also: NDArray[np.bool_] | None = None,
    ) -> Iterator[ColumnRelation]:
        """The relation, where the rows in which it holds speak for it beyond chance; rows of one value count once."""
        (wanted, slack), printed, step = made, self.values[:, result], float(self.step[result])
        difference = np.abs(wanted - printed)
        both = ~np.isnan(difference)
        holds = both & (difference <= slack + self.half[:, result] + np.abs(printed) * 1e-9)
        fails = both & ~holds
        known = printed[~np.isnan(printed)]
        spread = float(known.max() - known.min()) if len(known) else 0.0
        size = np.maximum(np.abs(printed), step)
        reach = np.minimum(spread, size) if spread > 0 else size
        with np.errstate(all="ignore"):
            chance = np.minimum(1.0, (2 * difference + step) / np.maximum(reach, step))
            worth = np.where(holds & telling, np.clip(-np.log2(chance), 0.0, _MOST_BITS), 0.0)
        by_value: dict[float, float] = {}
        for value, bit in zip(printed[holds].tolist(), worth[holds].tolist(), strict=True):
            by_value[value] = max(by_value.get(value, 0.0), bit)
        wrong, right = int(fails.sum()), int((holds & telling).sum())
        cost = 2 * wrong + (math.log2(math.comb(wrong + right, wrong)) if wrong else 0.0)
        net = sum(by_value.values()) - math.log2(max(1.0, trials)) - cost
        rows = sum(bit >= 1 for bit in by_value.values())
        fewest = _FEWEST_NAMED if named else 2
        if rows < min(fewest, 2) or right < (1 if named else 2 * wrong + 1) or (wrong and right <= wrong):
            return
        if net < (BAR_OF_A_WORD if named and right + wrong >= _FEWEST_NAMED else BAR_OF_FIGURES):
            return
        if len(printed) >= 8 and self._by_chance(wanted, slack, printed, self.half[:, result]):
            return
        exceptions = fails if also is None else fails | also
        yield self._made(kind, result, operands, scale, net, right, np.flatnonzero(exceptions))

    @staticmethod
    def _by_chance(wanted: Numbers, slack: Numbers, printed: Numbers, half: Numbers) -> bool:
        """Whether the rows agree as well when they are shifted against each other, as where all are much alike."""
        for shift in (1, len(printed) // 2):
            moved = np.abs(np.roll(wanted, shift) - printed) <= np.roll(slack, shift) + half
            if moved.mean() > 0.5:
                return True
        return False

    def _made(
        self,
        kind: RelationKind,
        result: int,
        operands: tuple[int, ...],
        scale: int,
        bits: float,
        holds: int,
        exceptions: NDArray[np.int64],
    ) -> ColumnRelation:
        return ColumnRelation(
            kind,
            self.columns[result].position,
            tuple(self.columns[index].position for index in operands),
            scale,
            round(bits, 1),
            holds,
            tuple(int(record) for record in self.records[exceptions]),
        )
