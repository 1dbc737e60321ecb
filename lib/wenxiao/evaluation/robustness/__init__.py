"""How firm a ranking stands: exact, without random numbers. Methods and their limits: docs/ranking.md."""

from wenxiao.evaluation.robustness.certainty import (
    TOLERANCE,
    CertainRank,
    GapBounds,
    RankCertainty,
    gap_bounds,
    rank_certainty,
)
from wenxiao.evaluation.robustness.gap import (
    Gap,
    GapPart,
    Spread,
    SpreadPart,
    gap_between,
    gap_to_mean,
    lost_points,
    spread_of,
)
from wenxiao.evaluation.robustness.left_out import LeftOut, Move, leave_one_out, leave_out
from wenxiao.evaluation.robustness.margins import GradeMargin, RankInterval, grade_margins, rank_intervals
from wenxiao.evaluation.robustness.matrix import Leaf, ScoreMatrix
from wenxiao.evaluation.robustness.matrix_making import matrix_of_integers, matrix_of_scores, matrix_of_totals
from wenxiao.evaluation.robustness.overview import Robustness, robustness, robustness_within
from wenxiao.evaluation.robustness.sources import (
    by_path,
    matrix_of,
    matrix_of_ranking,
    matrix_of_scorecards,
    matrix_of_table,
    source_of,
    unlike,
)
from wenxiao.evaluation.robustness.swap import Swap, smallest_swap, swaps

__all__ = [
    "TOLERANCE",
    "CertainRank",
    "Gap",
    "GapBounds",
    "GapPart",
    "GradeMargin",
    "Leaf",
    "LeftOut",
    "Move",
    "RankCertainty",
    "RankInterval",
    "Robustness",
    "ScoreMatrix",
    "Spread",
    "SpreadPart",
    "Swap",
    "by_path",
    "gap_between",
    "gap_bounds",
    "gap_to_mean",
    "grade_margins",
    "leave_one_out",
    "leave_out",
    "lost_points",
    "matrix_of",
    "matrix_of_integers",
    "matrix_of_ranking",
    "matrix_of_scorecards",
    "matrix_of_scores",
    "matrix_of_table",
    "matrix_of_totals",
    "rank_certainty",
    "rank_intervals",
    "robustness",
    "robustness_within",
    "smallest_swap",
    "source_of",
    "spread_of",
    "swaps",
    "unlike",
]
