"""What kind of table a segment is, and which field each of its columns holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from wenxiao.model import Role
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import compact, role_of
from wenxiao.sheets.columns.content import Content, contents_of
from wenxiao.sheets.columns.fields_by_header import fields_by_header, keys_of
from wenxiao.sheets.columns.finest_names import with_finest_names
from wenxiao.sheets.columns.heading import Heading, headings_of
from wenxiao.sheets.columns.particulars import heads_of
from wenxiao.sheets.columns.places_across import places_across
from wenxiao.sheets.columns.proposal import Proposal, alike, named_rows
from wenxiao.sheets.columns.view import View, side_heading
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
        fields, twice = fields_by_header(headings, registry.kind(kind), registry, contents)
        upright = View(segment, registry.kind(kind), tuple(segment.body), headings, fields, twice=twice)
        candidates = [upright]
    else:
        candidates = _candidates(segment, headings, tuple(segment.body), title, registry, contents, said=said)
    if segment.header[0] <= segment.header[1] and len(segment.body) <= MOST_SIDEWAYS:
        sideways = [
            view for view in _sideways(grid, segment, title, registry) if kind in (None, view.kind.key)
        ]
        sideways += list(places_across(grid, segment, title, registry)) if kind in (None, "districts") else []
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
        fields, twice = fields_by_header(headings, kind, registry, contents)
        view = _completed(
            View(segment, kind, tuple(segment.body), headings, fields, twice=twice), registry, contents
        )
        keys = keys_of(view.fields)
        if kind.layout == "table" and kind.requires and not kind.admits(keys):
            names = named_rows(headings, view.fields, kind, contents, registry)
            view = view if names is None else _with(view, (names,))
            keys = keys_of(view.fields)
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
        fields, twice = fields_by_header(headings, kind, registry, contents)
        own = {one.key for one in kind.fields}
        keys = keys_of(fields) | {key for key in said if key in own}
        if not kind.admits(keys):
            continue
        score = 2 * len(keys) + (1 if any(word in title for word in kind.titles) else 0)
        views.append(View(segment, kind, lines, headings, fields, transposed, score, (), twice))
    return views


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
    fields, twice = fields_by_header(headings[1:], kind, registry, contents)
    keys = keys_of(fields)
    name = kind.names[-1]
    if len(keys) < 2 or name in keys or not kind.admits(keys | {name}):
        return None
    score = 2 * len(keys) + 1 + (1 if any(word in title for word in kind.titles) else 0)
    return View(
        segment, kind, lines, headings, (registry.field(name, kind.key), *fields), True, score, (), twice
    )
