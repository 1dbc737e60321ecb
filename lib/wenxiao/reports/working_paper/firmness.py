"""名次的稳健性 and 位次互换: what search and optimisation found, as values marked as such."""

from __future__ import annotations

from wenxiao.evaluation.robustness import Robustness
from wenxiao.model import Missing
from wenxiao.reports.working_paper.book import Book

_FIRST = 5
_FOUND = "搜索所得，非公式"


def write_firmness(book: Book, name: str, found: Robustness, word: str) -> None:
    """A line a district: the ranks that rounding and shifted weights leave open, the distance to the cut-off."""
    sheet = book.sheet(name, "名次的稳健性", f"{_FOUND}（底色所示）。")
    heads = [word, "名次", "取整下最好", "取整下最差", "等级", "最近的分数线（分）", "与分数线之差（分）"]
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
