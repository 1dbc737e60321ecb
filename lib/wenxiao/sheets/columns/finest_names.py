"""The names of the rows where several columns hold them: the finer column names a row, the coarser ones its group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wenxiao.model import Role
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Cell, Texture
from wenxiao.sheets.cells.wording import compact, role_of
from wenxiao.sheets.columns.content import Content
from wenxiao.sheets.columns.view import View

if TYPE_CHECKING:
    from wenxiao.fields import Registry


def with_finest_names(grid: Grid, view: View, contents: Mapping[int, Content], registry: Registry) -> View:
    """The view whose name field is the column with most names, of those side by side that name the rows.

    These are columns with the same field, and one right behind that has the same merged header or none. A row that the
    finer column leaves free has the name of its group; a name that stands in several groups has theirs before it.
    """
    key = next((of.key for of in view.fields if of is not None and of.key in view.kind.names), None)
    if view.transposed or key is None:
        return view
    named = [of.key if of is not None else None for of in view.fields].index(key)
    columns = [named, *_others(view, named, key, contents, registry)]
    if len(columns) == 1:
        return view
    texts = {at: contents[view.headings[at].position].texts for at in columns}
    finest = max(columns, key=lambda at: (len(set(texts[at])), len(texts[at])))
    fields = list(view.fields)
    fields[named], fields[finest] = None, view.fields[named]
    twice = tuple(pair for pair in view.twice if pair[0] not in {view.headings[at].label for at in columns})
    groups = [view.headings[at].position for at in columns if at != finest]
    said = dict(_said(grid, view.lines, view.headings[finest].position, groups))
    return replace(view, fields=tuple(fields), twice=twice, said={**view.said, **said})


def _others(
    view: View, named: int, key: str, contents: Mapping[int, Content], registry: Registry
) -> Iterator[int]:
    """The other columns of texts that name the rows as well."""
    for at, heading in enumerate(view.headings):
        content = contents[heading.position]
        if (
            at == named
            or view.fields[at] is not None
            or content.numeric
            or not content.texts
            or content.latin
        ):
            continue
        found = registry.match_path(heading.path, view.kind.key)
        beside = at == named + 1 and heading.path in ((), view.headings[named].path)
        if beside or (found is not None and found.key == key):
            yield at


def _said(
    grid: Grid, lines: Sequence[int], position: int, groups: Sequence[int]
) -> Iterator[tuple[tuple[int, int], Cell]]:
    """What stands for the names in the finer column: the group's where it is free, with the group's where it stands in several."""
    free = (Texture.EMPTY, Texture.COVERED)
    texts = [grid.text(line, position) for line in lines]
    plain = {text: compact(text) for text in set(texts)}
    of_groups = [[grid.text(line, at) for line in lines] for at in groups]
    own = [next(filter(None, each), "") for each in zip(*of_groups, strict=True)]
    group: list[str] = []
    for here in own:
        group.append(here or (group[-1] if group else ""))
    within: dict[str, set[str]] = {}
    for text, above in set(zip(texts, group, strict=True)):
        within.setdefault(plain[text], set()).add(above)
    several = {name for name, of in within.items() if len(of) > 1 and role_of(name) is Role.DATA}
    repeated = {text for text, name in plain.items() if name in several}
    for line, text, here, above in zip(lines, texts, own, group, strict=True):
        if here and grid.textures[line, position] in free:
            yield (line, position), here
        elif above and text in repeated:
            yield (line, position), f"{above}{text}"
