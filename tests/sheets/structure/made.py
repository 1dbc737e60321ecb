"""Synthetic columns and trees of rows for the tests of structure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from wenxiao.model import Column, Missing, Role, figures
from wenxiao.model.row_tree import RowTree
from wenxiao.model.units import WAN_YUAN, Unit
from wenxiao.sheets.cells.wording import role_of
from wenxiao.sheets.structure.amounts import amounts_of
from wenxiao.sheets.structure.row_sums import row_tree
from wenxiao.sheets.structure.row_words import row_words


def columns_of(rows: Sequence[Sequence[str]], unit: Unit = WAN_YUAN, key: str | None = None) -> list[Column]:
    """Columns of figures from the texts of rows, '' for a blank."""
    return [
        figures(
            [Decimal(text) if text else Missing.NOT_PROVIDED for text in column],
            key=key,
            label=f"列{position}",
            position=position,
            unit=unit,
        )
        for position, column in enumerate(zip(*rows, strict=True), start=2)
    ]


def tree_of(
    names: Sequence[str], rows: Sequence[Sequence[str]], roles: Sequence[Role] = (), unit: Unit = WAN_YUAN
) -> RowTree:
    """The tree of rows; roles as their names give them where none are handed in."""
    given = np.array(roles or [role_of(name) for name in names], np.int8)
    return row_tree(amounts_of(columns_of(rows, unit), len(rows)), row_words(names, given))[0]


def sums_of(tree: RowTree, names: Sequence[str]) -> dict[str, list[str]]:
    """The exhaustive sums by name."""
    return {names[whole]: [names[part] for part in one.parts] for whole, one in tree.by_whole.items()}
