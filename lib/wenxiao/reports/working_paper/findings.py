"""核对差异 and 更正: what does not agree, and the known errors of the sources."""

from __future__ import annotations

from collections.abc import Sequence

from wenxiao.display.cells import addresses
from wenxiao.model import Finding
from wenxiao.project import Project
from wenxiao.reports.working_paper.book import QUIET, Book

_FIRST = 5


def write_findings(book: Book, name: str, findings: Sequence[Finding]) -> None:
    """A line for each difference, gravest first, printed and recomputed side by side."""
    about = "由核对规则得出，按轻重排列；“错误”为不可能同时成立，“警示”须作说明，“提示”供留意。"
    sheet = book.sheet(name, "核对差异", about)
    sheet.heads("轻重", "事项", "说明", "报告所列", "核对结果", "允许误差", "单元格", "处理", "代码")
    sheet.widths(C=46)
    for row, finding in enumerate(findings, _FIRST):
        if finding.state:
            sheet.text(row, 1, finding.state, font_color=QUIET)
        else:
            sheet.severity(row, 1, finding.severity)
        words = (
            finding.subject,
            finding.message,
            finding.printed,
            finding.recomputed,
            finding.tolerance,
            addresses(finding.cells),
            finding.answer if finding.state else finding.remedy,
            finding.code,
        )
        for column, text in enumerate(words, 2):
            sheet.text(row, column, text)


def write_corrections(book: Book, name: str, project: Project) -> None:
    """A line for each registered correction; raw files are never edited."""
    sheet = book.sheet(name, "已登记的更正", "原始表格不作改动；已确认的更正进入计算，待核实的只作说明。")
    sheet.heads("事项", "原数", "更正为", "理由", "状态", "单元格")
    for row, each in enumerate(project.corrections, _FIRST):
        words = (each.field, each.printed, each.corrected, each.reason, each.effect, str(each.ref))
        for column, text in enumerate(words, 1):
            sheet.text(row, column, text)
