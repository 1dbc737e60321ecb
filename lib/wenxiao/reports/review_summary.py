"""复核汇总表: a line a project with its scores from its own sheet, a line a unit with the means of its projects."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.review.deviations import Deviations
from wenxiao.evaluation.review.lines import names_of, title_of
from wenxiao.reports.hand_over.table_layout import height_of
from wenxiao.reports.review_page import TOP, Looks, begin, value_of, write
from wenxiao.reports.working_paper.text import cell_text

SUMMARY = {
    "序号": 6, "主管部门": 20, "项目单位": 20, "项目名称": 28, "自评得分": 10, "复核得分": 10, "偏差": 9, "主要偏差原因": 48,
}  # fmt: skip
UNITS = {"单位": 28, "项目数": 9, "平均自评得分": 14, "平均复核得分": 14, "平均偏差": 12}
SELF, REVIEWED, DEVIATION = 8, 10, 11
"""The columns of the three totals in the sheet of a project."""
_SCORES = 4


def write_summary(
    page: Worksheet, places: Sequence[tuple[str, int, Evaluation, Deviations]], looks: Looks
) -> None:
    """Writes a line a project, its scores from its own sheet."""
    begin(page, "自评复核汇总表", SUMMARY, looks)
    page.write_string(1, 0, "单位：分", looks.meta)
    for line, (name, last, evaluation, found) in enumerate(places, TOP):
        department, implementer, unit = names_of(evaluation)
        texts = (department or unit, implementer or unit, title_of(evaluation))
        page.write_number(line, 0, line - TOP + 1, looks.text)
        for column, text in enumerate(texts, 1):
            page.write_string(line, column, cell_text(text), looks.text)
        cells = (
            (SELF, found.self_total.measure),
            (REVIEWED, found.reviewed_total.measure),
            (DEVIATION, found.total),
        )
        for column, (there, measure) in enumerate(cells, _SCORES):
            at = f"{quote_sheetname(name)}!{xl_rowcol_to_cell(last, there)}"
            page.write_formula(line, column, f'=IF(ISNUMBER({at}),{at},"")', looks.points, value_of(measure))
        reasons = main_reasons(found)
        write(page, line, _SCORES + 3, reasons, looks.own)
        widths = [SUMMARY[head] for head in ("主管部门", "项目单位", "项目名称", "主要偏差原因")]
        page.set_row(line, height_of((*texts, reasons), widths))


def write_units(
    page: Worksheet, places: Sequence[tuple[str, int, Evaluation, Deviations]], looks: Looks
) -> None:
    """Writes a line a unit: the means of its projects, none while one of them has no total."""
    begin(page, "各单位自评复核情况", UNITS, looks)
    page.write_string(1, 0, "单位：分", looks.meta)
    units: dict[str, list[Deviations]] = {}
    for _, _, evaluation, found in places:
        department, _, unit = names_of(evaluation)
        units.setdefault(department or unit, []).append(found)
    area = [f"复核汇总表!${c}${TOP + 1}:${c}${TOP + len(places)}" for c in ("B", "E", "F", "G")]
    for line, (unit, own) in enumerate(units.items(), TOP):
        page.write_string(line, 0, cell_text(unit), looks.text)
        page.write_formula(line, 1, f"=COUNTIF({area[0]},A{line + 1})", looks.text, len(own))
        totals = [(e.self_total.measure, e.reviewed_total.measure, e.total) for e in own]
        for column, (there, measures) in enumerate(zip(area[1:], zip(*totals, strict=True), strict=True), 2):
            known = [measure.number for measure in measures if measure.number is not None]
            value = float(sum(known, Fraction(0)) / len(own)) if len(known) == len(own) else ""
            counted = f"SUMPRODUCT(({area[0]}=A{line + 1})*ISNUMBER({there}))"
            mean = f"AVERAGEIF({area[0]},A{line + 1},{there})"
            page.write_formula(line, column, f'=IF({counted}=B{line + 1},{mean},"")', looks.points, value)


def main_reasons(found: Deviations) -> str:
    """The reasons of the largest deductions in the reviewer's words, each with its indicator and points; '' without any."""
    largest = sorted(found.lowered, key=lambda each: each.measure.number or 0)[:3]
    return "；".join(
        f"{each.line.name} {each.measure.text}：{each.line.note or '未写明原因'}" for each in largest
    )
