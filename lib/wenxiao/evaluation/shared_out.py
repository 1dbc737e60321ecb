"""A project's money shared out on trial (资金分配测算) among its districts, by a scheme that its profile holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from wenxiao.evaluation.allocation import allocate
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.fields.wording import plain
from wenxiao.model import Constant, Expression, Given, Problem, ProfileError, ProjectError, Quantity
from wenxiao.model.errors import nearest
from wenxiao.model.units import WAN_YUAN
from wenxiao.project.allocation_scheme import Scheme

PERFORMANCE = "performance"
"""The factor that is the district's score in the ranking, after the profile's adjustments, unless the scheme gives it."""


def shared_out(evaluation: Evaluation, scheme: str = "") -> Evaluation:
    """The evaluation with its `allocation`, by the scheme named, else the profile's own; as it was where neither is named.

    Each factor is the districts' figure of that field, else the column that bears the factor's name; 绩效评价结果 is the
    score. Raises ProfileError for a scheme the profile does not have or that names no amount, ProjectError for a place in it
    that no table lists.
    """
    name = scheme or evaluation.profile.scheme
    if not name:
        return evaluation
    rule = scheme_named(evaluation, name)
    allocation = allocate(
        _amount(rule, name), rule, evaluation.project.districts, _figures(evaluation, rule), name
    )
    return replace(evaluation, allocation=allocation)


def scheme_named(evaluation: Evaluation, name: str) -> Scheme:
    """The scheme of a name in the evaluation's profile; ProfileError with the nearest name where there is none."""
    known = evaluation.profile.allocation
    if name in known:
        return known[name]
    like = nearest(name, known)
    raise ProfileError(
        Problem(
            "评价规则中没有这套资金分配办法",
            value=name,
            rule=f"可用的有 {'、'.join(known) or '无'}",
            remedy=f"是否为“{like}”" if like else "在评价规则的 allocation 中写明",
        )
    )


def _amount(scheme: Scheme, name: str) -> Given:
    if scheme.amount is None:
        raise ProfileError(
            Problem(
                "资金分配办法没有写明分配总额",
                value=name,
                rule="测算须有总额，单位万元",
                remedy=f"在评价规则的 allocation.{name} 中写 amount",
            )
        )
    places = max(0, -int(scheme.amount.as_tuple().exponent))
    return Given("分配总额", Quantity(scheme.amount, WAN_YUAN, places, exact=True), None, str(scheme.amount))


def _figures(evaluation: Evaluation, scheme: Scheme) -> Mapping[str, Mapping[str, Expression]]:
    """What each district is shared out by: what the scheme gives, else the tables' figure, else the score."""
    districts = evaluation.project.districts
    _check_places(scheme, districts)
    return {
        place: {
            key: figure
            for key, label in scheme.keys.items()
            if (figure := _figure(evaluation, scheme, place, key, label)) is not None
        }
        for place in districts
    }


def _figure(evaluation: Evaluation, scheme: Scheme, place: str, key: str, label: str) -> Expression | None:
    said = scheme.values.get(key, {}).get(place)
    if said is not None:
        return Constant(Fraction(Decimal(said)), f"{place}{label}")
    for figure in evaluation.district_figures:
        if figure.key == key or plain(figure.label) == plain(label):
            return figure.values[place].expression
    if key == PERFORMANCE and evaluation.ranking is not None:
        found = evaluation.ranking.place(place)
        return found.ranked_score if found else None
    return None


def _check_places(scheme: Scheme, districts: tuple[str, ...]) -> None:
    """Places for which the scheme gives figures and that no table lists, each with the nearest name."""
    problems = []
    for key, values in scheme.values.items():
        for place in values:
            if place not in districts:
                like = nearest(place, districts)
                problems.append(
                    Problem(
                        f"资金分配办法给出{scheme.keys[key]}的地区不在表中",
                        value=place,
                        rule=f"表中有 {'、'.join(districts[:20]) or '无'}",
                        remedy=f"是否为“{like}”" if like else "改正名称",
                    )
                )
    if problems:
        raise ProjectError(problems)
