"""What each record of a table is: data, a total, a grade, a heading of a group, an empty row of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from wenxiao.model import Role
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import is_example, is_section, is_template, joined, role_of
from wenxiao.sheets.columns.strip import Strip
from wenxiao.sheets.columns.view import View
from wenxiao.sheets.structure.full_marks import mark_full_marks

_MAY_HAVE_ROLE = r"合|计|总|共|其|^\s*#|等\s*级|级\s*别|评\s*级|等\s*次|地\s*区|全|均|分|权\s*重|Total|total"
"""Names without any of these are names of data; only the others are looked at one by one."""
_EXAMPLES_WITHIN = 12
"""A form shows how it is filled in at its top; a ledger's 220,000 names need not be looked at for it."""
_ONLY_IN = {
    Role.GRADE: "scorecard",
    Role.ROUNDED_TOTAL: "scorecard",
    Role.WEIGHT: "districts",
    Role.MEAN: "districts",
}
"""Roles that a name gives in one kind of table only; elsewhere 满分 or 平均 may be the name of data."""


@dataclass(frozen=True)
class Roles:
    """The role of each record, and the heading of the group it stands under."""

    codes: NDArray[np.int8]
    sections: tuple[str, ...]


def roles_of(grid: Grid, view: View, strips: Mapping[int, Strip]) -> Roles:
    """The roles of the records of a view, by the names they bear and by what else stands in their rows."""
    count = len(view.lines)
    codes = np.zeros(count, np.int8)
    if view.kind.layout == "head" or count == 0:
        return Roles(codes, ("",) * count)
    ordered = [strips[heading.position] for heading in view.headings]
    stacked = np.column_stack([strip.textures for strip in ordered])
    held = (stacked != int(Texture.EMPTY)) & (stacked != int(Texture.COVERED))
    naming = _naming(view, stacked)
    if view.kind.totals:
        for index in reversed(naming):
            _mark_named(view, ordered[index], codes)
        mark_full_marks(view, ordered, naming, codes)
    sections = (
        ("",) * count if view.transposed else _sections(grid, view, ordered, stacked, held, naming, codes)
    )
    _mark_templates(view, ordered, stacked, held, naming, codes)
    return Roles(codes, sections)


def _mark_named(view: View, strip: Strip, codes: NDArray[np.int8]) -> None:
    """Marks the records whose name says that they are totals and the like."""
    encoded = strip.texts.dictionary_encode()
    maybe = pc.match_substring_regex(encoded.dictionary, _MAY_HAVE_ROLE).to_numpy(zero_copy_only=False)
    roles = np.zeros(len(encoded.dictionary) + 1, np.int8)
    for index in np.flatnonzero(maybe).tolist():
        role = role_of(encoded.dictionary[index].as_py())
        if _ONLY_IN.get(role, view.kind.key) == view.kind.key:
            roles[index] = role
    if roles.any():
        named = roles[pc.fill_null(encoded.indices, len(roles) - 1).to_numpy(zero_copy_only=False)]
        codes[named != 0] = named[named != 0]


def _sections(
    grid: Grid,
    view: View,
    ordered: list[Strip],
    stacked: NDArray[np.int8],
    held: NDArray[np.bool_],
    naming: list[int],
    codes: NDArray[np.int8],
) -> tuple[str, ...]:
    """Marks the headings of groups of rows; gives the heading that each record stands under."""
    titles: dict[int, str] = {}
    for record in np.flatnonzero((held.sum(axis=1) == 1) & (codes == int(Role.DATA))).tolist():
        index = int(np.flatnonzero(held[record])[0])
        text = str(ordered[index].cells[record])
        if stacked[record, index] == int(Texture.TEXT) and _heads_a_group(
            grid, view, record, index, text, naming
        ):
            codes[record] = Role.SECTION
            titles[record] = joined(text)
    sections, current = [""] * len(codes), ""
    if titles:
        for record in range(len(codes)):
            current = titles.get(record, current)
            sections[record] = current
    return tuple(sections)


def _naming(view: View, stacked: NDArray[np.int8]) -> list[int]:
    """The columns whose texts name a row: those of text before the first column of figures, 序号 included."""
    naming: list[int] = []
    for index, of in enumerate(view.fields):
        if of is not None and of.type in ("text", "serial", "year"):
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


def _heads_a_group(grid: Grid, view: View, record: int, index: int, text: str, naming: list[int]) -> bool:
    """Whether a lone text is the heading of the rows below it rather than the name of a row without figures."""
    if is_template(text):
        return False
    merge = grid.cover.get((view.lines[record], view.headings[index].position))
    if (merge is not None and merge.wide) or is_section(text):
        return True
    of = view.fields[index]
    return index not in naming or (of is not None and of.type == "serial")


def _mark_templates(
    view: View,
    ordered: list[Strip],
    stacked: NDArray[np.int8],
    held: NDArray[np.bool_],
    naming: list[int],
    codes: NDArray[np.int8],
) -> None:
    """Marks the rows of a form that are no data: one that shows how, a placeholder for a name, nothing but 序号."""
    serial = [index for index, of in enumerate(view.fields) if of is not None and of.type == "serial"]
    others = [index for index in range(held.shape[1]) if index not in naming]
    values = held[:, others].any(axis=1) if others else np.zeros(len(codes), bool)
    named = [index for index in naming if index not in serial]
    names = held[:, named].any(axis=1) if named else np.zeros(len(codes), bool)
    if serial and named:
        codes[(codes == Role.DATA) & ~values & ~names & held[:, serial].any(axis=1)] = Role.TEMPLATE
    if not named:
        return
    for index in named:
        top = (codes[:_EXAMPLES_WITHIN] == Role.DATA) & (stacked[:_EXAMPLES_WITHIN, index] == Texture.TEXT)
        for record in np.flatnonzero(top).tolist():
            if is_example(str(ordered[index].cells[record])):
                codes[record] = Role.TEMPLATE
    last = ordered[named[-1]]
    for record in np.flatnonzero((codes == Role.DATA) & ~values).tolist():
        if stacked[record, named[-1]] in (Texture.TEXT, Texture.MARK) and is_template(
            str(last.cells[record])
        ):
            codes[record] = Role.TEMPLATE
