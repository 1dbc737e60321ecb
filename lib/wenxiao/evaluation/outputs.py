"""Outputs (产出): plan against actual, the completion rate of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wenxiao.evaluation.years import YearSlice, year_slices
from wenxiao.fields import Registry
from wenxiao.model import Given, Measure, Role, Table, quotient
from wenxiao.model.units import RATIO
from wenxiao.project.project import Project


@dataclass(frozen=True, eq=False)
class Output:
    """One output: what is counted, its plan (计划), its actual (实际) and what was only started (开工), the rate.

    `completion_rate` is 实际 ÷ 计划 (实际完成率, 10号 附2); 未提供 where a side is. `words` keeps 全部完工 where the sheet
    says so instead of a number.
    """

    item: str
    planned: Given
    actual: Given
    started: Given | None
    completion_rate: Measure
    words: str = ""


def outputs_of(project: Project, registry: Registry) -> tuple[Output, ...]:
    """The outputs of a project in source order, those of several years named with their year; empty without any."""
    return tuple(
        _output(part.table, record, f"{part.year}年" if part.year else "")
        for part in year_slices(project.of_kind("outputs"), registry)
        for record in (*part.table.records(), *_years_alone(part))
    )


def _years_alone(part: YearSlice) -> Iterator[int]:
    """The rows of a table that name nothing but their year."""
    for record in part.table.records(Role.TOTAL) if part.year else ():
        if not part.table.text(record, "item"):
            yield record


def _output(table: Table, record: int, when: str) -> Output:
    item = when + table.text(record, "item")
    planned = table.given(record, "planned", f"{item}计划")
    actual = table.given(record, "actual", f"{item}实际")
    started = table.given(record, "started", f"{item}开工") if table.has("started") else None
    rate = Measure(
        f"completion_rate/{item}",
        "项目完成率" if "项目" in item else "实际完成率",
        quotient(actual, planned),
        RATIO,
        4,
        subject=item,
        basis="实际÷计划",
    )
    quantity = actual.quantity
    words = quantity.qualifier if quantity and quantity.qualifier.startswith("全部") else ""
    return Output(item, planned, actual, started, rate, words)
