"""A table with the tree of its rows and the relations of its columns: what adds up to what, found by arithmetic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wenxiao.model import Column, Role, Table
from wenxiao.model.column import ColumnRelation, RelationKind
from wenxiao.model.row_tree import RowSum, RowTree, Support
from wenxiao.model.units import NUMBER, RATIO
from wenxiao.sheets.cells.wording import compact
from wenxiao.sheets.structure.amounts import amounts_of
from wenxiao.sheets.structure.column_relations import column_relations
from wenxiao.sheets.structure.row_sums import row_tree
from wenxiao.sheets.structure.row_words import row_words
from wenxiao.sheets.structure.totals import additive

_RATED = re.compile(r"率|占比|比重|比例|强度|密度|人均|户均|平均|均价|增长|增速|增幅|指数|进度|[%％]")
_ADDED = re.compile(r"合计|小计|总|结余|结转|余额|剩余|差额|偏差|增减")
_RATES = (RelationKind.RATIO, RelationKind.GROWTH, RelationKind.SHARE)
_SET_APART = frozenset({"serial", "rank", "year"})
_KINDS = frozenset({"funds", "districts", "outputs", "neighbourhoods", "contributions", "other"})
"""Kinds of table whose rows may be sums of each other; a scorecard's rows are a tree by their levels."""


def structured(
    table: Table,
    labels: Sequence[str],
    settled: frozenset[int] = frozenset(),
    unsaid: frozenset[int] = frozenset(),
) -> Table:
    """The table with what its rows and columns are to each other, and with roles that follow from it.

    `labels` are the names of the records as they stand in their cells. A record that others add up to is a total or a
    subtotal, 其中 parts stay out of every sum, and a column that is a ratio of two others is one whatever its name. The
    roles of `settled` records are a person's and stay. Of `unsaid` columns, which have the unit row's money only because
    nothing says otherwise, those that add up with money keep it; the unit of the others is not known.
    """
    if table.kind not in _KINDS or len(table) == 0:
        return table
    words = row_words(labels, table.roles, of_places=table.kind == "districts")
    numeric = [
        column for column in table.columns if column.numbers is not None and column.key not in _SET_APART
    ]
    amounts = amounts_of(numeric, len(table))
    relations = column_relations(
        amounts,
        np.flatnonzero(words.figures).tolist(),
        [column.unit == RATIO or _RATED.search(compact(column.label)) is not None for column in numeric],
        [_ADDED.search(compact(column.label)) is not None for column in numeric],
    )
    unknown = _apart_from_money(table.columns, relations, unsaid)
    columns = tuple(
        replace(column, unit=NUMBER, printed_unit=None)
        if column.position in unknown
        else _as_related(column, table.columns, relations)
        for column in table.columns
    )
    table = replace(table, columns=columns, relations=relations)
    adding = {column.position for column in columns if additive(table, column)}
    chosen = [index for index, column in enumerate(numeric) if column.position in adding]
    tree, intensive = row_tree(amounts.only(chosen), words)
    apart = frozenset(numeric[chosen[index]].position for index in intensive)
    tree = _settled(tree, table.roles, settled)
    tree = replace(tree, outside=tuple(one for one in tree.outside if one not in settled))
    roles = _roles(table.roles, tree, words.place)
    roles[sorted(settled)] = table.roles[sorted(settled)]
    return replace(table, tree=tree, intensive=apart, roles=roles)


def _settled(tree: RowTree, roles: NDArray[np.int8], settled: frozenset[int]) -> RowTree:
    """The tree with the doubts decided about whose rows a person said what they are: data rows are parts, others are not."""

    def decided(one: RowSum) -> RowSum:
        if one.support is not Support.TIED:
            return one
        undecided = set(one.parts) ^ set(one.rivals[0])
        if not undecided <= settled:
            return one
        data = {row for row in undecided if roles[row] == int(Role.DATA)}
        parts = tuple(sorted((set(one.parts) - undecided) | data))
        return replace(one, parts=parts, support=Support.NAMED, rivals=())

    return replace(tree, sums=tuple(decided(one) for one in tree.sums))


def _apart_from_money(
    columns: Sequence[Column], relations: Sequence[ColumnRelation], unsaid: frozenset[int]
) -> frozenset[int]:
    """The `unsaid` columns that are in no sum across with money, nor with one that is."""
    money = {column.position for column in columns if column.unit.dimension == "money"} - unsaid
    sums = [{one.result, *one.operands} for one in relations if one.kind is RelationKind.SUM]
    for _ in sums:
        money |= set().union(*(each for each in sums if each & money))
    return unsaid - money


def _as_related(column: Column, columns: Sequence[Column], relations: Sequence[ColumnRelation]) -> Column:
    """A column without a field that is a ratio of two others, as a rate; the unit of money is none of its own."""
    if column.key is not None or column.unit == RATIO or column.numbers is None:
        return column
    found = next((one for one in relations if one.result == column.position and not one.kind.summable), None)
    if found is None:
        return column
    dimensions = {one.unit.dimension for one in columns if one.position in found.operands}
    alike = len(dimensions) == 1 and dimensions != {NUMBER.dimension}
    if found.kind in _RATES and (found.scale == 100 or alike):
        return _as_rate(column, found.scale)
    return replace(column, unit=NUMBER, printed_unit=None) if column.unit.dimension == "money" else column


def _as_rate(column: Column, scale: int) -> Column:
    """A column of rates as fractions, whether it was printed as such or in per cent without the sign."""
    assert column.numbers is not None
    if scale == 1:
        return replace(column, unit=RATIO, printed_unit=RATIO)
    kind = column.numbers.type
    numbers = [None if number is None else number.scaleb(-2) for number in column.numbers.to_pylist()]
    return replace(
        column,
        unit=RATIO,
        printed_unit=RATIO,
        numbers=pa.array(numbers, pa.decimal128(38, kind.scale + 2)),
        places=np.where(column.missing == 0, column.places + 2, column.places).astype(np.int8),
    )


def _roles(roles: NDArray[np.int8], tree: RowTree, places: NDArray[np.int8]) -> NDArray[np.int8]:
    """The role of each record by its place in the tree.

    A place among others that sums those of the level below is the data, and these are finer; what sums places and is none
    itself (东部) is a part sum.
    """
    made = roles.copy()
    inner = {part for one in tree.sums for part in one.parts}
    for one in tree.sums:
        for part in one.parts:
            if one.exhaustive and made[part] == int(Role.OF_WHICH):
                made[part] = Role.DATA
            elif not one.exhaustive:
                made[part] = Role.OF_WHICH
    every = (
        {record for record in np.flatnonzero(made == int(Role.DATA)).tolist() if record not in tree.by_whole}
        if tree.sums
        else set()
    )
    for whole, one in tree.by_whole.items():
        if made[whole] in (int(Role.DATA), int(Role.OF_WHICH)) and one.support is not Support.REFUTED:
            total = whole not in inner and every <= tree.leaves(whole)
            made[whole] = Role.TOTAL if total else Role.SUBTOTAL
    for whole, one in tree.by_whole.items():
        above = one.also or (whole,)
        finer = all(0 < places[each] < places[part] for each in above for part in one.parts)
        if finer and (one.also or made[whole] == int(Role.SUBTOTAL)):
            made[list(above)] = Role.DATA
            made[sorted(tree.leaves(whole) | set(one.parts))] = Role.OF_WHICH
        else:  # a second set of parts is never added up beside the first
            made[[each for each in one.also if made[each] == int(Role.DATA)]] = Role.REGION_SUBTOTAL
    made[sorted(tree.of_which)] = Role.OF_WHICH
    made[list(tree.outside)] = Role.OUTSIDE
    return made
