"""Deviations of a review (偏差): 复核得分 − 自评得分, by indicator and in all."""

from __future__ import annotations

from dataclasses import dataclass

from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.review.lines import ReviewLine, review_lines
from wenxiao.evaluation.scoring.computed import TotalScore, total_score
from wenxiao.model import Measure, difference
from wenxiao.model.units import POINTS


@dataclass(frozen=True, eq=False)
class Deviation:
    """One indicator's deviation; missing where one of its two scores is."""

    line: ReviewLine
    measure: Measure


@dataclass(frozen=True, eq=False)
class Deviations:
    """The deviations of one project: of each indicator, the two totals, and that of the total.

    A total in which an indicator has no score is 暂不计分, and the deviation with it.
    """

    each: tuple[Deviation, ...]
    self_total: TotalScore
    reviewed_total: TotalScore
    total: Measure

    @property
    def lowered(self) -> tuple[Deviation, ...]:
        """Those in which the review took points off."""
        return tuple(each for each in self.each if (each.measure.number or 0) < 0)


def deviations(evaluation: Evaluation) -> Deviations:
    """The deviations of a project's review; all missing where it has none."""
    lines = review_lines(evaluation)
    own = total_score([(e.name, e.self_score) for e in lines], key="self_total", label="自评得分合计")
    reviewed = total_score([(e.name, e.reviewed) for e in lines], key="reviewed_total", label="复核得分合计")
    return Deviations(
        tuple(
            Deviation(
                line,
                Measure(
                    f"deviation/{line.row.key}",
                    "偏差",
                    difference(line.reviewed, line.self_score),
                    POINTS,
                    subject=line.name,
                    basis="复核得分－自评得分",
                ),
            )
            for line in lines
        ),
        own,
        reviewed,
        Measure(
            "deviation/全项目",
            "偏差",
            difference(reviewed.measure.expression, own.measure.expression),
            POINTS,
            subject="全项目",
            basis="复核得分合计－自评得分合计",
        ),
    )
