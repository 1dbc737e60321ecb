"""The kinds of errors that one form can show, by their number among those that reviewers report; 0 is a grade that is not its score's."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable

from tests.evaluation.filled_forms import Form, address
from tests.seasons import errors_of_indicators as indicators
from tests.seasons import errors_of_money as money
from tests.seasons.layouts import lay_out

KINDS: dict[int, tuple[str, Callable[[Form, random.Random], tuple[str, ...]]]] = {
    0: ("等级与得分不符", money.grade_wrong), 1: ("执行率得分不等于执行率乘分值", money.rate_score), 2: ("执行率不等于执行数除以预算数", money.rate),
    3: ("得分大于分值", money.score_above), 4: ("分值合计不对", money.weights), 5: ("总分不等于各项之和", money.total),
    6: ("未达标得满分", indicators.unmet_full), 7: ("扣分无原因", indicators.no_reason), 8: ("超过上限得满分", indicators.ceiling),
    9: ("超过130%无说明", indicators.far_above), 10: ("达标却扣分", indicators.met_deducted), 11: ("要数填字得满分", indicators.words),
    12: ("完成值空得满分", indicators.actual_empty), 13: ("指标值空", indicators.target_empty), 14: ("完成值单位不同", indicators.other_unit),
    15: ("产出与效益同一指标", indicators.twice), 16: ("三级与二级指标不合", indicators.misplaced), 17: ("成本指标用下限", indicators.floor_of_cost),
    18: ("满意度无调查", indicators.no_survey), 19: ("执行数大于预算数", money.above_budget), 20: ("资金来源之和不等于总额", money.sources),
    21: ("未支出而产出完成", money.nothing_spent), 22: ("全支出而产出很少", money.little_done), 23: ("完成情况照抄目标", indicators.copied),
    24: ("全部满分且恰等于目标", indicators.all_equal), 25: ("元作万元", money.money_unit), 26: ("缺一级指标", money.level_missing),
    27: ("模板行未删", indicators.template), 28: ("逾期得满分", indicators.late), 29: ("比率超过100%", indicators.share_above),
    30: ("缺百分号", indicators.sign_missing), 31: ("以词对词", indicators.word_for_word), 32: ("得分空", money.score_empty),
    33: ("执行数空而有执行率得分", money.spent_empty), 34: ("年度不可能", money.year), 35: ("部分达成得满分", indicators.partly_full),
    36: ("文字与表不符", indicators.head_differs),
}  # fmt: skip
WITHOUT_POINTS = frozenset(
    {2, 7, 8, 9, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25, 26, 27, 29, 30, 31, 33, 34, 36}
)
"""The kinds that a form without points can show."""
ALONE = frozenset({21, 22, 24, 25, 26, 33})
"""The kinds that change much of a form: no other error is planted beside them."""


def shows(kind: int, form: Form) -> bool:
    """Whether a form of this layout can show an error of the kind."""
    style = form.layout["style"]
    if style == "transfer":
        return kind in WITHOUT_POINTS
    return not (style == "hubei-project" and kind == 0)


def plant(base: Form, kind: int, rng: random.Random) -> tuple[Form, tuple[str, ...]] | None:
    """Returns the form with an error of the kind, laid out, and the marks of what was changed; None where it does not apply."""
    if not shows(kind, base):
        return None
    form = copy.deepcopy(base)
    marks = KINDS[kind][1](form, rng)
    return (lay_out(form), marks) if marks else None


def cells(form: Form, marks: tuple[str, ...], suffix: str) -> tuple[str, ...]:
    """Returns the cells of the marks as they are read: in Word three rows stand above a table; none where the error has no place."""
    above = 3 if suffix.endswith(".docx") else 0
    places = (form.at[mark] for mark in marks if mark in form.at)
    return tuple(sorted({address((row + above, column)) for row, column in places}))


def where(form: Form, marks: tuple[str, ...]) -> str:
    """Returns the indicator that the marks name first; empty where they are of no indicator."""
    k = next((mark.split("/")[0] for mark in marks if mark[0].isdigit()), "")
    return form.lines[int(k)].name if k and int(k) < len(form.lines) else ""
