"""What kind of table a segment is, and which field each of its columns holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wenxiao.fields.wording import year_in
from wenxiao.model import Role
from wenxiao.model.units import POINTS
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import compact, has_full_marks, role_of
from wenxiao.sheets.columns.content import Content, contents_of
from wenxiao.sheets.columns.finest_names import with_finest_names
from wenxiao.sheets.columns.heading import Heading, headings_of
from wenxiao.sheets.columns.particulars import heads_of
from wenxiao.sheets.columns.proposal import Proposal, alike, named_rows
from wenxiao.sheets.columns.view import COMMON, UNIT_COLUMNS, View, side_heading
from wenxiao.sheets.layout.segment import Segment

if TYPE_CHECKING:
    from wenxiao.fields import Field, Kind, Registry
    from wenxiao.sheets.override import TableSay

MOST_SIDEWAYS = 40


def views_of(
    grid: Grid, segment: Segment, title: str, registry: Registry, say: TableSay | None = None
) -> tuple[View, ...]:
    """The tables a segment is: one, or one for each column of values of a head; as a person said where they did."""
    views = _found(grid, segment, title, registry, say)
    return views if say is None else tuple(_as_said(view, say, registry) for view in views)


def _as_said(view: View, say: TableSay, registry: Registry) -> View:
    """A view with the fields and units that a person gave its columns."""
    headings, fields = [], []
    for heading, found in zip(view.headings, view.fields, strict=True):
        unit, key = say.unit_of(heading.position), say.field_of(heading.position)
        headings.append(heading if unit is None else replace(heading, unit=unit))
        said = _field_named(registry, key, view.kind.key) if key else None
        fields.append(found if key is None else said)
    proposals = tuple(each for each in view.proposals if say.field_of(each.heading.position) is None)
    return replace(view, headings=tuple(headings), fields=tuple(fields), proposals=proposals)


def _field_named(registry: Registry, key: str, kind: str) -> Field:
    try:
        return registry.field(key, kind)
    except KeyError:
        return registry.field(key)


def _found(
    grid: Grid, segment: Segment, title: str, registry: Registry, say: TableSay | None
) -> tuple[View, ...]:
    kind = None if say is None else say.kind
    if kind is None or registry.kind(kind).layout == "head":
        heads = heads_of(grid, segment, registry)
        if heads:
            return heads
    said = () if say is None else tuple(key for key in say.fields.values() if key)
    headings = tuple(
        replace(heading, hidden=True) if heading.position in grid.hidden_columns else heading
        for heading in headings_of(grid, segment)
    )
    contents = contents_of(grid, headings, segment.body)
    if kind is not None:
        fields, twice = _fields(headings, registry.kind(kind), registry, contents)
        upright = View(segment, registry.kind(kind), tuple(segment.body), headings, fields, twice=twice)
        candidates = [upright]
    else:
        candidates = _candidates(segment, headings, tuple(segment.body), title, registry, contents, said=said)
    if segment.header[0] <= segment.header[1] and len(segment.body) <= MOST_SIDEWAYS:
        sideways = [
            view for view in _sideways(grid, segment, title, registry) if kind in (None, view.kind.key)
        ]
        candidates = sideways if say is not None and say.transposed and sideways else candidates + sideways
    if say is not None and say.transposed is False:
        candidates = [view for view in candidates if not view.transposed]
    if kind is None:
        candidates = [view for view in candidates if _names_speak(grid, view)] or candidates
    if kind is None and all(not view.kind.requires for view in candidates):
        candidates += _proposed(segment, headings, title, registry, contents)
    best = max(candidates, key=lambda view: view.score)
    rivals = tuple(
        view.kind.key
        for view in candidates
        if view is not best and view.score == best.score and view.kind is not best.kind
    )
    view = _completed(replace(best, rivals=rivals), registry, contents)
    return (with_finest_names(grid, view, contents, registry),)


def _proposed(
    segment: Segment,
    headings: tuple[Heading, ...],
    title: str,
    registry: Registry,
    contents: Mapping[int, Content],
) -> list[View]:
    """The tables a segment may be where no kind knows its headers, with what is proposed for its names and figures."""
    views = []
    for kind in registry.kinds:
        fields, twice = _fields(headings, kind, registry, contents)
        view = _completed(
            View(segment, kind, tuple(segment.body), headings, fields, twice=twice), registry, contents
        )
        keys = _keys(view.fields)
        if kind.layout == "table" and kind.requires and not kind.admits(keys):
            names = named_rows(headings, view.fields, kind, contents, registry)
            view = view if names is None else _with(view, (names,))
            keys = _keys(view.fields)
        if view.proposals and kind.requires and kind.admits(keys):
            score = 2 * len(keys) + any(word in title for word in kind.titles)
            views.append(replace(view, score=score))
    places = [view for view in views if any(each.certain for each in view.proposals)]
    return places or views


def _completed(view: View, registry: Registry, contents: Mapping[int, Content]) -> View:
    """A view with the fields that are proposed for its columns of figures without a known header."""
    if view.transposed or view.kind.layout == "head" or not view.kind.requires:
        return view
    return _with(view, tuple(alike(view.headings, view.fields, view.kind, contents, registry)))


def _with(view: View, proposals: tuple[Proposal, ...]) -> View:
    proposed = {each.heading.position: each.field for each in proposals}
    fields = tuple(
        proposed.get(heading.position, of) for heading, of in zip(view.headings, view.fields, strict=True)
    )
    return replace(view, fields=fields, proposals=(*view.proposals, *proposals))


def _keys(fields: Iterable[Field | None]) -> set[str]:
    return {one.key for one in fields if one is not None} - COMMON


def _names_speak(grid: Grid, view: View) -> bool:
    """Whether the names of a table are names of its kind, where its header leaves that open (名称)."""
    for heading, of in zip(view.headings, view.fields, strict=True):
        if of is None or of.key not in view.kind.names or heading.label not in view.kind.weak:
            continue
        names = [
            compact(grid.text(*((heading.position, line) if view.transposed else (line, heading.position))))
            for line in view.lines[:200]
        ]
        told = [name for name in names if name and role_of(name) is Role.DATA]
        return sum(re.search(view.kind.names_like, name) is not None for name in told) * 2 >= len(told)
    return True


def _candidates(
    segment: Segment,
    headings: tuple[Heading, ...],
    lines: tuple[int, ...],
    title: str,
    registry: Registry,
    contents: Mapping[int, Content],
    *,
    transposed: bool = False,
    said: tuple[str, ...] = (),
) -> list[View]:
    views = []
    for kind in registry.kinds:
        if kind.layout != "table" or (transposed and not kind.transposable):
            continue
        fields, twice = _fields(headings, kind, registry, contents)
        own = {one.key for one in kind.fields}
        keys = _keys(fields) | {key for key in said if key in own}
        if not kind.admits(keys):
            continue
        score = 2 * len(keys) + (1 if any(word in title for word in kind.titles) else 0)
        views.append(View(segment, kind, lines, headings, fields, transposed, score, (), twice))
    return views


def _fields(
    headings: Sequence[Heading], kind: Kind, registry: Registry, contents: Mapping[int, Content]
) -> tuple[tuple[Field | None, ...], tuple[tuple[str, str], ...]]:
    """The field of each column, each field at most once; the headers that would be a field again, each with the one that is.

    What the sheet hides comes last: a figure nobody sees is none of the table's, and a name only where no other is.
    """
    if any(heading.hidden for heading in headings):
        order = sorted(range(len(headings)), key=lambda index: headings[index].hidden)
        seen = [replace(headings[index], hidden=False) for index in order]
        fields_of, _ = _fields(seen, kind, registry, contents)
        _, again = _fields([one for one in headings if not one.hidden], kind, registry, contents)
        by_place = dict(zip(order, fields_of, strict=True))
        return tuple(
            None if of is not None and of.numeric and heading.hidden else of
            for heading, of in ((heading, by_place[index]) for index, heading in enumerate(headings))
        ), again
    taken: dict[str, tuple[str, str]] = {}
    fields: list[Field | None] = []
    twice: list[tuple[str, str]] = []
    nameless = next((heading for heading in headings if not heading.path), None)
    latin = {
        found.key
        for heading in headings
        if not contents[heading.position].latin
        and contents[heading.position].texts
        and (found := registry.match_path(heading.path, kind.key)) is not None
    }
    for heading in headings:
        found = registry.match_path(_of_no_year(heading.path), kind.key)
        if found is not None and heading.label == "单位" and not contents[heading.position].of_units:
            found = None if found.key in UNIT_COLUMNS else found  # 单位 over names of places or bodies
        if found is not None and found.key in latin and contents[heading.position].latin:
            found = None  # Region beside 地区 repeats it
        if found is not None and found.numeric and heading.part_of_year:
            found = None
        if heading is nameless is headings[0] and kind.names and any(one.path for one in headings):
            found = registry.field(kind.names[0], kind.key)
        if found is not None and found.type == "rate" and any(map(has_full_marks, heading.path)):
            found = None  # 满意度（30分） holds the points of an indicator, not a rate
        year = next((year for level in heading.path if (year := year_in(level)[0])), "")
        if found is not None and found.key in taken:
            before, earlier = taken[found.key]
            # Of another year it is no repetition (2021年 and 2022年 over 预算数), but a score is of one year.
            if before == year or found.unit == POINTS:
                twice.append((heading.label, earlier))
            found = None
        if found is not None:
            taken[found.key] = year, heading.label
        fields.append(found)
    return tuple(fields), tuple(twice)


def _of_no_year(path: Sequence[str]) -> tuple[str, ...]:
    """The levels of a header without those that say this year and nothing else, as evaluation takes them."""
    levels = tuple(
        level for level in path if year_in(level) != (year_in(level)[0], "") and compact(level) != "本年"
    )
    return levels or tuple(path)


def _sideways(grid: Grid, segment: Segment, title: str, registry: Registry) -> list[View]:
    """The table read with its first column as header and its header row as the first field."""
    row = segment.header[1]
    lines = tuple(
        column
        for column in range(segment.left + 1, segment.right + 1)
        if grid.textures[row, column] not in (Texture.EMPTY, Texture.COVERED)
    )
    rows = [row, *segment.body]
    headings = tuple(
        replace(side_heading(grid, index, segment.left), hidden=index in grid.hidden_rows) for index in rows
    )
    if not lines or any(not heading.path for heading in headings[1:]):
        return []
    contents = contents_of(grid, headings, lines, transposed=True)
    views = [
        _with_names(view, headings[0], registry)
        for view in _candidates(segment, headings[1:], lines, title, registry, contents, transposed=True)
    ]
    views += [
        view
        for kind in registry.kinds
        if kind.transposable and kind.names
        for view in [_named_by_header(segment, kind, headings, lines, title, registry, contents)]
        if view is not None
    ]
    return views


def _with_names(view: View, names: Heading, registry: Registry) -> View:
    return View(
        view.segment, view.kind, view.lines, (names, *view.headings),
        (registry.match_path(names.path, view.kind.key), *view.fields), True, view.score, (), view.twice,
    )  # fmt: skip


def _named_by_header(
    segment: Segment,
    kind: Kind,
    headings: tuple[Heading, ...],
    lines: tuple[int, ...],
    title: str,
    registry: Registry,
    contents: Mapping[int, Content],
) -> View | None:
    """A table on its side whose corner says nothing: its header row holds the names of the kind's topmost level."""
    fields, twice = _fields(headings[1:], kind, registry, contents)
    keys = _keys(fields)
    name = kind.names[-1]
    if len(keys) < 2 or name in keys or not kind.admits(keys | {name}):
        return None
    score = 2 * len(keys) + 1 + (1 if any(word in title for word in kind.titles) else 0)
    return View(
        segment, kind, lines, headings, (registry.field(name, kind.key), *fields), True, score, (), twice
    )
