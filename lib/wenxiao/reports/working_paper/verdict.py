"""评价结论: the score with its grade and the execution rate of each project, as references to their lines."""

from __future__ import annotations

from collections.abc import Sequence

from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.audience import Audience
from wenxiao.model import Severity, SheetCell
from wenxiao.reports.working_paper.book import Book, cached, measure_format
from wenxiao.reports.working_paper.cells import Cells
from wenxiao.reports.working_paper.rules import Rules

_FIRST = 5


def write_verdicts(
    book: Book, name: str, evaluations: Sequence[tuple[Evaluation, Cells]], rules: Rules, readers: Audience
) -> None:
    """A line a project."""
    sheet = book.sheet(name, "评价结论", "引用计算底稿和评价规则。")
    heads = [
        "项目",
        "综合得分（分）",
        "得分的来历",
        "等级",
        "原文印的等级",
        "执行率（%）",
        "执行率的名称",
        "执行率的口径",
    ]
    sheet.heads(*heads, *(["核对差异：错误", "警示", "提示"] if readers.sees_findings else []))
    for row, (evaluation, cells) in enumerate(evaluations, _FIRST):
        verdict, execution = evaluation.verdict, evaluation.execution
        sheet.text(row, 1, evaluation.project.title, bold=True)
        sheet.formula(
            row, 2, cells.line(verdict.score), cached(verdict.score), measure_format(verdict.score), bold=True
        )
        sheet.text(row, 3, verdict.score.basis)
        formula, label = rules.grade(SheetCell("", 2, row), verdict.grade, verdict.score.text)
        sheet.formula(row, 4, formula, label, words=True, bold=True)
        sheet.text(row, 5, verdict.printed_grade)
        sheet.formula(row, 6, cells.line(execution), cached(execution), measure_format(execution), bold=True)
        sheet.text(row, 7, execution.label)
        sheet.text(row, 8, execution.basis)
        if readers.sees_findings:
            for column, severity in enumerate(Severity, 9):
                sheet.number(row, column, evaluation.count(severity), "0")
