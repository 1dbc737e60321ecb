"""How firm a ranking stands: rank intervals, certain ranks, indicators left out, swaps, what spreads the districts."""

from __future__ import annotations

from wenxiao.display.blocks import Group, Paragraph, sentence
from wenxiao.display.districts import district_word
from wenxiao.display.inline import Inline
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.robustness import RankCertainty, RankInterval, Robustness, Spread, unlike
from wenxiao.model import Missing, shown

_SWAPS = 12
"""So many neighbours are listed, those that the least shift turns round first."""


def firm_words(evaluation: Evaluation) -> Paragraph | None:
    """What can be said of how firm the ranks stand, in words; None without a ranking."""
    firm = evaluation.robustness
    if firm is None or not len(firm.matrix):
        return None
    said = [_firm_words(evaluation, firm, "")]
    said += [_firm_words(evaluation, each, mode) for mode, each in evaluation.robustness_by_mode.items()]
    return sentence("".join(said))


def _firm_words(evaluation: Evaluation, firm: Robustness, mode: str) -> str:
    """One sentence on the whole ranking, or on that within a mode of evaluation."""
    word = f"{mode}的{district_word(evaluation.project)}" if mode else district_word(evaluation.project)
    if len(firm.matrix) == 1:
        return f"{word}只有 1 个，没有名次可比。"
    rounded = [each for each in firm.intervals if not each.certain]
    parts = [
        f"{len(rounded)} 个{word}的名次受四舍五入影响" if rounded else f"各{word}的名次不受四舍五入影响",
    ]
    if isinstance(firm.certainty, RankCertainty):
        sure = sum(each.certain for each in firm.certainty.places)
        parts.append(f"各项分值在{_tolerance(evaluation)}内调整时（总分不变），{sure} 个{word}名次不变")
    elif not mode:
        parts.append(f"各{word}的分项得分未提供，分值变动、逐项剔除和得失分来源无从计算，以下只由总分得出")
    close = [each.district for each in firm.margins if each.flagged]
    if close and not mode:
        parts.append(
            f"{'、'.join(close[:6])}{f'等 {len(close)} 个{word}' if len(close) > 6 else ''}临近等级分数线"
        )
    return (f"{mode}之内排名：" if mode else "") + "；".join(parts) + "。"


def _tolerance(evaluation: Evaluation) -> str:
    return f"±{shown(evaluation.profile.flags.weight_tolerance * 100, 0)}%"


def firm_table(evaluation: Evaluation, own: str = "", mode: str = "") -> ReportTable | None:
    """The ranks that rounding and any weights within the profile's tolerance leave possible; None without a ranking.

    With a `mode` of evaluation, those among its own districts. Ranges count the districts that may be above; where the
    profile numbers ties in another way, its rank stands beside.
    """
    firm = evaluation.robustness_by_mode.get(mode) if mode else evaluation.robustness
    if firm is None or not len(firm.matrix):
        return None
    certain = firm.certainty if isinstance(firm.certainty, RankCertainty) else None
    stated = _stated(evaluation, mode)
    heads = [Head(f"名次（{_POLICY[evaluation.profile.ties]}）")] if stated else []
    heads += [Head("名次"), Head("舍入前可能的名次", words=True)]
    heads += [Head(f"分值{_tolerance(evaluation)}以内的名次", words=True)] if certain else []
    heads += [Head("距分数线", "分"), Head("提示", words=True)]
    order = sorted(range(len(firm.intervals)), key=lambda i: firm.intervals[i].rank)
    rows = tuple(
        Row(
            name := firm.intervals[i].district,
            (*([stated.get(name, "")] if stated else []), *_firm(firm, certain, i)),
            own=name == own,
        )
        for i in order
    )
    table = ReportTable(
        f"{mode}之内名次的稳健性" if mode else "名次的稳健性",
        Head(district_word(evaluation.project), words=True),
        tuple(heads),
        rows,
        peers=bool(own),
    ).with_notes("舍入前可能的名次：所列得分各代表半个末位单位以内的数，由此可能的最好与最差名次。")
    if certain:
        table = table.with_notes(
            f"分值{_tolerance(evaluation)}以内：每项分值在自身的{_tolerance(evaluation)}以内任意取值、合计不变时，"
            "可能的最好与最差名次；不是概率。"
        )
    left = [f"{name}（{kind.label}）" for name, kind in firm.matrix.unscored.items()]
    table = table.with_notes(f"未列入：{'、'.join(left)}。") if left else table
    if stated:
        table = table.with_notes("“名次”一栏及各名次范围按得分更高的个数加 1 计，同分并列、其后顺延。")
    other = unlike(evaluation.ranking, firm.matrix)
    if other:
        more = f"等 {len(other)} 个" if len(other) > _NAMED else ""
        table = table.with_notes(
            f"{'、'.join(other[:_NAMED])}{more}所列总分与各项得分之和不同，本表按各项之和计算，名次可能与排名表不同。"
        )
    if firm.matrix.detailed and firm.matrix.offsets is not None:
        table = table.with_notes("得分按评价规则调整后计算；调整的分数不属于任何指标，不随分值变动。")
    return table


def robustness_table(firm: Robustness) -> ReportTable:
    """How firm a ranking stands, alone, as a cell of a notebook shows it: the ranks that are possible, by rank."""
    certain = firm.certainty if isinstance(firm.certainty, RankCertainty) else None
    heads = [Head("名次"), Head("舍入前可能的名次", words=True)]
    heads += [Head("分值变动后可能的名次", words=True)] if certain else []
    heads += [Head("距分数线", "分"), Head("提示", words=True)]
    order = sorted(range(len(firm.intervals)), key=lambda i: firm.intervals[i].rank)
    rows = tuple(Row(firm.intervals[i].district, _firm(firm, certain, i)) for i in order)
    return ReportTable("名次的稳健性", Head("县区", words=True), tuple(heads), rows)


_POLICY = {"competition": "", "dense": "不空缺", "average": "同分取平均", "consecutive": "连续编号"}
_NAMED = 6


def _stated(evaluation: Evaluation, mode: str) -> dict[str, str]:
    """The ranks by the profile's tie policy, where it is not the one the ranges count by."""
    ranking = evaluation.ranking
    if ranking is None or ranking.ties == "competition":
        return {}
    return {place.district: place.rank_in_mode_text if mode else place.rank_text for place in ranking.places}


def firm_by_mode(evaluation: Evaluation) -> Group | None:
    """How firm the ranks within each mode of evaluation stand; None where the ranking has no several modes."""
    tables = [firm_table(evaluation, mode=mode) for mode in evaluation.robustness_by_mode]
    return Group(tuple(table for table in tables if table)) if any(tables) else None


def _firm(firm: Robustness, certain: RankCertainty | None, i: int) -> tuple[Inline, ...]:
    interval, margin = firm.intervals[i], firm.margins[i]
    cells: list[Inline] = [str(interval.rank), _ranks(interval)]
    if certain:
        place = certain.places[i]
        cells.append(_between(place.best, place.worst))
    cells.append(shown(margin.grade.margin, 2))
    word = "四舍五入可能改变等级" if margin.on_rounding else "临近分数线" if margin.grade.close else ""
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
