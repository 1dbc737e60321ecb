"""What a district lacks to a grade and to a place, in one sentence.

平邑县：到 90 分（优）尚差 6.00 分；到第 10 名尚差 3.51 分。
"""

from __future__ import annotations

from fractions import Fraction

from wenxiao.evaluation import Evaluation
from wenxiao.model import decimal_text, shown


def short_of(evaluation: Evaluation, district: str, grade: str | None, place: int) -> str:
    """The sentence; '' for a district that takes no part. A cut-off or place that is reached says by how much.

    A place is reached with the score of who holds it: then both share it.
    """
    firm = evaluation.robustness
    if firm is None or district not in firm.matrix.districts:
        return ""
    matrix = firm.matrix
    own = matrix.total(district)
    parts = []
    band = next((each for each in evaluation.profile.grades if each.label == grade), None)
    if band is not None:
        name = f"{decimal_text(band.lowest)} 分（{band.label}）"
        parts.append(_said(name, Fraction(band.lowest) - own))
    totals = sorted((matrix.points(total) for total in matrix.totals), reverse=True)
    if 1 <= place <= len(totals):
        parts.append(_said(f"第 {place} 名", totals[place - 1] - own))
    return f"{district}：{'；'.join(parts)}。" if parts else ""


def _said(target: str, points: Fraction) -> str:
    if points > 0:
        return f"到{'' if target[0] == '第' else ' '}{target}尚差 {shown(points, 2)} 分"
    return f"已到{'' if target[0] == '第' else ' '}{target}" + (
        f"，高出 {shown(-points, 2)} 分" if points else ""
    )
