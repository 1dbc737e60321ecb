"""The project's head: its particulars, the files it was read from, the rules it is judged by, what the report rests on."""

from __future__ import annotations

import re
from itertools import pairwise

from wenxiao.display.blocks import Paragraph, note, sentence
from wenxiao.display.inline import Inline, Quiet, listed, phrase, plain_text
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import STAGES, Evaluation
from wenxiao.fields import standard_registry
from wenxiao.model import Column, Table
from wenxiao.project import Profile, Project

_YEAR = re.compile(r"\d{4}")
_RESULTS = {"printed_score", "printed_grade"}


def year_of(project: Project) -> str:
    """The year as a title names it (2021 年度); empty where no head gives it."""
    found = _YEAR.search(project.fact("year").text)
    return f"{found[0]} 年度" if found else ""


def report_kind(project: Project) -> str:
    """The kind of report the head names (单位自评, 财政评价 …), or ''."""
    return project.fact("report_kind").text


def facts_table(project: Project) -> ReportTable | None:
    """The particulars of the project in the order of its sheets, a line each, what several forms say alike once; None without any."""
    lines = [
        (column.label, _value(table, column), Quiet(table.cell(0, column).address))
        for table in project.of_kind("head")
        if len(table)
        for column in table.columns
        if column.key not in _RESULTS and not column.missing[0]
    ]
    if not lines:
        return None
    once: dict[tuple[str, str], Row] = {}
    for label, value, cell in lines:
        once.setdefault((label, plain_text(value)), Row(label, (value, cell)))
    heads = (Head("内容", words=True), Head("单元格", words=True))
    sheets = "；".join(f"{t.origin.file}［{t.origin.sheet}］" for t in project.of_kind("head"))
    return ReportTable("项目基本信息", Head("事项", words=True), heads, tuple(once.values()), source=sheets)


def _value(table: Table, column: Column) -> Inline:
    """A figure with its cell, or the text; a year is a name, without thousands."""
    given, text = table.given_in(0, column), column.text(0)
    if given.quantity is None or column.key == "year":
        return text or (f"{given.quantity.value:f}" if given.quantity else given.text)
    return given


def conduct(evaluation: Evaluation) -> Paragraph:
    """How the evaluation was done: the rules it follows, the files it rests on."""
    profile, project = evaluation.profile, evaluation.project
    kinds = dict.fromkeys(standard_registry().kind(table.kind).label for table in project.tables)
    return sentence(
        f"本次评价依据{profile.source}进行，资料为报送的 {len(project.inputs)} 个文件、"
        f"{len(project.tables)} 张表，包括{'、'.join(kinds)}。"
        f"{_forms(project)}各项数字直接取自单元格或由其计算，计算过程列入计算底稿。"
    )


def _forms(project: Project) -> str:
    """Which forms were handed in, and whether their layout was seen or is reconstructed; '' without any."""
    forms = dict.fromkeys(table.form.provenance for table in project.tables if table.form is not None)
    return f"所报表式为{'、'.join(forms)}。" if forms else ""


def grading(profile: Profile, *evaluations: Evaluation) -> Paragraph | None:
    """The grade bands of the profile in one sentence, half-open as they are read; None where no evaluation has one."""
    scored = (each.verdict.score.number is not None or each.ranking for each in evaluations)
    if evaluations and not any(scored):
        return None
    tops = [*(band.lowest for band in profile.grades[:-1])]
    first, last = profile.grades[0], profile.grades[-1]
    middle = [
        f"{low.lowest}（含）—{high.lowest} 分为“{low.label}”" for high, low in pairwise(profile.grades[:-1])
    ]
    parts = [f"{first.lowest} 分及以上为“{first.label}”", *middle, f"{tops[-1]} 分以下为“{last.label}”"]
    return sentence(
        f"评价结果满分 {profile.weights_total} 分，{'，'.join(parts)}；等级按未经四舍五入的得分确定。"
    )


def denominators(profile: Profile, *evaluations: Evaluation) -> Paragraph:
    """What the rates of this report divide by; the rate of a score only where there is a scorecard."""
    chosen = profile.denominators
    return sentence(
        "预算执行率＝支出资金÷",
        STAGES[chosen.execution_rate],
        "，资金到位率＝到位资金÷",
        STAGES[chosen.arrival_rate],
        "，实际完成率＝实际产出数÷计划产出数",
        "，得分率＝得分÷分值" if not evaluations or any(each.scorecard for each in evaluations) else "",
        "；资料缺少一方的，该比率列为“未提供”。",
    )


def missing_note() -> Paragraph:
    """What the words for missing figures mean."""
    return note("“未提供”指资料中没有该数，不作 0 处理；带点线的数字可点开查看公式与出处。")


def files_list(project: Project) -> Inline:
    """The files in one line."""
    return phrase("资料：", listed([file.name for file in project.inputs]))
