"""Sharing money out by factors and results (结果应用): exact shares as trees, then amounts that sum to the total; 测算.

A place's share of a part is Σ weight × (value × coefficient) ÷ Σ(value × coefficient). Sources: 财综〔2019〕31号 第八条,
财综〔2024〕15号, or a city's own rules, all as data in a profile (`wenxiao.project.allocation_scheme`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wenxiao.model import (
    Constant,
    Expression,
    Given,
    Measure,
    Missing,
    Named,
    Problem,
    ProfileError,
    ProjectError,
    Standing,
    decimal_text,
    product,
    quotient,
    total,
    value_of,
)
from wenxiao.model.units import WAN_YUAN
from wenxiao.project.allocation_scheme import Factor, Scheme


@dataclass(frozen=True, eq=False)
class Allotment:
    """What one place gets: the exact share, and the amount in whole units; `raised` where it got one unit of the rest."""

    place: str
    share: Measure
    amount: Measure
    raised: bool


@dataclass(frozen=True, eq=False)
class Allocation:
    """A sharing out (测算): the rule, the total, what each place gets in the given order, and what was missing.

    Where any place lacks a figure no place has a share, because every share rests on the sum of all; `missing` says what.
    """

    scheme: Scheme
    total: Given
    allotments: tuple[Allotment, ...]
    missing: tuple[str, ...]

    @property
    def remainder_rule(self) -> str:
        """The rule by which exact shares become amounts, as a sentence for the report."""
        unit = decimal_text(Fraction(1, 10**self.scheme.places))
        return (
            f"各地份额先舍去 {unit} 万元以下的部分，余额按舍去部分由大到小每地补 {unit} 万元（相同的按列表顺序），"
            "各地之和等于总额。"
        )


def allocate(
    amount: Given, scheme: Scheme, places: Sequence[str], figures: Mapping[str, Mapping[str, Given]]
) -> Allocation:
    """The allocation of `amount` (万元) to `places` in order, by a scheme.

    `figures` holds for each place its figures by the scheme's `keys`. Raises ProfileError where the scheme leaves a weight
    open; ProjectError for a negative figure, a total of another unit or finer than the scheme's unit, or a place named
    twice: all problems in one pass.
    """
    _check(amount, scheme, places, figures)
    keys = scheme.keys
    known = {
        place: {key: _figure(place, key, label, figures) for key, label in keys.items()} for place in places
    }
    missing = [
        f"{place}{keys[key]}{given.text}"
        for place, of in known.items()
        for key, given in of.items()
        if given.quantity is None
    ]
    terms = [
        _Term(
            part.share * factor.weight / 100,
            {place: _adjusted(key, factor, of) for place, of in known.items()},
            f"各地{_label(factor, scheme)}之和",
        )
        for part in scheme.parts.values()
        for key, factor in part.factors.items()
        if factor.weight is not None
    ]
    missing += [f"{term.name}为 0，不能按其分配" for term in terms if value_of(term.sum) == 0]
    shares = [_share(amount, scheme, place, terms) for place in places]
    return Allocation(scheme, amount, _whole(shares, scheme), tuple(dict.fromkeys(missing)))


@dataclass(frozen=True, eq=False)
class _Term:
    """One factor: its weight in the whole, each place's value times its coefficient, and the name of their sum."""

    weight: Decimal
    values: Mapping[str, Expression]
    name: str

    @property
    def sum(self) -> Expression:
        return Named(self.name, total(list(self.values.values())))

    def of(self, place: str) -> Expression:
        """Weight × (value × coefficient) ÷ Σ(value × coefficient)."""
        percent = Constant(Fraction(self.weight), f"{decimal_text(Fraction(self.weight) * 100)}%")
        return product(percent, quotient(self.values[place], self.sum))


def _figure(place: str, key: str, label: str, figures: Mapping[str, Mapping[str, Given]]) -> Given:
    return figures.get(place, {}).get(key, Given(f"{place}{label}", Missing.NOT_PROVIDED))


def _check(
    amount: Given, scheme: Scheme, places: Sequence[str], figures: Mapping[str, Mapping[str, Given]]
) -> None:
    weights = [
        Problem(
            f"“{name}”中“{factor.label}”的权重没有给出",
            rule=scheme.source,
            remedy=f"在自己的评价规则中写明 allocation 的 parts.{name}.factors.{key}.weight",
        )
        for name, part in scheme.parts.items()
        for key, factor in part.factors.items()
        if factor.weight is None
    ]
    if weights:
        raise ProfileError(weights)
    problems = [
        Problem("同一地区列了两次", value=place, remedy="合并或删去一处")
        for place in dict.fromkeys(places)
        if places.count(place) > 1
    ]
    quantity = amount.quantity
    if quantity is not None:
        whole = Fraction(quantity.value) * 10**scheme.places
        if quantity.unit != WAN_YUAN:
            problems.append(Problem("分配总额的单位不是万元", value=quantity.text, remedy="换算为万元"))
        elif whole.denominator != 1 or whole < 0:
            rule = f"不小于 0，至多 {scheme.places} 位小数"
            problems.append(
                Problem("分配总额不能分尽", value=quantity.text, rule=rule, remedy="改正总额或 places")
            )
    for place in places:
        for key, label in scheme.keys.items():
            given = figures.get(place, {}).get(key)
            if given is not None and given.quantity is not None and given.quantity.value < 0:
                what, value = f"{place}的{label}为负数", given.text
                if given.cell is None:
                    problems.append(Problem(what, value=value, remedy="改正该数"))
                else:
                    problems.append(Problem.at(given.cell, what, value=value, remedy="改正该数"))
    if problems:
        raise ProjectError(problems)


def _share(amount: Given, scheme: Scheme, place: str, terms: Sequence[_Term]) -> Measure:
    """The exact share of one place as a tree."""
    return Measure(
        f"allocation_share/{place}",
        "应得份额",
        product(amount, Named(f"{place}分配比例", total([term.of(place) for term in terms]))),
        WAN_YUAN,
        scheme.places,
        subject=place,
        basis=scheme.source,
        standing=Standing.WHAT_IF,
    )


def _label(factor: Factor, scheme: Scheme) -> str:
    return f"{factor.label}×{scheme.coefficients[factor.coefficient]}" if factor.coefficient else factor.label


def _adjusted(key: str, factor: Factor, figures: Mapping[str, Given]) -> Expression:
    return product(figures[key], figures[factor.coefficient]) if factor.coefficient else figures[key]


def _whole(shares: Sequence[Measure], scheme: Scheme) -> tuple[Allotment, ...]:
    """The shares as whole units by the largest remainders; none where a share is missing."""
    exact = [share.number for share in shares]
    known = [number for number in exact if number is not None]
    if len(known) < len(exact):
        return tuple(Allotment(share.subject, share, _amount(share, None, scheme), False) for share in shares)
    unit = 10**scheme.places
    scaled = [number * unit for number in known]
    floors = [number.numerator // number.denominator for number in scaled]
    rest = sum(scaled, Fraction(0)) - sum(floors)
    order = sorted(range(len(scaled)), key=lambda i: (floors[i] - scaled[i], i))
    raised = set(order[: int(rest)])
    return tuple(
        Allotment(
            share.subject,
            share,
            _amount(share, Fraction(floors[i] + (i in raised), unit), scheme),
            i in raised,
        )
        for i, share in enumerate(shares)
    )


def _amount(share: Measure, amount: Fraction | None, scheme: Scheme) -> Measure:
    """The amount as its share and what cutting to whole units adds or takes."""
    expression = share.expression
    if amount is not None and share.number is not None:
        gap = amount - share.number
        expression = total([Named("应得份额", expression), Constant(gap, "尾差")])
    return Measure(
        f"allocation/{share.subject}",
        "分配金额",
        expression,
        WAN_YUAN,
        scheme.places,
        subject=share.subject,
        basis="最大余额法取整",
        standing=Standing.WHAT_IF,
    )
