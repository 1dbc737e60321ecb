"""The titles of forms on a sheet, and the parts of it where forms stand side by side."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from wenxiao.fields import plain
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import is_meta, is_note
from wenxiao.sheets.forms.block import own_cells

if TYPE_CHECKING:
    from wenxiao.fields import FormType, Registry

MOST_CELLS = 40_000
"""A form is a page or a few; a ledger is none."""
_COLON = re.compile("[:：]$")
_LONGEST_TITLE = 60


def bands_of(grid: Grid, registry: Registry) -> tuple[Grid, ...]:
    """The sheet, or the parts of it where forms stand side by side: each with its own columns alone, at their places."""
    for row in range(grid.height) if registry.forms and grid.height * grid.width <= MOST_CELLS else ():
        held = own_cells(grid, row)
        starts = [c for c in held if len(held) > 1 and _begins_form(grid.text(row, c), registry)]
        if len(starts) > 1:
            edges = [0, *starts[1:], grid.width]
            return tuple(grid.between(a, b) for a, b in pairwise(edges))
    return (grid,)


def _begins_form(text: str, registry: Registry) -> bool:
    """Whether a text is the title of a form, or names its project."""
    found = registry.match(_COLON.sub("", text), "head")
    return (found is not None and found.key == "project_name" and plain(text) == plain(found.label)) or (
        "表" in text
        and len(text) <= _LONGEST_TITLE
        and not is_note(text)
        and any(form.titled(text) for form in registry.forms)
    )


def titles_in(grid: Grid, registry: Registry) -> dict[int, list[FormType]]:
    """The rows of a sheet that may be the title of a form, with the forms that each may name."""
    return {row: kinds for row in range(grid.height) if (kinds := _titled(grid, row, registry))}


def _titled(grid: Grid, row: int, registry: Registry) -> list[FormType]:
    """The forms of which a row may be the title, those of the longest words first."""
    held = own_cells(grid, row)
    if not held or any(grid.textures[row, each] != Texture.TEXT for each in held):
        return []
    text = grid.text(row, held[0])
    if (
        len(text) > _LONGEST_TITLE
        or is_note(text)
        or any(not is_meta(grid.text(row, each)) for each in held[1:])
    ):
        return []
    fits = {form.key: form.titled(text) for form in registry.forms}
    longest = max(fits.values(), default=0)
    return [form for form in registry.forms if fits[form.key] == longest] if longest else []
