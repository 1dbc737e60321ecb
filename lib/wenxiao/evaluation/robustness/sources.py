"""Where a matrix comes from: the scorecards of several districts, a table of scores by district, or a ranking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from wenxiao.evaluation.ranking import Ranking
from wenxiao.evaluation.robustness.matrix import Leaf, ScoreMatrix, matrix_of_scores, matrix_of_totals
from wenxiao.evaluation.scorecard import Indicator, Scorecard
from wenxiao.model import Exact, Problem, ProjectError, Table, decimal_text


def matrix_of_ranking(ranking: Ranking, full: Exact = Fraction(100)) -> ScoreMatrix:
    """The matrix of a ranking's totals, where scores by indicator are not published.

    Excluded districts are left out, and adjusted scores taken as adjusted.
    """
    totals = {place.district: place.content for place in ranking.places if not place.excluded}
    return matrix_of_totals(list(totals), totals, full)


def matrix_of_table(table: Table, leaves: Mapping[str, Leaf]) -> ScoreMatrix:
    """The matrix of a table with one row a district and one column an indicator; `leaves` by the column's header.

    Its column 得分, where it has one, gives the precision its totals are printed with.
    ProjectError with every header that the table does not have.
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
    records = {table.text(record, "district"): record for record in table.records()}
    scores = {
        name: [table.given_in(record, columns[label]).content for label in leaves]
        for name, record in records.items()
    }
    printed = {name: table.given(record, "score").quantity for name, record in records.items()}
    places = {name: total.places for name, total in printed.items() if total}
    return matrix_of_scores(list(records), list(leaves.values()), scores, places)


def matrix_of_scorecards(cards: Mapping[str, Scorecard]) -> ScoreMatrix:
    """The matrix of several districts' scorecards, which must have the same indicators with the same 分值.

    The leaves are the deepest indicators that have a 分值. ProjectError with every difference between the cards.
    """
    if not cards:
        raise ProjectError(Problem("没有评分表", remedy="至少提供一个县区的评分表"))
    rows = {name: {each.path: each for each in _leaves(card.indicators)} for name, card in cards.items()}
    first, shape = next(iter(rows.items()))
    leaves = [Leaf(path, _weight(each)) for path, each in shape.items()]
    problems = [problem for name, row in rows.items() for problem in _differences(first, shape, name, row)]
    if problems:
        raise ProjectError(problems)
    scores = {name: [row[leaf.path].score.content for leaf in leaves] for name, row in rows.items()}
    totals = {name: card.printed_total.quantity for name, card in cards.items() if card.printed_total}
    places = {name: total.places for name, total in totals.items() if total}
    return matrix_of_scores(list(cards), leaves, scores, places)


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
