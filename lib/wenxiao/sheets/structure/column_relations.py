"""What columns are of each other, by arithmetic: ratios, growth, shares, sums across, running totals, ranks.

Only what the fields do not say already is looked for: relations with at least one column that no field is known of.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations, permutations, product

import numpy as np

from wenxiao.model.column import ColumnRelation, RelationKind
from wenxiao.sheets.structure.amounts import Amounts
from wenxiao.sheets.structure.relation_evidence import (
    ALL,
    BAR_OF_FIGURES,
    Chosen,
    Numbers,
    RelationEvidence,
    taken,
)

FEWEST_RANKED = 4


def column_relations(
    amounts: Amounts, records: Sequence[int], rated: Sequence[bool], added: Sequence[bool]
) -> tuple[ColumnRelation, ...]:
    """The relations of the columns over some records, the strongest first; at most one of a kind for each result.

    What takes part in a sum across is an amount and no rate of something else, whatever ratio it may be as well. `rated`
    says which columns a word or a sign calls a rate, `added` which a word calls a sum or a balance.
    """
    if len(records) == 0 or amounts.shape[1] < 2:
        return ()
    search = _Search(amounts, np.array(records), rated, added)
    best: dict[tuple[int, RelationKind], ColumnRelation] = {}
    for one in (*search.quotients(), *search.sums(), *search.shares(), *search.ranks()):
        known = best.get((one.result, one.kind))
        if known is None or (len(one.exceptions), -one.bits) < (len(known.exceptions), -known.bits):
            best[one.result, one.kind] = one
    summed = {index for one in best.values() if one.kind.summable for index in (one.result, *one.operands)}
    rates = {amounts.columns[index].position for index in np.flatnonzero(rated).tolist()}
    kept = [
        one for one in best.values() if one.kind.summable or one.result not in summed or one.result in rates
    ]
    return tuple(sorted(kept, key=lambda one: -one.bits))


class _Search(RelationEvidence):
    """The search for relations among the columns of one table."""

    def quotients(self) -> Iterator[ColumnRelation]:
        """The ratios, one for three columns: c = a ÷ b and b = a ÷ c are one fact, and the quotient is the exactly rounded one."""
        facts: dict[frozenset[int], list[ColumnRelation]] = {}
        for one in self.ratios():
            facts.setdefault(frozenset((one.result, *one.operands)), []).append(one)
        for same in facts.values():
            yield max(
                same, key=lambda one: (self._rounded(one), self.rated[self._place(one.result)], one.bits)
            )

    def _place(self, position: int) -> int:
        return next(index for index, column in enumerate(self.columns) if column.position == position)

    def _rounded(self, one: ColumnRelation) -> bool:
        """Whether every quotient that holds lies within half a printed unit of what is printed."""
        above, below = (self._place(position) for position in one.operands)
        result = self._place(one.result)
        wanted, _ = self._quotient(above, below, one.scale, one.kind is RelationKind.GROWTH, ALL)
        difference = np.abs(wanted - self.values[:, result])
        wrong = np.isin(self.records, one.exceptions) | np.isnan(difference)
        return bool((wrong | (difference <= self.step[result] / 2 * (1 + 1e-9))).all())

    def ratios(self) -> Iterator[ColumnRelation]:
        """Columns without a field that are a ÷ b, in per cent or not, or its growth."""
        if not self.unknown or len(self.live) < 3:
            return
        count = len(self.live)
        for above, below in permutations(self.live, 2):
            if self.rated[above] or self.rated[below]:
                continue
            for scale, growth in ((1, False), (100, False), (100, True)):
                made = partial(self._quotient, above, below, scale, growth)
                for result in self._promising(made, {above, below}):
                    wanted, slack = made(ALL)
                    top, bottom, known = (self.values[:, index] for index in (above, below, result))
                    telling = (
                        (top != 0)
                        & (known != 0)
                        & (known != scale)
                        & (slack < np.maximum(np.abs(known) / 2, self.step[result]))
                    )
                    named = self.rated[result]
                    yield from self._upheld(
                        RelationKind.GROWTH if growth else RelationKind.RATIO,
                        result,
                        (above, below),
                        scale,
                        (wanted, slack),
                        telling,
                        (count - 1) * (count - 2) / 4 if named else count * (count - 1) * (count - 2) * 2,
                        named=named,
                        also=(bottom == 0) & ~np.isnan(known) & (known != 0),
                    )

    def sums(self) -> Iterator[ColumnRelation]:
        """Columns that are the sum of two others, or of a run of neighbours; a balance is the same fact."""
        if not self.unknown:
            return
        count = len(self.live)
        summed = [index for index in self.live if not self.rated[index]]
        runs = [
            summed[start:after] for start in range(len(summed)) for after in range(start + 3, len(summed) + 1)
        ]
        for operands in (*(list(pair) for pair in combinations(summed, 2)), *runs):
            made = partial(self._sum, operands)
            for result in self._promising(made, set(operands), unknown=not set(operands) & set(self.unknown)):
                if self.rated[result]:
                    continue
                filled = np.abs(np.nan_to_num(self.values[:, operands])) > 2 * self.half[:, operands]
                telling = (filled.sum(axis=1) >= 2) & (self.values[:, result] != 0)
                pair = len(operands) == 2
                named = any(self.added[index] for index in (result, *(operands if pair else ())))
                trials = (count - 1) * (count - 2) / 2 if pair else count * count / 2
                yield from self._upheld(
                    RelationKind.SUM,
                    result,
                    tuple(operands),
                    1,
                    made(ALL),
                    telling,
                    trials if named else trials * count,
                    named=named,
                )

    def shares(self) -> Iterator[ColumnRelation]:
        """Columns that are each row's share of the largest figure of another, or of its sum; and running totals."""
        count = len(self.live)
        for of in self.live if self.unknown else ():
            figures, half = np.nan_to_num(self.values[:, of]), self.half[:, of]
            largest = int(np.argmax(np.abs(figures)))
            if self.rated[of] or figures[largest] == 0:
                continue
            wholes = (
                (float(figures.sum()), float(half.sum())),
                (float(figures[largest]), float(half[largest])),
            )
            for (whole, slack_of), scale in product(wholes, (1, 100)):
                if whole == 0:
                    continue
                wanted = figures / whole * scale
                made = partial(
                    taken, wanted, (half + np.abs(figures / whole) * slack_of) / abs(whole) * scale
                )
                for result in self._promising(made, {of}):
                    printed = self.values[:, result]
                    if np.nanmax(np.abs(printed)) > scale * 1.01:
                        continue
                    telling = (
                        (figures != 0)
                        & (np.abs(printed) > self.step[result])
                        & (np.abs(figures) != abs(whole))
                    )
                    named = self.rated[result]
                    yield from self._upheld(
                        RelationKind.SHARE,
                        result,
                        (of,),
                        scale,
                        made(ALL),
                        telling,
                        count * 3.0 if named else count * count * 6.0,
                        named=named,
                    )
            if len(figures) >= FEWEST_RANKED:
                made = partial(taken, np.cumsum(figures), np.cumsum(half))
                for result in self._promising(made, {of}):
                    telling = (figures != 0) & (np.arange(len(figures)) > 0)
                    yield from self._upheld(
                        RelationKind.RUNNING,
                        result,
                        (of,),
                        1,
                        made(ALL),
                        telling,
                        count * count * 2.0,
                        named=False,
                    )

    def _quotient(
        self, above: int, below: int, scale: int, growth: bool, rows: Chosen
    ) -> tuple[Numbers, Numbers]:
        top, bottom = self.values[rows, above], self.values[rows, below]
        half_top, half_bottom = self.half[rows, above], self.half[rows, below]
        with np.errstate(all="ignore"):
            quotient = np.where(np.abs(bottom) > half_bottom, top / bottom, np.nan)
            slack = (half_top + np.abs(quotient) * half_bottom) / np.maximum(
                np.abs(bottom) - half_bottom, 1e-300
            )
        return quotient * scale - (100.0 if growth else 0.0), slack * scale

    def _sum(self, operands: list[int], rows: Chosen) -> tuple[Numbers, Numbers]:
        figures = self.values[rows][:, operands]
        wanted = figures.sum(axis=1) if len(operands) == 2 else np.nan_to_num(figures).sum(axis=1)
        return wanted, np.where(np.isnan(figures), 0.0, self.half[rows][:, operands]).sum(axis=1)

    def ranks(self) -> Iterator[ColumnRelation]:
        """Columns that number the rows by the size of another."""
        count = len(self.live)
        for result in self.unknown:
            printed = self.values[:, result]
            known = ~np.isnan(printed)
            numbers = printed[known]
            if len(numbers) < FEWEST_RANKED or numbers.min() != 1 or numbers.max() > len(numbers):
                continue
            if (numbers != np.round(numbers)).any():
                continue
            for of in self.live:
                figures = self.values[known, of]
                if of == result or np.isnan(figures).any():
                    continue
                bits = math.lgamma(len(np.unique(figures)) + 1) / math.log(2) - math.log2(count * count * 2)
                if bits < BAR_OF_FIGURES:
                    continue
                for falling in (True, False):
                    ordered = np.sort(-figures if falling else figures)
                    rank = 1 + np.searchsorted(ordered, -figures if falling else figures)
                    wrong = np.flatnonzero(known)[rank != numbers]
                    if len(wrong) * 5 <= len(numbers):
                        yield self._made(
                            RelationKind.RANK, result, (of,), 1, bits, len(numbers) - len(wrong), wrong
                        )
