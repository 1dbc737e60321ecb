"""What each record of a table is: data, a total, a grade, a heading of a group, an empty row of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wenxiao.model import Role
from wenxiao.sheets.grid import Cell, Grid, Texture
from wenxiao.sheets.recognition import View
from wenxiao.sheets.wording import is_section, is_template, joined, role_of

_SCORECARD_ONLY = (Role.GRADE, Role.ROUNDED_TOTAL)


@dataclass(frozen=True)
class Roles:
    """The role of each record, and the heading of the group it stands under."""

    codes: NDArray[np.int8]
    sections: tuple[str, ...]


def roles_of(
    grid: Grid, view: View, cells: Mapping[int, list[Cell]], textures: Mapping[int, NDArray[np.int8]]
) -> Roles:
    """The roles of the records of a view, by the names they bear and by what else stands in their rows."""
    count = len(view.lines)
    codes = np.zeros(count, np.int8)
    if view.kind.layout == "head" or count == 0:
        return Roles(codes, ("",) * count)
    positions = [heading.position for heading in view.headings]
    stacked = np.column_stack([textures[position] for position in positions])
    held = (stacked != Texture.EMPTY) & (stacked != Texture.COVERED)
    filled = held.sum(axis=1)
    naming = _naming(view, stacked)
    if view.kind.totals:
        for index in reversed(naming):
            column = cells[positions[index]]
            texts = stacked[:, index] == Texture.TEXT
            for record in np.flatnonzero(texts).tolist():
                role = role_of(str(column[record]))
                if role is not Role.DATA and not (role in _SCORECARD_ONLY and view.kind.key != "scorecard"):
                    codes[record] = role
    sections = [""] * count
    if not view.transposed:
        current = ""
        lone = set(np.flatnonzero((filled == 1) & (codes == Role.DATA)).tolist())
        for record in sorted(lone):
            index = int(np.flatnonzero(held[record])[0])
            if stacked[record, index] == Texture.TEXT and _heads_a_group(
                grid, view, record, index, naming, cells
            ):
                codes[record] = Role.SECTION
        if (codes == Role.SECTION).any():
            for record in range(count):
                if codes[record] == Role.SECTION:
                    index = int(np.flatnonzero(held[record])[0])
                    current = joined(str(cells[positions[index]][record]))
                sections[record] = current
    _mark_templates(view, cells, stacked, held, naming, codes)
    return Roles(codes, tuple(sections))


def _naming(view: View, stacked: NDArray[np.int8]) -> list[int]:
    """The columns whose texts name a row: those of text before the first column of figures, 序号 included."""
    naming: list[int] = []
    for index, of in enumerate(view.fields):
        if of is not None and of.type in ("text", "serial"):
            if of.key != "note":
                naming.append(index)
            continue
        figures = np.isin(stacked[:, index], (Texture.NUMBER, Texture.FIGURE)).sum()
        if (of is not None and of.numeric) or figures * 2 > len(stacked):
            if naming:
                break
            continue
        if of is None:
            naming.append(index)
    return naming[:5]


def _heads_a_group(
    grid: Grid, view: View, record: int, index: int, naming: list[int], cells: Mapping[int, list[Cell]]
) -> bool:
    """Whether a lone text is the heading of the rows below it rather than the name of a row without figures."""
    position = view.headings[index].position
    text = str(cells[position][record])
    if is_template(text):
        return False
    merge = grid.cover.get((view.lines[record], position))
    if (merge is not None and merge.wide) or is_section(text):
        return True
    of = view.fields[index]
    return index not in naming or (of is not None and of.type == "serial")


def _mark_templates(
    view: View,
    cells: Mapping[int, list[Cell]],
    stacked: NDArray[np.int8],
    held: NDArray[np.bool_],
    naming: list[int],
    codes: NDArray[np.int8],
) -> None:
    """Marks the empty rows of a form: a placeholder for a name, or nothing but 序号."""
    serial = [index for index, of in enumerate(view.fields) if of is not None and of.type == "serial"]
    others = [index for index in range(held.shape[1]) if index not in naming]
    values = held[:, others].any(axis=1) if others else np.zeros(len(codes), bool)
    named = [index for index in naming if index not in serial]
    names = held[:, named].any(axis=1) if named else np.zeros(len(codes), bool)
    if serial and named:
        codes[(codes == Role.DATA) & ~values & ~names & held[:, serial].any(axis=1)] = Role.TEMPLATE
    if not named:
        return
    last = view.headings[named[-1]].position
    for record in np.flatnonzero((codes == Role.DATA) & ~values).tolist():
        if stacked[record, named[-1]] in (Texture.TEXT, Texture.MARK) and is_template(
            str(cells[last][record])
        ):
            codes[record] = Role.TEMPLATE
