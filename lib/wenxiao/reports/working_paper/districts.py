"""各县区: every figure the tables give for each district; 位置: where one district stands among the others."""

from __future__ import annotations

from wenxiao.display import district_word
from wenxiao.evaluation import DistrictView, Evaluation
from wenxiao.model import Measure, column_letters
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
