"""The figures of funds as the rows of tables give them: by source, by several sources together, as printed totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from wenxiao.evaluation.rates import SHORT, STAGES
from wenxiao.fields import Registry
from wenxiao.fields.wording import year_in
from wenxiao.model import Expression, Given, Missing, Role, Table, value_of
from wenxiao.model.row_tree import Support
from wenxiao.sheets.structure.totals import makes_up

ByStage = dict[str, dict[str, Expression]]


@dataclass
class Collected:
    """Figures by source, as printed totals, and by several sources under one merged cell; each by stage."""

    sources: ByStage = field(default_factory=dict)
    printed: dict[str, Given] = field(default_factory=dict)
    shared: ByStage = field(default_factory=dict)
    doubtful: dict[str, Given] = field(default_factory=dict)
    """By stage what a sum of rows that can be read in two ways prints: no total is made of it."""


def collected(
    tables: Sequence[Table], stages: tuple[str, ...], registry: Registry, when: str, names: str
) -> Collected:
    """What the tables of one year give by stage; `names` is the field that names a line."""
    found = Collected()
    for table in tables:
        for stage in stages:
            if table.has(stage):
                _collect(table, stage, registry, found, when, names)
    return found


def district_totals(tables: Sequence[Table]) -> Mapping[str, Given]:
    """By stage the total of the districts that their figures add up to; none where two tables print different ones."""
    found: dict[str, list[Given]] = {}
    for table in tables:
        for one in table.tree.by_whole.values():
            if table.roles[one.whole] != Role.TOTAL or one.support not in (Support.UPHELD, Support.NAMED):
                continue
            for stage in filter(table.has, STAGES):
                column = table.column(stage)
                if column is not None and makes_up(column, one.whole, one.parts):
                    given = table.given(one.whole, stage, f"各地合计{SHORT[stage]}")
                    found.setdefault(stage, []).append(given)
    return {stage: each[0] for stage, each in found.items() if len({value_of(given) for given in each}) == 1}


def _collect(table: Table, stage: str, registry: Registry, found: Collected, when: str, names: str) -> None:
    """Sort one column's figures into those of a source, of several sources under one merged cell, and the printed total."""
    column = table.column(stage)
    assert column is not None
    for record in np.flatnonzero(column.missing == int(Missing.WITHHELD))[:1].tolist():
        found.doubtful.setdefault(stage, table.given(record, stage, f"{when}{SHORT[stage]}"))
    for record in table.records():
        source = line_name(table, record, names)
        span = column.spans.get(record, 1)
        if span > 1:
            covered = [line_name(table, record + step, names) for step in range(span)]
            name = _common(covered, registry)
            given = table.given(record, stage, f"{when}{name}{SHORT[stage]}")
            found.shared.setdefault(name, {})[stage] = given
        elif column.missing_kind(record) is not Missing.COVERED:
            given = table.given(record, stage, f"{when}{source}{SHORT[stage]}")
            if given.quantity or stage not in found.sources.get(source, {}):
                found.sources.setdefault(source, {})[stage] = given
        found.sources.setdefault(source, {})
    for record in table.records(Role.SUBTOTAL, Role.REGION_SUBTOTAL):
        members = sorted(table.tree.leaves(record) - {record})
        if members and not column.missing[record] and column.missing[members].any():
            name = _common([line_name(table, member, names) for member in members], registry)
            given = table.given(record, stage, f"{when}{name}{SHORT[stage]}")
            found.shared.setdefault(name, {})[stage] = given
            for member in members:
                found.sources.get(line_name(table, member, names), {}).pop(stage, None)
    for one in table.tree.doubts:
        found.doubtful.setdefault(stage, table.given(one.whole, stage, f"{when}合计{SHORT[stage]}"))
    for record in table.records(Role.TOTAL):
        given = table.given(record, stage, f"{when}合计{SHORT[stage]}")
        if given.quantity:
            found.printed.setdefault(stage, given)


def line_name(table: Table, record: int, names: str = "source") -> str:
    """The source (or district) of a row; what stands under 年度 and is no year is one, in a table that names no other."""
    text = table.text(record, names)
    other = "" if text or table.has(names) else table.text(record, "year")
    return text or ("" if year_in(other)[0] else other)


def _common(sources: list[str], registry: Registry) -> str:
    """The name of what several sources are together: their common group, else their names."""
    groups = {registry.source_group(source) or "" for source in sources}
    return (groups.pop() if len(groups) == 1 else "") or "、".join(sources)
