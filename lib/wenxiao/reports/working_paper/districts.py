"""各县区: every figure the tables give for each district; 位置: where one district stands among the others."""

from __future__ import annotations

from wenxiao.display import district_word
from wenxiao.display.districts import partial_sums
from wenxiao.evaluation import DistrictView, Evaluation
from wenxiao.evaluation.robustness import Robustness
from wenxiao.model import Measure, Missing, column_letters
from wenxiao.reports.working_paper.book import Book, cached, measure_format, unit_word
from wenxiao.reports.working_paper.cells import Cells

_FIRST = 5
MOST, MOST_BESIDE = 20_000, 1_000
"""Up to so many figures stand in the sheet, in a paper on one district fewer; of more, the copied tables alone."""


def has_matrix(evaluation: Evaluation, district: str = "") -> bool:
    """Whether the figures by district are few enough for a sheet of their own."""
    figures = evaluation.district_figures
    count = len(figures) * len(evaluation.project.districts)
    return 0 < count <= (MOST_BESIDE if district else MOST)


def write_districts(book: Book, name: str, evaluation: Evaluation, cells: Cells) -> None:
    """A row a district, a column a figure; the sums, where they mean anything, below."""
    figures, districts = evaluation.district_figures, evaluation.project.districts
    word = district_word(evaluation.project)
    about = "引用抄录的原表；合计为各地之和，得分、比率和合并填列的数不作合计。"
    sheet = book.sheet(name, f"各{word}情况", about)
    sheet.heads(word, *(f"{figure.label}（{unit_word(figure.unit)}）" for figure in figures))
    for row, district in enumerate(districts, _FIRST):
        sheet.text(row, 1, district, bold=True)
        for column, figure in enumerate(figures, 2):
            measure = figure.values[district]
            sheet.formula(row, column, cells.line(measure), cached(measure), measure_format(measure))
    row = _FIRST + len(districts)
    sums = [(column, figure.sum) for column, figure in enumerate(figures, 2) if figure.sum]
    if sums:
        sheet.text(row, 1, "合计", bold=True)
        for column, measure in sums:
            sheet.formula(
                row, column, cells.line(measure), cached(measure), measure_format(measure), bold=True
            )
    for below, (basis, labels) in enumerate(partial_sums(figures).items(), row + 1):
        sheet.text(below, 1, f"{'、'.join(labels)}的合计为{basis}。")


def write_positions(book: Book, name: str, view: DistrictView, cells: Cells, matrix: str) -> None:
    """Each figure of the district, its place (1 is the largest) and of how many; values alone without a `matrix`."""
    sheet = book.sheet(name, f"{view.district}的位置", "位置由大到小，同数并列，不含好坏之意。")
    sheet.heads("事项", "数值", "单位", "位置", f"有数的{district_word(view.evaluation.project)}", "并列")
    last = _FIRST + len(view.evaluation.project.districts) - 1
    for row, position in enumerate(view.positions, _FIRST):
        measure: Measure = position.value
        sheet.text(row, 1, position.figure.label)
        sheet.formula(row, 2, cells.line(measure), cached(measure), measure_format(measure))
        sheet.text(row, 3, unit_word(measure.unit))
        rank = "" if position.rank is None else float(position.rank)
        tied = "并列" if position.tied else ""
        if not matrix:
            sheet.marked(row, 4, rank)
            sheet.marked(row, 5, position.of)
            sheet.marked(row, 6, tied)
            continue
        column = view.evaluation.district_figures.index(position.figure) + 2
        letter = column_letters(column)
        among = f"'{matrix}'!${letter}${_FIRST}:${letter}${last}"
        sheet.formula(row, 4, f'IF(COUNT(B{row})=1,1+COUNTIF({among},">"&B{row}),"")', rank)
        sheet.formula(row, 5, f"COUNT({among})", position.of)
        sheet.formula(
            row, 6, f'IF(COUNT(B{row})=1,IF(COUNTIF({among},B{row})>1,"并列",""),"")', tied, words=True
        )


_FOUND = "搜索所得，非公式"


def write_firmness(book: Book, name: str, found: Robustness, word: str) -> None:
    """A line a district: the ranks that rounding and shifted weights leave open, the distance to the cut-off."""
    sheet = book.sheet(name, "名次的稳健性", f"{_FOUND}（底色所示）。")
    heads = [word, "名次", "舍入前最好", "舍入前最差", "等级", "最近的分数线（分）", "与分数线之差（分）"]
    certain = not isinstance(found.certainty, Missing)
    sheet.heads(*heads, *(["分值变动下最好", "分值变动下最差"] if certain else []), "说明")
    for row, (interval, margin) in enumerate(zip(found.intervals, found.margins, strict=True), _FIRST):
        sheet.text(row, 1, interval.district, bold=True)
        for column, number in enumerate((interval.rank, interval.best, interval.worst), 2):
            sheet.marked(row, column, number, "0")
        sheet.marked(row, 5, margin.grade.label)
        sheet.marked(row, 6, float(margin.grade.cut_off), "#,##0.##")
        sheet.marked(row, 7, float(margin.grade.margin), "#,##0.00")
        words = [interval.sentence, margin.sentence if margin.flagged else ""]
        column = 8
        if not isinstance(found.certainty, Missing):
            place = found.certainty.places[row - _FIRST]
            sheet.marked(row, 8, place.best, "0")
            sheet.marked(row, 9, place.worst, "0")
            words.insert(1, place.sentence)
            column = 10
        sheet.text(row, column, "".join(words))


def write_swaps(book: Book, name: str, found: Robustness) -> None:
    """A line for each two neighbours in the ranking: the smallest shift of weight that makes them equal."""
    if isinstance(found.swaps, Missing):
        return
    sheet = book.sheet(name, "位次互换所需的分值调整", f"{_FOUND}（底色所示）。")
    sheet.heads("在前", "在后", "相差（分）", "须移动的分值（分）", "移出指标", "移入指标", "说明")
    for row, swap in enumerate(found.swaps, _FIRST):
        sheet.text(row, 1, swap.above, bold=True)
        sheet.text(row, 2, swap.below, bold=True)
        sheet.marked(row, 3, float(swap.gap), "#,##0.00")
        sheet.marked(row, 4, "无" if swap.amount is None else float(swap.amount), "#,##0.00")
        sheet.text(row, 5, swap.giver)
        sheet.text(row, 6, swap.receiver)
        sheet.text(row, 7, swap.sentence)
