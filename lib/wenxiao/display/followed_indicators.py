"""The indicators of a project from its goals to the result, one below the other: each document's words, and what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.inline import Inline, Quiet, phrase
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.followed_indicators import STAGES, Followed, Stated
from wenxiao.evaluation.two_years import YearsLine

_MET = {True: "完成", False: "未完成"}


def followed_table(evaluation: Evaluation) -> ReportTable | None:
    """Each indicator as every document has it, and what became of it; None below two documents."""
    if not evaluation.followed:
        return None
    stages = evaluation.followed[0].stages
    heads = (
        *(Head(STAGES[stage], words=True) for stage in stages),
        Head("变化", words=True),
        Head("结果", words=True),
    )
    rows = tuple(
        Row(each.name, (*(_cell(each, stage) for stage in stages), _change(each), _result(each)))
        for each in evaluation.followed
    )
    return ReportTable("绩效指标从申报到结果", Head("指标", words=True), heads, rows).with_notes(
        "“更名（建议）”是同一层级下名称或指标值相近的指标，须经核实；调低指放宽：上限（≤）指标数字变大、时限推后也是调低。"
    )


def _cell(each: Followed, stage: str) -> Inline:
    of = each.stated.get(stage)
    if of is None:
        return Quiet("—")
    renamed = f"{of.row.name}：" if of.row.name != each.name else ""
    return "；".join((f"{renamed}{of.row.target_text or '未填'}", *_done(of)))


def _done(of: Stated) -> list[str]:
    if of.stage == "goals":
        return []
    word = "已完成" if of.stage == "monitoring" else "完成"
    return [f"{word} {of.done_text or '未填'}", *([of.likely] if of.likely else [])]


def _change(each: Followed) -> Inline:
    if not each.measures:
        return each.change
    parts: list[Inline] = [each.change, " "]
    for number, measure in enumerate(each.measures):
        parts += ["（" if number else "", measure, "）" if number else ""]
    return phrase(*parts)


def _result(each: Followed) -> Inline:
    if each.met is None:
        return Quiet("不能比较" if each.last.done_text and each.last.stage != "monitoring" else "—")
    lowered = each.met and each.met_as_declared is False
    return f"{_MET[each.met]}{'（按申报值未完成）' if lowered else ''}"


def followed_words(evaluation: Evaluation) -> Paragraph | None:
    """How many indicators stayed, and how many became something else; None below two documents."""
    if not evaluation.followed:
        return None
    stages = "、".join(STAGES[stage] for stage in evaluation.followed[0].stages)
    counts = Counter(each.change for each in evaluation.followed if each.change)
    counted = "，".join(f"{word} {count} 项" for word, count in counts.items())
    met = Counter(each.met for each in evaluation.followed)
    known = met[True] + met[False]
    end = f"能比较的 {known} 项中完成 {met[True]} 项。" if known else ""
    return sentence(f"按{stages}各表对照，指标共 {len(evaluation.followed)} 项：{counted}。{end}")


def years_table(lines: Iterable[YearsLine], before: str, after: str) -> ReportTable | None:
    """Two years side by side with what moved; None where nothing is in both."""
    rows = tuple(
        Row(
            line.name,
            (
                line.before,
                line.after,
                *(line.changes[:1] or (Quiet("—"),)),
                *(line.changes[1:] or (Quiet("—"),)),
            ),
        )
        for line in lines
    )
    heads = (Head(before), Head(after), Head("变化"), Head("变化幅度"))
    return ReportTable("与上一年比较", Head("内容", words=True), heads, rows) if rows else None
