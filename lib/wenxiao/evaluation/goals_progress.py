"""Goals as the year goes on: how much of each indicator is done, against the execution at the same time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wenxiao.evaluation.scoring import CEILING, against_target, comparable, meets, paths_of
from wenxiao.evaluation.spending_series import Reached, SpendingProgress
from wenxiao.fields.periods import months_in
from wenxiao.model import CellRef, Given, Measure, Named, Table, difference, quotient
from wenxiao.model.units import RATIO
from wenxiao.project.project import Project

_IMPOSSIBLE, _REASON = "完全不可能", "原因"


@dataclass(frozen=True, eq=False)
class Goal:
    """An indicator under monitoring.

    month      up to whose end it was done, None where the header does not say
    progress   执行情况 ÷ 指标值, None where that is no progress, which `why_not` says
    apart      progress − execution rate at the same time
    deviates   how it misses its target, or is expected to; '' where it does not
    reason     the reason that the form gives
    """

    project: str
    name: str
    month: int | None
    target: Given
    actual: Given
    expected: Given
    progress: Measure | None
    why_not: str
    deviates: str
    reason: str
    apart: Measure | None = None
    execution: Measure | None = None

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """Its 指标值 and what was done."""
        return tuple(each.cell for each in (self.actual, self.target) if each.cell is not None)

    def against(self, progress: SpendingProgress) -> Goal:
        """The same with its distance from the execution at the same time, where that is known."""
        reached = self._reached(progress)
        if self.progress is None or reached is None:
            return self if self.progress is None else replace(self, why_not="没有同期的执行率")
        rate = reached.rate
        apart = Measure(
            f"goal_apart/{self.project}/{self.name}",
            "完成进度与执行率之差",
            difference(
                Named(self.progress.label, self.progress.expression), Named(rate.label, rate.expression)
            ),
            RATIO,
            4,
            subject=self.name,
            basis="完成进度－执行率",
        )
        return replace(self, apart=apart, execution=rate)

    def _reached(self, progress: SpendingProgress) -> Reached | None:
        return progress.last if self.month is None else progress.at(self.month)


def goals_of(projects: Sequence[Project]) -> dict[str, tuple[Goal, ...]]:
    """The indicators under monitoring by project, those of the latest month of each."""
    found: dict[str, list[Goal]] = {}
    for project in projects:
        for table in project.of_kind("targets"):
            if table.has("actual_to_date"):
                name = (table.form.project if table.form else "") or project.title
                found.setdefault(name, []).extend(_goals(table, name))
    return {
        name: tuple(
            g for g in goals if g.month == max((e.month or 0 for e in goals), default=0) or g.month is None
        )
        for name, goals in found.items()
    }


def _goals(table: Table, project: str) -> Iterator[Goal]:
    column = table.column("actual_to_date")
    months = months_in(column.label) if column is not None else None
    paths = paths_of(table)
    parents = {path[:depth] for _, path in paths for depth in range(1, len(path))}
    for record, path in paths:
        if path not in parents:
            yield _goal(table, record, path[-1], project, None if months is None else months.last)


def _goal(table: Table, record: int, name: str, project: str, month: int | None) -> Goal:
    target, actual = against_target(table, record, name, "actual_to_date", "执行情况")
    _, expected = against_target(table, record, name, "actual_expected", "全年预计完成")
    done = comparable(actual, target)
    why_not = _why_not(target, done)
    progress = None
    if not why_not:
        progress = Measure(
            f"goal_progress/{project}/{name}", f"{name}完成进度", quotient(done, target), RATIO, 4,
            subject=name, basis="执行情况÷指标值",
        )  # fmt: skip
    return Goal(
        project, name, month, target, actual, expected, progress, why_not,
        _deviates(table, record, target, actual, expected), _reason(table, record),
    )  # fmt: skip


def _why_not(target: Given, done: Given) -> str:
    """Why what was done is no progress that could lie ahead of the money or behind it; '' where it is."""
    aim = target.quantity
    if aim is None:
        return "指标值不是一个数" if target.raw else "指标值未提供"
    if aim.qualifier in CEILING:
        return "上限指标，不随时间累积"
    if aim.unit.dimension == RATIO.dimension:
        return "比率指标，不随时间累积"
    if done.quantity is None:
        return "执行情况未提供" if not done.raw else "执行情况不是与指标值可比的数"
    return "" if aim.value > 0 else "指标值为 0"


def _deviates(table: Table, record: int, target: Given, actual: Given, expected: Given) -> str:
    aim = target.quantity
    if aim is not None and aim.qualifier in CEILING and meets(actual, target) is False:
        return f"{actual.text}，已超过上限 {target.text}"
    if meets(expected, target) is False:
        return f"预计全年 {expected.text}，达不到 {target.text}"
    ticked = any(
        column.key is None and column.path[-1:] == (_IMPOSSIBLE,) and column.text(record)
        for column in table.columns
    )
    return "填报为完全不可能完成" if ticked else ""


def _reason(table: Table, record: int) -> str:
    """The words of the columns of reasons; a tick names a kind of reason by its header."""
    said: list[str] = []
    for column in table.columns:
        text = column.text(record)
        if text and (column.key in ("reason", "note") or any(_REASON in level for level in column.path)):
            said.append(text if any(c.isalnum() for c in text) else column.path[-1])
    return "；".join(said)
