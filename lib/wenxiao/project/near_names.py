"""Names that may be one: a letter apart, or one the other shortened, in tables that otherwise list the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from wenxiao.fields.places import one_letter_apart, parts_of, shortened

_ALIKE = 100
"""Of more names that are alike in one way that way tells nothing."""

_LIKE = 0.6
"""The share of letters, in their order, that two wordings of one name have in common at least."""


def near_names(one: str, other: str) -> bool:
    """Whether two wordings may name one thing: no number tells them apart, and most letters are the same.

    >>> near_names("验收合格率", "工程验收合格率"), near_names("养护1号路", "养护2号路"), near_names("东片养护", "西片养护")
    (True, False, False)
    """
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    if len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return one_letter_apart(one, other)
    return shortened(*sorted((one, other), key=len)) or SequenceMatcher(None, one, other).ratio() >= _LIKE


def near_pairs(
    groups: Mapping[str, Sequence[str]],
    tables: Mapping[str, frozenset[int]],
    listed: Mapping[int, frozenset[str]],
    single: frozenset[int],
) -> Iterator[tuple[tuple[str, str], str]]:
    """The pairs of places that no table tells apart and whose names are one letter apart, or one the other shortened.

    `groups` are the spellings of each name, `tables` those that have a spelling, `listed` the names that each table has,
    `single` the tables with one line for each. They are asked where the tables that have them list the same places otherwise: half of those of the shorter one.
    """
    where = {name: frozenset().union(*(tables[each] for each in group)) for name, group in groups.items()}
    home = {each: name for name, group in groups.items() for each in group}
    lines = {number: {home[name] for name in names} for number, names in listed.items()}
    read = {name: parts_of(name) for name in groups}
    buckets: dict[str, list[str]] = defaultdict(list)
    for name, parts in read.items():
        for key in _keys(parts.stem):
            buckets[key].append(name)
    pairs = {
        (one, other)
        for bucket in buckets.values()
        if len(bucket) <= _ALIKE
        for one, other in combinations(bucket, 2)
        if not where[one] & where[other] & single and len(where[one] | where[other]) > 1
    }
    order = list(groups)
    for one, other in sorted(pairs, key=lambda pair: [order.index(name) for name in pair]):
        a, b = read[one], read[other]
        short, long = sorted((a.stem, b.stem), key=len)
        if not (a.ending.endswith(b.ending) or b.ending.endswith(a.ending)):
            continue
        alike = "只差一个字" if len(short) > 1 and one_letter_apart(short, long) else ""
        if shortened(short, long) or a.stem == b.stem:
            alike = alike or "像是一个的简称"
        if alike and any(_agree(lines[i], lines[j], {one, other}) for i in where[one] for j in where[other]):
            yield (one, other), alike


def _keys(stem: str) -> set[str]:
    """What names that are one letter apart, or one the other shortened, have in common."""
    cuts = range(len(stem) if len(stem) > 1 else 0)
    return {
        f"{stem[:1]}…",
        stem,
        *(stem[:i] + stem[i + 1 :] for i in cuts),
        *(f"{stem[:i]}?{stem[i + 1 :]}" for i in cuts),
    }


def _agree(lines: set[str], others: set[str], pair: set[str]) -> bool:
    """Whether two tables list the same places but for a pair, as far as the shorter goes by half."""
    a, b = lines - pair, others - pair
    return 2 * len(a & b) >= min(len(a), len(b)) and bool(a & b or not a | b)
