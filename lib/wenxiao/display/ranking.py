"""The ranking of districts (县区排名): by rank, in the published order, by mode of evaluation, and in words."""

from __future__ import annotations

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.inline import GradeWord, Inline, Plain, Quiet, listed, phrase
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Place, Ranking

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
    notes = any(place.note for place in ranking.places)
    heads = (Head("名次"), Head("得分"), *_heads(notes))
    rows = tuple(_row(place, notes, own) for place in ranking.ranked)
    table = ReportTable("各县区得分名次（按名次）", Head("县区", words=True), heads, rows, peers=bool(own))
    return table.with_notes(f"{_TIES[ranking.ties]}；名次按未取整的得分确定。")


def published_table(ranking: Ranking | None, own: str = "") -> ReportTable | None:
    """The districts in the order they were published in, with 备注; None where there is no ranking."""
    if ranking is None:
        return None
    notes = any(place.note for place in ranking.places)
    heads = (Head("得分"), Head("名次"), *_heads(notes))
    rows = tuple(
        Row(
            place.district,
            (Plain(place.score), place.rank_text, *_ends(place, notes)),
            own=place.district == own,
        )
        for place in ranking.places
    )
    return ReportTable("各县区得分名次（按原表次序）", Head("县区", words=True), heads, rows, peers=bool(own))


def means_table(ranking: Ranking | None) -> ReportTable | None:
    """The plain mean of the scores, over all and by mode of evaluation; None without a ranking."""
    if ranking is None or ranking.mean.number is None:
        return None
    rows = [Row(_mode(each.subject), (each.basis, Plain(each))) for each in ranking.means_by_mode]
    rows.append(Row("全部县区", (ranking.mean.basis, Plain(ranking.mean)), kind="summary"))
    heads = (Head("口径", words=True), Head("平均分"))
    return ReportTable("县区平均分", Head("评价方式", words=True), heads, tuple(rows), "分")


def ranking_words(ranking: Ranking | None) -> Paragraph | None:
    """First and last, ties, grades and the mean in words; None without a ranking."""
    ranked = [place for place in ranking.ranked if place.rank is not None] if ranking else []
    if ranking is None or not ranked:
        return None
    first, last = ranked[0], ranked[-1]
    parts: list[Inline] = [f"{len(ranked)} 个县区参与排名，", first.district, "最高（", first.score, "）"]
    if last is not first:
        parts += ["，", last.district, "最低（", last.score, "）"]
    ties = _ties(ranking)
    if ties:
        parts += ["；", "，".join(ties)]
    counts = [phrase("“", GradeWord(label), f"”{count} 个") for label, count in ranking.grade_counts if count]
    if counts:
        parts += ["；等级为", listed(counts)]
    parts += ["；平均分 ", ranking.mean, Quiet(f"（{ranking.mean.basis}）")]
    for i, mean in enumerate(ranking.means_by_mode):
        parts += ["、" if i else "，其中", f"{_mode(mean.subject)} ", mean, Quiet(f"（{mean.basis}）")]
    return sentence(*parts, "。")


def _ties(ranking: Ranking) -> list[str]:
    groups: dict[object, list[Place]] = {}
    for place in ranking.places:
        if place.tied and place.rank is not None:
            groups.setdefault(place.rank, []).append(place)
    tied = sorted((g for g in groups.values() if len(g) > 1), key=lambda group: group[0].rank or 0)
    return [f"{'、'.join(place.district for place in group)}并列第 {group[0].rank}" for group in tied]


def _row(place: Place, notes: bool, own: str) -> Row:
    return Row(
        place.district,
        (place.rank_text, Plain(place.score), *_ends(place, notes)),
        own=place.district == own,
    )


def _heads(notes: bool) -> tuple[Head, ...]:
    names = ("等级", "备注") if notes else ("等级",)
    return tuple(Head(name, words=True) for name in names)


def _ends(place: Place, notes: bool) -> tuple[Inline, ...]:
    grade: Inline = GradeWord(place.grade.label) if place.grade else ""
    return (grade, place.note) if notes else (grade,)


def _mode(subject: str) -> str:
    return subject or "全部县区"
