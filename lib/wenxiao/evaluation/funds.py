"""Funds by source (资金): planned, budget, allocated, received, paid, spent, kept apart; rates with their denominators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wenxiao.evaluation.claims import WHOLE
from wenxiao.evaluation.funds_collected import ByStage, Collected, collected, district_totals, line_name
from wenxiao.evaluation.rates import SHORT, STAGES, named, rates_of
from wenxiao.evaluation.years import year_slices
from wenxiao.fields import Registry
from wenxiao.model import Expression, Given, Measure, Missing, Table, total
from wenxiao.model.units import WAN_YUAN
from wenxiao.project.profile import Profile
from wenxiao.project.project import Project

__all__ = ["SHORT", "STAGES", "Funds", "FundsLine", "FundsYear", "funds_of", "line_name", "rates_of"]


BY_DISTRICT = "分县区表的合计（无资金情况表）"
"""What an amount rests on that only the tables by district give."""


@dataclass(frozen=True, eq=False)
class FundsLine:
    """One source, or a group of sources (上级资金): its amounts by stage as measures, and its rates.

    `amounts` has a key for every stage the sheets give for any source; where this one has none it is 未提供. Of a group,
    `given_whole` are the stages given for all its sources together.
    """

    source: str
    group: str
    amounts: Mapping[str, Measure]
    rates: Mapping[str, Measure]
    is_group: bool = False
    given_whole: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class FundsYear:
    """The funds of one year: `total` of all sources, `lines` by source, and what the sheets print as its totals."""

    year: str
    total: FundsLine
    lines: tuple[FundsLine, ...]
    printed_totals: Mapping[str, Given]


@dataclass(frozen=True, eq=False)
class Funds:
    """The funds of a project: `lines` by source, `groups` where a figure is given only for several sources, `total`.

    `stages` are those the sheets give, in the order money flows; amounts are in 万元. `years` are there where the sheets
    give one field for several years; what they give without a year is the whole, and where they give none, it is the sum
    of the years.
    """

    stages: tuple[str, ...]
    lines: tuple[FundsLine, ...]
    groups: tuple[FundsLine, ...]
    total: FundsLine
    printed_totals: Mapping[str, Given]
    tables: tuple[Table, ...]
    years: tuple[FundsYear, ...] = ()


def funds_of(project: Project, profile: Profile, registry: Registry) -> Funds | None:
    """The funds of a project from all its tables of funds, or None where it has none.

    Where no table of funds speaks of years, the years are those of the tables by district, each district a line. An amount
    that only these give is their total, where it holds.
    """
    tables = _of_result(project.of_kind("funds"))
    parts, names = _by_year(tables, registry), "source"
    if not any(parts):
        dated_rows = _by_year(project.of_kind("districts"), registry)
        if any(dated_rows):
            names = "district"
            parts = {year: each for year, each in dated_rows.items() if year} | {"": parts.get("", [])}
    given = [table for each in parts.values() for table in each]
    by_district = {} if given else district_totals(project.of_kind("districts"))
    stages = tuple(
        stage for stage in STAGES if stage in by_district or any(table.has(stage) for table in given)
    )
    if not stages:
        return None
    whole = collected(parts.get("", ()), stages, registry, "", "source")
    dated = {
        year: collected(parts[year], stages, registry, f"{year}年", names) for year in sorted(parts) if year
    }
    years = tuple(_year(year, of, stages, profile, registry) for year, of in dated.items())
    both = _with_years(whole, dated if names == "source" else {})
    asked = {stage: {source for source, of in both.sources.items() if stage in of} for stage in stages}
    lines = tuple(
        _line(source, registry.source_group(source) or "", of, stages, profile)
        for source, of in both.sources.items()
    )
    groups = tuple(_group(name, lines, of, stages, profile) for name, of in both.shared.items())
    amounts = _totals(
        lines, groups, _printed(whole, () if lines and names != "source" else years), asked, both.doubtful
    )
    for stage, total_of_districts in by_district.items():
        amounts[stage] = replace(_amount(WHOLE, stage, total_of_districts), basis=BY_DISTRICT)
    total_line = FundsLine(WHOLE, "", amounts, rates_of(WHOLE, amounts, profile))
    return Funds(stages, lines, groups, total_line, whole.printed, tables, years)


def _of_result(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables of funds but those of goals and monitoring where a self-evaluation says what came of them."""
    purposes = [table.form.purpose if table.form else "" for table in tables]
    early = ("goals", "monitoring") if "self_evaluation" in purposes else ()
    return tuple(table for table, purpose in zip(tables, purposes, strict=True) if purpose not in early)


def _by_year(tables: Sequence[Table], registry: Registry) -> dict[str, list[Table]]:
    parts: dict[str, list[Table]] = {}
    for each in year_slices(tables, registry):
        if any(each.table.has(stage) for stage in STAGES):
            parts.setdefault(each.year, []).append(each.table)
    return parts


def _year(
    year: str, of: Collected, stages: tuple[str, ...], profile: Profile, registry: Registry
) -> FundsYear:
    when = f"{year}年"
    asked = {stage: {source for source, each in of.sources.items() if stage in each} for stage in stages}
    lines = tuple(
        _line(source, registry.source_group(source) or "", each, stages, profile, when)
        for source, each in of.sources.items()
    )
    groups = tuple(_group(name, lines, each, stages, profile, when) for name, each in of.shared.items())
    amounts = _totals(lines, groups, of.printed, asked, of.doubtful, when)
    return FundsYear(year, FundsLine(when, "", amounts, rates_of(when, amounts, profile)), lines, of.printed)


def _with_years(whole: Collected, dated: Mapping[str, Collected]) -> Collected:
    """What is given as a whole, and, for what is not, the sum of the years; unknown where a year of it is."""
    sources = _summed(whole.sources, {year: each.sources for year, each in dated.items()})
    shared = _summed(whole.shared, {year: each.shared for year, each in dated.items()})
    doubtful = {stage: given for each in (*dated.values(), whole) for stage, given in each.doubtful.items()}
    return Collected(sources, whole.printed, shared, doubtful)


def _summed(whole: ByStage, dated: Mapping[str, ByStage]) -> ByStage:
    result = {name: dict(of) for name, of in whole.items()}
    for name in dict.fromkeys(name for each in dated.values() for name in each):
        years = {year: each[name] for year, each in dated.items() if name in each}
        own = result.setdefault(name, {})
        for stage in dict.fromkeys(stage for of in years.values() for stage in of):
            parts = [
                of.get(stage, Given(f"{year}年{name}{SHORT[stage]}", Missing.NOT_PROVIDED))
                for year, of in years.items()
            ]
            own.setdefault(stage, total(parts) if len(parts) > 1 else parts[0])
    return result


def _printed(whole: Collected, years: Sequence[FundsYear]) -> Mapping[str, Expression]:
    """The printed totals, and, for stages that have none, the sum of the totals of the years."""
    summed: dict[str, Expression] = {
        stage: total(
            [named(year.total.source, stage, year.total.amounts[stage].expression) for year in years]
        )
        for stage in (years[0].total.amounts if years else ())
    }
    return summed | whole.printed


def _amount(subject: str, stage: str, expression: Expression) -> Measure:
    return Measure(f"{stage}/{subject}", STAGES[stage], expression, WAN_YUAN, 2, subject=subject)


def _line(
    source: str,
    group: str,
    given: Mapping[str, Expression],
    stages: tuple[str, ...],
    profile: Profile,
    when: str = "",
) -> FundsLine:
    subject = f"{when}{source}"
    amounts = {
        stage: _amount(
            subject, stage, given.get(stage, Given(f"{subject}{SHORT[stage]}", Missing.NOT_PROVIDED))
        )
        for stage in stages
    }
    return FundsLine(source, group, amounts, rates_of(subject, amounts, profile))


def _group(
    name: str,
    lines: tuple[FundsLine, ...],
    given: Mapping[str, Expression],
    stages: tuple[str, ...],
    profile: Profile,
    when: str = "",
) -> FundsLine:
    """A group of sources: a stage given for the whole group as it is, any other as the sum of its members."""
    members = [line for line in lines if line.group == name or line.source in name.split("、")]
    subject = f"{when}{name}"
    amounts = {
        stage: _amount(
            subject,
            stage,
            given[stage] if stage in given else total([m.amounts[stage].expression for m in members]),
        )
        for stage in stages
    }
    given_whole = frozenset(given)
    return FundsLine(name, name, amounts, rates_of(subject, amounts, profile), True, given_whole)


def _totals(
    lines: tuple[FundsLine, ...],
    groups: tuple[FundsLine, ...],
    printed: Mapping[str, Expression],
    asked: Mapping[str, set[str]],
    doubtful: Mapping[str, Given],
    subject: str = WHOLE,
) -> dict[str, Measure]:
    """The whole by stage: the sum of the parts where all are known that a table asks for, else the printed total.

    Withheld where the rows can be read in two ways.
    """
    amounts: dict[str, Measure] = {}
    for stage, sources in asked.items():
        direct = [line.amounts[stage] for line in lines if line.amounts[stage].number is not None]
        whole = [g for g in groups if stage in g.given_whole and g.amounts[stage].number is not None]
        covered = {line.source for line in lines if any(line.group == g.source for g in whole)}
        open_ends = [
            line for line in lines if line.source in sources - covered and line.amounts[stage].number is None
        ]
        parts = [measure.expression for measure in (*(g.amounts[stage] for g in whole), *direct)]
        if stage in doubtful:
            amounts[stage] = _amount(subject, stage, replace(doubtful[stage], content=Missing.WITHHELD))
        elif parts and not open_ends:
            amounts[stage] = _amount(subject, stage, total(parts) if len(parts) > 1 else parts[0])
        elif stage in printed:
            amounts[stage] = _amount(subject, stage, printed[stage])
        else:
            amounts[stage] = _amount(subject, stage, Given(STAGES[stage], Missing.NOT_PROVIDED))
    return amounts
