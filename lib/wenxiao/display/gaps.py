"""Where a gap comes from: a district against the mean or another by indicator, and what each is short of."""

from __future__ import annotations

from fractions import Fraction

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.districts import district_word
from wenxiao.display.inline import Inline, Plain, Quiet
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import DistrictView, Evaluation
from wenxiao.evaluation.ranking_scores import GapLine, Lacking, district_scores, lacking
from wenxiao.evaluation.robustness import Gap
from wenxiao.model import Missing, shown

_LOST = 3
"""So many indicators are named, those that lost most first."""


def gap_table(view: DistrictView) -> ReportTable | None:
    """A district against the mean by indicator; None without its scores by indicator."""
    firm, scores = view.evaluation.robustness, district_scores(view.evaluation)
    if firm is None or scores is None or view.district not in firm.matrix.districts:
        return None
    return _table(
        f"{view.district}与平均分的差距",
        ("本地区", "平均"),
        scores.gap(view.district),
        firm.gap_to_mean(view.district),
        firm.matrix.full,
    )


def pair_table(evaluation: Evaluation, first: str = "", second: str = "") -> ReportTable | None:
    """Two districts by indicator, by default the first and the last; None without their scores by indicator.

    Raises ProjectError for a district that takes no part or is not there.
    """
    firm, scores = evaluation.robustness, district_scores(evaluation)
    if firm is None or scores is None or len(firm.matrix) < 2:
        return None
    order = sorted(firm.intervals, key=lambda each: each.rank)
    first, second = first or order[0].district, second or order[-1].district
    gap = firm.gap(first, second)
    table = _table(
        f"{first}与{second}的差距", (first, second), scores.gap(first, second), gap, firm.matrix.full
    )
    swap = firm.swap(first, second)
    return table if isinstance(swap, Missing) else table.with_notes(swap.sentence)


def _table(
    title: str, names: tuple[str, str], lines: tuple[GapLine, ...], gap: Gap, full: Fraction
) -> ReportTable:
    rows = [
        Row(
            line.label,
            (
                shown(line.weight, 2) if line.weight else Quiet("—"),
                *(Plain(measure) for measure in (line.own, line.other, line.difference)),
            ),
        )
        for line in lines
    ]
    sums = [shown(value, 2) for value in (gap.own, gap.other, gap.total)]
    rows.append(Row("合计", (shown(full, 2), *sums), kind="summary"))
    heads = (Head("分值"), Head(names[0]), Head(names[1]), Head("差距"))
    return ReportTable(title, Head("指标", words=True), heads, tuple(rows), "分").with_notes(gap.sentence)


def gap_words(view: DistrictView) -> Paragraph | None:
    """What can be said of how firm a district's place stands, in sentences; None where it has no place."""
    firm = view.evaluation.robustness
    if firm is None or view.district not in firm.matrix.districts:
        return None
    row = firm.matrix.position(view.district)
    said = [firm.intervals[row].sentence]
    said.append(
        f"分项得分{firm.certainty.label}，无法判断分值变动对名次的影响。"
        if isinstance(firm.certainty, Missing)
        else firm.certainty.places[row].sentence
    )
    for mode, within in view.evaluation.robustness_by_mode.items():
        if view.district in within.matrix.districts and len(within.matrix) > 1:
            said.append(f"{mode}之内，{within.intervals[within.matrix.position(view.district)].sentence}")
    return sentence(*said, firm.margins[row].sentence)


def lacking_table(evaluation: Evaluation) -> ReportTable | None:
    """What each district is short of to the place before it and to the next grade, and where it lost most.

    None without a ranking.
    """
    found = lacking(evaluation)
    if not found:
        return None
    detailed = any(each.lost for each in found)
    heads = [Head("距前一名"), Head("距上一等级"), Head("上一等级", words=True)]
    heads += [Head("失分最多的指标", words=True)] if detailed else []
    rows = tuple(Row(each.district, _lacking(each, detailed)) for each in found)
    word = district_word(evaluation.project)
    table = ReportTable(f"各{word}差距分析", Head(word, words=True), tuple(heads), rows, "分")
    return table.with_notes(
        "距前一名：与得分更高的最近一名之差，同分的相同；距上一等级：与上一等级分数线之差。"
    )


def _lacking(each: Lacking, detailed: bool) -> tuple[Inline, ...]:
    cells: list[Inline] = [
        Plain(each.to_place) if each.to_place else Quiet("—"),
        Plain(each.to_grade) if each.to_grade else Quiet("—"),
        each.grade,
    ]
    return (*cells, _most(each)) if detailed else tuple(cells)


def _most(each: Lacking) -> str:
    named = "、".join(f"{label} {shown(points, 2)}" for label, points in each.lost[:_LOST])
    return named or "没有失分"


def lacking_words(view: DistrictView) -> Paragraph | None:
    """What a district is short of, in words; None where it has no place."""
    each = next((each for each in lacking(view.evaluation) if each.district == view.district), None)
    if each is None:
        return None
    parts: list[Inline] = [view.district]
    if each.to_place:
        parts += ["距前一名 ", each.to_place]
    else:
        parts.append("得分最高")
    if each.to_grade:
        parts += [f"，距等级“{each.grade}”", " ", each.to_grade]
    if each.lost:
        parts.append(
            f"；失分 {shown(sum(points for _, points in each.lost), 2)} 分，最多的是{_most(each)} 分"
        )
    return sentence(*parts, "。")
