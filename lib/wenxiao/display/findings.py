"""Findings (核对差异) and corrections: sentences a clerk can act on, printed and recomputed side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.cells import addresses
from wenxiao.display.inline import Quiet
from wenxiao.display.rendering import Rendering
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation
from wenxiao.model import CellRef, Finding, Given, Measure, Severity
from wenxiao.project import Project

_CLASSES = {Severity.ERROR: "wx-error", Severity.WARNING: "wx-warning", Severity.HINT: "wx-hint"}


@dataclass(frozen=True)
class FindingsList:
    """Findings one below the other; `brief` leaves the remedy and the cells to the full list elsewhere."""

    findings: tuple[Finding, ...]
    brief: bool = False
    internal: bool = True

    def html(self, rendering: Rendering) -> Markup:
        """A list; each item opens with the severity as a word."""
        del rendering
        items = Markup("").join(self._brief(f) if self.brief else self._full(f) for f in self.findings)
        return Markup('<ul class="wx-findings{}">{}</ul>').format(" wx-brief" if self.brief else "", items)

    def text(self) -> str:
        """A line each."""
        return "\n".join(_line(finding) for finding in self.findings)

    def figures(self) -> Iterator[Measure | Given]:
        """None: a finding shows its figures as printed and recomputed words."""
        return iter(())

    def _brief(self, finding: Finding) -> Markup:
        return Markup("<li>{}{}</li>").format(_severity(finding), finding.message)

    def _full(self, finding: Finding) -> Markup:
        sides = [
            ("报告所列", finding.printed),
            ("核对结果", finding.recomputed),
            ("允许误差", finding.tolerance),
        ]
        sides += [(finding.state, finding.answer)] if finding.state else []
        sides += [("单元格", addresses(finding.cells)), ("处理", finding.remedy)]
        entries = Markup("").join(
            Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(term, value) for term, value in sides if value
        )
        return Markup("<li>{}{}<dl>{}</dl></li>").format(_severity(finding), finding.message, entries)


def findings_list(evaluation: Evaluation) -> FindingsList | None:
    """All findings of an evaluation, gravest first; None where nothing disagrees."""
    return FindingsList(evaluation.findings) if evaluation.findings else None


def findings_words(evaluation: Evaluation) -> Paragraph:
    """How many findings there are, by severity."""
    if not evaluation.findings:
        return sentence("报送资料各数之间未发现不一致。", internal=True)
    counts = "、".join(
        f"{level.label} {evaluation.count(level)} 项" for level in Severity if evaluation.count(level)
    )
    settled = Counter(finding.state for finding in evaluation.findings if finding.state)
    rest = "".join(f"另有{state} {count} 项，不再计入。" for state, count in settled.items())
    return sentence(
        f"报送资料各数相互核对，发现差异 {len(evaluation.open_findings)} 项{'，其中' if counts else ''}{counts}。{rest}",
        "“错误”为数字之间不可能同时成立，“警示”须作说明，“提示”供评价人员留意。",
        internal=True,
    )


def findings_about(findings: Iterable[Finding], figures: Iterable[Measure | Given]) -> tuple[Finding, ...]:
    """The findings that concern what is shown: those that name one of its measures, or rest on one of its own cells.

    A cell that only feeds a computed figure does not count: a finding stands beside the figure it is about.
    """
    shown = list(figures)
    keys = {figure.key for figure in shown if isinstance(figure, Measure)}
    cells = {cell for figure in shown if (cell := _own_cell(figure)) is not None}
    return tuple(
        f for f in findings if keys.intersection(f.about) or (not f.about and cells.intersection(f.cells))
    )


def corrections_table(project: Project) -> ReportTable | None:
    """The known errors of the source: printed, corrected, reason, status; None where there are none."""
    corrections = project.corrections
    if not corrections:
        return None
    heads = tuple(Head(name, words=True) for name in ("原数", "更正为", "理由", "状态", "单元格"))
    rows = tuple(
        Row(each.field, (each.printed, each.corrected, each.reason, each.effect, Quiet(str(each.ref))))
        for each in corrections
    )
    table = ReportTable("已登记的更正", Head("事项", words=True), heads, rows, internal=True)
    return table.with_notes("原始表格不作改动；已确认的更正进入计算，待核实的只作说明。")


def _own_cell(figure: Measure | Given) -> CellRef | None:
    if isinstance(figure, Given):
        return figure.cell
    return figure.expression.cell if isinstance(figure.expression, Given) else None


def _severity(finding: Finding) -> Markup:
    look = "wx-hint" if finding.state else _CLASSES[finding.severity]
    return Markup('<span class="wx-severity {}">{}</span>').format(look, finding.word)


def _line(finding: Finding) -> str:
    remedy = f"处理：{finding.remedy}。" if finding.remedy else ""
    where = f"（{addresses(finding.cells)}）" if finding.cells else ""
    said = f"{finding.state}：{finding.answer}。" if finding.state else remedy
    return f"[{finding.word}] {finding.message}{said}{where}"
