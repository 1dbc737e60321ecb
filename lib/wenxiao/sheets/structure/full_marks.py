"""The row of full marks (分值) below the header of scores by district, named or not, and what it says of the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from wenxiao.model import Role
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.value import reading
from wenxiao.sheets.cells.wording import compact
from wenxiao.sheets.columns.strip import Strip
from wenxiao.sheets.columns.view import View

_KIND = "districts"
_TOTAL = "score"
_WHOLE = 100
"""What 分值 add up to; without a column of totals, figures that do are taken for them."""
_FEWEST = 2


def mark_full_marks(
    view: View, strips: Sequence[Strip], naming: Sequence[int], codes: NDArray[np.int8]
) -> None:
    """Marks the first row as 分值 where it names no district and no score below it is higher.

    Its name is left empty below a header of one row, or repeats the header's (县区) where merged cells were filled. A row
    of 分值 that says so is known by its name.
    """
    keys = [None if of is None else of.key for of in view.fields]
    if view.kind.key != _KIND or view.transposed or len(codes) < _FEWEST:
        return
    if Role.WEIGHT in codes or codes[0] != Role.DATA or not all(_nameless(view, strips, at) for at in naming):
        return
    scores = [strip for at, strip in enumerate(strips) if at not in naming]
    marks = {at: mark for at, strip in enumerate(scores) if (mark := _points(strip, 0)) is not None}
    whole = _TOTAL in keys or sum(marks.values()) == _WHOLE
    if (
        whole
        and len(marks) >= _FEWEST
        and all(
            (score := _points(scores[at], record)) is None or score <= mark
            for at, mark in marks.items()
            for record in range(1, len(codes))
            if codes[record] == Role.DATA
        )
    ):
        codes[0] = Role.WEIGHT


def without_rates(view: View, strips: Mapping[int, Strip], codes: NDArray[np.int8]) -> View:
    """The view whose columns with 分值 are scores: 资金到位率 over 20 of them holds points, not a rate."""
    if view.kind.key != _KIND or Role.WEIGHT not in codes:
        return view
    row = int(np.argmax(codes == Role.WEIGHT))
    fields = tuple(
        None
        if of is not None and of.type == "rate" and _points(strips[heading.position], row) is not None
        else of
        for heading, of in zip(view.headings, view.fields, strict=True)
    )
    return replace(view, fields=fields)


def _nameless(view: View, strips: Sequence[Strip], at: int) -> bool:
    """Whether the first record has no name in a column of names, or that of the column."""
    strip, of = strips[at], view.fields[at]
    if strip.textures[0] in (Texture.EMPTY, Texture.COVERED) or (of is not None and of.type == "serial"):
        return True
    return compact(str(strip.cells[0])) in map(compact, view.headings[at].path)


def _points(strip: Strip, record: int) -> Fraction | None:
    """The number in a cell, None where there is none."""
    cell, texture = strip.cells[record], strip.textures[record]
    if texture == Texture.FIGURE:
        number = reading(str(cell)).number
        return None if number is None else Fraction(number)
    return Fraction(str(cell)) if texture == Texture.NUMBER else None
