"""An expression as people read it: the formula in Chinese words."""

from __future__ import annotations

from collections.abc import Callable

from wenxiao.model.expression import (
    Choice,
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
from wenxiao.model.missing import Missing
from wenxiao.model.rounding import decimal_text

_SHORT = 4
"""A sum of more terms than this is written as 合计 with its count: nobody reads twelve names in a formula."""


def _label(leaf: Given | Named) -> str:
    return leaf.label


def words_of(node: Expression, said: Callable[[Given | Named], str] = _label) -> str:
    """The formula in Chinese words, each part as it is `said`: by default by its name as it stands in the sheets.

    Of a sum of many parts only the names of the first and the last stand in it, and `said` is not asked.

    >>> from wenxiao.model import Missing, quotient
    >>> words_of(quotient(Given("支出", Missing.NOT_PROVIDED), Given("预算", Missing.NOT_PROVIDED)))
    '支出 ÷ 预算'
    >>> from fractions import Fraction
    >>> from wenxiao.model import Case, Comparison, Condition
    >>> full, rate, at_least = Constant(Fraction(10)), Given("执行率", Missing.NOT_PROVIDED), Comparison.AT_LEAST
    >>> words_of(Choice((Case((Condition(rate, at_least, Constant(Fraction(4, 5), "80%")),), full),), Missing.NOT_APPLICABLE))
    '分档（执行率 ≥ 80%：10；其余：不适用）'
    """
    return _words(node.term if isinstance(node, Named) else node, said, top=True)


def _words(node: Expression, said: Callable[[Given | Named], str], *, top: bool = False) -> str:
    match node:
        case Given() | Named():
            return said(node)
        case Count(label=label, cells=cells):
            return f"计数（{label}，{len(cells)} 条）"
        case Constant(number=number, label=label):
            return label or decimal_text(number)
        case Rounded(term=term, places=places):
            return f"四舍五入（{_words(term, said, top=True)}，{places} 位小数）"
        case Operation(op=op, terms=terms):
            if op in (Op.MEAN, Op.LEAST, Op.GREATEST) or (op is Op.SUM and len(terms) > _SHORT):
                name = "合计" if op is Op.SUM else op.sign
                if len(terms) > _SHORT:
                    first, last = (_words(end, _label, top=True) for end in (terms[0], terms[-1]))
                    if first == last:
                        return f"{len(terms)} 项{_words(terms[0], _label)}的{name}"
                    return f"{len(terms)} 项{name}（{first} … {last}）"
                return f"{name}（{'、'.join(_words(term, said) for term in terms)}）"
            text = f" {op.sign} ".join(_words(term, said) for term in terms)
            return text if top or len(terms) == 1 else f"（{text}）"
        case Choice(cases=cases, otherwise=otherwise):
            lines = [
                f"{'且'.join(_condition(c, said) for c in each.conditions)}：{_words(each.result, said, top=True)}"
                for each in cases
            ]
            rest = otherwise.label if isinstance(otherwise, Missing) else _words(otherwise, said, top=True)
            return f"分档（{'；'.join([*lines, f'其余：{rest}'])}）"
    raise TypeError(f"not an expression: {node!r}")


def _condition(condition: Condition, said: Callable[[Given | Named], str]) -> str:
    left, right = _words(condition.left, said), _words(condition.right, said)
    return f"{left} {condition.comparison.value} {right}"
