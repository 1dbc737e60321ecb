"""Scores whose printed parts do not add up to the printed total, although rounding could explain it: worth a second look.

A computed score is rounded once, at the third level, and everything above is an exact sum (RULES, "Rounding"), so printed
parts should add up to printed totals. What rounding allows is no error; but whole points were decided, not rounded, so
that those that do not add up want an explanation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.audit.constraint import Agreement
from wenxiao.evaluation.audit.line_sum import LineSum
from wenxiao.model import Finding, Severity, half_up, quantity_text, value_of

_SUMS = frozenset(
    {
        "total-differs",
        "level-sum-differs",
        "indicators-sum-differs",
        "deduction-differs",
        "head-score-differs",
    }
)
_NAMED = 4


def _near(agreements: Sequence[Agreement]) -> Iterator[Finding]:
    """One finding for all sums of scores of one kind in one table."""
    groups: dict[tuple[str, str, str], list[Agreement]] = {}
    for each in agreements:
        if each.code in _SUMS and _of_scores(each) and each.holds and not _exact(each):
            cell = each.cells[0]
            groups.setdefault((each.code, cell.file, cell.sheet), []).append(each)
    for group in groups.values():
        yield _finding(group)


def _of_scores(each: Agreement) -> bool:
    if isinstance(each, LineSum):
        return each.code == "indicators-sum-differs" or each.table.kind == "scorecard"
    return True


def _exact(each: Agreement) -> bool:
    if isinstance(each, LineSum) and each.sums[0] == each.sums[2]:
        return True
    quantity, value = each.printed.quantity, value_of(each.computed)
    if quantity is None or not isinstance(value, Fraction):
        return True
    # A sum printed with fewer places than its parts is rounded once, and rightly: 86 for 86.47.
    return half_up(value, quantity.places) == quantity.value


def _finding(group: list[Agreement]) -> Finding:
    first = group[0]
    quantity, value = first.printed.quantity, value_of(first.computed)
    assert quantity is not None
    assert isinstance(value, Fraction)
    places = max(figure.quantity.places for figure in first.figures if figure.quantity)
    recomputed = quantity_text(value, quantity.unit, places)
    whole = all(f.quantity.places <= 0 for each in group for f in each.figures if f.quantity)
    # Where some scores have decimals, 12 beside 8.36 is no rounded 12.4.
    finest = Fraction(len(first.figures), 2) / 10**places
    whole = whole or abs(value - Fraction(quantity.value)) > finest
    many = f"同样的还有{_listed(group[1:])}。" if len(group) > 1 else ""
    sentence = first.sentence.format(printed=quantity.text, recomputed=recomputed)
    return Finding(
        "scores-not-exact",
        Severity.WARNING if whole else Severity.HINT,
        first.subject if len(group) == 1 else f"{first.subject}等 {len(group)} 处",
        f"{sentence}相差在四舍五入可能造成的范围以内，但评分表的下级得分相加应恰等于上级。{many}",
        printed=quantity.text,
        recomputed=recomputed,
        cells=tuple(dict.fromkeys(cell for each in group for cell in each.cells)),
        about=tuple(dict.fromkeys(key for each in group for key in each.about)),
        remedy="核对各项得分是否笔误；确由四舍五入造成的，注明保留位数",
    )


def _listed(rest: Iterable[Agreement]) -> str:
    names = list(dict.fromkeys(each.subject for each in rest))
    more = f"等 {len(names)} 处" if len(names) > _NAMED else ""
    return f"{'、'.join(names[:_NAMED])}{more}"


CHECKS = (
    Check(
        "scores-not-exact",
        "得分相加",
        "各级得分之和恰等于上级；相差在四舍五入范围以内的，整数得分作警示，其余作提示",
        over=_near,
    ),
)
