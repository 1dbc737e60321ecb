"""The scorecard against itself: rates, sums of levels, weights, totals, grade, scores above their weight."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.robustness.integers import unscaled
from wenxiao.fields.places import word_for
from wenxiao.fields.relations import standard_relations
from wenxiao.model import (
    CellRef,
    Finding,
    Given,
    Interval,
    Quantity,
    Rounded,
    Severity,
    decimal_text,
    shown,
    total,
    value_of,
)
from wenxiao.model.units import POINTS
from wenxiao.sheets.forms.points import POINTS_IN_NAME


def _rates(evaluation: Evaluation) -> Iterator[Constraint]:
    """Printed score rates against 得分 ÷ 分值, at every level and for the total."""
    card = evaluation.scorecard
    if card is None:
        return
    for indicator in card.walk():
        if indicator.printed_rate is not None:
            yield Constraint(
                "score-rate-differs",
                f"{indicator.name}得分率",
                indicator.printed_rate,
                indicator.score_rate.expression,
                f"{indicator.name}得分率列为 {{printed}}，按得分 {indicator.score.text}÷分值 {indicator.weight.text}"
                "应为 {recomputed}。",
                "按得分÷分值重算得分率，或说明口径",
                about=(indicator.score_rate.key,),
            )
    if card.printed_total_rate is not None:
        yield Constraint(
            "score-rate-differs",
            "全项目得分率",
            card.printed_total_rate,
            card.total_rate.expression,
            "合计得分率列为 {printed}，按得分÷分值为 {recomputed}。",
            "按得分÷分值重算",
            about=(card.total_rate.key,),
        )


def _sums(evaluation: Evaluation) -> Iterator[Constraint]:
    """Children against their parent's score and weight, at every level, and the first level of a scorecard in parts."""
    card, below = evaluation.scorecard, standard_relations().added("level-sum-differs")
    if card and card.parts > 1 and card.printed_total is not None:
        yield Constraint(
            "level-sum-differs",
            "综合得分",
            card.printed_total,
            card.total.expression,
            "合计得分列为 {printed}，各张工作表的一级指标相加为 {recomputed}。",
            "核对各一级指标的得分和合计",
            about=(card.total.key,),
        )
    for indicator in card.walk() if card else ():
        if not indicator.children:
            continue
        for label, own, parts in (
            ("得分", indicator.score, [child.score for child in indicator.children]),
            ("分值", indicator.weight, [child.weight for child in indicator.children]),
        ):
            if own.cell is None:
                continue
            yield Constraint(
                "level-sum-differs",
                f"{indicator.name}{label}",
                own,
                total(parts),
                f"{indicator.name}{label}列为 {{printed}}，{below}相加为 {{recomputed}}。",
                f"核对{indicator.name}及其下级指标的{label}",
                about=(indicator.score_rate.key,),
            )


def limits(evaluation: Evaluation) -> dict[CellRef, Interval]:
    """The values that each score of the scorecard can have: 0 to its 分值."""
    card = evaluation.scorecard
    return {
        each.score.cell: Interval(Fraction(0), Fraction(each.weight.quantity.value))
        for each in (card.walk() if card else ())
        if each.score.cell is not None and each.weight.quantity is not None
    }


def _full_marks(evaluation: Evaluation) -> Iterator[Constraint]:
    """What the 分值 add up to as evidence for each of them, where it is what the rules ask for."""
    card, whole = evaluation.scorecard, evaluation.profile.weights_total
    if card is None or card.weights.number != Fraction(whole):
        return
    yield Constraint(
        "weights-total",
        "分值合计",
        Given("规定的总分", Quantity(Decimal(str(whole)), POINTS, 0, exact=True)),
        card.weights.expression,
        "一级指标分值合计应为 {printed}，按各项相加为 {recomputed}。",
        "核对各指标分值",
        about=(card.weights.key,),
    )


def _weights(evaluation: Evaluation) -> Iterator[Finding]:
    card = evaluation.scorecard
    if card is None or card.weights.number is None:
        return
    expected = Fraction(evaluation.profile.weights_total)
    if card.elsewhere:
        where = "、".join(dict.fromkeys(f"{cell.file}［{cell.sheet}］" for cell in card.elsewhere))
        yield Finding(
            "scorecard-in-parts",
            Severity.WARNING,
            "综合得分",
            f"读到的指标分值合计为 {card.weights.text} 分，不足 {shown(expected, 0)} 分，{where}里还有没有认出的数，"
            "可能是其余的指标。总分暂不计分。",
            cells=card.elsewhere,
            about=(card.total.key,),
            remedy="其余指标也要有表头（一级指标、分值、得分等）；与本表无关的工作表，在旁注中写明 read: false",
        )
    interval = card.weights.interval
    if interval is not None and not interval.holds(expected):
        yield Finding(
            "weights-total",
            Severity.ERROR,
            "分值合计",
            f"一级指标分值合计为 {card.weights.text} 分，应为 {shown(expected, 0)} 分。",
            printed=card.weights.text_with_unit,
            recomputed=f"{shown(expected, 0)}分",
            cells=cells_of(card.weights.expression),
            about=(card.weights.key,),
            remedy="核对各指标分值",
        )
    least = Fraction(evaluation.profile.output_and_effect_minimum)
    named = [each for each in card.indicators if each.name in ("产出", "效益")]
    values = [value_of(each.weight) for each in named]
    if len(named) == 2 and all(isinstance(value, Fraction) for value in values):
        together = sum((value for value in values if isinstance(value, Fraction)), Fraction(0))
        if together < least:
            yield Finding(
                "output-effect-minimum",
                Severity.WARNING,
                "产出与效益分值",
                f"产出、效益分值合计 {shown(together, 2)} 分，低于 {shown(least, 0)} 分（财预〔2020〕10号 第十四条）。",
                printed=f"{shown(together, 2)}分",
                recomputed=f"≥{shown(least, 0)}分",
                cells=cells_of(*(each.weight for each in named)),
                remedy="调整权重或说明依据",
            )


def _above_weight(evaluation: Evaluation) -> Iterator[Finding]:
    card = evaluation.scorecard
    for indicator in card.walk() if card else ():
        score, weight = indicator.score.quantity, indicator.weight.quantity
        cells = cells_of(indicator.score, indicator.weight)
        if (
            score and weight and score.value > weight.value and cells
        ):  # of a level that is only summed, its parts say it
            yield Finding(
                "score-above-weight",
                Severity.ERROR,
                f"{indicator.name}得分",
                f"{indicator.name}得分 {score.text}高于分值 {weight.text}。",
                printed=score.text,
                recomputed=f"≤{weight.text}",
                cells=cells,
                about=(indicator.score_rate.key,),
                remedy="得分不得超过分值，核对两数",
            )
    yield from _districts_above_weight(evaluation)


def _districts_above_weight(evaluation: Evaluation) -> Iterator[Finding]:
    """Scores of districts above the 分值 in the header or row above them, one finding a column."""
    found = evaluation.indicators
    for column, leaf in zip(found.columns, found.leaves, strict=True) if found else ():
        assert found is not None
        if column.numbers is None:
            continue
        most = int(leaf.weight * 10**column.numbers.type.scale)
        above = (unscaled(column.numbers) > most) & (column.missing == 0)
        records = [record for record in found.table.records() if above[record]] if above.any() else []
        if not records:
            continue
        first = found.table.given_in(records[0], column)
        names = "、".join(found.table.text(record, "district") for record in records[:4])
        word = word_for(found.table.text(record, "district") for record in found.table.records())
        yield Finding(
            "score-above-weight",
            Severity.ERROR,
            f"{leaf.name}得分",
            f"{names}{f'等 {len(records)} 个{word}' if len(records) > 4 else ''}的“{leaf.name}”得分高于分值 "
            f"{decimal_text(leaf.weight)} 分（如 {first.text}）。",
            printed=first.text,
            recomputed=f"≤{decimal_text(leaf.weight)}分",
            cells=tuple(found.table.cell(record, column) for record in records),
            remedy="得分不得超过分值，核对两数",
        )


def _head_score(evaluation: Evaluation) -> Iterator[Constraint]:
    verdict, card = evaluation.verdict, evaluation.scorecard
    if card is None:
        return
    if verdict.printed_score is not None:
        yield Constraint(
            "head-score-differs",
            "综合得分",
            verdict.printed_score,
            verdict.score.expression,
            "基本情况所列得分为 {printed}，评分表各项相加为 {recomputed}。",
            "核对评分表与基本情况",
            about=(verdict.score.key,),
        )
    if card.rounded_total is not None and card.rounded_total.quantity is not None:
        yield Constraint(
            "rounded-total-differs",
            "总分（取整）",
            card.rounded_total.exact,
            Rounded(card.total.expression, _own_places(card.rounded_total.quantity)),
            "取整后的总分列为 {printed}，按四舍五入应为 {recomputed}。",
            "四舍五入",
        )


def _goal_weights(evaluation: Evaluation) -> Iterator[Finding]:
    """What the 分值 of the indicators under a goal add up to against the points that its label gives."""
    for table in evaluation.scorecard.tables if evaluation.scorecard else ():
        for goal in dict.fromkeys(table.sections):
            stated = POINTS_IN_NAME.search(goal)
            weights = [table.given(r, "weight") for r in table.records() if table.sections[r] == goal]
            values = [each.quantity.value for each in weights if each.quantity is not None]
            if stated is None or len(values) < len(weights) or sum(values) == Decimal(stated[1]):
                continue
            added = decimal_text(sum(values, Decimal(0)))
            yield Finding(
                "goal-weights",
                Severity.ERROR,
                goal,
                f"“{goal}”下各指标分值相加为 {added} 分，应为 {stated[1]} 分。",
                printed=f"{stated[1]}分",
                recomputed=f"{added}分",
                cells=tuple(each.cell for each in weights if each.cell is not None),
                remedy="核对这一目标下各指标的分值",
            )


def _own_places(quantity: Quantity) -> int:
    """The decimals a rounded total has of its own, whatever its column is printed with: 93.0 is rounded to whole points."""
    return max(0, -int(quantity.value.normalize().as_tuple().exponent))


CHECKS = (
    Check(
        "score-rate-differs",
        "得分率与得分÷分值",
        "得分率等于得分除以分值；由合计判断得分与得分率何者有误",
        _rates,
    ),
    Check("level-sum-differs", constrain=_sums),
    Check(
        "weights-total",
        "分值合计",
        "一级指标分值合计为 100，分散在几张工作表的要读全；产出、效益合计不低于 60（10号 第十四条）",
        constrain=_full_marks,
        find=_weights,
        also=("output-effect-minimum", "scorecard-in-parts"),
    ),
    Check(
        "goal-weights", "各目标分值", "年度目标标明分值的，其下各指标分值相加等于该分值", find=_goal_weights
    ),
    Check("score-above-weight", find=_above_weight),
    Check(
        "head-score-differs",
        constrain=_head_score,
        also=("rounded-total-differs",),
    ),
)
