"""What names of places are made of, and what the places of a project are called together."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from wenxiao.model.errors import ProfileError
from wenxiao.model.yaml_text import load_yaml

_KINDS = (("区县市旗", "县区"), ("乡镇", "乡镇"), ("道", "街道"), ("镇乡道", "镇街"))


def word_for(names: Iterable[str]) -> str:
    """What places are together by their names: 县区, 乡镇, 街道, 镇街, or 地区 where they are of several kinds.

    >>> word_for(["兰山区", "费县"]), word_for(["璜土镇", "夏港街道"]), word_for(["兰山区", "璜土镇"])
    ('县区', '镇街', '地区')
    """
    ends = {name[-1] for name in names if name}
    return next((word for kinds, word in _KINDS if ends <= set(kinds)), "地区")


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    endings: dict[str, list[str]]
    parents: list[str]
    levels: list[list[str]]
    zones: dict[str, list[str]]
    contrasts: list[str]


@cache
def _words() -> _Document:
    text = resources.files("wenxiao.fields").joinpath("places.yaml").read_text("utf-8")
    return _Document.model_validate(load_yaml(text, ProfileError, "places.yaml"))


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    """Every way to write an ending with the ending it means, longest first."""
    ways = [(way, ending) for ending, others in _words().endings.items() for way in (ending, *others)]
    return tuple(sorted(ways, key=lambda each: -len(each[0])))


@cache
def _zones() -> tuple[tuple[str, str], ...]:
    ways = [(way, zone) for zone, others in _words().zones.items() for way in (zone, *others)]
    return tuple(sorted(ways, key=lambda each: -len(each[0])))


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name of a place in its parts: 罗庄区 has the stem 罗庄 and the ending 区; `parent` is a place written before it."""

    stem: str
    ending: str
    parent: str = ""


def plain_name(name: str) -> str:
    r"""A name without signs that nobody sees.

    >>> plain_name("罗庄\u200b区 ")
    '罗庄区'
    """
    if not name.isprintable():
        name = "".join(sign for sign in name if unicodedata.category(sign) != "Cf")
    return name.strip()


def parts_of(name: str) -> PlaceName:
    """A plain name in its parts, taken as a name without a parent; a zone by the name that people use.

    >>> parts_of("罗庄区"), parts_of("夏港街道办事处").ending, parts_of("经济技术开发区")
    (PlaceName(stem='罗庄', ending='区', parent=''), '街道', PlaceName(stem='经开', ending='区', parent=''))
    """
    zone = next((zone for way, zone in _zones() if name == way), name)
    for way, ending in _endings():
        if len(zone) > len(way) and zone.endswith(way):
            return PlaceName(zone.removesuffix(way), ending)
    return PlaceName(zone, "")


def level_of(name: str) -> int:
    """The level of a place by the ending of its name, 1 for a province, 4 for a town; 0 where it has none.

    >>> level_of("罗庄区"), level_of("　璜土镇"), level_of("东部")
    (3, 4, 0)
    """
    return _level(plain_name(name)[-_longest() - 1 :])


@lru_cache(maxsize=1 << 16)
def _level(tail: str) -> int:
    """The level by the last signs of a name, one more than any ending has."""
    ending = parts_of(tail).ending
    return next((n for n, level in enumerate(_words().levels, start=1) if ending in level), 0)


@cache
def _longest() -> int:
    """The signs of the longest ending, or name of a zone."""
    return max(len(way) for way, _ in (*_endings(), *_zones()))


def parts_below(name: str, known: Iterable[str] = ()) -> Iterator[PlaceName]:
    """The ways to read a plain name as a parent and a place below it, the longest parent first.

    `known` are parents that may stand without their ending.

    >>> [(each.parent, each.stem) for each in parts_below("临沂市罗庄区")]
    [('临沂市', '罗庄')]
    >>> [(each.parent, each.stem) for each in parts_below("临沂经济技术开发区")]
    [('临沂', '经开')]
    """
    for way, _ in _zones():
        if name.endswith(way) and len(name) > len(way) + 1:
            below = parts_of(way)
            yield PlaceName(below.stem, below.ending, name.removesuffix(way))
            break
    for cut in range(len(name) - 2, 1, -1):
        above = name[:cut]
        if above in known or any(above.endswith(e) and cut > len(e) for e in _words().parents):
            below = parts_of(name[cut:])
            yield PlaceName(below.stem, below.ending, above)


def one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter is another, lacks, or changes its place with the next, and no pair like 东 and 西 tells them apart.

    >>> one_letter_apart("西唐", "西塘"), one_letter_apart("西塘", "塘西"), one_letter_apart("东甲", "西甲")
    (True, True, False)
    """
    if len(one) > len(other):
        one, other = other, one
    groups = _words().contrasts
    if len(one) == len(other):
        at = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(at) == 1:
            return not any({one[at[0]], other[at[0]]} <= set(group) for group in groups)
        return len(at) == 2 and at[1] == at[0] + 1 and one[at[0]] + one[at[1]] == other[at[1]] + other[at[0]]
    if len(other) != len(one) + 1:
        return False
    added = [other[i] for i in range(len(other)) if other[:i] + other[i + 1 :] == one]
    return bool(added) and not any(added[0] in group for group in groups)


def shortened(short: str, long: str) -> bool:
    """Whether a name is another with letters left out, the first one kept, or without what stands before it.

    >>> shortened("临港", "临港经济开发"), shortened("河东", "临沂河东"), shortened("城", "东城")
    (True, True, False)
    """
    if len(short) > 1 and len(long) > len(short) + 1 and long.endswith(short):
        return True
    letters = iter(long)
    return len(short) < len(long) and short[:1] == long[:1] and all(letter in letters for letter in short)
