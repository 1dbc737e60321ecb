"""The heat grid: score rates by district and indicator, a table with coloured cells."""

from __future__ import annotations

from fractions import Fraction

from wenxiao.display.cells import ranges
from wenxiao.display.districts import district_word
from wenxiao.display.inline import Plain, Shade
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.ranking_scores import district_scores
from wenxiao.model import Measure, shown

_LEAVES = 20
"""Beyond so many indicators the grid shows the first level."""
_STEPS = (60, 70, 80, 90, 95)
"""Where the shades change, in per cent of 分值: what is low is painted, most where it is lowest."""


def heat_grid(evaluation: Evaluation, own: str = "") -> ReportTable | None:
    """Score rates by district and indicator, the lower the darker; None without scores by indicator.

    Every rate leads to its indicator's line of 计算底稿, where the scores stand with their cells.
    """
    scores, firm = district_scores(evaluation), evaluation.robustness
    if scores is None or firm is None or not len(scores.matrix):
        return None
    matrix = scores.matrix
    view = matrix if len(matrix.leaves) <= _LEAVES else matrix.at(1)
    heads = tuple(
        Head(label, f"{shown(leaf.weight, 0 if leaf.weight.denominator == 1 else 2)} 分")
        for label, leaf in zip(view.labels, view.leaves, strict=True)
    )
    columns = [scores.rate(leaf.path, leaf.weight) for leaf in view.leaves]
    order = sorted(range(len(view)), key=lambda i: firm.intervals[i].rank)
    rows = [
        Row(
            view.districts[i],
            tuple(
                _shade(100 * view.points(score) / leaf.weight, column)
                for score, leaf, column in zip(view.scores[i], view.leaves, columns, strict=True)
            ),
            own=view.districts[i] == own,
        )
        for i in order
    ]
    rows.append(Row("平均", tuple(Plain(column) for column in columns), kind="summary"))
    word = district_word(evaluation.project)
    steps = "、".join(str(step) for step in _STEPS)
    table = ReportTable(
        f"各{word}各项指标得分率",
        Head(word, words=True),
        heads,
        tuple(rows),
        "%",
        source=ranges(scores.cells),
        peers=bool(own),
    )
    return table.with_notes(
        f"按名次排列；颜色越深得分率越低，分界为 {steps}，{_STEPS[-1]} 及以上不着色。得分率为得分÷分值，点击数字可到计算底稿该项指标一行，查看各{word}得分和单元格。"
    )


def _shade(rate: Fraction, column: Measure) -> Shade:
    return Shade(shown(rate, 1), sum(rate < step for step in _STEPS), column)
