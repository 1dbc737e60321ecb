"""Tables of a Word document that go on with the form above them, as one sheet: rows are counted on from table to table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wenxiao.sheets.cells.grid import Grid, Merge, grid_of
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import compact
from wenxiao.sheets.containers.docx_tables import ABOVE
from wenxiao.sheets.forms.block import block_at, own_cells
from wenxiao.sheets.forms.titles import titles_in

if TYPE_CHECKING:
    from wenxiao.fields import Registry


def with_continued(grids: tuple[Grid, ...], registry: Registry) -> tuple[Grid, ...]:
    """The sheets of a document; a table without a title of its own below one that has a form's is joined to that (表1—2)."""
    found: list[Grid] = []
    for grid in grids:
        before = found[-1] if found else None
        if before is not None and _goes_on(grid, before, registry):
            found[-1] = _joined(before, grid)
        else:
            found.append(grid)
    return tuple(found)


def _goes_on(grid: Grid, before: Grid, registry: Registry) -> bool:
    """Whether a table of the text itself, without a title, follows a form with nothing between but 续表 and the like.

    It is as wide as the form, or does not begin with the header of something else.
    """
    above = [text for row in range(min(ABOVE, grid.height)) if (text := compact(grid.text(row, 0)))]
    tables = not (grid.hidden or before.hidden or "." in grid.name or "." in before.name)
    if not tables or any("续" not in text for text in above) or _is_other_table(grid, before, registry):
        return False
    return bool(titles_in(before, registry)) and not titles_in(grid, registry)


def _is_other_table(grid: Grid, before: Grid, registry: Registry) -> bool:
    """Whether a table of another width begins with words in three columns and more that are of no form."""
    held = own_cells(grid, ABOVE) if grid.height > ABOVE else []
    words = [grid.text(ABOVE, each) for each in held if grid.textures[ABOVE, each] == Texture.TEXT]
    if grid.width == before.width or len(words) < max(3, len(held)):
        return False
    known = any(registry.match(word, "head") for word in words)
    return not known and block_at(grid, ABOVE, registry.blocks, registry) is None


def _joined(before: Grid, grid: Grid) -> Grid:
    width = max(before.width, grid.width)
    rows = [[*row, *[""] * (width - len(row))] for row in (*before.rows, *grid.rows[ABOVE:])]
    down = before.height - ABOVE
    merges = (
        *before.merges,
        *(Merge(each.top + down, each.left, each.bottom + down, each.right) for each in grid.merges),
    )
    return grid_of(f"{before.name.partition('—')[0]}—{grid.name.removeprefix('表')}", rows, merges)
