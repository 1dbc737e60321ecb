"""Sums that only a word says: totals and groups that no run of rows upheld take the rows of their segment, or all that are left."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from wenxiao.model.row_tree import Support
from wenxiao.sheets.structure.row_evidence import BAR_OF_A_WORD, RowEvidence, Weight
from wenxiao.sheets.structure.row_solution import Node, Solution
from wenxiao.sheets.structure.row_words import RowWords

_MOST_MEMBERS = 40
_MOST_LEFT_OUT = 40
"""Parts up to which a total that does not hold is tried without one or two of them."""


@dataclass(frozen=True)
class NamedSums:
    """The rows of a table that a word calls a sum."""

    evidence: RowEvidence
    words: RowWords

    def found(self, sequence: list[int], solution: Solution) -> list[int]:
        """Totals and groups that no sum upheld take the rows of their segment, in the direction of the other sums."""
        up = sum(max(node.parts) < whole for whole, node in solution.sums.items() if node.parts)
        down = sum(min(node.parts) > whole for whole, node in solution.sums.items() if node.parts)
        for row in self._named(sequence):
            if row in solution.sums or row not in sequence:
                continue
            at = sequence.index(row)
            if at in (0, len(sequence) - 1) and not self.words.group[row]:
                continue
            above, below = self._segment(sequence[:at][::-1])[::-1], self._segment(sequence[at + 1 :])
            upward = up > down if up != down else bool(self.words.sums[sequence[-1]])
            parts = above if upward else below
            if not parts or (self.words.group[row] and not (up or down)):
                continue
            if self.words.group[row] and self.evidence.weigh(row, parts, 1).failing:
                continue  # whose members are elsewhere is not known by its place
            sequence = self._take(row, parts, sequence, solution)
        for row in self._named(sequence):
            whole_city = self.words.group[row] and row in (sequence[0], sequence[-1])
            if (
                not (self.words.total[row] or whole_city)
                or row in solution.sums
                or row not in sequence
                or len(sequence) < 2
            ):
                continue
            twin = next((one for one in solution.sums if self._equal(one, row)), None)
            if twin is not None:
                solution.same[row] = twin
                continue
            at = sequence.index(row)
            above, below = sequence[:at], sequence[at + 1 :]
            parts = above or below
            groups = [one for one in parts if self.words.group[one] and one not in solution.sums]
            plain = [one for one in parts if one not in groups]
            parts = plain or parts
            parts = [
                one
                for one in parts
                if one not in solution.same and not (self.words.total[one] and one not in solution.sums)
            ]
            if parts:
                sequence = self._take_all(row, parts, sequence, solution)
                if plain and len(groups) > 1:
                    solution.sums[row].coarser = groups
                    sequence = [one for one in sequence if one not in groups]
        return sequence

    def _named(self, sequence: list[int]) -> list[int]:
        """The rows of a sequence that a word calls a sum."""
        rows = np.array(sequence, np.int64)
        return [int(row) for row in rows[self.words.sums[rows]]]

    def _segment(self, rows: list[int]) -> list[int]:
        end = next((n for n, row in enumerate(rows) if self.words.sums[row]), len(rows))
        return rows[:end]

    def _take(self, whole: int, parts: list[int], sequence: list[int], solution: Solution) -> list[int]:
        weight = self.evidence.weigh(whole, parts, 1)
        support = Support.REFUTED if self._refuted(weight) else Support.NAMED
        solution.sums[whole] = Node(parts, weight, support)
        return [row for row in sequence if row not in parts]

    def _take_all(self, whole: int, parts: list[int], sequence: list[int], solution: Solution) -> list[int]:
        """As `_take`, for a total over all rows left: where they do not add up, rows that are sums or no parts are looked for."""
        if not self._refuted(self.evidence.weigh(whole, parts, 1)):
            return self._take(whole, parts, sequence, solution)
        inner = self.inner(whole, parts)
        for group, (members, weight) in inner.items():
            solution.sums[group] = Node(members, weight, Support.UPHELD)
            sequence = [row for row in sequence if row not in members]
            parts = [row for row in parts if row not in members]
        sequence = self._take(whole, parts, sequence, solution)
        node = solution.sums[whole]
        if inner:
            node.support = Support.UPHELD
        elif (other := self._leaving_out(whole, parts)) is not None:
            node.support, node.rivals = Support.TIED, [other]
        return sequence

    def inner(self, whole: int, parts: list[int]) -> dict[int, tuple[list[int], Weight]]:
        """Rows among the parts that sum the rows next to them, where without these the total holds; together they prove it."""
        for downward in (True, False):
            ordered = parts if downward else parts[::-1]
            groups: dict[int, tuple[list[int], Weight]] = {}
            place = 0
            while place < len(ordered):
                found = self._run_of(ordered[place], ordered[place + 1 : place + 1 + _MOST_MEMBERS])
                if found is not None:
                    groups[ordered[place]] = (sorted(found[0], key=parts.index), found[1])
                    place += len(found[0])
                place += 1
            members = {row for rows, _ in groups.values() for row in rows}
            rest = [row for row in parts if row not in members]
            weight = self.evidence.weigh(whole, rest, len(parts) ** len(groups))
            if (
                groups
                and not weight.failing
                and weight.net + sum(one.net for _, one in groups.values()) >= BAR_OF_A_WORD
            ):
                return groups
        return {}

    def _run_of(self, whole: int, following: list[int]) -> tuple[list[int], Weight] | None:
        """The rows right after a row that add up to it in every column, or None."""
        for count in range(2, len(following) + 1):
            weight = self.evidence.weigh(whole, following[:count], 1)
            if weight.holds and not weight.failing and not weight.intensive:
                return following[:count], weight
        return None

    def _leaving_out(self, whole: int, parts: list[int]) -> tuple[int, ...] | None:
        """The parts without one row, or without two, where only so they add up in every column; else None."""
        if len(parts) > _MOST_LEFT_OUT:
            return None
        for out in (*((row,) for row in parts), *combinations(parts, 2)):
            rest = [row for row in parts if row not in out]
            weight = self.evidence.weigh(whole, rest, 1) if len(rest) > 1 else None
            if weight is not None and weight.holds and not weight.failing and not weight.intensive:
                return tuple(rest)
        return None

    @staticmethod
    def _refuted(weight: Weight) -> bool:
        return bool(weight.failing) and len(weight.failing) >= weight.holds

    def _equal(self, one: int, other: int) -> bool:
        evidence, columns = self.evidence, self.evidence.columns
        slack = evidence.half[one, columns] + evidence.half[other, columns]
        return bool(np.all(np.abs(evidence.values[one, columns] - evidence.values[other, columns]) <= slack))
