"""Scores computed from what was done (计算得分) beside the scores as filled in (填报得分), with the difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.evaluation.scoring.application import UNKNOWN, method_for, score_by
from wenxiao.evaluation.scoring.rows import ScoreRow
from wenxiao.model import (
    Case,
    Choice,
    Comparison,
    Condition,
    Constant,
    Expression,
    Given,
    Measure,
    Missing,
    difference,
    total,
    value_of,
)
from wenxiao.model.units import POINTS
from wenxiao.project.profile import Profile


@dataclass(frozen=True, eq=False)
class ComputedScore:
    """One indicator: the score its method gives, the score as filled in, filled − computed, and the method's name.

    `allowed` holds the least and most points of a level that is judged (达成: 80–100% of 分值); `note` says why a score
    could not be computed or what to keep in mind.
    """

    row: ScoreRow
    method: str
    computed: Measure
    filled: Measure
    difference: Measure
    allowed: tuple[Measure, Measure] | None
    note: str

    @property
    def agrees(self) -> bool | None:
        """Whether the filled score can be the computed one, or lies within what is allowed; None where it cannot be told."""
        score = self.filled.interval
        if score is None:
            return None
        if self.computed.interval is not None:
            return score.meets(self.computed.interval)
        if self.allowed is None:
            return None
        least, most = (bound.interval for bound in self.allowed)
        return None if least is None or most is None else score.meets(least.hull(most))


def computed_scores(
    rows: Iterable[ScoreRow],
    profile: Profile,
    *,
    finished: Given = UNKNOWN,
    rates: Mapping[str, Expression] | None = None,
) -> tuple[ComputedScore, ...]:
    """The computed scores of all indicators that a method of the profile fits, in sheet order.

    `finished` says whether the project is finished (`truth`); `rates` gives the rate of an indicator from elsewhere: the
    execution rate of the funds table, the rate of a survey.
    """
    known = rates or {}
    found: list[ComputedScore] = []
    for row in rows:
        method = method_for(row, profile)
        if method is None:
            continue
        applied = score_by(
            method, row, places=profile.score_places, finished=finished, rate=known.get(row.name)
        )
        computed = _points("computed_score", "计算得分", applied.score, row, profile, method.label)
        allowed = applied.allowed and (
            _points("least_score", "最低可得分", applied.allowed[0], row, profile, method.label),
            _points("most_score", "最高可得分", applied.allowed[1], row, profile, method.label),
        )
        filled = _points("filled_score", "填报得分", row.filled, row, profile, "填报")
        gap = _points(
            "score_difference",
            "得分差异",
            difference(row.filled, applied.score),
            row,
            profile,
            "填报得分－计算得分",
        )
        note = "" if computed.number is not None else applied.note or _lacking(row)
        found.append(ComputedScore(row, method.label, computed, filled, gap, allowed, note))
    return tuple(found)


def _lacking(row: ScoreRow) -> str:
    """Which of the figures a score needs the row does not give as a number."""
    parts = (("分值", row.weight), ("指标值", row.target), ("完成值", row.actual))
    lacking = [f"{word}{given.text}" for word, given in parts if given.quantity is None]
    return "、".join(lacking) or "按该方法没有得分"


def _points(
    key: str, label: str, expression: Expression, row: ScoreRow, profile: Profile, basis: str
) -> Measure:
    return Measure(
        f"{key}/{row.key}", label, expression, POINTS, profile.score_places, subject=row.name, basis=basis
    )


@dataclass(frozen=True, eq=False)
class TotalScore:
    """A total of scores: 暂不计分 while indicators have none, and which they are."""

    measure: Measure
    unscored: tuple[str, ...]

    @property
    def text(self) -> str:
        """The total, or 暂不计分（缺 n 项）."""
        missing = f"（缺 {len(self.unscored)} 项）" if self.unscored else ""
        return f"{self.measure.text}{missing}"


def total_score(
    scores: Sequence[tuple[str, Expression]],
    *,
    key: str = "total_score",
    label: str = "综合得分",
    subject: str = "全项目",
) -> TotalScore:
    """The exact sum of the scores by name, or 暂不计分（缺 n 项）: never a smaller number.

    Source: RULES, "Turning a value into a score".

    >>> from fractions import Fraction
    >>> full = Constant(Fraction(20))
    >>> total_score([("决策", full), ("产出", Given("产出得分", Missing.NOT_PROVIDED))]).text
    '暂不计分（缺 1 项）'
    """
    sums = total([score for _, score in scores])
    unscored = tuple(name for name, score in scores if isinstance(value_of(score), Missing))
    expression: Expression = sums if scores else Given(label, Missing.NOT_PROVIDED)
    if unscored:
        count = Constant(Fraction(len(unscored)), "未计分指标数")
        none_left = Condition(count, Comparison.EQUAL, Constant(Fraction(0)))
        expression = Choice((Case((none_left,), sums),), Missing.UNSCORED)
    condition = f"缺 {len(unscored)} 项：{'、'.join(unscored)}" if unscored else ""
    measure = Measure(
        key, label, expression, POINTS, 2, subject=subject, basis="各指标得分之和", condition=condition
    )
    return TotalScore(measure, unscored)
