"""Indicators that were lowered, dropped, added or renamed between the goals and the result, and hopes that did not hold."""

from __future__ import annotations

from collections.abc import Iterator

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.followed_indicators import STAGES, SURE, Followed, change_of
from wenxiao.evaluation.scoring.rows import stated
from wenxiao.fields.wording import tidy
from wenxiao.model import Finding, Severity

_ADJUSTED = ("调整", "变更", "批复", "批准", "同意")
"""Words by which a reason of an indicator speaks of its 指标值, not of what was done."""


def _changes(evaluation: Evaluation) -> Iterator[Finding]:
    """What each indicator became from one document to the next."""
    for each in evaluation.followed:
        if each.renamed or each.open:
            yield _renamed(each)
        if each.change == "删去":
            yield _finding(
                each,
                "indicator-dropped",
                Severity.WARNING,
                f"{_said(each)}有“{each.name}”（指标值 {each.first.row.target_text or '未填'}），后来的表没有这一指标，也没有说明。",
                "补列这一指标，或说明删去的原因和批准的依据",
            )
        elif each.change == "新增":
            before = STAGES[each.stages[0]]
            yield _finding(
                each,
                "indicator-added",
                Severity.HINT,
                f"{_said(each)}的“{each.name}”在{before}表中没有。",
                "核实是否为年中批准增加的指标",
            )
        elif each.change == "指标值调低":
            yield _lowered(each)
        elif each.change == "单位改变":
            yield _finding(
                each,
                "target-unit-differs",
                Severity.WARNING,
                f"“{each.name}”的指标值{_from_to(each)}，单位不同，不能比较。",
                "按申报时的单位填写，或说明换算关系",
            )


def _lowered(each: Followed) -> Finding:
    table, record = each.aim.row.table, each.aim.row.record
    reason = next(
        (
            t
            for key in ("reason", "note")
            if (t := stated(table, record, key)) and any(w in t for w in _ADJUSTED)
        ),
        "",
    )
    moved = (
        f"，放宽 {'，即 '.join(m.text_with_unit.lstrip('−-') for m in each.measures)}"
        if each.measures
        else ""
    )
    missed = "；按原指标值没有完成" if each.met and each.met_as_declared is False else ""
    why = f"，说明为“{reason}”" if reason else "，没有写明原因"
    return _finding(
        each,
        "target-lowered",
        Severity.HINT if reason else Severity.WARNING,
        f"“{each.name}”的指标值{_from_to(each)}{moved}{why}{missed}。",
        "按申报的指标值评价，或附批准调整的文件",
        tuple(measure.key for measure in each.measures),
    )


def _renamed(each: Followed) -> Finding:
    if each.open:
        text = f"{_said(each)}的“{each.name}”在后来的表中没有，可能是“{'”“'.join(each.open)}”，不能确定是哪一个，不作对应。"
    else:
        names = dict.fromkeys(tidy(of.row.name) for of in each.stated.values())
        text = f"“{'”“'.join(names)}”在同一层级下，名称或指标值相近，可能是更名的同一指标{_moved(each)}。"
    return _finding(
        each, "indicator-renamed", Severity.HINT, text, "核实是否为同一指标；是的，按申报的名称填写"
    )


def _moved(each: Followed) -> str:
    return f"；如是，指标值{_from_to(each)}" if change_of(each.first.row, each.aim.row) != "一致" else ""


def _hopes(evaluation: Evaluation) -> Iterator[Finding]:
    """Indicators that monitoring called certain and that were not met."""
    for each in evaluation.followed:
        early = each.stated.get("monitoring")
        if early is not None and SURE in early.likely and each.met is False:
            yield Finding(
                "forecast-missed",
                Severity.HINT,
                each.name,
                f"监控时“{each.name}”填为{SURE}完成，结果为 {each.last.done_text}，没有达到 {each.last.row.target_text}。",
                printed=early.likely,
                recomputed=each.last.done_text,
                cells=tuple(dict.fromkeys((*early.cells, *each.last.cells))),
                remedy="分析监控判断与结果不符的原因",
            )


def _said(each: Followed) -> str:
    return f"{STAGES[each.first.stage]}表"


def _from_to(each: Followed) -> str:
    old, new = each.first, each.aim
    return (
        f"由{STAGES[old.stage]}表的 {old.row.target_text} 改为{STAGES[new.stage]}表的 {new.row.target_text}"
    )


def _finding(
    each: Followed, code: str, severity: Severity, text: str, remedy: str, about: tuple[str, ...] = ()
) -> Finding:
    return Finding(
        code,
        severity,
        each.name,
        text,
        printed=each.aim.row.target_text,
        recomputed=each.first.row.target_text,
        cells=tuple(dict.fromkeys(cell for of in (each.aim, *each.stated.values()) for cell in of.cells)),
        about=about,
        remedy=remedy,
    )


CHECKS = (
    Check(
        "target-lowered",
        "指标从申报到结果",
        "申报的指标在监控表和自评表中都有，名称、单位和指标值不变；调低的写明原因",
        find=_changes,
        also=("indicator-dropped", "indicator-added", "indicator-renamed", "target-unit-differs"),
    ),
    Check("forecast-missed", "监控判断与结果", "监控时确定能完成的指标年终完成", find=_hopes),
)
