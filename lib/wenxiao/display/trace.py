"""How a figure came about: its formula with every number and its cell in place, and the data a short formula cannot name.

Popovers and 计算底稿 tell it in the same words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import takewhile

from wenxiao.display.worth import leaves, worth
from wenxiao.model import CellRef, Expression, Given, Measure, Named, Op, Standing, words_of

_KEPT = 2
"""So many characters of a name stay when what names have in common is left out: where 数 and 率 are all that differs,
the rest is half a word."""
_AND = "、"


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
    prefix = _shared(measure)

    def said(leaf: Given | Named) -> str:
        name = leaf.label.removeprefix(prefix)
        if isinstance(leaf, Given):
            once[leaf] += 1
        if leaf in told:
            return name
        told.add(leaf)
        if isinstance(leaf, Named):
            amount, where = worth(leaf.term), elsewhere(leaf.term)
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
        f"{entry(_without(prefix, given.label), given, _address)}{_aside(figure)}"
        for figure, given in zip(figures, givens, strict=True)
    )
    cells = tuple(given.cell for given in givens if given.cell)
    value = f"{givens[0].text}{_held(givens[0])}{_aside(figures[0])}" if givens else ""
    inferred = any(given.quantity is not None and given.quantity.inferred for given in givens)
    return CellTrace(told, cells, value, inferred)


def row_name(figures: Sequence[Measure | Given]) -> str:
    """Whose figures of one row of a sheet are, and what they are of; else which row of which sheet it is."""
    name, whose = row_prefix(figures), set(_owners(figures))
    owner = whose.pop() if len(whose) == 1 else ""
    if name:
        return name if not owner or owner in name or name in owner else f"{owner} · {name}"
    cell = next((given.cell for figure in figures for given in _givens(figure) if given.cell), None)
    return f"{owner or (cell.sheet if cell else '')}（原表第 {cell.row if cell else 0} 行）"


def row_prefix(figures: Sequence[Measure | Given]) -> str:
    """What the names of the cells of one row begin with: whose they are, where that is told; '' where nothing is."""
    names = [given.label for figure in figures for given in _givens(figure)]
    owner = min(_owners(figures), key=len, default="")
    if owner and len(names) > 1 and all(name.startswith(owner) and name != owner for name in names):
        return owner
    return names[0] if len(set(names)) == 1 else common(names)


def name_in_row(measure: Measure, row: str, prefix: str) -> str:
    """What a figure computed from a row is called beside the name of the row."""
    if measure.subject == row:
        return measure.label
    rest = measure.label.removeprefix(prefix)
    return rest if rest != measure.label and len(rest) >= _KEPT else title_of(measure)


def _givens(figure: Measure | Given) -> tuple[Given, ...]:
    return figure.inputs if isinstance(figure, Measure) else (figure,)


def _owners(figures: Sequence[Measure | Given]) -> list[str]:
    """Whose the figures are that stand in a row, or, where none does, those computed from it."""
    standing = [figure for figure in figures if cell_given(figure) is not None] or figures
    return [figure.subject for figure in standing if isinstance(figure, Measure) and figure.subject]


def _without(prefix: str, name: str) -> str:
    """A name without what all have in common; whole where it goes on to name others (甲镇、乙镇概算)."""
    rest = name.removeprefix(prefix)
    return name if rest.startswith(_AND) else rest


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
    """What the names in a formula begin with and the title says: the subject, or the indicator of the label."""
    names: list[str] = []

    def heard(leaf: Given | Named) -> str:
        names.append(leaf.label)
        return ""

    words_of(measure.expression, heard)
    for told in (measure.subject, common(names)):
        rests = [name.removeprefix(told) for name in names if told and name.startswith(told)]
        said = told == measure.subject or measure.label.startswith(told)
        if said and names and len(rests) == len(names) and all(r and not r.startswith(_AND) for r in rests):
            return told
    return ""
