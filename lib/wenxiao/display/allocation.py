"""Money shared out on trial (资金分配测算), in a table and in words, marked as a trial and kept out of an edition for release."""

from __future__ import annotations

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.districts import district_word
from wenxiao.display.inline import Inline, Plain, Quiet
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.allocation import Allocation, Allotment
from wenxiao.model import Constant, Expression, Given, Missing, decimal_text, shown, value_of

_MOST_NAMED = 6


def allocation_words(evaluation: Evaluation) -> Paragraph | None:
    """What was shared out by which rule, who gets most and least; what is lacking where it cannot be; None without one."""
    allocation = evaluation.allocation
    if allocation is None:
        return None
    word, count = district_word(evaluation.project), len(allocation.allotments)
    head: list[Inline] = [
        f"以下为测算，不是下达数：按“{allocation.scheme.title}”（{allocation.scheme.source}），把 ",
        allocation.total,
        f" 在 {count} 个{word}之间分配。{_rule(allocation)}",
    ]
    if allocation.missing:
        named = "、".join(allocation.missing[:_MOST_NAMED])
        more = f"等 {len(allocation.missing)} 项" if len(allocation.missing) > _MOST_NAMED else ""
        return sentence(*head, f"{named}{more}，各地份额都取决于全部地区的数，不能测算。", internal=True)
    known = [each for each in allocation.allotments if each.amount.number is not None]
    ordered = sorted(known, key=lambda each: -(each.amount.number or 0))
    if len(ordered) > 1:
        head += [
            "分得最多的是",
            ordered[0].place,
            " ",
            ordered[0].amount,
            "，最少的是",
            ordered[-1].place,
            " ",
        ]
        head += [ordered[-1].amount, "。"]
    return sentence(*head, internal=True)


def allocation_table(evaluation: Evaluation) -> ReportTable | None:
    """A row a district: what it is shared out by, its part, its amount; the sum is the total. None where it cannot be made."""
    allocation = evaluation.allocation
    if allocation is None or not allocation.allotments:
        return None
    keys = allocation.scheme.keys
    heads = (*(Head(label) for label in keys.values()), Head("分配比例"), Head("分配金额", "万元"))
    rows = [Row(each.place, _cells(each, tuple(keys))) for each in allocation.allotments]
    sums: tuple[Inline, ...] = tuple("" for _ in keys)
    if not allocation.missing:
        rows.append(Row("合计", (*sums, "100.00%", Plain(allocation.total)), kind="summary"))
    word = district_word(evaluation.project)
    table = ReportTable("资金分配测算", Head(word, words=True), heads, tuple(rows), internal=True).with_notes(
        f"测算。依据：{allocation.scheme.source}。{allocation.remainder_rule}"
    )
    raised = [each.place for each in allocation.allotments if each.raised]
    return table.with_notes(f"补一个单位的地区：{'、'.join(raised)}。") if raised else table


def _rule(allocation: Allocation) -> str:
    """The weights of the rule in words: 任务量占 70%：改造面积 60%、改造户数 40%."""
    scheme = allocation.scheme
    parts = []
    for name, part in scheme.parts.items():
        factors = "、".join(
            f"{factor.label}{f'（乘{scheme.coefficients[factor.coefficient]}）' if factor.coefficient else ''} "
            f"{decimal_text(factor.weight)}%"
            for factor in part.factors.values()
            if factor.weight is not None
        )
        parts.append(f"{name}占 {decimal_text((part.share * 100).normalize())}%，其中{factors}")
    return f"{'；'.join(parts)}。"


def _cells(allotment: Allotment, keys: tuple[str, ...]) -> tuple[Inline, ...]:
    figures = tuple(_figure(allotment.figures[key]) for key in keys)
    return (*figures, Plain(allotment.rate), Plain(allotment.amount))


def _figure(expression: Expression) -> Inline:
    """A figure as it is: traced to its cell, or a number that the scheme itself gives."""
    if isinstance(expression, Given):
        return Plain(expression)
    value = value_of(expression)
    if isinstance(value, Missing):
        return Quiet(value.label)
    if isinstance(expression, Constant):
        return decimal_text(value)
    return shown(value, 2)
