"""目录 and 说明: what the paper holds, and how to read it."""

from __future__ import annotations

from collections.abc import Sequence

from wenxiao import __version__
from wenxiao.display.cells import addresses
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.audience import Audience
from wenxiao.model import Finding
from wenxiao.project import Project
from wenxiao.reports.working_paper.book import CONTENTS, GROUND, INK, INPUT, MARKED, QUIET, Book, Sheet
from wenxiao.reports.working_paper.sources import WHOLE, WHOLE_BESIDE

_FIRST = 5
_LOOKS = {"蓝色数字": (INPUT, GROUND), "底色数字": (INK, MARKED)}


def write_contents(sheet: Sheet, book: Book) -> None:
    """The contents: a line a sheet, with a link."""
    sheet.heads("工作表", "内容", "行数")
    row = _FIRST
    for entry in book.entries:
        if entry.sheet != CONTENTS:
            sheet.link(row, 1, entry.sheet, entry.sheet)
            sheet.text(row, 2, entry.about)
            sheet.number(row, 3, entry.rows, "#,##0")
            row += 1
    sheet.widths(A=34, B=46)


def write_notes(
    book: Book, name: str, evaluations: Sequence[Evaluation], district: str, edition: str, readers: Audience
) -> None:
    """The notes: what this is, for whom, by which rules, from which files, and how cells are marked."""
    first = evaluations[0]
    sheet = book.sheet(name, "说明")
    sheet.heads("事项", "内容")
    sheet.widths(A=18, B=100)
    titles = "；".join(each.project.title for each in evaluations)
    lines = [
        ("项目", titles),
        ("县区", district),
        ("稿次", edition),
        ("读者", "公开" if readers.release else "内部使用"),
        ("评价规则", f"{first.profile.title}（{first.profile.source}）"),
        ("用途", "本文件供复核：原表照抄在后，每个数是引用原表单元格的公式，改动原表中的数，其余随之计算。"),
        ("地址", "抄录的原表旁注原行号、原列号，合起来就是原文件中的单元格地址。"),
        ("蓝色数字", "抄自原表或读自文字的数。"),
        ("黑色数字", "公式；存有计算结果，打开即可看到，重新计算后不变。"),
        ("底色数字", "搜索、优化或统计所得的数值，以及县区名称不公开时的结果，非公式。"),
        ("缺项", "没有的数写明原因（未提供、不适用、暂不计分……），不作零计算；补填后引用它的公式随之计算。"),
        ("推算、测算", "“性质”一列写明“推算”或“测算”的数有成立条件，不是报送的数。"),
        ("文字", "原表中的文字一律按文字保存，以等号开头的也不是公式；本文件没有宏、外部链接。"),
        (
            "大表",
            f"超过 {WHOLE_BESIDE if district else WHOLE:,} 格的原表只抄录公式引用的行列，并在该表写明。",
        ),
        *([("公开稿", "不含核对差异、更正和其他县区的名称。")] if readers.release else []),
        ("软件", f"问效 {__version__}"),
    ]
    row = _FIRST
    for label, text in lines:
        if text:
            ink, ground = _LOOKS.get(label, (INK, GROUND))
            sheet.text(row, 1, label, bold=True, font_color=ink, bg_color=ground)
            sheet.text(row, 2, text)
            row += 1
    for evaluation in evaluations:
        for file in evaluation.project.inputs:
            name = "" if readers.names_a_peer(file.name) else f"{evaluation.project.name}/{file.name}　"
            sheet.text(row, 1, "资料文件", bold=True)
            sheet.text(row, 2, f"{name}SHA-256 {file.sha256}")
            row += 1


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
