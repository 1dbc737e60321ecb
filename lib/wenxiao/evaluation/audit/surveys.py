"""Surveys against themselves: rates and counts, answers and forms, percentages that no whole number of people gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.sampling import possible_counts, possible_together
from wenxiao.evaluation.survey import Survey, whole_number
from wenxiao.fields import standard_registry
from wenxiao.fields.relations import standard_relations
from wenxiao.model import Constant, Finding, Measure, Quantity, Severity, quotient, total
from wenxiao.model.units import RATIO
from wenxiao.project.profile import option_labels


def impossible_percentages(surveys: Sequence[Survey]) -> Iterator[Finding]:
    """A finding for each printed rate that no whole number of the respondents gives, or that the counts contradict."""
    for survey in surveys:
        count, printed = whole_number(survey.size.expression), survey.printed.quantity
        if not count or printed is None:
            continue
        counts = possible_counts(printed, count)
        satisfied = None if survey.counted is None else whole_number(survey.counted)
        if counts and (satisfied is None or satisfied in counts):
            continue
        near = "、".join(_shown(k, count, printed.places) for k in _nearest(printed, count))
        message = (
            f"{survey.group}满意度列为 {survey.printed.text}，按样本数 {count} 人，没有一个人数能得出这个百分数，"
            f"最近的是 {near}。"
            if satisfied is None or not counts
            else f"{survey.group}满意度列为 {survey.printed.text}，按 {satisfied} 人（{survey.rate.basis.partition('÷')[0]}）"
            f"÷{count} 人应为 {survey.rate.text}。"
        )
        yield Finding(
            "survey-impossible",
            Severity.ERROR if satisfied is not None else Severity.WARNING,
            f"{survey.group}满意度",
            message,
            printed=survey.printed.text,
            recomputed=survey.rate.text if satisfied is not None else near,
            tolerance="所列末位",
            cells=cells_of(survey.printed, survey.size.expression, survey.counted or survey.satisfied),
            about=(survey.rate.key,),
            remedy="核对样本数、满意人数和满意度；如为量表得分或多题平均，写明计算方法",
        )


def _nearest(rate: Quantity, respondents: int) -> tuple[int, ...]:
    below = (Fraction(rate.value) * respondents).__floor__()
    return tuple(k for k in (below, below + 1) if 0 <= k <= respondents)


def _shown(satisfied: int, respondents: int, places: int) -> str:
    measure = Measure("", "", Constant(Fraction(satisfied, respondents)), RATIO, places)
    return f"{satisfied} 人（{measure.text}）"


def _answers(evaluation: Evaluation) -> Iterator[Constraint]:
    """The valid forms against the sum of all answers, and each printed percentage of an answer against its count."""
    labels = option_labels()
    for survey in evaluation.surveys:
        line = survey.line
        if line.complete and line.respondents.quantity is not None and line.size_word == "样本数":
            yield Constraint(
                "survey-answers-differ",
                f"{survey.group}有效问卷",
                line.respondents,
                total(list(line.options.values())),
                f"{survey.group}的有效问卷列为 {{printed}}，各选项人数相加为 {{recomputed}}。",
                "核对有效问卷数与各选项人数；有未答或多答的须说明",
                Severity.WARNING,
                (survey.size.key,),
            )
        for key, share in line.shares.items():
            counted = line.options.get(key)
            if share.quantity is None or counted is None or counted.quantity is None:
                continue
            yield Constraint(
                "survey-answers-differ",
                f"{survey.group}{labels[key]}占比",
                share,
                quotient(counted, survey.size.expression),
                f"{survey.group}选择“{labels[key]}”的占比列为 {{printed}}，按人数计算为 {{recomputed}}。",
                "核对人数和占比",
                about=(survey.rate.key,),
            )


def _shares(evaluation: Evaluation) -> Iterator[Finding]:
    """Printed percentages of the answers that no whole numbers of the respondents give together."""
    for survey in evaluation.surveys:
        count = whole_number(survey.size.expression)
        shares = [given for given in survey.line.shares.values() if given.quantity is not None]
        if not count or len(shares) < 2 or survey.line.complete or len(shares) < len(survey.line.shares):
            continue
        if possible_together([given.quantity for given in shares if given.quantity], count):
            continue
        listed = "、".join(given.text for given in shares)
        yield Finding(
            "survey-shares-impossible",
            Severity.WARNING,
            f"{survey.group}各选项占比",
            f"{survey.group}各选项占比（{listed}）不能由 {count} 份有效问卷得出：没有一组人数既得出这些百分数、相加又是 {count}。",
            printed=listed,
            recomputed=f"{count} 份",
            tolerance="所列末位",
            cells=cells_of(*shares, survey.size.expression),
            about=(survey.rate.key,),
            remedy="补报各选项人数，核对有效问卷数；多答、未答的须说明",
        )


def _order(evaluation: Evaluation) -> Iterator[Finding]:
    """More forms returned than issued, more valid than returned, more satisfied than valid."""
    relations, registry = standard_relations(), standard_registry()
    for survey in evaluation.surveys:
        line = survey.line
        counts = {
            "issued": line.issued,
            "returned": line.returned,
            "respondents": line.respondents,
            "satisfied": line.satisfied,
        }
        known = {key: given for key, given in counts.items() if given.quantity is not None}
        for small, large in relations.bounds(known):
            fewer, most = known[small], known[large]
            above, below = (registry.field(key, "satisfaction").label for key in (large, small))
            if most.quantity is None or fewer.quantity is None or fewer.cell == most.cell:
                continue
            if fewer.quantity.value > most.quantity.value:
                yield Finding(
                    "survey-counts-order",
                    Severity.ERROR,
                    f"{survey.group}{below}",
                    f"{survey.group}的{below} {fewer.text}多于{above} {most.text}。",
                    printed=fewer.text,
                    recomputed=f"不多于 {most.text}",
                    cells=cells_of(fewer, most),
                    about=(survey.rate.key,),
                    remedy="核对两个数，改正其中有误的一个",
                )


CHECKS = (
    Check(
        "survey-impossible",
        "满意度与样本数",
        "所列满意度能由某个人数除以样本数得出，并与满意人数或各选项人数相符",
        find=lambda evaluation: impossible_percentages(evaluation.surveys),
    ),
    Check(
        "survey-answers-differ",
        "有效问卷与各选项",
        "有效问卷等于各选项人数之和，各选项占比等于人数除以有效问卷",
        constrain=_answers,
    ),
    Check(
        "survey-shares-impossible",
        "各选项占比与样本数",
        "只印占比的，有一组人数既得出各占比、相加又等于有效问卷",
        find=_shares,
    ),
    Check(
        "survey-counts-order",
        find=_order,
    ),
)
