"""Synthetic evaluation values: no figure here stands in any source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
from wenxiao.evaluation import (
    DistrictFigure,
    Funds,
    FundsLine,
    Indicator,
    Output,
    Place,
    Ranking,
    Scorecard,
    Verdict,
    grade_of,
    ranks,
)
from wenxiao.evaluation.funds import STAGES, rates_of
from wenxiao.evaluation.monitoring import Monitored, monitoring_of
from wenxiao.evaluation.robustness import Leaf, Robustness, matrix_of_integers, matrix_of_totals, robustness
from wenxiao.evaluation.scorecard import score_rate
from wenxiao.model import (
    Given,
    Measure,
    Missing,
    Named,
    Origin,
    Quantity,
    Table,
    Unit,
    difference,
    mean,
    quotient,
    total,
)
from wenxiao.model.units import POINTS, RATIO, WAN_YUAN
from wenxiao.project import load_profile
from wenxiao.project.project import project_of_frames

PROFILE = load_profile("national")
NOWHERE = Table(
    "districts",
    "合成表",
    Origin("合成.xlsx", "县区", 1, 1, 1, 1),
    np.zeros(0, np.int32),
    np.zeros(0, np.int8),
    (),
    (),
    lambda _row, _column: None,
)
Number = str | None


def given(label: str, number: Number, unit: Unit = POINTS) -> Given:
    """A given value; None is one that was not provided."""
    if number is None:
        return Given(label, Missing.NOT_PROVIDED)
    value = Decimal(number)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Given(label, Quantity(value, unit, max(-exponent, 0)))


def make_monitored(
    names: Sequence[str], months: int = 8, profile: str = "sichuan", most: int = 12
) -> tuple[Monitored, ...]:
    """Projects under monitoring with a budget of 100 each, up to `most` spent in a month; the last lacks two months."""
    rows = []
    for index, name in enumerate(names):
        spent: list[float | None] = [(index * 7 + month * 5) % (most + 1) for month in range(1, months + 1)]
        if index == len(names) - 1 > 0:
            spent[-2:] = [None, None]
        rows.append([name, 100, *spent, sum(each or 0 for each in spent)])
    heads = ["项目名称", "预算数（万元）", *(f"{n}月" for n in range(1, months + 1)), "累计支出（万元）"]
    project = project_of_frames({f"2025年1-{months}月支出进度": pd.DataFrame(rows, columns=heads)})
    return monitoring_of((project,), load_profile(profile))


def make_scorecard(rows: Sequence[tuple[str, Number, Number]]) -> Scorecard:
    """A scorecard of first-level indicators: name, 分值, 得分."""
    indicators = []
    for name, weight_text, score_text in rows:
        weight, score = given(f"{name}分值", weight_text), given(f"{name}得分", score_text)
        lost = Measure(f"lost/{name}", "失分", difference(weight, score), POINTS, subject=name)
        rate = score_rate(name, name, score, weight)
        indicators.append(Indicator(name, 1, (name,), weight, score, None, "", rate, lost))
    scores, weights = total([i.score for i in indicators]), total([i.weight for i in indicators])
    sum_of_scores = Measure("total_score", "综合得分", scores, POINTS)
    return Scorecard(
        tuple(indicators),
        sum_of_scores,
        Measure("total_weight", "分值合计", weights, POINTS),
        score_rate("total", "全项目", Named("综合得分", scores), Named("分值合计", weights)),
        None if sum_of_scores.number is None else grade_of(sum_of_scores.number, PROFILE),
        (),
    )


def make_line(
    source: str, amounts: Mapping[str, Number], group: str = "", *, is_group: bool = False
) -> FundsLine:
    """The amounts of one source."""
    measures = {
        stage: Measure(
            f"{stage}/{source}", STAGES[stage], given(source, number, WAN_YUAN), WAN_YUAN, subject=source
        )
        for stage, number in amounts.items()
    }
    return FundsLine(source, group, measures, rates_of(source, measures, PROFILE), is_group)


def make_funds(
    lines: Sequence[FundsLine], whole: Mapping[str, Number], groups: Sequence[FundsLine] = ()
) -> Funds:
    """Funds of some sources, with the totals as told."""
    return Funds(tuple(whole), tuple(lines), tuple(groups), make_line("全项目", whole), {}, ())


def make_output(item: str, planned: Number, actual: Number, unit: Unit, started: Number = None) -> Output:
    """One output."""
    plan, done = given(f"{item}计划", planned, unit), given(f"{item}实际", actual, unit)
    rate = Measure(f"completion_rate/{item}", "实际完成率", quotient(done, plan), RATIO, 4, item, "实际÷计划")
    return Output(item, plan, done, given(f"{item}开工", started, unit) if started else None, rate)


def make_ranking(scores: Mapping[str, Number], exclude: Sequence[str] = ()) -> Ranking:
    """A ranking of places by their scores."""
    givens = {name: given(name, number) for name, number in scores.items()}
    exact = {
        name: Fraction(each.quantity.value)
        for name, each in givens.items()
        if each.quantity is not None and name not in exclude
    }
    placed = dict(zip(exact, ranks(list(exact.values())), strict=True))
    places = tuple(
        Place(
            name,
            each,
            placed.get(name),
            list(exact.values()).count(exact[name]) > 1 if name in exact else False,
            grade_of(each.quantity.value, PROFILE) if each.quantity else None,
            "",
            "不参与排名" if name in exclude else "",
        )
        for name, each in givens.items()
    )
    counts = tuple(
        (
            b.label,
            sum(p.rank is not None and p.grade is not None and p.grade.label == b.label for p in places),
        )
        for b in PROFILE.grades
    )
    average = Measure("mean_score", "县区平均分", mean([givens[name] for name in exact]), POINTS)
    return Ranking(places, "competition", NOWHERE, average, (), counts)


def make_figure(
    label: str, unit: Unit, values: Mapping[str, Number], places: int = 2, key: str = "figure"
) -> DistrictFigure:
    """One figure for some districts."""
    measures = {
        name: Measure(
            f"{key}/{name}", label, given(f"{name}{label}", number, unit), unit, places, subject=name
        )
        for name, number in values.items()
    }
    return DistrictFigure(key, label, unit, places, measures, None, None, False)


def make_firm(
    names: Sequence[str], leaves: Sequence[tuple[str, int]], rows: Sequence[Sequence[int]]
) -> Robustness:
    """How firm a ranking stands: indicators by path (一级—二级) and 分值, scores in hundredths of a point."""
    tree = [Leaf(tuple(path.split("—")), Fraction(weight)) for path, weight in leaves]
    return robustness(matrix_of_integers(names, tree, np.array(rows).reshape(len(names), -1), 2), PROFILE)


def make_firm_of_totals(scores: Mapping[str, str]) -> Robustness:
    """How firm a ranking stands of which only totals are known."""
    totals = {name: given(name, score).quantity for name, score in scores.items()}
    return robustness(matrix_of_totals(list(scores), {n: q for n, q in totals.items() if q}), PROFILE)


def make_verdict(score: Number, printed: str = "") -> Verdict:
    """A score with its grade."""
    measure = Measure("total_score", "综合得分", given("综合得分", score), POINTS)
    number = measure.number
    return Verdict(measure, None if number is None else grade_of(number, PROFILE), printed, None)


def districts(count: int) -> list[str]:
    """Synthetic names of districts."""
    return [f"合成{index:03}县" for index in range(1, count + 1)]
