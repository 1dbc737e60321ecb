"""Funds by source (资金): planned, budget, allocated, received, paid, spent, kept apart; rates with their denominators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wenxiao.fields import Registry
from wenxiao.model import (
    Expression,
    Given,
    Measure,
    Missing,
    Named,
    Role,
    Table,
    quotient,
    total,
)
from wenxiao.model.units import RATIO, WAN_YUAN
from wenxiao.project.profile import Profile
from wenxiao.project.project import Project

STAGES: Mapping[str, str] = {
    "planned": "计划投资",
    "initial_budget": "年初预算资金",
    "budget": "预算资金",
    "applied": "申请资金",
    "approved": "批复资金",
    "allocated": "下达资金",
    "received": "到位资金",
    "paid": "拨付资金",
    "spent": "支出资金",
}
"""The amounts of money a sheet may give, in the order money flows. They are different amounts and never mixed."""

SHORT = {stage: label.removesuffix("资金") for stage, label in STAGES.items()}
"""Their names behind that of a source: 中央资金预算, not 中央资金预算资金."""


@dataclass(frozen=True, eq=False)
class FundsLine:
    """One source, or a group of sources (上级资金): its amounts by stage as measures, and its rates.

    `amounts` has a key for every stage the sheets give for any source; where this one has none it is 未提供.
    """

    source: str
    group: str
    amounts: Mapping[str, Measure]
    rates: Mapping[str, Measure]
    is_group: bool = False


@dataclass(frozen=True, eq=False)
class Funds:
    """The funds of a project: `lines` by source, `groups` where a figure is given only for several sources, `total`.

    `stages` are those the sheets give, in the order money flows; amounts are in 万元.
    """

    stages: tuple[str, ...]
    lines: tuple[FundsLine, ...]
    groups: tuple[FundsLine, ...]
    total: FundsLine
    printed_totals: Mapping[str, Given]
    tables: tuple[Table, ...]


def funds_of(project: Project, profile: Profile, registry: Registry) -> Funds | None:
    """The funds of a project from all its tables of funds, or None where it has none."""
    tables = project.of_kind("funds")
    stages = tuple(stage for stage in STAGES if any(table.has(stage) for table in tables))
    if not stages:
        return None
    sources: dict[str, dict[str, Given]] = {}
    printed: dict[str, Given] = {}
    shared: dict[str, dict[str, Given]] = {}
    for table in tables:
        for stage in stages:
            if table.has(stage):
                _collect(table, stage, registry, sources, printed, shared)
    asked = {stage: {source for source, given in sources.items() if stage in given} for stage in stages}
    lines = tuple(
        _line(source, registry.source_group(source) or "", given, stages, profile)
        for source, given in sources.items()
    )
    groups = tuple(_group(name, lines, given, stages, profile) for name, given in shared.items())
    return Funds(stages, lines, groups, _total(lines, groups, printed, asked, profile), printed, tables)


def _collect(
    table: Table,
    stage: str,
    registry: Registry,
    sources: dict[str, dict[str, Given]],
    printed: dict[str, Given],
    shared: dict[str, dict[str, Given]],
) -> None:
    """Sort one column's figures into those of a source, of several sources under one merged cell, and the printed total."""
    column = table.column(stage)
    assert column is not None
    for record in table.records(Role.DATA, Role.OF_WHICH):
        source = table.text(record, "source")
        span = column.spans.get(record, 1)
        if span > 1:
            covered = [table.text(record + step, "source") for step in range(span)]
            given = table.given(record, stage, f"{_common(covered, registry)}{SHORT[stage]}")
            shared.setdefault(_common(covered, registry), {})[stage] = given
        elif column.missing_kind(record) is not Missing.COVERED:
            given = table.given(record, stage, f"{source}{SHORT[stage]}")
            if given.quantity or source not in sources or stage not in sources[source]:
                sources.setdefault(source, {})[stage] = given
        sources.setdefault(source, {})
    for record in table.records(Role.TOTAL):
        given = table.given(record, stage, f"合计{SHORT[stage]}")
        if given.quantity:
            printed.setdefault(stage, given)


def _common(sources: list[str], registry: Registry) -> str:
    """The name of what several sources are together: their common group, else their names."""
    groups = {registry.source_group(source) or "" for source in sources}
    name = groups.pop() if len(groups) == 1 else ""
    return name or "、".join(sources)


def _amount(source: str, stage: str, expression: Expression) -> Measure:
    return Measure(f"{stage}/{source}", STAGES[stage], expression, WAN_YUAN, 2, subject=source)


def _line(
    source: str, group: str, given: Mapping[str, Given], stages: tuple[str, ...], profile: Profile
) -> FundsLine:
    amounts = {
        stage: _amount(
            source, stage, given.get(stage, Given(f"{source}{SHORT[stage]}", Missing.NOT_PROVIDED))
        )
        for stage in stages
    }
    return FundsLine(source, group, amounts, rates_of(source, amounts, profile))


def _group(
    name: str,
    lines: tuple[FundsLine, ...],
    given: Mapping[str, Given],
    stages: tuple[str, ...],
    profile: Profile,
) -> FundsLine:
    """A group of sources: a stage given for the whole group as it is, any other as the sum of its members."""
    members = [line for line in lines if line.group == name or line.source in name.split("、")]
    amounts = {
        stage: _amount(
            name,
            stage,
            given[stage] if stage in given else total([m.amounts[stage].expression for m in members]),
        )
        for stage in stages
    }
    return FundsLine(name, name, amounts, rates_of(name, amounts, profile), is_group=True)


def _total(
    lines: tuple[FundsLine, ...],
    groups: tuple[FundsLine, ...],
    printed: Mapping[str, Given],
    asked: Mapping[str, set[str]],
    profile: Profile,
) -> FundsLine:
    """The whole project: the sum of the parts where all are known that a table asks for, else the printed total where there is one."""
    amounts: dict[str, Measure] = {}
    for stage, sources in asked.items():
        direct = [line.amounts[stage] for line in lines if line.amounts[stage].number is not None]
        whole = [
            group.amounts[stage]
            for group in groups
            if group.amounts[stage].given and group.amounts[stage].number is not None
        ]
        covered = {line.source for line in lines if any(line.group == g.subject for g in whole)}
        open_ends = [
            line for line in lines if line.source in sources - covered and line.amounts[stage].number is None
        ]
        parts = [measure.expression for measure in (*whole, *direct)]
        if parts and not open_ends:
            amounts[stage] = _amount("全项目", stage, total(parts) if len(parts) > 1 else parts[0])
        elif stage in printed:
            amounts[stage] = _amount("全项目", stage, printed[stage])
        else:
            amounts[stage] = _amount("全项目", stage, Given(STAGES[stage], Missing.NOT_PROVIDED))
    return FundsLine("全项目", "", amounts, rates_of("全项目", amounts, profile))


def rates_of(subject: str, amounts: Mapping[str, Measure], profile: Profile) -> dict[str, Measure]:
    """The rates of one source, each with its denominator by name; a missing side gives 未提供.

    到位率 = 到位 ÷ 预算 (10号 附2); 执行率 = 支出 ÷ 预算 in published reports, or as the profile says; 投资完成率 = 支出 ÷
    计划总投资, which is no execution rate; 拨付率 = 拨付 ÷ 到位. Sheets that know only 年初预算 are divided by that, and say so.
    """
    rates: dict[str, Measure] = {}
    plans = (
        ("execution_rate", "预算执行率", "spent", profile.denominators.execution_rate),
        ("arrival_rate", "资金到位率", "received", profile.denominators.arrival_rate),
        ("payment_rate", "资金拨付率", "paid", "received"),
        ("investment_rate", "投资完成率", "spent", "planned"),
    )
    first_budget_only = "budget" not in amounts and "initial_budget" in amounts
    for key, label, above, denominator in plans:
        below = "initial_budget" if denominator == "budget" and first_budget_only else denominator
        measure = _rate(key, label, subject, amounts, above, below)
        if measure is not None:
            rates[key] = measure
    return rates


def _rate(
    key: str, label: str, subject: str, amounts: Mapping[str, Measure], above: str, below: str
) -> Measure | None:
    """One rate, or None; 执行率 and 到位率 are always asked for, the others only where both sides are a stage."""
    if key not in ("execution_rate", "arrival_rate") and not (above in amounts and below in amounts):
        return None
    parts = [_side(subject, stage, amounts) for stage in (above, below)]
    basis = f"{SHORT[above]}÷{SHORT[below]}"
    return Measure(
        f"{key}/{subject}", label, quotient(parts[0], parts[1]), RATIO, 4, subject=subject, basis=basis
    )


def _side(subject: str, stage: str, amounts: Mapping[str, Measure]) -> Expression:
    if stage not in amounts:
        return Given(f"{subject}{SHORT[stage]}", Missing.NOT_PROVIDED)
    expression = amounts[stage].expression
    return expression if isinstance(expression, Given) else Named(f"{subject}{SHORT[stage]}", expression)
