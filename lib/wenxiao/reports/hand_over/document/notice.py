"""What a season hands out in Word: to each unit what it has to correct (整改通知), to the bureau the list of results (汇总表).

A notice names one unit only: of words copied from another unit's form it says that they were copied, not from whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wenxiao.display.inline import plain_text
from wenxiao.display.season import figure, remark
from wenxiao.evaluation.grade import grade_of
from wenxiao.model import Finding, Severity, shown
from wenxiao.model.written_text import written
from wenxiao.reports.hand_over.document.blank import blank
from wenxiao.reports.hand_over.document.paper import Paper, packed
from wenxiao.reports.hand_over.document.sheet import body_sheet, turn
from wenxiao.reports.hand_over.document.table import write_table
from wenxiao.reports.hand_over.printed import PrintedColumn, PrintedRow, PrintedTable
from wenxiao.season import FilledForm, SeasonEvaluation
from wenxiao.season.form import unit_key
from wenxiao.season.rounds import NEW, OPEN

_CELLS = 6
"""Of more cells than this the first are named."""
NOTICE, SUMMARY = "绩效自评整改通知", "绩效自评结果汇总表"


def notice(evaluation: SeasonEvaluation, unit: str) -> bytes:
    """The notice to one unit as `.docx`: its projects one by one with what is to be corrected, where and how."""
    season = evaluation.season
    forms = season.of_unit(unit)
    paper = _paper(f"{unit} {NOTICE}", season.name)
    paper.paragraph("Title", NOTICE)
    paper.paragraph("BodyText", f"{unit}：")
    due = sum(f.severity < Severity.HINT for form in forms for f in form.open_findings)
    hints = sum(f.severity is Severity.HINT for form in forms for f in form.open_findings)
    paper.paragraph(
        "BodyText",
        f"你单位报送的 {len(forms)} 份绩效自评表已经核对，须改正或说明的 {due} 项，请核实的 {hints} 项，列在下面。"
        "请逐项改正，或写明不改的理由，于　　　　年　　月　　日前重新报送。",
    )
    missing = [line for line in season.coverage.missing if unit_key(line.unit) == unit_key(unit)]
    if missing:
        paper.heading(1, "尚未报送自评表的项目")
        rows = [
            (str(n), line.name, plain_text(figure(line.budget)) if line.budget else "")
            for n, line in enumerate(missing, 1)
        ]
        write_table(paper, _table(("序号", "项目", "清单预算数（万元）"), rows))
    beside = season.beside_others(unit)
    if beside:
        paper.heading(1, "与清单和其他报送的表不符的")
        lines = ((str(n), f.severity.label, f.message, f.remedy) for n, f in enumerate(beside, 1))
        write_table(paper, _table(("序号", "程度", "事项", "处理"), lines))
    for form in forms:
        _form(paper, evaluation, form)
    for line in ("", "发出单位（盖章）：", "　　　　年　　月　　日"):
        paper.paragraph("BodyText", line)
    return packed(paper.document)


def _form(paper: Paper, evaluation: SeasonEvaluation, form: FilledForm) -> None:
    """Writes what is to be said of one form; nothing of a form without findings."""
    found = [f for f in form.open_findings if f.severity < Severity.HINT]
    asked = [f for f in form.open_findings if f.severity is Severity.HINT]
    copied = evaluation.season.copied.get(form.path, ())
    if not (found or asked or copied):
        return
    paper.heading(1, form.title)
    paper.paragraph("BodyText", f"自评表：{form.file.rpartition('/')[2]}。" + _settled(evaluation, form))
    if found:
        write_table(
            paper,
            _table(("序号", "程度", "须改正或说明的事项", "位置", "处理"), _lines(evaluation, form, found)),
        )
    if asked:
        write_table(
            paper, _table(("序号", "程度", "请核实的事项", "位置", "处理"), _lines(evaluation, form, asked))
        )
    for text in copied:
        paper.paragraph("BodyText", f"“{text[:60]}”与其他自评表的文字相同，请按本项目的实际情况填写。")


def _lines(
    evaluation: SeasonEvaluation, form: FilledForm, found: Sequence[Finding]
) -> Iterator[tuple[str, ...]]:
    """A line each: number, severity and how it stands since the first round, what, where, how."""
    states = {id(f): state for state, f in _round(evaluation, form)}
    for number, finding in enumerate(found, 1):
        state = states.get(id(finding), "")
        word = finding.severity.label + (f"（{state}）" if state in (OPEN, NEW) and evaluation.rounds else "")
        yield str(number), word, finding.message, _where(finding), finding.remedy


def _where(finding: Finding) -> str:
    """The cells by sheet, as a spreadsheet names them: 自评表：F14 E14."""
    sheets: dict[str, list[str]] = {}
    for cell in finding.cells[:_CELLS]:
        sheets.setdefault(cell.sheet, []).append(cell.address)
    more = "等" if len(finding.cells) > _CELLS else ""
    return "；".join(f"{sheet}：{' '.join(each)}" for sheet, each in sheets.items()) + more


def _round(evaluation: SeasonEvaluation, form: FilledForm) -> tuple[tuple[str, Finding], ...]:
    known = evaluation.rounds.of(form) if evaluation.rounds else None
    return known.findings if known else ()


def _settled(evaluation: SeasonEvaluation, form: FilledForm) -> str:
    """How much of the first round is settled, where there was one."""
    states = [state for state, _ in _round(evaluation, form)]
    if not states:
        return ""
    settled = len(states) - states.count(OPEN) - states.count(NEW)
    return (
        f"上一轮指出的已改正 {settled} 项，仍未改正 {states.count(OPEN)} 项，新出现 {states.count(NEW)} 项。"
    )


def summary(evaluation: SeasonEvaluation) -> bytes:
    """The list of results in the official columns as `.docx`, on paper that lies across."""
    season = evaluation.season
    paper = _paper(f"{season.name} {SUMMARY}", season.name)
    turn(paper, across=True)
    paper.paragraph("Title", SUMMARY)
    heads = (
        "序号", "主管部门", "项目单位", "项目名称", "年初预算数", "全年预算数", "全年执行数", "预算执行率", "自评得分", "自评等级",
        "未完成绩效指标数", "备注",
    )  # fmt: skip
    words = ("主管部门", "项目单位", "项目名称", "自评等级", "备注")
    rows = [tuple(_cells(evaluation, number, form)) for number, form in enumerate(season.forms, 1)]
    whole = evaluation.whole
    initial = [q.value for form in season.counted if (q := form.amounts["initial_budget"].quantity)]
    rows.append(
        ("", "合计", "", f"计入汇总 {len(whole.forms)} 份", shown(sum(initial), 2) if initial else "未提供",
         whole.budget.text, whole.spent.text, whole.rate.text, whole.mean.text, "", "", "得分为平均")
    )  # fmt: skip
    columns = tuple(PrintedColumn(head, head in words) for head in heads)
    kinds = ("data",) * (len(rows) - 1) + ("summary",)
    printed = tuple(PrintedRow(row, kind) for row, kind in zip(rows, kinds, strict=True))  # type: ignore[arg-type]
    write_table(paper, PrintedTable("", columns, printed, "万元、分"))
    return packed(paper.document)


def _cells(evaluation: SeasonEvaluation, number: int, form: FilledForm) -> Iterator[str]:
    rate, score = form.rate, form.claimed.quantity
    yield from (str(number), form.unit or "未提供", form.implementer, form.title)
    yield from (plain_text(figure(form.amounts[key])) for key in ("initial_budget", "budget", "spent"))
    yield f"{shown(rate * 100, 2)}%" if rate is not None else "未提供"
    yield plain_text(figure(form.claimed))
    yield grade_of(score.value, evaluation.profile).label if score else "未提供"
    yield "未提供" if form.missed is None else str(form.missed)
    yield remark(evaluation, form)


def _paper(title: str, mark: str) -> Paper:
    paper = Paper(blank(written(title), written(mark), ""))
    body_sheet(paper, title, mark)
    return paper


def _table(heads: Sequence[str], rows: Iterable[tuple[str, ...]]) -> PrintedTable:
    """A table of words."""
    columns = tuple(PrintedColumn(head, words="万元" not in head) for head in heads)
    return PrintedTable("", columns, tuple(PrintedRow(row) for row in rows))
