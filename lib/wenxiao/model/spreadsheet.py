"""An expression as a spreadsheet computes it, with functions that Excel, WPS and LibreOffice share.

A spreadsheet takes an empty cell for 0 and skips words in a sum. So every formula first counts its inputs: unless all of
them are figures, it gives the word for what is missing. Only IF, COUNT, COUNTA, SUM, SUMPRODUCT, AVERAGE, MIN, MAX, ROUND,
AND, OR, NOT, NA and IFERROR are used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.model.cells import CellRef, column_letters
from wenxiao.model.expression import (
    Case,
    Choice,
    Comparison,
    Condition,
    Constant,
    Count,
    Expression,
    Given,
    Named,
    Op,
    Operation,
    Rounded,
)
from wenxiao.model.quantity import Missing, Quantity
from wenxiao.model.rounding import decimal_text
from wenxiao.model.valuation import value_of

_INFIX = {Op.DIFFERENCE: "-", Op.PRODUCT: "*", Op.QUOTIENT: "/"}
_COMPARED = {
    Comparison.AT_LEAST: ">=",
    Comparison.ABOVE: ">",
    Comparison.AT_MOST: "<=",
    Comparison.BELOW: "<",
    Comparison.EQUAL: "=",
}
NOISE = 9
"""Decimals to which a spreadsheet compares and rounds first: its binary fractions put 0.28 ÷ 0.35 a hair beside 80%."""
LONGEST = 8_000
"""Characters of a formula; Excel stops at 8,192."""
_MOST = 250
"""Arguments of a function; Excel stops at 255."""


@dataclass(frozen=True, slots=True, order=True)
class SheetCell:
    """A cell of a workbook being written: the sheet ('' for the formula's own), 1-based column and row.

    >>> SheetCell("评分表", 3, 5).text, SheetCell("", 3, 5).text
    ("'评分表'!C5", 'C5')
    """

    sheet: str
    column: int
    row: int

    @property
    def text(self) -> str:
        """Its address as a formula names it."""
        return f"{_prefix(self.sheet)}{column_letters(self.column)}{self.row}"


Place = Callable[[Given | Named | CellRef], SheetCell | None]
"""Gives the cell of the workbook that holds a figure, a named node or a copied cell, or None."""


def spreadsheet_of(node: Expression, place: Place, word: str = Missing.NOT_PROVIDED.label) -> str | None:
    """The formula, without the leading =; None where it is longer than spreadsheets take.

    A node without a place of its own is written out: a named one by its parts, a given one by its value. The formula gives
    `word` while an input is missing, 不适用 where it would divide by zero.

    >>> from wenxiao.model.expression import quotient
    >>> cells = {"支出": SheetCell("资金", 4, 6), "预算": SheetCell("资金", 3, 6)}
    >>> spent, budget = (Given(name, Missing.NOT_PROVIDED) for name in cells)
    >>> print(spreadsheet_of(quotient(spent, budget), lambda node: cells[node.label]))
    IF(COUNT('资金'!C6:D6)=2,IF('资金'!C6=0,"不适用",'资金'!D6/'资金'!C6),"未提供")
    """
    try:
        part = _part(node, place)
        formula = _guarded(part, quoted(word), quoted(Missing.NOT_APPLICABLE.label))
    except _TooManyError:
        return None
    if part.fails:
        formula = f"IFERROR({formula},{quoted(word)})"
    return formula if len(formula) <= LONGEST else None


def sum_of(cells: Sequence[SheetCell], word: str = Missing.NOT_PROVIDED.label) -> str:
    """The formula of a sum of cells, or of `word` while one of them holds no figure.

    >>> sum_of([SheetCell("", 4, 6), SheetCell("", 4, 7)], "暂不计分")
    'IF(COUNT(D6:D7)=2,SUM(D6:D7),"暂不计分")'
    """
    added = _call("SUM", ranges(cells))
    return _guarded(_Part(added, tuple(dict.fromkeys(cells))), quoted(word), "")


def quoted(text: str) -> str:
    """A text as a formula holds it.

    >>> print(quoted('优 "A" 级'))
    "优 ""A"" 级"
    """
    return '"' + text.replace('"', '""') + '"'


def ranges(cells: Iterable[SheetCell]) -> list[str]:
    """The addresses of some cells, neighbours joined to ranges; each cell once.

    >>> ranges([SheetCell("a", 2, 3), SheetCell("a", 2, 4), SheetCell("a", 5, 9)])
    ["'a'!B3:B4", "'a'!E9"]
    """
    runs: list[list[SheetCell]] = []
    for cell in sorted(set(cells)):
        last = runs[-1][1] if runs else None
        if last and (last.sheet, last.column, last.row + 1) == (cell.sheet, cell.column, cell.row):
            runs[-1][1] = cell
        else:
            runs.append([cell, cell])
    blocks: list[list[SheetCell]] = []
    for first, last in sorted(runs, key=lambda run: (run[0].sheet, run[0].row, run[1].row, run[0].column)):
        left = blocks[-1] if blocks else None
        beside = left and (left[0].sheet, left[0].row, left[1].row, left[1].column + 1)
        if left and beside == (first.sheet, first.row, last.row, first.column):
            left[1] = last
        else:
            blocks.append([first, last])
    return [_range(first, last) for first, last in blocks]


class _TooManyError(Exception):
    """More ranges than a function takes."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A formula, the inputs it needs as figures, its divisors, whether it may give #N/A, whether it binds tightly."""

    text: str
    needs: tuple[SheetCell, ...] = ()
    divisors: tuple[str, ...] = ()
    fails: bool = False
    atom: bool = True
    cell: SheetCell | None = None

    @property
    def tight(self) -> str:
        """The formula in brackets unless it binds tightly."""
        return self.text if self.atom else f"({self.text})"


def _part(node: Expression, place: Place) -> _Part:
    match node:
        case Given(content=content):
            cell = place(node)
            if cell is not None:
                return _Part(cell.text, (cell,), cell=cell)
            return (
                _literal(Fraction(content.value))
                if isinstance(content, Quantity)
                else _Part("NA()", fails=True)
            )
        case Constant(number=number):
            return _literal(number)
        case Count(cells=cells):
            placed = [cell for each in cells if (cell := place(each)) is not None]
            whole = placed and len(set(placed)) == len(cells)
            return _Part(_call("COUNTA", ranges(placed)) if whole else str(len(cells)))
        case Named(term=term):
            cell = place(node)
            return _part(term, place) if cell is None else _Part(cell.text, (cell,), cell=cell)
        case Rounded(term=term, places=places):
            inner = _part(term, place)
            return _Part(
                f"ROUND(ROUND({inner.text},{NOISE}),{places})", inner.needs, inner.divisors, inner.fails
            )
        case Operation(op=op, terms=terms):
            return _operation(op, terms, place)
        case Choice(cases=cases, otherwise=otherwise):
            return _choice(cases, otherwise, place)
    raise TypeError(f"not an expression: {node!r}")


def _literal(number: Fraction) -> _Part:
    exact = decimal_text(number)
    terminates = Fraction(exact) == number
    return _Part(
        exact if terminates else f"({number.numerator}/{number.denominator})",
        atom=number >= 0 or not terminates,
    )


def _operation(op: Op, terms: Sequence[Expression], place: Place) -> _Part:
    parts = [_part(term, place) for term in terms]
    needs = tuple(dict.fromkeys(cell for part in parts for cell in part.needs))
    divisors = tuple(dict.fromkeys(divisor for part in parts for divisor in part.divisors))
    fails = any(part.fails for part in parts)
    if op is Op.QUOTIENT:
        divisors = tuple(dict.fromkeys((*divisors, parts[1].text)))
    if op in _INFIX:
        return _Part(_INFIX[op].join(part.tight for part in parts), needs, divisors, fails, atom=False)
    cells = [part.cell for part in parts if part.cell is not None]
    if len(cells) == len(parts) == len(set(cells)):
        return _Part(_call(op.function, ranges(cells)), needs, divisors, fails)
    if op is Op.SUM:
        paired = _sum_of_products(terms, place)
        added = "+".join(part.tight for part in parts)
        return _Part(paired or added, needs, divisors, fails, atom=bool(paired))
    return _Part(_call(op.function, [part.text for part in parts]), needs, divisors, fails)


def _sum_of_products(terms: Sequence[Expression], place: Place) -> str:
    """SUMPRODUCT where every term is the product of two cells and both sides fill one range alike; else ''."""
    pairs: list[tuple[SheetCell, SheetCell]] = []
    for term in terms:
        if not isinstance(term, Operation) or term.op is not Op.PRODUCT:
            return ""
        sides = [_part(side, place).cell for side in term.terms]
        if len(sides) != 2 or sides[0] is None or sides[1] is None:
            return ""
        pairs.append((sides[0], sides[1]))
    left, right = (list(side) for side in zip(*pairs, strict=True))
    columns = all(len(ranges(side)) == 1 and side == sorted(side) for side in (left, right))
    aligned = len({(a.row - b.row, a.column, b.column) for a, b in pairs}) == 1
    unique = len(set(left)) == len(left) and len(set(right)) == len(right)
    return f"SUMPRODUCT({ranges(left)[0]},{ranges(right)[0]})" if columns and aligned and unique else ""


def _choice(cases: Sequence[Case], otherwise: Expression | Missing, place: Place) -> _Part:
    """Nested IFs, each side guarded by itself: what a case that does not apply lacks changes nothing.

    A case ruled out only for what its result lacks (暂不计分) is written without its test, so that it gives its result once
    the figures are filled in.
    """
    if isinstance(otherwise, Missing) and len(cases) == 1 and _waits(cases[0]):
        return _Part(_alone(_part(cases[0].result, place)), fails=True)
    formula = "NA()" if isinstance(otherwise, Missing) else _alone(_part(otherwise, place))
    for each in reversed(cases):
        formula = f"IF({_tests(each.conditions, place)},{_alone(_part(each.result, place))},{formula})"
    return _Part(formula, fails=True)


def _waits(case: Case) -> bool:
    """Whether a case is ruled out by constants alone, and has no result for want of a figure."""
    constant = all(isinstance(c.left, Constant) and isinstance(c.right, Constant) for c in case.conditions)
    return constant and isinstance(value_of(case.result), Missing)


def _tests(conditions: Sequence[Condition], place: Place) -> str:
    """All conditions at once. One that does not hold settles it, even where another cannot be told."""
    tests = [_test(condition, place) for condition in conditions]
    if len(tests) == 1:
        return tests[0]
    refuted = ",".join(f"IFERROR(NOT({test}),FALSE)" for test in tests)
    return f"IF(OR({refuted}),FALSE,AND({','.join(tests)}))"


def _test(condition: Condition, place: Place) -> str:
    sides = Operation(Op.DIFFERENCE, (condition.left, condition.right))
    part = _part(sides, place)
    test = f"ROUND({part.text},{NOISE}){_COMPARED[condition.comparison]}0"
    return _guarded(_Part(test, part.needs, part.divisors), "NA()", "NA()")


def _alone(part: _Part) -> str:
    return _guarded(part, "NA()", "NA()")


def _guarded(part: _Part, missing: str, zero: str) -> str:
    text = part.text
    if part.divisors:
        zeros = ",".join(f"{divisor}=0" for divisor in part.divisors)
        text = f"IF({f'OR({zeros})' if len(part.divisors) > 1 else zeros},{zero},{text})"
    if part.needs:
        counted = _call("COUNT", ranges(part.needs))
        text = f"IF({counted}={len(part.needs)},{text},{missing})"
    return text


def _call(function: str, arguments: list[str]) -> str:
    if len(arguments) > _MOST:
        raise _TooManyError
    return f"{function}({','.join(arguments)})"


def _range(first: SheetCell, last: SheetCell) -> str:
    if first == last:
        return first.text
    return f"{first.text}:{column_letters(last.column)}{last.row}"


def _prefix(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'!" if sheet else ""
