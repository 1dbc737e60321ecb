"""One reading of the rows of a table at a time: 其中 rows, levels of numbering, rounds of innermost sums, what words name."""

from __future__ import annotations

import numpy as np

from wenxiao.model.row_tree import Support
from wenxiao.sheets.structure.row_candidates import Candidate, candidates
from wenxiao.sheets.structure.row_evidence import BAR_OF_FIGURES, RowEvidence, Weight
from wenxiao.sheets.structure.row_marks import MarkedRows
from wenxiao.sheets.structure.row_named_sums import NamedSums
from wenxiao.sheets.structure.row_solution import Key, Node, Solution
from wenxiao.sheets.structure.row_words import RowWords

_MOST_ROUNDS = 8
_TIED_WITHIN = 6.0


class RowSolver:
    """Solves the rows of one table, as often as ties ask."""

    def __init__(self, evidence: RowEvidence, words: RowWords) -> None:
        self.evidence, self.words = evidence, words
        self.marked, self.named = MarkedRows(evidence, words), NamedSums(evidence, words)
        empty = (
            evidence.blank[:, evidence.columns].all(axis=1)
            if evidence.columns
            else np.ones(len(words.total), bool)
        )
        self.rows = np.flatnonzero(words.figures & ~empty).tolist()

    def solved(self, banned: frozenset[Key] = frozenset()) -> Solution:
        """One reading, without the sums that are banned."""
        solution = Solution()
        sequence = self.marked.of_which(self.rows, solution, banned)
        sequence = self.marked.levels(sequence, solution, banned)
        sequence = self._rounds(sequence, solution, banned)
        sequence = self._two_partitions(sequence, solution)
        solution.roots = self.named.found(sequence, solution)
        return solution

    # --- sums by arithmetic ------------------------------------------------------------------------------------

    def _rounds(self, sequence: list[int], solution: Solution, banned: frozenset[Key]) -> list[int]:
        """The innermost sums first, round by round, until nothing is added."""
        for _ in range(_MOST_ROUNDS):
            found = candidates(self.evidence, self.words, sequence, banned)
            found = self._innermost([one for one in found if not self._mixed(one, solution)], solution)
            gone: set[int] = set()
            touched: set[int] = set()
            added = False
            for one in found:
                known = solution.sums.get(one.whole)
                if known is not None:
                    gone |= self._second(one, known, gone, touched, solution)
                    continue
                if touched & {one.whole, *one.parts}:
                    if gone & set(one.parts) and one.weight.net >= BAR_OF_FIGURES:
                        solution.rivals.append((one.whole, one.parts))
                    continue
                solution.sums[one.whole] = Node(list(one.parts), one.weight, Support.UPHELD)
                touched |= {one.whole, *one.parts}
                gone |= set(one.parts)
                added = True
            sequence = [row for row in sequence if row not in gone]
            if not added:
                break
        return sequence

    def _mixed(self, one: Candidate, solution: Solution) -> bool:
        """Whether a sum would hold a 小计 whose own rows are not found, and plain rows, some of which may be its own."""
        unfound = any(self.words.sums[row] and row not in solution.sums for row in one.parts)
        return unfound and any(not self.words.sums[row] for row in one.parts)

    def _innermost(self, found: list[Candidate], solution: Solution) -> list[Candidate]:
        """The candidates whose parts are no candidate wholes themselves, where there are any.

        One that holds all parts of another and more waits: in the next round the other stands for its parts.
        """
        sets: dict[int, list[Candidate]] = {}
        for one in found:
            sets.setdefault(one.parts[0], []).append(one)
        found = [
            one
            for one in found
            if not any(
                other.whole != one.whole and set(other.parts) < set(one.parts)
                for part in one.parts
                for other in sets.get(part, ())
            )
        ]
        wholes = {one.whole for one in found}
        inner = [one for one in found if not wholes & set(one.parts)]
        if not inner or len(inner) == len(found):
            return found
        for one in found:
            if any(other.whole in one.parts and set(other.parts) & set(one.parts) for other in inner):
                solution.rivals.append((one.whole, one.parts))
        return inner

    def _second(
        self, one: Candidate, known: Node, gone: set[int], touched: set[int], solution: Solution
    ) -> set[int]:
        """Another set of parts of a whole that has some: a second partition beside the first, or a rival. Gives what leaves."""
        parts = set(one.parts)
        apart = not parts & set(known.parts) and not parts & gone
        if (
            apart
            and min(len(parts), len(known.parts)) > 1
            and not known.coarser
            and known.support is Support.UPHELD
        ):
            known.coarser = list(one.parts)
            touched |= parts
            return parts
        if parts != set(known.parts) and one.weight.net > known.weight.net - _TIED_WITHIN:
            filled = {row for row in parts if self._filled(row)}
            if filled != {row for row in known.parts if self._filled(row)}:
                solution.rivals.append((one.whole, one.parts))
        return set()

    def _filled(self, row: int) -> bool:
        return bool(np.any(self.evidence.values[row, self.evidence.columns] != 0))

    def _two_partitions(self, sequence: list[int], solution: Solution) -> list[int]:
        """Of two sets of parts of one whole (regions, and provinces) the finer ones become parts of the coarser, where they fit."""
        for whole, node in list(solution.sums.items()):
            if not node.coarser:
                continue
            every = sorted({*node.parts, *node.coarser})
            sequence = [row for row in sequence if row not in every]
            if groups := self.named.inner(whole, every):  # 东部 before its counties, 西部 before its own
                within = {row for rows, _ in groups.values() for row in rows}
                node.parts, node.coarser = [row for row in every if row not in within], []
                solution.sums |= {one: Node(*each, Support.UPHELD) for one, each in groups.items()}
                continue
            coarse, fine = sorted((node.parts, node.coarser), key=len)
            if len(coarse) == len(fine) and any(self.words.group[row] for row in fine):
                coarse, fine = fine, coarse
            linked = self._linked(sorted(coarse), sorted(fine))
            if linked is None:
                node.parts, node.coarser = fine, coarse
            else:
                node.parts, node.coarser = coarse, []
                for group, (members, weight) in linked.items():
                    solution.sums[group] = Node(members, weight, Support.UPHELD)
        return sequence

    def _linked(self, coarse: list[int], fine: list[int]) -> dict[int, tuple[list[int], Weight]] | None:
        """Consecutive runs of the finer parts that make up the coarser ones in order, or None."""
        linked: dict[int, tuple[list[int], Weight]] = {}
        start = 0
        for group in coarse:
            fits = None
            for after in range(start + 1, len(fine) + 1):
                weight = self.evidence.weigh(group, fine[start:after], 1)
                if not weight.failing and not weight.intensive and (weight.holds or not self._filled(group)):
                    fits = after, weight
                    break
            if fits is None:
                return None
            linked[group] = fine[start : fits[0]], fits[1]
            start = fits[0]
        return linked if start == len(fine) else None

    # --- readings held against each other ----------------------------------------------------------------------

    def without(self, solution: Solution, whole: int, parts: tuple[int, ...]) -> frozenset[Key]:
        """What to ban so that a rival gets its chance: the sum it competes with, or those whose parts it would take."""
        node = solution.sums.get(whole)
        if node is not None and tuple(node.parts) != parts:
            return frozenset([(whole, tuple(node.parts))])
        if node is not None:
            return frozenset([(whole, parts)])
        return frozenset(
            (one, tuple(each.parts)) for one, each in solution.sums.items() if set(each.parts) & set(parts)
        )

    def cost(self, solution: Solution) -> tuple[int, int]:
        """Rows left over, contradictions and groups inside groups; then the evidence, the more the less it costs."""
        nested = sum(
            bool(self.words.group[whole]) and bool(self.words.sums[part])
            for whole, node in solution.sums.items()
            for part in node.parts
        )
        failing = sum(len(node.weight.failing) for node in solution.sums.values())
        bits = sum(node.weight.net for node in solution.sums.values())
        return len(solution.roots) + 2 * nested + failing, -round(bits / 6)
