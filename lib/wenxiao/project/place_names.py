"""One place under one name: the spellings of a project's tables joined where their form or the analyst decides, else asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wenxiao.fields.places import PlaceName, parts_below, parts_of, plain_name
from wenxiao.model import CellRef, Column, Finding, Severity, Table
from wenxiao.project.answers import PLACES_FILE, PlaceDecisions
from wenxiao.project.near_names import near_pairs

_LISTED = 4
_SEVERAL = set("、,;/")
_NAMED = ("district", "subject", "name", "project_name")
"""The fields that name a place, the second among claims; and neighbourhoods and projects, whose near misses are asked too."""
_SINGLE = frozenset({"districts", "neighbourhoods", "contributions", "projects"})
"""Kinds of table with one line for each name."""


@dataclass(frozen=True)
class PlaceNames:
    """The names of a project's places: `called` has the name for each other spelling, `open` the pairs that nobody decided."""

    called: Mapping[str, str] = field(default_factory=dict)
    open: tuple[tuple[str, str], ...] = ()

    def name(self, spelling: str) -> str:
        """The name of a place by any of its spellings; another one as it is, without signs that nobody sees."""
        plain = plain_name(spelling)
        return self.called.get(plain, plain)

    def rivals(self, name: str) -> tuple[str, ...]:
        """The names that may mean the same place as this one."""
        return tuple(b if a == name else a for a, b in self.open if name in (a, b))


def with_place_names(
    tables: tuple[Table, ...], decided: PlaceDecisions
) -> tuple[tuple[Table, ...], PlaceNames, tuple[Finding, ...]]:
    """The tables with one name for each place, the names, and what is to be said of them.

    Spellings are joined where the analyst says so, and where their form leaves no doubt: with and without the ending or the
    parent, where one place only has that stem. Spellings that stand on two lines of one table are never joined by form.
    """
    asked_too = tuple(_questions(tables, decided))
    seen = _Seen.of(tables, decided.names)
    if len(seen.cells) < 2:
        return tables, PlaceNames(), asked_too
    groups, asked = _groups(seen, decided)
    for pair, why in near_pairs(groups, seen.tables, seen.lines, seen.single):
        asked.setdefault(pair, why)
    undecided = {pair: why for pair, why in asked.items() if not decided.keeps_apart(*pair)}
    by_form = {other: name for name, group in groups.items() for other in group if other != name}
    names = PlaceNames({**by_form, **decided.names}, tuple(undecided))
    findings = [
        *_said(by_form, seen),
        *(_question(pair, why, seen) for pair, why in undecided.items()),
        *asked_too,
    ]
    return tuple(_renamed(table, names) for table in tables), names, tuple(findings)


def _questions(tables: Sequence[Table], decided: PlaceDecisions) -> Iterator[Finding]:
    """What is asked of the names of neighbourhoods and of projects: nothing of them is joined by form."""
    for key, what in (("name", "小区"), ("project_name", "项目")):
        seen = _Seen.of(tables, decided.names, key)
        groups = {name: [name] for name in seen.cells}
        for pair, why in near_pairs(groups, seen.tables, seen.lines, seen.single):
            if not decided.keeps_apart(*pair):
                yield _question(pair, why, seen, what)


@dataclass(frozen=True)
class _Seen:
    """The names that the tables have: the first cell of each, and the tables that have it, with all that those have.

    `single` are the tables with one line for each place; two names that stand in one of them are told apart there. `above`
    are the stems of where the whole project lies, as its head says.
    """

    cells: Mapping[str, CellRef]
    tables: Mapping[str, frozenset[int]]
    lines: Mapping[int, frozenset[str]]
    single: frozenset[int]
    above: frozenset[str]

    @classmethod
    def of(cls, tables: Sequence[Table], names: Mapping[str, str], key: str = "district") -> _Seen:
        """What stands in the columns of names; `names` are those that were decided."""
        cells: dict[str, CellRef] = {}
        where: dict[str, set[int]] = defaultdict(set)
        lines: dict[int, frozenset[str]] = {}
        single: set[int] = set()
        for number, table in enumerate(tables):
            column = table.column(key)
            if column is None or column.texts is None:
                continue
            if table.kind in _SINGLE:
                single.add(number)
            found: set[str] = set()
            for record in _records(table, column):
                name = plain_name(column.text(record))
                name = names.get(name, name)
                if name and not _SEVERAL & set(name):
                    cells.setdefault(name, table.cell(record, column))
                    found.add(name)
                    where[name].add(number)
            lines[number] = frozenset(found)
        tables_of = {name: frozenset(found) for name, found in where.items()}
        return cls(cells, tables_of, lines, frozenset(single), frozenset(_above(tables)))

    def together(self, one: str, other: str) -> bool:
        """Whether one table with a line for each place has both."""
        return bool(self.tables[one] & self.tables[other] & self.single)


def _above(tables: Sequence[Table]) -> Iterator[str]:
    for table in tables:
        if table.kind == "head" and len(table):
            place = plain_name(table.text(0, "place"))
            yield from (each.stem for each in (parts_of(place), *parts_below(place)) if len(each.stem) > 1)


def _records(table: Table, column: Column) -> Iterator[int]:
    """The data records of a table of places; of a long list the first one of each name."""
    if table.kind in _SINGLE:
        yield from table.records()
        return
    if column.texts is not None:
        codes = pc.fill_null(column.texts.dictionary_encode().indices, -1).to_numpy(zero_copy_only=False)
        yield from sorted(np.unique(codes, return_index=True)[1].tolist())


def _groups(seen: _Seen, decided: PlaceDecisions) -> tuple[dict[str, list[str]], dict[tuple[str, str], str]]:
    """The spellings of each place by its name, and the pairs that their form leaves open, with the reason."""
    read = _read(seen.cells, seen.above)
    groups: dict[str, list[str]] = {}
    asked: dict[tuple[str, str], str] = {}

    def join(names: Sequence[str]) -> str:
        """The name that stands for names of one form; those told apart by a table stay by themselves, and are asked."""
        first, *others = sorted(names, key=lambda name: (not read[name].ending, bool(read[name].parent)))
        groups[first] = [first]
        for name in others:
            if decided.keeps_apart(first, name):
                groups[name] = [name]
            elif any(seen.together(name, known) for known in groups[first]):
                groups[name] = [name]
                asked[first, name] = "同一张表中各占一行"
            else:
                groups[first].append(name)
        return first

    def family(names: Sequence[str], key: Callable[[str], str], why: str) -> list[str]:
        """The names of the families that a part of the names makes; a name without that part may belong to any of them."""
        families: dict[str, list[str]] = defaultdict(list)
        for name in names:
            families[key(name)].append(name)
        bare = families.pop("", [])
        if len(families) < 2:
            return [join(names)]
        heads = [join(each) for each in families.values()]
        if bare:
            below = join(bare)
            asked.update({(head, below): why for head in heads if not seen.together(head, below)})
        return heads

    by_stem: dict[str, list[str]] = defaultdict(list)
    for name in seen.cells:
        by_stem[read[name].stem].append(name)
    for names in by_stem.values():
        by_ending: dict[str, list[str]] = defaultdict(list)
        for name in names:
            by_ending[read[name].ending].append(name)
        bare = by_ending.pop("", [])
        if len(by_ending) < 2:
            family(names, lambda name: read[name].parent, "上级地区不止一个")
            continue
        heads = [
            head
            for each in by_ending.values()
            for head in family(each, lambda n: read[n].parent, "上级地区不止一个")
        ]
        for name in bare:
            groups[name] = [name]
            asked.update(
                {(head, name): "这样简称的地方不止一个" for head in heads if not seen.together(head, name)}
            )
    return groups, asked


def _read(names: Iterable[str], above: frozenset[str]) -> dict[str, PlaceName]:
    """Each name in its parts; a parent is one only where another name is what stands below it.

    What one name has as its parent may stand before another without its ending.
    """
    plain = {name: parts_of(name) for name in names}
    stems = {each.stem for each in plain.values()}
    found: dict[str, PlaceName] = {}
    for known in (above, None):
        parents = (
            known if known is not None else above | {parts_of(each.parent).stem for each in found.values()}
        )
        found = {
            name: next((each for each in parts_below(name, parents) if each.stem in stems), whole)
            for name, whole in plain.items()
        }
    return found


def _renamed(table: Table, names: PlaceNames) -> Table:
    """The table with the names of its places."""
    changed = []
    for key in _NAMED:
        column = table.column(key)
        if column is None or column.texts is None or (key == "subject" and table.kind != "claims"):
            continue
        encoded = column.texts.dictionary_encode()
        known = encoded.dictionary.to_pylist()
        called = [names.name(text) for text in known]
        if called != known:
            texts = pa.array(called, pa.string()).take(encoded.indices)
            changed.append((column, replace(column, texts=texts)))
    if not changed:
        return table
    return replace(
        table,
        columns=tuple(next((new for old, new in changed if old is each), each) for each in table.columns),
    )


def _said(called: Mapping[str, str], seen: _Seen) -> Iterator[Finding]:
    """What was joined by form, as one finding."""
    if not called:
        return
    shown = [f"“{other}”（{seen.cells[other]}）即“{name}”" for other, name in called.items()]
    more = f"等 {len(shown)} 处" if len(shown) > _LISTED else ""
    other, name = next(iter(called.items()))
    yield Finding(
        "place-spelled-otherwise",
        Severity.HINT,
        "地名",
        f"同一地方的名称写法不一，按一个地方计：{'；'.join(shown[:_LISTED])}{more}。",
        cells=tuple(seen.cells[each] for each in called),
        remedy=f"统一名称；不是同一地方的，在项目文件夹的 {PLACES_FILE} 中写 apart: [[{name}, {other}]]",
    )


def _question(pair: tuple[str, str], why: str, seen: _Seen, what: str = "地方") -> Finding:
    one, other = pair
    return Finding(
        "place-in-doubt",
        Severity.WARNING,
        f"{one}、{other}",
        f"“{other}”（{seen.cells[other]}）与“{one}”（{seen.cells[one]}）{why}，是否同一{what}无法判断，暂按两个分列。",
        cells=(seen.cells[other], seen.cells[one]),
        remedy=f"在项目文件夹的 {PLACES_FILE} 中写明：同一{what}写 same: {{{one}: [{other}]}}，不同的写 apart: [[{one}, {other}]]",
    )
