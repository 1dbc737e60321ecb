"""An expression as people read it: the formula in Chinese words."""

from __future__ import annotations

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


def words_of(node: Expression) -> str:
    """The formula in Chinese words, the names of its parts as they stand in the sheets.

    >>> from wenxiao.model import Missing, quotient
    >>> words_of(quotient(Given("支出", Missing.NOT_PROVIDED), Given("预算", Missing.NOT_PROVIDED)))
    '支出 ÷ 预算'
    >>> from fractions import Fraction
    >>> from wenxiao.model import Case, Comparison, Condition
    >>> full, rate, at_least = Constant(Fraction(10)), Given("执行率", Missing.NOT_PROVIDED), Comparison.AT_LEAST
    >>> words_of(Choice((Case((Condition(rate, at_least, Constant(Fraction(4, 5), "80%")),), full),), Missing.NOT_APPLICABLE))
    '分档（执行率 ≥ 80%：10；其余：不适用）'
    """
    return _words(node.term if isinstance(node, Named) else node, top=True)


def _words(node: Expression, *, top: bool = False) -> str:
    match node:
        case Given(label=label) | Named(label=label):
            return label
        case Count(label=label, cells=cells):
            return f"计数（{label}，{len(cells)} 条）"
        case Constant(number=number, label=label):
            return label or decimal_text(number)
        case Rounded(term=term, places=places):
            return f"四舍五入（{_words(term, top=True)}，{places} 位小数）"
        case Operation(op=op, terms=terms):
            if op in (Op.MEAN, Op.LEAST, Op.GREATEST) or (op is Op.SUM and len(terms) > _SHORT):
                name = "合计" if op is Op.SUM else op.sign
                if len(terms) > _SHORT:
                    first, last = _words(terms[0]), _words(terms[-1])
                    return f"{len(terms)} 项{name}（{first} … {last}）"
                return f"{name}（{'、'.join(_words(term) for term in terms)}）"
            text = f" {op.sign} ".join(_words(term) for term in terms)
            return text if top or len(terms) == 1 else f"（{text}）"
        case Choice(cases=cases, otherwise=otherwise):
            lines = [
                f"{'且'.join(map(_condition, each.conditions))}：{_words(each.result, top=True)}"
                for each in cases
            ]
            rest = otherwise.label if isinstance(otherwise, Missing) else _words(otherwise, top=True)
            return f"分档（{'；'.join([*lines, f'其余：{rest}'])}）"
    raise TypeError(f"not an expression: {node!r}")


def _condition(condition: Condition) -> str:
    return f"{_words(condition.left)} {condition.comparison.value} {_words(condition.right)}"
