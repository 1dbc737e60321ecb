"""A profile's scoring method applied to one indicator: the score as a tree, the points allowed, and what stands against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.evaluation.scoring import methods as by
from wenxiao.evaluation.scoring.rows import ScoreRow, comparable
from wenxiao.model import CellRef, Expression, Given, Missing, product, quotient, value_of
from wenxiao.model.units import RATIO
from wenxiao.project.profile import Profile, load_profile
from wenxiao.project.scoring_methods import (
    Deduction,
    Gate,
    Likert,
    Linear,
    Method,
    Proportional,
    Qualitative,
    Reverse,
    Step,
    Steps,
)

_UPPER = frozenset({"≤", "<"})
UNKNOWN = by.truth("项目已完成", None)
"""Whether the project is finished, where nobody has said."""

_UNDER_WAY = ("未完", "未竣", "尚未", "没有完", "在建", "进行中", "实施中", "施工中", "续建", "停工", "部分")
_DOUBTFUL = ("计划", "预计", "拟", "将", "基本", "应")
_DONE = ("完工", "完成", "竣工", "结束", "验收", "交付")


def finished_by(status: str, cell: CellRef | None = None) -> Given:
    """Whether a 项目状态 in words says that the project is finished, as 1 or 0; 未提供 or 无法识别 where it does not say.

    >>> [finished_by(words).text for words in ("已竣工验收", "在建，完成80%", "预计年底完工", "")]
    ['1', '0', '无法识别', '未提供']
    """
    label = "项目已完成"
    if any(word in status for word in _UNDER_WAY):
        return by.truth(label, holds=False, cell=cell)
    doubtful = any(word in status for word in _DOUBTFUL)
    if not doubtful and any(word in status for word in _DONE):
        return by.truth(label, holds=True, cell=cell)
    return Given(label, Missing.UNREADABLE if status.strip() else Missing.NOT_PROVIDED, cell, status)


@dataclass(frozen=True, eq=False)
class Applied:
    """A score as a tree; the least and most points of a judged level; why there is no score, in a Chinese sentence."""

    score: Expression
    allowed: tuple[Expression, Expression] | None = None
    note: str = ""


def method_for(row: ScoreRow, profile: Profile) -> Method | None:
    """The method of an indicator: by its own name, by the nearest above it, else by the kind of its 指标值; None without.

    Names are compared without blanks, brackets and a final 指标, because forms print 产出指标（50分）.
    """
    named = {plain(name): method for name, method in profile.methods.items()}
    for name in reversed(row.path):
        method = named.get(plain(name))
        if method is not None:
            return method
    if row.target.quantity is not None:
        return profile.default_methods.quantitative
    return profile.default_methods.qualitative if row.target.content is Missing.UNREADABLE else None


def plain(name: str) -> str:
    """The name of an indicator without what forms add to it.

    >>> plain("产出指标（50分）"), plain("满意度指标")
    ('产出', '满意度')
    """
    cut = name.replace("（", "(").split("(", maxsplit=1)[0]
    return "".join(cut.split()).removesuffix("指标") or name


def score_by(
    method: Method,
    row: ScoreRow,
    *,
    places: int = 2,
    finished: Given = UNKNOWN,
    rate: Expression | None = None,
) -> Applied:
    """The score of one indicator by a method; `rate` replaces what the row says (a funds table's rate, a survey's)."""
    weight, actual, target = row.weight, comparable(row.actual, row.target), row.target
    match method:
        case Proportional():
            upper = target.quantity is not None and target.quantity.qualifier in _UPPER
            if upper:
                kept = by.at_most(weight, actual, target)
                return Applied(kept, note="指标值为上限，超过时按比例法没有得分规定，可改用 reverse")
            return Applied(by.proportional(weight, actual, target, places), note=_mismatch(row, actual))
        case Reverse(zero_at=zero_at):
            return Applied(by.reverse(weight, actual, target, zero_at, places), note=_mismatch(row, actual))
        case Steps():
            return _stepped(method, row, places, finished, rate)
        case Gate(of=of, floor=floor):
            return Applied(
                by.gate(weight, rate or _rate(row, of), floor, places), note=_no_rate(row, of, rate)
            )
        case Linear(of=of, floor=floor):
            return Applied(
                by.linear(weight, rate or _rate(row, of), floor, places), note=_no_rate(row, of, rate)
            )
        case Likert():
            missing = Given("量表得分率", Missing.NOT_PROVIDED)
            note = "" if rate else "没有满意度调查各级的答卷数"
            return Applied(by.likert(weight, rate or missing, places), note=note)
        case Deduction(points=points):
            return Applied(by.deduction(weight, row.actual, points, places))
        case Qualitative():
            return _judged(method, row, places)


def _stepped(method: Steps, row: ScoreRow, places: int, finished: Given, rate: Expression | None) -> Applied:
    value, steps = rate or _rate(row, method.of), rungs(method.steps)
    if method.finished_within_budget is None:
        return Applied(by.step(row.weight, value, steps, places), note=_no_rate(row, method.of, rate))
    score = by.execution_step(
        row.weight,
        value,
        finished,
        steps,
        full=method.finished_within_budget,
        over=method.over_budget,
        places=places,
    )
    return Applied(score, note=_no_rate(row, method.of, rate) or _unsettled(value, finished))


def _unsettled(rate: Expression, finished: Given) -> str:
    number = value_of(rate)
    if isinstance(number, Missing):
        return ""
    if number > 1:
        return "执行率超过 100%，规则没有写明得分，可在评价规则中写 over_budget"
    return "没有写明项目是否完成，执行率得分取决于此" if finished.quantity is None else ""


def rungs(steps: Sequence[Step]) -> tuple[by.Rung, ...]:
    """The steps of a profile as the rungs of a scoring method."""
    return tuple(by.Rung(step.lowest, step.share) for step in steps)


def official_steps(name: str, rate: Fraction, weight: Fraction) -> set[Fraction]:
    """The points that 101号 can give a rate of an indicator, whatever profile is in force: those of its step, all of a finished one.

    >>> sorted(official_steps("预算执行率", Fraction(7, 10), Fraction(10)))
    [Fraction(5, 1), Fraction(10, 1)]
    """
    method = load_profile("self-evaluation").methods[name]
    assert isinstance(method, Steps)
    share = next((each.share for each in method.steps if rate >= Fraction(each.lowest)), 0)
    finished = method.finished_within_budget if rate <= 1 else None
    return {weight * Fraction(each) for each in (share, finished) if each is not None}


def _judged(method: Qualitative, row: ScoreRow, places: int) -> Applied:
    level = method.level(row.actual_text)
    if level is None:
        word = row.actual_text.strip()
        lost = Given(
            f"{row.name}完成值", Missing.UNREADABLE if word else Missing.NOT_PROVIDED, row.actual.cell, word
        )
        note = f"完成值“{word}”没有写明属于哪一级" if word else "没有完成值"
        return Applied(by.qualitative(row.weight, lost, places), note=note)
    word = max((each for each in level.words if each in row.actual_text), key=len)
    share = by.granted(word, level.share, row.actual.cell)
    bounds = (product(row.weight, by.percent(level.low)), product(row.weight, by.percent(level.high)))
    note = "" if level.share is not None else f"属“{word}”，得分由评价人在所属分值区间内评定"
    return Applied(by.qualitative(row.weight, share, places), bounds, note)


def _rate(row: ScoreRow, of: str) -> Expression:
    """The rate a method goes by: the 完成值 itself, which must be a rate, or 完成值 ÷ 指标值."""
    if of == "completion":
        return quotient(comparable(row.actual, row.target), row.target)
    quantity = row.actual.quantity
    if quantity is None or quantity.unit == RATIO:
        return row.actual
    return Given(row.actual.label, Missing.UNREADABLE, row.actual.cell, row.actual.raw)


def _no_rate(row: ScoreRow, of: str, rate: Expression | None) -> str:
    if rate is not None:
        return ""
    quantity = row.actual.quantity
    if of == "actual" and quantity is not None and quantity.unit != RATIO:
        return f"完成值“{row.actual_text}”没有百分号，不能当作比率"
    return _mismatch(row, comparable(row.actual, row.target)) if of == "completion" else ""


def _mismatch(row: ScoreRow, actual: Given) -> str:
    if row.actual.quantity is None or actual.quantity is not None:
        return ""
    return f"完成值“{row.actual_text}”与指标值“{row.target_text}”单位不同，不能相除"
