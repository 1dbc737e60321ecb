"""Several projects side by side: result, money, output, findings, each as its own evaluation gives it."""

from __future__ import annotations

from collections.abc import Sequence

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.inline import GradeWord, Inline, Plain, Quiet, listed, phrase
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation
from wenxiao.model import Severity

_SOURCE = "各项目报送的表格，文件和单元格见计算底稿"


def results_table(evaluations: Sequence[Evaluation]) -> ReportTable:
    """Score, printed and computed grade of each project; 未提供 where a report gives none."""
    heads = (
        Head("年度", words=True),
        Head("评价类型", words=True),
        Head("得分", "分"),
        Head("等级", words=True),
    )
    rows = tuple(Row(each.project.title, _result(each)) for each in evaluations)
    return ReportTable("各项目评价结果", Head("项目", words=True), heads, rows, source=_SOURCE)


def money_table(evaluations: Sequence[Evaluation]) -> ReportTable:
    """Plan, budget and spending of each project with the rate and its basis; amounts are kept apart by their names."""
    heads = (Head("计划或预算"), Head("拨付或支出"), Head("比率"), Head("比率名称与口径", words=True))
    rows = tuple(Row(each.project.title, _money(each)) for each in evaluations)
    table = ReportTable("各项目资金与执行", Head("项目", words=True), heads, rows, "万元", source=_SOURCE)
    return table.with_notes("各项目资料的口径不同，比率只在口径相同时可以比较。")


def findings_table(evaluations: Sequence[Evaluation]) -> ReportTable:
    """How many findings each project has, by severity."""
    heads = (*(Head(level.label) for level in Severity), Head("合计"))
    rows = [
        Row(
            each.project.title,
            (*(str(each.count(level)) for level in Severity), str(len(each.open_findings))),
        )
        for each in evaluations
    ]
    sums = [str(sum(each.count(level) for each in evaluations)) for level in Severity]
    rows.append(Row("合计", (*sums, str(sum(len(e.open_findings) for e in evaluations))), kind="summary"))
    return ReportTable("各项目核对差异", Head("项目", words=True), heads, tuple(rows), "项", internal=True)


def portfolio_words(evaluations: Sequence[Evaluation]) -> Paragraph:
    """How many projects there are, which have a score, and their grades."""
    scored = [each for each in evaluations if each.verdict.score.number is not None]
    parts: list[Inline] = [f"共 {len(evaluations)} 个项目，{len(scored)} 个有得分"]
    graded = [phrase(each.project.title, " ", each.verdict.score, *_grade(each)) for each in scored]
    if graded:
        parts += ["：", listed(graded, "；")]
    without = [each.project.title for each in evaluations if each not in scored]
    if without:
        parts += ["。", "、".join(without), "的得分未提供"]
    return sentence(*parts, "。各项目评价体系不同，得分不作排名。")


def _result(each: Evaluation) -> tuple[Inline, ...]:
    grade = each.verdict.grade
    printed = each.verdict.printed_grade
    word: Inline = GradeWord(grade.label) if grade else printed or Quiet("未提供")
    if grade and printed and printed != grade.label:
        word = phrase(word, Quiet(f"（原列 {printed}）"))
    project = each.project
    year, kind = project.fact("year").text, project.fact("report_kind").text
    return (year or Quiet("未提供"), kind or Quiet("未提供"), Plain(each.verdict.score), word)


def _money(each: Evaluation) -> tuple[Inline, ...]:
    amounts = each.funds.total.amounts if each.funds else {}
    return (
        _first(each, "budget", "planned", "received"),
        _first(each, "spent", "paid"),
        Plain(each.execution),
        Quiet(f"{each.execution.label}（{each.execution.basis}）") if amounts else Quiet("未提供"),
    )


def _first(each: Evaluation, *stages: str) -> Inline:
    amounts = each.funds.total.amounts if each.funds else {}
    known = [amounts[stage] for stage in stages if stage in amounts and amounts[stage].number is not None]
    return phrase(Quiet(f"{known[0].label} "), Plain(known[0])) if known else Quiet("未提供")


def _grade(each: Evaluation) -> tuple[Inline, ...]:
    grade = each.verdict.grade
    return ("（", GradeWord(grade.label), "）") if grade else ()
