"""The sums that the figures of consecutive rows propose: runs below a row, above it, and, in short tables, elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wenxiao.sheets.structure.amounts import bits_of
from wenxiao.sheets.structure.row_evidence import (
    BAR_OF_A_SEGMENT,
    BAR_OF_A_WORD,
    BAR_OF_FIGURES,
    RowEvidence,
    Weight,
)
from wenxiao.sheets.structure.row_words import RowWords

MOST_ELSEWHERE = 120
"""Rows up to which runs that do not adjoin the total are tried; their number grows with the square."""
_MOST_COMPARED = 400
"""Rows up to which every run is compared; beyond, runs are looked up in the sorted running totals."""
_LOOKED_UP = 2
"""Columns in which runs are looked up; whether they fit is asked of all the strongest ones."""
_KEPT = 3
_SEGMENT_TRIALS = 2.0
_SEGMENT_BONUS = 4.0
_MOST_GRAND_TOTALS = 3
"""A total amid the rows may stand for all of them only where a table has no more totals than these."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed sum, with what speaks for it; `rank` orders the candidates."""

    whole: int
    parts: tuple[int, ...]
    weight: Weight
    named: bool
    rank: float


def candidates(
    evidence: RowEvidence,
    words: RowWords,
    sequence: Sequence[int],
    banned: frozenset[tuple[int, tuple[int, ...]]],
) -> list[Candidate]:
    """The sums that reach their bar among the records of a sequence, best first."""
    if len(sequence) < 2 or not evidence.pillars:
        return []
    runs = _Runs(evidence, sequence)
    rows = np.array(sequence)
    likely = np.flatnonzero(runs.promising)
    likely = likely[evidence.potential(rows[likely]) >= BAR_OF_FIGURES + 2 * np.log2(len(sequence))]
    found: list[Candidate] = []
    sums = words.sums[rows]
    for place in np.union1d(likely, np.flatnonzero(sums)).tolist():
        whole = sequence[place]
        named = bool(words.sums[whole])
        seen: set[tuple[int, ...]] = set()
        for parts, trials in (*_named_runs(words, sequence, sums, place), *runs.proposed(place)):
            if not parts or parts in seen or (whole, parts) in banned:
                continue
            seen.add(parts)
            made = _candidate(evidence, words, whole, parts, trials, named, len(sequence))
            if made is not None:
                found.append(made)
    return sorted(found, key=lambda one: (-one.rank, len(one.parts)))


def _candidate(
    evidence: RowEvidence,
    words: RowWords,
    whole: int,
    parts: tuple[int, ...],
    trials: float,
    named: bool,
    length: int,
) -> Candidate | None:
    if len(parts) == 1 and (not named or words.total[parts[0]]):
        return None
    weight = evidence.weigh(whole, parts, trials if named else trials * length)
    segment = named and trials == _SEGMENT_TRIALS
    bar = BAR_OF_A_SEGMENT if segment else BAR_OF_A_WORD if named else BAR_OF_FIGURES
    if len(parts) == 1 and length > 2:
        bar += 2
    if not weight.enough(bar, named=named):
        return None
    return Candidate(whole, parts, weight, named, weight.net + (_SEGMENT_BONUS if segment else 0.0))


def _named_runs(
    words: RowWords, sequence: Sequence[int], sums: NDArray[np.bool_], place: int
) -> Iterator[tuple[tuple[int, ...], float]]:
    """What a row named 合计 or 小计 may sum by its place: the rows up to the next such row on each side, or all others."""
    if not sums[place]:
        return
    last = len(sequence) - 1
    before = place
    while before > 0 and not sums[before - 1]:
        before -= 1
    after = place + 1
    while after <= last and not sums[after]:
        after += 1
    yield tuple(sequence[before:place]), _SEGMENT_TRIALS
    yield tuple(sequence[place + 1 : after]), _SEGMENT_TRIALS
    if words.total[sequence[place]] and 0 < place < last and words.total.sum() <= _MOST_GRAND_TOTALS:
        yield (
            tuple(one for n, one in enumerate(sequence) if n != place and not words.group[one]),
            _SEGMENT_TRIALS,
        )
    if place in (0, last):
        others = list(sequence[1:] if place == 0 else sequence[:-1])
        yield tuple(others), _SEGMENT_TRIALS
        near = others if place == 0 else others[::-1]
        groups = next((n for n, one in enumerate(near) if not words.sums[one]), len(near))
        if groups >= 2:
            yield tuple(sorted(near[:groups], key=sequence.index)), _SEGMENT_TRIALS
        rest = near[groups:]
        if groups and len(rest) >= 2 and not words.sums[np.array(rest)].any():
            yield tuple(rest if place == 0 else rest[::-1]), _SEGMENT_TRIALS


class _Runs:
    """Runs of a sequence of records whose running totals hit a record, by the strongest columns.

    `promising` says of each place whether a run next to it hits it in half of those columns; all do in a short table.
    """

    def __init__(self, evidence: RowEvidence, sequence: Sequence[int]) -> None:
        rows = np.array(sequence)
        chosen = np.array(evidence.pillars)
        self.sequence = sequence
        self.values, self.half, self.unit, blank = (
            np.asfortranarray(each[:, chosen][rows])
            for each in (evidence.values, evidence.half, evidence.unit, evidence.blank)
        )
        self.telling = (self.values != 0) & ~blank
        zero = np.zeros((1, len(evidence.pillars)))
        self.totals = np.vstack([zero, np.cumsum(self.values, axis=0)])
        self.slack = np.vstack([zero, np.cumsum(self.half, axis=0)])
        self.spans: NDArray[np.int64] = np.zeros((len(sequence), 0, 2), np.int64)
        self.promising: NDArray[np.bool_] = np.ones(len(sequence), np.bool_)
        if len(sequence) > _MOST_COMPARED:
            self.spans, self.promising = self._looked_up()

    def proposed(self, place: int) -> Iterator[tuple[tuple[int, ...], float]]:
        """The runs that hit the record at a place of the sequence, with how many were tried."""
        length = len(self.sequence)
        if not self.telling[place].any():
            return
        if length > _MOST_COMPARED:
            for first, after in sorted({(int(low), int(high)) for low, high in self.spans[place]}):
                if after - first > 1:
                    yield tuple(self.sequence[first:after]), float(length)
            return
        if place + 1 < length:
            start = place + 1
            yield from self._hit(
                place,
                self.totals[start + 1 :] - self.totals[start],
                self.slack[start + 1 :] - self.slack[start],
                lambda n: (start, start + 1 + n),
                length,
            )
        if place > 0:
            yield from self._hit(
                place,
                self.totals[place] - self.totals[:place],
                self.slack[place] - self.slack[:place],
                lambda n: (n, place),
                length,
            )
        if 3 < length <= MOST_ELSEWHERE:
            low, high = np.triu_indices(length + 1, 1)
            apart = (high <= place) | (low > place)
            low, high = low[apart], high[apart]
            yield from self._hit(
                place,
                self.totals[high] - self.totals[low],
                self.slack[high] - self.slack[low],
                lambda n: (int(low[n]), int(high[n])),
                length * length / 2,
            )

    def _hit(
        self,
        place: int,
        added: NDArray[np.float64],
        slack: NDArray[np.float64],
        run: Callable[[int], tuple[int, int]],
        trials: float,
    ) -> Iterator[tuple[tuple[int, ...], float]]:
        target = self.values[place]
        difference = np.abs(added - target)
        hits = (difference <= slack + self.half[place] + np.abs(target) * 1e-9) & self.telling[place]
        worth = np.where(hits, bits_of(difference, target[None, :], self.unit[place][None, :]), 0.0).sum(
            axis=1
        )
        for n in np.argsort(-worth, kind="stable")[:_KEPT].tolist():
            if worth[n] > 0:
                first, after = run(n)
                yield tuple(self.sequence[first:after]), trials

    def _looked_up(self) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Of every place the runs next to it whose totals come nearest, by bisection in each column, and where half hit."""
        length = len(self.sequence)
        places = np.arange(length)
        spans: NDArray[np.int64] = np.zeros((length, 4 * _LOOKED_UP, 2), np.int64)
        needed = np.maximum((self.telling.sum(axis=1) + 1) // 2, 1)
        for column in range(min(_LOOKED_UP, self.values.shape[1])):
            totals, target = self.totals[:, column], self.values[:, column]
            if np.any(target < 0):
                continue  # falling totals cannot be looked up
            below = np.searchsorted(totals, totals[1:] + target)
            above = np.searchsorted(totals, totals[:-1] - target)
            for index, (first, after) in enumerate(
                (
                    (places + 1, below - 1),
                    (places + 1, np.minimum(below, length)),
                    (np.maximum(above - 1, 0), places),
                    (above, places),
                )
            ):
                near = np.flatnonzero((after - first > 1) & self._hits(column, places, first, after))
                low, high = first[near], after[near]
                hits = np.zeros(len(near), np.int64)
                for each in range(self.values.shape[1]):
                    hits += self._hits(each, near, low, high)
                fits = hits >= needed[near]
                spans[near[fits], 4 * column + index] = np.column_stack((low, high))[fits]
        return spans, np.asarray((spans[:, :, 1] > 0).any(axis=1))

    def _hits(
        self, column: int, places: NDArray[np.int64], low: NDArray[np.int64], high: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Whether the figures from `low` to before `high` add up to the one at each place, in one column."""
        target, totals, slack = self.values[places, column], self.totals[:, column], self.slack[:, column]
        within = slack[high] - slack[low] + self.half[places, column] + np.abs(target) * 1e-9
        hits = np.abs(totals[high] - totals[low] - target) <= within
        return np.asarray(hits & self.telling[places, column])
