"""Units of the field and how they convert. A unit is a symbol, a dimension and a power of ten."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `symbol` as shown, `dimension` (only equal dimensions convert), `exponent` (×10ⁿ of the dimension's base).

    A rate has the unit `比率` and is kept as a fraction: 0.5363 is shown as 53.63%.

    >>> WAN_YUAN.factor_to(YUAN)
    Fraction(10000, 1)
    """

    symbol: str
    dimension: str
    exponent: int = 0

    def factor_to(self, other: Unit) -> Fraction:
        """The number that turns an amount in this unit into one in `other`; ValueError between dimensions."""
        if self.dimension != other.dimension:
            raise ValueError(f"{self.symbol} cannot become {other.symbol}")
        return Fraction(10) ** (self.exponent - other.exponent)

    def per(self, other: Unit) -> Unit:
        """The unit of a quotient, for instance 元/㎡.

        >>> YUAN.per(SQUARE_METRE).symbol
        '元/㎡'
        """
        return Unit(
            f"{self.symbol}/{other.symbol}",
            f"{self.dimension}/{other.dimension}",
            self.exponent - other.exponent,
        )

    @property
    def counts(self) -> bool:
        """Whether a whole number in this unit is a count, known exactly and not rounded (户, 栋, 个, 人; not 万户)."""
        return self.exponent == 0 and self.counted

    @property
    def counted(self) -> bool:
        """Whether it counts things, in whatever power of ten (户, 万户)."""
        return self.dimension in _COUNTED

    @property
    def adds(self) -> bool:
        """Whether figures in this unit add up: money, areas, lengths and what is counted do, rates and points do not."""
        return self.dimension in _COUNTED | {"money", "area", "length"}

    @property
    def below_nothing(self) -> bool:
        """Whether a figure in this unit can be less than 0: money paid back can, a rate of growth and a change in pieces can."""
        return self.dimension not in (_COUNTED - {PIECES.dimension}) | {"points", "area", "length"}

    def __str__(self) -> str:
        return self.symbol


_COUNTED = frozenset({"households", "buildings", "neighbourhoods", "projects", "pieces", "persons"})


YUAN = Unit("元", "money")
WAN_YUAN = Unit("万元", "money", 4)
YI_YUAN = Unit("亿元", "money", 8)
SQUARE_METRE = Unit("㎡", "area")
WAN_SQUARE_METRES = Unit("万㎡", "area", 4)
HOUSEHOLDS = Unit("户", "households")
BUILDINGS = Unit("栋", "buildings")
NEIGHBOURHOODS = Unit("个小区", "neighbourhoods")
PROJECTS = Unit("个项目", "projects")
PIECES = Unit("个", "pieces")
ENTRIES = Unit("条", "pieces")
PERSONS = Unit("人", "persons")
POINTS = Unit("分", "points")
RATIO = Unit("比率", "ratio")
METRES = Unit("米", "length")
KILOMETRES = Unit("公里", "length", 3)
PLACES = Unit("名", "rank")
NUMBER = Unit("", "number")

_ALIASES = {
    "元": YUAN,
    "人民币元": YUAN,
    "千元": Unit("千元", "money", 3),
    "万元": WAN_YUAN,
    "人民币万元": WAN_YUAN,
    "百万元": Unit("百万元", "money", 6),
    "亿元": YI_YUAN,
    "㎡": SQUARE_METRE,
    "m2": SQUARE_METRE,
    "m²": SQUARE_METRE,
    "平方米": SQUARE_METRE,
    "平米": SQUARE_METRE,
    "万㎡": WAN_SQUARE_METRES,
    "万m2": WAN_SQUARE_METRES,
    "万m²": WAN_SQUARE_METRES,
    "万平方米": WAN_SQUARE_METRES,
    "万平米": WAN_SQUARE_METRES,
    "户": HOUSEHOLDS,
    "万户": Unit("万户", "households", 4),
    "栋": BUILDINGS,
    "幢": BUILDINGS,
    "个小区": NEIGHBOURHOODS,
    "个项目": PROJECTS,
    "个": PIECES,
    "项": Unit("项", "pieces"),
    "份": Unit("份", "pieces"),
    "人": PERSONS,
    "人次": PERSONS,
    "万人": Unit("万人", "persons", 4),
    "分": POINTS,
    "%": RATIO,
    "％": RATIO,
    "比率": RATIO,
    "米": METRES,
    "公里": KILOMETRES,
    "千米": KILOMETRES,
}


_SCALES = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8}
_SCALED = re.compile(r"(百万|千万|十万|百|千|万|亿)(\D+)")


_ALIASES |= {
    word: Unit(word, PIECES.dimension) for word in "套台辆座处件只棵株盏口所家间块根场次张册艘支架扇樘组"
}
"""Measure words: whatever they count is counted one by one."""


def unit_named(text: str) -> Unit | None:
    """The unit a sheet calls `text`, or None for a word that is no known unit; ten thousand of a counted thing is one.

    >>> unit_named("万平方米"), unit_named("万栋").exponent, unit_named("斗")
    (Unit(symbol='万㎡', dimension='area', exponent=4), 4, None)
    """
    word = text.strip()
    known = _ALIASES.get(word) or _ALIASES.get(word.lower())
    if known is None and (match := _SCALED.fullmatch(word)) is not None:
        base = _ALIASES.get(match[2])
        if base is not None and base.counts:
            return Unit(word, base.dimension, _SCALES[match[1]])
    return known


def unit_stated(text: str) -> Unit:
    """The unit a sheet states as `text`, known or not: an unknown one is a dimension of its own and never becomes another.

    >>> unit_stated("万吨").factor_to(unit_stated("吨")), unit_stated("人年").dimension
    (Fraction(10000, 1), '人年')
    """
    word = text.strip()
    if (known := unit_named(word)) is not None:
        return known
    match = _SCALED.fullmatch(word)
    return Unit(word, match[2], _SCALES[match[1]]) if match else Unit(word, word)


def known_units() -> tuple[str, ...]:
    """Every spelling `unit_named` knows, longest first, for recognisers that match a suffix."""
    return tuple(sorted(_ALIASES, key=lambda word: (-len(word), word)))
