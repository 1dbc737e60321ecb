"""How a figure came about: its formula with every number and its cell in place, and the data a short formula cannot name.

Popovers and 计算底稿 tell it in the same words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import takewhile

from wenxiao.display.cells import bare_address
from wenxiao.display.inline import cell_given
from wenxiao.display.names import shared_name, without
from wenxiao.display.worth import leaves, worth
from wenxiao.model import CellRef, Expression, Given, Measure, Named, Op, Standing, words_of


@dataclass(frozen=True, slots=True)
class Trace:
    """A computed figure's formula, the inputs it names with their cells, and the data of the parts it only sums up."""

    formula: str
    told: tuple[Given, ...]
    rest: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class CellTrace:
    """Figures of one row of a sheet in words, their cells; of a single one its value; whether places were inferred."""

    entries: tuple[str, ...]
    cells: tuple[CellRef, ...]
    value: str
    inferred: bool


def nowhere(part: Expression) -> str:
    """No part of a formula has a line of its own."""
    del part
    return ""


def trace_of(
    measure: Measure,
    address: Callable[[CellRef], str],
    elsewhere: Callable[[Expression], str] = nowhere,
    beside: Container[CellRef] = (),
) -> Trace:
    """The formula of a measure with its numbers, each with the `address` of its cell where it is first named.

    A named part that is told of `elsewhere` refers there, and its inputs are not told again; of another all of them are
    data, also one that the formula names beside it. Figures that stand `beside` the formula are named by their cells only.

    >>> from decimal import Decimal
    >>> from wenxiao.model import CellRef, Quantity, quotient
    >>> from wenxiao.model.units import RATIO, WAN_YUAN
    >>> spent = Given("甲县支出", Quantity(Decimal("1965.3"), WAN_YUAN, 1), CellRef("资金.xlsx", "资金", 5, 4))
    >>> budget = Given("甲县预算", Quantity(Decimal("3664.68"), WAN_YUAN, 2), CellRef("资金.xlsx", "资金", 5, 3))
    >>> rate = Measure("execution_rate", "预算执行率", quotient(spent, budget), RATIO, 4, "甲县")
    >>> trace_of(rate, lambda cell: cell.address).formula
    '支出 1,965.3万元 D5 ÷ 预算 3,664.68万元 C5'
    """
    told: set[Given | Named] = set()
    once: Counter[Given] = Counter()
    there: set[Named] = set()
    prefix = shared_name(measure)

    def said(leaf: Given | Named) -> str:
        name = leaf.label.removeprefix(prefix)
        if isinstance(leaf, Given):
            once[leaf] += 1
        if leaf in told:
            return name
        told.add(leaf)
        if isinstance(leaf, Named):
            amount, where = worth(leaf), elsewhere(leaf.term)
            there.update([leaf] if where else [])
            return f"{name} {amount}{where}" if amount else f"{name}{where}"
        if leaf.cell in beside and leaf.cell is not None:
            return f"{name} {address(leaf.cell)}"
        return entry(name, leaf, address)

    formula = words_of(measure.expression, said)
    needed = Counter(leaves(measure.expression, there))
    rest = tuple(given for given in measure.inputs if needed[given] > once[given])
    return Trace(formula, tuple(once), rest)


def cell_entries(figures: Sequence[Measure | Given], prefix: str) -> CellTrace:
    """Figures that stand in one row of a sheet, each with its cell, and what the cell holds where it reads otherwise.

    The `prefix` that their names have in common stands above them and is not said again.
    """
    givens = [given for figure in figures if (given := cell_given(figure)) is not None]
    told = tuple(
        f"{entry(without(prefix, given.label), given, bare_address)}{_aside(figure)}"
        for figure, given in zip(figures, givens, strict=True)
    )
    cells = tuple(given.cell for given in givens if given.cell)
    value = f"{givens[0].text}{_held(givens[0])}{_aside(figures[0])}" if givens else ""
    inferred = any(given.quantity is not None and given.quantity.inferred for given in givens)
    return CellTrace(told, cells, value, inferred)


def remarks_on(measure: Measure) -> str:
    """Its standing where it was not computed, and under which condition it holds; '' for most."""
    standing = "" if measure.standing is Standing.COMPUTED else measure.standing.value
    parts = [part for part in (standing, measure.condition) if part and part not in measure.basis]
    return "，".join(parts)


def basis_of(measure: Measure) -> str:
    """How it is to be understood, where its formula does not say the same (按预算数加权平均; not 支出÷预算, not 各地之和)."""
    formula = _plain(measure.formula)
    parts = _SIGNS.split(_plain(measure.basis))
    said = (
        (len(parts) > 1 and all(part in formula for part in parts))
        or (measure.basis.startswith("简单平均") and Op.MEAN.sign in formula)
        or measure.basis.endswith("之和")
        or (measure.basis == "与平均分之差" and "平均" in formula)
    )
    return "" if said or _plain(measure.basis) == formula else measure.basis


_SIGNS = re.compile("[÷－]")


def _plain(words: str) -> str:
    """Words of a formula without blanks and without what names of amounts add."""
    return words.replace(" ", "").replace("数", "").replace("资金", "")


def _aside(figure: Measure | Given) -> str:
    return f"（{figure.basis}）" if isinstance(figure, Measure) and figure.basis else ""


def _held(given: Given) -> str:
    """What the cell of a figure holds, where that is another number or words."""
    if given.printed is not None:
        return given.beside
    if not given.raw or given.quantity is None or _as_held(given):
        return ""
    return f"（原{'数' if _NUMBER.fullmatch(given.raw) else '文'} {given.raw}）"


_NUMBER = re.compile(r"[-+−\d.,%eE ]+")


def _as_held(given: Given) -> bool:
    """Whether a figure reads as its cell does but for thousands separators, a unit, a % or a zero behind."""
    raw = given.raw.replace(",", "").replace("平方米", "㎡")
    if given.text.replace(",", "").startswith(raw):
        return True
    try:
        return given.quantity is None or Decimal(raw) == given.quantity.value
    except InvalidOperation:
        return False


def entry(name: str, given: Given, address: Callable[[CellRef], str], unit: str = "") -> str:
    """An input in words: its name, its figure, its cell, and what the cell holds where it reads otherwise.

    A `unit` that stands before is not said again.
    """
    figure = given.text.removesuffix(unit)
    said = " ".join(part for part in (name, figure, given.cell and address(given.cell)) if part)
    return f"{said}{_held(given)}"


def entries(givens: Sequence[Given], address: Callable[[CellRef], str], prefix: str = "") -> str:
    """Inputs in a row; a name that the one before has is not said again, nor a word and a unit that many have in common."""
    labels = [given.label.removeprefix(prefix) for given in givens]
    common = _common_end(labels) if len(givens) > _FEW else ""
    units = {given.quantity.unit.symbol for given in givens if given.quantity}
    unit = units.pop() if common and len(units) == 1 else ""
    names = ["", *(label.removesuffix(common) for label in labels)]
    told = "、".join(
        entry("" if name == before else name, given, address, unit)
        for before, name, given in zip(names, names[1:], givens, strict=False)
    )
    return f"{common}{f'（{unit}）' if unit else ''}：{told}" if common else told


_FEW = 6
"""Of more inputs what all their names end with is said once."""


def _common_end(names: Sequence[str]) -> str:
    """What all names end with, unless it is all there is to one of them."""
    alike = takewhile(
        lambda signs: len(set(signs)) == 1, zip(*(reversed(name) for name in names), strict=False)
    )
    end = "".join(signs[0] for signs in alike)[::-1]
    return end if len(end) > 1 and end not in names else ""
