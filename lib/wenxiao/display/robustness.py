"""How firm a ranking stands: rank intervals, certain ranks, indicators left out, swaps, and where gaps come from."""

from __future__ import annotations

from fractions import Fraction

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.districts import district_word
from wenxiao.display.inline import Inline, Shade
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import DistrictView, Evaluation
from wenxiao.evaluation.robustness import RankCertainty, RankInterval, Robustness, Spread
from wenxiao.model import Missing, shown

_SWAPS = 12
"""So many neighbours are listed, those that the least shift turns round first."""
_LEAVES = 20
"""Beyond so many indicators the grid shows the first level."""
_STEPS = (60, 70, 80, 90, 95)
"""Where the shades of the grid change, in per cent of 分值."""


def firm_words(evaluation: Evaluation) -> Paragraph | None:
    """What can be said of how firm the ranks stand, in words; None without a ranking."""
    firm = evaluation.robustness
    if firm is None or not len(firm.matrix):
        return None
    rounded = [each for each in firm.intervals if not each.certain]
    word = district_word(evaluation.project)
    parts = [
        f"{len(rounded)} 个{word}的名次受得分取整影响" if rounded else f"各{word}的名次不受得分取整影响",
    ]
    if isinstance(firm.certainty, RankCertainty):
        sure = sum(each.best == each.worst for each in firm.certainty.places)
        parts.append(f"各项分值在{_tolerance(evaluation)}以内任意调整（总分不变），{sure} 个{word}名次不变")
    else:
        parts.append(f"各{word}的分项得分未提供，分值变动、逐项剔除和得失分来源无从计算，以下只由总分得出")
    close = [each.district for each in firm.margins if each.flagged]
    if close:
        parts.append(
            f"{'、'.join(close[:6])}{f'等 {len(close)} 个{word}' if len(close) > 6 else ''}临近等级分数线"
        )
    return sentence("；".join(parts), "。")


def _tolerance(evaluation: Evaluation) -> str:
    return f"±{shown(evaluation.profile.flags.weight_tolerance * 100, 0)}%"


def firm_table(evaluation: Evaluation, own: str = "") -> ReportTable | None:
    """The ranks that rounding and any weights within the profile's tolerance leave possible; None without a ranking."""
    firm = evaluation.robustness
    if firm is None or not len(firm.matrix):
        return None
    certain = firm.certainty if isinstance(firm.certainty, RankCertainty) else None
    heads = [Head("名次"), Head("取整前可能的名次", words=True)]
    heads += [Head(f"分值{_tolerance(evaluation)}以内的名次", words=True)] if certain else []
    heads += [Head("距分数线", "分"), Head("提示", words=True)]
    order = sorted(range(len(firm.intervals)), key=lambda i: firm.intervals[i].rank)
    rows = tuple(
        Row(firm.intervals[i].district, _firm(firm, certain, i), own=firm.intervals[i].district == own)
        for i in order
    )
    table = ReportTable(
        "名次的把握", Head(district_word(evaluation.project), words=True), tuple(heads), rows, peers=bool(own)
    ).with_notes("取整前可能的名次：印出的得分各代表半个末位单位以内的数，由此可能的最好与最差名次。")
    if certain:
        table = table.with_notes(
            f"分值{_tolerance(evaluation)}以内：每项分值在自身的{_tolerance(evaluation)}以内任意取值、合计不变时，"
            "可能的最好与最差名次；不是概率。"
        )
    left = [f"{name}（{kind.label}）" for name, kind in firm.matrix.unscored.items()]
    table = table.with_notes(f"未列入：{'、'.join(left)}。") if left else table
    if firm.matrix.detailed and evaluation.ranking and any(p.adjusted for p in evaluation.ranking.places):
        table = table.with_notes("分项分析按调整前的得分计算。")
    return table


def _firm(firm: Robustness, certain: RankCertainty | None, i: int) -> tuple[Inline, ...]:
    interval, margin = firm.intervals[i], firm.margins[i]
    cells: list[Inline] = [str(interval.rank), _ranks(interval)]
    if certain:
        place = certain.places[i]
        cells.append(_between(place.best, place.worst))
    cells.append(shown(margin.grade.margin, 2))
    word = "取整可能改变等级" if margin.on_rounding else "临近分数线" if margin.grade.close else ""
    return (*cells, word)


def _ranks(interval: RankInterval) -> str:
    return _between(interval.best, interval.worst)


def _between(best: int, worst: int) -> str:
    return f"第 {best}" if best == worst else f"第 {best} 至 {worst}"


def left_out_table(evaluation: Evaluation) -> ReportTable | None:
    """The ranks that rest on a single indicator; None without scores by indicator."""
    firm = evaluation.robustness
    if firm is None or isinstance(firm.leave_one_out, Missing):
        return None
    rows = tuple(
        Row(
            "、".join(each.names),
            (shown(each.weight, 2), str(len(each.moves)), shown(each.mean_shift, 2), _moves(each.sentence)),
        )
        for each in firm.leave_one_out
    )
    heads = (Head("分值", "分"), Head("名次改变", "个"), Head("平均变动", "位"), Head("变动", words=True))
    return ReportTable("不计某一项指标时的名次", Head("不计的指标", words=True), heads, rows).with_notes(
        "其余各项按比例放大到满分后重新排名。"
    )


def _moves(text: str) -> str:
    return text.partition("：")[2].removesuffix("。") or "名次不变"


def swap_table(evaluation: Evaluation) -> ReportTable | None:
    """The neighbours in the ranking that the smallest shift of 分值 turns round; None without scores by indicator."""
    firm = evaluation.robustness
    if firm is None or isinstance(firm.swaps, Missing):
        return None
    chosen = sorted(firm.swaps, key=lambda each: (each.amount is None, each.amount or 0))[:_SWAPS]
    rows = tuple(Row(f"{each.above}、{each.below}", (shown(each.gap, 2), each.sentence)) for each in chosen)
    if not rows:
        return None
    heads = (Head("得分差", "分"), Head("怎样的分值调整使两者持平", words=True))
    table = ReportTable(
        f"名次相邻的{district_word(evaluation.project)}",
        Head(district_word(evaluation.project), words=True),
        heads,
        rows,
    )
    return table.with_notes(f"列出最易交换的 {_SWAPS} 对。") if len(firm.swaps) > _SWAPS else table


def spread_table(evaluation: Evaluation) -> ReportTable | None:
    """What spreads the districts: each indicator's share of the differences beside its share of 分值; None without."""
    firm = evaluation.robustness
    if firm is None or not isinstance(firm.spread, Spread):
        return None
    ordered = sorted(firm.spread.parts, key=lambda part: -part.share)
    rows = tuple(
        Row(part.label, (f"{shown(part.nominal * 100, 1)}%", f"{shown(part.share * 100, 1)}%"))
        for part in ordered
    )
    heads = (Head("占分值"), Head("占总分差异"))
    table = ReportTable(
        f"拉开{district_word(evaluation.project)}差距的指标", Head("指标", words=True), heads, rows
    )
    return table.with_notes("各项之和为 100%；负数表示该项缩小了总分差异。")


def gap_table(view: DistrictView) -> ReportTable | None:
    """A district against the mean by indicator; None without its scores by indicator."""
    firm = view.evaluation.robustness
    if firm is None or not firm.matrix.detailed or view.district not in firm.matrix.districts:
        return None
    gap = firm.gap_to_mean(view.district)
    if isinstance(gap.parts, Missing):
        return None
    rows = [
        Row(part.label, (shown(part.weight, 2), *map(_points, (part.own, part.other, part.difference))))
        for part in gap.parts
    ]
    sums = map(_points, (gap.own, gap.other, gap.total))
    rows.append(Row("合计", (shown(firm.matrix.full, 2), *sums), kind="summary"))
    heads = (Head("分值"), Head("本地区"), Head("平均"), Head("差距"))
    return ReportTable(
        f"{view.district}与平均分的差距", Head("指标", words=True), heads, tuple(rows), "分"
    ).with_notes(gap.sentence)


def _points(value: Fraction) -> str:
    return shown(value, 2)


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
    return sentence(*said, firm.margins[row].sentence)


def heat_grid(evaluation: Evaluation, own: str = "") -> ReportTable | None:
    """Score rates by district and indicator, the higher the darker; None without scores by indicator."""
    firm = evaluation.robustness
    if firm is None or not firm.matrix.detailed or not len(firm.matrix):
        return None
    view = firm.matrix if len(firm.matrix.leaves) <= _LEAVES else firm.matrix.at(1)
    heads = tuple(
        Head(label, f"{shown(leaf.weight, 0 if leaf.weight.denominator == 1 else 2)} 分")
        for label, leaf in zip(view.labels, view.leaves, strict=True)
    )
    order = sorted(range(len(view)), key=lambda i: firm.intervals[i].rank)
    rows = tuple(
        Row(
            view.districts[i],
            tuple(
                _shade(100 * view.points(score) / leaf.weight)
                for score, leaf in zip(view.scores[i], view.leaves, strict=True)
            ),
            own=view.districts[i] == own,
        )
        for i in order
    )
    steps = "、".join(str(step) for step in _STEPS)
    return ReportTable(
        f"各{district_word(evaluation.project)}各项指标得分率",
        Head(district_word(evaluation.project), words=True),
        heads,
        rows,
        "%",
        peers=bool(own),
    ).with_notes(f"按名次排列；颜色越深得分率越高，分界为 {steps}。")


def _shade(rate: Fraction) -> Shade:
    return Shade(shown(rate, 1), sum(rate >= step for step in _STEPS))
