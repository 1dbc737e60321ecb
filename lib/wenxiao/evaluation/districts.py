"""Districts side by side (县区、镇街): every figure the tables give for each, its total, and each place among its peers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from wenxiao.evaluation.district_figure import DistrictFigure
from wenxiao.evaluation.district_score import in_doubt
from wenxiao.evaluation.rates import STAGES, rates_of
from wenxiao.evaluation.scorecard_tables import indicators_in
from wenxiao.evaluation.years import YearSlice, year_slices
from wenxiao.fields import Registry
from wenxiao.fields.places import word_for
from wenxiao.fields.wording import year_in
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
from wenxiao.model.units import RATIO, SQUARE_METRE, WAN_YUAN, YUAN
from wenxiao.project.profile import Profile
from wenxiao.project.project import Project
from wenxiao.sheets.structure.totals import additive

_MONEY = 2
_TEXT_FIELDS = {"district", "note", "serial", "year"}


def district_figures(project: Project, profile: Profile, registry: Registry) -> tuple[DistrictFigure, ...]:
    """Every numeric column of the tables by district, then what follows from two of them (元/㎡); in sheet order.

    Of tables by year each year has its figures, and money that is given by year only has its sum over the years before
    them. Scores by indicator are not among them: they have a place of their own (`scorecard_tables`).
    """
    parts = year_slices(project.of_kind("districts"), registry)
    found = tuple(
        _figure(part, column, project.districts, doubtful)
        for part in parts
        for doubtful in [
            in_doubt([part.table.text(r, "district") for r in part.table.records()], project.places)
        ]
        for column in part.table.columns
        if column.numeric
        and column.key not in _TEXT_FIELDS
        and column.position not in _scores(part.table, profile)
        and (part.year or any(part.table.records()))
    )
    figures = (*_over_years(found, parts), *found)
    by_key = {figure.key: figure for figure in figures}
    rates = {each.key: each for each in _rates(by_key, project.districts, profile)}
    # A rate that the tables print keeps its figures; of all districts together it is the pooled one.
    figures = tuple(
        replace(each, sum=rates[each.key].sum) if each.key in rates and each.sum is None else each
        for each in figures
    )
    computed = [each for key, each in rates.items() if key not in by_key]
    unit_cost = _unit_cost(by_key, project.districts)
    return (*figures, *computed, unit_cost) if unit_cost else (*figures, *computed)


def _rates(
    figures: Mapping[str, DistrictFigure], districts: tuple[str, ...], profile: Profile
) -> tuple[DistrictFigure, ...]:
    """Rates of each district from its own amounts, and the pooled ones of all.

    Amounts that stand for several districts, and those in another unit than the first, make no rates.
    """
    money = {key: figures[key] for key in STAGES if key in figures and not figures[key].shared}
    money = {key: each for key, each in money.items() if each.unit == next(iter(money.values())).unit}
    of_each = {
        name: rates_of(name, {key: figure.values[name] for key, figure in money.items()}, profile)
        for name in districts
    }
    of_all = rates_of("全部", {key: figure.sum for key, figure in money.items() if figure.sum}, profile)
    found = []
    for key, pooled in of_all.items():
        values = {name: rates[key] for name, rates in of_each.items() if key in rates}
        known = [measure for measure in values.values() if measure.number is not None]
        if len(values) < len(districts) or not known:
            continue
        label, basis = f"{known[0].label}（{known[0].basis}）", f"{pooled.basis}，汇总口径"
        # Of a sum that lacks a district no rate is made.
        whole = replace(pooled, basis=basis) if len(known) == len(districts) else None
        found.append(DistrictFigure(key, label, RATIO, 4, values, whole, None, False))
    return tuple(found)


def _scores(table: Table, profile: Profile) -> frozenset[int]:
    found = indicators_in(table, profile)
    return found.positions if found else frozenset()


def _over_years(found: tuple[DistrictFigure, ...], parts: tuple[YearSlice, ...]) -> Iterator[DistrictFigure]:
    """Money that the tables give by year only, summed over the years of each district."""
    known = {figure.key for figure in found}
    fields: dict[str, list[DistrictFigure]] = {}
    for figure in found:
        key, _, year = figure.key.partition("/")
        if year.endswith("年") and figure.unit.dimension == "money" and figure.summable:
            fields.setdefault(key, []).append(figure)
    for key, years in fields.items():
        if key in known:
            continue
        first, label = years[0], year_in(years[0].label)[1].strip("/")
        values = {}
        for name in first.values:
            terms = [each.values[name].expression for each in years if _asked(each.values[name])]
            expression = total(terms) if terms else first.values[name].expression
            values[name] = Measure(
                f"{key}/{name}", label, expression, first.unit, first.places, name, "各年之和"
            )
        sums = [each.expression for each in values.values() if each.number is not None]
        whole = (
            Measure(f"{key}/全部", label, total(sums), first.unit, first.places, "全部", "各地、各年之和")
            if sums
            else None
        )
        printed = next(
            (p for part in parts if not part.year and (p := _printed(part.table, key)) is not None), None
        )
        yield DistrictFigure(key, label, first.unit, first.places, values, whole, printed, summable=True)


def _asked(measure: Measure) -> bool:
    """Whether a table lists a district at all in a year, be its figure there or not."""
    return not measure.given or measure.inputs[0].cell is not None


def _printed(table: Table, key: str) -> Given | None:
    record, column = next(table.records(Role.TOTAL), None), table.column(key)
    return None if record is None or column is None else table.given_in(record, column, f"合计{column.label}")


def _figure(
    part: YearSlice, column: Column, districts: tuple[str, ...], doubtful: frozenset[str]
) -> DistrictFigure:
    table, when = part.table, f"{part.year}年" if part.year else ""
    key = column.key or f"column/{table.origin.sheet}/{column.position}"
    label = column.label if not when or year_in(column.label)[0] else f"{when}{column.label}"
    key = f"{key}/{when}" if when else key
    owners = {table.text(r, "district"): _owner(table, column, r) for r in table.records()}
    givens = {
        table.text(r, "district"): table.given_in(r, column, f"{owners[table.text(r, 'district')]}{label}")
        for r in table.records()
    }
    givens |= {name: Given(f"{name}{label}", Missing.UNVERIFIABLE, givens[name].cell) for name in doubtful}
    places = _places(column, givens.values())
    values = {
        name: _value(key, label, name, givens.get(name), column.unit, places, owners.get(name, name))
        for name in districts
    }
    merged = bool(column.spans)
    summable = (
        not merged and additive(table, column) and column.key not in {"score", "weight"} and column.unit.adds
    )
    known = [measure.expression for measure in values.values() if measure.number is not None]
    # Of places that may be one, or stand on two lines, no sum is known.
    parts = [values[name].expression for name in doubtful] or known
    total_record = next(table.records(Role.TOTAL), None)
    doubt = next(table.tree.doubts, None)
    whole = (
        total(parts)
        if doubt is None
        else replace(table.given_in(doubt.whole, column, f"合计{label}"), content=Missing.WITHHELD)
    )
    return DistrictFigure(
        key,
        label,
        column.unit,
        places,
        values,
        Measure(f"{key}/全部", label, whole, column.unit, places, "全部", sum_basis(values))
        if summable and parts
        else None,
        None if total_record is None else table.given_in(total_record, column, f"合计{label}"),
        summable,
    )


def sum_basis(values: Mapping[str, Measure]) -> str:
    """Of how many districts a sum is, where some have no figure: 已报送的 11 个县区之和，未含乙亥县."""
    absent = [name for name, each in values.items() if each.number is None]
    if not absent:
        return "各地之和"
    known, word = len(values) - len(absent), word_for(values)
    more = f"等 {len(absent)} 个" if len(absent) > _NAMED else ""
    return f"已报送的 {known} 个{word}之和，未含{'、'.join(absent[:_NAMED])}{more}"


def _owner(table: Table, column: Column, record: int) -> str:
    """Whose figure a record's is: its district's, or that of all districts its merged cell covers."""
    covered = range(record, record + column.spans.get(record, 1))
    names = [name for each in covered if (name := table.text(each, "district"))]
    if len(names) <= _NAMED:
        return "、".join(names)
    return f"{'、'.join(names[:_NAMED])}等 {len(names)} 个{word_for(names)}"


_NAMED = 4


def _places(column: Column, givens: Iterable[Given]) -> int:
    """The decimals a column is shown with: those of its finest figure.

    Of amounts, from two on, only those that are not 0 in all of them: 15,443,100元 is 1,544.31万元, not 1,544.310000.
    """
    places = max((int(each) for each in column.places), default=0)
    if column.unit.dimension != WAN_YUAN.dimension or places <= _MONEY:
        return places
    values = [given.quantity.value for given in givens if given.quantity is not None]
    needed = max((-int(value.normalize().as_tuple().exponent) for value in values), default=0)
    return min(places, max(needed, _MONEY))


def _value(
    key: str, label: str, name: str, given: Given | None, unit: Unit, places: int, owner: str
) -> Measure:
    content = given if given is not None else Given(f"{name}{label}", Missing.NOT_PROVIDED)
    basis = "合并填列的一个数" if owner != name else ""
    return Measure(f"{key}/{name}", label, content, unit, places, subject=owner, basis=basis)


def _unit_cost(figures: Mapping[str, DistrictFigure], districts: tuple[str, ...]) -> DistrictFigure | None:
    """Investment per square metre, where both are given by district: 已投资 (万元) × 10000 ÷ 面积 (万㎡ × 10000)."""
    area = figures.get("area")
    money = figures.get("invested") or figures.get("spent") or figures.get("paid")
    if area is None or money is None or money.shared or area.shared:
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
