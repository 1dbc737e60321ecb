"""How often the tree of rows is found by arithmetic: made trees of two levels with words and without, random tables.

    python benchmarks/row_trees.py [SEED]

Counts, no times: all data is synthetic. A tree is the same if every sum has the same rows; part of it is found if every sum
that is found is right and some are lacking; another one has a sum of other rows.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from wenxiao.model import Role, figures
from wenxiao.model.row_tree import RowTree
from wenxiao.model.units import WAN_YUAN
from wenxiao.sheets.structure.amounts import Amounts, amounts_of
from wenxiao.sheets.structure.column_relations import column_relations
from wenxiao.sheets.structure.row_sums import row_tree
from wenxiao.sheets.structure.row_words import row_words

TREES, RANDOM = 100, 1000


@dataclass
class Made:
    """A made table: its figures by row, the role of each row by its word, and the leaves of each sum."""

    rows: list[list[Decimal]]
    roles: list[Role]
    truth: dict[int, frozenset[int]]


def made(chance: random.Random, columns: int, places: int) -> Made:
    """A total over two to four subtotals of two to six rows each, the sums first or last."""
    table = Made([], [], {})
    sums_first = chance.random() < 0.5
    groups = [
        [[_amount(chance, places) for _ in range(columns)] for _ in range(chance.randint(2, 6))]
        for _ in range(chance.randint(2, 4))
    ]

    def add(row: list[Decimal], role: Role) -> int:
        table.rows.append(row)
        table.roles.append(role)
        return len(table.rows) - 1

    def added(rows: list[list[Decimal]]) -> list[Decimal]:
        return [sum(column, Decimal(0)) for column in zip(*rows, strict=True)]

    every = [row for group in groups for row in group]
    whole = add(added(every), Role.TOTAL) if sums_first else -1
    for group in groups:
        subtotal = add(added(group), Role.SUBTOTAL) if sums_first else -1
        leaves = frozenset(add(row, Role.DATA) for row in group)
        subtotal = subtotal if sums_first else add(added(group), Role.SUBTOTAL)
        table.truth[subtotal] = leaves
    whole = whole if sums_first else add(added(every), Role.TOTAL)
    table.truth[whole] = frozenset().union(*table.truth.values())
    return table


def _amount(chance: random.Random, places: int) -> Decimal:
    return round(Decimal(chance.lognormvariate(5, 1.2)), places)


def tree_of(table: Made, *, words: bool) -> RowTree:
    """The tree that is found, with the words of the rows or with neutral ones."""
    roles = np.array(table.roles if words else [Role.DATA] * len(table.rows), np.int8)
    return row_tree(amounts(table.rows), row_words([f"名{n}" for n in range(len(table.rows))], roles))[0]


def amounts(rows: list[list[Decimal]]) -> Amounts:
    """The figures of rows as columns of 万元."""
    columns = [
        figures(list(column), key=None, label=f"列{at}", position=at, unit=WAN_YUAN)
        for at, column in enumerate(zip(*rows, strict=True), start=2)
    ]
    return amounts_of(columns, len(rows))


def outcome(table: Made, tree: RowTree) -> str:
    """What was found of a made tree."""
    found = {whole: tree.leaves(whole) for whole in tree.by_whole}
    if found == table.truth:
        return "same"
    if list(tree.doubts):
        return "doubt"
    return "part" if all(table.truth.get(whole) == leaves for whole, leaves in found.items()) else "another"


def with_one_wrong(table: Made, chance: random.Random) -> Made:
    """The table with one figure changed."""
    rows = [list(row) for row in table.rows]
    row = chance.randrange(len(rows))
    column = chance.randrange(len(rows[0]))
    rows[row][column] = rows[row][column] * 2 + 11
    return Made(rows, table.roles, table.truth)


def lines(seed: int) -> Iterator[str]:
    """A line for each kind of made tree, then one for random tables."""
    chance = random.Random(seed)
    for words in (True, False):
        for columns in (1, 2, 3, 4):
            for places in (2, 0):
                for wrong in (False, True):
                    counts: Counter[str] = Counter()
                    for _ in range(TREES):
                        table = made(chance, columns, places)
                        table = with_one_wrong(table, chance) if wrong else table
                        counts[outcome(table, tree_of(table, words=words))] += 1
                    what = f"{'words' if words else 'no words'}, {columns} columns, {places} decimals"
                    told = ", ".join(f"{name} {count}" for name, count in counts.most_common())
                    yield f"{what}{', one figure wrong' if wrong else ''}: {told} of {TREES}"
    trees = relations = 0
    for _ in range(RANDOM):
        count, columns = chance.randint(3, 40), chance.randint(1, 8)
        places, most = chance.choice([(2, 90_000), (0, 30), (1, 100)])
        rows = [
            [Decimal(chance.randint(1, most)).scaleb(-places) for _ in range(columns)] for _ in range(count)
        ]
        figures_ = amounts(rows)
        tree, _ = row_tree(figures_, row_words([""] * count, np.zeros(count, np.int8)))
        trees += bool(tree.sums)
        relations += bool(column_relations(figures_, range(count), [False] * columns, [False] * columns))
    yield f"random tables: {trees} with a tree, {relations} with a relation of columns, of {RANDOM}"


if __name__ == "__main__":
    for line in lines(int(sys.argv[1]) if len(sys.argv) > 1 else 7):
        print(line)
