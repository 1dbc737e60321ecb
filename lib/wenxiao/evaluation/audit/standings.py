"""Ranks and grades as a table of districts prints them, against its scores."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.district_score import NOT_RANKED
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.grade import grade_of
from wenxiao.evaluation.ranking import Place, rank_number, ranks
from wenxiao.evaluation.robustness import matrix_of_totals, rank_intervals
from wenxiao.model import CellRef, Column, Finding, Missing, Quantity, Severity
from wenxiao.project.profile import Profile

_POLICIES = ("competition", "dense", "average", "consecutive")


def _grades(evaluation: Evaluation) -> Iterator[Finding]:
    """Printed grades that no score behind the printed one has under the profile; a grade nobody knows, once a word."""
    column = _column(evaluation, "printed_grade")
    if column is None or evaluation.ranking is None:
        return
    table, profile = evaluation.ranking.table, evaluation.profile
    unknown: dict[str, list[CellRef]] = {}
    for record, place in _places(evaluation):
        word, quantity = column.text(record), place.score.quantity
        if not word or quantity is None:
            continue
        band, cell = profile.band(word), table.cell(record, column)
        if band is None:
            unknown.setdefault(word, []).append(cell)
        elif band.label not in _possible(place, quantity, profile):
            label = grade_of(quantity.value, profile).label
            yield Finding(
                "district-grade-differs",
                Severity.ERROR,
                f"{place.district}等级",
                f"{table.name}中{place.district}得分 {quantity.text}，按{profile.title}应为“{label}”，列为“{word}”。",
                printed=word,
                recomputed=label,
                cells=(cell, *cells_of(place.score)),
                remedy="核对得分与等级",
            )
    known = "、".join(band.label for band in profile.grades)
    for word, cells in unknown.items():
        yield Finding(
            "district-grade-unknown",
            Severity.ERROR,
            f"{table.name}等级",
            f"{table.name}中的等级“{word}”（{len(cells)} 处）不是{profile.title}的等级（{known}）。",
            printed=word,
            recomputed=known,
            cells=tuple(cells),
            remedy="改用规定的等级名称，或换用相应的评价规则",
        )


def _possible(place: Place, quantity: Quantity, profile: Profile) -> set[str]:
    """The grades of all scores behind the printed one, as published or as adjusted before ranking."""
    low = quantity.interval.low
    scores = [Fraction(quantity.value), *([low] if low is not None else [])]
    labels = {grade_of(score, profile).label for score in scores}
    return labels | ({place.grade.label} if place.grade else set())


def _ranks(evaluation: Evaluation) -> Iterator[Finding]:
    """Printed ranks that the printed scores do not give, by the way of counting ties that fits most of them.

    A rank that the digits behind the printed ones could give is no difference.
    """
    column = _column(evaluation, "rank")
    if column is None or column.numbers is None or evaluation.ranking is None:
        return
    table = evaluation.ranking.table
    rows: list[tuple[int, Place, Quantity, Fraction]] = []
    for record, place in _places(evaluation):
        content, number = place.content, column.number(record)
        if isinstance(content, Quantity) and number is not None and not place.excluded:
            rows.append((record, place, content, Fraction(number)))
    names = [place.district for _, place, _, _ in rows]
    others = any(
        place.rank is not None and place.district not in names for place in evaluation.ranking.places
    )
    if len(rows) < 2 or len(set(names)) < len(names) or others:
        return
    scores = [Fraction(content.value) for _, _, content, _ in rows]
    stated = [printed for *_, printed in rows]
    by_policy = {policy: ranks(scores, policy) for policy in _POLICIES}
    fits = {p: sum(a == b for a, b in zip(stated, own, strict=True)) for p, own in by_policy.items()}
    order = (evaluation.ranking.ties, *_POLICIES)
    best = max(order, key=lambda policy: (fits[policy], -order.index(policy)))
    contents: dict[str, Quantity | Missing] = {place.district: content for _, place, content, _ in rows}
    intervals = rank_intervals(matrix_of_totals(names, contents))
    for (record, place, content, printed), own, interval in zip(
        rows, by_policy[best], intervals, strict=True
    ):
        shift = own - interval.rank
        if own == printed or interval.best + shift <= printed <= interval.worst + shift:
            continue
        yield Finding(
            "rank-differs",
            Severity.ERROR,
            f"{place.district}名次",
            f"{table.name}中{place.district}得分 {content.text}，按得分应排第 {rank_number(own)}，"
            f"列为第 {rank_number(printed)}。",
            printed=rank_number(printed),
            recomputed=rank_number(own),
            cells=(table.cell(record, column), *cells_of(place.ranked_score)),
            remedy="按得分重排名次；不按得分排名的，说明依据",
        )


def _years(evaluation: Evaluation) -> Iterator[Finding]:
    """Which year is ranked, where scores of several are given."""
    ranking = evaluation.ranking
    if ranking is None or not ranking.years:
        return
    others = [year for year in ranking.years if year != ranking.year]
    asked = evaluation.profile.ranking_year
    cells = tuple(cell for place in ranking.places[:12] if (cell := place.score.cell) is not None)
    if asked is not None and str(asked) != ranking.year:
        yield Finding(
            "ranking-year-unknown",
            Severity.WARNING,
            "排名年度",
            f"评价规则要求按 {asked} 年得分排名，表中只有 {'、'.join(ranking.years)} 年的得分，现按 {ranking.year} 年排名。",
            printed=str(asked),
            recomputed=ranking.year,
            cells=cells,
            remedy="改正评价规则中的 ranking_year，或补充该年度得分",
        )
    yield Finding(
        "ranking-year",
        Severity.HINT,
        "排名年度",
        f"表中有 {'、'.join(ranking.years)} 年的得分，名次和平均分按 {ranking.year} 年得分计。",
        cells=cells,
        remedy=f"要按其他年度排名的，在评价规则中写 ranking_year: {others[-1]}",
    )


def _unscored(evaluation: Evaluation) -> Iterator[Finding]:
    """Totals printed over indicators of which one has no score."""
    found = evaluation.indicators
    column = found.table.column("score") if found else None
    if found is None or column is None or column.numbers is None:
        return
    for record in found.table.records():
        without = [
            (leaf.path[-1], found.table.cell(record, each))
            for leaf, each in zip(found.leaves, found.columns, strict=True)
            if each.number(record) is None
        ]
        printed = found.table.given_in(record, column)
        if not without or printed.quantity is None:
            continue
        name = found.table.text(record, "district")
        labels = "、".join(label for label, _ in without[:4])
        yield Finding(
            "district-unscored",
            Severity.WARNING,
            f"{name}得分",
            f"{name}的{labels}等 {len(without)} 项没有得分，得分却列为 {printed.text}，暂不计分，不参加排名。",
            printed=printed.text,
            recomputed=f"缺 {len(without)} 项",
            cells=(*cells_of(printed), *(cell for _, cell in without)),
            remedy="补填该项得分；不参评的指标，注明得分如何折算",
        )


def _absent(evaluation: Evaluation) -> Iterator[Finding]:
    """Districts that take no part by a remark and have their rank printed all the same."""
    column = _column(evaluation, "rank")
    if column is None or column.numbers is None or evaluation.ranking is None:
        return
    table = evaluation.ranking.table
    for record, place in _places(evaluation):
        if place.absent == NOT_RANKED and column.number(record) is not None:
            given = table.given_in(record, column)
            yield Finding(
                "rank-of-absent",
                Severity.WARNING,
                f"{place.district}名次",
                f"{place.district}不参与排名，{table.name}中名次却列为 {given.text}。",
                printed=given.text,
                recomputed=place.absent,
                cells=cells_of(given),
                remedy="核实是否参与排名，统一备注、评价规则与名次",
            )


def _column(evaluation: Evaluation, key: str) -> Column | None:
    return evaluation.ranking.table.column(key) if evaluation.ranking else None


def _places(evaluation: Evaluation) -> Iterator[tuple[int, Place]]:
    """The ranking's places with their records in its table."""
    ranking = evaluation.ranking
    if ranking is not None:
        yield from zip(ranking.table.records(), ranking.places, strict=True)


CHECKS = (
    Check(
        "rank-differs",
        "名次与得分",
        "表中所列名次与得分的先后相符；同分的各种排法、舍入前可能的名次都不算不符",
        find=_ranks,
    ),
    Check(
        "ranking-year",
        "排名年度",
        "得分有几个年度的，说明按哪一年排名",
        find=_years,
        also=("ranking-year-unknown",),
    ),
    Check("district-unscored", "县区缺项得分", "印有得分的县区，各项指标都有得分", find=_unscored),
    Check("rank-of-absent", "不参与排名的名次", "不参与排名的县区没有名次", find=_absent),
    Check(
        "district-grade-differs",
        "县区等级与得分",
        "表中所列各县区等级与其得分相符；舍入前可能的等级不算不符",
        find=_grades,
        also=("district-grade-unknown",),
    ),
)
