"""Where the points of everyone come from under tried weights, and what a district lacks to a grade and to a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import cycle

from markupsafe import Markup

from wenxiao.charts.style import INK, PARTS
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.what_if import WhatIf
from wenxiao.model import decimal_text, shown

_WIDTH = 30
"""The width of full marks, in em."""
_LIGHT = 390
"""The sum of a colour's parts from which dark letters are read on it."""


def breakdown(trial: WhatIf) -> Markup:
    """The tried scores by 一级指标 as stacked bars that begin at 0, each with its number, the total and the grade."""
    matrix = trial.matrix.at(1)
    full = matrix.whole or 1
    names = [leaf.name for leaf in matrix.leaves]
    colours = [colour for _, colour in zip(names, cycle(PARTS), strict=False)]
    row_of = {name: row for row, name in enumerate(matrix.districts)}
    heads = Markup("").join(
        Markup('<span style="border-left:.8em solid {};padding-left:.3em;margin-right:1em">{}</span>').format(
            colour, name
        )
        for name, colour in zip(names, colours, strict=True)
    )
    columns = [_column(name, colour) for name, colour in zip(names, colours, strict=True)]
    rows = Markup("").join(
        Markup(
            '<tr><th scope="row">{}</th><td><div style="display:flex;width:{}em">{}</div></td><td>{}</td><td>{}</td></tr>'
        ).format(
            place.district,
            _WIDTH,
            _bars(matrix.scale, matrix.scores[row_of[place.district]], columns, full),
            shown(place.after, 2),
            place.grade.label,
        )
        for place in trial.ranked
    )
    return Markup(
        '<div class="wx"><figure><figcaption><b>{}得分构成</b>（分；满分 {}）<br>{}</figcaption>'
        '<div class="wx-scroll" tabindex="0" role="region" aria-label="得分构成"><table><tbody>{}</tbody></table></div>'
        "</figure></div>"
    ).format("测算" if trial.shifts else "", shown(matrix.points(full), 2), heads, rows)


def _bars(scale: int, scores: Iterable[int], columns: Sequence[str], full: int) -> Markup:
    """The bars of one district. Their text is digits alone, so that nothing of it needs to be escaped."""
    parts = []
    for points, column in zip(scores, columns, strict=True):
        number = shown(Fraction(int(points), scale), 2)
        parts.append(column % (number, 100 * int(points) / full, number))
    return Markup("".join(parts))


def _column(name: str, colour: str) -> str:
    """The pattern of one indicator's bars: made once, filled with numbers for every district."""
    dark = sum(int(colour[at : at + 2], 16) for at in (1, 3, 5)) < _LIGHT
    pattern = Markup(
        '<span title="{} %s" style="width:%.3f%%;background:{};color:{};overflow:hidden;white-space:nowrap;'
        'text-align:center;font-size:.75em;line-height:1.6">%s</span>'
    )
    return str(pattern.format(name.replace("%", "%%"), colour, "#fff" if dark else INK))


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
