"""The scorecard (评分表) as a table and in words: levels, 分值, 得分, 得分率 with the printed one beside it, 失分."""

from __future__ import annotations

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.inline import GradeWord, Inline, Plain, Quiet, phrase
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation, Indicator, Scorecard
from wenxiao.model import Given, Measure, shown


def scorecard_table(card: Scorecard | None) -> ReportTable | None:
    """The scorecard, with bars behind 得分率 and 失分; None where none was published.

    A level with neither 分值 nor 得分 is named below the table, not shown.
    """
    if card is None:
        return None
    reasons = any(each.reason for each in card.walk())
    heads = [Head("分值"), Head("得分"), Head("得分率", bar=True), Head("失分", bar=True)]
    if reasons:
        heads.append(Head("扣分原因", words=True))
    rows = [_row(each, reasons) for each in card.walk() if not _silent(each)]
    total: list[Inline] = [
        Plain(card.weights),
        Plain(card.total),
        _rate(card.total_rate, card.printed_total_rate),
        "",
    ]
    rows.append(Row("合计", (*total, "") if reasons else tuple(total), kind="summary"))
    return ReportTable(
        "绩效评价得分情况", Head("指标", words=True), tuple(heads), tuple(rows), "分", _notes(card)
    )


def score_words(evaluation: Evaluation) -> Paragraph | None:
    """The total score, the grade and how far the nearest cut-off is; None where there is no score."""
    verdict, card = evaluation.verdict, evaluation.scorecard
    if verdict.score.number is None:
        lacking = "、".join(card.unscored) if card else ""
        return sentence("综合得分", card.total_text, f"：{lacking}没有得分。") if card and lacking else None
    parts: list[Inline] = ["综合得分 ", verdict.score]
    if verdict.grade is not None:
        grade = verdict.grade
        parts += ["，按", evaluation.profile.title, "评为“", GradeWord(grade.label), "”"]
        if verdict.printed_grade and verdict.printed_grade != grade.label:
            parts += [f"（报送资料称“{verdict.printed_grade}”）"]
        side = "高" if grade.margin >= 0 else "低"
        parts += [f"，比 {shown(grade.cut_off, 0)} 分的分数线{side} {shown(abs(grade.margin), 2)} 分"]
        if grade.close:
            parts.append("，差距很小，个别扣分即可改变等级")
    elif verdict.printed_grade:
        parts += [f"，报送资料所列等级为“{verdict.printed_grade}”"]
    return sentence(*parts, "。")


def indicator_words(card: Scorecard | None) -> Paragraph | None:
    """Where points were lost: the first-level indicator with the lowest score rate, and the one that lost most."""
    scored = [each for each in card.indicators if each.score_rate.number is not None] if card else []
    if not scored:
        return None
    lowest = min(scored, key=lambda each: each.score_rate.number or 0)
    most = max(scored, key=lambda each: each.lost.number or 0)
    full = [each.name for each in scored if each.lost.number == 0]
    parts: list[Inline] = ["一级指标中，", lowest.name, "得分率最低，为 ", lowest.score_rate]
    parts += (
        ["；", most.name, "失分最多，为 ", most.lost]
        if most is not lowest
        else ["，失分也最多，为 ", most.lost]
    )
    if full:
        parts += ["；", "、".join(full), "得满分"]
    return sentence(*parts, "。")


def _row(each: Indicator, reasons: bool) -> Row:
    bare = each.weight.quantity is None and each.printed_rate is None
    cells: list[Inline] = [
        Plain(each.weight),
        Plain(each.score),
        Quiet("—") if bare else _rate(each.score_rate, each.printed_rate),
        Quiet("—") if bare else Plain(each.lost),
    ]
    return Row(each.name, (*cells, each.reason) if reasons else tuple(cells), level=each.level - 1)


def _silent(each: Indicator) -> bool:
    """Whether an indicator has nothing to show: no 分值, no 得分, no reason, and nothing below it either."""
    empty = each.weight.quantity is None and each.score.quantity is None and not each.reason
    return each.level > 1 and empty and all(map(_silent, each.children))


def _rate(rate: Measure, printed: Given | None) -> Inline:
    """The computed rate, with the printed one beside it where no rounding makes them agree, or a correction replaced it."""
    if printed is not None and printed.printed is not None:
        return phrase(Quiet(f"原列 {printed.printed}，已更正　"), Plain(rate))
    if rate.value == 0 or printed is None or printed.quantity is None or agrees(rate, printed):
        return Plain(rate)
    return phrase(Quiet("原列 "), Plain(printed), "　", Plain(rate))


def agrees(rate: Measure, printed: Given) -> bool:
    """Whether a printed figure can stand for a computed one, at the printed precision of both."""
    quantity, interval = printed.quantity, rate.interval
    if quantity is None or interval is None:
        return True
    return quantity.interval.meets(interval)


def _notes(card: Scorecard) -> tuple[Inline, ...]:
    notes: list[Inline] = []
    if card.rounded_total is not None and card.rounded_total.quantity:
        notes.append(phrase("表中另列总分（取整）", card.rounded_total, "，不计入合计。"))
    open_ends = [each.name for each in card.indicators if card.depth > 1 and not each.children]
    if open_ends:
        notes.append(f"{'、'.join(open_ends)}的下级指标未提供。")
    silent = [each.name for each in card.walk() if _silent(each)]
    if silent:
        notes.append(f"{'、'.join(silent)}未提供分值和得分，不列。")
    return tuple(notes)
