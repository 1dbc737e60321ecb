"""The scores of a project's own tables: beside those its methods give, through their reviews, with what surveys leave open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.evaluation.funds import Funds
from wenxiao.evaluation.scorecard import EXECUTION, Scorecard
from wenxiao.evaluation.scoring import (
    ComputedScore,
    ReviewedScore,
    ScoreRow,
    computed_scores,
    finished_by,
    method_for,
    reviewed_scores,
    score_by,
    score_rows,
)
from wenxiao.evaluation.survey import Survey, overall
from wenxiao.model import (
    CellRef,
    Constant,
    Exact,
    Expression,
    Given,
    Measure,
    Missing,
    Standing,
    Table,
    difference,
    value_of,
)
from wenxiao.model.units import POINTS
from wenxiao.project.profile import Profile
from wenxiao.project.project import Project


def computed_of(
    project: Project, profile: Profile, card: Scorecard | None, funds: Funds | None, surveys: Sequence[Survey]
) -> tuple[ComputedScore, ...]:
    """The scores that the profile's methods give beside those filled in; empty where no method fits an indicator.

    The execution rate is that of the funds, where they give one; the rate of the survey that speaks for all serves an indicator of satisfaction
    that states no 完成值 of its own.
    """
    rows = tuple(scored_rows(card))
    status = project.fact("status")
    return computed_scores(
        rows, profile, finished=finished_by(status.text, status.cell), rates=_rates(rows, funds, surveys)
    )


def reviews_of(card: Scorecard | None) -> tuple[ReviewedScore, ...]:
    """The scores of the scorecard through 自评, 初评, 复核 and 终评; empty where it has fewer than two of them."""
    return tuple(each for table in card.tables for each in reviewed_scores(table)) if card else ()


def district_reviews_of(cards: Mapping[str, Scorecard]) -> dict[str, tuple[ReviewedScore, ...]]:
    """The same of each district's scorecard that has several stages."""
    found = {
        name: tuple(each for table in card.tables for each in reviewed_scores(table, name))
        for name, card in cards.items()
    }
    return {name: reviews for name, reviews in found.items() if reviews}


def effects_of(
    profile: Profile, card: Scorecard | None, surveys: Sequence[Survey]
) -> tuple[SurveyEffect, ...]:
    """What the sample of a survey leaves open in the score that rests on it; empty without a method or an interval."""
    rows = [row for row in scored_rows(card) if "满意" in row.key]
    whole = overall(surveys)
    if len(rows) != 1 or whole is None:
        return ()
    row, method = rows[0], method_for(rows[0], profile)
    if method is None or row.weight.quantity is None:
        return ()

    def score(rate: Expression) -> Expression:
        return score_by(method, row, places=profile.score_places, rate=rate).score

    effect = survey_effect(whole, score, profile.score_places)
    return (effect,) if effect else ()


def scored_rows(card: Scorecard | None) -> Iterator[ScoreRow]:
    """The indicators of a scorecard, with the execution that its form scores in the block of funds before them."""
    if card is None:
        return
    execution = card.indicator(EXECUTION)
    if execution is not None and execution.weight.cell is not None:
        cell = execution.weight.cell
        if not any(_holds(table, cell) for table in card.tables):
            none = Given(EXECUTION, Missing.NOT_PROVIDED)
            figures, words, main = (execution.weight, execution.score, none, none), ("",) * 4, card.tables[0]
            yield ScoreRow((EXECUTION,), *figures, *words, main, 0, beside=True)
    for table in card.tables:
        yield from score_rows(table)


def _holds(table: Table, cell: CellRef) -> bool:
    """Whether a cell is of one of a table's records; its range may take in other blocks of a form."""
    here = (table.origin.file, table.origin.sheet) == (cell.file, cell.sheet)
    return here and (cell.column if table.transposed else cell.row) in table.lines


def _rates(rows: Sequence[ScoreRow], funds: Funds | None, surveys: Sequence[Survey]) -> dict[str, Expression]:
    """The rates that stand elsewhere, by the indicator's name."""
    rates: dict[str, Expression] = {}
    rate = funds.total.rates.get("execution_rate") if funds else None
    if rate is not None and rate.number is not None:
        rates |= {row.name: rate.expression for row in rows if EXECUTION in row.name}
    whole = overall(surveys)
    if whole is not None and whole.rate.number is not None:
        asked = [row for row in rows if "满意" in row.key and row.actual.content is Missing.NOT_PROVIDED]
        rates |= {row.name: whole.rate.expression for row in asked}
    return rates


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
