"""Grade margins: how near each district is to a cut-off, and whether rounding or half a point decides its grade."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from wenxiao.evaluation.grade import Grade, grade_of
from wenxiao.evaluation.robustness.matrix import ScoreMatrix
from wenxiao.model import Exact, decimal_text, shown
from wenxiao.project.profile import Profile


@dataclass(frozen=True, slots=True)
class GradeMargin:
    """The grade of one district and its distance to the nearest cut-off.

    `on_rounding` says that the score before rounding may lie on the other side of a cut-off; `grade.close` that the
    distance is within the profile's margin (0.5 by default); `other` is the grade on the other side of the cut-off.
    """

    district: str
    score: Fraction
    grade: Grade
    other: str
    on_rounding: bool
    close_within: Exact

    @property
    def flagged(self) -> bool:
        """Whether the grade deserves a second look."""
        return self.on_rounding or self.grade.close

    @property
    def sentence(self) -> str:
        """What it says, in Chinese."""
        side = "高出" if self.grade.margin >= 0 else "低于"
        cut = f"分数线 {decimal_text(self.grade.cut_off)} 分"
        start = f"{self.district}得 {shown(self.score, 2)} 分，等级为“{self.grade.label}”"
        off = f"{side}{cut} {shown(abs(self.grade.margin), 2)} 分"
        near = off if self.grade.margin else f"恰在{cut}上"
        if self.on_rounding:
            return (
                f"{start}，{near}，在得分取整的误差以内，取整前可能为“{self.other}”，须以取整前的得分复核。"
            )
        if self.grade.close:
            return f"{start}，{near}，在 {decimal_text(self.close_within)} 分以内，宜复核后定级。"
        return f"{start}，{near}。"


def grade_margins(matrix: ScoreMatrix, profile: Profile) -> tuple[GradeMargin, ...]:
    """The grade margin of every district, in the matrix's order.

    A printed total x stands for [x − u/2, x + u/2), so rounding decides where a cut-off lies strictly inside.
    """
    halves = [matrix.points(half) for half in matrix.total_halves]
    totals = [matrix.points(total) for total in matrix.totals]
    return tuple(
        _margin(name, total, half, profile)
        for name, total, half in zip(matrix.districts, totals, halves, strict=True)
    )


def _margin(district: str, score: Fraction, half: Fraction, profile: Profile) -> GradeMargin:
    grade = grade_of(score, profile)
    bands = [band.label for band in profile.grades]
    upper = next(i for i, band in enumerate(profile.grades) if Fraction(band.lowest) == grade.cut_off)
    other = bands[upper + 1] if grade.margin >= 0 else bands[upper]
    return GradeMargin(district, score, grade, other, abs(grade.margin) < half, profile.flags.grade_margin)
