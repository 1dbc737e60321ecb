"""The tables that official reports print in a form of their own: scores on their side, by district, by indicator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from wenxiao.display.districts import district_word
from wenxiao.display.inline import Inline, Plain
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation, Indicator, Scorecard
from wenxiao.evaluation.ranking import Place
from wenxiao.evaluation.ranking_scores import district_scores
from wenxiao.evaluation.scoring.rows import paths_of
from wenxiao.model import Given, Measure, Quantity, decimal_text, shown
from wenxiao.model.units import POINTS

SCORE_PLACES = 2
"""Official tables print scores with two decimals throughout: 91.50, not 91.5."""
_ACROSS = 8
"""Beyond so many first-level indicators a table on its side leaves the page."""


def first_level_scores(card: Scorecard | None) -> ReportTable | None:
    """分值, 得分 and 得分率 as rows, the first-level indicators as columns with 合计 last; None without a scorecard.

    Of more than eight indicators each is a row.
    """
    if card is None:
        return None
    weights = _weights([each.weight for each in card.indicators], card.weights)
    figures: list[tuple[str, list[Inline]]] = [
        ("分值", [Plain(each) for each in weights]),
        ("得分", [*(Plain(_scored(each.score)) for each in card.indicators), Plain(_total(card.total))]),
        ("得分率", [*(Plain(each.score_rate) for each in card.indicators), Plain(card.total_rate)]),
    ]
    names = [*(each.name for each in card.indicators), "合计"]
    if len(card.indicators) <= _ACROSS:
        heads = tuple(Head(name) for name in names)
        rows = tuple(Row(label, tuple(cells)) for label, cells in figures)
        table = ReportTable("各指标得分情况", Head("项目", words=True), heads, rows, "分")
    else:
        heads = tuple(Head(label) for label, _ in figures)
        rows = tuple(
            Row(
                name, tuple(cells[i] for _, cells in figures), kind="summary" if name == names[-1] else "data"
            )
            for i, name in enumerate(names)
        )
        table = ReportTable("各指标得分情况", Head("一级指标", words=True), heads, rows, "分")
    return table.with_notes(f"{'、'.join(card.unscored)}没有得分，合计暂不计分。") if card.unscored else table


def scores_by_district(evaluation: Evaluation, own: str = "") -> ReportTable | None:
    """Names, 实际得分 and 备注 in administrative order, without ranks; None where no table gives scores."""
    ranking = evaluation.ranking
    if ranking is None:
        return None
    adjusted = any(place.adjusted for place in ranking.places)
    heads = [Head("实际得分")]
    heads += [Head("调整后得分")] if adjusted else []
    rows = []
    for place in ranking.places:
        cells: list[Inline] = [Plain(_scored(place.score))]
        if adjusted:
            cells.append(Plain(_total(place.adjusted)) if place.adjusted else Plain(_scored(place.score)))
        rows.append(Row(place.district, (*cells, _remark(place)), own=place.district == own))
    word = district_word(evaluation.project)
    return ReportTable(
        f"各{word}综合评价得分情况",
        Head(word, words=True),
        (*heads, Head("备注", words=True)),
        tuple(rows),
        "分",
        peers=bool(own),
    )


def scores_by_indicator(evaluation: Evaluation, own: str = "") -> ReportTable | None:
    """Each district's scores on the first level of the indicators with its total, in administrative order.

    None where only totals are known.
    """
    scores, ranking = district_scores(evaluation), evaluation.ranking
    if scores is None or ranking is None:
        return None
    leaves = scores.matrix.at(1).leaves
    heads = [
        Head(leaf.name, f"{shown(leaf.weight, 0 if leaf.weight.denominator == 1 else SCORE_PLACES)} 分")
        for leaf in leaves
    ]
    rows: list[Row] = []
    for name in scores.matrix.districts:
        place = ranking.place(name)
        figures = [
            Measure(
                f"first_level/{name}/{leaf.name}", "得分", scores.score(name, leaf.path), POINTS, SCORE_PLACES
            )
            for leaf in leaves
        ]
        total: Inline = Plain(_scored(place.score)) if place else ""
        rows.append(Row(name, (*(Plain(each) for each in figures), total), own=name == own))
    word = district_word(evaluation.project)
    return ReportTable(
        f"各{word}各项指标得分情况",
        Head(word, words=True),
        (*heads, Head("合计")),
        tuple(rows),
        "分",
        peers=bool(own),
    )


def indicator_scores(card: Scorecard | None) -> ReportTable | None:
    """The whole tree, a row an indicator of the lowest level, its parents beside it; 评分标准 and 扣分原因 where given.

    None where the tree has one level and no words: the table on its side says it all.
    """
    if card is None or not card.indicators:
        return None
    rules = _rules(card)
    reasons = any(each.reason for each in card.walk())
    if card.depth < 2 and not rules and not reasons:
        return None
    heads = [Head(f"{word}级指标", words=True) for word in "一二三"[1 : card.depth]]
    heads += [Head("分值"), Head("评分标准", words=True)] if rules else [Head("分值")]
    heads += [Head("得分"), Head("得分率")]
    heads += [Head("扣分原因", words=True)] if reasons else []
    rows: list[Row] = []
    for first in card.indicators:
        shown_ones: set[tuple[str, ...]] = set()
        for leaf in (each for each in first.walk() if not each.children):
            parents = [_above(card, leaf.path[:depth], shown_ones) for depth in range(1, leaf.level)]
            names = [*parents, leaf.name, *["—"] * (card.depth - leaf.level)]
            cells: list[Inline] = [Plain(_weighed(leaf.weight))]
            cells += [rules.get(leaf.path, "")] if rules else []
            cells += [Plain(_scored(leaf.score)), Plain(leaf.score_rate)]
            cells += [leaf.reason] if reasons else []
            rows.append(Row(names[0], (*names[1:], *cells)))
    weights = _weights([], card.weights)
    total: list[Inline] = ["" for _ in range(card.depth - 1)]
    total += [Plain(weights[0]), ""] if rules else [Plain(weights[0])]
    total += [Plain(_total(card.total)), Plain(card.total_rate)]
    total += [""] if reasons else []
    rows.append(Row("合计", tuple(total), kind="summary"))
    table = ReportTable("绩效评价指标体系评分", Head("一级指标", words=True), tuple(heads), tuple(rows), "分")
    return table.with_notes("上级指标名称下为其分值和得分。") if card.depth > 1 else table


def _above(card: Scorecard, path: tuple[str, ...], shown_ones: set[tuple[str, ...]]) -> str:
    """A parent with its figures in the first of its rows, nothing in the others."""
    if path in shown_ones:
        return ""
    shown_ones.add(path)
    found = next((each for each in card.walk() if each.path == path), None)
    return path[-1] if found is None else f"{found.name}{_figures(found)}"


def _figures(indicator: Indicator) -> str:
    weight, score = indicator.weight.quantity, indicator.score.quantity
    parts = [f"\n分值 {shown(weight.value, _digits(weight.value))}"] if weight else []
    parts += [f"\n得分 {shown(score.value, max(score.places, SCORE_PLACES))}"] if score else []
    return "".join(parts)


def _remark(place: Place) -> str:
    note = place.note or place.mode
    parts = [note] if note else []
    parts += [place.adjusted.basis] if place.adjusted else []
    if place.absent and place.absent not in note:
        parts.append(place.absent)
    return "；".join(parts)


def _rules(card: Scorecard) -> dict[tuple[str, ...], str]:
    """What the table says of how each indicator is scored."""
    found: dict[tuple[str, ...], str] = {}
    for table in card.tables:
        for record, path in paths_of(table) if table.has("rule") else ():
            if text := table.text(record, "rule"):
                found.setdefault(path, text)
    return found


def _scored(given: Given) -> Given:
    """A score with two decimals at least."""
    return _with_places(given, max(given.quantity.places, SCORE_PLACES)) if given.quantity else given


def _weighed(given: Given) -> Given:
    """A weight with the decimals it needs."""
    return _with_places(given, _digits(given.quantity.value)) if given.quantity else given


def _with_places(given: Given, places: int) -> Given:
    quantity = given.content
    assert isinstance(quantity, Quantity)
    return replace(given, content=replace(quantity, places=places))


def _total(measure: Measure) -> Measure:
    return replace(measure, places=max(measure.places, SCORE_PLACES))


def _weights(parts: list[Given], whole: Measure) -> list[Given | Measure]:
    """Weights and their sum with as many decimals as the finest needs: a table of whole ones shows none."""
    values = [part.quantity.value for part in parts if part.quantity]
    total = [Decimal(decimal_text(whole.number))] if whole.number is not None else []
    places = max((_digits(value) for value in (*values, *total)), default=0)
    fixed: Iterator[Given] = (_with_places(part, places) if part.quantity else part for part in parts)
    return [*fixed, replace(whole, places=places)]


def _digits(value: Decimal) -> int:
    """The decimals a figure needs to be shown whole."""
    return max(-int(value.normalize().as_tuple().exponent), 0)
