"""Sums that words in front, numbering and indents propose: 其中 rows, and rows of a deeper level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wenxiao.model.row_tree import Support
from wenxiao.sheets.structure.row_evidence import BAR_OF_A_SEGMENT, RowEvidence, Weight
from wenxiao.sheets.structure.row_solution import Key, Node, Solution
from wenxiao.sheets.structure.row_words import RowWords

_MOST_ROWS_OF_WHICH = 200


@dataclass(frozen=True)
class MarkedRows:
    """The rows of a table whose names mark them as parts of the row above."""

    evidence: RowEvidence
    words: RowWords

    def of_which(self, rows: list[int], solution: Solution, banned: frozenset[Key]) -> list[int]:
        """其中 rows leave the sequence as parts of the row above; the run from the first on is tried as exhausting it."""
        words, gone = self.words, set[int]()
        marked = np.flatnonzero(words.of_which[np.array(rows, np.int64)]).tolist()
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
            if words.total[whole] and self._sums_above(
                whole, [row for row in rows[:above] if row not in gone]
            ):
                parts = self._marked(whole, below) if found is None else found[0]
                solution.of_which.setdefault(whole, []).extend(parts)
            elif found is not None:
                parts, weight = found
                solution.sums[whole] = Node(parts, weight, Support.UPHELD)
                if any(not words.of_which[row] for row in parts):
                    solution.rivals.append((whole, tuple(parts)))
            elif words.total[whole] and all(words.of_which[row] for row in below):
                weight = self.evidence.weigh(whole, below, 1)
                parts = below
                support = Support.REFUTED if weight.failing else Support.NAMED
                solution.sums[whole] = Node(parts, weight, support)
            else:
                parts = self._marked(whole, below)
                solution.of_which.setdefault(whole, []).extend(parts)
            gone.update(parts)
        return [row for row in rows if row not in gone] if gone else rows

    def _exhausting(
        self, whole: int, below: list[int], banned: frozenset[Key]
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

    def _sums_above(self, whole: int, rows: list[int]) -> bool:
        """Whether a total sums the rows above it, all of them, those of its segment, or the sums among them."""
        sums = [row for row in rows if self.words.sums[row]]
        segment = rows[rows.index(sums[-1]) + 1 :] if sums else rows
        plain = [row for row in rows if row not in sums]
        return any(
            parts and self.evidence.weigh(whole, parts, 1).enough(BAR_OF_A_SEGMENT, named=True)
            for parts in (plain, segment, sums)
        )

    def _marked(self, whole: int, below: list[int]) -> list[int]:
        """The rows marked 其中, and those indented below them."""
        indent, parts = self.words.indent, list[int]()
        for row in below:
            deeper = bool(parts) and indent[row] >= indent[parts[0]] > indent[whole]
            if not (self.words.of_which[row] or deeper):
                break
            parts.append(row)
        return parts

    def levels(self, rows: list[int], solution: Solution, banned: frozenset[Key]) -> list[int]:
        """Rows of a deeper level are tried as the parts of the row above; by numbering or indent they lie within it else.

        Towns after a county may also be its neighbours: only a sum makes them its parts. Where the parts of others of one
        depth add up, of twice as many or of counties of as many, those that do not are meant to.
        """
        level, indent, place_of = self.words.level, self.words.indent, self.words.place
        chosen = np.array(rows, np.int64)
        if not len(rows) or not (
            level[chosen].any() or any(len(set(each[chosen].tolist())) > 1 for each in (indent, place_of))
        ):
            return rows
        gone: set[int] = set()
        within: list[tuple[int, list[int]]] = []
        upheld: list[int] = []
        for place in range(len(rows) - 1, -1, -1):
            whole = rows[place]
            parts: list[int] = []
            for row in rows[place + 1 :]:
                if row in gone:
                    continue
                deeper = level[row] > level[whole] > 0 or indent[row] > indent[whole]
                if not (deeper or place_of[row] > place_of[whole] > 0) or self.words.total[row]:
                    break
                parts.append(row)
            if not parts:
                continue
            depth = {row: (level[row], indent[row], place_of[row]) for row in parts}
            parts = [row for row in parts if depth[row] == min(depth.values())]
            marked = level[parts[0]] > level[whole] > 0 or indent[parts[0]] > indent[whole]
            weight = self.evidence.weigh(whole, parts, 1)
            adds_up = weight.enough(BAR_OF_A_SEGMENT, named=True) and (marked or len(parts) > 1)
            if adds_up and (whole, tuple(parts)) not in banned:
                solution.sums[whole] = Node(parts, weight, Support.UPHELD)
                upheld.append(whole)
            elif (
                marked
                and self.evidence.within(whole, parts)
                and not self.evidence.blank[whole, self.evidence.columns].all()
            ):
                within.append((whole, parts))
            else:
                continue
            gone.update(parts)
        for whole, parts in within:
            depth_of = level[whole], indent[whole]
            alike = sum((level[each], indent[each]) == depth_of for each in upheld)
            others = sum((level[each], indent[each]) == depth_of for each, _ in within)
            towns = place_of[parts[0]] > place_of[whole] > 0
            if len(parts) > 1 and alike >= (others if towns else 2 * others):
                solution.meant.add(whole)
            solution.of_which.setdefault(whole, []).extend(parts)
        return [row for row in rows if row not in gone]
