"""From values to scores: the methods of the rules, computed beside filled-in scores, reviews, totals."""

from wenxiao.evaluation.scoring.application import Applied, method_for, rungs, score_by
from wenxiao.evaluation.scoring.computed import ComputedScore, TotalScore, computed_scores, total_score
from wenxiao.evaluation.scoring.methods import (
    Rung,
    at_most,
    deduction,
    execution_step,
    gate,
    granted,
    likert,
    likert_rate,
    linear,
    proportional,
    qualitative,
    reverse,
    step,
    truth,
)
from wenxiao.evaluation.scoring.review import (
    STAGES,
    Change,
    ReviewedScore,
    Stage,
    reviewed_scores,
    stage_totals,
)
from wenxiao.evaluation.scoring.rows import ScoreRow, comparable, figure_in, score_rows

__all__ = [
    "STAGES",
    "Applied",
    "Change",
    "ComputedScore",
    "ReviewedScore",
    "Rung",
    "ScoreRow",
    "Stage",
    "TotalScore",
    "at_most",
    "comparable",
    "computed_scores",
    "deduction",
    "execution_step",
    "figure_in",
    "gate",
    "granted",
    "likert",
    "likert_rate",
    "linear",
    "method_for",
    "proportional",
    "qualitative",
    "reverse",
    "reviewed_scores",
    "rungs",
    "score_by",
    "score_rows",
    "stage_totals",
    "step",
    "total_score",
    "truth",
]
