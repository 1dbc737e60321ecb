"""Districts (县区、镇街) side by side, and one district among its peers, in tables and in words."""

from __future__ import annotations

from collections.abc import Sequence

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.inline import GradeWord, Inline, Plain, Quiet, listed, phrase
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import DistrictFigure, DistrictView, Evaluation, Position
from wenxiao.evaluation.district_figure import neighbours, said
from wenxiao.fields.places import word_for
from wenxiao.model import Unit, shown
from wenxiao.model.units import RATIO
from wenxiao.project import Project


def districts_table(evaluation: Evaluation, own: str = "") -> ReportTable | None:
    """Every figure by district in administrative order with its sum; None where only scores are given, or nothing.

    `own` marks the reader's district; of many it stands among its neighbours and the first and last.
    """
    figures = [each for each in evaluation.district_figures if each.key != "score"]
    if not figures:
        return None
    names = evaluation.project.districts
    shown_ones = neighbours(len(names), names.index(own) if own in names else None)
    rows = [
        Row(names[i], tuple(_cell(figure, names[i]) for figure in figures), own=names[i] == own)
        for i in shown_ones
    ]
    if any(figure.sum for figure in figures):
        sums: tuple[Inline, ...] = tuple(Plain(f.sum) if f.sum else _printed(f) for f in figures)
        rows.append(Row("合计", sums, kind="summary"))
    heads = tuple(Head(figure.label, _symbol(figure.unit)) for figure in figures)
    word = district_word(evaluation.project)
    table = ReportTable(f"各{word}情况", Head(word, words=True), heads, tuple(rows), peers=bool(own))
    if len(shown_ones) < len(names):
        table = table.with_notes(said(len(names), word))
    for basis, labels in partial_sums(figures).items():
        table = table.with_notes(f"{'、'.join(labels)}的合计为{basis}。")
    merged = [figure.label for figure in figures if figure.shared]
    if merged:
        table = table.with_notes(f"{'、'.join(merged)}为合并填列的一个数，不分摊到各地。")
    return table


def district_word(project: Project) -> str:
    """What the places of a project are called together, everywhere in its reports."""
    return word_for(project.districts)


def districts_words(evaluation: Evaluation) -> Paragraph | None:
    """The sums over all districts in words, or over those that reported; None where there are none."""
    sums = [figure for figure in evaluation.district_figures if figure.sum and figure.summable]
    if not sums:
        return None
    count, word = len(evaluation.project.districts), district_word(evaluation.project)
    parts = [phrase(figure.label, " ", figure.sum or "") for figure in sums]
    partial = partial_sums(sums)
    partly = "；".join(f"{'、'.join(labels)}为{basis}" for basis, labels in partial.items())
    if len(partial) == 1 and len(*partial.values()) == len(sums):
        reported, _, absent = next(iter(partial)).partition("之和")
        return sentence(f"{reported}合计", listed(parts), absent, "。")
    return sentence(f"{count} 个{word}合计", listed(parts), f"（{partly}）" if partly else "", "。")


def partial_sums(figures: Sequence[DistrictFigure]) -> dict[str, list[str]]:
    """The sums that lack a district, by what they say of it."""
    found: dict[str, list[str]] = {}
    for figure in figures:
        if figure.sum and any(each.number is None for each in figure.values.values()):
            found.setdefault(figure.sum.basis, []).append(figure.label)
    return found


def position_table(view: DistrictView) -> ReportTable | None:
    """Each figure of a district with its place among its peers, largest first; None where only its score is known."""
    known = _known(view)
    if not known:
        return None
    rows = tuple(Row(each.figure.label, _position(each)) for each in known)
    word = district_word(view.evaluation.project)
    heads = (Head("单位", words=True), Head("本地区"), Head("名次"), Head(f"参加比较的{word}", "个"))
    table = ReportTable(f"{view.district}在各{word}中的位置", Head("事项", words=True), heads, rows)
    return table.with_notes("名次按数值由大到小排列，只说明位置，不作评价。")


def place_words(view: DistrictView) -> Paragraph | None:
    """A district's score, grade, place and distance to the mean; None where it has no score."""
    place, ranking = view.place, view.evaluation.ranking
    if place is None or ranking is None or place.score.quantity is None:
        return None
    year = f" {ranking.year} 年" if ranking.year else ""
    parts: list[Inline] = [view.district, f"{year}得分 ", place.score]
    if place.adjusted:
        parts += ["，按评价规则调整后 ", place.adjusted, f"（{place.adjusted.basis}）"]
    if place.grade:
        parts += ["，等级为“", GradeWord(place.grade.label), "”"]
    if place.rank is None:
        parts += [f"，{place.rank_text}"]
    else:
        ranked = sum(each.rank is not None for each in ranking.places)
        parts += [f"，在 {ranked} 个{district_word(view.evaluation.project)}中列第 {place.rank_text}"]
    gap = view.gap_to_mean
    if gap is not None and gap.number is not None:
        side = "高于" if gap.number > 0 else "低于" if gap.number < 0 else "等于"
        parts += [f"，{side}平均分 ", ranking.mean]
        if gap.number:
            parts += [f" {shown(abs(gap.number), 2)} 分"]
    if place.note:
        parts += [f"（{place.note}）"]
    return sentence(*parts, "。")


def position_words(view: DistrictView, most: int | None = None) -> Paragraph | None:
    """What a district has and where it stands with it, the first `most` or all; None without figures beyond the score."""
    known = _known(view)[:most]
    if not known:
        return None
    word = district_word(view.evaluation.project)
    parts = [phrase(each.figure.label, " ", each.value, _place_of(each, word)) for each in known]
    return sentence(view.district, listed(parts, "，"), "。")


def _known(view: DistrictView) -> list[Position]:
    """The figures beyond the score that a district has for itself, not shared in a merged cell."""
    return [
        each
        for each in view.positions
        if each.value.number is not None and each.figure.key != "score" and not each.figure.shared
    ]


def _place_of(position: Position, word: str) -> str:
    """The place in brackets; of two with the same value neither is the first alone."""
    if position.rank is None or position.of <= 1:
        return ""
    return f"（{position.of} 个{word}中第 {position.rank}{'，并列' if position.tied else ''}）"


def _position(position: Position) -> tuple[Inline, ...]:
    unit = _symbol(position.figure.unit) or "%"
    return (unit, Plain(position.value), position.rank_text, str(position.of))


def _symbol(unit: Unit) -> str:
    return "" if unit.dimension == RATIO.dimension else unit.symbol


def _cell(figure: DistrictFigure, name: str) -> Inline:
    """The value of a district; one that stands in a cell merged over several says so."""
    value = figure.values[name]
    if value.number is not None and figure.shared:
        return phrase(Quiet("合并填列 "), Plain(value))
    return Plain(value)


def _printed(figure: DistrictFigure) -> Inline:
    printed = figure.printed_total
    return Plain(printed) if printed is not None and printed.quantity and figure.shared else ""
