"""Grades: as printed against the exact score, and scores near a cut-off."""

from __future__ import annotations

from collections.abc import Iterator

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.model import (
    Finding,
    Severity,
    half_up,
    shown,
)


def _grade(evaluation: Evaluation) -> Iterator[Finding]:
    """The printed grade against the profile's on the exact score; another word for the same grade is a hint."""
    verdict, profile = evaluation.verdict, evaluation.profile
    if not verdict.printed_grade:
        return
    word, computed = verdict.printed_grade, verdict.grade.label if verdict.grade else ""
    band = profile.band(word)
    if band is not None and verdict.grade is None:
        return
    if band is None:
        known = "、".join(each.label for each in profile.grades)
        code, severity = "grade-unknown", Severity.ERROR
        message = f"等级“{word}”不是{profile.title}的等级（{known}）。"
        remedy = "改用规定的等级名称，或换用相应的评价规则"
    elif band.label != computed:
        code, severity = "grade-differs", Severity.ERROR
        message = f"得分 {verdict.score.text} 分按{profile.title}应为“{computed}”，列为“{word}”。"
        remedy = "核对得分与等级"
    elif word != computed:
        code, severity = "grade-word", Severity.HINT
        message = f"等级列为“{word}”，{profile.title}称“{computed}”，为同一等级。"
        remedy = "统一等级名称"
    else:
        return
    fact = evaluation.project.fact("printed_grade")
    yield Finding(
        code,
        severity,
        "等级",
        message,
        printed=word,
        recomputed=computed,
        cells=cells_of(verdict.score.expression) + ((fact.cell,) if fact.cell else ()),
        about=(verdict.score.key,),
        remedy=remedy,
    )


def _margin(evaluation: Evaluation) -> Iterator[Finding]:
    grade, score = evaluation.verdict.grade, evaluation.verdict.score
    if grade is None or not grade.close:
        return
    side = "高出" if grade.margin >= 0 else "距"
    yield Finding(
        "grade-margin",
        Severity.HINT,
        "等级",
        f"综合得分 {score.text} 分，{side}分数线 {shown(grade.cut_off, 0)} 分仅 {shown(abs(grade.margin), 2)} 分，"
        f"等级“{grade.label}”处于临界，个别扣分即可改变。",
        printed=score.text_with_unit,
        recomputed=f"{shown(half_up(grade.cut_off, 0), 0)}分",
        cells=cells_of(score.expression),
        about=(score.key,),
        remedy="复核临近分数线的扣分依据",
    )


CHECKS = (
    Check(
        "grade-differs",
        "等级与得分",
        "等级按未经四舍五入的得分和评价规则的分数线确定；同一等级的不同叫法作提示",
        find=_grade,
        also=("grade-unknown", "grade-word"),
    ),
    Check("grade-margin", "临近分数线", "得分与最近分数线之差不大于评价规则的界限", find=_margin),
)
