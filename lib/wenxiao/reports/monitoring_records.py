"""Projects under monitoring as `results.json` holds them: each month with its light, goals, forecast, what is due."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import AliasPath, Field

from wenxiao.evaluation.monitoring import Due, Monitored
from wenxiao.reports.figure_records import CellRecord, DecimalText, FigureRecord, Record


class SignalRecord(Record):
    """A light (red, yellow, blue, green, warning, fine, '' where the rules set none) and the rule that set it, in words."""

    light: str
    rule: str


class CheckpointRecord(Record):
    """A month's end: what was spent by then and its rate; the shares of the year over and of the budget due, null for none."""

    month: int = Field(validation_alias=AliasPath("reached", "month"))
    spent: FigureRecord = Field(validation_alias=AliasPath("reached", "spent"))
    rate: FigureRecord = Field(validation_alias=AliasPath("reached", "rate"))
    elapsed: DecimalText
    due: DecimalText | None
    lag: FigureRecord | None
    signal: SignalRecord


class GoalRecord(Record):
    """An indicator: its progress and its distance from the execution at the same time; null where `why_not` says why."""

    name: str
    month: int | None
    progress: FigureRecord | None
    apart: FigureRecord | None
    why_not: str
    deviates: str
    reason: str


class ForecastRecord(Record):
    """The rate at the year's end by each method, and the range; `why_not` where there is none."""

    methods: dict[str, FigureRecord]
    low: FigureRecord | None
    high: FigureRecord | None
    why_not: str


class DueRecord(Record):
    """A line of the 整改清单; internal editions only."""

    problem: str
    due: str
    rule: str
    until: str
    cells: tuple[CellRecord, ...]


class MonitoredRecord(Record):
    """One project under monitoring; `lacking` is what could not be told, in words."""

    project: str
    year: str
    budget: FigureRecord
    signal: SignalRecord
    checkpoints: tuple[CheckpointRecord, ...]
    goals: tuple[GoalRecord, ...]
    goal_signals: tuple[SignalRecord, ...]
    forecast: ForecastRecord
    lacking: tuple[str, ...]
    due: tuple[DueRecord, ...]


def monitored_records(monitored: Iterable[Monitored], *, due: bool) -> tuple[MonitoredRecord, ...]:
    """The records of projects under monitoring, with what is `due` of them or without."""
    return tuple(_record(each, each.due if due else ()) for each in monitored)


def _record(each: Monitored, due: tuple[Due, ...]) -> MonitoredRecord:
    forecast = each.forecast
    return MonitoredRecord(
        project=each.project,
        year=each.progress.year,
        budget=each.progress.budget,
        signal=each.signal,
        checkpoints=each.checkpoints,
        goals=each.goals,
        goal_signals=each.goal_signals,
        forecast=ForecastRecord(
            methods={measure.label: measure for measure in forecast.methods},
            low=forecast.low,
            high=forecast.high,
            why_not=forecast.why_not,
        ),
        lacking=each.progress.lacking,
        due=due,
    )
