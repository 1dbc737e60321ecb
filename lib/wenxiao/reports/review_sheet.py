"""The working papers of a review as a workbook: 复核汇总表 with live formulas, and a sheet a project in its 13 columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from wenxiao.display.workbook import OutputWorkbook
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.review.deviations import Deviations, deviations
from wenxiao.evaluation.review.lines import ReviewLine, title_of
from wenxiao.evaluation.review.proposals import Proposal, proposals
from wenxiao.evaluation.scoring.rows import figure_in
from wenxiao.model import Given, Measure, Quantity, Unit
from wenxiao.model.units import NUMBER, RATIO
from wenxiao.project.review_rule import ReviewRule
from wenxiao.reports.hand_over.table_layout import height_of
from wenxiao.reports.review_page import TOP, Looks, begin, value_of, write
from wenxiao.reports.review_summary import DEVIATION, REVIEWED, SELF, write_summary, write_units
from wenxiao.reports.working_paper.text import cell_text, sheet_name

COLUMNS = {
    "一级指标": 11, "二级指标": 13, "三级指标": 20, "指标性质": 6, "指标值": 10, "度量单位": 6, "权重": 7, "自评完成值": 11, "自评得分": 8,
    "复核完成值": 11, "复核得分": 8, "偏差": 8, "备注": 26,
}  # fmt: skip
"""The columns of a 项目支出绩效自评复核表, and how wide each is."""
PROPOSED = {"测算参考": 10, "口径提示": 46}
"""Beside the form, for the reviewer alone: what the rules propose, and why."""
_WEIGHT, _DONE, _NOTE, _REFERENCE, _WHY = 6, 9, 12, 13, 14
_SIGNS = ("", "≥", "≤", "=", ">", "<")
_LAST_WORD = re.compile(r"\d\s*([^\d\s]+)\s*$")
_LONGEST = 40
"""A project's name of more characters stands below the title alone: a longer title is not taken for one."""


def review_workbook(evaluations: Sequence[Evaluation], rules: Mapping[str, ReviewRule]) -> bytes:
    """The workbook (xlsx) of a review of these projects, the same bytes each time; what was reviewed already stands in it.

    复核完成值, 复核得分 and 备注 are the reviewer's to fill in. What the rules propose stands beside the form, in words of its
    own, and no score is made of it.
    """
    held = BytesIO()
    with OutputWorkbook(held, {"title": "项目支出绩效自评复核表"}) as book:
        looks = Looks(book)
        first, names, places = book.add_worksheet("复核汇总表"), ["复核汇总表"], []
        for number, evaluation in enumerate(evaluations, 1):
            name = sheet_name(f"{number:02} {title_of(evaluation)}", names)
            names.append(name.lower())
            found = deviations(evaluation)
            last = _sheet(book.add_worksheet(name), evaluation, found, proposals(evaluation, rules), looks)
            places.append((name, last, evaluation, found))
        write_summary(first, places, looks)
        if any(found.reviewed_total.measure.number is not None for *_, found in places):
            write_units(book.add_worksheet("各单位"), places, looks)
    return held.getvalue()


def _sheet(
    page: Worksheet,
    evaluation: Evaluation,
    found: Deviations,
    proposed: Sequence[Proposal],
    looks: Looks,
) -> int:
    """Writes the sheet of one project; its row of totals."""
    title = title_of(evaluation)
    short = title.removesuffix("项目") if len(title) <= _LONGEST else ""
    begin(page, f"{short}项目支出绩效自评复核表", {**COLUMNS, **PROPOSED}, looks)
    facts = (("项目名称", title), *_units(evaluation))
    for column, (label, text) in zip((0, 4, 9), facts, strict=False):
        page.write_string(1, column, cell_text(f"{label}：{text}"), looks.meta)
    by_row: dict[str, list[Proposal]] = {}
    for each in proposed:
        by_row.setdefault(each.row.key, []).append(each)
    for line, deviation in enumerate(found.each, TOP):
        _line(page, line, deviation.line, deviation.measure, looks)
        _proposed(page, line, by_row.get(deviation.line.row.key, ()), looks)
    last = TOP + len(found.each)
    _totals(page, last, found, looks)
    if last > TOP:
        _ask(page, last)
    page.write_string(
        last + 1,
        0,
        "说明：浅黄各栏由复核人填写；测算参考和口径提示只供参考，不是复核得分，不打印。",
        looks.note,
    )
    page.print_area(0, 0, last, _NOTE)
    return last


def _units(evaluation: Evaluation) -> tuple[tuple[str, str], ...]:
    """The units that the form names, with what it calls them."""
    named = (("主管部门", "department"), ("实施单位", "implementer"))
    return tuple((label, text) for label, key in named if (text := evaluation.project.fact(key).text))


def _line(page: Worksheet, line: int, each: ReviewLine, deviation: Measure, looks: Looks) -> None:
    nature, target, unit, done = _stated(each)
    levels = (*each.row.path[:-1], *[""] * (3 - len(each.row.path)), each.row.name)
    texts = (*(levels if len(each.row.path) > 1 else (each.row.name, "", "")), nature)
    for column, text in enumerate(texts):
        write(page, line, column, text, looks.centred if column == 3 else looks.text)
    write(page, line, 4, target, looks.text)
    write(page, line, 5, unit, looks.centred)
    _given(page, line, _WEIGHT, each.row.weight, looks.points)
    write(page, line, 7, done, looks.text)
    _given(page, line, SELF, each.self_score, looks.points)
    write(page, line, _DONE, _checked(each, unit), looks.own)
    _given(page, line, REVIEWED, each.reviewed, looks.own_points)
    own, reviewed = (xl_rowcol_to_cell(line, column) for column in (SELF, REVIEWED))
    page.write_formula(
        line,
        DEVIATION,
        f'=IF(AND(ISNUMBER({own}),ISNUMBER({reviewed})),{reviewed}-{own},"")',
        looks.points,
        value_of(deviation),
    )
    write(page, line, _NOTE, each.note, looks.own)
    long = {name: str(text) for name, text in zip(COLUMNS, (*texts, target, unit, "", done), strict=False)}
    long |= {"复核完成值": each.actual, "备注": each.note}
    page.set_row(line, height_of(list(long.values()), [COLUMNS[name] for name in long]))


def _stated(each: ReviewLine) -> tuple[str, str | Decimal, str, str | Decimal]:
    """指标性质, 指标值, 度量单位 and 自评完成值: apart where each is one number, else in the words of the form.

    A bare number beside a 指标值 in per cent may be either (0.935, 93.5): it does not come under a 度量单位 of %.
    """
    aim, done = each.row.target.quantity, figure_in(each.self_actual, "")
    words = each.row.target_text or (each.row.target.text if aim else "")
    if aim is None or aim.qualifier not in _SIGNS:
        return ("定性" if words else ""), words, "", each.self_actual
    if aim.unit == RATIO and done.quantity is not None and done.quantity.unit == NUMBER:
        return "", words, "", each.self_actual
    bare = _bare(replace(aim, qualifier=""), aim.unit)
    assert bare is not None
    own = None if done.quantity is None else _bare(done.quantity, aim.unit)
    return (
        aim.qualifier,
        bare,
        _unit_word(aim, each.row.target.raw or words),
        each.self_actual if own is None else own,
    )


def _checked(each: ReviewLine, unit: str) -> str | Decimal:
    """复核完成值 as a number where it is one in the unit of its row, else as the reviewer wrote it."""
    aim, done = each.row.target.quantity, figure_in(each.actual, "").quantity
    bare = _bare(done, aim.unit) if aim and done and unit else None
    return each.actual if bare is None else bare


def _unit_word(quantity: Quantity, words: str) -> str:
    """The unit as the form writes it (人次), else its symbol; '' where there is none."""
    written = None if quantity.unit == RATIO else _LAST_WORD.search(words)
    if written and (same := figure_in(f"1{written[1]}", "").quantity) and same.unit == quantity.unit:
        return written[1]
    return "%" if quantity.unit == RATIO else "" if quantity.unit == NUMBER else quantity.unit.symbol


def _bare(quantity: Quantity, unit: Unit) -> Decimal | None:
    """The number of a figure in that unit as it is written, without it; None where it is in another, or qualified."""
    if quantity.qualifier or quantity.unit != unit:
        return None
    return quantity.value * 100 if unit == RATIO else quantity.value


def _given(page: Worksheet, line: int, column: int, given: Given, look: Format) -> None:
    """A score or 分值 as it stands: the number, the words in its place, or nothing."""
    if given.quantity is not None:
        page.write_number(line, column, float(given.quantity.value), look)
    elif given.raw:
        page.write_string(line, column, cell_text(given.raw), look)
    else:
        page.write_blank(line, column, None, look)


def _proposed(page: Worksheet, line: int, found: Sequence[Proposal], looks: Looks) -> None:
    if not found:
        return
    least = min(found, key=lambda each: 1 - each.share)
    if least.share and least.score.number is not None:
        page.write_number(line, _REFERENCE, float(least.score.number), looks.aside)
    page.write_string(line, _WHY, cell_text("\n".join(each.why for each in found)), looks.aside)


def _totals(page: Worksheet, last: int, found: Deviations, looks: Looks) -> None:
    """合计: of a column in which a score lacks, none."""
    page.write_string(last, 0, "合计", looks.total)
    for column in range(1, _NOTE + 1):
        page.write_blank(last, column, None, looks.total)
    weights = [each.line.row.weight.quantity for each in found.each]
    known = [each.value for each in weights if each is not None]
    whole = float(sum(known, Decimal(0))) if len(known) == len(weights) else ""
    sums = (
        (_WEIGHT, whole),
        (SELF, value_of(found.self_total.measure)),
        (REVIEWED, value_of(found.reviewed_total.measure)),
    )
    for column, value in sums:
        area = f"{xl_rowcol_to_cell(TOP, column)}:{xl_rowcol_to_cell(last - 1, column)}"
        page.write_formula(
            last, column, f'=IF(COUNT({area})=ROWS({area}),SUM({area}),"")', looks.total, value
        )
    own, reviewed = (xl_rowcol_to_cell(last, column) for column in (SELF, REVIEWED))
    page.write_formula(
        last,
        DEVIATION,
        f'=IF(AND(ISNUMBER({own}),ISNUMBER({reviewed})),{reviewed}-{own},"")',
        looks.total,
        value_of(found.total),
    )


def _ask(page: Worksheet, last: int) -> None:
    weight = xl_rowcol_to_cell(TOP, _WEIGHT, col_abs=True)
    page.data_validation(
        TOP, REVIEWED, last - 1, REVIEWED,
        {
            "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": f"={weight}", "error_type": "warning",
            "error_title": "复核得分", "error_message": "应为 0 至权重之间的数；文字写在备注。",
        },
    )  # fmt: skip
