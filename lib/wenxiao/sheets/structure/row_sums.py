"""The tree of the rows of a table: words, numbering and indents propose, sums in all columns decide, ties are doubts.

The steps: 其中 rows, levels of numbering, then rounds in which the innermost sums are taken off until nothing is added,
and last what only a word says. Where two readings fit, the table is solved again without the first one and both are held
against each other: rows left over, contradictions, groups inside groups.
"""

from __future__ import annotations

from collections.abc import Sequence

from wenxiao.model.row_tree import RowSum, RowTree, Support
from wenxiao.sheets.structure.amounts import Amounts
from wenxiao.sheets.structure.row_evidence import RowEvidence
from wenxiao.sheets.structure.row_solution import Solution
from wenxiao.sheets.structure.row_solver import RowSolver
from wenxiao.sheets.structure.row_words import RowWords

_MOST_TIES = 6


def row_tree(amounts: Amounts, words: RowWords) -> tuple[RowTree, frozenset[int]]:
    """The tree of a table's rows, and the columns (by index in `amounts`) whose totals lie among their parts: intensities."""
    evidence = RowEvidence(amounts)
    solver = RowSolver(evidence, words)
    best = solver.solved()
    tied: dict[int, list[tuple[int, ...]]] = {}
    for whole, parts in best.rivals[:_MOST_TIES]:
        own = whole in best.sums and tuple(best.sums[whole].parts) == parts
        if not own and frozenset().union(*(best.leaves(part) for part in parts)) == best.leaves(whole):
            continue  # the same rows by another way: 西部 and the counties of 东部
        other = solver.solved(solver.without(best, whole, parts))
        if other.sums.keys() == best.sums.keys() and all(
            other.leaves(one) == best.leaves(one) for one in best.sums
        ):
            continue
        mine, its = solver.cost(best), solver.cost(other)
        if its < mine:
            best, tied = other, {}
        elif its[0] == mine[0]:
            tied.setdefault(whole, []).append(parts)
    return _tree(best, tied, words, evidence), _intensities(best, evidence)


def _tree(
    best: Solution, tied: dict[int, list[tuple[int, ...]]], words: RowWords, evidence: RowEvidence
) -> RowTree:
    outside = _finer_parts(best, _outside(best, words), evidence)
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
        RowSum(
            whole,
            tuple(parts),
            exhaustive=False,
            support=Support.REFUTED if whole in best.meant else Support.NAMED,
        )
        for whole, parts in best.of_which.items()
        if parts
    ]
    return RowTree(tuple(sorted(sums, key=lambda one: (one.whole, not one.exhaustive))), tuple(outside))


def _outside(best: Solution, words: RowWords) -> list[int]:
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


def _finer_parts(best: Solution, outside: list[int], evidence: RowEvidence) -> list[int]:
    """What stays outside: rows that, with the members of linked groups, add up to the total are its finer parts instead."""
    whole = next(
        (root for root in best.roots if root in best.sums and best.sums[root].support is Support.UPHELD), None
    )
    if whole is None or not outside:
        return outside
    node = best.sums[whole]
    members = [row for part in node.parts if part in best.sums for row in best.leaves(part)]
    finer = sorted({*outside, *members})
    weight = evidence.weigh(whole, finer, 1)
    if not weight.holds or weight.failing or weight.intensive:
        return outside
    node.coarser, node.parts = node.parts, finer
    return []


def _intensities(best: Solution, evidence: RowEvidence) -> frozenset[int]:
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
