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
    inputs_of,
    product,
    quotient,
    total,
    value_of,
)
from wenxiao.model.units import RATIO, WAN_YUAN
from wenxiao.project.allocation_scheme import Factor, Scheme


@dataclass(frozen=True, eq=False)
class Allotment:
    """What one place gets: its part of the total, the exact share, and the amount in whole units.

    `raised` where it got one unit of the rest; `figures` are what it is shared out by, by the scheme's keys.
    """

    place: str
    share: Measure
    amount: Measure
    raised: bool
    rate: Measure
    figures: Mapping[str, Expression]


@dataclass(frozen=True, eq=False)
class Allocation:
    """A sharing out (测算): the rule, the total, what each place gets in the given order, and what was missing.

    `name` is that of the rule in its profile.

    Where any place lacks a figure no place has a share, because every share rests on the sum of all; `missing` says what.
    """

    scheme: Scheme
    total: Given
    allotments: tuple[Allotment, ...]
    missing: tuple[str, ...]
    name: str = ""

    @property
    def remainder_rule(self) -> str:
        """The rule by which exact shares become amounts, as a sentence for the report."""
        unit = decimal_text(Fraction(1, 10**self.scheme.places))
        return (
            f"各地份额先舍去 {unit} 万元以下的部分，余额按舍去部分由大到小每地补 {unit} 万元（相同的按列表顺序），"
            "各地之和等于总额。"
        )


def allocate(
    amount: Given,
    scheme: Scheme,
    places: Sequence[str],
    figures: Mapping[str, Mapping[str, Expression]],
    name: str = "",
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
        f"{place}{keys[key]}{value.label}"
        for place, of in known.items()
        for key, figure in of.items()
        if isinstance(value := value_of(figure), Missing)
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
    rates = {place: total([term.of(place) for term in terms]) for place in places}
    allotments = _whole(shares, scheme, rates, known)
    return Allocation(scheme, amount, allotments, tuple(dict.fromkeys(missing)), name)


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


def _figure(place: str, key: str, label: str, figures: Mapping[str, Mapping[str, Expression]]) -> Expression:
    return figures.get(place, {}).get(key, Given(f"{place}{label}", Missing.NOT_PROVIDED))


def _check(
    amount: Given, scheme: Scheme, places: Sequence[str], figures: Mapping[str, Mapping[str, Expression]]
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
            figure = _figure(place, key, label, figures)
            number = value_of(figure)
            if isinstance(number, Fraction) and number < 0:
                what, value = f"{place}的{label}为负数", decimal_text(number)
                cell = next((given.cell for given in inputs_of(figure) if given.cell), None)
                if cell is None:
                    problems.append(Problem(what, value=value, remedy="改正该数"))
                else:
                    problems.append(Problem.at(cell, what, value=value, remedy="改正该数"))
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


def _adjusted(key: str, factor: Factor, figures: Mapping[str, Expression]) -> Expression:
    return product(figures[key], figures[factor.coefficient]) if factor.coefficient else figures[key]


def _whole(
    shares: Sequence[Measure],
    scheme: Scheme,
    rates: Mapping[str, Expression],
    figures: Mapping[str, Mapping[str, Expression]],
) -> tuple[Allotment, ...]:
    """The shares as whole units by the largest remainders; none where a share is missing."""
    exact = [share.number for share in shares]
    known = [number for number in exact if number is not None]
    amounts: list[Fraction | None] = [None] * len(exact)
    raised: set[int] = set()
    if len(known) == len(exact):
        unit = 10**scheme.places
        scaled = [number * unit for number in known]
        floors = [number.numerator // number.denominator for number in scaled]
        rest = sum(scaled, Fraction(0)) - sum(floors)
        order = sorted(range(len(scaled)), key=lambda i: (floors[i] - scaled[i], i))
        raised = set(order[: int(rest)])
        amounts = [Fraction(floor + (i in raised), unit) for i, floor in enumerate(floors)]
    return tuple(
        Allotment(
            share.subject,
            share,
            _amount(share, amounts[i], scheme),
            i in raised,
            _rate(share.subject, rates[share.subject], scheme),
            figures[share.subject],
        )
        for i, share in enumerate(shares)
    )


def _rate(place: str, expression: Expression, scheme: Scheme) -> Measure:
    return Measure(
        f"allocation_rate/{place}",
        "分配比例",
        expression,
        RATIO,
        4,
        subject=place,
        basis=scheme.source,
        standing=Standing.WHAT_IF,
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
