"""Heads: the particulars of a project, a name in one column and its value in the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import compact
from wenxiao.sheets.columns.heading import Heading
from wenxiao.sheets.columns.view import COMMON, View, side_heading
from wenxiao.sheets.layout.segment import Segment

if TYPE_CHECKING:
    from wenxiao.fields import Field, Kind, Registry

MOST_PARTICULARS = 80
_CONTENT = frozenset({"内容", "具体内容", "填报内容", "情况", "值", "填写内容", "信息", "数据"})


def heads_of(grid: Grid, segment: Segment, registry: Registry) -> tuple[View, ...]:
    """The heads a segment is: names of particulars in one column, their values in the next; empty where it is none."""
    kind = next((one for one in registry.kinds if one.layout == "head"), None)
    if kind is None or segment.right == segment.left or len(segment.body) > MOST_PARTICULARS:
        return ()
    header = [row for row in segment.header_rows if row not in segment.numbering]
    if any(_heads_columns(grid, row, segment, registry) for row in header):
        return ()
    rows = [row for row in (*header, *segment.body) if not _says_content(grid, row, segment)]
    pairs: dict[int, list[tuple[Heading, Field | None]]] = {}
    taken: set[str] = set()
    named = total = 0
    for row in rows:
        for label, value in _pairs(grid, row, segment, registry, kind):
            heading = side_heading(grid, row, label)
            found = registry.match_path(heading.path, kind.key)
            found = None if found is not None and found.key in taken else found
            taken |= {found.key} if found is not None else set()
            named, total = named + (found is not None), total + 1
            pairs.setdefault(value, []).append((heading, found))
    narrow = segment.right - segment.left == 1 or not segment.headed
    if not (named >= 3 and named * 2 >= total) and not (named == 2 and total <= 3 and narrow):
        return ()
    return tuple(
        View(segment, kind, (value,), tuple(h for h, _ in found), tuple(f for _, f in found), True, 2 * named)
        for value, found in sorted(pairs.items())
    )


def _heads_columns(grid: Grid, row: int, segment: Segment, registry: Registry) -> bool:
    """Whether a row names the columns of some kind of table, so that it cannot be a line of a head."""
    words = [text for column in segment.columns if (text := grid.text(row, column))]
    if len(words) < 3:
        return False
    for kind in registry.kinds:
        keys = {found.key for word in words if (found := registry.match(word, kind.key)) is not None} - COMMON
        if kind.layout == "table" and len(keys) * 2 >= len(words) and len(keys) >= 2 and kind.admits(keys):
            return True
    return False


def _pairs(grid: Grid, row: int, segment: Segment, registry: Registry, kind: Kind) -> list[tuple[int, int]]:
    """The columns of a name and of its value, for each particular that a row of a head gives."""
    held = [
        column
        for column in range(segment.left, segment.right + 1)
        if grid.textures[row, column] not in (Texture.EMPTY, Texture.COVERED)
    ]

    def names(column: int) -> bool:
        return (
            grid.textures[row, column] == Texture.TEXT
            and registry.match(grid.text(row, column), kind.key) is not None
        )

    def after(column: int) -> int:
        """The first column behind a cell, behind its merge where it has one."""
        merge = grid.cover.get((row, column))
        return (merge.right if merge is not None else column) + 1

    pairs: list[tuple[int, int]] = []
    index = 0
    while index < len(held):
        label = held[index]
        if grid.textures[row, label] != Texture.TEXT or not (names(label) or not pairs):
            index += 1
            continue
        following = held[index + 1] if index + 1 < len(held) else None
        value = after(label)
        if following is not None and (following == value or not names(following)):
            pairs.append((label, following))
            index += 2
        else:
            if value <= segment.right:
                pairs.append((label, value))
            index += 1
    return pairs


def _says_content(grid: Grid, row: int, segment: Segment) -> bool:
    return compact(grid.text(row, segment.left + 1)) in _CONTENT
