"""One self-evaluation as a reviewer reads it: goals and results side by side, each indicator with what is to be said of it, what to correct."""

from __future__ import annotations

from collections import defaultdict

from wenxiao.display.blocks import Group, Paragraph, sentence
from wenxiao.display.findings import FindingsList
from wenxiao.display.inline import Inline, Plain, Quiet
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.audit import checks
from wenxiao.evaluation.audit.judged_indicators import Judged, judged
from wenxiao.evaluation.scoring import ComputedScore
from wenxiao.model import CellRef, Finding, Severity

MET = {True: "达到", False: "没有达到", None: "不能比较"}


def titles_of_checks() -> dict[str, str]:
    """The name of each check by the codes of its findings."""
    return {code: check.title for check in checks() for code in check.codes}


def goals_table(evaluation: Evaluation) -> ReportTable | None:
    """What was meant beside what was reached, as the form says it; None where it says neither."""
    rows = tuple(
        Row(
            f"目标 {number}",
            (table.text(record, "expected"), table.text(record, "achieved") or Quiet("未提供")),
        )
        for number, (table, record) in enumerate(
            (
                (t, r)
                for t in evaluation.project.of_kind("goals")
                for r in t.records()
                if t.text(r, "expected")
            ),
            1,
        )
    )
    heads = (Head("预期目标", words=True), Head("实际完成情况", words=True))
    return ReportTable("年度总体目标", Head("目标", words=True), heads, rows) if rows else None


def indicators_checked(evaluation: Evaluation) -> ReportTable | None:
    """Each indicator with target, actual, points as claimed and as the rules give them, and the checks that speak of it.

    None where no table asks for 指标值 and 完成值.
    """
    tables = evaluation.scorecard.tables if evaluation.scorecard else evaluation.project.of_kind("targets")
    lines = [each for table in tables for each in judged(table)]
    if not lines:
        return None
    scores = {(id(each.row.table), each.row.record): each for each in evaluation.scoring}
    said: dict[CellRef, list[Finding]] = defaultdict(list)
    for finding in evaluation.open_findings:
        for cell in finding.cells:
            said[cell].append(finding)
    titles = titles_of_checks()
    rows = []
    for each in lines:
        computed = scores.get((id(each.row.table), each.row.record))
        rows.append(Row("—".join(each.row.path), _cells(each, computed, _named(each, said, titles))))
    heads = (
        Head("指标值", words=True), Head("完成值", words=True), Head("达到", words=True), Head("分值"), Head("自评得分"), Head("按规则得分"),
        Head("偏差原因", words=True), Head("核对", words=True, internal=True),
    )  # fmt: skip
    table = ReportTable("各项指标的核对", Head("指标", words=True), heads, tuple(rows), "分")
    return table.with_notes(
        "按规则得分为评价规则的计分方法由指标值和完成值得出；定性指标只有所属的分值区间。"
    )


def _cells(each: Judged, computed: ComputedScore | None, findings: str) -> tuple[Inline, ...]:
    by_rule: Inline = Quiet("—")
    if computed is not None and computed.computed.number is not None:
        by_rule = Plain(computed.computed)
    elif computed is not None and computed.allowed is not None:
        by_rule = f"{computed.allowed[0].text}—{computed.allowed[1].text}"
    row = each.row
    return (
        row.target_text or Quiet("未提供"),
        row.actual_text or Quiet("未提供"),
        MET[each.met],
        Plain(row.weight),
        Plain(row.filled),
        by_rule,
        row.reason,
        findings,
    )


def _named(each: Judged, said: dict[CellRef, list[Finding]], titles: dict[str, str]) -> str:
    """The checks whose findings rest on a cell of an indicator's row, gravest first."""
    origin = each.row.table.origin
    line = each.cells[0].row if each.cells else None
    found = {
        finding
        for cell, findings in said.items()
        if line is not None and cell.row == line and (cell.file, cell.sheet) == (origin.file, origin.sheet)
        for finding in findings
    }
    order = sorted(found, key=lambda f: (f.severity, f.code))
    return "；".join(dict.fromkeys(f"{f.severity.label}：{titles.get(f.code, f.subject)}" for f in order))


def corrections_due(evaluation: Evaluation) -> Group | Paragraph:
    """What the unit has to correct or explain, gravest first, then what it is asked to check."""
    due = tuple(f for f in evaluation.open_findings if f.severity < Severity.HINT)
    hints = tuple(f for f in evaluation.open_findings if f.severity is Severity.HINT)
    if not due and not hints:
        return sentence("没有需要改正或核实的事项。", internal=True)
    blocks: list[Paragraph | FindingsList] = []
    if due:
        blocks += [sentence(f"须改正或说明的 {len(due)} 项：", internal=True), FindingsList(due)]
    if hints:
        blocks += [sentence(f"请核实的 {len(hints)} 项：", internal=True), FindingsList(hints)]
    return Group(tuple(blocks), internal=True)
