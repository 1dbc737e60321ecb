"""How a figure came about: its formula with every number and its cell in place, and the data a short formula cannot name.

Popovers and 计算底稿 tell it in the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import takewhile

from wenxiao.model import (
    CellRef,
    Expression,
    Given,
    Measure,
    Missing,
    Named,
    Op,
    Operation,
    Standing,
    inputs_of,
    quantity_text,
    value_of,
    words_of,
)

_KEPT = 2
"""So many characters of a name stay when what names have in common is left out: where 数 and 率 are all that differs,
the rest is half a word."""
_MEAN_PLACES = 2


@dataclass(frozen=True, slots=True)
class Trace:
    """A computed figure's formula, and the inputs that are not named in it."""

    formula: str
    rest: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class CellTrace:
    """Figures of one row of a sheet in words, their cells; of a single one its value; whether places were inferred."""

    entries: tuple[str, ...]
    cells: tuple[CellRef, ...]
    value: str
    inferred: bool


def title_of(figure: Measure | Given) -> str:
    """What a figure is called: its subject and label, or the label of its cell."""
    if isinstance(figure, Given):
        return figure.label
    return f"{figure.subject} · {figure.label}" if figure.subject else figure.label


def cell_given(figure: Measure | Given) -> Given | None:
    """What stands in a cell as the figure shows it; None for a figure that is computed or holds under a condition."""
    if isinstance(figure, Measure):
        plain = figure.standing is Standing.COMPUTED and not figure.condition
        figure_in_cell = figure.expression if plain else None
    else:
        figure_in_cell = figure
    return figure_in_cell if isinstance(figure_in_cell, Given) and figure_in_cell.cell else None


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

    A named part that is told of `elsewhere` refers there, and its inputs are not told again; figures that stand `beside`
    the formula are named by their cells only.

    >>> from decimal import Decimal
    >>> from wenxiao.model import CellRef, Quantity, quotient
    >>> from wenxiao.model.units import RATIO, WAN_YUAN
    >>> spent = Given("甲县支出", Quantity(Decimal("1965.3"), WAN_YUAN, 1), CellRef("资金.xlsx", "资金", 5, 4))
    >>> budget = Given("甲县预算", Quantity(Decimal("3664.68"), WAN_YUAN, 2), CellRef("资金.xlsx", "资金", 5, 3))
    >>> rate = Measure("execution_rate", "预算执行率", quotient(spent, budget), RATIO, 4, "甲县")
    >>> trace_of(rate, lambda cell: cell.address).formula
    '支出 1,965.3万元 D5 ÷ 预算 3,664.68万元 C5'
    """
    told: dict[Given | Named, None] = {}
    prefix = _shared(measure)

    def said(leaf: Given | Named) -> str:
        name = leaf.label.removeprefix(prefix)
        if leaf in told:
            return name
        told[leaf] = None
        if isinstance(leaf, Named):
            worth, where = _worth(leaf.term), elsewhere(leaf.term)
            told.update(dict.fromkeys(inputs_of(leaf.term) if where else ()))
            return f"{name} {worth}{where}" if worth else f"{name}{where}"
        if leaf.cell in beside and leaf.cell is not None:
            return f"{name} {address(leaf.cell)}"
        return entry(name, leaf, address)

    formula = words_of(measure.expression, said)
    return Trace(formula, tuple(given for given in measure.inputs if given not in told))


def cell_entries(figures: Sequence[Measure | Given], row: str) -> CellTrace:
    """Figures that stand in one row of a sheet, each with its cell, and what the cell holds where it reads otherwise.

    The name of the row stands above them and is not said again.
    """
    givens = [given for figure in figures if (given := cell_given(figure)) is not None]
    told = tuple(
        f"{entry(given.label.removeprefix(row), given, _address)}{_basis(figure)}"
        for figure, given in zip(figures, givens, strict=True)
    )
    cells = tuple(given.cell for given in givens if given.cell)
    value = f"{givens[0].text}{_held(givens[0])}{_basis(figures[0])}" if givens else ""
    inferred = any(given.quantity is not None and given.quantity.inferred for given in givens)
    return CellTrace(told, cells, value, inferred)


def row_name(figures: Sequence[Measure | Given]) -> str:
    """What figures of one row of a sheet are of, by what the names of their cells begin with; else which row it is."""
    givens = [each for figure in figures for each in _givens(figure)]
    cell = next((given.cell for given in givens if given.cell), None)
    return common(given.label for given in givens) or (f"第 {cell.row} 行" if cell else "")


def name_in_row(measure: Measure, row: str) -> str:
    """What a figure computed from a row is called beside the name of the row."""
    if measure.subject == row:
        return measure.label
    rest = measure.label.removeprefix(row)
    return rest if rest != measure.label and len(rest) >= _KEPT else title_of(measure)


def _givens(figure: Measure | Given) -> tuple[Given, ...]:
    return figure.inputs if isinstance(figure, Measure) else (figure,)


def remarks_on(measure: Measure) -> str:
    """Its standing where it was not computed, and under which condition it holds; '' for most."""
    standing = "" if measure.standing is Standing.COMPUTED else measure.standing.value
    return "，".join(part for part in (standing, measure.condition) if part)


def _basis(figure: Measure | Given) -> str:
    return f"（{figure.basis}）" if isinstance(figure, Measure) and figure.basis else ""


def _held(given: Given) -> str:
    """What the cell of a figure holds, where that is another number or words."""
    if not given.raw or given.quantity is None or _as_held(given):
        return ""
    return f"（原{'数' if any(map(str.isdigit, given.raw)) else '文'} {given.raw}）"


def _as_held(given: Given) -> bool:
    """Whether a figure reads as its cell does but for thousands separators, a unit, a % or a zero behind."""
    raw = given.raw.replace(",", "")
    if given.text.replace(",", "").startswith(raw):
        return True
    try:
        return given.quantity is None or Decimal(raw) == given.quantity.value
    except InvalidOperation:
        return False


def _address(cell: CellRef) -> str:
    return cell.address


def entry(name: str, given: Given, address: Callable[[CellRef], str]) -> str:
    """An input in words: its name, its figure, its cell, and what the cell holds where it reads otherwise."""
    said = " ".join(part for part in (name, given.text, given.cell and address(given.cell)) if part)
    return f"{said}{_held(given)}"


def entries(givens: Sequence[Given], address: Callable[[CellRef], str], prefix: str = "") -> str:
    """Inputs in a row; a name that the one before has is not said again."""
    names = ["", *(given.label.removeprefix(prefix) for given in givens)]
    return "、".join(
        entry("" if name == before else name, given, address)
        for before, name, given in zip(names, names[1:], givens, strict=False)
    )


def common(names: Iterable[str]) -> str:
    """What several names begin with; '' where that is one character, or leaves less than two of a name.

    >>> common(["甲县支出", "甲县预算"]), common(["实际完成数", "实际完成率"]), common(["支出", "预算"])
    ('甲县', '', '')
    """
    known = list(dict.fromkeys(names))
    same = takewhile(lambda chars: len(set(chars)) == 1, zip(*known, strict=False))
    shared = "".join(chars[0] for chars in same)
    told = len(known) > 1 and len(shared) >= _KEPT and all(len(name) >= len(shared) + _KEPT for name in known)
    return shared if told else ""


def in_short(measure: Measure) -> str:
    """The formula of a measure without what the title says already.

    In 甲县 · 执行率 it is 支出 ÷ 预算, not 甲县支出 ÷ 甲县预算.
    """
    prefix = _shared(measure)
    return words_of(measure.expression, lambda leaf: leaf.label.removeprefix(prefix))


def _shared(measure: Measure) -> str:
    """What the names of all inputs begin with and the title says: the subject, or the indicator."""
    whose = measure.subject
    if whose and all(given.label.startswith(whose) and given.label != whose for given in measure.inputs):
        return whose
    prefix = common(given.label for given in measure.inputs)
    return prefix if prefix and prefix in title_of(measure) else ""


def _worth(node: Expression) -> str:
    """What a named part comes to, where all it is made of has one unit and stays in it; '' elsewhere."""
    parts = list(inputs_of(node))
    quantities = [given.quantity for given in parts if given.quantity is not None]
    value = value_of(node)
    if len(quantities) < len(parts) or not quantities or isinstance(value, Missing):
        return ""
    unit, places = quantities[0].unit, max(each.places for each in quantities)
    if any(each.unit != unit for each in quantities) or not _adds(node):
        return ""
    if isinstance(node, Operation) and node.op is Op.MEAN:
        places = max(places, _MEAN_PLACES)
    return quantity_text(Fraction(value), unit, places)


def _adds(node: Expression) -> bool:
    match node:
        case Given():
            return True
        case Named(term=term):
            return _adds(term)
        case Operation(op=op, terms=terms):
            return op not in (Op.PRODUCT, Op.QUOTIENT) and all(map(_adds, terms))
        case _:
            return False
