"""The trial of other weights that a profile asks for (测算): of the project's own scorecard, and of its districts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.ranking_scores import district_scores
from wenxiao.evaluation.robustness import ScoreMatrix, by_path, matrix_of_scorecards
from wenxiao.evaluation.what_if import WhatIf, what_if
from wenxiao.model import Constant, Expression, Measure, Problem, ProfileError, Standing, decimal_text, total
from wenxiao.model.expression import product, quotient
from wenxiao.model.units import POINTS

WHOLE = "全项目"
_TRACED = 200
"""Of more districts the figures are those of the matrix: the cells of thousands explain nothing."""


@dataclass(frozen=True, eq=False)
class Trial:
    """A trial with its figures: `measures` by district (全项目 for the project's own), each marked 测算."""

    found: WhatIf
    measures: Mapping[str, Measure]


def project_trial(evaluation: Evaluation) -> Trial | None:
    """The project's own score on the profile's `trial_weights`; None without them, or without a scored scorecard."""
    weights, card = evaluation.profile.trial_weights, evaluation.scorecard
    if not weights or card is None or card.total.number is None:
        return None
    cards = {WHOLE: card}
    leaves = by_path(cards)[WHOLE]
    return _trial(evaluation, matrix_of_scorecards(cards), lambda _, path: leaves[path].score)


def district_trial(evaluation: Evaluation) -> Trial | None:
    """The districts' scores and ranks on the profile's `trial_weights`; None without them or without scores by indicator."""
    scores = district_scores(evaluation) if evaluation.profile.trial_weights else None
    return (
        None if scores is None or not len(scores.matrix) else _trial(evaluation, scores.matrix, scores.score)
    )


def check_trial(evaluation: Evaluation) -> None:
    """Raises ProfileError where the profile's `trial_weights` fit no scorecard, with all that is wrong."""
    if not evaluation.profile.trial_weights:
        return
    if project_trial(evaluation) is None and district_trial(evaluation) is None:
        raise ProfileError(
            Problem(
                "没有分项得分，trial_weights 无从测算",
                file=evaluation.profile.name,
                remedy="放入评分表或分项得分表，或从评价规则中删去 trial_weights",
            )
        )


def _trial(
    evaluation: Evaluation, matrix: ScoreMatrix, score: Callable[[str, tuple[str, ...]], Expression]
) -> Trial:
    found = what_if(matrix, evaluation.profile.trial_weights, evaluation.profile)
    return Trial(found, dict(_measures(found, matrix, score)))


def _measures(
    found: WhatIf, matrix: ScoreMatrix, score: Callable[[str, tuple[str, ...]], Expression]
) -> Iterator[tuple[str, Measure]]:
    traced = len(found.places) <= _TRACED
    for row, place in enumerate(found.places):
        expression: Expression = Constant(place.after, "各项得分率与测算分值之积的和")
        if traced:
            terms = [
                _term(score(place.district, before.path), before.weight, after.weight)
                for before, after in zip(matrix.leaves, found.matrix.leaves, strict=True)
            ]
            offset = found.matrix.offset(row)
            expression = total([*terms, Constant(offset, "评价规则调整的分数")] if offset else terms)
        yield (
            place.district,
            Measure(
                f"trial_score/{place.district}",
                "测算得分",
                expression,
                POINTS,
                2,
                place.district,
                "得分率×测算分值",
                Standing.WHAT_IF,
            ),
        )


def _term(score: Expression, before: Fraction, after: Fraction) -> Expression:
    if before == after:
        return score
    rate = quotient(score, Constant(before, f"分值 {decimal_text(before)}"))
    return product(rate, Constant(after, f"测算分值 {decimal_text(after)}"))
