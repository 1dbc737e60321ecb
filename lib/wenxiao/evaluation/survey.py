"""Satisfaction surveys (满意度调查): rates, what their samples leave open, and printed rates that no count gives.

Evaluation scores are not samples and have no sampling interval; a survey's rate has one, of its respondents (METHODS).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.evaluation.claims import WHOLE
from wenxiao.evaluation.sampling import SampleInterval, possible_counts, wilson
from wenxiao.model import (
    Constant,
    Exact,
    Expression,
    Finding,
    Given,
    Measure,
    Missing,
    Quantity,
    Severity,
    Standing,
    Table,
    difference,
    quotient,
    value_of,
)
from wenxiao.model.units import PERSONS, POINTS, RATIO


@dataclass(frozen=True, eq=False)
class Survey:
    """One line of a survey: who was asked, how many answered and were satisfied, the printed rate, and what follows.

    `rate` is 满意人数 ÷ 样本数 where both are given, else the rate as printed; `size` is the number of respondents. `interval` is the Wilson interval of a
    binary rate with known respondents, else None, and `open_because` says why.
    """

    group: str
    respondents: Given
    satisfied: Given
    printed: Given
    rate: Measure
    size: Measure
    interval: SampleInterval | None
    open_because: str


def surveys_of(tables: Sequence[Table], confidence: int = 95) -> tuple[Survey, ...]:
    """The lines of all tables of satisfaction surveys, in sheet order."""
    return tuple(
        _survey(table, record, confidence)
        for table in tables
        if table.kind == "satisfaction"
        for record in table.records()
    )


def _survey(table: Table, record: int, confidence: int) -> Survey:
    group = table.text(record, "group") or WHOLE
    respondents, satisfied, printed = (
        table.given(record, key, f"{group}{word}")
        for key, word in (("respondents", "样本数"), ("satisfied", "满意人数"), ("rate", "满意度"))
    )
    counted = satisfied.quantity is not None and respondents.quantity is not None
    rate = Measure(
        f"satisfaction/rate/{group}",
        "满意度",
        quotient(satisfied, respondents) if counted else printed,
        RATIO,
        4,
        subject=group,
        basis="满意人数÷样本数" if counted else "印出的满意度",
        standing=Standing.COMPUTED if counted else Standing.REPORTED,
    )
    interval, why = _sampled(satisfied, respondents, printed, confidence)
    size = Measure(
        f"satisfaction/respondents/{group}", "有效问卷数", respondents, PERSONS, 0, group, "调查结果"
    )
    return Survey(group, respondents, satisfied, printed, rate, size, interval, why)


def _sampled(
    satisfied: Given, respondents: Given, printed: Given, confidence: int
) -> tuple[SampleInterval | None, str]:
    count = _whole(respondents)
    if count is None:
        text = "样本数未提供" if respondents.quantity is None else f"样本数 {respondents.text} 不是正整数"
        return None, f"{text}，抽样误差不能计算。"
    if printed.quantity is None and satisfied.quantity is None:
        return None, "满意人数和满意度均未提供。"
    if satisfied.quantity is not None:
        number = satisfied.quantity.value
        if number != int(number) or not 0 <= number <= count:
            return None, f"满意人数 {satisfied.text} 与样本数 {respondents.text} 不符。"
        return wilson(int(number), count, confidence), ""
    assert printed.quantity is not None
    counts = possible_counts(printed.quantity, count)
    if not counts:
        return None, f"满意度 {printed.text} 不能由 {count} 人得出。"
    return wilson(counts[0], count, confidence).hull(wilson(counts[-1], count, confidence)), ""


def _whole(given: Given) -> int | None:
    quantity = given.quantity
    if quantity is None or quantity.value != int(quantity.value) or quantity.value < 1:
        return None
    return int(quantity.value)


@dataclass(frozen=True, eq=False)
class SurveyEffect:
    """What the sample leaves open in a score: the score at the ends of the interval, and what the total then would be."""

    survey: Survey
    least: Measure
    most: Measure
    change: tuple[Measure, Measure]


def survey_effect(
    survey: Survey, score: Callable[[Expression], Expression], places: int = 2
) -> SurveyEffect | None:
    """The effect of a survey's interval on its score and so on the total; None without an interval or a rate.

    `score` turns a rate into a score: a scoring method with its 分值. The changes are against the score of the rate itself
    and go to the total unchanged, because a total is the sum of its scores.
    """
    if survey.interval is None or isinstance(value_of(survey.rate.expression), Missing):
        return None
    level = f"{survey.interval.confidence}% 置信区间"
    here = score(survey.rate.expression)

    def measure(key: str, label: str, expression: Expression) -> Measure:
        return Measure(
            f"survey_{key}/{survey.group}",
            label,
            expression,
            POINTS,
            places,
            subject=survey.group,
            basis=f"满意度取{level}",
            standing=Standing.WHAT_IF,
        )

    low, high = (
        score(Constant(end, f"满意度{level}{word}"))
        for end, word in ((survey.interval.low, "下限"), (survey.interval.high, "上限"))
    )
    least, most = sorted((low, high), key=_number)
    return SurveyEffect(
        survey,
        measure("least", "满意度得分下限", least),
        measure("most", "满意度得分上限", most),
        (
            measure("change_least", "总分变动下限", difference(least, here)),
            measure("change_most", "总分变动上限", difference(most, here)),
        ),
    )


def _number(expression: Expression) -> Exact:
    value = value_of(expression)
    return Fraction(0) if isinstance(value, Missing) else value


def impossible_percentages(surveys: Sequence[Survey]) -> Iterator[Finding]:
    """A finding for each printed rate that no whole number of the respondents gives, or that the counts contradict."""
    for survey in surveys:
        count, printed = _whole(survey.respondents), survey.printed.quantity
        if count is None or printed is None:
            continue
        counts = possible_counts(printed, count)
        given = survey.satisfied.quantity
        if counts and (given is None or given.value in counts):
            continue
        near = "、".join(_shown(k, count, printed.places) for k in _nearest(printed, count))
        message = (
            f"{survey.group}满意度印为 {survey.printed.text}，按样本数 {count} 人，没有一个人数能得出这个百分数，"
            f"最近的是 {near}。"
            if given is None or not counts
            else f"{survey.group}满意度印为 {survey.printed.text}，按 {survey.satisfied.text}÷{count}人应为 {survey.rate.text}。"
        )
        yield Finding(
            "survey-impossible",
            Severity.ERROR if given is not None else Severity.WARNING,
            f"{survey.group}满意度",
            message,
            printed=survey.printed.text,
            recomputed=survey.rate.text if given is not None else near,
            tolerance="印出的末位",
            cells=tuple(
                g.cell for g in (survey.printed, survey.respondents, survey.satisfied) if g.cell is not None
            ),
            about=(survey.rate.key,),
            remedy="核对样本数、满意人数和满意度；如为量表得分或多题平均，写明计算方法",
        )


def _nearest(rate: Quantity, respondents: int) -> tuple[int, ...]:
    below = (Fraction(rate.value) * respondents).__floor__()
    return tuple(k for k in (below, below + 1) if 0 <= k <= respondents)


def _shown(satisfied: int, respondents: int, places: int) -> str:
    measure = Measure("", "", Constant(Fraction(satisfied, respondents)), RATIO, places)
    return f"{satisfied} 人（{measure.text}）"
