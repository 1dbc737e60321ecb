"""The field of each column of a table by its header: each field at most once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wenxiao.fields.wording import year_in
from wenxiao.model.units import POINTS
from wenxiao.sheets.cells.wording import compact, has_full_marks
from wenxiao.sheets.columns.content import Content
from wenxiao.sheets.columns.heading import Heading
from wenxiao.sheets.columns.view import COMMON, UNIT_COLUMNS

if TYPE_CHECKING:
    from wenxiao.fields import Field, Kind, Registry


def keys_of(fields: Iterable[Field | None]) -> set[str]:
    """The fields that say something of the kind of a table."""
    return {one.key for one in fields if one is not None} - COMMON


def fields_by_header(
    headings: Sequence[Heading], kind: Kind, registry: Registry, contents: Mapping[int, Content]
) -> tuple[tuple[Field | None, ...], tuple[tuple[str, str], ...]]:
    """The field of each column, each field at most once; the headers that would be a field again, each with the one that is.

    What the sheet hides comes last: a figure nobody sees is none of the table's, and a name only where no other is.
    """
    if any(heading.hidden for heading in headings):
        order = sorted(range(len(headings)), key=lambda index: headings[index].hidden)
        seen = [replace(headings[index], hidden=False) for index in order]
        fields_of, _ = fields_by_header(seen, kind, registry, contents)
        _, again = fields_by_header([one for one in headings if not one.hidden], kind, registry, contents)
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
        if found is not None and found.numeric and found.span is None and heading.part_of_year:
            found = None
        if heading is nameless is headings[0] and kind.names and any(one.path for one in headings):
            found = registry.field(kind.names[0], kind.key)
        if found is not None and found.type == "rate" and any(map(has_full_marks, heading.path)):
            found = None  # 满意度（30分） holds the points of an indicator, not a rate
        year = next((year for level in heading.path if (year := year_in(level)[0])), "")
        if found is not None and found.key in taken:
            before, earlier = taken[found.key]
            former = _former(found, kind) if found.former not in taken else None
            revised = found.is_revised(heading.path[-1])
            if former is not None and before == year and revised != found.is_revised(earlier):
                taken[former.key] = year, earlier if revised else heading.label
                if revised:
                    at = next(n for n, of in enumerate(fields) if of is not None and of.key == found.key)
                    fields[at] = former
                    taken[found.key] = year, heading.label
                fields.append(found if revised else former)
                continue
            # Of another year it is no repetition (2021年 and 2022年 over 预算数), but a score is of one year.
            if before == year or found.unit == POINTS:
                twice.append((heading.label, earlier))
            found = None
        if found is not None:
            taken[found.key] = year, heading.label
        fields.append(found)
    return tuple(fields), tuple(twice)


def _former(field: Field, kind: Kind) -> Field | None:
    """What a column of a field is beside one of its last state, where the kind of table has that."""
    return next((each for each in kind.fields if each.key == field.former), None)


def _of_no_year(path: Sequence[str]) -> tuple[str, ...]:
    """The levels of a header without those that say this year and nothing else, as evaluation takes them."""
    levels = tuple(
        level for level in path if year_in(level) != (year_in(level)[0], "") and compact(level) != "本年"
    )
    return levels or tuple(path)
