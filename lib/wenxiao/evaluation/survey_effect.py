"""What the sample of a survey leaves open in the score that rests on it, and so in the total."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.evaluation.survey import Survey
from wenxiao.model import Constant, Exact, Expression, Measure, Missing, Standing, difference, value_of
from wenxiao.model.units import POINTS


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
