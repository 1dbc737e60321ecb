"""Districts side by side (县区、镇街): every figure the tables give for each, its total, and each place among its peers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.evaluation.indicator_table import indicators_in
from wenxiao.evaluation.ranking import ranks
from wenxiao.model import (
    Column,
    Constant,
    Expression,
    Given,
    Measure,
    Missing,
    Named,
    Role,
    Table,
    Unit,
    product,
    quotient,
    total,
)
from wenxiao.model.units import SQUARE_METRE, YUAN
from wenxiao.project.profile import Profile
from wenxiao.project.project import Project

_TEXT_FIELDS = {"district", "note", "serial"}


@dataclass(frozen=True, eq=False)
class DistrictFigure:
    """One figure for every district: the label and unit, the value of each district, the sum, the printed total.

    `values` keeps the districts in administrative order, with 未提供 for those the tables leave out; `summable` is False
    for scores and rates, whose sum means nothing, and where a merged cell spans several districts.
    """

    key: str
    label: str
    unit: Unit
    places: int
    values: Mapping[str, Measure]
    sum: Measure | None
    printed_total: Given | None
    summable: bool

    def rank(self, district: str) -> tuple[int, int] | None:
        """A district's place and the number of places, largest first; None where it has no value."""
        known = {name: measure.number for name, measure in self.values.items()}
        numbers = {name: number for name, number in known.items() if number is not None}
        if district not in numbers:
            return None
        placed = dict(zip(numbers, ranks(list(numbers.values())), strict=True))
        return int(placed[district]), len(placed)

    def tied(self, district: str) -> bool:
        """Whether another district has the same value, so that both share a place; False without a value."""
        own = self.values[district].number
        return own is not None and sum(measure.number == own for measure in self.values.values()) > 1


def district_figures(project: Project, profile: Profile) -> tuple[DistrictFigure, ...]:
    """Every numeric column of the tables by district, then what follows from two of them (元/㎡); in sheet order.

    Scores by indicator are not among them: they have a place of their own (`indicator_table`).
    """
    figures = tuple(
        _figure(table, column, project.districts)
        for table in project.of_kind("districts")
        for column in table.columns
        if column.numeric and column.key not in _TEXT_FIELDS and column not in _scores(table, profile)
    )
    by_key = {figure.key: figure for figure in figures}
    unit_cost = _unit_cost(by_key, project.districts)
    return (*figures, unit_cost) if unit_cost else figures


def _scores(table: Table, profile: Profile) -> tuple[Column, ...]:
    found = indicators_in(table, profile)
    return found.columns if found else ()


def _figure(table: Table, column: Column, districts: tuple[str, ...]) -> DistrictFigure:
    key = column.key or f"column/{table.origin.sheet}/{column.position}"
    label = column.label
    places = max((int(p) for p in column.places), default=0)
    givens = {
        table.text(r, "district"): table.given_in(r, column, f"{table.text(r, 'district')}{label}")
        for r in table.records()
    }
    values = {name: _value(key, label, name, givens.get(name), column.unit, places) for name in districts}
    merged = bool(column.spans)
    summable = not merged and column.key not in {"score", "weight"} and column.unit.dimension in _ADDITIVE
    known = [measure.expression for measure in values.values() if measure.number is not None]
    total_record = next(table.records(Role.TOTAL), None)
    return DistrictFigure(
        key,
        label,
        column.unit,
        places,
        values,
        Measure(f"{key}/全部", label, total(known), column.unit, places, subject="全部", basis="各地之和")
        if summable and known
        else None,
        None if total_record is None else table.given_in(total_record, column, f"合计{label}"),
        summable,
    )


_ADDITIVE = {
    "money",
    "area",
    "households",
    "buildings",
    "neighbourhoods",
    "projects",
    "pieces",
    "persons",
    "length",
}


def _value(key: str, label: str, name: str, given: Given | None, unit: Unit, places: int) -> Measure:
    content = given if given is not None else Given(f"{name}{label}", Missing.NOT_PROVIDED)
    return Measure(f"{key}/{name}", label, content, unit, places, subject=name)


def _unit_cost(figures: Mapping[str, DistrictFigure], districts: tuple[str, ...]) -> DistrictFigure | None:
    """Investment per square metre, where both are given by district: 已投资 (万元) × 10000 ÷ 面积 (万㎡ × 10000)."""
    area = figures.get("area")
    money = figures.get("invested") or figures.get("spent") or figures.get("paid")
    if area is None or money is None:
        return None
    unit = YUAN.per(SQUARE_METRE)
    values = {name: _per_area(name, money, area, unit) for name in districts}
    pooled = None
    if money.sum and area.sum:
        top = Named(f"{money.label}合计", money.sum.expression)
        pooled = Measure(
            "unit_cost/全部",
            "单位面积投资",
            _yuan_per_metre(top, Named(f"{area.label}合计", area.sum.expression), money, area),
            unit,
            2,
            subject="全部",
            basis=f"{money.label}÷{area.label}，汇总口径",
        )
    return DistrictFigure("unit_cost", "单位面积投资", unit, 2, values, pooled, None, False)


def _per_area(name: str, money: DistrictFigure, area: DistrictFigure, unit: Unit) -> Measure:
    expression = _yuan_per_metre(money.values[name].expression, area.values[name].expression, money, area)
    return Measure(
        f"unit_cost/{name}",
        "单位面积投资",
        expression,
        unit,
        2,
        subject=name,
        basis=f"{money.label}÷{area.label}",
    )


def _yuan_per_metre(
    top: Expression, bottom: Expression, money: DistrictFigure, area: DistrictFigure
) -> Expression:
    factor = money.unit.factor_to(YUAN) / area.unit.factor_to(SQUARE_METRE)
    divided = quotient(top, bottom)
    return divided if factor == 1 else product(divided, Constant(Fraction(factor), "单位换算"))
