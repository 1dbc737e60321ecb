"""The rows of a large sheet as they come from another process: most of them are never looked at again."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from typing import overload

from wenxiao.sheets.cells.texture import Cell

_BLOCK = 1024

Row = Sequence[Cell]


class PackedRows(Sequence[Row]):
    """Rows in pickled blocks; a block is unpacked when one of its rows is asked for, and stays so."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._count = len(rows)
        self._blocks: list[bytes | list[Row]] = [
            pickle.dumps(rows[at : at + _BLOCK], protocol=5) for at in range(0, len(rows), _BLOCK)
        ]

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(self._count))]
        at = index + self._count if index < 0 else index
        if not 0 <= at < self._count:
            raise IndexError(index)
        return self._block(at // _BLOCK)[at % _BLOCK]

    def __iter__(self) -> Iterator[Row]:
        for number in range(len(self._blocks)):
            yield from self._block(number)

    def _block(self, number: int) -> list[Row]:
        block = self._blocks[number]
        if isinstance(block, bytes):
            block = self._blocks[number] = pickle.loads(block)
        return block


def packed_rows(rows: Sequence[Row]) -> Sequence[Row]:
    """The same rows, packed where there are many."""
    return rows if isinstance(rows, PackedRows) or len(rows) <= _BLOCK else PackedRows(rows)
