"""自评结果汇总表 as a workbook: the official columns with live sums, figures by unit, every finding, coverage, the sample, both rounds."""

from __future__ import annotations

from wenxiao.display.inline import plain_text
from wenxiao.display.season import figure, remark
from wenxiao.display.self_evaluation import titles_of_checks
from wenxiao.evaluation.grade import grade_of
from wenxiao.model import Given, Severity
from wenxiao.model.units import RATIO
from wenxiao.reports.working_paper.book import CONTENTS, Book, Sheet, cached, measure_format
from wenxiao.reports.working_paper.notes import write_contents
from wenxiao.reports.working_paper.output import WorkingPaper
from wenxiao.reports.working_paper.text import number_format
from wenxiao.season import FilledForm, SeasonEvaluation, UnitFigures

_SUMMARY, _UNITS, _FINDINGS, _COVERAGE, _SAMPLE, _ROUNDS = (
    "自评结果汇总表", "单位汇总", "核对事项", "覆盖情况", "抽查复核名单", "两轮对照",
)  # fmt: skip
_FIRST = 5
COLUMNS = (
    "序号", "主管部门", "项目单位", "项目名称", "项目类型", "年初预算数", "全年预算数", "全年执行数", "预算执行率", "自评得分", "自评等级",
    "未完成绩效指标数", "备注", "计入汇总",
)  # fmt: skip
"""The official columns of the list, and whether a line counts in its sums."""
_RATE = number_format(RATIO, 4)


def season_book(evaluation: SeasonEvaluation) -> WorkingPaper:
    """The workbook of a season; the same season gives the same bytes. Amounts in 万元."""
    book = Book(f"{evaluation.season.name} {_SUMMARY}", evaluation.profile.title)
    contents = book.sheet(book.name(CONTENTS), f"{evaluation.season.name}　自评汇总", "金额单位为万元。")
    names = [book.name(name) for name in (_SUMMARY, _UNITS, _FINDINGS, _COVERAGE, _SAMPLE)]
    _summary(
        book.sheet(names[0], _SUMMARY, "金额单位：万元；合计为公式，只计“计入汇总”为“是”的。"), evaluation
    )
    _units(book.sheet(names[1], _UNITS, "名次按未经四舍五入的平均得分。"), evaluation)
    _findings(book.sheet(names[2], _FINDINGS, "各份自评表需要改正、说明或核实的事项。"), evaluation)
    _coverage(book.sheet(names[3], _COVERAGE, "自评表与项目清单的对照。"), evaluation)
    _sample(book.sheet(names[4], _SAMPLE, f"随机种子 {evaluation.sample.seed}。"), evaluation)
    if evaluation.rounds is not None:
        _rounds(
            book.sheet(book.name(_ROUNDS), _ROUNDS, f"与上一轮（{evaluation.rounds.earlier}）比较。"),
            evaluation,
        )
    write_contents(contents, book)
    sheets = book.count
    return WorkingPaper(book.content(), sheets)


def _summary(sheet: Sheet, evaluation: SeasonEvaluation) -> None:
    sheet.heads(*COLUMNS)
    forms = evaluation.season.forms
    for row, form in enumerate(forms, _FIRST):
        _form(sheet, row, row - _FIRST + 1, form, evaluation)
    last, total = _FIRST + len(forms) - 1, _FIRST + len(forms)
    sheet.text(total, 2, "合计", bold=True)
    for column, key in ((6, "initial_budget"), (7, "budget"), (8, "spent")):
        letter = "ABCDEFGH"[column - 1]
        given = [q.value for form in evaluation.season.counted if (q := form.amounts[key].quantity)]
        formula = f'SUMIFS({letter}{_FIRST}:{letter}{last},N{_FIRST}:N{last},"是")'
        sheet.formula(total, column, formula, float(sum(given)), "#,##0.00", bold=True)
    whole = evaluation.whole.rate
    sheet.formula(total, 9, f'IF(G{total}=0,"不适用",H{total}/G{total})', cached(whole), _RATE, bold=True)


def _form(sheet: Sheet, row: int, number: int, form: FilledForm, evaluation: SeasonEvaluation) -> None:
    sheet.number(row, 1, number, "0")
    for column, text in ((2, form.unit), (3, form.implementer), (4, form.title), (5, form.category)):
        sheet.text(row, column, text or "未提供")
    for column, key in ((6, "initial_budget"), (7, "budget"), (8, "spent")):
        _given(sheet, row, column, form.amounts[key], "#,##0.00")
    rate = form.rate
    formula = f'IF(N(G{row})=0,"未提供",H{row}/G{row})'
    sheet.formula(row, 9, formula, float(rate) if rate is not None else "未提供", _RATE)
    _given(sheet, row, 10, form.claimed, "0.00")
    score = form.claimed.quantity
    sheet.text(row, 11, grade_of(score.value, evaluation.profile).label if score else "未提供")
    if form.missed is None:
        sheet.text(row, 12, "未提供")
    else:
        sheet.number(row, 12, form.missed, "0")
    sheet.text(row, 13, remark(evaluation, form))
    sheet.text(row, 14, "是" if form in evaluation.season.counted else "否")


def _given(sheet: Sheet, row: int, column: int, given: Given, look: str) -> None:
    if given.quantity is None:
        sheet.text(row, column, plain_text(figure(given)))
    else:
        sheet.number(row, column, float(given.quantity.value), look)


def _units(sheet: Sheet, evaluation: SeasonEvaluation) -> None:
    grades = tuple(evaluation.whole.grades)
    sheet.heads(
        "单位",
        "自评表",
        "全年预算数",
        "全年执行数",
        "执行率",
        "平均得分",
        "加权平均得分",
        "名次",
        *grades,
        "错误",
        "警示",
        "提示",
    )
    for row, each in enumerate(evaluation.units, _FIRST):
        _unit(sheet, row, each, each is evaluation.whole)


def _unit(sheet: Sheet, row: int, each: UnitFigures, whole: bool) -> None:
    sheet.text(row, 1, each.unit, bold=whole)
    sheet.number(row, 2, len(each.forms), "0", bold=whole)
    for column, measure in enumerate((each.budget, each.spent, each.rate, each.mean, each.weighted), 3):
        value = cached(measure)
        if isinstance(value, str):
            sheet.text(row, column, value)
        else:
            sheet.number(row, column, float(value), measure_format(measure), bold=whole)
    sheet.text(row, 8, each.rank_text)
    counts = (*each.grades.values(), *(each.findings[level] for level in Severity))
    for column, count in enumerate(counts, 9):
        sheet.number(row, column, count, "0", bold=whole)


def _findings(sheet: Sheet, evaluation: SeasonEvaluation) -> None:
    titles = titles_of_checks()
    sheet.heads("单位", "项目", "程度", "种类", "事项", "单元格", "处理")
    row = _FIRST
    for form in evaluation.season.forms:
        for finding in form.open_findings:
            sheet.text(row, 1, form.unit or "未提供")
            sheet.text(row, 2, form.title)
            sheet.severity(row, 3, finding.severity)
            sheet.text(row, 4, titles.get(finding.code, "读取"))
            sheet.text(row, 5, finding.message)
            sheet.text(row, 6, "、".join(map(str, finding.cells[:4])))
            sheet.text(row, 7, finding.remedy)
            row += 1


def _coverage(sheet: Sheet, evaluation: SeasonEvaluation) -> None:
    coverage = evaluation.season.coverage
    sheet.heads("情况", "单位", "项目", "预算数（万元）", "说明")
    rows: list[tuple[str, str, str, Given | None, str]] = [
        ("没有自评表", line.unit, line.name, line.budget, str(line.cell)) for line in coverage.missing
    ]
    rows += [
        ("不在清单中", form.unit, form.title, form.amounts["budget"], form.path) for form in coverage.unknown
    ]
    rows += [
        ("重复报送", forms[0].unit, forms[0].title, None, "、".join(form.path for form in forms))
        for forms in coverage.repeated
    ]
    for row, (what, unit, title, budget, said) in enumerate(rows, _FIRST):
        _texts(sheet, row, what, unit or "未提供", title, None, said)
        if budget is not None:
            _given(sheet, row, 4, budget, "#,##0.00")


def _sample(sheet: Sheet, evaluation: SeasonEvaluation) -> None:
    sheet.heads("单位", "项目", "分层", "风险", "原因", "文件")
    for row, each in enumerate(evaluation.sample.drawn, _FIRST):
        form = each.form
        _texts(
            sheet,
            row,
            form.unit or "未提供",
            form.title,
            each.stratum,
            None,
            "、".join(each.reasons) or "随机",
            form.path,
        )
        sheet.number(row, 4, float(each.risk), "0.0")


def _rounds(sheet: Sheet, evaluation: SeasonEvaluation) -> None:
    sheet.heads("单位", "项目", "状态", "程度", "事项", "处理")
    rounds = evaluation.rounds
    row = _FIRST
    for each in rounds.each if rounds else ():
        for state, finding in each.findings:
            _texts(sheet, row, each.form.unit, each.form.title, state, None, finding.message, finding.remedy)
            sheet.severity(row, 4, finding.severity)
            row += 1


def _texts(sheet: Sheet, row: int, *texts: str | None) -> None:
    for column, text in enumerate(texts, 1):
        if text:
            sheet.text(row, column, text)
