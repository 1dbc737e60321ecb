"""Where a value stood: file, sheet, row and column."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]*)")


def column_letters(column: int) -> str:
    """The letters of a 1-based column.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The 1-based column that `letters` name.

    >>> column_number("AB")
    28
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """One cell: `file` (name within the project folder), `sheet`, 1-based `row` and `column`.

    >>> str(CellRef("资金情况.xlsx", "资金", 5, 3))
    '资金情况.xlsx［资金］C5'
    """

    file: str
    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """The address within its sheet, for instance C5."""
        return f"{column_letters(self.column)}{self.row}"

    @classmethod
    def at(cls, file: str, sheet: str, address: str) -> CellRef:
        """The cell at an A1 address; ValueError where `address` is none."""
        match = _ADDRESS.fullmatch(address.strip())
        if match is None:
            raise ValueError(f"not a cell address: {address!r}")
        return cls(file, sheet, int(match[2]), column_number(match[1]))

    def __str__(self) -> str:
        return f"{self.file}［{self.sheet}］{self.address}"
