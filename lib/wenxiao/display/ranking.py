"""The ranking of districts (县区排名): by rank, in the published order, by mode of evaluation, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.inline import GradeWord, Inline, Plain, Quiet, listed, phrase
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Place, Ranking
from wenxiao.evaluation.district_figure import neighbours, said
from wenxiao.evaluation.ranking import rank_number
from wenxiao.fields.places import word_for

_TIES = {
    "competition": "得分相同的名次并列，其后名次顺延",
    "dense": "得分相同的名次并列，其后名次不空缺",
    "average": "得分相同的取平均名次",
    "consecutive": "得分相同的按原表先后依次排列",
}


def ranked_table(ranking: Ranking | None, own: str = "") -> ReportTable | None:
    """The districts by rank; None where no table gives scores by district. `own` marks the reader's."""
    if ranking is None:
        return None
    columns = _columns(ranking)
    heads = (Head("名次"), *columns.heads)
    word = _word(ranking)
    rows, cut = _rows(ranking.ranked, columns, own, word)
    table = ReportTable(
        f"各{word}得分名次（按名次）", Head(word, words=True), heads, rows, peers=bool(own)
    ).with_notes(f"{_TIES[ranking.ties]}；名次按未经四舍五入的得分确定。{cut}")
    changes = [f"{place.district}{place.adjusted.basis}" for place in ranking.places if place.adjusted]
    return table.with_notes(f"按评价规则调整：{'；'.join(changes)}。") if changes else table


def published_table(ranking: Ranking | None, own: str = "") -> ReportTable | None:
    """The districts in the order they were published in, with 备注; None where there is no ranking."""
    if ranking is None:
        return None
    columns = _columns(ranking)
    heads = (Head("名次"), *columns.heads)
    word = _word(ranking)
    rows, cut = _rows(ranking.places, columns, own, word)
    title = f"各{word}得分名次（按原表次序）"
    table = ReportTable(title, Head(word, words=True), heads, rows, peers=bool(own))
    return table.with_notes(cut) if cut else table


def _rows(places: Sequence[Place], columns: _Columns, own: str, word: str) -> tuple[tuple[Row, ...], str]:
    """The rows of the places, of many only those about the reader's own, and what is left out in words."""
    at = next((i for i, place in enumerate(places) if place.district == own), None)
    chosen = neighbours(len(places), at)
    rows = tuple(
        Row(places[i].district, (places[i].rank_text, *columns.cells(places[i])), own=i == at) for i in chosen
    )
    return rows, said(len(places), word) if len(chosen) < len(places) else ""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns a ranking needs beside the rank: only those that say something."""

    adjusted: bool
    modes: bool
    notes: bool

    @property
    def heads(self) -> tuple[Head, ...]:
        heads = [Head("得分")]
        heads += [Head("调整后得分")] if self.adjusted else []
        heads += [Head("同类名次")] if self.modes else []
        heads.append(Head("等级", words=True))
        return (*heads, Head("备注", words=True)) if self.notes else tuple(heads)

    def cells(self, place: Place) -> tuple[Inline, ...]:
        cells: list[Inline] = [Plain(place.score)]
        if self.adjusted:
            cells.append(Plain(place.adjusted) if place.adjusted else "")
        if self.modes:
            cells.append(place.rank_in_mode_text)
        cells.append(GradeWord(place.grade.label) if place.grade else "")
        return (*cells, place.note) if self.notes else tuple(cells)


def _columns(ranking: Ranking) -> _Columns:
    places = ranking.places
    return _Columns(
        adjusted=any(place.adjusted for place in places),
        modes=len(ranking.modes) > 1,
        notes=any(place.note for place in places),
    )


def means_table(ranking: Ranking | None) -> ReportTable | None:
    """The plain mean of the scores, over all and by mode of evaluation; None without a ranking."""
    if ranking is None or ranking.mean.number is None:
        return None
    word = _word(ranking)
    rows = [Row(_mode(each.subject, word), (each.basis, Plain(each))) for each in ranking.means_by_mode]
    if ranking.weighted_mean is not None:
        weighted = ranking.weighted_mean
        rows.append(Row(f"全部{word}", (weighted.basis, Plain(weighted))))
    rows.append(Row(f"全部{word}", (ranking.mean.basis, Plain(ranking.mean)), kind="summary"))
    heads = (Head("口径", words=True), Head("平均分"))
    return ReportTable(f"{word}平均分", Head("评价方式", words=True), heads, tuple(rows), "分")


def ranking_words(ranking: Ranking | None) -> Paragraph | None:
    """First and last, ties, grades and the mean in words; None without a ranking."""
    ranked = [place for place in ranking.ranked if place.rank is not None] if ranking else []
    if ranking is None or not ranked:
        return None
    first, last, word = ranked[0], ranked[-1], _word(ranking)
    parts: list[Inline] = [
        f"按 {ranking.year} 年得分，" if ranking.year else "",
        f"{len(ranked)} 个{word}参与排名，",
        first.district,
        "最高（",
        _counts(first),
        "）",
    ]
    if last is not first:
        parts += ["，", last.district, "最低（", _counts(last), "）"]
    ties = _ties(ranking)
    if ties:
        parts += ["；", "，".join(ties)]
    counts = [phrase("“", GradeWord(label), f"”{count} 个") for label, count in ranking.grade_counts if count]
    if counts:
        parts += ["；等级为", listed(counts)]
    parts += ["；平均分 ", ranking.mean, Quiet(f"（{ranking.mean.basis}）")]
    for i, mean in enumerate(ranking.means_by_mode):
        parts += ["、" if i else "，其中", f"{_mode(mean.subject, word)} ", mean, Quiet(f"（{mean.basis}）")]
    return sentence(*parts, "。")


def _counts(place: Place) -> Inline:
    """The score that counts: as adjusted before ranking, else as published."""
    return place.adjusted or place.score


def _ties(ranking: Ranking) -> list[str]:
    groups: dict[object, list[Place]] = {}
    for place in ranking.places:
        if place.tied and place.rank is not None:
            groups.setdefault(place.rank, []).append(place)
    tied = sorted((g for g in groups.values() if len(g) > 1), key=lambda group: group[0].rank or 0)
    return [f"{'、'.join(place.district for place in group)}并列第 {_number(group[0])}" for group in tied]


def _number(place: Place) -> str:
    return "" if place.rank is None else rank_number(place.rank)


def _word(ranking: Ranking) -> str:
    return word_for(place.district for place in ranking.places)


def _mode(subject: str, word: str) -> str:
    return subject or f"全部{word}"
