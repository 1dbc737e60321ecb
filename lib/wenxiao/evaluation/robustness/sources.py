"""Where a matrix comes from: the scorecards of several districts, a table of scores by district, or a ranking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wenxiao.evaluation.robustness.integers import Integers, fitted, largest, unscaled
from wenxiao.evaluation.robustness.matrix import Leaf, ScoreMatrix
from wenxiao.evaluation.robustness.matrix_making import matrix_of_integers, matrix_of_scores, matrix_of_totals
from wenxiao.model import Column, Missing, Problem, ProjectError, Quantity, Table, decimal_text

if TYPE_CHECKING:
    from wenxiao.evaluation.ranking import Ranking
    from wenxiao.evaluation.scorecard import Indicator, Scorecard
    from wenxiao.evaluation.scorecard_tables import IndicatorTable


def matrix_of_ranking(ranking: Ranking) -> ScoreMatrix:
    """The matrix of a ranking's totals, where scores by indicator are not published.

    Excluded districts are left out, and adjusted scores taken as adjusted.
    """
    totals = {place.district: place.content for place in ranking.places if not place.excluded}
    return matrix_of_totals(list(totals), totals, Fraction(100))


def matrix_of_table(table: Table, leaves: Mapping[str, Leaf]) -> ScoreMatrix:
    """The matrix of a table with one row a district and one column an indicator; `leaves` by the column's header.

    Its column 得分, where it has one, gives the precision its totals are printed with; a district with an unscored leaf is
    left out as 暂不计分. ProjectError with every header that the table does not have.
    """
    columns = {column.label: column for column in table.columns if column.numeric}
    absent = [label for label in leaves if label not in columns]
    if absent:
        raise ProjectError(
            [
                Problem(
                    "表中没有这一指标的得分列",
                    file=table.origin.file,
                    sheet=table.origin.sheet,
                    value=label,
                    rule=f"表中的数字列有 {'、'.join(columns) or '无'}",
                    remedy="核对指标名称与表头",
                )
                for label in absent
            ]
        )
    return matrix_of_columns(table, [columns[label] for label in leaves], list(leaves.values()))


def matrix_of_columns(table: Table, columns: Sequence[Column], leaves: Sequence[Leaf]) -> ScoreMatrix:
    """The matrix of a table's columns, each the scores of one leaf."""
    rows = np.fromiter(table.records(), np.int64)
    known = np.all([column.missing[rows] == 0 for column in columns], axis=0)
    scored = rows[known]
    names = [table.text(int(row), "district") for row in rows]
    fine = np.stack([column.places[scored] for column in columns], axis=1).astype(np.int64)
    arrays = [column.numbers for column in columns if column.numbers is not None]
    # Corrected figures may carry more digits than they are printed with.
    places = max([int(fine.max(initial=0)), *(array.type.scale for array in arrays)])
    scores = np.stack([_integers(array, scored, places) for array in arrays], axis=1)
    total = table.column("score")
    ends = fine.max(axis=1, initial=0)
    if total is not None and total.numbers is not None:
        ends = np.where(total.missing[scored] == 0, total.places[scored], ends)
    return matrix_of_integers(
        [name for name, is_known in zip(names, known, strict=True) if is_known],
        leaves,
        scores,
        places,
        printed=fine,
        total_places=ends,
        unscored={
            name: Missing.UNSCORED for name, is_known in zip(names, known, strict=True) if not is_known
        },
    )


def _integers(numbers: pa.Array, rows: NDArray[np.int64], places: int) -> Integers:
    """The figures of some records in units of the last of so many places."""
    values, factor = unscaled(numbers)[rows], 10 ** (places - numbers.type.scale)
    whole: Integers = fitted(values, largest(values) * factor) * factor
    return whole


def matrix_of(
    ranking: Ranking | None, cards: Mapping[str, Scorecard], indicators: IndicatorTable | None
) -> ScoreMatrix | None:
    """The matrix that says most: of a table of indicators, of the districts' scorecards, else of the totals alone.

    Scores are those that are ranked: points that the profile adds or takes before ranking are in the totals, beside the
    indicators. None without any of them, where a district is listed twice, or where the scorecards are not of one system;
    the audit names both.
    """
    source = source_of(cards, indicators)
    if source is not None:
        detailed = (
            matrix_of_scorecards(source)
            if isinstance(source, Mapping)
            else matrix_of_columns(source.table, source.columns, source.leaves)
        )
        return detailed.adjusted(_adjustments(ranking) if ranking else {})
    if ranking is None or len({place.district for place in ranking.places}) < len(ranking.places):
        return None
    return matrix_of_ranking(ranking)


def unlike(ranking: Ranking | None, matrix: ScoreMatrix) -> tuple[str, ...]:
    """The districts whose ranked score is not what their scores by indicator add up to, in source order.

    Their ranks by indicator may differ from the published ones; the audit names the sums.
    """
    known = {place.district: place.content for place in ranking.places} if ranking else {}
    return tuple(
        name
        for name, total in zip(matrix.districts, matrix.totals, strict=True)
        if isinstance(content := known.get(name), Quantity)
        and Fraction(content.value) != matrix.points(total)
    )


def _adjustments(ranking: Ranking) -> dict[str, Fraction]:
    """The points that were added to each score before ranking."""
    return {
        place.district: place.adjusted.number - Fraction(place.score.quantity.value)
        for place in ranking.places
        if place.adjusted and place.adjusted.number is not None and place.score.quantity
    }


def source_of(
    cards: Mapping[str, Scorecard], indicators: IndicatorTable | None
) -> Mapping[str, Scorecard] | IndicatorTable | None:
    """Where scores by indicator stand: a table of indicators without a district twice, else scorecards of one system."""
    if indicators is not None:
        names = [indicators.table.text(record, "district") for record in indicators.table.records()]
        if len(set(names)) == len(names):
            return indicators
    return cards if cards and not any(differences(cards)) else None


def matrix_of_scorecards(cards: Mapping[str, Scorecard]) -> ScoreMatrix:
    """The matrix of several districts' scorecards, which must have the same indicators with the same 分值.

    The leaves are the deepest indicators that have a 分值. ProjectError with every difference between the cards.
    """
    if not cards:
        raise ProjectError(Problem("没有评分表", remedy="至少提供一个县区的评分表"))
    problems = list(differences(cards))
    if problems:
        raise ProjectError(problems)
    rows = by_path(cards)
    shape = next(iter(rows.values()))
    leaves = [Leaf(path, _weight(each)) for path, each in shape.items()]
    scores = {name: [row[leaf.path].score.content for leaf in leaves] for name, row in rows.items()}
    totals = {name: card.printed_total.quantity for name, card in cards.items() if card.printed_total}
    places = {name: total.places for name, total in totals.items() if total}
    return matrix_of_scores(list(cards), leaves, scores, places)


def differences(cards: Mapping[str, Scorecard]) -> Iterator[Problem]:
    """Every way in which the scorecards are not of one system of indicators."""
    rows = by_path(cards)
    first, shape = next(iter(rows.items()))
    for name, row in rows.items():
        yield from _differences(first, shape, name, row)


def by_path(cards: Mapping[str, Scorecard]) -> dict[str, dict[tuple[str, ...], Indicator]]:
    """The deepest indicators with 分值 of each district's scorecard, by their paths."""
    return {name: {each.path: each for each in _leaves(card.indicators)} for name, card in cards.items()}


def _leaves(indicators: Sequence[Indicator]) -> Iterator[Indicator]:
    for each in indicators:
        deeper = each.children and all(child.weight.quantity for child in each.children)
        if deeper:
            yield from _leaves(each.children)
        elif each.weight.quantity:
            yield each


def _weight(indicator: Indicator) -> Fraction:
    quantity = indicator.weight.quantity
    return Fraction(quantity.value) if quantity else Fraction(0)


def _differences(
    first: str,
    shape: Mapping[tuple[str, ...], Indicator],
    name: str,
    row: Mapping[tuple[str, ...], Indicator],
) -> Iterator[Problem]:
    rule = f"与{first}的评分表一致"
    remedy = "统一各县区的指标体系后再比较"
    for path, each in shape.items():
        label = "—".join(path)
        if path not in row:
            yield Problem(f"{name}的评分表缺少指标“{label}”", rule=rule, remedy=remedy)
        elif _weight(row[path]) != _weight(each):
            yield Problem(
                f"{name}的“{label}”分值不同",
                value=decimal_text(_weight(row[path])),
                rule=f"{first}为 {decimal_text(_weight(each))}",
                remedy=remedy,
            )
    for path in row:
        if path not in shape:
            yield Problem(f"{name}的评分表多出指标“{'—'.join(path)}”", rule=rule, remedy=remedy)
