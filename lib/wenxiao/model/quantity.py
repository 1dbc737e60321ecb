"""A printed figure: an exact decimal with its unit and printed precision; and the kinds of missing, never 0 and never guessed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction

from wenxiao.model.interval import Interval
from wenxiao.model.rounding import shifted, shown
from wenxiao.model.units import RATIO, WAN_YUAN, Unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as printed.

    `value` is exact, in `unit` (a rate as a fraction); `places` is the number of decimals it was printed with, counted
    on `value` ("53.63%" is 0.5363 with 4), negative for figures rounded to tens and more; `inferred` says that the
    places were taken from the finest digit of the column (推定), not printed; `qualifier` keeps 约, ≥, ≤, > or <;
    `exact` says that the figure was not rounded at all: a count printed to the unit, a weight that a rule sets.

    >>> from wenxiao.model.units import WAN_YUAN, YUAN
    >>> Quantity(Decimal("0.5363"), RATIO, 4).text, Quantity(Decimal("2062.67"), WAN_YUAN, 2).to(YUAN).text
    ('53.63%', '20,626,700元')
    """

    value: Decimal
    unit: Unit
    places: int
    inferred: bool = False
    qualifier: str = ""
    exact: bool = False

    @property
    def interval(self) -> Interval:
        """The numbers this figure can stand for."""
        if self.exact:
            return Interval.exactly(self.value)
        return Interval.around(self.value, self.places)

    def to(self, unit: Unit) -> Quantity:
        """The same figure in another unit of the same dimension, with the same printed precision."""
        shift = self.unit.exponent - unit.exponent
        if self.unit.dimension != unit.dimension:
            raise ValueError(f"{self.unit.symbol} cannot become {unit.symbol}")
        if shift == 0:
            return replace(self, unit=unit)
        return replace(self, value=shifted(self.value, shift), unit=unit, places=self.places - shift)

    @property
    def text(self) -> str:
        """The figure as people read it, with its unit and at its printed precision.

        An amount converted to a larger unit keeps every digit that is not 0: 56,789,000元 is 5,678.90万元, not 5,678.9000万元.
        """
        digits = max(-int(self.value.normalize().as_tuple().exponent), 2)
        places = min(self.places, digits) if self.unit.dimension == WAN_YUAN.dimension else self.places
        return self.qualifier + quantity_text(self.value, self.unit, places)


def quantity_text(value: Decimal | Fraction | int, unit: Unit, places: int, *, with_unit: bool = True) -> str:
    """`value` in `unit` as people read it; `places` counts on the value, so a rate with 4 shows two decimals of %."""
    if unit.dimension == RATIO.dimension:
        return shown(Fraction(value) * 100, places - 2) + "%"
    return shown(value, places) + (unit.symbol if with_unit else "")


class Missing(IntEnum):
    """Why there is no value. The integer is the code kept in a column's `missing` array; 0 there means present.

    >>> Missing.NOT_PROVIDED.label
    '未提供'
    """

    NOT_RETURNED = 1
    NOT_PROVIDED = 2
    NOT_APPLICABLE = 3
    UNVERIFIABLE = 4
    UNSCORED = 5
    TOO_SMALL = 6
    COVERED = 7
    UNREADABLE = 8
    WITHHELD = 9

    @property
    def label(self) -> str:
        """The Chinese word a reader sees."""
        return _LABELS[self]


_LABELS = {
    Missing.NOT_RETURNED: "未报送",
    Missing.NOT_PROVIDED: "未提供",
    Missing.NOT_APPLICABLE: "不适用",
    Missing.UNVERIFIABLE: "无法核实",
    Missing.UNSCORED: "暂不计分",
    Missing.TOO_SMALL: "数值过小",
    Missing.COVERED: "见合并单元格",
    Missing.UNREADABLE: "无法识别",
    Missing.WITHHELD: "暂不计算",
}
