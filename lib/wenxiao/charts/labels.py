"""The words of charts: figures as labels, axis ticks, the key of colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from matplotlib.ticker import MaxNLocator

from wenxiao.charts.lettering import fitted, shortened
from wenxiao.charts.page import Page, Room, Words
from wenxiao.charts.style import BODY, INK
from wenxiao.model import Exact, Given, Measure, shown
from wenxiao.model.units import POINTS, RATIO

_MOST = 3


def rate(value: Exact, places: int = 1) -> str:
    """A rate with `places` decimals of %, more where it would otherwise read as 0% or 100% without being that.

    >>> rate(Fraction(8677, 10000)), rate(Fraction(99996, 100000)), rate(1), rate(Fraction(-1, 3))
    ('86.8%', '99.996%', '100.0%', '−33.3%')
    >>> rate(Fraction(1, 10**9)), rate(1 - Fraction(1, 10**9))
    ('不足 0.001%', '99.999% 以上')
    """
    percent = Fraction(value) * 100
    most = max(places, _MOST)
    if percent not in (0, 100):
        while places < most and _reads_as(percent, places) in (0, 100):
            places += 1
        least = Fraction(1, 10**places)
        if 0 < percent < least and _reads_as(percent, places) == 0:
            return f"不足 {shown(least, places)}%"
        if percent < 100 and _reads_as(percent, places) == 100:
            return f"{shown(100 - least, places)}% 以上"
    return shown(percent, places) + "%"


def _reads_as(percent: Fraction, places: int) -> Decimal:
    return Decimal(shown(percent, places, thousands=False).replace("−", "-"))


def points(value: Exact) -> str:
    """Points to the second decimal, on which a grade can hang.

    >>> points(Fraction(334, 100)), points(100)
    ('3.34', '100.00')
    """
    return shown(Fraction(value), 2)


def signed(value: Exact) -> str:
    """A difference with its sign and two decimals; words for one too small for them.

    >>> signed(Fraction(12, 10)), signed(Fraction(-1, 3)), signed(0), signed(Fraction(1, 1000))
    ('+1.20', '−0.33', '0', '不足 +0.01')
    """
    exact = Fraction(value)
    if exact == 0:
        return "0"
    small = 0 < abs(exact) < Fraction(1, 200)
    if small:
        return "不足 +0.01" if exact > 0 else "不足 −0.01"
    return ("+" if exact > 0 else "") + shown(exact, 2)


def figures(measures: Sequence[Measure], among: Sequence[Measure] = ()) -> tuple[str, ...]:
    """Measures of one column as labels: one decimal fewer than the table, none where all are whole; words for absences.

    Points keep their decimals: a grade can hang on the second one. `among` is the whole column, of which only
    `measures` are wanted.
    """
    known = [number for measure in among or measures if (number := measure.number) is not None]
    whole = all(number.denominator == 1 for number in known)
    return tuple(_figure(measure, whole) for measure in measures)


def _figure(measure: Measure, whole: bool) -> str:
    number = measure.number
    if number is None:
        return measure.text
    if measure.unit.dimension == RATIO.dimension:
        return rate(number, max(measure.places - 3, 0))
    if measure.unit.dimension == POINTS.dimension:
        return shown(number, measure.places)
    return amount(number, 0 if whole else measure.places)


def figure(measure: Measure) -> str:
    """One measure as a label."""
    return figures([measure])[0]


def full(measure: Measure) -> str:
    """A measure within a sentence: at the table's precision, with its unit after a space.

    >>> from wenxiao.model import Constant
    >>> from wenxiao.model.units import WAN_YUAN
    >>> full(Measure("spent", "支出", Constant(Fraction(831)), WAN_YUAN))
    '831.00 万元'
    """
    if measure.number is None or measure.unit.dimension == RATIO.dimension or not measure.unit.symbol:
        return measure.text
    return f"{measure.text} {measure.unit.symbol}"


def amount(number: Exact, places: int) -> str:
    """An amount with one decimal fewer than `places`; with all of them where it would read as 0 and is not.

    >>> amount(Decimal("2062.67"), 2), amount(Decimal("0.04"), 2), amount(46, 0)
    ('2,062.7', '0.04', '46')
    """
    short = shown(number, max(places - 1, 0))
    return shown(number, places) if number and not short.strip("0.,−") else short


def given(value: Given) -> str:
    """A given figure at its printed precision without its unit, or the word for its absence."""
    quantity = value.quantity
    if quantity is None:
        return value.text
    number = shown(quantity.value, max(quantity.places, 0))
    return f"{quantity.qualifier} {number}" if quantity.qualifier.isalpha() else quantity.qualifier + number


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names for a sentence; beyond `most` only their number.

    >>> listed(["决策", "过程"]), listed(["甲", "乙", "丙", "丁"])
    ('决策、过程', '甲、乙、丙等 4 项')
    """
    text = "、".join(shortened(name) for name in names[:most])
    return text if len(names) <= most else f"{text}等 {len(names)} 项"


def described(what: str, facts: Iterable[str], *, most: int = 6) -> str:
    """A text alternative: what the chart is, then its facts; a long list is cut and refers to the data table.

    Nobody listens to thirty numbers; the table has them all, and can be walked through.

    >>> described("条形图：各来源预算。", ["中央 1 万元", "省级 2 万元"])
    '条形图：各来源预算。中央 1 万元；省级 2 万元。'
    """
    known = list(facts)
    text = "；".join(known[:most])
    return f"{what}{text}" + (f"；其余 {len(known) - most} 项见数据表。" if len(known) > most else "。")


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and its label."""

    at: float
    label: str


def ticks(low: float, high: float, *, most: int = 5, suffix: str = "") -> tuple[Tick, ...]:
    """Round numbers from `low` to `high`, both included where they are round, at most `most` steps.

    >>> [tick.label for tick in ticks(0, 100, suffix="%")]
    ['0%', '20%', '40%', '60%', '80%', '100%']
    """
    found = [float(v) for v in MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)]
    exact = [Decimal(f"{value:.10g}") for value in found]
    step = min((b - a for a, b in pairwise(exact)), default=Decimal(1))
    exponent = step.normalize().as_tuple().exponent
    places = max(-exponent, 0) if isinstance(exponent, int) else 0
    edge = (high - low) * 1e-9
    return tuple(
        Tick(value, shown(number, places) + suffix)
        for value, number in zip(found, exact, strict=True)
        if low - edge <= value <= high + edge
    )


def reach(values: Iterable[float], *, most: int = 5, from_zero: bool = True) -> tuple[float, float]:
    """The ends of an axis that holds `values`: round numbers, with zero for bars.

    >>> reach([3, 97]), reach([86.1, 94.07], from_zero=False), reach([5], from_zero=False)
    ((0.0, 100.0), (86.0, 96.0), (4.0, 6.0))
    """
    known = [*values, *([0.0] if from_zero else [])]
    low, high = min(known), max(known)
    if low == high:
        low, high = (0.0, 1.0) if from_zero else (low - 1, high + 1)
    ends = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return float(ends[0]), float(ends[-1])


_LINE = 21.0
_BETWEEN = 18.0
_WIDEST_NAME = 300.0


@dataclass(frozen=True, slots=True)
class Swatch:
    """A fill as the plot has it, of some size, or a dot; its words, of which a long name is cut, and its figures."""

    colour: str
    label: str
    figures: str = ""
    wide: float = 13.0
    high: float = 11.0
    dot: bool = False

    def words(self, across: float) -> Words:
        """What it is, on a line so long."""
        most = across - self.wide - 6 - Words(self.figures).width
        return Words(fitted(self.label, BODY, min(most, _WIDEST_NAME)) + self.figures, INK)

    def room(self, across: float) -> float:
        """The room it takes with its words."""
        return self.wide + 6 + self.words(across).width


def _placed(swatches: Sequence[Swatch], across: float) -> list[tuple[float, int, Swatch]]:
    """Left edge and line of each."""
    x, line = 0.0, 0
    placed: list[tuple[float, int, Swatch]] = []
    for each in swatches:
        if x and x + each.room(across) > across:
            x, line = 0.0, line + 1
        placed.append((x, line, each))
        x += each.room(across) + _BETWEEN
    return placed


def key_height(swatches: Sequence[Swatch], across: float) -> float:
    """The room a key takes."""
    return _LINE * (1 + _placed(swatches, across)[-1][1]) + 5 if swatches else 0.0


def draw_key(page: Page, room: Room, swatches: Sequence[Swatch]) -> None:
    """Set a key at the top of a room."""
    for x, line, each in _placed(swatches, room.width):
        y = room.top + _LINE * (line + 0.5)
        if each.dot:
            page.dot(x + each.wide / 2, y, each.high, each.colour)
        else:
            page.box(x, y - each.high / 2, each.wide, each.high, each.colour)
        page.text(x + each.wide + 6, y, each.words(room.width))
