"""满意度 and 推算: what surveys give, and figures that hold only under a condition."""

from __future__ import annotations

from collections.abc import Sequence

from wenxiao.evaluation import Evaluation
from wenxiao.model import Measure, spreadsheet_of
from wenxiao.reports.working_paper.book import Book, cached, measure_format, unit_word
from wenxiao.reports.working_paper.cells import Cells

_FIRST = 5
_NO_WORD = "未提供"


def write_surveys(book: Book, name: str, evaluation: Evaluation, cells: Cells) -> None:
    """A line a group asked; the interval of its sample is a marked value."""
    confidence = next((s.interval.confidence for s in evaluation.surveys if s.interval), 95)
    about = f"满意度为公式；{confidence}% 置信区间（Wilson）为统计所得的数值，非公式。"
    sheet = book.sheet(name, "满意度调查", about)
    sheet.heads(
        "调查对象",
        "样本数（人）",
        "满意人数（人）",
        "所列满意度（%）",
        "满意度（%）",
        "口径",
        "区间下限（%）",
        "区间上限（%）",
        "说明",
    )
    for row, survey in enumerate(evaluation.surveys, _FIRST):
        sheet.text(row, 1, survey.group, bold=True)
        for column, given in enumerate((survey.respondents, survey.satisfied, survey.printed), 2):
            quantity = given.quantity
            value = given.text if quantity is None else float(quantity.value)
            form = "#,##0" if column < 4 else "0.00%"
            sheet.formula(
                row,
                column,
                spreadsheet_of(given, cells, given.text if quantity is None else _NO_WORD),
                value,
                form,
            )
        sheet.formula(row, 5, cells.line(survey.rate), cached(survey.rate), measure_format(survey.rate))
        sheet.text(row, 6, survey.rate.basis)
        if survey.interval:
            sheet.marked(row, 7, float(survey.interval.low), "0.00%")
            sheet.marked(row, 8, float(survey.interval.high), "0.00%")
        sheet.text(row, 9, survey.open_because)


def write_derived(book: Book, name: str, measures: Sequence[Measure], cells: Cells) -> None:
    """A line a figure that is derived or tried out, with the condition it holds under."""
    sheet = book.sheet(name, "推算与测算", "这些数在所列条件下成立，不是报送的数；引用计算底稿。")
    sheet.heads("事项", "对象", "数值", "单位", "性质", "口径", "成立条件", "公式")
    for row, measure in enumerate(measures, _FIRST):
        sheet.text(row, 1, measure.label, bold=True)
        sheet.text(row, 2, measure.subject)
        sheet.formula(row, 3, cells.line(measure), cached(measure), measure_format(measure))
        sheet.text(row, 4, unit_word(measure.unit))
        words = (measure.standing.value, measure.basis, measure.condition, measure.formula)
        for column, text in enumerate(words, 5):
            sheet.text(row, column, text)
