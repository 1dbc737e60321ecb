"""The tree of the rows of a table: words, numbering and indents propose, sums in all columns decide, ties are doubts.

The steps: 其中 rows, levels of numbering, then rounds in which the innermost sums are taken off until nothing is added,
and last what only a word says. Where two readings fit, the table is solved again without the first one and both are held
against each other: rows left over, contradictions, groups inside groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np

from wenxiao.model.row_tree import RowSum, RowTree, Support
from wenxiao.sheets.structure.amounts import Amounts
from wenxiao.sheets.structure.row_candidates import Candidate, candidates
from wenxiao.sheets.structure.row_evidence import (
    BAR_OF_A_SEGMENT,
    BAR_OF_A_WORD,
    BAR_OF_FIGURES,
    RowEvidence,
    Weight,
)
from wenxiao.sheets.structure.row_words import RowWords

_MOST_ROUNDS = 8
_MOST_TIES = 6
_TIED_WITHIN = 6.0
_MOST_ROWS_OF_WHICH = 200
_MOST_MEMBERS = 40
_MOST_LEFT_OUT = 40
"""Parts up to which a total that does not hold is tried without one or two of them."""

_Key = tuple[int, tuple[int, ...]]


@dataclass
class _Node:
    """A sum in the making; `coarser` a second set of parts that fits as well and lies side by side with the first."""

    parts: list[int]
    weight: Weight
    support: Support
    coarser: list[int] = field(default_factory=list)
    rivals: list[tuple[int, ...]] = field(default_factory=list)


@dataclass
class _Solution:
    """One reading of the rows: exhaustive sums, 其中 parts, and what else would have fitted."""

    sums: dict[int, _Node] = field(default_factory=dict)
    of_which: dict[int, list[int]] = field(default_factory=dict)
    rivals: list[_Key] = field(default_factory=list)
    same: dict[int, int] = field(default_factory=dict)
    roots: list[int] = field(default_factory=list)


def row_tree(amounts: Amounts, words: RowWords) -> tuple[RowTree, frozenset[int]]:
    """The tree of a table's rows, and the columns (by index in `amounts`) whose totals lie among their parts: intensities."""
    evidence = RowEvidence(amounts)
    solver = _Solver(evidence, words)
    best = solver.solved()
    tied: dict[int, list[tuple[int, ...]]] = {}
    for whole, parts in best.rivals[:_MOST_TIES]:
        own = whole in best.sums and tuple(best.sums[whole].parts) == parts
        if not own and frozenset().union(*(solver.leaves(best, part) for part in parts)) == solver.leaves(
            best, whole
        ):
            continue  # the same rows by another way: 西部 and the counties of 东部
        other = solver.solved(solver.without(best, whole, parts))
        if other.sums.keys() == best.sums.keys() and all(
            solver.leaves(other, one) == solver.leaves(best, one) for one in best.sums
        ):
            continue
        mine, its = solver.cost(best), solver.cost(other)
        if its < mine:
            best, tied = other, {}
        elif its[0] == mine[0]:
            tied.setdefault(whole, []).append(parts)
    return _tree(best, tied, words, evidence), _intensities(best, evidence)


def _tree(
    best: _Solution, tied: dict[int, list[tuple[int, ...]]], words: RowWords, evidence: RowEvidence
) -> RowTree:
    outside = _outside(best, words)
    sums: list[RowSum] = []
    for whole, node in best.sums.items():
        rivals = [*tied.get(whole, ()), *node.rivals]
        amid = [row for row in outside if min(*node.parts, whole) < row < max(*node.parts, whole)]
        if whole in best.roots and amid:
            rivals.append(tuple(sorted((*node.parts, *amid))))
            outside = [row for row in outside if row not in amid]
        sums.append(
            RowSum(
                whole,
                tuple(node.parts),
                exhaustive=True,
                support=Support.TIED if rivals else node.support,
                bits=node.weight.net,
                exceptions=tuple(evidence.amounts.columns[index].position for index in node.weight.failing),
                also=tuple(node.coarser),
                rivals=tuple(rivals),
            )
        )
    sums += [
        RowSum(whole, tuple(parts), exhaustive=False, support=Support.NAMED)
        for whole, parts in best.of_which.items()
        if parts
    ]
    return RowTree(tuple(sorted(sums, key=lambda one: (one.whole, not one.exhaustive))), tuple(outside))


def _outside(best: _Solution, words: RowWords) -> list[int]:
    """The rows that a total which holds leaves out though it should have all rows: neither its parts nor totals themselves."""
    totals = [
        root
        for root in best.roots
        if words.total[root] and root in best.sums and best.sums[root].support is Support.UPHELD
    ]
    if len(totals) != 1:
        return []
    return [
        root
        for root in best.roots
        if root not in best.sums and root not in best.same and not words.sums[root]
    ]


def _intensities(best: _Solution, evidence: RowEvidence) -> frozenset[int]:
    """Columns in which no sum holds and a whole lies among its parts, while other columns add up."""
    found: set[int] = set()
    for node in best.sums.values():
        found |= set(node.weight.intensive)
        if node.weight.holds == 0:
            found -= set(node.weight.intensive)
    for whole, node in best.sums.items():
        for index in list(found):
            if (
                index not in node.weight.intensive
                and index not in node.weight.failing
                and _holds(evidence, whole, node.parts, index)
            ):
                found.discard(index)
    return frozenset(found)


def _holds(evidence: RowEvidence, whole: int, parts: Sequence[int], column: int) -> bool:
    if evidence.blank[whole, column] or evidence.values[whole, column] == 0 or len(parts) < 2:
        return False
    slack = evidence.half[whole, column] + evidence.half[list(parts), column].sum()
    return bool(abs(evidence.values[whole, column] - evidence.values[list(parts), column].sum()) <= slack)


class _Solver:
    """Solves the rows of one table, as often as ties ask."""

    def __init__(self, evidence: RowEvidence, words: RowWords) -> None:
        self.evidence, self.words = evidence, words
        empty = (
            evidence.blank[:, evidence.columns].all(axis=1)
            if evidence.columns
            else np.ones(len(words.total), bool)
        )
        self.rows = np.flatnonzero(words.figures & ~empty).tolist()

    def solved(self, banned: frozenset[_Key] = frozenset()) -> _Solution:
        """One reading, without the sums that are banned."""
        solution = _Solution()
        sequence = self._of_which(self.rows, solution, banned)
        sequence = self._levels(sequence, solution, banned)
        sequence = self._rounds(sequence, solution, banned)
        sequence = self._two_partitions(sequence, solution)
        solution.roots = self._by_words(sequence, solution)
        return solution

    # --- 其中, numbering, indents ------------------------------------------------------------------------------

    def _of_which(self, rows: list[int], solution: _Solution, banned: frozenset[_Key]) -> list[int]:
        """其中 rows leave the sequence as parts of the row above; the run from the first on is tried as exhausting it."""
        words, gone = self.words, set[int]()
        marked = [place for place, row in enumerate(rows) if words.of_which[row]]
        if len(marked) * 2 > _MOST_ROWS_OF_WHICH * 10:
            return rows
        for place in marked:
            if rows[place] in gone:
                continue
            above = next(
                (n for n in range(place - 1, -1, -1) if rows[n] not in gone and not words.of_which[rows[n]]),
                None,
            )
            if above is None:
                continue
            whole, below = rows[above], [row for row in rows[above + 1 :] if row not in gone]
            found = self._exhausting(whole, below, banned)
            if found is not None:
                parts, weight = found
                solution.sums[whole] = _Node(parts, weight, Support.UPHELD)
                if any(not words.of_which[row] for row in parts):
                    solution.rivals.append((whole, tuple(parts)))
            elif words.total[whole] and all(words.of_which[row] for row in below):
                weight = self.evidence.weigh(whole, below, 1)
                parts = below
                support = Support.REFUTED if weight.failing else Support.NAMED
                solution.sums[whole] = _Node(parts, weight, support)
            else:
                parts = self._marked(whole, below)
                solution.of_which.setdefault(whole, []).extend(parts)
            gone.update(parts)
        return [row for row in rows if row not in gone]

    def _exhausting(
        self, whole: int, below: list[int], banned: frozenset[_Key]
    ) -> tuple[list[int], Weight] | None:
        """The run from the first 其中 row on that adds up to the row above, or None."""
        best: tuple[list[int], Weight] | None = None
        tried = below[:_MOST_ROWS_OF_WHICH]
        end = next((n for n, row in enumerate(tried) if n and self.words.total[row]), len(tried))
        for after in range(1, end + 1):
            parts = tried[:after]
            if (whole, tuple(parts)) in banned:
                continue
            weight = self.evidence.weigh(whole, parts, max(1, end))
            if weight.enough(BAR_OF_A_SEGMENT, named=True) and (best is None or weight.net > best[1].net):
                best = parts, weight
        return best

    def _marked(self, whole: int, below: list[int]) -> list[int]:
        """The rows marked 其中, and those indented below them."""
        indent, parts = self.words.indent, list[int]()
        for row in below:
            deeper = bool(parts) and indent[row] >= indent[parts[0]] > indent[whole]
            if not (self.words.of_which[row] or deeper):
                break
            parts.append(row)
        return parts

    def _levels(self, rows: list[int], solution: _Solution, banned: frozenset[_Key]) -> list[int]:
        """Rows of a deeper level, by numbering or indent, are tried as the parts of the row above; else they lie within it."""
        level, indent = self.words.level, self.words.indent
        chosen = np.array(rows, np.int64)
        if not len(rows) or not (level[chosen].any() or len(set(indent[chosen].tolist())) > 1):
            return rows
        gone: set[int] = set()
        for place in range(len(rows) - 1, -1, -1):
            whole = rows[place]
            parts: list[int] = []
            for row in rows[place + 1 :]:
                if row in gone:
                    continue
                if (
                    not (level[row] > level[whole] > 0 or indent[row] > indent[whole])
                    or self.words.total[row]
                ):
                    break
                parts.append(row)
            if not parts:
                continue
            nearest = min((level[row], indent[row]) for row in parts)
            parts = [row for row in parts if (level[row], indent[row]) == nearest]
            weight = self.evidence.weigh(whole, parts, 1)
            if weight.enough(BAR_OF_A_SEGMENT, named=True) and (whole, tuple(parts)) not in banned:
                solution.sums[whole] = _Node(parts, weight, Support.UPHELD)
            elif (
                self.evidence.within(whole, parts)
                and not self.evidence.blank[whole, self.evidence.columns].all()
            ):
                solution.of_which.setdefault(whole, []).extend(parts)
            else:
                continue
            gone.update(parts)
        return [row for row in rows if row not in gone]

    # --- sums by arithmetic ------------------------------------------------------------------------------------

    def _rounds(self, sequence: list[int], solution: _Solution, banned: frozenset[_Key]) -> list[int]:
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
                solution.sums[one.whole] = _Node(list(one.parts), one.weight, Support.UPHELD)
                touched |= {one.whole, *one.parts}
                gone |= set(one.parts)
                added = True
            sequence = [row for row in sequence if row not in gone]
            if not added:
                break
        return sequence

    def _mixed(self, one: Candidate, solution: _Solution) -> bool:
        """Whether a sum would hold a 小计 whose own rows are not found, and plain rows, some of which may be its own."""
        unfound = any(self.words.sums[row] and row not in solution.sums for row in one.parts)
        return unfound and any(not self.words.sums[row] for row in one.parts)

    def _innermost(self, found: list[Candidate], solution: _Solution) -> list[Candidate]:
        """The candidates whose parts are no candidate wholes themselves, where there are any."""
        wholes = {one.whole for one in found}
        inner = [one for one in found if not wholes & set(one.parts)]
        if not inner or len(inner) == len(found):
            return found
        for one in found:
            if any(other.whole in one.parts and set(other.parts) & set(one.parts) for other in inner):
                solution.rivals.append((one.whole, one.parts))
        return inner

    def _second(
        self, one: Candidate, known: _Node, gone: set[int], touched: set[int], solution: _Solution
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

    def _two_partitions(self, sequence: list[int], solution: _Solution) -> list[int]:
        """Of two sets of parts of one whole (regions, and provinces) the finer ones become parts of the coarser, where they fit."""
        for node in list(solution.sums.values()):
            if not node.coarser:
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
                    solution.sums[group] = _Node(members, weight, Support.UPHELD)
            sequence = [row for row in sequence if row not in coarse and row not in fine]
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

    # --- what only words say -----------------------------------------------------------------------------------

    def _by_words(self, sequence: list[int], solution: _Solution) -> list[int]:
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

    def _take(self, whole: int, parts: list[int], sequence: list[int], solution: _Solution) -> list[int]:
        weight = self.evidence.weigh(whole, parts, 1)
        support = Support.REFUTED if self._refuted(weight) else Support.NAMED
        solution.sums[whole] = _Node(parts, weight, support)
        return [row for row in sequence if row not in parts]

    def _take_all(self, whole: int, parts: list[int], sequence: list[int], solution: _Solution) -> list[int]:
        """As `_take`, for a total over all rows left: where they do not add up, rows that are sums or no parts are looked for."""
        if not self._refuted(self.evidence.weigh(whole, parts, 1)):
            return self._take(whole, parts, sequence, solution)
        inner = self._inner(whole, parts)
        for group, (members, weight) in inner.items():
            solution.sums[group] = _Node(members, weight, Support.UPHELD)
            sequence = [row for row in sequence if row not in members]
            parts = [row for row in parts if row not in members]
        sequence = self._take(whole, parts, sequence, solution)
        node = solution.sums[whole]
        if inner:
            node.support = Support.UPHELD
        elif (other := self._leaving_out(whole, parts)) is not None:
            node.support, node.rivals = Support.TIED, [other]
        return sequence

    def _inner(self, whole: int, parts: list[int]) -> dict[int, tuple[list[int], Weight]]:
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

    # --- readings held against each other ----------------------------------------------------------------------

    def leaves(self, solution: _Solution, record: int) -> frozenset[int]:
        """The records that add up to one in a reading."""
        node = solution.sums.get(record)
        if node is None:
            return frozenset([record])
        return frozenset().union(*(self.leaves(solution, part) for part in node.parts))

    def without(self, solution: _Solution, whole: int, parts: tuple[int, ...]) -> frozenset[_Key]:
        """What to ban so that a rival gets its chance: the sum it competes with, or those whose parts it would take."""
        node = solution.sums.get(whole)
        if node is not None and tuple(node.parts) != parts:
            return frozenset([(whole, tuple(node.parts))])
        if node is not None:
            return frozenset([(whole, parts)])
        return frozenset(
            (one, tuple(each.parts)) for one, each in solution.sums.items() if set(each.parts) & set(parts)
        )

    def cost(self, solution: _Solution) -> tuple[int, int]:
        """Rows left over, contradictions and groups inside groups; then the evidence, the more the less it costs."""
        nested = sum(
            bool(self.words.group[whole]) and bool(self.words.sums[part])
            for whole, node in solution.sums.items()
            for part in node.parts
        )
        failing = sum(len(node.weight.failing) for node in solution.sums.values())
        bits = sum(node.weight.net for node in solution.sums.values())
        return len(solution.roots) + 2 * nested + failing, -round(bits / 6)


def with_support(tree: RowTree, whole: int, support: Support) -> RowTree:
    """The tree with another support of one sum."""
    return replace(
        tree,
        sums=tuple(
            replace(one, support=support) if one.whole == whole and one.exhaustive else one
            for one in tree.sums
        ),
    )
