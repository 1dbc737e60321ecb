"""Monitoring (绩效运行监控): spending and goals of each project against time and the rules, and what is to be put right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.evaluation.forecast import DECEMBER, Forecast, forecast
from wenxiao.evaluation.goals_progress import Goal, goals_of
from wenxiao.evaluation.spending_progress import progress_of
from wenxiao.evaluation.spending_series import Reached, SpendingProgress, no_budget
from wenxiao.model import CellRef, Constant, Measure, Named, difference, quantity_text
from wenxiao.model.units import RATIO
from wenxiao.project.profile import MonitoringRule, Profile
from wenxiao.project.project import Project

LIGHTS = {
    "red": "红灯",
    "yellow": "黄灯",
    "blue": "蓝灯",
    "green": "绿灯",
    "warning": "预警",
    "fine": "正常",
    "": "未判定",
}
"""The lights by how grave they are: the colours where the rules name them, else only whether there is a warning."""
_FINE = ("green", "fine", "")


@dataclass(frozen=True, slots=True)
class Signal:
    """A light and the rule that set it, in words."""

    light: str
    rule: str

    @property
    def label(self) -> str:
        """The word a reader sees."""
        return LIGHTS[self.light]

    @property
    def behind(self) -> bool:
        """Whether something is to be done."""
        return self.light not in _FINE


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """What was reached by the end of a month, against the share of the year that is over and what was due by then.

    `due` is the share of the budget to be spent, 0 to 1, as the rules set it for the end of `due_month` or by time; None
    where they set none.
    """

    reached: Reached
    elapsed: Fraction
    due: Fraction | None
    due_month: int
    lag: Measure | None
    signal: Signal


@dataclass(frozen=True, eq=False)
class Due:
    """A line of the rectification list (整改清单): of which project, what is wrong, what is due, by which rule, until when."""

    project: str
    problem: str
    due: str
    rule: str
    until: str
    cells: tuple[CellRef, ...] = ()


@dataclass(frozen=True, eq=False)
class Monitored:
    """One project under monitoring."""

    progress: SpendingProgress
    checkpoints: tuple[Checkpoint, ...]
    forecast: Forecast
    goals: tuple[Goal, ...]
    goal_signals: tuple[Signal, ...]
    due: tuple[Due, ...]

    @property
    def project(self) -> str:
        """Its name."""
        return self.progress.project

    @property
    def measures(self) -> Iterator[Measure]:
        """Every figure of it."""
        yield self.progress.budget
        for each in self.checkpoints:
            yield from (each.reached.spent, each.reached.rate, *((each.lag,) if each.lag else ()))
        for goal in self.goals:
            yield from (each for each in (goal.progress, goal.apart) if each is not None)
        yield from self.forecast.methods
        yield from (each for each in (self.forecast.low, self.forecast.high) if each is not None)

    @property
    def last(self) -> Checkpoint | None:
        """The last month, if what was spent by its end is known."""
        return self.checkpoints[-1] if self.progress.last else None

    @property
    def signal(self) -> Signal:
        """The light of the last month, else that nothing can be said."""
        if self.last is not None:
            return self.last.signal
        return Signal("", "；".join(self.progress.lacking) or "没有可用的支出数")

    @property
    def behind(self) -> bool:
        """Whether its spending, or the distance of its goals from it, gives a warning."""
        return self.signal.behind or any(each.behind for each in self.goal_signals)


def monitoring_of(projects: Sequence[Project], profile: Profile) -> tuple[Monitored, ...]:
    """The projects under monitoring that lists and forms of some folders give, the last year of each; empty without any."""
    progresses = progress_of(projects)
    goals = goals_of(projects)
    named = {each.project for each in progresses}
    found = [*progresses, *(_without_spending(name) for name in goals if name not in named)]
    latest = {each.project: max(e.year for e in found if e.project == each.project) for each in found}
    return tuple(
        _monitored(each, _year_before(each, progresses), goals.get(each.project, ()), profile.monitoring)
        for each in found
        if each.year == latest[each.project]
    )


def _without_spending(name: str) -> SpendingProgress:
    return SpendingProgress(name, "", no_budget(name), ())


def _year_before(progress: SpendingProgress, among: Sequence[SpendingProgress]) -> SpendingProgress | None:
    if not progress.year:
        return None
    before = str(int(progress.year) - 1)
    return next((e for e in among if e.project == progress.project and e.year == before), None)


def _monitored(
    progress: SpendingProgress, before: SpendingProgress | None, goals: Sequence[Goal], rule: MonitoringRule
) -> Monitored:
    checkpoints = tuple(_checkpoint(each, rule) for each in progress.reached)
    measured = tuple(each.against(progress) for each in goals)
    signals = tuple(_apart(each, rule) for each in measured)
    monitored = Monitored(progress, checkpoints, forecast(progress, before), measured, signals, ())
    return Monitored(
        progress, checkpoints, monitored.forecast, measured, signals, tuple(_due(monitored, rule))
    )


# --- lights -----------------------------------------------------------------------------------------------------


def _checkpoint(reached: Reached, rule: MonitoringRule) -> Checkpoint:
    elapsed = Fraction(reached.month, DECEMBER)
    set_for = max((month for month in rule.spent_by if month <= reached.month), default=0)
    due: Fraction | None = None
    if set_for:
        due = Fraction(rule.spent_by[set_for])
    elif rule.lights and not rule.spent_by:
        due, set_for = elapsed, reached.month
    lag = None
    if due is not None:
        named = Constant(due, f"{set_for}月底应达 {_percent(due)}")
        lag = Measure(
            f"lag/{reached.rate.key.partition('/')[2]}",
            f"截至{reached.month}月底落后",
            difference(named, Named(reached.rate.label, reached.rate.expression)),
            RATIO,
            4,
            subject=reached.rate.subject,
            basis="应达到的执行率－执行率",
        )
    return Checkpoint(reached, elapsed, due, set_for, lag, _signal(reached, due, set_for, lag, rule))


def _signal(
    reached: Reached, due: Fraction | None, set_for: int, lag: Measure | None, rule: MonitoringRule
) -> Signal:
    if reached.rate.number is None:
        return Signal("", f"执行率{reached.rate.text}，不能判定")
    if due is None or lag is None or lag.number is None:
        said = "评价规则没有规定序时要求" if not rule.spent_by else f"{reached.month}月底以前没有规定序时要求"
        return Signal("", said)
    asked = f"{set_for}月底应达 {_percent(due)}"
    if not rule.lights:
        below = lag.number > 0
        return Signal("warning" if below else "fine", f"{asked}，{'低于' if below else '不低于'}该比例")
    for light, share in sorted(rule.lights.items(), key=lambda each: -each[1]):
        if lag.number > Fraction(share):
            more = f"超过 {_points(share)} 个百分点" if share else ""
            return Signal(light, f"{asked}，落后{more}")
    return Signal("green", f"{asked}，落后不超过 {_points(min(rule.lights.values()))} 个百分点")


def _apart(goal: Goal, rule: MonitoringRule) -> Signal:
    """Whether the goal's progress and the execution lie further apart than the rules allow, whichever is ahead."""
    if goal.apart is None or goal.apart.number is None:
        return Signal("", goal.why_not or "执行率未提供")
    if rule.goals_apart is None:
        return Signal("", "评价规则没有规定目标与执行相差的限度")
    limit = Fraction(rule.goals_apart)
    far = abs(goal.apart.number) > limit
    return Signal(
        "warning" if far else "fine", f"相差{'超过' if far else '不超过'} {_points(limit)} 个百分点"
    )


def _percent(share: Fraction) -> str:
    return quantity_text(share, RATIO, 4 if (share * 100).denominator > 1 else 2)


def _points(share: Fraction | object) -> str:
    return _percent(Fraction(share)).removesuffix("%")  # type: ignore[arg-type]


# --- what is due ------------------------------------------------------------------------------------------------


def _due(monitored: Monitored, rule: MonitoringRule) -> Iterator[Due]:
    progress, last = monitored.progress, monitored.last
    name = progress.project
    until = f"收到预警之日起 {rule.answer_within} 个工作日内" if rule.answer_within else "评价规则未定期限"
    decide = (
        "说明原因，提出继续执行、调整或取消的意见" if rule.answer_within else "说明原因，加快执行或调整预算"
    )
    if last is not None and last.signal.behind and last.lag is not None:
        rate = last.reached.rate
        problem = (
            f"截至{last.reached.month}月底执行率 {rate.text}，落后 {last.lag.text.removesuffix('%')} 个百分点"
        )
        yield Due(name, problem, decide, last.signal.rule, until, rate.cells)
    for goal, signal in zip(monitored.goals, monitored.goal_signals, strict=True):
        if signal.behind and goal.progress is not None and goal.apart is not None:
            ahead = "快于" if (goal.apart.number or 0) > 0 else "慢于"
            apart = goal.apart.text.removesuffix("%").removeprefix("−").removeprefix("-")
            problem = f"{goal.name}完成 {goal.progress.text}，{ahead}执行率 {apart} 个百分点"
            yield Due(name, problem, decide, signal.rule, until, goal.cells)
    yield from _reasons(monitored, rule)
    for words in progress.lacking:
        yield Due(
            name, words, "核对后补报", "支出数不全或前后不符的，不判定", "评价规则未定期限", _cells(progress)
        )
    if not progress.budget.number and progress.reached:
        missing = "没有全年预算数" if progress.budget.number is None else "全年预算数为 0"
        yield Due(name, missing, "补报全年预算数", "没有预算数不能计算执行率", "评价规则未定期限")
    if last is not None and (last.reached.rate.number or 0) > 1:
        problem = f"截至{last.reached.month}月底执行率 {last.reached.rate.text}，支出超过全年预算"
        ask = "核对预算数和支出数，说明超出预算的资金来源"
        yield Due(name, problem, ask, "支出不应超过全年预算", "评价规则未定期限", last.reached.rate.cells)


_REASON_FROM = {"yellow": ("red", "yellow"), "red": ("red",)}


def _reasons(monitored: Monitored, rule: MonitoringRule) -> Iterator[Due]:
    """The reasons that the rules ask for and nobody gave."""
    light, name = monitored.signal.light, monitored.project
    if light in _REASON_FROM.get(rule.reason_from, ()) and not monitored.progress.reason:
        word = "红灯" if rule.reason_from == "red" else "红灯、黄灯"
        yield Due(name, f"{LIGHTS[light]}而没有写原因", "补填原因", f"{word}须填写原因", "评价规则未定期限")
    for goal in monitored.goals if rule.reason_from == "deviation" else ():
        if goal.deviates and not goal.reason:
            yield Due(
                name, f"{goal.name}{goal.deviates}，没有写偏差原因", "补填偏差原因和说明",
                "有偏差的须填写偏差原因", "评价规则未定期限", goal.cells,
            )  # fmt: skip


def _cells(progress: SpendingProgress) -> tuple[CellRef, ...]:
    return tuple(dict.fromkeys(each.cell for each in progress.unclear if each.cell is not None))
