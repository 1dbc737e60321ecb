"""Where the points of everyone come from under tried weights: a bar of parts a line, drawn by the browser at once."""

from __future__ import annotations

from itertools import cycle

from markupsafe import Markup

from wenxiao.charts.style import INK, PARTS
from wenxiao.evaluation.what_if import WhatIf
from wenxiao.model import shown

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
    rows = Markup("").join(
        Markup(
            '<tr><th scope="row">{}</th><td><div style="display:flex;width:{}em">{}</div></td><td>{}</td><td>{}</td></tr>'
        ).format(
            place.district,
            _WIDTH,
            Markup("").join(
                _bar(shown(matrix.points(points), 2), float(100 * int(points) / full), name, colour)
                for points, name, colour in zip(
                    matrix.scores[row_of[place.district]], names, colours, strict=True
                )
            ),
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


def _bar(points: str, percent: float, name: str, colour: str) -> Markup:
    dark = sum(int(colour[at : at + 2], 16) for at in (1, 3, 5)) < _LIGHT
    return Markup(
        '<span title="{} {}" style="width:{:.3f}%;background:{};color:{};overflow:hidden;white-space:nowrap;'
        'text-align:center;font-size:.75em;line-height:1.6">{}</span>'
    ).format(name, points, percent, colour, "#fff" if dark else INK, points)
